package catalogue

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// PreferenceProductColumns keeps the columns of the catalogue that are hidden.
const PreferenceProductColumns = "products.columns"

// productsList is the catalogue: searched, sorted, exported, page by page from the store.
type productsList struct {
	*kit.List[productQuery]
	e      *env
	acts   listActs
	object fyne.CanvasObject

	group   *widgets.Select
	choose  *widgets.Button
	hidden  []string          // columns
	marks   fyne.CanvasObject // what can be done with the marked products
	marked  *widgets.Text
	archive *widgets.Button
	restore *widgets.Button
	sell    *widgets.Button
	unsell  *widgets.Button
	teach   fyne.CanvasObject
	add     *widgets.Button
	file    *widgets.Button
	doctor  *widgets.Button
	take    *widgets.Button // products of a file
	looked  bool            // the doctor was asked since the list came into view
}

// productQuery asks for products, to be shown in columns.
type productQuery struct {
	domain.ProductQuery
	columns []table.Column
}

// productGroups are the parts of the catalogue in the order they are offered.
func productGroups() []domain.ProductGroup {
	return []domain.ProductGroup{domain.ProductsCurrent, domain.ProductsPassive, domain.ProductsDrafts, domain.ProductsArchived, domain.ProductsAll}
}

// listActs is what the list does with the page around it.
type listActs struct {
	edit   func(domain.Product) // one without an ID is new
	shelve func(products []domain.Product, into bool)
	sell   func(products []domain.Product, on bool)
	doctor func()
}

func newProductsList(e *env, acts listActs) *productsList {
	l := &productsList{e: e, acts: acts}
	l.hidden = strings.FieldsFunc(e.Preference(e.Ctx, PreferenceProductColumns), func(r rune) bool { return r == ',' })
	l.List = kit.NewList(e.Env, kit.Listing[productQuery]{
		Columns: l.columns(),
		Query:   l.ask, Fetch: l.fetch, None: l.nothing,
		Export: func(ctx context.Context, q productQuery) (string, error) {
			return e.co.ExportProducts(ctx, q.ProductQuery)
		},
		Search: e.T("rows.search"), Count: "rows.count", Most: domain.CountedHits, Pick: e.T("products.pick"), Back: func() { l.Table.Unmark() },
	})
	l.OnLoaded = l.loaded
	l.Table.OnOpen = func(r table.Row) { acts.edit(kit.MadeOf[domain.Product](r)) }
	l.Table.OnMenu = l.menu
	l.Table.OnMarked = l.showMarked
	l.Table.OnKey = l.key
	names := make([]string, len(productGroups()))
	for i, g := range productGroups() {
		names[i] = e.T("products.group." + cmp.Or(string(g), "all"))
	}
	l.group = widgets.NewSelect(e.T("choose"), names, nil)
	l.group.SetSelectedIndex(0)
	l.group.OnChanged = func(string) { l.Reload() }
	l.choose = widgets.NewIconButton(e.T("products.columns"), theme.ListIcon(), l.chooseColumns)
	l.add = widgets.NewIconButton(e.T("products.add"), theme.ContentAddIcon(), func() { acts.edit(domain.Product{}) }).Primary()
	l.doctor = widgets.NewIconButton(e.T("doctor.title"), theme.SearchReplaceIcon(), func() { e.Frame.Leave(acts.doctor) })
	l.take = widgets.NewIconButton(e.T("import.title"), theme.FileIcon(), func() { e.Frame.Open(kit.PlaceFiles) })
	l.makeMarks()
	l.teach = l.newTeach()
	l.teach.Hide()
	l.Nothing.Add(l.teach)
	l.object = l.Layout(
		widgets.NewBorder(nil, nil, nil, container.NewHBox(l.doctor, l.take, l.add), widgets.NewTitle(e.T("menu.products")).OneLine()),
		widgets.NewBorder(nil, nil, nil, container.NewHBox(widgets.FixedWidth(190, l.group), l.choose, l.Export), l.Search),
		l.Said, l.marks)
	return l
}

