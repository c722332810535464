package invoices

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// office is a company with invoices in memory.
type office struct {
	mu        sync.Mutex
	records   []invoicing.Record
	tasks     []invoicing.Task
	settings  invoicing.Settings
	choices   domain.Settings
	usage     quota.Usage
	queued    int
	hindrance error
	goesOn    time.Time
	restored  bool
	lookUp    quota.Cost
	looked    issuing.Looked
	kept      map[string]bool // documents, by invoice and kind
	failing   error           // of what is done at İşbaşı
	saved     []string
	plan      monthend.Plan
	sent      map[monthend.Month]time.Time
	draft     string        // of a letter that this machine cannot send
	gate      chan struct{} // what makes packages waits at it; made in the bubble
	done      []string      // what was asked for, in order
}

func newOffice(records ...invoicing.Record) *office {
	return &office{
		records: records, settings: invoicing.DefaultSettings(), choices: domain.DefaultSettings(), kept: map[string]bool{},
		usage: quota.Usage{ReadLimit: quota.ReadLimit, WriteLimit: quota.WriteLimit, ReadReserve: quota.ReadReserve, WriteReserve: quota.WriteReserve},
	}
}

// record is an invoice of 3 × 59,90 (VAT 20) and 1 × 49,90 (VAT 10).
func record(id int64, state invoicing.AttemptState) invoicing.Record {
	at := time.Date(1999, 12, 20, 9, 0, 0, 0, time.UTC).Add(time.Duration(id) * time.Minute)
	r := invoicing.Record{
		ID: id, Order: id, Serial: id, Token: invoicing.Token(fmt.Sprintf("[SM:aaaaaaa%d]", id)), Kind: domain.InvoiceEArchive, Buyer: fmt.Sprintf("Alıcı %d", id),
		TaxNumber: "11111111111", IntentAt: at, Remote: domain.RemoteID(fmt.Sprint(9000 + id)), UUID: fmt.Sprintf("ettn-%d", id),
		Draft: domain.InvoiceDraft{
			Date: domain.Day(at), Currency: domain.TRY, Customer: domain.Firm{Name: fmt.Sprintf("Alıcı %d", id), City: "İstanbul", District: "Kadıköy", Address: "Moda Cad. 5", PostalCode: "34000"},
			Description: "Trendyol siparişi",
			Lines: []domain.DraftLine{
				{Name: "Filtre Kahve", Quantity: decimal.NewFromInt(3), Price: decimal.RequireFromString("59.9"), VATRate: decimal.NewFromInt(20)},
				{Name: "Çay Bardağı", Quantity: decimal.NewFromInt(1), Price: decimal.RequireFromString("49.9"), VATRate: decimal.NewFromInt(10)},
			},
		},
	}
	r.Key, r.State = invoicing.Key{Company: "deneme", Marketplace: "trendyol", Package: fmt.Sprintf("PKT-%d", id), Direction: invoicing.DirectionSale}, state
	lines := []invoicing.Line{
		{Line: orders.Line{Quantity: decimal.NewFromInt(3), Unit: decimal.RequireFromString("59.9"), VAT: decimal.NewNullDecimal(decimal.NewFromInt(20)), Kind: orders.LineGoods}},
		{Line: orders.Line{Quantity: decimal.NewFromInt(1), Unit: decimal.RequireFromString("49.9"), VAT: decimal.NewNullDecimal(decimal.NewFromInt(10)), Kind: orders.LineGoods}},
	}
	r.Amounts = invoicing.Compute(lines, decimal.Zero)
	if r.Issued() {
		r.Number, r.IssuedAt, r.SentAt, r.StatusText = fmt.Sprintf("ABC199900000000%d", id), at.Add(2*time.Minute), at.Add(time.Minute), "Onaylandı"
	}
	return r
}

func (o *office) did(format string, args ...any) {
	o.done = append(o.done, fmt.Sprintf(format, args...))
}

