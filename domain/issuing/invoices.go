package issuing

import (
	"context"
	"log/slog"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
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
	// SignedIn makes sure that there is a session. KindNeedsSignIn: a person has to sign in.
	SignedIn func(ctx context.Context) error
	// Patience is how long a write whose answer is lost may still arrive at İşbaşı.
	Patience time.Duration
	Now      func() time.Time
	Log      *slog.Logger
}

// Invoices makes the invoices of one company. Its methods may be called from anywhere.
type Invoices struct {
	co Company
}

// New makes those of a company.
func New(co Company) *Invoices { return &Invoices{co: co} }

// ExamineOrder gives an order with what is judged of it now. It asks İşbaşı nothing.
func (i *Invoices) ExamineOrder(ctx context.Context, k orders.Key) (Examined, error) {
	panic("not yet")
}

// JudgeOrders judges orders anew, all that have no invoice where no key is given, and stores the verdicts.
func (i *Invoices) JudgeOrders(ctx context.Context, keys ...orders.Key) error { panic("not yet") }

// CorrectOrder stores what a person says of an order, judges it anew and gives it. KindState: it has an invoice.
func (i *Invoices) CorrectOrder(ctx context.Context, k orders.Key, said orders.Said) (Examined, error) {
	panic("not yet")
}

// BindLine says of which product a line of an order is, and remembers it for other orders of the marketplace.
func (i *Invoices) BindLine(ctx context.Context, k orders.Key, line int, product domain.ProductID, remember bool) (Examined, error) {
	panic("not yet")
}

// PlanInvoices tells what a run would do now. It asks İşbaşı nothing.
func (i *Invoices) PlanInvoices(ctx context.Context, r Request) (Plan, error) { panic("not yet") }

// StartInvoices puts orders into the queue and begins to work on it. KindBusy: a run is at work (they wait then);
// KindNeedsSignIn; KindInvalid (field "integration"): the integration is closed; KindQuota.
func (i *Invoices) StartInvoices(ctx context.Context, r Request) (*Work, error) { panic("not yet") }

// FormaliseInvoices formalises drafts that were checked. Errors as of StartInvoices.
func (i *Invoices) FormaliseInvoices(ctx context.Context, ids ...int64) (*Work, error) {
	panic("not yet")
}

// Working gives the run at work, or the last one; nil: there was none.
func (i *Invoices) Working() *Work { panic("not yet") }

// DropQueue takes all orders out of the queue that are not at work.
func (i *Invoices) DropQueue(ctx context.Context) error { panic("not yet") }

// LookUpCost tells how many attempts are to be looked up, and what that costs at least.
func (i *Invoices) LookUpCost(ctx context.Context) (n int, c quota.Cost, err error) { panic("not yet") }

// LookUpInvoices looks for what has become of attempts of which nobody knows.
func (i *Invoices) LookUpInvoices(ctx context.Context) (Looked, error) { panic("not yet") }

// TakeBackDrafts deletes drafts at İşbaşı; their orders can be invoiced again. It gives how many are deleted.
func (i *Invoices) TakeBackDrafts(ctx context.Context, ids ...int64) (int, error) {
	panic("not yet")
}

// LinkInvoice says that an order was invoiced on İşbaşı's own screen. KindState: it has an invoice that stands.
func (i *Invoices) LinkInvoice(ctx context.Context, k orders.Key, number string, day time.Time) error {
	panic("not yet")
}

// FreeLost lets an order be issued again whose attempt is lost or was rejected by its buyer: a person's word.
func (i *Invoices) FreeLost(ctx context.Context, id int64) error { panic("not yet") }

// DocumentOf gives a document of an invoice: the one that is kept, else İşbaşı's (one read). KindState: not ready yet.
func (i *Invoices) DocumentOf(ctx context.Context, id int64, k DocumentKind) (domain.Document, error) {
	panic("not yet")
}

// ReturnInvoice makes a task of a return of a part of an invoice: how much of each line, in their order.
func (i *Invoices) ReturnInvoice(ctx context.Context, id int64, number string, quantities []decimal.Decimal) (invoicing.Task, error) {
	panic("not yet")
}

// CloseTask ends a task with the document that a person has made of it. KindInvalid: document or day is missing.
func (i *Invoices) CloseTask(ctx context.Context, id int64, document string, on time.Time, note string) (invoicing.Task, error) {
	panic("not yet")
}

// Standing is how a company's invoices stand.
type Standing struct {
	Settings invoicing.Settings
	Choices  domain.Settings
	Queued   int
	Unknown  int
	Drafts   int // checked, that can be formalised
	Tasks    int // open
	Restored bool
	Usage    quota.Usage
	// FirstToday: nothing was formalised today yet.
	FirstToday bool
}

// InvoiceStanding tells it; it asks İşbaşı nothing.
func (i *Invoices) InvoiceStanding(ctx context.Context) (Standing, error) { panic("not yet") }

// KeepInvoicing works on the queue by itself until ctx ends, and asks for the states of what was sent.
func (i *Invoices) KeepInvoicing(ctx context.Context) { panic("not yet") }

// Close interrupts what is at work and waits for its end.
func (i *Invoices) Close() { panic("not yet") }

// Work is a run. Its methods may be called from anywhere.
type Work struct{}

// Progress tells where it stands.
func (w *Work) Progress() Progress { panic("not yet") }

// Stop ends the run behind what is in flight; what was done stays, the rest stays in the queue.
func (w *Work) Stop() { panic("not yet") }

// Done is closed at its end.
func (w *Work) Done() <-chan struct{} { panic("not yet") }

// Outcome is what it has done, once it is Done. KindQuota, KindNetwork and the like: it goes on by itself.
func (w *Work) Outcome() (Outcome, error) { panic("not yet") }
