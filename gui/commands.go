package gui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// mainMenu holds the commands that work whatever has the focus: Fyne looks here first. Its handlers
// keep still while a dialog is open, because Fyne does not. setLang and setTheme make it anew.
func (w *Window) mainMenu(setLang, setTheme func(string)) *fyne.MainMenu {
	e := w.e
	item := func(label string, act func(), key fyne.KeyName) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, func() {
			if e.Modal == nil && !w.closed {
				act()
			}
		})
		if key != "" {
			kit.SetKey(i, key)
		}
		return i
	}
	checked := func(i *fyne.MenuItem, on bool) *fyne.MenuItem { i.Checked = on; return i }
	quit := item(e.T("menu.quit"), w.askClose, fyne.KeyQ)
	quit.IsQuit = true
	quit.Action = w.askClose
	to := func(title string, p kit.Place, key fyne.KeyName) *fyne.MenuItem {
		return item(e.T(title), func() { w.Open(p) }, key)
	}
	file := fyne.NewMenu(e.T("menu.file"), to("menu.import", kit.PlaceFiles, fyne.KeyO),
		item(e.T("menu.save"), w.Save, fyne.KeyS), item(e.T("menu.search"), w.search, fyne.KeyF),
		item(e.T("menu.jump"), w.askJump, fyne.KeyK), item(e.T("company.rename"), w.renameCompany, ""),
		item(e.T("company.remove"), func() { w.removeCompany(w.co.Info) }, ""), fyne.NewMenuItemSeparator(), quit)
	sections := fyne.NewMenuItem(e.T("isbasi.settings"), nil)
	sections.ChildMenu = fyne.NewMenu("")
	for p := kit.PlaceGuide; p <= kit.PlaceReview; p++ {
		sections.ChildMenu.Items = append(sections.ChildMenu.Items, to(p.Title(), p, fyne.KeyName(p.Number())))
	}
	settings := fyne.KeyComma
	if w.cfg.Mac { // Fyne moves what bears these names, in English alone, into the menu that is called after the program
		file.Items = append(file.Items, to("", kit.PlaceAbout, ""), to("", kit.PlaceERP, settings))
		file.Items[len(file.Items)-2].Label, file.Items[len(file.Items)-1].Label, settings = "About", "Settings…", ""
	}
	look := fyne.NewMenu(e.T("menu.view"), to("menu.today", kit.PlaceToday, ""), item(e.T("doctor.title"), w.openDoctor, fyne.KeyB),
		to("menu.erp", kit.PlaceERP, settings), sections, fyne.NewMenuItemSeparator(),
		checked(item(e.T("menu.system"), func() { setTheme(kit.ThemeSystem) }, ""), w.theme == kit.ThemeSystem),
		checked(item(e.T("menu.light"), func() { setTheme(kit.ThemeLight) }, ""), w.theme == kit.ThemeLight),
		checked(item(e.T("menu.dark"), func() { setTheme(kit.ThemeDark) }, ""), w.theme == kit.ThemeDark),
		fyne.NewMenuItemSeparator(),
		checked(item("Türkçe", func() { setLang("tr") }, ""), w.lang == "tr"),
		checked(item("English", func() { setLang("en") }, ""), w.lang == "en"))
	help := fyne.NewMenu(e.T("menu.help"), to("menu.guide", kit.PlaceHelp, ""), item(e.T("about.support"), w.makeSupportFile, ""), to("menu.about", kit.PlaceAbout, ""))
	return fyne.NewMainMenu(file, look, help)
}

// makeSupportFile shows Hakkında and makes the file for support there.
func (w *Window) makeSupportFile() {
	w.Leave(func() {
		w.Bring(kit.PlaceAbout)
		w.about.MakeSupportFile()
	})
}

// Save is Ctrl+S.
func (w *Window) Save() {
	if p, ok := w.pages[w.at].(kit.Editor); ok {
		p.Save()
	}
}

// search is Ctrl+F, and F while no entry has the focus.
func (w *Window) search() {
	if p, ok := w.inView().(kit.Searcher); ok {
		p.FocusSearch()
	}
}

// Undo is Ctrl+Z where no field has a use for it.
func (w *Window) Undo() {
	if p, ok := w.inView().(kit.Undoer); ok && !w.closed {
		p.Undo()
	}
}

// listen takes the keys that no widget has the focus for.
func (w *Window) listen() {
	w.win.Canvas().SetOnTypedRune(w.typedRune)
	w.win.Canvas().SetOnTypedKey(w.TypedKey)
	if c, ok := w.win.Canvas().(desktop.Canvas); ok {
		c.SetOnKeyDown(w.keyDown)
	}
	w.win.Canvas().AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { w.Undo() })
}

func (w *Window) typedRune(r rune) {
	switch {
	case w.e.Modal != nil || w.closed:
	case r >= '1' && r <= '6':
		w.Open(kit.Place(r - '0'))
	case r == ',':
		w.Open(kit.PlaceERP)
	case r == 'f' || r == 'F':
		w.search()
	case strings.ContainsRune("iıIİ", r):
		w.Open(kit.PlaceFiles)
	}
}

// keyDown is told of a press, which nothing has the focus for.
func (w *Window) keyDown(k *fyne.KeyEvent) { w.e.ModalDown(k) }

// TypedKey takes the keys that no field took: a dialog is first, then the page in view.
func (w *Window) TypedKey(k *fyne.KeyEvent) {
	if w.e.ModalKey(k) || w.closed {
		return
	}
	if p, ok := w.inView().(kit.Keyed); ok && p.TypedKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyF1:
		w.Open(kit.PlaceHelp)
	case fyne.KeyEscape:
		if w.covering != nil || !w.at.Section() && w.at != kit.PlaceToday {
			w.Back()
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		w.pressBlue()
	}
}
