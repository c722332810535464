package transfer

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// A page is stored together with those that arrive soon after it: a transaction costs as much as a page. A kill loses what
// arrived last, and no more than is read again.
const (
	storedWithin = 250 * time.Millisecond // of the arrival of the first
	storedAtOnce = 50 * PageSize          // products, that they take little memory
)

// arrived are pages that are not stored yet, and the cursor behind them.
type arrived struct {
	products    []domain.RemoteProduct
	next, total int
	due         <-chan time.Time // when they are to be stored; nil: there are none
}

// arriving yields pages as Books does, and stores those that were kept when they are due, also while the next one is waited
// for, and at the end. It yields an error at most once, last.
func (j *Job) arriving(ctx context.Context, in Range) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		next, stop := iter.Pull2(j.deps.Books.Products(ctx, in))
		defer stop()
		defer cancel()
		for {
			var page Page
			var err, storing error
			var more bool
			came := make(chan struct{})
			go func() {
				defer close(came)
				page, err, more = next()
			}()
			select {
			case <-came:
			case <-j.arrived.due:
				if storing = j.flush(ctx); storing != nil {
					cancel()
				}
				<-came
			}
			if storing == nil && (err != nil || !more) {
				storing = j.flush(ctx)
			}
			switch {
			case storing != nil:
				yield(Page{}, errors.Join(storing, err))
				return
			case !more, !yield(page, err), err != nil:
				return
			}
		}
	}
}

// cursor tells which page comes next behind what has arrived, and how many products the list had then.
func (j *Job) cursor() (next, total int) {
	if j.arrived.due != nil {
		return j.arrived.next, j.arrived.total
	}
	r := j.Snapshot().Run
	return r.NextPage, r.Total
}

// keep has a page stored soon; page next comes behind it.
func (j *Job) keep(ctx context.Context, page Page, next int) error {
	if j.arrived.due == nil {
		j.arrived.due = j.soon(storedWithin)
	}
	j.arrived.products = append(j.arrived.products, page.Products...)
	j.arrived.next, j.arrived.total = next, page.Total
	if n := len(page.Products); n > 0 {
		j.noteRead(page.Number, page.Products[n-1].ModifiedAt)
	}
	if len(j.arrived.products) < storedAtOnce {
		return nil
	}
	return j.flush(ctx)
}

// flush stores what has arrived, with the cursor; also while ctx ends, for it was paid for.
func (j *Job) flush(ctx context.Context) error {
	if j.arrived.due == nil {
		return nil
	}
	a := j.arrived
	j.arrived = arrived{}
	r := j.current()
	r.NextPage, r.Total = a.next, a.total
	r, err := j.deps.Runs.StagePage(context.WithoutCancel(ctx), r, a.products)
	if err != nil {
		return domain.Wrap(err, "store the pages before page %d", a.next)
	}
	name := ""
	if n := len(a.products); n > 0 {
		name = a.products[n-1].Name
	}
	j.written(r, name)
	return nil
}

// stage stores a page at once.
func (j *Job) stage(ctx context.Context, page Page, next int) error {
	if err := j.keep(ctx, page, next); err != nil {
		return err
	}
	return j.flush(ctx)
}
