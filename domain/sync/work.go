package sync

import (
	"context"
	"iter"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// maxMissed is how many bound products that the list does not have any more are asked for one by one in a run. So
// many at once mean something else; the rest is neither changed nor taken as gone.
const maxMissed = 100

// work is a run at work: the steps and the keeping of a transfer.Job.
type work struct {
	co  Company
	mu  sync.Mutex
	run Run // as it was stored last; what the job keeps of it is the job's
}

var (
	_ transfer.Runs  = (*work)(nil)
	_ transfer.Steps = (*work)(nil)
	_ transfer.Books = sweep{}
)

// with gives the run as the job has it now.
func (w *work) with(r transfer.Run) Run {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.run.Options = r.Options // is not stored
	run := w.run
	run.Run = r
	return run
}

// kept notes the run as it was stored.
func (w *work) kept(run Run, err error) (transfer.Run, error) {
	if err != nil {
		return transfer.Run{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	run.Options = w.run.Options
	w.run = run
	return run.Run, nil
}

// CreateRun, SaveRun, StopRun and DropRows keep the run.
func (w *work) CreateRun(ctx context.Context, r transfer.Run) (transfer.Run, error) {
	return w.kept(w.co.Store.CreateSync(ctx, w.with(r)))
}

// SaveRun stores the run.
func (w *work) SaveRun(ctx context.Context, r transfer.Run) error {
	_, err := w.kept(w.co.Store.SaveSync(ctx, w.with(r)))
	return err
}

// StopRun stores that a person wants it stopped.
func (w *work) StopRun(ctx context.Context, id int64) error { return w.co.Store.StopSync(ctx, id) }

// DropRows makes the run read anew.
func (w *work) DropRows(ctx context.Context, r transfer.Run) error {
	_, err := w.kept(w.co.Store.ForgetSync(ctx, w.with(r)))
	return err
}

// StagePage stores what a page said. A list that was asked for what has changed, and has something else in it, is
// the whole list.
func (w *work) StagePage(ctx context.Context, r transfer.Run, products []domain.RemoteProduct) (transfer.Run, error) {
	if scope, since := w.reads(); scope == ScopeChanged && older(products, since) {
		if err := w.readWhole(ctx); err != nil {
			return r, err
		}
	}
	return w.kept(w.co.Store.SeeProducts(ctx, w.with(r), products, w.co.Now()))
}

// LastStaged gives the greatest id that was read.
func (w *work) LastStaged(ctx context.Context, r transfer.Run) (domain.RemoteID, error) {
	return w.co.Store.LastProductSeen(ctx, w.with(r))
}

// StagedBelow counts what was read with a smaller id.
func (w *work) StagedBelow(ctx context.Context, r transfer.Run, id domain.RemoteID) (int, error) {
	return w.co.Store.ProductsSeenBelow(ctx, w.with(r), id)
}

// StageRange stores what İşbaşı has between two ids. What it has there no more was not read by this run: whether it is
// gone, it is asked.
func (w *work) StageRange(ctx context.Context, r transfer.Run, from, to domain.RemoteID, products []domain.RemoteProduct) (transfer.Run, error) {
	stay := make([]domain.RemoteID, len(products))
	for i, p := range products {
		stay[i] = p.ID
	}
	r, err := w.kept(w.co.Store.UnseeBetween(ctx, w.with(r), from, to, stay))
	if err != nil {
		return r, err
	}
	return w.kept(w.co.Store.SeeProducts(ctx, w.with(r), products, w.co.Now()))
}

// reads tells what the run asks İşbaşı for.
func (w *work) reads() (Scope, time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.run.Request.Scope, w.run.Request.Since
}

// readWhole makes of a run that asks for what has changed one that reads the whole list: İşbaşı does not know that
// filter.
func (w *work) readWhole(ctx context.Context) error {
	w.mu.Lock()
	w.run.Request.Scope = ScopeFull
	w.mu.Unlock()
	return w.co.Abilities.Remember(ctx, domain.AbilityModifiedFilter, domain.AbilityDenied)
}

func older(products []domain.RemoteProduct, than time.Time) bool {
	for _, p := range products {
		if p.ModifiedAt.Before(than) {
			return true
		}
	}
	return false
}

// Match judges every field of every bound product and stores the plan. What is only looked at stays to be judged: when
// it is confirmed, that is done once more, without reading the list.
func (w *work) Match(ctx context.Context, r transfer.Run) (transfer.Run, error) {
	run := w.with(r)
	if run.Request.Scope == ScopeFull && run.Short() == 0 {
		if err := w.proveFilter(ctx, run); err != nil {
			return r, err
		}
		if err := w.askForMissed(ctx, run); err != nil {
			return r, err
		}
	}
	plan, err := w.plan(ctx, run)
	if err != nil {
		return r, err
	}
	if !run.ConfirmedAt.IsZero() {
		run.Phase = transfer.PhaseApply
	}
	return w.kept(w.co.Store.SaveSyncPlan(ctx, run, plan))
}

// plan makes the plan of a run that has read what it reads.
func (w *work) plan(ctx context.Context, run Run) (Plan, error) {
	p := planner{run: run, now: w.co.Now(), patience: w.co.Patience}
	err := w.co.SignedIn(ctx) // what the key may is known with the key
	if err != nil {
		return Plan{}, err
	}
	if p.choices, err = w.co.Store.Settings(ctx); err != nil {
		return Plan{}, err
	}
	if p.settings, err = w.co.Store.SyncSettings(ctx); err != nil {
		return Plan{}, err
	}
	if p.stockWritable, err = w.co.Abilities.Ability(ctx, domain.AbilityStockWrite); err != nil {
		return Plan{}, err
	}
	if err := w.co.Store.LoseSent(ctx); err != nil {
		return Plan{}, err
	}
	pairs, err := w.co.Store.Pairs(ctx, run)
	if err != nil {
		return Plan{}, domain.Wrap(err, "load both sides")
	}
	if wrongWay(pairs) {
		p.stockWritable = domain.AbilityDenied
		if err := w.co.Abilities.Remember(ctx, domain.AbilityStockWrite, domain.AbilityDenied); err != nil {
			return Plan{}, err
		}
	}
	return p.make(pairs), ctx.Err()
}

// proveFilter keeps what a read of the whole list says of the filter by time: it has proved to be enough where every
// change was dated, and is enough no more where one was not.
func (w *work) proveFilter(ctx context.Context, run Run) error {
	before, err := w.co.Abilities.Ability(ctx, domain.AbilityModifiedFilter)
	after := before
	switch {
	case before == domain.AbilityDenied:
	case run.Undated > 0:
		after = domain.AbilityUnasked
	case run.Dated > 0:
		after = domain.AbilityAllowed
	}
	if err != nil || after == before {
		return err
	}
	return w.co.Abilities.Remember(ctx, domain.AbilityModifiedFilter, after)
}

// askForMissed proves of the bound products that the list did not have whether they are gone: one read each.
func (w *work) askForMissed(ctx context.Context, run Run) error {
	missed, err := w.co.Store.Missed(ctx, run)
	if err != nil || len(missed) > maxMissed {
		return err
	}
	for _, ref := range missed {
		_, err := w.co.Books.Product(ctx, ref)
		if domain.KindOf(err) == domain.KindNotFound {
			err = w.co.Store.Gone(ctx, ref)
		}
		if err != nil {
			return domain.Wrap(err, "ask for product %s", ref.ID)
		}
	}
	return nil
}

// Step pulls, batch by batch, then pushes, product by product. While a brake is on, nothing.
func (w *work) Step(ctx context.Context, r transfer.Run, n int) (after transfer.Run, rows int, lastName string, err error) {
	run := w.with(r)
	if !run.accepted() {
		return r, 0, "", domain.E(domain.KindBrake, "carry out the plan", nil)
	}
	run, rows, lastName, err = w.co.Store.Pull(ctx, run, n)
	if err == nil && rows == 0 {
		run, rows, lastName, err = w.push(ctx, run)
	}
	after, err = w.kept(run, err)
	return after, rows, lastName, err
}

// Reopen makes what failed planned again.
func (w *work) Reopen(ctx context.Context, r transfer.Run) (transfer.Run, error) {
	return w.kept(w.co.Store.ReopenSync(ctx, w.with(r)))
}

// Progress counts the changes that were carried out.
func (*work) Progress(r transfer.Run) (done, of int) {
	return r.Counters.Matched - r.Counters.Pending, r.Counters.Matched
}

// sweep is İşbaşı's list as a run reads it.
type sweep struct{ w *work }

// Calls counts all calls of the program.
func (s sweep) Calls() (reads, writes int) { return s.w.co.Books.Calls() }

// Abreast tells how many pages would be asked for at once now.
func (s sweep) Abreast() int { return s.w.co.Books.Abreast() }

// Ability tells whether the filter by key works: what has changed is read by page.
func (s sweep) Ability(ctx context.Context, a domain.Ability) (domain.AbilityAnswer, error) {
	if scope, _ := s.w.reads(); scope != ScopeFull {
		return domain.AbilityDenied, nil
	}
	return s.w.co.Abilities.Ability(ctx, a)
}

// Remember keeps what a filter has proved.
func (s sweep) Remember(ctx context.Context, a domain.Ability, answer domain.AbilityAnswer) error {
	return s.w.co.Abilities.Remember(ctx, a, answer)
}

// Products yields the pages of the whole list, or of what has changed. An İşbaşı that refuses to be asked for that is
// asked for the whole, now and from then on.
func (s sweep) Products(ctx context.Context, in transfer.Range) iter.Seq2[transfer.Page, error] {
	scope, since := s.w.reads()
	if scope != ScopeChanged {
		return s.w.co.Books.Products(ctx, in)
	}
	return func(yield func(transfer.Page, error) bool) {
		for page, err := range s.w.co.Books.Changed(ctx, since, in) {
			if domain.KindOf(err) == domain.KindRejected {
				if err = s.w.readWhole(ctx); err == nil {
					s.w.co.Books.Products(ctx, in)(yield)
					return
				}
			}
			if !yield(page, err) {
				return
			}
		}
	}
}

// alone is a line in which nobody waits and a reporter who has nothing to say: a sync writes little at a time, and
// what it did stands on its page.
type alone struct{}

var (
	_ transfer.Queue    = alone{}
	_ transfer.Reporter = alone{}
)

// Enter gives a place.
func (alone) Enter(context.Context, int64) error { return nil }

// Turn lets write at once.
func (alone) Turn(context.Context, int64, func(transfer.Standing)) (release func(), err error) {
	return func() {}, nil
}

// Leave gives the place away.
func (alone) Leave(context.Context, int64) error { return nil }

// Ended is told of an end.
func (alone) Ended(transfer.Run) {}
