package issuing

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Work is a run. Its methods may be called from anywhere.
type Work struct {
	stop context.CancelFunc
	done chan struct{}

	mu       sync.Mutex
	progress Progress
	err      error
	stopped  bool // by a person
	// drafted and lost are the attempts that this run has begun; it alone touches them.
	drafted, lost map[int64]bool
}

// Progress tells where it stands.
func (w *Work) Progress() Progress {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.progress
}

// Stop ends the run behind what is in flight; what was done stays, the rest stays in the queue, which rests until a person
// starts a run again or the program is opened anew.
func (w *Work) Stop() {
	w.mu.Lock()
	w.stopped = true
	w.mu.Unlock()
	w.stop()
}

// Done is closed at its end.
func (w *Work) Done() <-chan struct{} { return w.done }

// Outcome is what it has done, once it is Done. An error of KindQuota, KindNetwork and the like: it goes on by itself;
// KindCancelled: it was stopped.
func (w *Work) Outcome() (Outcome, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.progress.Outcome, w.err
}

func (w *Work) update(change func(p *Progress)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(&w.progress)
}

// enter begins a phase over so many.
func (w *Work) enter(p Phase, of int) {
	w.update(func(now *Progress) { now.Phase, now.Done, now.Of, now.Name = p, 0, of, "" })
}

// step counts one, and what it has come to.
func (w *Work) step(name string, count func(o *Outcome)) {
	w.update(func(now *Progress) {
		now.Done++
		now.Name = name
		count(&now.Outcome)
	})
}

// StartInvoices puts orders into the queue and begins to work on it. KindBusy: a run is at work, they wait behind it;
// KindNeedsSignIn; KindInvalid (field "integration"): the integration is closed; KindState: the company was handed over to
// another machine; KindQuota.
func (i *Invoices) StartInvoices(ctx context.Context, r Request) (*Work, error) {
	p, err := i.plan(ctx, r, i.judge)
	if err != nil {
		return nil, err
	}
	if err := i.may(ctx, quota.Cost{Reads: 1, Writes: 1}); err != nil {
		return nil, err
	}
	ids := make([]int64, len(p.Ready))
	for n := range p.Ready {
		ids[n] = p.Ready[n].Kept.ID
	}
	if err := i.co.Store.Enqueue(ctx, r.Wish, ids...); err != nil {
		return nil, err
	}
	return i.begin(ctx, i.run)
}

// may refuses to work while it cannot, or is not to.
func (i *Invoices) may(ctx context.Context, c quota.Cost) error {
	settings, err := i.co.Store.Settings(ctx)
	switch {
	case err != nil:
		return err
	case !settings.IntegrationOn:
		return domain.Invalid("integration", "integration-closed")
	}
	switch at, err := i.co.Store.HandedOver(ctx); {
	case err != nil:
		return err
	case !at.IsZero():
		return &domain.Error{Kind: domain.KindState, Op: "make invoices", Detail: "handed-over"}
	}
	if err := i.co.SignedIn(ctx); err != nil {
		return err
	}
	return i.co.Spending.May(ctx, c, quota.Invoicing)
}

// begin works in a goroutine of its own. KindBusy: something is at work already.
func (i *Invoices) begin(ctx context.Context, run func(ctx context.Context, w *Work) error) (*Work, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.held, i.begun = false, true
	switch {
	case i.open.Err() != nil:
		return nil, domain.E(domain.KindCancelled, "make invoices", nil)
	case i.work != nil && !closed(i.work.done):
		return nil, domain.E(domain.KindBusy, "make invoices", nil)
	}
	// It outlives who has asked for it: a window, a command that waits.
	ctx, stop := context.WithCancel(quota.WithPurpose(context.WithoutCancel(ctx), quota.Invoicing))
	w := &Work{
		stop: stop, done: make(chan struct{}), progress: Progress{StartedAt: i.co.Now(), Phase: PhaseChecking},
		drafted: map[int64]bool{}, lost: map[int64]bool{},
	}
	i.work = w
	go func() {
		defer close(w.done)
		defer stop()
		i.end(context.WithoutCancel(ctx), w, i.do(ctx, w, run))
	}()
	return w, nil
}

// do works when nobody else does.
func (i *Invoices) do(ctx context.Context, w *Work, run func(ctx context.Context, w *Work) error) error {
	ctx, end, err := i.act(ctx)
	if err != nil {
		return err
	}
	defer end()
	before, known := i.co.Spending.Usage(ctx)
	if _, err = i.asksAnew(ctx); err == nil {
		err = run(ctx, w)
	}
	if after, unknown := i.co.Spending.Usage(context.WithoutCancel(ctx)); known == nil && unknown == nil {
		w.update(func(p *Progress) { p.Outcome.Spent = spent(before, after) })
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return stopped(nil) // whatever it was that was cut off
	}
	return err
}

// spent is the cost between two readings of the ledger; a month that has begun between them counts from nothing.
func spent(before, after quota.Usage) quota.Cost {
	return quota.Cost{Reads: max(0, after.Reads-before.Reads), Writes: max(0, after.Writes-before.Writes)}
}

