package gui

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// The sizes of interface.md.
const (
	firstWidth, firstHeight = 1180, 760
	minWidth, minHeight     = 960, 540
)

// Config is what the window is made of. First is the company that is shown; Companies are those that
// can be switched to, by Open.
type Config struct {
	App       fyne.App
	Companies []domain.Company
	First     Company
	// Open opens another company; it is called off the interface's thread. The window does not close
	// companies: whoever made them does, after OnClosed.
	Open func(ctx context.Context, id domain.CompanyID) (Company, error)
	// List gives the companies anew; it is called off the interface's thread. nil: they never change.
	List func(ctx context.Context) ([]domain.Company, error)
	// Workshop works on the transfers of all companies; nil: none is ever at work.
	Workshop Workshop
	// Add makes a company of that name; it is called off the interface's thread. KindInvalid: the name is
	// empty or taken. nil: none can be added here.
	Add func(ctx context.Context, name string) (domain.Company, error)
	// Lang is "tr" or "en", Theme one of ThemeSystem, ThemeLight, ThemeDark; "" takes what was kept.
	Lang  string
	Theme string
	Now   func() time.Time
	// OpenURL shows an address in the person's browser; it is called off the interface's thread.
	OpenURL func(address string) error
	// Preferences keep how the window was left; nil: nothing is kept.
	Preferences Preferences
	// Version is shown in the about screen.
	Version string
	// CrashFile is what the last crash left for support, "" for none; it is offered once.
	CrashFile string
	// OnClosed is called once, when the window has gone.
	OnClosed func()
	// Log is told when the program ends by itself; nil: nobody is.
	Log *slog.Logger
	// Post runs f on the interface's thread; nil stands for fyne.Do.
	Post func(f func())
}

// Preferences keep small things between two starts: window size, section, language, theme.
type Preferences interface {
	// Preference gives what was kept under key, "" when nothing was.
	Preference(ctx context.Context, key string) (string, error)
	SavePreference(ctx context.Context, key, value string) error
}

// The keys of Preferences.
const (
	PreferenceWidth   = "window.width"
	PreferenceHeight  = "window.height"
	PreferenceSection = "window.section"
	PreferenceLang    = "language"
	PreferenceTheme   = "theme"
	PreferenceCompany = "company"
)

// Window is the program's one window.
type Window struct {
	cfg   Config
	win   fyne.Window
	lang  string
	theme string
	co    Company

	e      *env
	end    context.CancelFunc // ends e
	header *header
	footer *footer
	menu   *leftMenu
	page   *settingsPage
	goods  *productsPage // nil: the company has no catalogue here
	files  *importPage
	// fileImport opens Dosyadan Al; nil: the company takes no files.
	fileImport func()
	// toProducts shows the catalogue after an import; nil: there is no such screen.
	toProducts func()
	past       *historyPage
	mail       *mailPage // nil: nothing is mailed here
	screen     screen    // in viewScreen
	body       *fyne.Container
	view       view
	closed     bool
	hidden     bool // the transfers go on in the background
}

// view is what stands in the middle of the window.
type view int

const (
	viewSettings view = iota
	viewERP
	viewGuide
	viewAbout
	viewImport
	viewHistory
	viewProducts
	viewMail
	viewScreen // what a section has opened in place of its page
)

// NewWindow makes the window, on the interface's thread. It reads the few preferences at once.
func NewWindow(cfg Config) (*Window, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	w := &Window{cfg: cfg, co: cfg.First, lang: cfg.Lang, theme: cfg.Theme}
	if w.lang == "" {
		w.lang = w.kept(PreferenceLang)
	}
	if w.lang != "en" {
		w.lang = "tr"
	}
	if w.theme == "" {
		w.theme = w.kept(PreferenceTheme)
	}
	if w.theme != ThemeLight && w.theme != ThemeDark {
		w.theme = ThemeSystem
	}
	cfg.App.Settings().SetTheme(newLook(w.theme))
	w.win = cfg.App.NewWindow("Sopyo")
	w.win.SetPadded(false)
	w.win.SetMaster()
	section, err := strconv.Atoi(w.kept(PreferenceSection))
	if err != nil || section < sectionGuide || section > sectionCounters {
		section = sectionGuide
	}
	if err := w.build(section); err != nil {
		return nil, err
	}
	w.win.Resize(fyne.NewSize(w.keptSize(PreferenceWidth, firstWidth, minWidth), w.keptSize(PreferenceHeight, firstHeight, minHeight)))
	w.win.CenterOnScreen()
	w.win.SetCloseIntercept(w.askClose)
	w.win.SetOnDropped(func(at fyne.Position, files []fyne.URI) { w.dropped(at, files) })
	return w, nil
}

