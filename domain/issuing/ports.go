package issuing

import (
	"context"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Books is İşbaşı as invoices are read.
type Books interface {
	// Invoices yields the pages of the invoices that q asks for; a page costs one read. A filter or an order that İşbaşı
	// does not understand is ignored by it: the rows tell.
	Invoices(ctx context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.Invoice], error]
	// Invoice reads one invoice with its description (one read). KindNotFound: there is none.
	Invoice(ctx context.Context, id domain.RemoteID) (domain.Invoice, error)
	// Taxpayer asks whether a tax number is registered (one read). KindUnavailable: it was not answered.
	Taxpayer(ctx context.Context, number string) (domain.Taxpayer, error)
	// InvoicePDF and InvoiceUBL fetch the documents of a formalised invoice (one read each). KindState: not ready.
	InvoicePDF(ctx context.Context, uuid string) (domain.Document, error)
	InvoiceUBL(ctx context.Context, uuid string) (domain.Document, error)
}

// Writer is İşbaşı as invoices are written (one write each). An error of KindUnknown leaves open whether it has taken
// effect; every other one says that it has not.
type Writer interface {
	CreateDraft(ctx context.Context, d domain.InvoiceDraft) (domain.StoredDraft, error)
	// SendInvoice formalises a draft. Whether it has is told by the invoice's own state alone.
	SendInvoice(ctx context.Context, id domain.RemoteID) error
	// DeleteDrafts deletes drafts. KindState: one is none any more; KindNotFound: it is gone.
	DeleteDrafts(ctx context.Context, ids ...domain.RemoteID) error
}

// Spending tells what the month has cost and whether work may begin.
type Spending interface {
	Usage(ctx context.Context) (quota.Usage, error)
	May(ctx context.Context, c quota.Cost, p quota.Purpose) error
}

// Store is where a company keeps orders and invoices.
type Store interface {
	Orders
	Journal
	Known
	Tasks
	Preferences
}

// Orders are the company's orders.
type Orders interface {
	// Order gives the order of that key, whole, with the products of its lines. KindNotFound: there is none.
	Order(ctx context.Context, k orders.Key) (orders.Kept, error)
	// Uninvoiced gives the orders, whole, of which no attempt stands at İşbaşı and that nobody has said are never
	// invoiced: those of keys, all where none is given.
	Uninvoiced(ctx context.Context, keys ...orders.Key) ([]orders.Kept, error)
	// SaveVerdicts stores what was judged of orders, in one transaction. What an attempt or a task says of an order
	// (StageInvoiced, StageTask, Invoice, Draft) is the store's own to know.
	SaveVerdicts(ctx context.Context, of map[int64]orders.Verdict) error
	// SaveSaid stores what people say of an order in the place of what they said before.
	SaveSaid(ctx context.Context, id int64, s orders.Said) error
	// RememberPair keeps which product a source means; product 0 forgets.
	RememberPair(ctx context.Context, p orders.Pair) error
	// Enqueue makes orders wait to be invoiced, WishNothing takes them out of the queue.
	Enqueue(ctx context.Context, w orders.Wish, ids ...int64) error
	// Queued gives the IDs and wishes of the orders that wait, the oldest order first.
	Queued(ctx context.Context) ([]Queued, error)
}

// Queued is an order in the queue.
type Queued struct {
	ID   int64
	Key  orders.Key
	Wish orders.Wish
}