func (o *office) InvoiceStanding(context.Context) (issuing.Standing, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	st := issuing.Standing{Settings: o.settings, Choices: o.choices, Queued: o.queued, Restored: o.restored, Usage: o.usage}
	for _, r := range o.records {
		switch {
		case r.State == invoicing.AttemptChecked:
			st.Drafts++
		case r.Open():
			st.Unknown++
		}
	}
	for _, t := range o.tasks {
		if t.ClosedAt.IsZero() {
			st.Tasks++
		}
	}
	return st, nil
}

func (o *office) LookUpCost(context.Context) (int, quota.Cost, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := 0
	for _, r := range o.records {
		if r.Open() {
			n++
		}
	}
	return n, o.lookUp, nil
}

func (o *office) Working() *issuing.Work { return nil }

func (o *office) GoesOnAt() time.Time { return o.goesOn }

func (o *office) Hindrance() error { return o.hindrance }

func (o *office) Queued(context.Context) ([]issuing.Queued, error) {
	return []issuing.Queued{
		{ID: 1, Key: orders.Key{Marketplace: "n11", Package: "1"}, Wish: orders.WishFormalise},
		{ID: 2, Key: orders.Key{Marketplace: "n11", Package: "2"}, Wish: orders.WishDraft},
		{ID: 3, Key: orders.Key{Marketplace: "n11", Package: "3"}, Wish: orders.WishFormalise},
	}, nil
}

func (o *office) StartInvoices(_ context.Context, r issuing.Request) (*issuing.Work, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.did("start %s %v", r.Wish, r.Keys)
	return nil, o.failing
}

func (o *office) ListInvoices(_ context.Context, q invoicing.RecordQuery) ([]invoicing.Record, int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	states := q.Group.States()
	found := slices.DeleteFunc(slices.Clone(o.records), func(r invoicing.Record) bool {
		return states != nil && !slices.Contains(states, r.State) || !kit.HasWords(r.Buyer+" "+r.Number+" "+r.Key.Package, q.Search)
	})
	slices.SortStableFunc(found, func(a, b invoicing.Record) int {
		if q.Sort == invoicing.RecordsByBuyer {
			return strings.Compare(a.Buyer, b.Buyer)
		}
		return cmp.Compare(a.ID, b.ID)
	})
	if !q.Asc {
		slices.Reverse(found)
	}
	total := len(found)
	if q.Limit > 0 {
		found = kit.PageOf(found, q.Limit, q.Offset)
	}
	return found, total, nil
}

func (o *office) InvoiceGroups(ctx context.Context) (map[invoicing.RecordGroup]int, error) {
	counts := map[invoicing.RecordGroup]int{}
	for _, g := range groups() {
		_, counts[g], _ = o.ListInvoices(ctx, invoicing.RecordQuery{Group: g})
	}
	return counts, nil
}

func (o *office) at(id int64) *invoicing.Record {
	i := slices.IndexFunc(o.records, func(r invoicing.Record) bool { return r.ID == id })
	return &o.records[i]
}

func (o *office) Record(_ context.Context, id int64) (invoicing.Record, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return *o.at(id), nil
}

func (o *office) RecordsIn(_ context.Context, states ...invoicing.AttemptState) ([]invoicing.Record, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(o.records), func(r invoicing.Record) bool { return !slices.Contains(states, r.State) }), nil
}

func (o *office) ExportInvoices(_ context.Context, lang string, q invoicing.RecordQuery) (string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.did("export %s %s %s", lang, q.Group, q.Search)
	return "/belgeler/Sopyo/faturalar.xlsx", nil
}

func (o *office) FormaliseInvoices(_ context.Context, ids ...int64) (*issuing.Work, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.did("formalise %v", ids)
	return nil, cmp.Or(o.failing, error(domain.E(domain.KindBusy, "formalise", nil)))
}