// makeMarks makes the line that appears while products are marked.
func (l *productsList) makeMarks() {
	e := l.e
	l.marked = widgets.NewBody("").OneLine()
	l.archive = widgets.NewIconButton(e.T("products.archive"), theme.DeleteIcon(), func() { l.acts.shelve(kit.Marked[domain.Product](l.Table), true) })
	l.restore = widgets.NewIconButton(e.T("products.restore"), theme.ContentUndoIcon(), func() { l.acts.shelve(kit.Marked[domain.Product](l.Table), false) })
	l.sell = widgets.NewButton(sellWord(e, true), func() { l.acts.sell(kit.Marked[domain.Product](l.Table), true) })
	l.unsell = widgets.NewButton(sellWord(e, false), func() { l.acts.sell(kit.Marked[domain.Product](l.Table), false) })
	none := widgets.NewIconButton(e.T("products.unmark"), theme.CancelIcon(), func() { l.Table.Unmark() })
	l.marks = container.NewHBox(widgets.Centred(l.marked), l.sell, l.unsell, l.archive, l.restore, none, layout.NewSpacer())
	l.marks.Hide()
}

// newTeach is what an empty catalogue shows: three ways to fill it.
func (l *productsList) newTeach() fyne.CanvasObject {
	e := l.e
	isbasi := widgets.NewIconButton(e.T("products.empty.isbasi"), theme.DownloadIcon(), func() { e.Frame.Open(kit.PlaceTransfer) }).Primary()
	l.file = widgets.NewIconButton(e.T("products.empty.file"), theme.FileIcon(), func() { e.Frame.Open(kit.PlaceFiles) })
	return widgets.MaxWidth(640, container.NewVBox(
		widgets.NewTitle(e.T("products.empty.title")), widgets.NewBody(e.T("products.empty.text")),
		container.NewHBox(isbasi, l.file)))
}

// columns are those that are chosen.
func (l *productsList) columns() []table.Column {
	return slices.DeleteFunc(productColumns(l.e), func(c table.Column) bool { return slices.Contains(l.hidden, c.ID) })
}

// show fetches the list and puts the cursor into the search.
func (l *productsList) show() {
	l.looked = false
	l.Table.Renew()
	l.FocusSearch()
}

// ask is the list's query in the group and the columns that are chosen.
func (l *productsList) ask(a kit.Asked) productQuery {
	return productQuery{domain.ProductQuery{
		Group: kit.Pick(productGroups(), l.group.SelectedIndex()), Search: a.Search, Most: domain.CountedHits,
		Sort: domain.ProductSort(a.Sort), Desc: a.Desc,
	}, l.columns()}
}

func (l *productsList) fetch(ctx context.Context, q productQuery, limit, offset int) ([]table.Row, int, error) {
	q.Limit, q.Offset = limit, offset
	products, total, err := l.e.co.ListProducts(ctx, q.ProductQuery)
	return productRows(l.e, q.columns, products), total, err
}

func (l *productsList) nothing(q productQuery) string {
	if q.Search != "" {
		return l.e.T("rows.none.search", q.Search)
	}
	return l.e.T("products.none." + cmp.Or(string(q.Group), "all"))
}

// loaded finds out, when there is nothing, whether there are no products at all.
func (l *productsList) loaded(q productQuery, total int) {
	l.teaches(false)
	l.askDoctor(q, total)
	if total > 0 || q.Search != "" {
		return
	}
	l.Empty.Hide()
	kit.Background(l.e.Env, func(ctx context.Context) (int, error) {
		_, n, err := l.e.co.ListProducts(ctx, domain.ProductQuery{Limit: 1})
		return n, err
	}, func(n int, err error) {
		if l.Table.Total() > 0 {
			return // something has come meanwhile
		}
		l.teaches(err == nil && n == 0)
		widgets.ShowIf(l.Empty, err != nil || n > 0)
		l.object.Refresh()
	})
}

// teaches shows the ways to fill the catalogue, of which one is blue and one is that of the line above.
func (l *productsList) teaches(on bool) {
	widgets.ShowIf(l.teach, on)
	widgets.ShowIf(l.take, !on)
	l.add.Importance = widget.HighImportance
	if on {
		l.add.Importance = widget.MediumImportance
	}
	l.add.Refresh()
}

// lookedAtOnce is how many products the doctor looks at unasked: that takes a moment.
const lookedAtOnce = 20_000

