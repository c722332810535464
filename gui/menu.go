package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// leftMenu lists what works; what later issues bring is not shown before it is there.
type leftMenu struct {
	object fyne.CanvasObject
	goods  *widgets.Item
	sync   *widgets.Item
	orders *widgets.Item
	bills  *widgets.Item
	erp    *widgets.Item
	guide  *widgets.Item
	about  *widgets.Item
	past   *widgets.Item
	mail   *widgets.Item
	backup *widgets.Item
}

const (
	menuWidth = 172
	menuGap   = 2 // the whole menu stands in the smallest window
)

func newLeftMenu(e *kit.Env) *leftMenu {
	m := &leftMenu{
		goods:  widgets.NewItem("", e.T("menu.products"), theme.GridIcon(), func() { e.Frame.Open(kit.PlaceProducts) }),
		sync:   widgets.NewItem("", e.T("menu.sync"), theme.ViewRefreshIcon(), func() { e.Frame.Open(kit.PlaceSync) }),
		orders: widgets.NewItem("", e.T("menu.orders"), theme.ListIcon(), func() { e.Frame.Open(kit.PlaceOrders) }),
		bills:  widgets.NewItem("", e.T("menu.invoices"), theme.DocumentIcon(), func() { e.Frame.Open(kit.PlaceInvoices) }),
		erp:    widgets.NewItem("", e.T("menu.erp"), nil, func() { e.Frame.Open(kit.PlaceERP) }),
		guide:  widgets.NewItem("", e.T("menu.guide"), nil, func() { e.Frame.Open(kit.PlaceHelp) }),
		about:  widgets.NewItem("", e.T("menu.about"), nil, func() { e.Frame.Open(kit.PlaceAbout) }),
		past:   widgets.NewItem("", e.T("menu.history"), theme.HistoryIcon(), func() { e.Frame.Open(kit.PlaceHistory) }),
	}
	m.mail = widgets.NewItem("", e.T("menu.mail"), nil, func() { e.Frame.Open(kit.PlaceMail) })
	m.backup = widgets.NewItem("", e.T("menu.backup"), nil, func() { e.Frame.Open(kit.PlaceBackup) })
	for _, i := range []*widgets.Item{m.erp, m.mail, m.backup, m.guide, m.about} {
		i.SetIndent(20)
	}
	list := container.New(layout.NewCustomPaddedVBoxLayout(menuGap),
		m.goods, m.sync, m.orders, m.bills, widgets.Gap(6),
		widgets.NewHead(theme.SettingsIcon(), e.T("menu.settings")), m.erp, m.mail, m.backup, widgets.Gap(6),
		m.past, widgets.Gap(6),
		widgets.NewHead(theme.HelpIcon(), e.T("menu.help")), m.guide, m.about)
	m.object = container.NewStack(widgets.NewSurface(widgets.ColorSide, "", 0),
		widgets.FixedWidth(menuWidth, container.NewVScroll(widgets.Inset(6, 8, list))))
	return m
}

// mark lights up the line of what is in view.
func (m *leftMenu) mark(p kit.Place) {
	m.goods.SetSelected(p == kit.PlaceProducts)
	m.sync.SetSelected(p == kit.PlaceSync)
	m.orders.SetSelected(p == kit.PlaceOrders)
	m.bills.SetSelected(p == kit.PlaceInvoices)
	m.erp.SetSelected(p == kit.PlaceERP || p.Section())
	m.guide.SetSelected(p == kit.PlaceHelp)
	m.about.SetSelected(p == kit.PlaceAbout)
	m.past.SetSelected(p == kit.PlaceHistory)
	m.mail.SetSelected(p == kit.PlaceMail)
	m.backup.SetSelected(p == kit.PlaceBackup)
}

// show counts what waits for the person; nothing is no number.
func (m *leftMenu) show(e *kit.Env, f kit.Facts) {
	for item, n := range map[*widgets.Item]int{m.sync: f.Waiting, m.orders: f.Orders, m.bills: f.Invoices} {
		count := ""
		if n > 0 {
			count = e.Count(n)
		}
		item.SetCount(count)
	}
}
