package kit

import (
	"context"
	"slices"
)

// busy is something under way that would be cut off if another company or language took the place of what
// is shown, or if the window closed: both ask first.
type busy struct {
	// key is in the keys of what to say: work.KEY.title, work.KEY.switch when something else is chosen,
	// work.KEY.close when the window is to close.
	key string
}

// Begin tells that something is under way, until what it gives is called. Both on the interface's thread.
func (e *Env) Begin(key string) (end func()) {
	b := &busy{key}
	e.work = append(e.work, b)
	return func() { e.work = slices.DeleteFunc(e.work, func(x *busy) bool { return x == b }) }
}

// UnderWay gives the key of what began last and has not ended, "" when nothing is under way.
func (e *Env) UnderWay() string {
	if len(e.work) == 0 {
		return ""
	}
	return e.work[len(e.work)-1].key
}

// Act is background for what changes something: it counts as under way, and the window waits for it.
func Act[T any](e *Env, key string, work func(ctx context.Context) (T, error), show func(T, error)) {
	end := e.Begin(key)
	e.Jobs.Go(func() {
		v, err := work(e.Ctx)
		e.Do(func() {
			end()
			if e.Ctx.Err() == nil {
				show(v, err)
			}
		})
	})
}
