package sync

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// openList is the fields that wait for one reason, both values beside each other; a press decides one, or those
// that are marked.
type openList struct {
	*kit.List[sync.OpenQuery]
	e        *env
	decide   *decider
	why      sync.Why
	object   fyne.CanvasObject
	acts     []*widgets.Button
	remember *widgets.Check
	product  *widgets.Button
	picked   bool // a person has chosen the row that the keyboard stands on
}

func newOpenList(e *env, d *decider, why sync.Why) *openList {
	l := &openList{e: e, decide: d, why: why}
	l.List = kit.NewList(e.Env, kit.Listing[sync.OpenQuery]{
		Columns: []table.Column{
			{ID: string(sync.OpenByCode), Title: e.T("sync.code"), Width: 92, Grow: 0.3},
			{ID: string(sync.OpenByName), Title: e.T("sync.name"), Width: 98, Grow: 4},
			{ID: string(sync.OpenByField), Title: e.T("sync.field"), Width: 46},
			{Title: e.T("sync.ours"), Width: 94, Grow: 0.2, Right: true},
			{Title: e.T("sync.at"), Width: 128, Grow: 0.4},
			{Title: e.T("sync.by"), Width: 60, Grow: 0.3},
			{Title: e.T("sync.theirs"), Width: 94, Grow: 0.2, Right: true},
			{Title: e.T("sync.at"), Width: 128, Grow: 0.4},
		},
		Query: func(a kit.Asked) sync.OpenQuery {
			return sync.OpenQuery{Why: why, Search: a.Search, Sort: sync.OpenSort(a.Sort), Desc: a.Desc}
		},
		Fetch: l.fetch,
		Export: func(ctx context.Context, q sync.OpenQuery) (string, error) {
			return e.co.ExportWaiting(ctx, e.Lang, q)
		},
		None: func(q sync.OpenQuery) string {
			if q.Search == "" {
				return e.T("sync.waiting.none")
			}
			return e.T("sync.waiting.none.search", q.Search)
		},
		Search: e.T("sync.search"), Count: "sync.count", Pick: e.T("sync.pick"), Back: e.Pop,
	})
	l.OnLoaded = func(sync.OpenQuery, int) { l.picked = false; l.offer() }
	l.Table.OnSelected = func(r table.Row) { l.State.SetText(r.Detail); l.picked = true; l.offer() }
	l.Table.OnMarked = func(int) { l.offer() }
	l.Table.OnOpen = func(r table.Row) { e.Frame.OpenProduct(kit.MadeOf[sync.Open](r).Product) }
	l.Table.SetEscape(l.escape)
	l.object = l.layout()
	return l
}

func (l *openList) layout() fyne.CanvasObject {
	e := l.e
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	back.SetEscape(e.Pop)
	row := container.NewHBox()
	for _, v := range verdicts(l.why) {
		b := widgets.NewButton(verdictLabel(e, v), func() { l.say(v) })
		b.SetEscape(l.escape)
		l.acts = append(l.acts, b)
		row.Add(b)
	}
	l.remember = widgets.NewCheck(e.T("sync.remember"), nil)
	if len(l.acts) > 0 {
		row.Add(l.remember)
	}
	row.Add(layout.NewSpacer())
	l.product = widgets.NewIconButton(e.T("sync.product"), theme.GridIcon(), func() {
		if r, ok := l.Table.Current(); ok {
			e.Frame.OpenProduct(kit.MadeOf[sync.Open](r).Product)
		}
	})
	l.product.SetEscape(l.escape)
	row.Add(l.product)
	l.offer()
	return l.Layout(
		widgets.NewBorder(nil, nil, back, l.Export, widgets.NewBody(e.T("sync.why."+string(l.why))).Bold()),
		l.Search, row, l.Said)
}

// offer turns the commands on where there is something to decide.
func (l *openList) offer() {
	some := l.Table.Total() > 0 && (l.picked || len(l.Table.Marked()) > 0)
	for _, b := range append([]*widgets.Button{l.product}, l.acts...) {
		widgets.EnableIf(b, some)
	}
}

// say decides about the marked rows, or the one that the keyboard stands on.
func (l *openList) say(v sync.Verdict) {
	l.decide.fields(v, kit.Chosen[sync.Open](l.Table), l.remember.Checked, func(kind widgets.BannerKind, text string, actions ...fyne.CanvasObject) {
		l.Said.Say(kind, text, actions...)
		if kind != widgets.BannerError && l.e.runner.Work() == nil { // else nothing was done: what was picked stays
			l.Table.Unmark()
			l.Table.Renew()
		}
	})
}

func (l *openList) escape() {
	if len(l.Table.Marked()) > 0 {
		l.Table.Unmark()
		return
	}
	l.e.Pop()
}

// TypedKey takes the keys that nothing has the focus for: a click on a button takes it away.
func (l *openList) TypedKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		l.escape()
	case fyne.KeyUp, fyne.KeyDown:
		l.e.Win.Canvas().Focus(l.Table.Focusable())
	default:
		return false
	}
	return true
}

// Content is always the same object.
func (l *openList) Content() fyne.CanvasObject { return l.object }

// Show fetches the list; the keyboard stands in it.
func (l *openList) Show() {
	l.Reload()
	l.e.Win.Canvas().Focus(l.Table.Focusable())
}

func (l *openList) fetch(ctx context.Context, q sync.OpenQuery, limit, offset int) ([]table.Row, int, error) {
	q.Limit, q.Offset = limit, offset
	fields, total, err := l.e.co.OpenFields(ctx, q)
	rows := make([]table.Row, len(fields))
	for i, o := range fields {
		rows[i] = openRow(l.e, o)
	}
	return rows, total, err
}

func openRow(e *env, o sync.Open) table.Row {
	c := o.Currency
	if o.Field == domain.SharedStock {
		c = ""
	}
	return table.Row{
		Key: fmt.Sprint(o.Product, " ", o.Field), Data: o,
		Detail: e.T("sync.pick.detail", o.Name, o.Code, fieldName(e, o.Field),
			valueOf(e, o.Field, o.Ours, c, o.OursAt, o.OursBy), valueOf(e, o.Field, o.Theirs, c, o.TheirsAt, ""), e.SyncValue(o.Field, o.Base, c)),
		Cells: []string{
			string(o.Code), o.Name, fieldName(e, o.Field), e.SyncValue(o.Field, o.Ours, c), e.Moment(o.OursAt), o.OursBy,
			e.SyncValue(o.Field, o.Theirs, c), e.Moment(o.TheirsAt),
		},
	}
}
