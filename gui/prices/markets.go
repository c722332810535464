package prices

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// marketsScreen is Pazaryerleri: those of the program, and those a person adds, renames and removes.
type marketsScreen struct {
	e       *env
	section *Page // is told when the marketplaces have changed
	object  fyne.CanvasObject

	name            *widgets.Entry
	row             *widgets.Row
	add             *widgets.Button
	rename, remove  *widgets.Button
	undoing         *widgets.Button
	said            *widgets.Banner
	search          *widgets.Entry
	table           *widgets.DataTable
	state, count    *widgets.Text
	markets, listed pricing.Marketplaces
	back            func(ctx context.Context) error
	busy            bool
}

func newMarketsScreen(s *Page) *marketsScreen {
	e := s.e
	m := &marketsScreen{e: e, section: s, said: widgets.NewBanner(), state: widgets.NewMuted(""), count: widgets.NewMuted("").OneLine()}
	back := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Frame.Back)
	m.name = widgets.NewEntry(e.T("markets.name.hint"))
	m.name.OnChanged = func(string) { m.row.SetError("") }
	m.name.OnSubmitted = func(string) { m.store() }
	m.row = widgets.NewRow(e.T("markets.name"), m.name, e.T("markets.name.help"))
	m.add = widgets.NewIconButton(e.T("markets.add"), theme.ContentAddIcon(), m.store)
	m.add.Importance = widget.HighImportance
	m.rename = widgets.NewIconButton(e.T("markets.rename"), theme.DocumentCreateIcon(), func() { m.withCurrent(m.askName) })
	m.remove = widgets.NewIconButton(e.T("markets.remove"), theme.DeleteIcon(), func() { m.withCurrent(m.take) })
	m.undoing = widgets.NewIconButton(e.T("markets.undo"), theme.ContentUndoIcon(), m.Undo)
	m.search = widgets.NewEntry(e.T("markets.search"))
	m.search.Icon = theme.SearchIcon()
	m.search.OnChanged = func(string) { m.find() }
	m.search.SetEscape(func() { m.search.SetText("") })
	m.table = widgets.NewDataTable([]widgets.Column{
		{Title: e.T("markets.column.name"), Width: 220, Grow: 2}, {Title: e.T("markets.column.kind"), Width: 200, Grow: 2},
	}, m.give)
	m.table.OnSelected = func(widgets.TableRow) { m.buttons() }
	m.table.OnOpen = func(r widgets.TableRow) { m.with(r, m.askName) }
	m.table.OnMenu = m.menu
	m.table.OnKey = func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyDelete {
			m.withCurrent(m.take)
		}
	}
	for _, k := range []interface{ SetEscape(func()) }{back, m.name, m.add, m.rename, m.remove, m.table} {
		k.SetEscape(e.Frame.Back)
	}
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, back, nil, widgets.NewTitle(e.T("markets.title")).OneLine()),
		widgets.NewMuted(e.T("markets.text")),
		widgets.MaxWidth(760, widgets.NewBorder(nil, nil, nil, container.NewVBox(m.add), m.row)), m.said,
		widgets.MaxWidth(searchWidth, m.search))
	foot := container.NewVBox(widget.NewSeparator(),
		widgets.NewBorder(nil, nil, container.NewHBox(m.rename, m.remove), m.count, m.state))
	m.object = widgets.Inset(14, 6, widgets.NewBorder(head, foot, nil, nil, m.table))
	return m
}

func (m *marketsScreen) Content() fyne.CanvasObject { return m.object }

func (m *marketsScreen) Show() {
	m.back = nil
	m.said.Hide()
	m.fetch()
	m.e.Win.Canvas().Focus(m.name)
}

func (m *marketsScreen) FocusSearch() bool {
	m.e.Win.Canvas().Focus(m.search)
	return true
}

func (m *marketsScreen) fetch() {
	kit.Background(m.e.Env, m.e.co.Marketplaces, func(all pricing.Marketplaces, err error) {
		if err != nil {
			m.said.Say(widgets.BannerError, m.e.Error(err))
			return
		}
		m.markets = all
		m.section.setMarkets(all)
		m.find()
	})
}

// find keeps those whose name holds what is searched for; a person's own come first.
func (m *marketsScreen) find() {
	wanted := domain.Fold(m.search.Text)
	m.listed = nil
	for _, own := range []bool{true, false} {
		for _, x := range m.markets {
			if x.Own == own && strings.Contains(domain.Fold(x.Name), wanted) {
				m.listed = append(m.listed, x)
			}
		}
	}
	m.count.SetText(m.e.T("markets.count", m.e.Count(len(m.listed))))
	m.table.Reload()
	m.buttons()
}

// give gives the table its rows; they are at hand.
func (m *marketsScreen) give(q widgets.PageQuery, done func([]widgets.TableRow, int, bool)) {
	rows := make([]widgets.TableRow, len(m.listed))
	for i, x := range m.listed {
		kind := m.e.T("markets.shipped")
		if x.Own {
			kind = m.e.T("markets.own")
		}
		rows[i] = widgets.TableRow{Cells: []string{x.Name, kind}, Data: x}
	}
	done(rows[min(q.Offset, len(rows)):min(q.Offset+q.Limit, len(rows))], len(rows), true)
}

