package catalogue

import (
	"context"
	"strconv"
	"sync"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

func (d *doctorPage) newList() *kit.List[*doctorFound] {
	e := d.e
	l := kit.NewList(e.Env, kit.Listing[*doctorFound]{
		Columns: []table.Column{
			{ID: sortByKind, Title: e.T("doctor.kind"), Width: 120, Grow: 1},
			{ID: string(doctor.ByCode), Title: e.T("doctor.code"), Width: 88, Grow: 1},
			{ID: string(doctor.ByName), Title: e.T("doctor.name"), Width: 78, Grow: 3},
			{ID: string(doctor.ByValue), Title: e.T("doctor.value"), Width: 124, Grow: 0.6},
			{ID: string(doctor.ByProposed), Title: e.T("doctor.proposed"), Width: 100, Grow: 0.6},
		},
		Query: d.ask,
		Fetch: func(_ context.Context, q *doctorFound, limit, offset int) ([]table.Row, int, error) {
			findings, _ := q.list()
			return findingRows(e, kit.PageOf(findings, limit, offset)), len(findings), nil
		},
		Export: func(ctx context.Context, q *doctorFound) (string, error) {
			findings, _ := q.list()
			return e.co.ExportFindings(ctx, e.Lang, findings)
		},
		None:   d.nothing,
		Search: e.T("rows.search"), Count: "doctor.count", Back: d.escape,
	})
	l.Waits = true // for the first look
	l.OnLoaded = d.loaded
	l.Table.OnSelected = func(r table.Row) { d.detail.draw(kit.MadeOf[doctor.Finding](r)) }
	l.Table.OnOpen = func(r table.Row) { d.open(kit.MadeOf[doctor.Finding](r).Product) }
	l.Table.OnMenu = d.menu
	l.Table.OnMarked = d.showMarked
	return l
}

// sortByKind is the column whose order is the one findings come in.
const sortByKind = "kind"

// ask gives what is found already if it is asked once more.
func (d *doctorPage) ask(a kit.Asked) *doctorFound {
	q := doctor.Query{Kind: d.kinds.chosen, Search: a.Search, Sort: doctor.Sort(a.Sort), Desc: a.Desc}
	if a.Sort == sortByKind {
		q.Sort = doctor.ByKind
	}
	if d.found != nil && d.found.look == d.looks && d.found.query == q {
		return d.found
	}
	report := d.report
	return &doctorFound{d.looks, q, sync.OnceValues(func() ([]doctor.Finding, int) {
		findings := report.List(q)
		return findings, len(doctor.FixesOf(findings))
	})}
}

// findingKey marks a finding: a product may have one of each kind.
func findingKey(f doctor.Finding) string {
	return strconv.FormatInt(int64(f.Product), 10) + " " + string(f.Kind)
}

func findingRows(e *env, findings []doctor.Finding) []table.Row {
	rows := make([]table.Row, len(findings))
	for i, f := range findings {
		proposed := f.Proposed
		if proposed == "" {
			proposed = e.T("doctor.by-hand")
		}
		rows[i] = table.Row{
			Cells: []string{e.T("doctor.kind.title." + string(f.Kind)), string(f.Code), f.Name, f.Value, proposed},
			Key:   findingKey(f), Data: f,
		}
	}
	return rows
}

func (d *doctorPage) nothing(q *doctorFound) string {
	switch {
	case q.query.Search != "":
		return d.e.T("doctor.none.search", q.query.Search)
	case d.report.Examined == 0:
		return d.e.T("doctor.none.products")
	case q.query.Kind != "":
		return d.e.T("doctor.none.kind")
	default:
		return d.e.T("doctor.none")
	}
}

// loaded offers what is proposed for the findings that are listed.
func (d *doctorPage) loaded(q *doctorFound, _ int) {
	d.found = q
	d.detail.draw(doctor.Finding{})
	_, mendable := q.list()
	d.apply.SetText(d.e.T("doctor.apply", mendable))
	widgets.ShowIf(d.apply, mendable > 0)
	d.apply.Enable()
	d.object.Refresh()
}

func (d *doctorPage) showMarked(n int) {
	widgets.ShowIf(d.marks, n > 0)
	if n > 0 {
		mendable := len(doctor.FixesOf(kit.Marked[doctor.Finding](d.Table)))
		d.marked.SetText(d.e.T("doctor.marked", n))
		d.mend.SetText(d.e.T("doctor.apply", mendable))
		widgets.ShowIf(d.mend, mendable > 0)
	}
	d.object.Refresh()
}

// menu shows the commands of a row; what it mends are the marked rows, if this is one of them.
func (d *doctorPage) menu(r table.Row, at fyne.Position) {
	if d.e.Modal != nil {
		return
	}
	e, f := d.e, kit.MadeOf[doctor.Finding](r)
	these := kit.MarkedAt[doctor.Finding](d.Table, r)
	n := len(doctor.FixesOf(these))
	mend := fyne.NewMenuItem(e.T("doctor.apply", n), func() { d.applyThese(these) })
	if len(these) == 1 {
		mend.Label = e.T("doctor.mend")
		if f.Proposed != "" {
			mend.Label = e.T("doctor.mend.to", f.Proposed)
		}
	}
	mend.Disabled = n == 0
	edit := fyne.NewMenuItem(e.T("doctor.open"), func() { d.open(f.Product) })
	edit.Disabled = len(these) > 1
	copied := fyne.NewMenuItem(e.T("products.copy.barcode"), func() { e.App.Clipboard().SetContent(f.Value) })
	e.PopUp(at, mend, edit, fyne.NewMenuItemSeparator(), copied)
}

// applyListed carries out every proposal that is listed, after a yes.
func (d *doctorPage) applyListed() {
	findings, _ := d.found.list()
	d.applyThese(findings)
}