// Journal keeps the attempts. Every method is one transaction, and gives the record as it was stored.
type Journal interface {
	// Begin stores a new attempt as an intent, with the next serial, and takes its order out of the queue. KindBusy: an
	// attempt of the key is open or stands.
	Begin(ctx context.Context, r invoicing.Record) (invoicing.Record, error)
	// SaveRecord stores what changed of an attempt.
	SaveRecord(ctx context.Context, r invoicing.Record) (invoicing.Record, error)
	// Record gives the one of that ID. KindNotFound: there is none.
	Record(ctx context.Context, id int64) (invoicing.Record, error)
	// RecordsIn gives the whole attempts in those states, the oldest first.
	RecordsIn(ctx context.Context, states ...invoicing.AttemptState) ([]invoicing.Record, error)
	// Attempts gives every attempt, as the gate wants them.
	Attempts(ctx context.Context) ([]invoicing.Attempt, error)
	// SentSince tells whether an invoice that is formalised, or on its way to be, was sent at that time or later.
	SentSince(ctx context.Context, at time.Time) (bool, error)
	// RecordsOf gives the attempts of an order, the oldest first.
	RecordsOf(ctx context.Context, k orders.Key) ([]invoicing.Record, error)
	// RaiseSerial makes the next attempt's serial greater than that, at least.
	RaiseSerial(ctx context.Context, serial int64) error
	// LastSerial is the greatest serial there is, 0 before the first attempt.
	LastSerial(ctx context.Context) (int64, error)
	// HandedOver tells since when another machine makes the company's invoices, the zero time while this one does.
	HandedOver(ctx context.Context) (time.Time, error)
}

// Known is what is known of İşbaşı's side without asking.
type Known interface {
	// SeeInvoices stores rows of İşbaşı's list as they stand now.
	SeeInvoices(ctx context.Context, rows []domain.Invoice, at time.Time) error
	// SeeTokens stores which tokens an invoice's description holds, none too: it was read.
	SeeTokens(ctx context.Context, id domain.RemoteID, tokens []invoicing.Token) error
	// SeenInvoices gives the seen invoices dated on or after day, those whose tokens are not read included.
	SeenInvoices(ctx context.Context, day time.Time) ([]Seen, error)
	// LastSeen gives the greatest ID ever seen as a number, 0 for none, and when the newest of each kind is dated.
	LastSeen(ctx context.Context) (id int64, latest map[domain.InvoiceKind]time.Time, err error)
	// Taxpayers gives what was answered of those numbers after then.
	Taxpayers(ctx context.Context, after time.Time, numbers []string) (map[string]bool, error)
	// SaveTaxpayer stores an answer.
	SaveTaxpayer(ctx context.Context, t domain.Taxpayer, at time.Time) error
}

// Seen is an invoice of İşbaşı's list.
type Seen struct {
	domain.Invoice
	// Read: its description was, and holds Tokens. Ours is the attempt that has its ID, 0 for none.
	Read   bool
	Tokens []invoicing.Token
	Ours   int64
	SeenAt time.Time
}

// Tasks keeps what a person has to do about cancelled and returned orders.
type Tasks interface {
	// Tasks gives those that are open, or all.
	Tasks(ctx context.Context, closedToo bool) ([]invoicing.Task, error)
	Task(ctx context.Context, id int64) (invoicing.Task, error)
	// SaveTask stores a task, a new one where it has no ID: one an order and return. It gives it as it was stored.
	SaveTask(ctx context.Context, t invoicing.Task) (invoicing.Task, error)
}

// Preferences are a company's choices.
type Preferences interface {
	Settings(ctx context.Context) (domain.Settings, error)
	// InvoiceSettings gives those for invoices, the default ones when none were saved.
	InvoiceSettings(ctx context.Context) (invoicing.Settings, error)
	SaveInvoiceSettings(ctx context.Context, s invoicing.Settings) error
	Connection(ctx context.Context) (domain.Connection, error)
}

// Documents keeps the files of invoices beside the company's file.
type Documents interface {
	// Keep stores one, replacing what was there.
	Keep(ctx context.Context, r invoicing.Record, k DocumentKind, d domain.Document) error
	// Document gives one; ok = false: it is not here.
	Document(ctx context.Context, r invoicing.Record, k DocumentKind) (d domain.Document, ok bool, err error)
}

// DocumentKind is a sort of file that an invoice has.
type DocumentKind string

// The kinds.
const (
	DocumentPDF DocumentKind = "pdf"
	DocumentUBL DocumentKind = "ubl"
)

// Marks are kept apart from the company's file, and say whether that was restored from a copy.
type Marks interface {
	// LastMark gives the greatest serial that any of them has and when that attempt was begun, 0 for none.
	LastMark(ctx context.Context) (serial int64, at time.Time, err error)
	// SaveMark stores them in all of them that can be reached.
	SaveMark(ctx context.Context, serial int64, at time.Time) error
}
