package gui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// leftMenu lists what works; what later issues bring is not shown before it is there.
type leftMenu struct {
	object fyne.CanvasObject
	goods  *widgets.Item
	erp    *widgets.Item
	guide  *widgets.Item
	about  *widgets.Item
	past   *widgets.Item
	mail   *widgets.Item
}

const menuWidth = 172

func newLeftMenu(w *Window) *leftMenu {
	e := w.e
	m := &leftMenu{
		goods: widgets.NewItem("", e.t("menu.products"), theme.GridIcon(), func() { w.open(viewProducts) }),
		erp:   widgets.NewItem("", e.t("menu.erp"), nil, func() { w.open(viewERP) }),
		guide: widgets.NewItem("", e.t("menu.guide"), nil, func() { w.open(viewGuide) }),
		about: widgets.NewItem("", e.t("menu.about"), nil, func() { w.open(viewAbout) }),
		past:  widgets.NewItem("", e.t("menu.history"), theme.HistoryIcon(), func() { w.open(viewHistory) }),
	}
	m.mail = widgets.NewItem("", e.t("menu.mail"), nil, func() { w.open(viewMail) })
	showIf(m.past, w.co.History != nil)
	showIf(m.mail, w.co.Mail != nil)
	for _, i := range []*widgets.Item{m.erp, m.mail, m.guide, m.about} {
		i.SetIndent(20)
	}
	showIf(m.goods, w.co.Catalogue != nil)
	list := container.NewVBox(
		m.goods, widgets.Gap(6),
		widgets.NewHead(theme.SettingsIcon(), e.t("menu.settings")), m.erp, m.mail, widgets.Gap(6),
		m.past, widgets.Gap(6),
		widgets.NewHead(theme.HelpIcon(), e.t("menu.help")), m.guide, m.about)
	m.object = container.NewStack(widgets.NewSurface(widgets.ColorSide, "", 0),
		widgets.FixedWidth(menuWidth, widgets.Inset(6, 8, list)))
	return m
}

// mark lights up the line of what is in view.
func (m *leftMenu) mark(v view) {
	m.goods.SetSelected(v == viewProducts)
	m.erp.SetSelected(v == viewERP || v == viewSettings || v == viewScreen)
	m.guide.SetSelected(v == viewGuide)
	m.about.SetSelected(v == viewAbout)
	m.past.SetSelected(v == viewHistory)
	m.mail.SetSelected(v == viewMail)
}

// mainMenu holds the commands that work whatever has the focus: Fyne looks here first. Its handlers
// keep still while a dialog is open, because Fyne does not.
func (w *Window) mainMenu() *fyne.MainMenu {
	e := w.e
	item := func(label string, act func(), key fyne.KeyName) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, func() {
			if e.modal == nil && !w.closed {
				act()
			}
		})
		if key != "" {
			i.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
		}
		return i
	}
	checked := func(i *fyne.MenuItem, on bool) *fyne.MenuItem { i.Checked = on; return i }
	quit := item(e.t("menu.quit"), w.askClose, fyne.KeyQ)
	quit.IsQuit = true
	quit.Action = w.askClose
	var importing []*fyne.MenuItem
	if w.co.Files != nil {
		importing = []*fyne.MenuItem{item(e.t("menu.import"), w.openFileImport, fyne.KeyO)}
	}
	file := fyne.NewMenu(e.t("menu.file"), append(importing,
		item(e.t("menu.save"), w.save, fyne.KeyS),
		item(e.t("menu.search"), w.search, fyne.KeyF),
		fyne.NewMenuItemSeparator(), quit)...)
	place := fyne.NewMenu(e.t("menu.go"), item(e.t("menu.erp"), func() { w.open(viewERP) }, fyne.KeyComma), fyne.NewMenuItemSeparator())
	if w.co.Doctor != nil && w.co.Catalogue != nil {
		place.Items = append([]*fyne.MenuItem{item(e.t("doctor.title"), w.openDoctor, fyne.KeyB)}, place.Items...)
	}
	if w.co.Catalogue != nil {
		place.Items = append([]*fyne.MenuItem{item(e.t("menu.products"), func() { w.open(viewProducts) }, "")}, place.Items...)
	}
	if w.co.Mail != nil {
		place.Items = append(place.Items, item(e.t("menu.mail"), func() { w.open(viewMail) }, ""))
	}
	for n := sectionGuide; n <= sectionCounters; n++ {
		place.Items = append(place.Items, item(e.t(sectionKey(n)), func() { w.openSection(n) }, fyne.KeyName(rune('0'+n))))
	}
	look := fyne.NewMenu(e.t("menu.view"),
		checked(item(e.t("menu.system"), func() { w.setTheme(ThemeSystem) }, ""), w.theme == ThemeSystem),
		checked(item(e.t("menu.light"), func() { w.setTheme(ThemeLight) }, ""), w.theme == ThemeLight),
		checked(item(e.t("menu.dark"), func() { w.setTheme(ThemeDark) }, ""), w.theme == ThemeDark),
		fyne.NewMenuItemSeparator(),
		checked(item("Türkçe", func() { w.setLang("tr") }, ""), w.lang == "tr"),
		checked(item("English", func() { w.setLang("en") }, ""), w.lang == "en"))
	help := fyne.NewMenu(e.t("menu.help"),
		item(e.t("menu.guide"), func() { w.open(viewGuide) }, ""),
		item(e.t("menu.about"), func() { w.open(viewAbout) }, ""))
	return fyne.NewMainMenu(file, place, look, help)
}

// save is Ctrl+S.
func (w *Window) save() {
	if s := w.inView(); s != nil {
		s.save()
	}
}

// search is Ctrl+F, and F while no entry has the focus.
func (w *Window) search() {
	if w.view == viewHistory {
		w.win.Canvas().Focus(w.past.search)
		return
	}
	if s, ok := w.screenOr(w.inView()).(searcher); ok {
		s.focusSearch()
	}
}

// screenOr gives the screen while one is in view, else the other.
func (w *Window) screenOr(other any) any {
	if w.view == viewScreen {
		return w.screen
	}
	return other
}

// undo is Ctrl+Z where no field has a use for it.
func (w *Window) undo() {
	if s, ok := w.screenOr(w.inView()).(undoer); ok && !w.closed {
		s.undo()
	}
}

// listen takes the keys that no widget has the focus for.
func (w *Window) listen() {
	w.win.Canvas().SetOnTypedRune(w.typedRune)
	w.win.Canvas().SetOnTypedKey(w.typedKey)
	w.win.Canvas().AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { w.undo() })
}

func (w *Window) typedRune(r rune) {
	switch {
	case w.e.modal != nil || w.closed:
	case r >= '1' && r <= '6':
		w.openSection(int(r - '0'))
	case r == ',':
		w.open(viewERP)
	case r == 'f' || r == 'F':
		w.search()
	case strings.ContainsRune("iıIİ", r):
		w.openFileImport()
	}
}

func (w *Window) typedKey(k *fyne.KeyEvent) {
	if m := w.e.modal; m != nil {
		switch k.Name {
		case fyne.KeyEscape:
			m.cancel()
		case fyne.KeyReturn, fyne.KeyEnter:
			m.primary()
		}
		return
	}
	if w.closed {
		return
	}
	if s, ok := w.screenOr(w.inView()).(keyed); ok && s.typedKey(k) {
		return
	}
	if w.view == viewImport && w.files.typedKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyF1:
		w.open(viewGuide)
	case fyne.KeyEscape:
		if w.view != viewSettings {
			w.show(viewSettings)
		}
	}
}
