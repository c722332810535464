package issuing

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// Company is what the invoices of a company are made with.
type Company struct {
	domain.Company
	Books     Books
	Writer    Writer
	Spending  Spending
	Store     Store
	Documents Documents
	Marks     Marks
	// Text words what stands on an invoice, in Turkish whatever the program speaks.
	Text func(key string, args ...any) string
	// SignedIn makes sure that there is a session. KindNeedsSignIn: a person has to sign in.
	SignedIn func(ctx context.Context) error
	// Patience is how long a write whose answer is lost may still arrive at İşbaşı. Pause is the first of the growing
	// waits for a state to change there.
	Patience, Pause time.Duration
	// LookEvery is how often KeepInvoicing looks whether something is due; 0 = every 15 seconds.
	LookEvery time.Duration
	Now       func() time.Time
	Log       *slog.Logger
}

// Invoices makes the invoices of one company. Its methods may be called from anywhere.
type Invoices struct {
	co Company

	// acting is filled by whatever writes at İşbaşı or judges what became of it: one attempt at a time is in flight.
	acting chan struct{}
	// read are the attempts that were judged since acting began, rows what the list has said last, listed when it was asked:
	// what the file has of before may be old, and clocks are set back.
	read   map[int64]bool
	rows   map[domain.RemoteID]reading
	listed time.Time
	// saying is held while what people say of an order changes, and between reading an order and its intent.
	saying sync.Mutex
	// tasking is held while a task is added to those that there are.
	tasking sync.Mutex
	// open ends with Close.
	open    context.Context
	close   context.CancelFunc
	closing sync.Once

	mu    sync.Mutex
	work  *Work // at work, or the last one
	swept swept
	// rests counts the times that the queue was stopped in a row, by cause; it goes on by itself at goesOn. held: a person
	// has stopped it. begun: a person has let this program work on it.
	rests       int
	goesOn      time.Time
	cause       error
	held, begun bool
	asker       asker     // that it was tried with at last
	behindSince time.Time // that the file is known to be older than its marks
}

// New makes those of a company.
func New(co Company) *Invoices {
	i := &Invoices{co: co, acting: make(chan struct{}, 1)}
	i.open, i.close = context.WithCancel(context.Background())
	return i
}

// act begins to write at İşbaşı or to judge what became of it, when nobody else does; call end at its end. What it gives
// ends with Close too. KindCancelled: ctx ended before, or the company is closed.
func (i *Invoices) act(ctx context.Context) (acting context.Context, end func(), err error) {
	select {
	case i.acting <- struct{}{}:
	case <-ctx.Done():
		return ctx, nil, stopped(nil)
	case <-i.open.Done():
		return ctx, nil, stopped(nil)
	}
	i.read, i.rows, i.listed = map[int64]bool{}, map[domain.RemoteID]reading{}, time.Time{}
	acting, cancel := context.WithCancel(ctx)
	quiet := context.AfterFunc(i.open, cancel)
	return acting, func() {
		quiet()
		cancel()
		<-i.acting
	}, nil
}

// ExamineOrder gives an order with what is judged of it now. It asks İşbaşı nothing.
func (i *Invoices) ExamineOrder(ctx context.Context, k orders.Key) (Examined, error) {
	kept, err := i.co.Store.Order(ctx, k)
	if err != nil {
		return Examined{}, err
	}
	a, err := i.around(ctx, []orders.Kept{kept})
	if err != nil {
		return Examined{}, err
	}
	e := a.examine(kept)
	e.Records, err = i.co.Store.RecordsOf(ctx, k)
	return e, err
}

// JudgeOrders judges orders anew, all that have no invoice where no key is given, and stores the verdicts.
func (i *Invoices) JudgeOrders(ctx context.Context, keys ...orders.Key) error {
	_, err := i.judge(ctx, keys)
	return err
}

// judge gives what was judged, the order that was made first before.
func (i *Invoices) judge(ctx context.Context, keys []orders.Key) ([]Examined, error) {
	judged, err := i.examine(ctx, keys)
	if err != nil {
		return nil, err
	}
	verdicts := make(map[int64]orders.Verdict, len(judged))
	for _, e := range judged {
		verdicts[e.Kept.ID] = e.Verdict
	}
	return judged, i.co.Store.SaveVerdicts(ctx, verdicts)
}

// examine is judge that keeps nothing: whoever only plans may be without the right to write.
func (i *Invoices) examine(ctx context.Context, keys []orders.Key) ([]Examined, error) {
	list, err := i.co.Store.Uninvoiced(ctx, keys...)
	if err != nil {
		return nil, err
	}
	a, err := i.around(ctx, list)
	if err != nil {
		return nil, err
	}
	judged := make([]Examined, 0, len(list))
	for _, k := range list {
		judged = append(judged, a.examine(k))
	}
	return judged, nil
}

