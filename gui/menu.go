package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// manyCompanies is how many companies a person has that looks after those of others.
const manyCompanies = 4

// leftMenu is the way to every page: a line each, with how much waits there for the person.
type leftMenu struct {
	object fyne.CanvasObject
	lines  map[kit.Place]*widgets.Item
}

const (
	menuWidth  = 184
	menuGap    = 2 // the whole menu stands in the smallest window
	menuIndent = 20
)

// newLeftMenu makes the menu; many tells that there are so many companies that they have a page.
func newLeftMenu(e *kit.Env, many bool, open func(kit.Place)) *leftMenu {
	m := &leftMenu{lines: map[kit.Place]*widgets.Item{}}
	line := func(p kit.Place, icon fyne.Resource) fyne.CanvasObject {
		i := widgets.NewItem("", e.T(p.Name()), icon, func() { open(p) })
		if icon == nil {
			i.SetIndent(menuIndent)
		}
		m.lines[p] = i
		return i
	}
	list := container.New(layout.NewCustomPaddedVBoxLayout(menuGap))
	if many {
		list.Add(line(kit.PlaceCompanies, theme.AccountIcon()))
	}
	for _, o := range []fyne.CanvasObject{
		line(kit.PlaceToday, theme.HomeIcon()), line(kit.PlaceProducts, theme.GridIcon()), line(kit.PlaceSync, theme.ViewRefreshIcon()),
		line(kit.PlaceOrders, theme.ListIcon()), line(kit.PlaceInvoices, theme.DocumentIcon()), widgets.Gap(6),
		widgets.NewHead(theme.SettingsIcon(), e.T("menu.settings")),
		line(kit.PlaceERP, nil), line(kit.PlaceMarkets, nil), line(kit.PlaceMail, nil), line(kit.PlaceBackup, nil), widgets.Gap(6),
		line(kit.PlaceHistory, theme.HistoryIcon()), line(kit.PlaceHelp, theme.HelpIcon()),
	} {
		list.Add(o)
	}
	m.object = container.NewStack(widgets.NewSurface(widgets.ColorSide, "", 0),
		widgets.FixedWidth(menuWidth, container.NewVScroll(widgets.Inset(6, 8, list))))
	return m
}

// mark lights up the line of what is in view.
func (m *leftMenu) mark(at kit.Place) {
	switch {
	case at.Section():
		at = kit.PlaceERP
	case at == kit.PlaceAbout:
		at = kit.PlaceHelp
	case at == kit.PlaceFiles:
		at = kit.PlaceProducts
	}
	for p, i := range m.lines {
		i.SetSelected(p == at)
	}
}

// show counts what waits for the person; nothing is no number.
func (m *leftMenu) show(e *kit.Env, f kit.Facts) {
	for p, n := range map[kit.Place]int{
		kit.PlaceToday: len(f.Waits()), kit.PlaceSync: f.Waiting, kit.PlaceOrders: f.Ready + f.Held, kit.PlaceInvoices: f.Drafts + f.Unknown + f.Tasks,
	} {
		count := ""
		if n > 0 {
			count = e.Count(n)
		}
		m.lines[p].SetCount(count)
	}
}
