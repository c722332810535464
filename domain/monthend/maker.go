package monthend

import (
	"context"
	"iter"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Store is what a company has of its months.
type Store interface {
	// MonthRecords gives the issued invoices dated from one moment until before another, by their day.
	MonthRecords(ctx context.Context, from, to time.Time) ([]invoicing.Record, error)
	RecordsIn(ctx context.Context, states ...invoicing.AttemptState) ([]invoicing.Record, error)
	SaveRecord(ctx context.Context, r invoicing.Record) (invoicing.Record, error)
	EachOrder(ctx context.Context, q orders.Query) iter.Seq2[orders.Kept, error]
	Tasks(ctx context.Context, closedToo bool) ([]invoicing.Task, error)
	Closings
}

// Closings keeps what an accountant was sent.
type Closings interface {
	// ClosedMonths gives the months that were sent, each as it was sent last, by month.
	ClosedMonths(ctx context.Context) ([]Closed, error)
	// CloseMonth keeps that a month was sent.
	CloseMonth(ctx context.Context, c Closed) error
}

// Closed is a month as it was sent: later changes are told in the next package.
type Closed struct {
	Month    Month
	At       time.Time
	Invoices []Invoice // without lines
}

// Papers are the documents of invoices.
type Papers interface {
	HasDocument(ctx context.Context, r invoicing.Record, k issuing.DocumentKind) (bool, error)
	// DocumentOf gives one, from İşbaşı where it is not kept here (one read). KindState: it is not ready.
	DocumentOf(ctx context.Context, id int64, k issuing.DocumentKind) (domain.Document, error)
}

// Books is İşbaşı's list of invoices; a page costs one read.
type Books interface {
	Invoices(ctx context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.Invoice], error]
}

// Spending tells what is left of the month's calls.
type Spending interface {
	Usage(ctx context.Context) (quota.Usage, error)
}

// Maker makes the packages of one company.
type Maker struct {
	company  string
	store    Store
	papers   Papers
	books    Books
	spending Spending
	pack     func(name string, content []byte) ([]byte, error)
	now      func() time.Time
}

// NewMaker makes that of a company of that name. pack makes the zip of an invoice's UBL, always the same.
func NewMaker(company string, s Store, p Papers, b Books, sp Spending, pack func(name string, content []byte) ([]byte, error), now func() time.Time) *Maker {
	return &Maker{company, s, p, b, sp, pack, now}
}

// Ask says what İşbaşı is asked for a package.
type Ask struct {
	Documents bool // those that are not here, as far as the month's reads without the reserve go
	List      bool // its invoices of the month, to hold ours against
}

// Plan is what a package would hold, and cost.
type Plan struct {
	Month    Month
	Company  string
	Invoices int
	Missing  int // orders without an invoice
	Open     int // tasks
	NoPDF    int // documents that are not here: a read each
	NoUBL    int
	List     int // reads of İşbaşı's list
	Left     int // reads, without the reserve for invoices
	ClosedAt time.Time
}

// PlanMonth tells what a package of the month would hold. It asks İşbaşı nothing.
func (m *Maker) PlanMonth(ctx context.Context, month Month) (Plan, error) {
	records, err := m.records(ctx, month)
	if err != nil {
		return Plan{}, err
	}
	s, err := m.source(ctx, month, records)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Month: month, Company: m.company, Invoices: len(s.Invoices), Missing: len(s.Missing), List: 1 + len(records)/pageRows}
	for _, t := range s.Tasks {
		if t.Open() {
			p.Open++
		}
	}
	for n, i := range s.Invoices {
		if !i.HasPDF && fetchable(&records[n]) {
			p.NoPDF++
		}
		if !i.HasUBL && fetchable(&records[n]) {
			p.NoUBL++
		}
	}
	usage, err := m.spending.Usage(ctx)
	if err != nil {
		return p, err
	}
	p.Left = usage.Left(quota.Read, quota.Ordinary)
	closed, err := m.store.ClosedMonths(ctx)
	for _, c := range closed {
		if c.Month == month {
			p.ClosedAt = c.At
		}
	}
	return p, err
}

// pageRows is how many invoices a read of the list gives.
const pageRows = 100

// fetchable tells whether İşbaşı may have a document of an invoice that we know how to ask for.
func fetchable(r *invoicing.Record) bool { return r.UUID != "" && !r.Linked }

// records are the issued invoices of a month.
func (m *Maker) records(ctx context.Context, month Month) ([]invoicing.Record, error) {
	return m.store.MonthRecords(ctx, month.Begin(), month.End().Add(time.Second))
}

