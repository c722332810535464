package orders

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// orderList is all orders, or those of one stage, page by page from the store.
type orderList struct {
	*kit.List[orders.Query]
	e      *env
	stage  orders.Stage // that is shown, "" for all
	chips  []*widgets.Button
	bar    *fyne.Container // of the chips
	object fyne.CanvasObject
}

// listActs is what the list does with the page around it.
type listActs struct {
	open func(k orders.Key)
	menu func(these []orders.Kept, at fyne.Position)
}

func newOrderList(e *env, acts listActs) *orderList {
	l := &orderList{e: e}
	l.List = kit.NewList(e.Env, kit.Listing[orders.Query]{
		Columns: orderColumns(e, true),
		Query: func(a kit.Asked) orders.Query {
			return orders.Query{Stage: l.stage, Search: a.Search, Sort: orders.Sort(a.Sort), Desc: a.Desc}
		},
		Fetch:  l.fetch,
		Export: func(ctx context.Context, q orders.Query) (string, error) { return e.co.ExportOrders(ctx, e.Lang, q) },
		None:   l.none,
		Search: e.T("orders.page.search"), Count: "orders.page.count", Pick: e.T("orders.page.pick"), Back: l.escape,
	})
	l.OnTyped = l.Said.Hide
	l.Table.OnOpen = func(r table.Row) { k := kit.MadeOf[orders.Kept](r); acts.open(k.Key()) }
	l.Table.OnMenu = func(r table.Row, at fyne.Position) { acts.menu(kit.MarkedAt[orders.Kept](l.Table, r), at) }
	l.Table.OnMarked = func(int) {}
	l.Table.SetEscape(l.escape)
	l.bar = container.New(layout.NewRowWrapLayout())
	for _, s := range stages() {
		b := widgets.NewButton(l.chipName(s, 0), func() { l.pick(s) })
		b.SetEscape(l.escape)
		l.chips = append(l.chips, b)
		l.bar.Add(b)
	}
	l.mark()
	more := widgets.NewIconButton(e.T("orders.page.more"), theme.MoreHorizontalIcon(), nil)
	more.OnTapped = func() { acts.menu(kit.Chosen[orders.Kept](l.Table), kit.Under(more)) }
	more.SetEscape(l.escape)
	l.object = l.Layout(l.bar, widgets.NewBorder(nil, nil, nil, container.NewHBox(more, l.Export), l.Search), l.Said)
	return l
}

// orderColumns are those of a list; the number of the invoice stands last, where there can be one.
func orderColumns(e *env, invoiced bool) []table.Column {
	columns := []table.Column{
		{ID: string(orders.SortByMarketplace), Title: e.T("orders.page.market"), Width: 88},
		{ID: string(orders.SortByNumber), Title: e.T("orders.page.number"), Width: 104, Grow: 0.2},
		{ID: string(orders.SortByOrdered), Title: e.T("orders.page.date"), Width: 90},
		{ID: string(orders.SortByBuyer), Title: e.T("orders.page.buyer"), Width: 100, Grow: 1.4},
		{ID: string(orders.SortByTotal), Title: e.T("orders.page.total"), Width: 96, Right: true},
		{ID: string(orders.SortByStage), Title: e.T("orders.page.stage"), Width: 150, Grow: 3},
	}
	if invoiced {
		columns = append(columns, table.Column{Title: e.T("orders.page.invoice"), Width: 76, Grow: 1.7})
	}
	return columns
}

// stages are what a list can be of: all, and each.
func stages() []orders.Stage { return append([]orders.Stage{""}, orders.Stages()...) }

func (l *orderList) chipName(s orders.Stage, n int) string {
	name := "all"
	if s != "" {
		name = string(s)
	}
	return l.e.T("orders.page.chip", l.e.T("orders.page.chip."+name), l.e.Count(n))
}

// count shows how many orders each stage has; one without any other than all, ready and held is left out.
func (l *orderList) count(of map[orders.Stage]int) {
	all := 0
	for _, n := range of {
		all += n
	}
	for i, s := range stages() {
		n := of[s]
		if s == "" {
			n = all
		}
		l.chips[i].SetText(l.chipName(s, n))
		widgets.ShowIf(l.chips[i], n > 0 || s == l.stage || s == "" || s == orders.StageReady || s == orders.StageHeld)
	}
	l.bar.Refresh()
}

// pick shows the orders of a stage.
func (l *orderList) pick(s orders.Stage) {
	l.stage = s
	l.mark()
	l.Table.SetColumns(orderColumns(l.e, s != orders.StageReady && s != orders.StageHeld))
	l.Reload()
}

// mark makes the chip of what is shown stand out.
func (l *orderList) mark() {
	for i, s := range stages() {
		l.chips[i].SetChosen(s == l.stage)
	}
}

func (l *orderList) escape() {
	if len(l.Table.Marked()) > 0 {
		l.Table.Unmark()
		return
	}
	l.e.Frame.Back()
}

func (l *orderList) fetch(ctx context.Context, q orders.Query, limit, offset int) ([]table.Row, int, error) {
	q.Limit, q.Offset = limit, offset
	kept, total, err := l.e.co.ListOrders(ctx, q)
	rows := make([]table.Row, len(kept))
	for i, k := range kept {
		rows[i] = orderRow(l.e, k)
	}
	return rows, total, err
}

func (l *orderList) none(q orders.Query) string {
	switch {
	case q.Search != "":
		return l.e.T("orders.page.none.search", q.Search)
	case q.Stage != "":
		return l.e.T("orders.page.none." + string(q.Stage))
	default:
		return l.e.T("orders.page.none")
	}
}
