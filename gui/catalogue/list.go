package catalogue

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// PreferenceProductColumns keeps the columns of the catalogue that are hidden.
const PreferenceProductColumns = "products.columns"

// productsList is the catalogue: searched, sorted, exported, page by page from the store.
type productsList struct {
	e      *env
	p      *Page
	object fyne.CanvasObject

	search  *widgets.Entry
	typing  *time.Timer
	sought  string // what the rows shown were searched for
	group   *widgets.Select
	choose  *widgets.Button
	export  *widgets.Button
	said    *widgets.Banner
	folder  *widgets.Button
	path    string
	marks   fyne.CanvasObject // what can be done with the marked products
	marked  *widgets.Text
	archive *widgets.Button
	restore *widgets.Button
	holder  *fyne.Container
	table   *widgets.DataTable
	hidden  []string // columns
	state   *widgets.Text
	count   *widgets.Text
	empty   *widgets.Text
	teach   fyne.CanvasObject
	file    *widgets.Button
	doctor  *widgets.Button
	looked  bool // the doctor was asked since the list came into view
}

// productGroups are the parts of the catalogue in the order they are offered.
func productGroups() []domain.ProductGroup {
	return []domain.ProductGroup{domain.ProductsCurrent, domain.ProductsDrafts, domain.ProductsArchived, domain.ProductsAll}
}

func newProductsList(p *Page) *productsList {
	e := p.e
	l := &productsList{e: e, p: p, said: widgets.NewBanner(), count: widgets.NewMuted("").OneLine(), state: widgets.NewMuted(e.T("rows.loading"))}
	l.hidden = strings.FieldsFunc(e.Preference(e.Ctx, PreferenceProductColumns), func(r rune) bool { return r == ',' })
	l.search = widgets.NewEntry(e.T("rows.search"))
	l.search.Icon = theme.SearchIcon()
	l.search.OnChanged = func(string) { l.typed() }
	l.search.OnSubmitted = func(string) { l.reload() }
	l.search.SetEscape(func() { l.search.SetText("") })
	names := make([]string, len(productGroups()))
	for i, g := range productGroups() {
		names[i] = e.T("products.group." + groupKey(g))
	}
	l.group = widgets.NewSelect(e.T("choose"), names, nil)
	l.group.SetSelectedIndex(0)
	l.group.OnChanged = func(string) { l.reload() }
	l.choose = widgets.NewIconButton(e.T("products.columns"), theme.ListIcon(), l.chooseColumns)
	l.export = widgets.NewIconButton(e.T("rows.export"), theme.DocumentSaveIcon(), l.save)
	l.folder = widgets.NewIconButton(e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { e.ShowFolder(l.path) })
	add := widgets.NewIconButton(e.T("products.add"), theme.ContentAddIcon(), func() { p.Edit(domain.Product{}) })
	add.Importance = widget.HighImportance
	l.doctor = widgets.NewIconButton(e.T("doctor.title"), theme.SearchReplaceIcon(), func() { e.Frame.Leave(func() { p.OpenDoctor(); p.Show() }) })
	l.makeMarks()
	l.empty = widgets.NewBody("")
	l.empty.Hide()
	l.teach = l.newTeach()
	l.teach.Hide()
	l.holder = container.NewStack()
	l.newTable()
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, nil, container.NewHBox(l.doctor, add), widgets.NewTitle(e.T("menu.products")).OneLine()),
		widgets.NewBorder(nil, nil, nil, container.NewHBox(widgets.FixedWidth(190, l.group), l.choose, l.export), l.search),
		l.said, l.marks)
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, nil, l.count, l.state))
	l.object = widgets.NewBorder(head, foot, nil, nil, container.NewStack(
		l.holder, container.NewVBox(widgets.Gap(kit.UnderHead), l.empty, l.teach)))
	return l
}

func groupKey(g domain.ProductGroup) string {
	if g == domain.ProductsAll {
		return "all"
	}
	return string(g)
}

// makeMarks makes the line that appears while products are marked.
func (l *productsList) makeMarks() {
	e := l.e
	l.marked = widgets.NewBody("").OneLine()
	l.archive = widgets.NewIconButton(e.T("products.archive"), theme.DeleteIcon(), func() { l.p.shelve(l.markedProducts(), true) })
	l.restore = widgets.NewIconButton(e.T("products.restore"), theme.ContentUndoIcon(), func() { l.p.shelve(l.markedProducts(), false) })
	none := widgets.NewIconButton(e.T("products.unmark"), theme.CancelIcon(), func() { l.table.Unmark() })
	l.marks = container.NewHBox(widgets.Centred(l.marked), l.archive, l.restore, none, layout.NewSpacer())
	l.marks.Hide()
}