// Progress is how far the making of a package has come. It may be asked from anywhere.
type Progress struct {
	mu       sync.Mutex
	done, of int
	name     string
}

// Now gives how many documents of how many are there, and what is made.
func (p *Progress) Now() (done, of int, name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done, p.of, p.name
}

func (p *Progress) enter(name string, of int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done, p.of, p.name = 0, of, name
}

func (p *Progress) step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
}

// MakeMonth makes the package of a month, asking İşbaşı for what a says. Documents that do not come are told of in the
// package.
func (m *Maker) MakeMonth(ctx context.Context, w words.Words, month Month, a Ask, p *Progress) (Package, error) {
	records, err := m.records(ctx, month)
	if err != nil {
		return Package{}, err
	}
	if a.Documents {
		if err := m.fetch(ctx, records, p); err != nil {
			return Package{}, err
		}
	}
	var listing Listing
	if a.List {
		if listing, err = m.list(ctx, month); err != nil {
			return Package{}, err
		}
		if err := m.cancel(ctx, records, listing); err != nil {
			return Package{}, err
		}
	}
	s, err := m.source(ctx, month, records)
	s.Listing = listing
	return Make(w, s), err
}

// cancel notes which invoices were cancelled on İşbaşı's screen.
func (m *Maker) cancel(ctx context.Context, records []invoicing.Record, l Listing) error {
	for n := range records {
		r := &records[n]
		for _, row := range l.Invoices {
			if row.ID != r.Remote || row.Cancelled == r.Cancelled {
				continue
			}
			r.Cancelled = row.Cancelled
			if _, err := m.store.SaveRecord(ctx, *r); err != nil {
				return err
			}
		}
	}
	return nil
}

// SendMonth keeps that the month was sent as it is now.
func (m *Maker) SendMonth(ctx context.Context, month Month) error {
	records, err := m.records(ctx, month)
	if err != nil {
		return err
	}
	s, err := m.source(ctx, month, records)
	if err != nil {
		return err
	}
	for n := range s.Invoices {
		s.Invoices[n].Lines = nil
	}
	return m.store.CloseMonth(ctx, Closed{Month: month, At: m.now(), Invoices: s.Invoices})
}

// fetch asks for the documents that are not here, until the month's reads without the reserve are used up.
func (m *Maker) fetch(ctx context.Context, records []invoicing.Record, p *Progress) error {
	p.enter(m.company, 2*len(records))
	for n := range records {
		for _, k := range []issuing.DocumentKind{issuing.DocumentPDF, issuing.DocumentUBL} {
			if ctx.Err() != nil {
				return domain.E(domain.KindCancelled, "make the month's package", ctx.Err())
			}
			if err := m.fetchOne(ctx, &records[n], k); err != nil {
				return err
			}
			p.step()
		}
	}
	return nil
}

func (m *Maker) fetchOne(ctx context.Context, r *invoicing.Record, k issuing.DocumentKind) error {
	here, err := m.papers.HasDocument(ctx, *r, k)
	if err != nil || here || !fetchable(r) {
		return err
	}
	usage, err := m.spending.Usage(ctx)
	if err != nil || usage.Left(quota.Read, quota.Ordinary) <= 0 {
		return err
	}
	_, err = m.papers.DocumentOf(ctx, r.ID, k)
	switch domain.KindOf(err) {
	case domain.KindState, domain.KindNotFound, domain.KindRejected: // not ready, or there is none: the package says so
		return nil
	default:
		return err
	}
}

// list reads İşbaşı's invoices of the month.
func (m *Maker) list(ctx context.Context, month Month) (Listing, error) {
	const iso = "2006-01-02T15:04:05"
	l := Listing{Asked: true}
	q := domain.ListQuery{Sort: "id", Filters: []domain.Filter{
		{Column: "date", Operator: domain.IsGreaterThanOrEqualTo, Value: month.Begin().In(domain.Istanbul).Format(iso)},
		{Column: "date", Operator: domain.IsLessThanOrEqualTo, Value: month.End().In(domain.Istanbul).Format(iso)},
	}}
	for page, err := range m.books.Invoices(ctx, q) {
		if err != nil {
			return Listing{}, err
		}
		l.Reads++
		for _, i := range page.Rows {
			if i.Status == domain.EStatusDone && month.Contains(i.Date) {
				l.Invoices = append(l.Invoices, Listed{ID: i.ID, Number: i.Number, Date: i.Date, Total: i.Total.Decimal, Cancelled: i.Cancelled})
			}
		}
	}
	return l, nil
}