// askDoctor puts the number of findings on the doctor's button, once while the list is in view.
func (l *productsList) askDoctor(q productQuery, total int) {
	if l.looked || total > lookedAtOnce || q.Search != "" || q.Group != domain.ProductsCurrent {
		return
	}
	l.looked = true
	kit.Background(l.e.Env, func(ctx context.Context) (int, error) {
		r, err := l.e.co.Examine(ctx, &doctor.Count{})
		return len(r.Findings), err
	}, func(n int, err error) {
		if err == nil {
			l.showFindings(n)
		}
	})
}

// showFindings puts a number on the doctor's button.
func (l *productsList) showFindings(n int) {
	l.doctor.SetText(l.e.T("doctor.title"))
	if n > 0 {
		l.doctor.SetText(l.e.T("doctor.title.count", n))
	}
}

func (l *productsList) showMarked(n int) {
	widgets.ShowIf(l.marks, n > 0)
	if n > 0 {
		into, out, sold, unsold := 0, 0, 0, 0
		for _, p := range kit.Marked[domain.Product](l.Table) {
			if p.State == domain.ProductArchived {
				out++
				continue
			}
			into++
			if p.State != domain.ProductPassive {
				sold++
			}
			if p.State != domain.ProductActive {
				unsold++
			}
		}
		l.marked.SetText(l.e.T("products.marked", n))
		widgets.ShowIf(l.archive, into > 0)
		widgets.ShowIf(l.restore, out > 0)
		widgets.ShowIf(l.sell, unsold > 0)
		widgets.ShowIf(l.unsell, sold > 0)
	}
	l.object.Refresh()
}

// key takes the keys that the table has no use for.
func (l *productsList) key(k *fyne.KeyEvent) {
	if k.Name != fyne.KeyDelete {
		return
	}
	l.acts.shelve(kit.Chosen[domain.Product](l.Table), true)
}

// menu shows the commands of a row; what it archives are the marked rows, if this is one of them.
func (l *productsList) menu(r table.Row, at fyne.Position) {
	if l.e.Modal != nil {
		return
	}
	e, p := l.e, kit.MadeOf[domain.Product](r)
	these := kit.MarkedAt[domain.Product](l.Table, r)
	shelve := fyne.NewMenuItem(e.T("products.archive"), func() { l.acts.shelve(these, true) })
	if p.State == domain.ProductArchived {
		shelve = fyne.NewMenuItem(e.T("products.restore"), func() { l.acts.shelve(these, false) })
	}
	on := p.State != domain.ProductActive
	sell := fyne.NewMenuItem(sellWord(e, on), func() { l.acts.sell(these, on) })
	sell.Disabled = p.State == domain.ProductArchived
	if len(these) > 1 {
		shelve.Label = e.T("products.several", shelve.Label, len(these))
		sell.Label = e.T("products.several", sell.Label, len(these))
	}
	edit := fyne.NewMenuItem(e.T("products.edit"), func() { l.acts.edit(p) })
	edit.Disabled = len(these) > 1
	items := []*fyne.MenuItem{edit, sell, shelve, fyne.NewMenuItemSeparator()}
	for _, c := range []struct{ key, text string }{{"products.copy.code", string(p.Code)}, {"products.copy.barcode", string(p.Barcode)}} {
		i := fyne.NewMenuItem(e.T(c.key), func() { e.App.Clipboard().SetContent(c.text) })
		i.Disabled = c.text == ""
		items = append(items, i)
	}
	e.PopUp(at, items...)
}

// chooseColumns offers the columns; the name stays.
func (l *productsList) chooseColumns() {
	var items []*fyne.MenuItem
	for _, c := range productColumns(l.e) {
		if c.ID == string(domain.ProductsByName) {
			continue
		}
		i := fyne.NewMenuItem(c.Title, func() { l.toggleColumn(c.ID) })
		i.Checked = !slices.Contains(l.hidden, c.ID)
		items = append(items, i)
	}
	l.e.PopUp(kit.Under(l.choose), items...)
}

func (l *productsList) toggleColumn(id string) {
	if i := slices.Index(l.hidden, id); i >= 0 {
		l.hidden = slices.Delete(l.hidden, i, i+1)
	} else {
		l.hidden = append(l.hidden, id)
	}
	l.e.SavePreference(PreferenceProductColumns, strings.Join(l.hidden, ","))
	l.Table.SetColumns(l.columns())
	l.Reload()
}
