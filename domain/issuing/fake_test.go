package issuing

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// world is İşbaşı with one firm, and time.
type world struct {
	mu       sync.Mutex
	now      time.Time
	next     int64
	invoices map[domain.RemoteID]*remoteInvoice
	late     []func() // stored when more time has passed
	lateAt   []time.Time
	reads    int
	writes   int
	// fault is asked before each write, what becomes of it; nil: all goes well.
	fault func(op string) fault
	// noDrafts: drafts do not stand in the list. off: nothing can be reached. finish: states become done at once.
	noDrafts, off, finish bool
	registered            map[string]bool
	mute                  map[string]bool // numbers that the revenue administration does not answer for
	cents                 decimal.Decimal // what İşbaşı's total is more than ours
	// calls are those there were, in their order. broken are the operations that fail, on is asked before each call.
	calls  []string
	broken map[string]error
	on     func(call string)
	// failAt is the call that does not arrive, 0: none; failed: it has not.
	failAt int
	failed bool
	// unordered: the order of the list is ignored, unfiltered: its conditions are.
	unordered, unfiltered bool
}

// enter notes a call, and gives why it fails.
func (w *world) enter(op string, of ...any) error {
	call := op
	if len(of) > 0 {
		call += " " + fmt.Sprint(of...)
	}
	w.mu.Lock()
	w.calls = append(w.calls, call)
	on := w.on
	w.mu.Unlock()
	if on != nil {
		on(call)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failAt > 0 && len(w.calls) == w.failAt {
		w.failed = true
		return errOffline
	}
	return w.broken[op]
}

var errOffline = domain.E(domain.KindNetwork, "call", nil)

// strange stores invoices at İşbaşı that nobody here knows, dated now and of another total.
func (w *world) strange(n int, change ...func(*domain.Invoice)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for range n {
		id := w.add(domain.InvoiceDraft{Date: w.now, Kind: domain.InvoiceEArchive, Lines: []domain.DraftLine{{Quantity: num("1").Decimal, Price: num("7").Decimal}}})
		for _, c := range change {
			c(&w.invoices[id].Invoice)
		}
	}
}

// change changes an invoice at İşbaşı.
func (w *world) change(id domain.RemoteID, change func(*remoteInvoice)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(w.invoices[id])
}

// told are the calls since it was asked last.
func (w *world) told() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	calls := w.calls
	w.calls = nil
	return calls
}

type remoteInvoice struct {
	domain.Invoice
	sends   int
	deleted bool
}

type fault int

const (
	fine       fault = iota
	lostBefore       // the call is lost, nothing is done
	lostAfter        // it is done, its answer is lost
	lateAfter        // its answer is lost, and it is done three minutes later
	unsent           // there was no connection
	refusal
)

func newWorld() *world {
	return &world{
		now: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC), next: 1000, invoices: map[domain.RemoteID]*remoteInvoice{}, finish: true,
		registered: map[string]bool{}, mute: map[string]bool{}, broken: map[string]error{},
	}
}

// pass lets time pass, and what was late arrive.
func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
	for n, at := range w.lateAt {
		if w.late[n] != nil && !at.After(w.now) {
			w.late[n]()
			w.late[n] = nil
		}
	}
}

func (w *world) strike(op string) fault {
	if w.off {
		return unsent
	}
	if w.fault == nil {
		return fine
	}
	return w.fault(op)
}

var errLost = domain.E(domain.KindUnknown, "call", errors.New("lost"))

// carry does what a fault lets be done, and gives what is answered.
func (w *world) carry(op string, do func()) error {
	w.writes++
	switch w.strike(op) {
	case lostBefore:
		return errLost
	case lostAfter:
		do()
		return errLost
	case lateAfter:
		w.late, w.lateAt = append(w.late, do), append(w.lateAt, w.now.Add(3*time.Minute))
		return errLost
	case unsent:
		return domain.E(domain.KindNetwork, op, nil)
	case refusal:
		return &domain.Error{Kind: domain.KindRejected, Op: op, Detail: "Adres zorunludur."}
	default:
		do()
		return nil
	}
}