// newTeach is what an empty catalogue shows: three ways to fill it.
func (l *productsList) newTeach() fyne.CanvasObject {
	e := l.e
	isbasi := widgets.NewIconButton(e.T("products.empty.isbasi"), theme.DownloadIcon(), func() { e.Frame.Open(kit.PlaceTransfer) })
	isbasi.Importance = widget.HighImportance
	l.file = widgets.NewIconButton(e.T("products.empty.file"), theme.FileIcon(), func() { e.Frame.Open(kit.PlaceFiles) })
	return widgets.MaxWidth(640, container.NewVBox(
		widgets.NewTitle(e.T("products.empty.title")), widgets.NewBody(e.T("products.empty.text")),
		container.NewHBox(isbasi, l.file), widgets.NewMuted(e.T("products.empty.demo"))))
}

// newTable makes the table of the columns that are chosen.
func (l *productsList) newTable() {
	var sort string
	var desc bool
	if l.table != nil {
		sort, desc = l.table.Sorted()
	}
	columns := slices.DeleteFunc(productColumns(l.e), func(c widgets.Column) bool { return slices.Contains(l.hidden, c.ID) })
	if !slices.ContainsFunc(columns, func(c widgets.Column) bool { return c.ID == sort }) {
		sort, desc = "", false
	}
	t := widgets.NewDataTable(columns, func(q widgets.PageQuery, done func([]widgets.TableRow, int, bool)) { l.fetch(columns, q, done) })
	t.Sort(sort, desc)
	t.OnLoaded = l.loaded
	t.OnSelected = func(r widgets.TableRow) { l.state.SetText(r.Detail) }
	t.OnOpen = func(r widgets.TableRow) { l.p.Edit(productOfRow(r)) }
	t.OnMenu = l.menu
	t.OnMarked = l.showMarked
	t.OnKey = l.key
	t.SetEscape(t.Unmark)
	l.table = t
	l.showMarked(0)
	l.holder.Objects = []fyne.CanvasObject{t}
	l.holder.Refresh()
}

// productOfRow gives what a row of the table was made of.
func productOfRow(r widgets.TableRow) domain.Product {
	p, _ := r.Data.(domain.ListedProduct)
	return p.Product
}

func (l *productsList) markedProducts() []domain.Product {
	var all []domain.Product
	for _, r := range l.table.Marked() {
		all = append(all, productOfRow(r))
	}
	return all
}

// show fetches the list and puts the cursor into the search.
func (l *productsList) show() {
	l.looked = false
	l.table.Renew()
	l.e.Win.Canvas().Focus(l.search)
}

// typed searches when no further letter has come for a while.
func (l *productsList) typed() {
	if l.typing != nil {
		l.typing.Stop()
	}
	l.typing = time.AfterFunc(kit.SearchAfter, func() { l.e.Do(l.reload) })
}

func (l *productsList) reload() {
	if l.typing != nil {
		l.typing.Stop()
		l.typing = nil
	}
	l.table.Reload()
}

// renew fetches what is in view, and stays there.
func (l *productsList) renew() { l.table.Renew() }

// asked is what the list shows, without its pages.
func (l *productsList) asked() domain.ProductQuery {
	sort, desc := l.table.Sorted()
	return domain.ProductQuery{
		Group: kit.Pick(productGroups(), l.group.SelectedIndex()), Search: strings.TrimSpace(l.search.Text),
		Sort: domain.ProductSort(sort), Desc: desc,
	}
}

// fetch asks the store for one page, and words it off the interface's thread.
func (l *productsList) fetch(columns []widgets.Column, p widgets.PageQuery, done func([]widgets.TableRow, int, bool)) {
	q := l.asked()
	q.Sort, q.Desc, q.Limit, q.Offset = domain.ProductSort(p.Sort), p.Desc, p.Limit, p.Offset
	type answer struct {
		rows  []widgets.TableRow
		total int
	}
	kit.Background(l.e.Env, func(ctx context.Context) (answer, error) {
		products, total, err := l.e.co.ListProducts(ctx, q)
		return answer{productRows(l.e, columns, products), total}, err
	}, func(a answer, err error) {
		if err != nil {
			l.said.Say(widgets.BannerError, l.e.Error(err))
			done(nil, 0, false)
			return
		}
		l.sought = q.Search
		done(a.rows, a.total, true)
	})
}