// CorrectOrder stores what a person says of an order, judges it anew and gives it. KindState: it has an invoice.
func (i *Invoices) CorrectOrder(ctx context.Context, k orders.Key, said orders.Said) (Examined, error) {
	if err := i.say(ctx, k, said); err != nil {
		return Examined{}, err
	}
	if err := i.JudgeOrders(ctx, k); err != nil {
		return Examined{}, err
	}
	return i.ExamineOrder(ctx, k)
}

// say stores what a person says of an order, unless its invoice is on its way.
func (i *Invoices) say(ctx context.Context, k orders.Key, said orders.Said) error {
	i.saying.Lock()
	defer i.saying.Unlock()
	kept, err := i.uninvoiced(ctx, k)
	if err != nil {
		return err
	}
	return i.co.Store.SaveSaid(ctx, kept.ID, said.Lined())
}

// uninvoiced gives an order that has no invoice. KindState: it has one, or nobody knows.
func (i *Invoices) uninvoiced(ctx context.Context, k orders.Key) (orders.Kept, error) {
	kept, err := i.co.Store.Order(ctx, k)
	if err != nil {
		return kept, err
	}
	records, err := i.co.Store.RecordsOf(ctx, k)
	if err != nil {
		return kept, err
	}
	for _, r := range records {
		if r.Open() || r.Stands() {
			return kept, domain.E(domain.KindState, "change an order that has an invoice", nil)
		}
	}
	return kept, nil
}

// BindLine says of which product a line of an order is, and remembers it for other orders of the marketplace.
func (i *Invoices) BindLine(ctx context.Context, k orders.Key, line int, product domain.ProductID, remember bool) (Examined, error) {
	kept, err := i.uninvoiced(ctx, k)
	if err != nil {
		return Examined{}, err
	}
	if line < 0 || line >= len(kept.Lines) {
		return Examined{}, domain.Invalid("line", "no-such-line")
	}
	if pair := kept.Lines[line].PairKey(); remember && pair != "" {
		if err := i.co.Store.RememberPair(ctx, orders.Pair{Marketplace: k.Marketplace, Key: pair, Product: product}); err != nil {
			return Examined{}, err
		}
		if err := i.JudgeOrders(ctx); err != nil { // other orders may have waited for this
			return Examined{}, err
		}
	}
	said := kept.Said
	said.Lines = map[int]orders.SaidLine{}
	for n, l := range kept.Said.Lines {
		said.Lines[n] = l
	}
	l := said.Lines[line]
	l.Product, l.Without = product, false
	said.Lines[line] = l
	return i.CorrectOrder(ctx, k, said)
}

// LinkInvoice says that an order was invoiced on İşbaşı's own screen. KindState: it has an invoice that stands;
// KindInvalid: number or day is missing. Behind a restore İşbaşı is looked through first: errors then as of StartInvoices,
// KindUnavailable while something may still arrive.
func (i *Invoices) LinkInvoice(ctx context.Context, k orders.Key, number string, day time.Time) error {
	number = strings.TrimSpace(number)
	switch {
	case number == "":
		return domain.Invalid("number", "required")
	case day.IsZero() || day.After(i.co.Now()):
		return domain.Invalid("date", "past")
	}
	ctx, end, err := i.act(ctx)
	if err != nil {
		return err
	}
	defer end()
	if err := i.catchUp(ctx); err != nil {
		return err
	}
	if _, err := i.uninvoiced(ctx, k); err != nil {
		return err
	}
	e, err := i.ExamineOrder(ctx, k)
	if err != nil {
		return err
	}
	r := i.recordOf(&e, false)
	r.Draft.Date, r.Number, r.Linked = day, number, true
	if r, err = i.co.Store.Begin(ctx, r); err != nil {
		return err
	}
	r.State, r.IssuedAt = invoicing.AttemptIssued, i.co.Now()
	_, err = i.co.Store.SaveRecord(ctx, r)
	return err
}

// FreeLost lets an order be issued again whose attempt nobody has found, or whose invoice is void: cancelled at İşbaşı, or
// an e-Fatura Ticari that its buyer has rejected. It is a person's word. KindState: it is none of these.
func (i *Invoices) FreeLost(ctx context.Context, id int64) error {
	ctx, end, err := i.act(ctx)
	if err != nil {
		return err
	}
	defer end()
	r, err := i.co.Store.Record(ctx, id)
	if err != nil {
		return err
	}
	void := r.Issued() && (r.Cancelled || r.Cause == domain.KindRejected)
	if r.State != invoicing.AttemptLost && !void {
		return domain.E(domain.KindState, "issue an invoice again", nil)
	}
	r.State = invoicing.AttemptDeleted
	if _, err := i.co.Store.SaveRecord(ctx, r); err != nil {
		return err
	}
	return i.JudgeOrders(ctx, keyOf(r.Key))
}