// Show shows the window; the caller runs the app.
func (w *Window) Show() {
	w.win.Show()
	w.offerCrash()
}

// offerCrash tells of the last crash and shows where its file lies.
func (w *Window) offerCrash() {
	path := w.cfg.CrashFile
	if path == "" {
		return
	}
	w.cfg.CrashFile = ""
	w.e.ask(w.e.t("crash.title"), w.e.t("crash.text", path),
		answer{label: w.e.t("ok")},
		answer{label: w.e.t("rows.show-folder"), importance: widget.HighImportance, act: func() { w.e.visit(folderAddress(path)) }})
}

// Fyne gives the window itself, for the end-to-end driver.
func (w *Window) Fyne() fyne.Window { return w.win }

// build makes everything that depends on the company and the language, and shows section.
func (w *Window) build(section int) error {
	text, err := assets.NewText(w.lang)
	if err != nil {
		return err
	}
	if w.end != nil {
		w.end()
	}
	speakFyne(w.lang)
	ctx, end := context.WithCancel(context.Background())
	w.end = end
	w.e = &env{
		ctx: ctx, app: w.cfg.App, win: w.win, text: text, co: w.co,
		now: w.cfg.Now, openURL: w.cfg.OpenURL, post: w.cfg.Post,
	}
	w.win.SetTitle(w.title())
	w.header, w.footer = newHeader(w), newFooter(w.e)
	w.menu = newLeftMenu(w)
	w.page = newSettingsPage(w)
	w.goods, w.toProducts = nil, nil
	if w.co.Catalogue != nil {
		w.goods, w.toProducts = newProductsPage(w), func() { w.open(viewProducts) }
	}
	w.mail = nil
	if w.co.Mail != nil {
		w.mail = newMailPage(w)
	}
	w.fileImport = nil
	if w.co.Files != nil {
		w.fileImport = w.openFileImport
	}
	w.files, w.past = newImportPage(w), newHistoryPage(w)
	w.body = container.NewStack()
	smallest := canvas.NewRectangle(nil)
	smallest.SetMinSize(fyne.NewSize(minWidth, minHeight))
	frame := widgets.NewBorder(
		container.NewVBox(w.header.object, widget.NewSeparator()),
		container.NewVBox(widget.NewSeparator(), w.footer.object),
		container.NewHBox(w.menu.object, widget.NewSeparator()), nil, w.body)
	w.win.SetContent(fynetooltip.AddWindowToolTipLayer(container.NewStack(smallest, frame), w.win.Canvas()))
	w.win.SetMainMenu(w.mainMenu())
	w.listen()
	w.show(viewSettings)
	w.page.bring(section)
	w.refresh()
	w.watchWork()
	return nil
}

// title names the program and the company, never more: titles are seen by everybody.
func (w *Window) title() string {
	if w.co.Info.Name == "" {
		return "Sopyo"
	}
	return "Sopyo – " + w.co.Info.Name
}

// show puts a view into the middle.
func (w *Window) show(v view) {
	if s, ok := w.screen.(interface{ left() }); ok && w.view == viewScreen {
		s.left()
	}
	w.view = v
	var o fyne.CanvasObject
	switch v {
	case viewERP:
		o = newERPScreen(w)
	case viewGuide:
		o = newGuideScreen(w)
	case viewAbout:
		o = newAboutScreen(w)
	case viewImport:
		o = w.files.object
	case viewHistory:
		o = w.past.object
	case viewProducts:
		o = w.goods.content()
	case viewMail:
		o = w.mail.content()
	case viewScreen:
		o = w.screen.content()
	default:
		o = w.page.object
	}
	widgets.Leave(w.body)
	w.body.Objects = []fyne.CanvasObject{o}
	w.body.Refresh()
	w.menu.mark(v)
	switch v {
	case viewImport:
		w.files.show()
	case viewHistory:
		w.past.show()
	case viewProducts:
		w.goods.show()
	case viewMail:
		w.mail.show()
	case viewScreen:
		w.screen.show()
	}
}