// with acts on a row that a person added.
func (m *marketsScreen) with(r widgets.TableRow, act func(pricing.Marketplace)) {
	if x, ok := r.Data.(pricing.Marketplace); ok && x.Own && m.e.Modal == nil {
		act(x)
	}
}

func (m *marketsScreen) withCurrent(act func(pricing.Marketplace)) {
	if r, ok := m.table.Current(); ok {
		m.with(r, act)
	}
}

func (m *marketsScreen) menu(r widgets.TableRow, at fyne.Position) {
	x, ok := r.Data.(pricing.Marketplace)
	rename := fyne.NewMenuItem(m.e.T("markets.rename"), func() { m.with(r, m.askName) })
	remove := fyne.NewMenuItem(m.e.T("markets.remove"), func() { m.with(r, m.take) })
	rename.Disabled, remove.Disabled = !ok || !x.Own, !ok || !x.Own
	menu := widget.NewPopUpMenu(fyne.NewMenu("", rename, remove), m.e.Win.Canvas())
	menu.ShowAtPosition(at)
	menu.ActivateNext()
}

// buttons are on while the row is one that a person added.
func (m *marketsScreen) buttons() {
	m.state.SetText(m.e.T("markets.pick"))
	own := false
	if r, ok := m.table.Current(); ok {
		if x, ok := r.Data.(pricing.Marketplace); ok {
			if own = x.Own; !own {
				m.state.SetText(m.e.T("markets.fixed", x.Name))
			}
		}
	}
	for _, b := range []*widgets.Button{m.rename, m.remove} {
		if own {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

func (m *marketsScreen) store() {
	typed := m.name.Text
	var added pricing.Marketplace
	m.act(func(ctx context.Context) (err error) {
		added, err = m.e.co.AddMarketplace(ctx, typed)
		return err
	}, m.row, func() {
		m.name.SetText("")
		m.done(m.e.T("markets.added", added.Name), func(ctx context.Context) error {
			return m.e.co.RemoveMarketplace(ctx, added.ID)
		})
	})
}

// askName asks for another name in a dialog.
func (m *marketsScreen) askName(x pricing.Marketplace) {
	name := widgets.NewEntry("")
	name.SetText(x.Name)
	row := widgets.NewRow(m.e.T("markets.rename.title"), name, m.e.T("markets.name.help"))
	var dialog *kit.Modal
	save := func() {
		typed := name.Text
		m.act(func(ctx context.Context) error { return m.e.co.RenameMarketplace(ctx, x.ID, typed) }, row, func() {
			m.e.CloseModal(dialog)
			m.done(m.e.T("markets.renamed", strings.Join(strings.Fields(typed), " ")), func(ctx context.Context) error {
				return m.e.co.RenameMarketplace(ctx, x.ID, x.Name)
			})
		})
	}
	name.OnSubmitted = func(string) { save() }
	name.OnChanged = func(string) { row.SetError("") }
	dialog = m.e.AskWith(m.e.T("markets.rename"), widgets.FixedWidth(480, row),
		kit.Answer{Label: m.e.T("cancel")},
		kit.Answer{Label: m.e.T("markets.rename.save"), Importance: widget.HighImportance, Check: save})
	if dialog != nil {
		name.SetEscape(dialog.Cancel)
		m.e.Win.Canvas().Focus(name)
	}
}

// take removes one at once; adding it again brings it back under its id.
func (m *marketsScreen) take(x pricing.Marketplace) {
	m.act(func(ctx context.Context) error { return m.e.co.RemoveMarketplace(ctx, x.ID) }, nil, func() {
		m.done(m.e.T("markets.removed", x.Name), func(ctx context.Context) error {
			_, err := m.e.co.AddMarketplace(ctx, x.Name)
			return err
		})
	})
}

// done says what was done, with the way back.
func (m *marketsScreen) done(text string, back func(ctx context.Context) error) {
	m.back = back
	m.said.Say(widgets.BannerGood, text, m.undoing)
}

// act carries something out; what is refused is said at row, or above the list.
func (m *marketsScreen) act(do func(context.Context) error, row *widgets.Row, then func()) {
	if m.busy {
		return
	}
	m.busy = true
	kit.Act(m.e.Env, "save", func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
		m.busy = false
		switch {
		case err != nil && row != nil && words.RefusedField(err) == "name":
			row.SetError(m.e.Error(err))
			row.Focus(m.e.Win.Canvas())
			return
		case err != nil:
			m.said.Say(widgets.BannerError, m.e.Error(err))
			return
		}
		then()
		m.fetch()
	})
}

// Undo takes the last change back.
func (m *marketsScreen) Undo() {
	if m.back == nil || m.e.Modal != nil {
		return
	}
	m.act(m.back, nil, func() {
		m.back = nil
		m.said.Hide()
	})
}
