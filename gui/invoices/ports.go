package invoices

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	State
	Records
	Runs
	Unknown
	Tasks
	Files
	Months
	Choices
}

// State is how the invoices stand.
type State interface {
	// InvoiceStanding tells it; it asks İşbaşı nothing.
	InvoiceStanding(ctx context.Context) (issuing.Standing, error)
	// LookUpCost tells how many attempts are to be looked up, and what that costs at least.
	LookUpCost(ctx context.Context) (n int, c quota.Cost, err error)
	Queue
}

// Queue is how the orders that wait are worked on.
type Queue interface {
	// Working gives the run at work, or the last one; nil: there was none.
	Working() *issuing.Work
	// Hindrance is what holds the queue up, nil for nothing; KindCancelled: a person has stopped it.
	Hindrance() error
	// GoesOnAt tells when the queue goes on by itself, the zero time when nothing holds it up.
	GoesOnAt() time.Time
	// Queued gives the orders that wait, the oldest first.
	Queued(ctx context.Context) ([]issuing.Queued, error)
}

// Records are the invoices one by one.
type Records interface {
	List
	Record(ctx context.Context, id int64) (invoicing.Record, error)
	// RecordsIn gives the whole attempts in those states, the oldest first.
	RecordsIn(ctx context.Context, states ...invoicing.AttemptState) ([]invoicing.Record, error)
	// ExportInvoices writes the invoices of q, all pages, as an Excel file in the words of lang and gives its path.
	ExportInvoices(ctx context.Context, lang string, q invoicing.RecordQuery) (path string, err error)
}

// List is the invoices page by page.
type List interface {
	// ListInvoices gives one page of the invoices that q finds, and how many there are.
	ListInvoices(ctx context.Context, q invoicing.RecordQuery) (records []invoicing.Record, total int, err error)
	// InvoiceGroups counts the invoices by group.
	InvoiceGroups(ctx context.Context) (map[invoicing.RecordGroup]int, error)
}

// Runs are what works at İşbaşı.
type Runs interface {
	// StartInvoices puts orders into the queue and begins to work on it.
	StartInvoices(ctx context.Context, r issuing.Request) (*issuing.Work, error)
	// FormaliseInvoices begins to formalise drafts that were checked. KindBusy, KindNeedsSignIn, KindQuota and KindInvalid
	// ("integration") say why it does not.
	FormaliseInvoices(ctx context.Context, ids ...int64) (*issuing.Work, error)
	// TakeBackDrafts deletes drafts at İşbaşı; their orders can be invoiced again. It gives how many are deleted.
	// KindState: one is no draft any more, the others are deleted.
	TakeBackDrafts(ctx context.Context, ids ...int64) (int, error)
	// ReadInvoice asks İşbaşı once more where an invoice stands (one read).
	ReadInvoice(ctx context.Context, id int64) (invoicing.Record, error)
	// DropQueue takes all orders out of the queue that are not at work.
	DropQueue(ctx context.Context) error
}

// Unknown are the attempts of which nobody knows what became.
type Unknown interface {
	LookUpInvoices(ctx context.Context) (issuing.Looked, error)
	// FreeLost lets an order be issued again whose attempt is lost or was rejected by its buyer.
	FreeLost(ctx context.Context, id int64) error
}

// Tasks are what a person has to do about orders that were cancelled or returned.
type Tasks interface {
	// Tasks gives those that are open, or all.
	Tasks(ctx context.Context, closedToo bool) ([]invoicing.Task, error)
	// ReturnInvoice makes a task of a return of a part of an invoice: how much of each line, in their order.
	ReturnInvoice(ctx context.Context, id int64, number string, quantities []decimal.Decimal) (invoicing.Task, error)
	// CloseTask ends a task with the document that a person has made of it.
	CloseTask(ctx context.Context, id int64, document string, on time.Time, note string) (invoicing.Task, error)
}

// Files are the documents of issued invoices.
type Files interface {
	// HasDocument tells whether a document of an invoice is kept here: else it costs one read.
	HasDocument(ctx context.Context, r invoicing.Record, k issuing.DocumentKind) (bool, error)
	// InvoiceFilePath is where a document is saved unless a person names another place.
	InvoiceFilePath(ctx context.Context, id int64, k issuing.DocumentKind) (path string, err error)
	// SaveInvoiceFile writes a document there, fetched if it is not kept here. KindState: İşbaşı does not have it yet.
	SaveInvoiceFile(ctx context.Context, id int64, k issuing.DocumentKind, path string) error
}

// Months are the packages that an accountant gets of the company's months.
type Months interface {
	// PlanMonth tells what the package of a month would hold, and cost; it asks İşbaşı nothing.
	PlanMonth(ctx context.Context, m monthend.Month) (monthend.Plan, error)
	// SaveMonth makes the package among the company's documents, as a folder or as one zip, and gives its path.
	SaveMonth(ctx context.Context, m monthend.Month, a monthend.Ask, zip bool, p *monthend.Progress) ([]string, error)
	// MailMonth queues it for the address that reports go to, or saves a draft of the letter.
	MailMonth(ctx context.Context, m monthend.Month, a monthend.Ask, p *monthend.Progress) (report.Mailed, error)
	// SendMonth keeps that the month was sent as it is now.
	SendMonth(ctx context.Context, m monthend.Month) error
}

// AllMonths are those of all companies of this machine. The errors name the company.
type AllMonths interface {
	PlanMonths(ctx context.Context, m monthend.Month) ([]monthend.Plan, error)
	SaveMonths(ctx context.Context, m monthend.Month, a monthend.Ask, zip bool, p *monthend.Progress) ([]string, error)
	MailMonths(ctx context.Context, m monthend.Month, a monthend.Ask, p *monthend.Progress) ([]report.Mailed, error)
	SendMonths(ctx context.Context, m monthend.Month) error
}

// Choices are what an accountant is asked once.
type Choices interface {
	InvoiceSettings(ctx context.Context) (invoicing.Settings, error)
	SaveInvoiceSettings(ctx context.Context, s invoicing.Settings) error
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co  Company
	all AllMonths
	*kit.Leaves
}