// end says how a run has ended, and how long the queue rests now.
func (i *Invoices) end(ctx context.Context, w *Work, err error) {
	queued, unread := i.co.Store.Queued(ctx)
	err = first(err, unread)
	w.mu.Lock()
	defer w.mu.Unlock()
	i.rest(err, w.stopped)
	w.err = err
	w.progress.Phase, w.progress.Cause, w.progress.PausedUntil = PhaseDone, domain.KindOf(err), i.GoesOnAt()
	w.progress.Outcome.Waiting = len(queued)
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// Working gives the run at work, or the last one; nil: there was none.
func (i *Invoices) Working() *Work {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.work
}

// Close interrupts what is at work, a look-up too, and waits for its end: nothing begins after it.
func (i *Invoices) Close() {
	i.close()
	if w := i.Working(); w != nil {
		<-w.done
	}
	i.closing.Do(func() { i.acting <- struct{}{} }) // and nobody takes it out again
}

// DropQueue takes all orders out of the queue that are not at work.
func (i *Invoices) DropQueue(ctx context.Context) error {
	queued, err := i.co.Store.Queued(ctx)
	if err != nil {
		return err
	}
	ids := make([]int64, len(queued))
	for n, q := range queued {
		ids[n] = q.ID
	}
	return i.co.Store.Enqueue(ctx, orders.WishNothing, ids...)
}

// run works on the queue: it looks what is new at İşbaşı, so that nothing is issued that another program has issued;
// stores the drafts; reads them back; and formalises what is to be.
func (i *Invoices) run(ctx context.Context, w *Work) error {
	if err := i.loseIntents(ctx); err != nil {
		return err
	}
	q, err := i.queue(ctx)
	if err != nil {
		return err
	}
	if err := i.check(ctx, w, q); err != nil {
		return err
	}
	unasked, err := i.ask(ctx, w, q)
	if err != nil {
		return err
	}
	drafting := first(i.issue(ctx, w, q), unasked)
	// What İşbaşı has already is looked after whatever stopped the rest, but for a person's word.
	if ctx.Err() != nil {
		return stopped(drafting)
	}
	if err := i.findLost(ctx, w); err != nil {
		return first(drafting, err)
	}
	if err := i.readBack(ctx, w); err != nil {
		return first(drafting, err)
	}
	return first(drafting, i.formalise(ctx, w))
}

// findLost looks at once for drafts whose answers were lost: most of them are there.
func (i *Invoices) findLost(ctx context.Context, w *Work) error {
	_, err := i.lookUp(ctx, false)
	for id := range w.lost {
		r, unread := i.co.Store.Record(ctx, id)
		if err = first(err, unread); unread != nil || r.Open() {
			continue
		}
		delete(w.lost, id)
		w.update(func(p *Progress) {
			if p.Outcome.Unknown--; r.Stands() {
				p.Outcome.Drafted++
				w.drafted[id] = true
			}
		})
	}
	return err
}

// first gives the first error there is.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// stopped is the error of a run that a person, or the end of the program, has ended.
func stopped(err error) error {
	if err != nil {
		return err
	}
	return domain.E(domain.KindCancelled, "make invoices", context.Canceled)
}

// loseIntents says of attempts on whose way the program ended that nobody knows what has become of them: one run at a
// time is at work, and it has not begun any.
func (i *Invoices) loseIntents(ctx context.Context) error {
	left, err := i.co.Store.RecordsIn(ctx, invoicing.AttemptIntent)
	if err != nil {
		return err
	}
	keys := make([]orders.Key, 0, len(left))
	for _, r := range left {
		keys = append(keys, keyOf(r.Key))
		r.State, r.Cause = invoicing.AttemptUnknown, domain.KindUnknown
		if r.Linked { // nothing was sent: a person has said that it is there
			r.State, r.Cause, r.IssuedAt = invoicing.AttemptIssued, "", i.co.Now()
		}
		if _, err := i.co.Store.SaveRecord(ctx, r); err != nil {
			return err
		}
	}
	if len(keys) == 0 {
		return nil
	}
	return i.JudgeOrders(ctx, keys...) // they are held by what nobody knows
}

// queue gives the orders that wait, judged, the oldest first. What waits and is invoiced, or is never to be, leaves it.
func (i *Invoices) queue(ctx context.Context) (*queue, error) {
	waiting, err := i.co.Store.Queued(ctx)
	if err != nil {
		return nil, err
	}
	q := &queue{}
	if len(waiting) == 0 {
		q.around, err = i.around(ctx, nil)
		return q, err
	}
	keys := make([]orders.Key, len(waiting))
	for n, one := range waiting {
		keys[n] = one.Key
	}
	list, err := i.co.Store.Uninvoiced(ctx, keys...)
	if err != nil {
		return nil, err
	}
	for _, one := range waiting {
		if slices.ContainsFunc(list, func(k orders.Kept) bool { return k.ID == one.ID }) {
			continue
		}
		if err := i.co.Store.Enqueue(ctx, orders.WishNothing, one.ID); err != nil {
			return nil, err
		}
	}
	if q.around, err = i.around(ctx, list); err != nil {
		return nil, err
	}
	for _, k := range list {
		q.orders = append(q.orders, q.examine(k))
	}
	return q, nil
}

// queue is what a run works on.
type queue struct {
	*around
	orders []Examined
}

// pause is how long the nth wait for İşbaşı is.
func (i *Invoices) pause(ctx context.Context, n int) error {
	if ctx.Err() != nil {
		return stopped(nil)
	}
	select {
	case <-time.After(i.co.Pause << n):
		return nil
	case <-ctx.Done():
		return stopped(nil)
	}
}
