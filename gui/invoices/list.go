package invoices

import (
	"cmp"
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// recordList is the invoices: in groups, searched, sorted, exported, page by page from the store.
type recordList struct {
	*kit.List[invoicing.RecordQuery]
	e      *env
	group  *widgets.Select
	counts map[invoicing.RecordGroup]int
	teach  fyne.CanvasObject
}

// recordActs is what the list does with the page around it.
type recordActs struct {
	open   func(invoicing.Record)
	marked func()
	menu   func(r invoicing.Record, these []invoicing.Record) []*fyne.MenuItem
}

func newRecordList(e *env, acts recordActs) *recordList {
	l := &recordList{e: e}
	l.List = kit.NewList(e.Env, kit.Listing[invoicing.RecordQuery]{
		Columns: []table.Column{
			{ID: string(invoicing.RecordsByState), Title: e.T("invoices.state"), Width: 150, Grow: 0.5},
			{ID: string(invoicing.RecordsByNumber), Title: e.T("invoices.number"), Width: 142},
			{ID: string(invoicing.RecordsByDate), Title: e.T("invoices.date"), Width: 94},
			{ID: string(invoicing.RecordsByKind), Title: e.T("invoices.kind"), Width: 84},
			{ID: string(invoicing.RecordsByBuyer), Title: e.T("invoices.buyer"), Width: 96, Grow: 1},
			{ID: string(invoicing.RecordsByTotal), Title: e.T("invoices.total"), Width: 88, Right: true},
			{Title: e.T("invoices.order"), Width: 60, Grow: 2.6},
		},
		Query: l.ask, Fetch: l.fetch, None: l.none,
		Export: func(ctx context.Context, q invoicing.RecordQuery) (string, error) {
			return e.co.ExportInvoices(ctx, e.Lang, q)
		},
		Search: e.T("invoices.search"), Count: "invoices.count", Pick: e.T("invoices.pick"), Back: func() { l.Table.Unmark() },
	})
	l.OnTyped = l.Said.Hide
	l.OnLoaded = l.loaded
	l.Table.OnOpen = func(r table.Row) { acts.open(kit.MadeOf[invoicing.Record](r)) }
	l.Table.OnMarked = func(int) { acts.marked() }
	l.Table.OnMenu = func(r table.Row, at fyne.Position) {
		if e.Modal == nil {
			e.PopUp(at, acts.menu(kit.MadeOf[invoicing.Record](r), kit.MarkedAt[invoicing.Record](l.Table, r))...)
		}
	}
	l.group = widgets.NewSelect(e.T("choose"), l.groupNames(), nil)
	l.group.SetSelectedIndex(0)
	l.group.OnChanged = func(string) { l.Table.Unmark(); l.Reload() }
	l.teach = l.newTeach()
	l.teach.Hide()
	l.Nothing.Add(l.teach)
	return l
}

// newTeach is what stands where no invoice was ever made: where they come from.
func (l *recordList) newTeach() fyne.CanvasObject {
	e := l.e
	orders := widgets.NewIconButton(e.T("invoices.to-orders"), theme.ListIcon(), func() { e.Frame.Open(kit.PlaceOrders) }).Primary()
	return widgets.MaxWidth(640, container.NewVBox(
		widgets.NewTitle(e.T("invoices.empty.title")), widgets.NewBody(e.T("invoices.empty.text")), container.NewHBox(orders)))
}

// groupWidth is that of the choice of groups.
const groupWidth = 250

// line is the search with what narrows it.
func (l *recordList) line() fyne.CanvasObject {
	return widgets.NewBorder(nil, nil, nil, container.NewHBox(widgets.FixedWidth(groupWidth, l.group), l.Export), l.Search)
}

// groupNames are the groups with how many invoices they have.
func (l *recordList) groupNames() []string {
	names := make([]string, len(groups()))
	for i, g := range groups() {
		names[i] = l.e.T("invoices.group." + cmp.Or(string(g), "all"))
		if l.counts != nil {
			names[i] = l.e.T("rows.part.count", names[i], l.counts[g])
		}
	}
	return names
}

// count says how many invoices the groups have.
func (l *recordList) count(counts map[invoicing.RecordGroup]int) {
	l.counts = counts
	at := l.group.SelectedIndex()
	l.group.Quietly(func() { l.group.SetOptions(l.groupNames()); l.group.SetSelectedIndex(at) })
}

func (l *recordList) ask(a kit.Asked) invoicing.RecordQuery {
	return invoicing.RecordQuery{
		Group: kit.Pick(groups(), l.group.SelectedIndex()), Search: a.Search, Sort: invoicing.RecordSort(a.Sort), Asc: a.Sort != "" && !a.Desc,
	}
}

func (l *recordList) fetch(ctx context.Context, q invoicing.RecordQuery, limit, offset int) ([]table.Row, int, error) {
	q.Limit, q.Offset = limit, offset
	records, total, err := l.e.co.ListInvoices(ctx, q)
	rows := make([]table.Row, len(records))
	for i, r := range records {
		rows[i] = recordRow(l.e, r)
	}
	return rows, total, err
}

func (l *recordList) none(q invoicing.RecordQuery) string {
	if q.Search != "" {
		return l.e.T("invoices.none.search", q.Search)
	}
	return l.e.T("invoices.none." + cmp.Or(string(q.Group), "all"))
}

// loaded teaches where nothing was ever made.
func (l *recordList) loaded(q invoicing.RecordQuery, total int) {
	first := total == 0 && q.Search == "" && q.Group == invoicing.RecordsAll
	widgets.ShowIf(l.teach, first)
	if first {
		l.Empty.Hide()
	}
}

// recordRow is an invoice as it is listed.
func recordRow(e *env, r invoicing.Record) table.Row {
	detail := r.Buyer + " · " + e.Attempt(r)
	if do := e.AttemptCure(r); do != "" {
		detail += ": " + do
	}
	return table.Row{
		Key: fmt.Sprint(r.ID), Data: r, Detail: detail, Tones: []widget.Importance{toneOf(r)},
		Cells: []string{
			e.Attempt(r), numberOf(e, r), e.Date(r.Draft.Date), kindOf(e, r), r.Buyer, e.Money(r.Amounts.Total, r.Draft.Currency), r.Key.Package,
		},
	}
}

// toneOf is the colour of where an invoice stands; the words beside it say the same.
func toneOf(r invoicing.Record) widget.Importance {
	switch {
	case r.Open(), r.State == invoicing.AttemptMismatch, r.State == invoicing.AttemptLost, r.Cancelled:
		return widget.WarningImportance
	case r.State == invoicing.AttemptRejected:
		return widget.DangerImportance
	case r.Issued():
		return widget.SuccessImportance
	default:
		return widget.MediumImportance
	}
}

// numberOf is İşbaşı's number of an invoice; a draft has none yet.
func numberOf(e *env, r invoicing.Record) string { return cmp.Or(r.Number, e.T("none")) }

// kindOf is the kind with the scenario that it went, or is to go, out with.
func kindOf(e *env, r invoicing.Record) string {
	scenario := r.Scenario
	if scenario == "" && r.Kind == domain.InvoiceEInvoice {
		scenario = r.Draft.Scenario
	}
	return e.InvoiceKind(r.Kind, scenario)
}
