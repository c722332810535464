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
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// marketsScreen is Pazaryerleri: those of the program, and those a person adds, renames and removes.
type marketsScreen struct {
	*records[pricing.Marketplace]
	changed func(pricing.Marketplaces) // is told them when they have changed
	object  fyne.CanvasObject

	back    *widgets.Button
	rules   *widgets.Button // leads to section 4, where the list is a page of its own
	name    *widgets.Entry
	row     *widgets.Row
	add     *widgets.Button
	search  *widgets.Entry
	markets pricing.Marketplaces
}

func newMarketsScreen(e *env, changed func(pricing.Marketplaces)) *marketsScreen {
	m := &marketsScreen{changed: changed}
	m.records = newRecords[pricing.Marketplace](e, recordWords{edit: e.T("markets.rename"), remove: e.T("markets.remove"), undo: e.T("markets.undo")},
		table.Column{Title: e.T("markets.column.name"), Width: 220, Grow: 2}, table.Column{Title: e.T("markets.column.kind"), Width: 200, Grow: 2})
	m.correct, m.take, m.refuse, m.fetch = m.askName, m.drop, m.say, m.read
	m.fixed = func(x pricing.Marketplace) string {
		if x.Own {
			return ""
		}
		return e.T("markets.fixed", x.Name)
	}
	m.back = widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Frame.Back)
	m.rules = widgets.NewIconButton(e.T("markets.rules"), theme.NavigateNextIcon(), func() { e.Frame.Open(kit.PlacePrices) })
	m.rules.Hide()
	m.name = widgets.NewEntry(e.T("markets.name.hint"))
	m.name.OnChanged = func(string) { m.row.SetError("") }
	m.name.OnSubmitted = func(string) { m.store() }
	m.row = widgets.NewRow(e.T("markets.name"), m.name, e.T("markets.name.help"))
	m.add = widgets.NewIconButton(e.T("markets.add"), theme.ContentAddIcon(), m.store).Primary()
	m.search = widgets.NewEntry(e.T("markets.search"))
	m.search.Icon = theme.SearchIcon()
	m.search.OnChanged = func(string) { m.find() }
	m.search.SetEscape(func() { m.search.SetText("") })
	for _, k := range []interface{ SetEscape(func()) }{m.back, m.rules, m.name, m.add} {
		k.SetEscape(e.Frame.Back)
	}
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, m.back, container.NewVBox(m.rules), widgets.NewTitle(e.T("markets.title")).OneLine()),
		widgets.NewMuted(e.T("markets.text")),
		widgets.MaxWidth(760, widgets.NewBorder(nil, nil, nil, container.NewVBox(m.add), m.row)), m.said,
		widgets.MaxWidth(searchWidth, m.search))
	m.object = widgets.Inset(14, 6, widgets.NewBorder(head, m.foot(), nil, nil, m.table))
	return m
}

func (m *marketsScreen) Content() fyne.CanvasObject { return m.object }

func (m *marketsScreen) Show() {
	m.begin()
	m.e.Win.Canvas().Focus(m.name)
}

func (m *marketsScreen) FocusSearch() bool {
	m.e.Win.Canvas().Focus(m.search)
	return true
}

func (m *marketsScreen) read() {
	kit.Background(m.e.Env, m.e.co.Marketplaces, func(all pricing.Marketplaces, err error) {
		if err != nil {
			m.say(err)
			return
		}
		m.markets = all
		m.changed(all)
		m.find()
	})
}

// find keeps those whose name holds what is searched for; a person's own come first.
func (m *marketsScreen) find() {
	wanted := domain.Fold(m.search.Text)
	var rows []table.Row
	for _, own := range []bool{true, false} {
		kind := m.e.T("markets.shipped")
		if own {
			kind = m.e.T("markets.own")
		}
		for _, x := range m.markets {
			if x.Own == own && strings.Contains(domain.Fold(x.Name), wanted) {
				rows = append(rows, table.Row{Cells: []string{x.Name, kind}, Data: x})
			}
		}
	}
	m.count.SetText(m.e.T("markets.count", m.e.Count(len(rows))))
	m.list(rows)
}

// say tells what went wrong.
func (m *marketsScreen) say(err error) { m.said.Say(widgets.BannerError, m.e.Error(err)) }

// refusedAt says at a row what is wrong with the name in it, and above the list what else is.
func (m *marketsScreen) refusedAt(row *widgets.Row) func(error) {
	return func(err error) {
		if words.RefusedField(err) != "name" {
			m.say(err)
			return
		}
		row.SetError(m.e.Error(err))
		row.Focus(m.e.Win.Canvas())
	}
}

func (m *marketsScreen) store() {
	typed := m.name.Text
	var added pricing.Marketplace
	m.act(func(ctx context.Context) (err error) {
		added, err = m.e.co.AddMarketplace(ctx, typed)
		return err
	}, m.refusedAt(m.row), func() {
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
		m.act(func(ctx context.Context) error { return m.e.co.RenameMarketplace(ctx, x.ID, typed) }, m.refusedAt(row), func() {
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

// drop removes one at once; adding it again brings it back under its id.
func (m *marketsScreen) drop(x pricing.Marketplace) {
	m.act(func(ctx context.Context) error { return m.e.co.RemoveMarketplace(ctx, x.ID) }, m.say, func() {
		m.done(m.e.T("markets.removed", x.Name), func(ctx context.Context) error {
			_, err := m.e.co.AddMarketplace(ctx, x.Name)
			return err
		})
	})
}
