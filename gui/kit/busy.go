package kit

import (
	"context"
	"slices"
)

// Begin tells that something is under way, until what it gives is called: it would be cut off if another
// company or language took the place of what is shown, or if the window closed, so both ask first. key is
// in the keys of what they say: work.KEY.title, work.KEY.switch when something else is chosen,
// work.KEY.close when the window is to close. Both on the interface's thread.
func (e *Env) Begin(key string) (end func()) {
	begun := &key
	e.underWay = append(e.underWay, begun)
	return func() { e.underWay = slices.DeleteFunc(e.underWay, func(k *string) bool { return k == begun }) }
}

// UnderWay gives the key of what began last and has not ended, "" when nothing is under way.
func (e *Env) UnderWay() string {
	if len(e.underWay) == 0 {
		return ""
	}
	return *e.underWay[len(e.underWay)-1]
}

// Act is Background for what changes something: it counts as under way, and the window waits for it.
func Act[T any](e *Env, key string, do func(ctx context.Context) (T, error), show func(T, error)) {
	end := e.Begin(key)
	e.Jobs.Go(func() {
		v, err := do(e.Ctx)
		e.Do(func() {
			end()
			if e.Ctx.Err() == nil {
				show(v, err)
			}
		})
	})
}
