package transfer

import (
	"cmp"
	"context"
	"fmt"

	"github.com/sopyo/sopyo-desktop/domain"
)

// backLimit ends a read whose count changes more often than pages can be read again.
const backLimit = 10

// prepare reads what was not read and matches what was not matched.
func (j *Job) prepare(ctx context.Context) error {
	if err := j.startAnew(ctx); err != nil {
		return err
	}
	if j.Snapshot().Phase == PhaseRead {
		if err := j.readList(ctx); err != nil {
			return err
		}
		if err := j.endRead(); err != nil {
			return err
		}
		if err := j.save(ctx); err != nil {
			return err
		}
	}
	if j.Snapshot().Phase != PhaseMatch {
		return nil
	}
	r, err := j.deps.Steps.Match(ctx, j.current())
	if err != nil {
		return err
	}
	j.written(r, "")
	return nil
}

// startAnew drops a read that cannot be gone on with: one whose pages did not add up, or one that a
// person wants to be read again; and asks about a plan that is too old.
func (j *Job) startAnew(ctx context.Context) error {
	r := j.Snapshot().Run
	untouched := r.Counters.Read == r.Counters.Pending
	j.mu.Lock()
	j.run.Options.TakeRead = j.run.Options.TakeRead || j.takeRead
	anew, acceptOld := j.readAnew && untouched, j.acceptOld
	disagreed := r.Phase == PhaseRead && r.NextPage == 0 && !j.run.Options.takes()
	j.readAnew = false
	j.mu.Unlock()
	if disagreed || anew {
		r = j.current()
		r.Phase, r.NextPage, r.Total, r.Counters = PhaseRead, 1, 0, Counters{}
		if err := j.deps.Runs.DropRows(ctx, r); err != nil {
			return domain.Wrap(err, "drop the rows read before")
		}
		j.written(r, "")
		return nil
	}
	if (r.Phase == PhaseApply || r.Phase == PhaseMatch) && !acceptOld && Outdated(r.ReadAt, j.deps.Now(), PlanLifetime) {
		return domain.E(domain.KindStalePlan, "go on with the plan", nil)
	}
	return nil
}

// readList reads what was not read of the list, by key where İşbaşı's filter has proved to work, and mends what has
// moved meanwhile.
func (j *Job) readList(ctx context.Context) error {
	if j.Snapshot().NextPage == 0 { // it is taken as it is
		return nil
	}
	j.phase()
	if j.Snapshot().NextPage <= 1 {
		if err := j.readPages(ctx, true); err != nil {
			return err
		}
	}
	if whole, err := j.readByKey(ctx); err != nil || whole {
		return err
	}
	j.lookAtTheEnd()
	if err := j.readPages(ctx, false); err != nil {
		return err
	}
	return j.mend(ctx)
}

// lookAtTheEnd has the last page read again where another sitting has read it: whether its last product is a new one, which may hide
// that another has gone, that sitting alone knew.
func (j *Job) lookAtTheEnd() {
	if last := pages(j.Snapshot().Total); j.readWhole() && !j.seen() && last > 1 {
		j.set(func(r *Run) { r.NextPage = last })
	}
}

// readPages reads from the cursor to the last page, or one page only. A page in flight when the job stops is dropped
// whole; those that have arrived are stored.
func (j *Job) readPages(ctx context.Context, one bool) error {
	back, before := 0, 0
	for moved := true; moved && !j.readWhole(); {
		moved = false
		part := Range{From: j.Snapshot().NextPage}
		if !one {
			part.To = pages(j.Snapshot().Total)
		}
		for page, err := range j.arriving(ctx, part) {
			next, known := j.cursor()
			if err != nil {
				return domain.Wrap(err, "read the products, page %d", next)
			}
			moved = known != 0 && (page.Total != known || before != 0 && page.Total != before)
			if before = 0; j.deps.Books.Abreast() > 1 { // it may have been answered before the one in front of it
				before = page.Total
			}
			next = page.Number + 1
			if moved && !one { // the cursor stands in front of the seam until that is read: a kill must not hide it
				next = max(page.Number-1, 1)
			}
			if err := j.keep(ctx, page, next); err != nil {
				return err
			}
			if one {
				break
			}
			if !moved {
				continue
			}
			n, err := j.rereadBefore(ctx, page.Number)
			if err != nil {
				return err
			}
			if back += n; back > backLimit {
				return j.disagreement()
			}
		}
		if err := j.flush(ctx); err != nil || one {
			return cmp.Or(err, ctx.Err())
		}
	}
	return ctx.Err()
}

// readWhole tells whether the cursor stands behind the last page.
func (j *Job) readWhole() bool {
	r := j.Snapshot().Run
	return r.NextPage > 1 && r.NextPage > pages(r.Total)
}

// rereadBefore reads the page before the last one again, because the count changed between the two
// and a product may have slipped across their border; and the one before that, while the count goes
// on changing. It gives the number of pages read. The cursor is behind the last one when the count has
// come to rest.
func (j *Job) rereadBefore(ctx context.Context, last int) (read int, err error) {
	if err := j.flush(ctx); err != nil {
		return 0, err
	}
	known, rests := j.Snapshot().Total, last == 1
	for n := last - 1; n >= 1 && read <= backLimit && !rests; n-- {
		for page, err := range j.deps.Books.Products(ctx, Range{From: n}) {
			if err != nil {
				return read, domain.Wrap(err, "read the products again, page %d", n)
			}
			next := max(n-1, 1)
			if rests = page.Total == known || n == 1; rests {
				next = last + 1
			}
			if err := j.stage(ctx, page, next); err != nil {
				return read, err
			}
			known = page.Total
			break
		}
		if ctx.Err() != nil {
			return read, nil //nolint:nilerr // said by who has asked
		}
		read++
	}
	if rests {
		j.set(func(r *Run) { r.NextPage = last + 1 })
	}
	return read, nil
}

func (j *Job) endRead() error {
	r := j.Snapshot().Run
	if r.Counters.Read != r.Total && r.NextPage != 0 {
		err := j.disagreement()
		j.set(func(r *Run) { // going on means reading anew, or taking what was read
			r.NextPage = 0
			r.Options.Disagreed++
		})
		if !j.Snapshot().Options.takes() {
			return err
		}
	}
	j.set(func(r *Run) { r.Phase, r.ReadAt = PhaseMatch, j.deps.Now() })
	return nil
}

func (j *Job) disagreement() error {
	r := j.Snapshot().Run
	return &domain.Error{
		Kind: domain.KindCount, Op: "read the products",
		Detail: fmt.Sprintf("%d / %d", r.Counters.Read, r.Total),
	}
}