func (o *office) TakeBackDrafts(_ context.Context, ids ...int64) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.did("take back %v", ids)
	if o.failing != nil {
		return 0, o.failing
	}
	n := 0
	for _, id := range ids {
		if r := o.at(id); r.Deletable() && r.Remote != "gone" {
			r.State = invoicing.AttemptDeleted
			n++
		}
	}
	if n < len(ids) {
		return n, domain.E(domain.KindState, "delete a draft", nil)
	}
	return n, nil
}

// ReadInvoice finds what was corrected at İşbaşı since.
func (o *office) ReadInvoice(_ context.Context, id int64) (invoicing.Record, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.did("read %d", id)
	if o.failing != nil {
		return invoicing.Record{}, o.failing
	}
	r := o.at(id)
	if r.State == invoicing.AttemptMismatch {
		r.State, r.Read = invoicing.AttemptChecked, decimal.NewNullDecimal(r.Amounts.Total)
	}
	return *r, nil
}

func (o *office) DropQueue(context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.did("drop")
	o.queued = 0
	return o.failing
}

func (o *office) LookUpInvoices(context.Context) (issuing.Looked, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.did("look up")
	return o.looked, o.failing
}

func (o *office) FreeLost(_ context.Context, id int64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.did("free %d", id)
	if o.failing == nil {
		o.at(id).State = invoicing.AttemptDeleted
	}
	return o.failing
}

func (o *office) Tasks(_ context.Context, closedToo bool) ([]invoicing.Task, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(o.tasks), func(t invoicing.Task) bool { return !closedToo && !t.ClosedAt.IsZero() }), nil
}

func (o *office) ReturnInvoice(_ context.Context, id int64, number string, quantities []decimal.Decimal) (invoicing.Task, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.failing != nil {
		return invoicing.Task{}, o.failing
	}
	r := *o.at(id)
	for _, t := range o.tasks {
		if t.Return == number {
			return invoicing.Task{}, domain.Invalid("number", "taken")
		}
	}
	lines := returnable(r, o.tasks)
	for i, q := range quantities {
		lines[i].Now = q
	}
	back, err := invoicing.Return(lines)
	if err != nil {
		return invoicing.Task{}, err
	}
	t := invoicing.Task{ID: int64(len(o.tasks) + 1), Record: r, Return: number, What: invoicing.TaskReturned, Lines: quantities, Amounts: back}
	o.tasks = append(o.tasks, t)
	return t, nil
}

func (o *office) CloseTask(_ context.Context, id int64, document string, on time.Time, note string) (invoicing.Task, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.failing != nil {
		return invoicing.Task{}, o.failing
	}
	t := &o.tasks[slices.IndexFunc(o.tasks, func(t invoicing.Task) bool { return t.ID == id })]
	t.Document, t.DocumentOn, t.Note, t.ClosedAt = document, on, note, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	return *t, nil
}

func (o *office) HasDocument(_ context.Context, r invoicing.Record, k issuing.DocumentKind) (bool, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.kept[fmt.Sprint(r.ID, k)], nil
}

func (o *office) InvoiceFilePath(_ context.Context, id int64, k issuing.DocumentKind) (string, error) {
	return fmt.Sprintf("/belgeler/Sopyo/%d.%s", id, k), nil
}

func (o *office) SaveInvoiceFile(_ context.Context, id int64, k issuing.DocumentKind, path string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.failing != nil {
		return o.failing
	}
	o.kept[fmt.Sprint(id, k)] = true
	o.saved = append(o.saved, path)
	return nil
}

func (o *office) InvoiceSettings(context.Context) (invoicing.Settings, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.settings, nil
}

func (o *office) SaveInvoiceSettings(_ context.Context, s invoicing.Settings) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.failing == nil {
		o.settings = s
	}
	return o.failing
}

