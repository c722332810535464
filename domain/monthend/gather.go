package monthend

import (
	"context"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// source gathers what is known here of a month.
func (m *Maker) source(ctx context.Context, month Month, records []invoicing.Record) (Source, error) {
	s := Source{Company: m.company, Month: month, Documents: filed{m, records}}
	tasks, err := m.store.Tasks(ctx, true)
	if err != nil {
		return s, err
	}
	known := orderFacts{}
	for k, err := range m.store.EachOrder(ctx, orders.Query{}) {
		if err != nil {
			return s, err
		}
		known[k.Key()] = orderFact{k.Number, shippedAt(&k.Order)}
		if month.Contains(k.OrderedAt) {
			s.Platform = append(s.Platform, platformOf(&k)...)
		}
		if lacks(&k, month) {
			s.Missing = append(s.Missing, missingOf(&k))
		}
	}
	drafts, err := m.drafts(ctx, known, month)
	if err != nil {
		return s, err
	}
	s.Missing = append(s.Missing, drafts...)
	for n := range records {
		i, err := m.invoice(ctx, &records[n], tasks, known)
		if err != nil {
			return s, err
		}
		s.Invoices = append(s.Invoices, i)
	}
	for n := range tasks {
		if t := &tasks[n]; !t.OpenedAt.After(month.End()) && (t.ClosedAt.IsZero() || !t.ClosedAt.Before(month.Begin())) {
			s.Tasks = append(s.Tasks, taskOf(t, known))
		}
	}
	s.Changes, err = m.changes(ctx, month, tasks, known)
	return s, err
}

// orderFacts are what invoices do not keep of their orders.
type orderFacts map[orders.Key]orderFact

type orderFact struct {
	number  string
	shipped time.Time // zero: unknown
}

// changes are those of the months before that were sent already.
func (m *Maker) changes(ctx context.Context, month Month, tasks []invoicing.Task, known orderFacts) ([]Change, error) {
	closed, err := m.store.ClosedMonths(ctx)
	if err != nil {
		return nil, err
	}
	var all []Change
	for _, c := range closed {
		if !c.Month.Begin().Before(month.Begin()) {
			continue
		}
		records, err := m.records(ctx, c.Month)
		if err != nil {
			return nil, err
		}
		now := make([]Invoice, len(records))
		for n := range records {
			if now[n], err = m.invoice(ctx, &records[n], tasks, known); err != nil {
				return nil, err
			}
		}
		all = append(all, Since(c.Month, c.At, c.Invoices, now)...)
	}
	return all, nil
}

// lacks tells whether an order was shipped by the end of the month and has no invoice.
func lacks(k *orders.Kept, month Month) bool {
	shipped := shippedAt(&k.Order)
	switch k.Verdict.Stage {
	case orders.StageReady, orders.StageHeld:
	default:
		return false
	}
	switch k.Status {
	case orders.StatusOK, orders.StatusUnknown:
		return !shipped.After(month.End()) && !orderedAt(k).After(month.End())
	default:
		return false
	}
}

func shippedAt(o *orders.Order) time.Time {
	if o.ShippedAt.IsZero() {
		return o.DeliveredAt
	}
	return o.ShippedAt
}

// orderedAt is when an order was made, as far as is known.
func orderedAt(k *orders.Kept) time.Time {
	if k.OrderedAt.IsZero() {
		return k.AddedAt
	}
	return k.OrderedAt
}

func missingOf(k *orders.Kept) Missing {
	o := k.Standing()
	out := Missing{
		Marketplace: orders.TitleOf(o.Marketplace), Order: o.Number, Package: o.Package, Buyer: o.Buyer.FullName(), ShippedOn: shippedAt(&o), Total: k.Verdict.Total,
	}
	for _, reason := range k.Verdict.Reasons {
		out.Hits = append(out.Hits, invoicing.Hit(reason))
	}
	return out
}

// HitDraft is why an order is missing whose invoice is a draft at İşbaşı, or of which nobody knows.
const HitDraft invoicing.Hit = "draft"

// drafts are the orders whose invoices are not formalised.
func (m *Maker) drafts(ctx context.Context, known orderFacts, month Month) ([]Missing, error) {
	records, err := m.store.RecordsIn(ctx, invoicing.AttemptIntent, invoicing.AttemptUnknown, invoicing.AttemptDrafted, invoicing.AttemptChecked,
		invoicing.AttemptMismatch, invoicing.AttemptFormalising, invoicing.AttemptDeleting)
	if err != nil {
		return nil, err
	}
	var out []Missing
	for _, r := range records {
		if r.IntentAt.After(month.End()) {
			continue
		}
		hit := HitDraft
		if r.Open() {
			hit = invoicing.HitUnknownAttempt
		}
		out = append(out, Missing{
			Marketplace: orders.TitleOf(r.Key.Marketplace), Order: known[keyOf(&r)].number, Package: r.Key.Package, Buyer: r.Buyer, ShippedOn: known[keyOf(&r)].shipped, Total: r.Amounts.Total,
			Hits: []invoicing.Hit{hit},
		})
	}
	return out, nil
}

func keyOf(r *invoicing.Record) orders.Key {
	return orders.Key{Marketplace: r.Key.Marketplace, Package: r.Key.Package}
}

// platformOf is what a marketplace pays of an order: the seller's invoice to it (orders-invoices.md §2, A12).
func platformOf(k *orders.Kept) []PlatformInvoice {
	if k.Status != orders.StatusOK || k.Said.Never {
		return nil
	}
	var lines []invoicing.Line
	for n, l := range k.Standing().Lines { // a person may have said the rate
		if !l.Platform.IsPositive() {
			continue
		}
		vat := l.VAT
		if !vat.Valid && n < len(k.Products) {
			vat = k.Products[n].VATRate
		}
		lines = append(lines, invoicing.Line{Line: orders.Line{Quantity: decimal.NewFromInt(1), Unit: l.Platform, VAT: vat}})
	}
	if len(lines) == 0 {
		return nil
	}
	return []PlatformInvoice{{
		Marketplace: orders.TitleOf(k.Marketplace), Date: k.OrderedAt, Order: k.Number, Package: k.Package, Number: k.Verdict.Invoice,
		Sums: invoicing.Compute(lines, decimal.Zero).Sums,
	}}
}

func (m *Maker) invoice(ctx context.Context, r *invoicing.Record, tasks []invoicing.Task, known orderFacts) (Invoice, error) {
	i := Invoice{
		RemoteID: remoteOf(r), Date: r.Draft.Date, Number: r.Number, Kind: r.Kind, ETTN: r.UUID, Buyer: r.Buyer, TaxNumber: r.TaxNumber,
		Marketplace: orders.TitleOf(r.Key.Marketplace), Order: known[keyOf(r)].number, Package: r.Key.Package, State: stateOf(r, tasks), Sums: r.Amounts.Sums,
	}
	for _, l := range r.Draft.Lines {
		net := l.Quantity.Mul(l.Price).Round(kurus)
		rate := decimal.NewNullDecimal(l.VATRate)
		vat := invoicing.Compute([]invoicing.Line{{Line: orders.Line{Quantity: decimal.NewFromInt(1), Unit: net, VAT: rate}}}, decimal.Zero).VAT
		i.Lines = append(i.Lines, Line{
			Name: l.Name, Quantity: l.Quantity, Unit: decimal.NewNullDecimal(l.Price), Net: net, VATRate: rate, VAT: decimal.NewNullDecimal(vat),
		})
	}
	if len(i.Lines) == len(r.Amounts.Lines) { // the difference of a rate stands in its last line
		for n := range i.Lines {
			i.Lines[n].VAT = r.Amounts.Lines[n].VAT
		}
	}
	var err error
	if i.HasPDF, err = m.papers.HasDocument(ctx, *r, issuing.DocumentPDF); err != nil {
		return i, err
	}
	i.HasUBL, err = m.papers.HasDocument(ctx, *r, issuing.DocumentUBL)
	return i, err
}

// kurus are the decimals of money.
const kurus = 2

// remoteOf is İşbaşı's id of an invoice; one that was linked by its number has that.
func remoteOf(r *invoicing.Record) domain.RemoteID {
	if r.Remote == "" {
		return domain.RemoteID(r.Number)
	}
	return r.Remote
}

// stateOf says what became of an invoice: İşbaşı's word, or what a person has done about its order.
func stateOf(r *invoicing.Record, tasks []invoicing.Task) State {
	if r.Cancelled {
		return StateCancelled
	}
	for n := range tasks {
		t := &tasks[n]
		switch {
		case t.Record.ID != r.ID || t.ClosedAt.IsZero():
		case t.What == invoicing.TaskCancelled:
			return StateCancelled
		case len(t.Lines) == 0: // all of it
			return StateReturned
		}
	}
	return StateValid
}

func taskOf(t *invoicing.Task, known orderFacts) Task {
	r := &t.Record
	return Task{
		What: What(t.What), At: t.OpenedAt, InvoiceID: remoteOf(r), Number: r.Number, InvoiceDate: r.Draft.Date, Kind: r.Kind, Buyer: r.Buyer,
		Marketplace: orders.TitleOf(r.Key.Marketplace), Order: known[keyOf(r)].number, Package: r.Key.Package, Sums: t.Sums(),
		Document: t.Document, DocumentDate: t.DocumentOn,
	}
}

// filed are the documents of records, which are here.
type filed struct {
	m       *Maker
	records []invoicing.Record
}

// PDF gives the invoice as its buyer sees it.
func (f filed) PDF(ctx context.Context, id domain.RemoteID) ([]byte, error) {
	r, err := f.find(id)
	if err != nil {
		return nil, err
	}
	d, err := f.m.papers.DocumentOf(ctx, r.ID, issuing.DocumentPDF)
	return d.Content, err
}

// UBL gives the invoice's XML in a zip.
func (f filed) UBL(ctx context.Context, id domain.RemoteID) ([]byte, error) {
	r, err := f.find(id)
	if err != nil {
		return nil, err
	}
	d, err := f.m.papers.DocumentOf(ctx, r.ID, issuing.DocumentUBL)
	if err != nil {
		return nil, err
	}
	return f.m.pack(r.Number+".xml", d.Content)
}

func (f filed) find(id domain.RemoteID) (*invoicing.Record, error) {
	for n := range f.records {
		if remoteOf(&f.records[n]) == id {
			return &f.records[n], nil
		}
	}
	return nil, domain.E(domain.KindNotFound, "find the invoice's document", nil)
}
