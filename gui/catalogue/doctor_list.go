package catalogue

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// doctorFound is what the list shows, kept so that its pages need no new search.
type doctorFound struct {
	look     int // the report it was found in
	query    doctor.Query
	findings []doctor.Finding
	mendable int
}

func (d *doctorPage) makeTable() {
	e := d.e
	t := widgets.NewDataTable([]widgets.Column{
		{ID: sortByKind, Title: e.T("doctor.kind"), Width: 132, Grow: 1},
		{ID: string(doctor.ByCode), Title: e.T("doctor.code"), Width: 90, Grow: 1},
		{ID: string(doctor.ByName), Title: e.T("doctor.name"), Width: 120, Grow: 3},
		{ID: string(doctor.ByValue), Title: e.T("doctor.value"), Width: 126, Grow: 0.6},
		{ID: string(doctor.ByProposed), Title: e.T("doctor.proposed"), Width: 126, Grow: 0.6},
	}, d.fetch)
	t.OnLoaded = d.loaded
	t.OnSelected = func(r widgets.TableRow) { d.detail.draw(findingOf(r)) }
	t.OnOpen = func(r widgets.TableRow) { d.open(findingOf(r).Product) }
	t.OnMenu = d.menu
	t.OnMarked = d.showMarked
	t.SetEscape(d.escape)
	d.table = t
}

// sortByKind is the column whose order is the one findings come in.
const sortByKind = "kind"

func findingOf(r widgets.TableRow) doctor.Finding {
	f, _ := r.Data.(doctor.Finding)
	return f
}

func (d *doctorPage) markedFindings() []doctor.Finding {
	var all []doctor.Finding
	for _, r := range d.table.Marked() {
		all = append(all, findingOf(r))
	}
	return all
}

// typed searches when no further letter has come for a while.
func (d *doctorPage) typed() {
	if d.typing != nil {
		d.typing.Stop()
	}
	d.typing = time.AfterFunc(kit.SearchAfter, func() { d.e.Do(d.reload) })
}

func (d *doctorPage) reload() {
	if d.typing != nil {
		d.typing.Stop()
		d.typing = nil
	}
	d.table.Reload()
}

// asked is what the list shows, without its pages.
func (d *doctorPage) asked(sort string, desc bool) doctor.Query {
	if sort == sortByKind {
		sort = string(doctor.ByKind)
	}
	return doctor.Query{Kind: d.kinds.chosen, Search: strings.TrimSpace(d.search.Text), Sort: doctor.Sort(sort), Desc: desc}
}

// fetch gives one page of the findings, looked for and worded off the interface's thread.
func (d *doctorPage) fetch(p widgets.PageQuery, done func([]widgets.TableRow, int, bool)) {
	if d.looks == 0 {
		done(nil, 0, false)
		return
	}
	found, report := d.found, d.report
	q := d.asked(p.Sort, p.Desc)
	fresh := found.look != d.looks || found.query != q
	if fresh {
		found = doctorFound{look: d.looks, query: q}
	}
	type page struct {
		found doctorFound
		rows  []widgets.TableRow
	}
	kit.Background(d.e.Env, func(context.Context) (page, error) {
		if fresh {
			found.findings = report.List(q)
			found.mendable = len(doctor.FixesOf(found.findings))
		}
		from := min(p.Offset, len(found.findings))
		to := min(p.Offset+p.Limit, len(found.findings))
		return page{found, findingRows(d.e, found.findings[from:to])}, nil
	}, func(a page, _ error) {
		d.found = a.found
		done(a.rows, len(a.found.findings), true)
	})
}

// findingKey marks a finding: a product may have one of each kind.
func findingKey(f doctor.Finding) string {
	return strconv.FormatInt(int64(f.Product), 10) + " " + string(f.Kind)
}

func findingRows(e *env, findings []doctor.Finding) []widgets.TableRow {
	rows := make([]widgets.TableRow, len(findings))
	for i, f := range findings {
		proposed := f.Proposed
		if proposed == "" {
			proposed = e.T("doctor.by-hand")
		}
		rows[i] = widgets.TableRow{
			Cells: []string{e.T("doctor.kind.title." + string(f.Kind)), string(f.Code), f.Name, f.Value, proposed},
			Key:   findingKey(f), Data: f,
		}
	}
	return rows
}

// loaded says how many findings there are, or why there are none.
func (d *doctorPage) loaded(total int) {
	defer d.object.Refresh()
	e := d.e
	d.count.SetText(e.T("doctor.count", total))
	d.detail.draw(doctor.Finding{})
	d.apply.SetText(e.T("doctor.apply", d.found.mendable))
	widgets.ShowIf(d.apply, d.found.mendable > 0)
	d.apply.Enable()
	if total > 0 {
		d.export.Enable()
		d.empty.Hide()
		return
	}
	d.export.Disable()
	switch {
	case d.found.query.Search != "":
		d.empty.SetText(e.T("doctor.none.search", d.found.query.Search))
	case d.report.Examined == 0:
		d.empty.SetText(e.T("doctor.none.products"))
	case d.found.query.Kind != "":
		d.empty.SetText(e.T("doctor.none.kind"))
	default:
		d.empty.SetText(e.T("doctor.none"))
	}
	d.empty.Show()
}

func (d *doctorPage) showMarked(n int) {
	widgets.ShowIf(d.marks, n > 0)
	if n > 0 {
		mendable := len(doctor.FixesOf(d.markedFindings()))
		d.marked.SetText(d.e.T("doctor.marked", n))
		d.mend.SetText(d.e.T("doctor.apply", mendable))
		widgets.ShowIf(d.mend, mendable > 0)
	}
	if d.object != nil {
		d.object.Refresh()
	}
}

// menu shows the commands of a row; what it mends are the marked rows, if this is one of them.
func (d *doctorPage) menu(r widgets.TableRow, at fyne.Position) {
	if d.e.Modal != nil {
		return
	}
	e, f := d.e, findingOf(r)
	these := []doctor.Finding{f}
	for _, m := range d.markedFindings() {
		if findingKey(m) == findingKey(f) {
			these = d.markedFindings()
			break
		}
	}
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
	d.p.list.popUp([]*fyne.MenuItem{mend, edit, fyne.NewMenuItemSeparator(), copied}, at)
}

// open brings a product into view, to be mended by hand.
func (d *doctorPage) open(id domain.ProductID) {
	if d.e.Modal == nil {
		d.p.Edit(domain.Product{ID: id})
	}
}