func (w *world) CreateDraft(_ context.Context, d domain.InvoiceDraft) (domain.StoredDraft, error) {
	if err := w.enter("draft", d.Lines[0].Name); err != nil {
		return domain.StoredDraft{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	var id domain.RemoteID
	for _, inv := range w.invoices {
		if !inv.deleted && inv.Kind == d.Kind && inv.Date.After(d.Date) {
			w.writes++
			return domain.StoredDraft{}, &domain.Error{Kind: domain.KindRejected, Detail: "tarih", Err: &domain.DateOrderError{Latest: inv.Date}}
		}
	}
	err := w.carry("draft", func() { id = w.add(d) })
	if err != nil {
		return domain.StoredDraft{}, err
	}
	return domain.StoredDraft{ID: id, UUID: "u" + string(id), Number: "ABC" + string(id)}, nil
}

func (w *world) add(d domain.InvoiceDraft) domain.RemoteID {
	w.next++
	id := domain.RemoteID(strconv.FormatInt(w.next, 10))
	total := w.cents
	for _, l := range d.Lines {
		total = total.Add(l.Quantity.Mul(l.Price).Round(2))
	}
	w.invoices[id] = &remoteInvoice{Invoice: domain.Invoice{
		ID: id, UUID: "u" + string(id), Number: "ABC" + string(id), Date: d.Date, Kind: d.Kind, Status: domain.EStatusDraft,
		Type: domain.InvoiceSale, Description: d.Description, Total: decimal.NewNullDecimal(total), Scenario: d.Scenario,
		Firm: domain.FirmRef{Name: d.Customer.FirstName + " " + d.Customer.LastName, TaxNumber: d.Customer.TaxNumber},
	}}
	return id
}

func (w *world) SendInvoice(_ context.Context, id domain.RemoteID) error {
	if err := w.enter("send", id); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.carry("send", func() {
		inv := w.invoices[id]
		inv.sends++
		inv.Status = domain.EStatusInProgress
		if w.finish {
			inv.Status = domain.EStatusDone
		}
	})
}

func (w *world) DeleteDrafts(_ context.Context, ids ...domain.RemoteID) error {
	if err := w.enter("delete", ids); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, id := range ids {
		inv := w.invoices[id]
		switch {
		case inv == nil || inv.deleted:
			w.writes++
			return domain.E(domain.KindNotFound, "delete", nil)
		case inv.Status != domain.EStatusDraft:
			w.writes++
			return domain.E(domain.KindState, "delete", nil)
		}
	}
	return w.carry("delete", func() {
		for _, id := range ids {
			w.invoices[id].deleted = true
		}
	})
}

func (w *world) Invoices(_ context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.Invoice], error] {
	return func(yield func(domain.Page[domain.Invoice], error) bool) {
		for n := 0; ; n += pageRows {
			var rows []domain.Invoice
			err := w.enter("list")
			broken := err
			if err == nil {
				rows, err = w.list(q)
			}
			if broken == nil {
				w.mu.Lock()
				w.reads++
				w.mu.Unlock()
			}
			if err != nil {
				yield(domain.Page[domain.Invoice]{}, err)
				return
			}
			end := min(n+pageRows, len(rows))
			n := min(n, end)
			page := domain.Page[domain.Invoice]{Number: n/pageRows + 1, Rows: slices.Clone(rows[n:end]), Total: len(rows), Last: end == len(rows)}
			page.Rows = slices.DeleteFunc(page.Rows, func(r domain.Invoice) bool { return !meant(q, r) })
			page.LeftOut = end - n - len(page.Rows)
			if !yield(page, nil) || end == len(rows) {
				return
			}
		}
	}
}

// meant tells whether an invoice is dated as q asks for.
func meant(q domain.ListQuery, inv domain.Invoice) bool {
	return len(q.Filters) == 0 || isoDay(inv.Date) >= q.Filters[0].Value.(string)
}

func (w *world) list(q domain.ListQuery) ([]domain.Invoice, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.off {
		return nil, domain.E(domain.KindNetwork, "list", nil)
	}
	var rows []domain.Invoice
	for _, inv := range w.invoices {
		if inv.deleted || w.noDrafts && inv.Status == domain.EStatusDraft {
			continue
		}
		if !w.unfiltered && !meant(q, inv.Invoice) {
			continue
		}
		row := inv.Invoice
		row.Description, row.UUID, row.Scenario = "", "", ""
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(x, y domain.Invoice) int {
		if w.unordered {
			return cmp.Compare(number(x.ID), number(y.ID))
		}
		return cmp.Compare(number(y.ID), number(x.ID))
	})
	return rows, nil
}

func (w *world) Invoice(_ context.Context, id domain.RemoteID) (domain.Invoice, error) {
	if err := w.enter("invoice", id); err != nil {
		return domain.Invoice{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reads++
	switch inv := w.invoices[id]; {
	case w.off:
		return domain.Invoice{}, domain.E(domain.KindNetwork, "invoice", nil)
	case inv == nil || inv.deleted:
		return domain.Invoice{}, domain.E(domain.KindNotFound, "invoice", nil)
	default:
		return inv.Invoice, nil
	}
}

func (w *world) Taxpayer(_ context.Context, number string) (domain.Taxpayer, error) {
	if err := w.enter("taxpayer", number); err != nil {
		return domain.Taxpayer{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reads++
	if w.mute[number] {
		return domain.Taxpayer{}, domain.E(domain.KindUnavailable, "taxpayer", nil)
	}
	return domain.Taxpayer{Number: number, Registered: w.registered[number]}, nil
}

func (w *world) document(uuid, content string) (domain.Document, error) {
	if err := w.enter("document", uuid, " ", content); err != nil {
		return domain.Document{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reads++
	for _, inv := range w.invoices {
		if inv.UUID == uuid && inv.Status == domain.EStatusDone {
			return domain.Document{Name: inv.Number, Content: []byte(content)}, nil
		}
	}
	return domain.Document{}, domain.E(domain.KindState, "document", nil)
}

func (w *world) InvoicePDF(_ context.Context, uuid string) (domain.Document, error) {
	return w.document(uuid, "%PDF-1.4")
}

func (w *world) InvoiceUBL(_ context.Context, uuid string) (domain.Document, error) {
	return w.document(uuid, "<Invoice/>")
}

func (w *world) Usage(context.Context) (quota.Usage, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.broken["usage"]; err != nil {
		return quota.Usage{}, err
	}
	return quota.Usage{Reads: w.reads, Writes: w.writes}, nil
}

func (w *world) May(_ context.Context, _ quota.Cost, p quota.Purpose) error {
	if p != quota.Invoicing {
		return domain.E(domain.KindInternal, "work beside the reserve", nil)
	}
	return w.broken["may"]
}

// of gives the invoices that stand at İşbaşı of an order.
func (w *world) of(tenant string, k orders.Key) (found []*remoteInvoice) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := invoicing.TokenOf(tenant, invoicing.Key{Marketplace: k.Marketplace, Package: k.Package, Direction: invoicing.DirectionSale})
	for _, inv := range w.invoices {
		if !inv.deleted && slices.Contains(invoicing.FindTokens(inv.Description), t) {
			found = append(found, inv)
		}
	}
	return found
}

// file is a company's file in memory. After dead calls more it answers nothing any more, and keeps nothing: the program
// was killed.
type file struct {
	mu       sync.Mutex
	settings domain.Settings
	choices  invoicing.Settings
	kept     []orders.Kept
	records  []invoicing.Record
	seen     map[domain.RemoteID]*Seen
	taxed    map[string]taxed
	tasks    []invoicing.Task
	serial   int64
	pairs    []orders.Pair
	handed   time.Time
	// connection is whose session asks.
	connection domain.Connection
}

type taxed struct {
	registered bool
	at         time.Time
}

func newFile() *file {
	return &file{
		settings: domain.Settings{IntegrationOn: true, Currency: domain.TRY, Scenario: domain.ScenarioBasic}, choices: invoicing.DefaultSettings(),
		seen: map[domain.RemoteID]*Seen{}, taxed: map[string]taxed{},
	}
}

// copy is what a backup holds.
func (f *file) copy() *file {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := newFile()
	c.settings, c.choices, c.serial = f.settings, f.choices, f.serial
	c.kept, c.records, c.tasks = slices.Clone(f.kept), slices.Clone(f.records), slices.Clone(f.tasks)
	c.taxed = maps.Clone(f.taxed)
	for id, s := range f.seen {
		one := *s
		c.seen[id] = &one
	}
	return c
}

// program is a running program: an engine over a file, until it is killed.
type program struct {
	*file
	engine *Invoices
	w      *world
	calls  int
	killAt int // the call at which it dies; 0: never
	dead   bool
	// listing is what the list was asked for with last.
	listing context.Context
	// Of the calls of the store the failAt'th one fails, 0: none; failed is its method.
	storeCalls, failAt int
	failed             string
	marks              *marks
	skew               time.Duration // of its clock
	// between is done once, at call number meet: what another program does meanwhile.
	between func()
	meet    int
}

type marks struct {
	n   int64
	at  time.Time
	err error
}

func (m *marks) LastMark(context.Context) (int64, time.Time, error) { return m.n, m.at, m.err }

func (m *marks) SaveMark(_ context.Context, n int64, at time.Time) error {
	if m.err != nil {
		return m.err
	}
	if n >= m.n {
		m.n, m.at = n, at
	}
	return nil
}

func start(w *world, f *file, m *marks) *program {
	p := &program{file: f, w: w, marks: m}
	p.engine = New(Company{
		Company: domain.Company{ID: "c"}, Books: p, Writer: p, Spending: w, Store: p, Documents: &papers{}, Marks: m,
		Text: func(key string, args ...any) string { return fmt.Sprint(append([]any{key}, args...)...) }, SignedIn: func(context.Context) error { return w.broken["sign in"] },
		Patience: 15 * time.Minute, Pause: time.Nanosecond, Now: p.time, Log: slog.New(slog.DiscardHandler),
	})
	return p
}

func (p *program) time() time.Time {
	p.w.mu.Lock()
	defer p.w.mu.Unlock()
	return p.w.now.Add(p.skew)
}

var errDead = domain.E(domain.KindDisk, "the program is dead", nil)

// alive counts a call that has effects, and tells whether the program lives to make it.
func (p *program) alive() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls++
	if p.between != nil && p.calls >= p.meet {
		between := p.between
		p.between = nil
		p.mu.Unlock()
		between()
		p.mu.Lock()
	}
	p.dead = p.dead || p.killAt > 0 && p.calls >= p.killAt
	return !p.dead
}

func (p *program) CreateDraft(ctx context.Context, d domain.InvoiceDraft) (domain.StoredDraft, error) {
	if !p.alive() {
		return domain.StoredDraft{}, errDead
	}
	return p.w.CreateDraft(ctx, d)
}

func (p *program) SendInvoice(ctx context.Context, id domain.RemoteID) error {
	if !p.alive() {
		return errDead
	}
	return p.w.SendInvoice(ctx, id)
}

func (p *program) DeleteDrafts(ctx context.Context, ids ...domain.RemoteID) error {
	if !p.alive() {
		return errDead
	}
	return p.w.DeleteDrafts(ctx, ids...)
}

func (p *program) Invoices(ctx context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.Invoice], error] {
	p.mu.Lock()
	p.listing = ctx
	p.mu.Unlock()
	if !p.alive() {
		return func(yield func(domain.Page[domain.Invoice], error) bool) {
			yield(domain.Page[domain.Invoice]{}, errDead)
		}
	}
	return p.w.Invoices(ctx, q)
}

func (p *program) InvoicePDF(ctx context.Context, uuid string) (domain.Document, error) {
	return p.w.InvoicePDF(ctx, uuid)
}

func (p *program) InvoiceUBL(ctx context.Context, uuid string) (domain.Document, error) {
	return p.w.InvoiceUBL(ctx, uuid)
}

func (p *program) Invoice(ctx context.Context, id domain.RemoteID) (domain.Invoice, error) {
	if !p.alive() {
		return domain.Invoice{}, errDead
	}
	return p.w.Invoice(ctx, id)
}

func (p *program) Taxpayer(ctx context.Context, n string) (domain.Taxpayer, error) {
	if !p.alive() {
		return domain.Taxpayer{}, errDead
	}
	return p.w.Taxpayer(ctx, n)
}

// write changes the file, if the program lives.
func (p *program) write(change func() error) error {
	if !p.alive() {
		return errDead
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return change()
}

// papers keeps documents in memory.
type papers struct{ kept map[string]domain.Document }

func (d *papers) Keep(_ context.Context, r invoicing.Record, k DocumentKind, doc domain.Document) error {
	if d.kept == nil {
		d.kept = map[string]domain.Document{}
	}
	d.kept[fmt.Sprint(r.ID, k)] = doc
	return nil
}

func (d *papers) Document(_ context.Context, r invoicing.Record, k DocumentKind) (domain.Document, bool, error) {
	doc, ok := d.kept[fmt.Sprint(r.ID, k)]
	return doc, ok, nil
}

// wantSame compares every field: numbers as numbers, times as moments.
func wantSame[T any](t *testing.T, what string, got, want T, besides ...string) {
	t.Helper()
	for _, d := range domaintest.Differences(got, want, besides...) {
		t.Errorf("%s: %s", what, d)
	}
}
