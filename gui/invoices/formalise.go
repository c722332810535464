package invoices

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// formaliseSheet is what would be signed and sent, and the word that has to be typed before.
type formaliseSheet struct {
	*kit.List[kit.Asked]
	e      *env
	all    []invoicing.Record
	object fyne.CanvasObject
	word   *widgets.Entry // nil: the person has chosen that invoices are formalised by themselves
	start  *widgets.Button
	act    func([]invoicing.Record)
}

// openFormalise shows the marked drafts, or else all that can be formalised.
func (p *Page) openFormalise() {
	marked := kit.Marked[invoicing.Record](p.list.Table)
	kit.Newest(p.e.Env, &p.asked, p.e.find, func(f found, err error) { // what is sent is listed as it stands now
		if err != nil {
			p.refused(err)
			return
		}
		p.found = f
		if len(marked) > 0 {
			p.formaliseThese(f.sendable(marked))
			return
		}
		p.formaliseThese(f.drafts)
	})
}

func (p *Page) formaliseThese(drafts []invoicing.Record) {
	if len(drafts) == 0 || p.status.work != nil || p.e.Modal != nil {
		p.load()
		return
	}
	p.Push(newFormaliseSheet(p.e, drafts, p.found, p.carryOut))
}

// carryOut begins to formalise.
func (p *Page) carryOut(drafts []invoicing.Record) {
	kit.Act(p.e.Env, busyKey, func(ctx context.Context) (*issuing.Work, error) {
		return p.e.co.FormaliseInvoices(ctx, idsOf(drafts)...)
	}, func(w *issuing.Work, err error) {
		p.Close()
		p.e.Win.Canvas().Focus(p.list.Table.Focusable())
		p.list.Table.Unmark()
		if err != nil {
			p.refused(err)
		} else if !ended(w) {
			p.status.set(w, w.Progress())
		}
		p.offer()
		p.renew()
	})
}

func newFormaliseSheet(e *env, drafts []invoicing.Record, f found, act func([]invoicing.Record)) *formaliseSheet {
	s := &formaliseSheet{e: e, all: drafts, act: act}
	s.List = kit.NewList(e.Env, kit.Listing[kit.Asked]{
		Columns: []table.Column{
			{ID: "order", Title: e.T("invoices.order"), Width: 180, Grow: 1},
			{ID: "buyer", Title: e.T("invoices.buyer"), Width: 160, Grow: 3},
			{ID: "kind", Title: e.T("invoices.kind"), Width: 110, Grow: 1},
			{Title: e.T("invoices.date"), Width: 90},
			{Title: e.T("invoices.total"), Width: 110, Grow: 0.3, Right: true},
		},
		Query: func(a kit.Asked) kit.Asked { return a }, Fetch: s.fetch,
		None:   func(a kit.Asked) string { return e.T("invoices.none.search", a.Search) },
		Search: e.T("invoices.search"), Count: "invoices.count", Pick: e.T("invoices.formalise.pick"), Back: e.Pop,
	})
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	back.SetEscape(e.Pop)
	s.start = widgets.NewIconButton(e.T("invoices.formalise", len(drafts)), theme.ConfirmIcon(), s.carryOut).Primary()
	s.start.SetEscape(e.Pop)
	warning := widgets.NewBanner()
	said := e.T("invoices.formalise.warning")
	if f.standing.Choices.AutoFormalise {
		said += " " + e.T("invoices.formalise.chosen")
	}
	if n := len(f.barred); n > 0 {
		said += " " + e.T("invoices.formalise.barred", n)
	}
	warning.Say(widgets.BannerWarning, said)
	var confirm fyne.CanvasObject = container.NewHBox(s.start)
	if !f.standing.Choices.AutoFormalise {
		s.word = widgets.NewEntry(e.T("formal.word"))
		s.word.SetEscape(e.Pop)
		s.word.OnChanged = func(string) { s.offer() }
		s.word.OnSubmitted = func(string) { s.carryOut() }
		confirm = container.NewHBox(widgets.Centred(widgets.NewBody(e.T("formal.wrong", e.T("formal.word"))).OneLine()), widgets.FixedWidth(wordWidth, s.word), s.start)
	}
	s.offer()
	left := widgets.NewMuted(leftLine(e, f.standing.Usage))
	s.object = s.Layout(
		widgets.NewBorder(nil, nil, back, nil, widgets.NewBody(e.T("invoices.formalise.title")).Bold().OneLine()),
		widgets.Tight(widgets.NewBody(sumLine(e, drafts)), widgets.NewMuted(e.T("invoices.formalise.cost", e.Calls(formaliseCost(len(drafts))))), left),
		warning, confirm, s.Search, s.Said)
	return s
}

// wordWidth is that of the word that is typed.
const wordWidth = 160

// formaliseCost is what it costs at least: the list is read before and after, and each is sent.
func formaliseCost(n int) quota.Cost { return quota.Cost{Reads: 2, Writes: n} }

// sumLine says how many invoices there are, and what they come to in each currency.
func sumLine(e *env, drafts []invoicing.Record) string {
	sums := map[domain.Currency]decimal.Decimal{}
	var order []domain.Currency
	for _, r := range drafts {
		c := r.Draft.Currency
		if _, known := sums[c]; !known {
			order = append(order, c)
		}
		sums[c] = sums[c].Add(r.Amounts.Total)
	}
	var parts []string
	for _, c := range order {
		parts = append(parts, e.Money(sums[c], c))
	}
	return e.T("invoices.sum", len(drafts), strings.Join(parts, " + "))
}

// leftLine says what is left of the month: the number of the header, and what is kept for invoices beside it.
func leftLine(e *env, u quota.Usage) string {
	return e.T("quota.left.month", u.Left(quota.Read, quota.Ordinary), u.Left(quota.Write, quota.Ordinary), u.Kept(quota.Read), u.Kept(quota.Write))
}

// offer turns the button on when the word is typed.
func (s *formaliseSheet) offer() {
	widgets.EnableIf(s.start, s.word == nil || domain.Fold(strings.TrimSpace(s.word.Text)) == domain.Fold(s.e.T("formal.word")))
}

func (s *formaliseSheet) carryOut() {
	if !s.start.Disabled() {
		s.start.Disable()
		s.act(s.all)
	}
}

func (s *formaliseSheet) fetch(_ context.Context, a kit.Asked, limit, offset int) ([]table.Row, int, error) {
	e := s.e
	var rows []table.Row
	for _, r := range s.all {
		cells := []string{r.Key.Package, r.Buyer, kindOf(e, r), e.Date(r.Draft.Date), e.Money(r.Amounts.Total, r.Draft.Currency)}
		if kit.HasWords(strings.Join(cells, " "), a.Search) {
			rows = append(rows, table.Row{Key: fmt.Sprint(r.ID), Data: r, Cells: cells, Detail: strings.Join(cells, " · ")})
		}
	}
	kit.SortCells(rows, map[string]int{"order": 0, "buyer": 1, "kind": 2}, a)
	return kit.PageOf(rows, limit, offset), len(rows), nil
}

// Content is always the same object.
func (s *formaliseSheet) Content() fyne.CanvasObject { return s.object }

// Show lists the drafts; the cursor stands in the word, or on the button.
func (s *formaliseSheet) Show() {
	s.Reload()
	if s.word != nil {
		s.e.Win.Canvas().Focus(s.word)
		return
	}
	s.e.Win.Canvas().Focus(s.start)
}