// openScreen shows what a section opens in place of its page.
func (w *Window) openScreen(s screen) {
	if w.e.modal != nil {
		return
	}
	w.screen = s
	w.show(viewScreen)
}

// inView gives what is in view and may have something to save; nil: nothing such.
func (w *Window) inView() section {
	switch w.view {
	case viewSettings, viewScreen:
		return w.page.sections[w.page.current]
	case viewProducts:
		return w.goods
	case viewMail:
		return w.mail
	default:
		return nil
	}
}

// open leaves what is in view, asking if it has changes, and shows v.
func (w *Window) open(v view) {
	if w.e.modal != nil || w.view == v {
		return
	}
	w.page.leave(func() { w.show(v) })
}

// openSection shows one of the six sections, from wherever.
func (w *Window) openSection(section int) {
	if w.e.modal != nil {
		return
	}
	if w.view == viewSettings {
		w.page.open(section)
		return
	}
	w.page.leave(func() {
		w.show(viewSettings)
		w.page.open(section)
	})
}

// refresh fetches anew what stands around the sections.
func (w *Window) refresh() {
	background(w.e, func(ctx context.Context) (facts, error) { return fetchFacts(ctx, w.e.co) },
		func(f facts, err error) {
			w.header.show(f)
			w.footer.show(f)
			w.page.showFacts(f, err)
		})
}

// setLang speaks another language.
func (w *Window) setLang(lang string) {
	if lang == w.lang || w.heldUp() {
		return
	}
	w.page.leave(func() {
		w.lang = lang
		w.keep(PreferenceLang, lang)
		w.rebuild()
	})
}

// setTheme takes another look at once.
func (w *Window) setTheme(choice string) {
	w.theme = choice
	w.keep(PreferenceTheme, choice)
	w.cfg.App.Settings().SetTheme(newLook(choice))
	w.win.SetMainMenu(w.mainMenu())
}

// setCompany opens another company.
func (w *Window) setCompany(id domain.CompanyID) {
	if id == w.co.Info.ID || w.cfg.Open == nil {
		return
	}
	if w.heldUp() {
		w.header.showCompany(w.co.Info)
		return
	}
	back := func() { w.header.showCompany(w.co.Info) }
	w.page.leaveOr(func() {
		background(w.e, func(ctx context.Context) (Company, error) { return w.cfg.Open(ctx, id) },
			func(co Company, err error) {
				if err != nil {
					back()
					w.e.ask(w.e.t("company.failed"), errorText(w.e.text, err), answer{label: w.e.t("ok"), importance: widget.HighImportance})
					return
				}
				w.co = co
				w.keep(PreferenceCompany, string(co.Info.ID))
				w.rebuild()
			})
	}, back)
}

func (w *Window) rebuild() {
	if err := w.build(w.page.current); err != nil {
		fyne.LogError("rebuilding the window", err)
	}
}

// heldUp says why nothing can be switched while something works that would be lost with its screen, and
// tells whether it does. A transfer is none of that: it goes on whatever is shown.
func (w *Window) heldUp() bool {
	e := w.e
	switch {
	case w.files.busy():
		e.ask(e.t("import.busy.title"), e.t("import.busy.text"), answer{label: e.t("ok"), importance: widget.HighImportance})
	case w.previewing():
		e.ask(e.t("heldup.title"), e.t("heldup.text"), answer{label: e.t("ok"), importance: widget.HighImportance})
	default:
		return false
	}
	return true
}

func (w *Window) kept(key string) string {
	if w.cfg.Preferences == nil {
		return ""
	}
	v, err := w.cfg.Preferences.Preference(context.Background(), key)
	if err != nil {
		return ""
	}
	return v
}

func (w *Window) keptSize(key string, first, least float32) float32 {
	n, err := strconv.Atoi(w.kept(key))
	if err != nil {
		return first
	}
	return max(float32(n), least)
}

// keep stores a preference off the interface's thread; one that is lost is no harm.
func (w *Window) keep(key, value string) {
	if w.cfg.Preferences == nil {
		return
	}
	w.e.jobs.Go(func() {
		if err := w.cfg.Preferences.SavePreference(context.WithoutCancel(w.e.ctx), key, value); err != nil {
			fyne.LogError("keeping a preference", fmt.Errorf("%s: %w", key, err))
		}
	})
}