func (o *office) PlanMonth(_ context.Context, m monthend.Month) (monthend.Plan, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	p := o.plan
	p.Month, p.Company = m, "Deneme"
	p.ClosedAt = o.sent[m]
	return p, o.failing
}

// make is what makes packages: it counts documents, and passes the gate for each.
func (o *office) make(ctx context.Context, what string, m monthend.Month, a monthend.Ask) error {
	if o.gate != nil {
		if err := kittest.Wait(ctx, o.gate); err != nil {
			return domain.E(domain.KindCancelled, "make the month's package", err)
		}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.did("%s %s documents=%v list=%v", what, m, a.Documents, a.List)
	return o.failing
}

func (o *office) SaveMonth(ctx context.Context, m monthend.Month, a monthend.Ask, zip bool, _ *monthend.Progress) ([]string, error) {
	return []string{"/belgeler/Sopyo/" + m.String()}, o.make(ctx, fmt.Sprint("save zip=", zip), m, a)
}

func (o *office) MailMonth(ctx context.Context, m monthend.Month, a monthend.Ask, _ *monthend.Progress) (report.Mailed, error) {
	err := o.make(ctx, "mail", m, a)
	if o.draft != "" {
		return report.Mailed{Draft: o.draft}, err
	}
	return report.Mailed{Letter: mail.Letter{ID: 1, To: "muhasebe@example.com"}}, err
}

func (o *office) SendMonth(_ context.Context, m monthend.Month) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.failing == nil {
		o.sent = map[monthend.Month]time.Time{m: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)}
	}
	return o.failing
}

// allMonths are those of two companies.
type allMonths struct{ o *office }

func (x allMonths) PlanMonths(ctx context.Context, m monthend.Month) ([]monthend.Plan, error) {
	one, err := x.o.PlanMonth(ctx, m)
	two := one
	two.Company, two.Invoices = "Öteki", 3
	return []monthend.Plan{one, two}, err
}

func (x allMonths) SaveMonths(ctx context.Context, m monthend.Month, a monthend.Ask, zip bool, _ *monthend.Progress) ([]string, error) {
	return []string{"/belgeler/Sopyo/hepsi"}, x.o.make(ctx, fmt.Sprint("save all zip=", zip), m, a)
}

func (x allMonths) MailMonths(ctx context.Context, m monthend.Month, a monthend.Ask, _ *monthend.Progress) ([]report.Mailed, error) {
	one := report.Mailed{Letter: mail.Letter{ID: 1, To: "muhasebe@example.com"}}
	return []report.Mailed{one, one}, x.o.make(ctx, "mail all", m, a)
}

func (x allMonths) SendMonths(ctx context.Context, m monthend.Month) error {
	x.o.did("send all")
	return x.o.SendMonth(ctx, m)
}

// screen is Faturalar over an office.
type screen struct {
	*kittest.Screen
	*office
	page *Page
}

// onPage runs f with the page in view, in Turkish.
func onPage(t *testing.T, o *office, f func(s *screen)) {
	t.Helper()
	kittest.On(t, "tr", func(e *kit.Env) *Page { return New(e, o, allMonths{o}) }, func(s *kittest.Screen, p *Page) { f(&screen{s, o, p}) })
}

// open opens an invoice as a double click does.
func (s *screen) open(id int64) {
	s.T.Helper()
	s.page.open(*s.at(id))
	s.Settle()
}

// mark marks invoices with their boxes.
func (s *screen) mark(ids ...int64) {
	s.T.Helper()
	var keys []string
	for _, id := range ids {
		keys = append(keys, fmt.Sprint(id))
	}
	s.page.list.Table.Mark(keys...)
	s.Settle()
}

// asked fails unless these were asked for, in this order, and forgets them.
func (s *screen) didAll(want ...string) {
	s.T.Helper()
	if !slices.Equal(s.done, want) {
		s.T.Errorf("asked for %q, want %q", s.done, want)
	}
	s.done = nil
}
