// Package readahead asks for the pages of a list side by side and gives them in their order. Who ranges over them sees
// what it would see if they were asked for one after the other; only the waiting is shorter.
package readahead

import (
	"context"
	"iter"
	"sync"
	"sync/atomic"
)

// Fetch asks for page n (1-based); last is the number of the last page, as the answer has it. It calls Left when its
// call leaves.
type Fetch[T any] func(ctx context.Context, n int) (page T, last int, err error)

type leftKey struct{}

// Left tells that the call made with ctx is booked and on its way: now the one behind it may leave. One that never
// tells holds that up until it has ended.
func Left(ctx context.Context) {
	if left, ok := ctx.Value(leftKey{}).(func()); ok {
		left()
	}
}

// Pages yields what fetch gives for page from and those behind it, in their order, up to the last. It yields an error
// at most once, last.
//
// As many are asked for at once as abreast allows, in their order, never one behind the last that is known, and none any
// more once one has failed; where that is one, it is asked for when it is wanted. Up to page to they are known to be
// there before anything was answered; where it is not behind from, the first is asked for alone, and who takes but one
// has asked for one. When the ranging ends, the calls on their way are cancelled and waited for: what they bring is
// dropped.
func Pages[T any](ctx context.Context, from, to int, abreast func() int, fetch Fetch[T]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		p := &pipeline[T]{fetch: fetch, left: make(chan struct{})}
		close(p.left)
		defer p.calls.Wait()
		defer cancel()
		for n, last := from, max(from, to); n <= last; n++ {
			p.ask(ctx, n, last, abreast())
			a := p.next()
			if at := abreast(); at > 1 && (n > from || to > from) && a.err == nil { // the next leaves while this one is stored
				p.ask(ctx, n+1, a.last, at)
			}
			if !yield(a.page, a.err) || a.err != nil {
				return
			}
			last = a.last
		}
	}
}

type answer[T any] struct {
	page T
	last int
	err  error
}

// pipeline are the calls that were begun and whose answers nobody has taken yet.
type pipeline[T any] struct {
	fetch  Fetch[T]
	calls  sync.WaitGroup
	failed atomic.Bool
	left   chan struct{}    // closed when the last call that was begun has left
	coming []chan answer[T] // in the order of the pages
}

// ask begins calls until abreast of them, one at least, are under way from page n on.
func (p *pipeline[T]) ask(ctx context.Context, n, last, abreast int) {
	for n := n + len(p.coming); n <= last && len(p.coming) < max(abreast, 1) && !p.failed.Load(); n++ {
		before, left, coming := p.left, make(chan struct{}), make(chan answer[T], 1)
		p.left, p.coming = left, append(p.coming, coming)
		p.calls.Go(func() {
			gone := sync.OnceFunc(func() { close(left) })
			defer gone()
			<-before
			if p.failed.Load() { // one in front of it: nobody will take this one
				coming <- answer[T]{err: context.Canceled}
				return
			}
			page, last, err := p.fetch(context.WithValue(ctx, leftKey{}, gone), n)
			if err != nil {
				p.failed.Store(true)
			}
			coming <- answer[T]{page, last, err}
		})
	}
}

// next waits for the answer whose turn it is.
func (p *pipeline[T]) next() answer[T] {
	a := <-p.coming[0]
	p.coming = p.coming[1:]
	return a
}