// loaded says how many products there are, or why there are none.
func (l *productsList) loaded(total int) {
	l.count.SetText(l.e.T("rows.count", total))
	l.state.SetText("")
	l.empty.Hide()
	l.teach.Hide()
	l.export.Enable()
	l.askDoctor(total)
	defer l.object.Refresh()
	if total > 0 {
		l.state.SetText(l.e.T("products.pick"))
		return
	}
	l.export.Disable()
	if l.sought != "" {
		l.empty.SetText(l.e.T("rows.none.search", l.sought))
		l.empty.Show()
		return
	}
	l.empty.SetText(l.e.T("products.none." + groupKey(l.asked().Group)))
	kit.Background(l.e.Env, func(ctx context.Context) (int, error) {
		_, n, err := l.e.co.ListProducts(ctx, domain.ProductQuery{Limit: 1})
		return n, err
	}, func(n int, err error) {
		if l.table.Total() > 0 {
			return // something has come meanwhile
		}
		widgets.ShowIf(l.teach, err == nil && n == 0)
		widgets.ShowIf(l.empty, err != nil || n > 0)
		l.object.Refresh()
	})
}

// lookedAtOnce is how many products the doctor looks at unasked: that takes a moment.
const lookedAtOnce = 20_000

// askDoctor puts the number of findings on the doctor's button, once while the list is in view.
func (l *productsList) askDoctor(total int) {
	if l.looked || total > lookedAtOnce || l.sought != "" || l.asked().Group != domain.ProductsCurrent {
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
		into, out := 0, 0
		for _, p := range l.markedProducts() {
			if p.State == domain.ProductArchived {
				out++
			} else {
				into++
			}
		}
		l.marked.SetText(l.e.T("products.marked", n))
		widgets.ShowIf(l.archive, into > 0)
		widgets.ShowIf(l.restore, out > 0)
	}
	if l.object != nil {
		l.object.Refresh()
	}
}

// key takes the keys that the table has no use for.
func (l *productsList) key(k *fyne.KeyEvent) {
	if k.Name != fyne.KeyDelete {
		return
	}
	products := l.markedProducts()
	if len(products) == 0 {
		if r, ok := l.table.Current(); ok {
			products = []domain.Product{productOfRow(r)}
		}
	}
	l.p.shelve(products, true)
}

// menu shows the commands of a row; what it archives are the marked rows, if this is one of them.
func (l *productsList) menu(r widgets.TableRow, at fyne.Position) {
	if l.e.Modal != nil {
		return
	}
	e, p := l.e, productOfRow(r)
	these := []domain.Product{p}
	if all := l.markedProducts(); slices.ContainsFunc(all, func(q domain.Product) bool { return q.ID == p.ID }) {
		these = all
	}
	shelve := fyne.NewMenuItem(e.T("products.archive"), func() { l.p.shelve(these, true) })
	if p.State == domain.ProductArchived {
		shelve = fyne.NewMenuItem(e.T("products.restore"), func() { l.p.shelve(these, false) })
	}
	if len(these) > 1 {
		shelve.Label = e.T("products.several", shelve.Label, len(these))
	}
	edit := fyne.NewMenuItem(e.T("products.edit"), func() { l.p.Edit(p) })
	edit.Disabled = len(these) > 1
	items := []*fyne.MenuItem{edit, shelve, fyne.NewMenuItemSeparator()}
	for _, c := range []struct{ key, text string }{{"products.copy.code", string(p.Code)}, {"products.copy.barcode", string(p.Barcode)}} {
		i := fyne.NewMenuItem(e.T(c.key), func() { e.App.Clipboard().SetContent(c.text) })
		i.Disabled = c.text == ""
		items = append(items, i)
	}
	l.popUp(items, at)
}

// popUp shows a menu, and gives the table the focus back when it has gone.
func (l *productsList) popUp(items []*fyne.MenuItem, at fyne.Position) {
	m := widget.NewPopUpMenu(fyne.NewMenu("", items...), l.e.Win.Canvas())
	m.ShowAtPosition(at)
	m.ActivateNext()
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
	under := fyne.CurrentApp().Driver().AbsolutePositionForObject(l.choose).AddXY(0, l.choose.Size().Height)
	l.popUp(items, under)
}

func (l *productsList) toggleColumn(id string) {
	if i := slices.Index(l.hidden, id); i >= 0 {
		l.hidden = slices.Delete(l.hidden, i, i+1)
	} else {
		l.hidden = append(l.hidden, id)
	}
	l.e.SavePreference(PreferenceProductColumns, strings.Join(l.hidden, ","))
	l.newTable()
	l.table.Reload()
}

// save writes the products that are listed, all pages of them, as an Excel file.
func (l *productsList) save() {
	q := l.asked()
	l.export.Disable()
	l.said.Say(widgets.BannerInfo, l.e.T("rows.exporting"))
	kit.Act(l.e.Env, "export", func(ctx context.Context) (string, error) {
		return l.e.co.ExportProducts(ctx, q)
	}, func(path string, err error) {
		l.export.Enable()
		if err != nil {
			l.said.Say(widgets.BannerError, l.e.Error(err))
			return
		}
		l.path = path
		l.said.Say(widgets.BannerGood, l.e.T("rows.exported", path), l.folder)
	})
}
