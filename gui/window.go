// Package gui is the window: the frame around the pages, and a table of them. A page is a package of its own.
package gui

import (
	"context"
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
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/catalogue"
	"github.com/sopyo/sopyo-desktop/gui/files"
	"github.com/sopyo/sopyo-desktop/gui/guide"
	"github.com/sopyo/sopyo-desktop/gui/history"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/mail"
	"github.com/sopyo/sopyo-desktop/gui/prices"
	"github.com/sopyo/sopyo-desktop/gui/process"
	"github.com/sopyo/sopyo-desktop/gui/review"
	"github.com/sopyo/sopyo-desktop/gui/signin"
	"github.com/sopyo/sopyo-desktop/gui/transfer"
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
	// List gives the companies anew; it is called off the interface's thread.
	List func(ctx context.Context) ([]domain.Company, error)
	// Runners works on the transfers of all companies.
	Runners Runners
	// Add makes a company of that name; it is called off the interface's thread. KindInvalid: the name is
	// empty or taken.
	Add func(ctx context.Context, name string) (domain.Company, error)
	// Lang is "tr" or "en", Theme one of ThemeSystem, ThemeLight, ThemeDark; "" takes what was kept.
	Lang  string
	Theme string
	Now   func() time.Time
	// OpenURL shows an address in the person's browser; it is called off the interface's thread.
	OpenURL func(address string) error
	// Preferences keep how the window was left.
	Preferences kit.Preferences
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

	e        *kit.Env
	end      context.CancelFunc // ends e
	header   *header
	footer   *footer
	menu     *leftMenu
	sections *sectionList
	pages    map[kit.Place]kit.Page
	products *catalogue.Page // of pages
	files    *files.Page     // of pages
	body     *fyne.Container
	at       kit.Place // what is in view
	covering kit.Page  // stands in place of what is in view; nil: nothing
	closed   bool
	hidden   bool // the transfers go on in the background
}

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
	if w.theme != kit.ThemeLight && w.theme != kit.ThemeDark {
		w.theme = kit.ThemeSystem
	}
	cfg.App.Settings().SetTheme(kit.NewLook(w.theme))
	w.win = cfg.App.NewWindow("Sopyo")
	w.win.SetPadded(false)
	w.win.SetMaster()
	first, err := strconv.Atoi(w.kept(PreferenceSection))
	if err != nil || !kit.Place(first).Section() {
		first = int(kit.PlaceGuide)
	}
	if err := w.build(kit.Place(first)); err != nil {
		return nil, err
	}
	w.win.Resize(fyne.NewSize(w.keptSize(PreferenceWidth, firstWidth, minWidth), w.keptSize(PreferenceHeight, firstHeight, minHeight)))
	w.win.CenterOnScreen()
	w.win.SetCloseIntercept(w.askClose)
	w.win.SetOnDropped(w.dropped)
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
	w.e.Ask(w.e.T("crash.title"), w.e.T("crash.text", path),
		kit.Answer{Label: w.e.T("ok")},
		kit.Answer{Label: w.e.T("rows.show-folder"), Importance: widget.HighImportance, Act: func() { w.e.ShowFolder(path) }})
}

// Fyne gives the window itself, for the end-to-end driver.
func (w *Window) Fyne() fyne.Window { return w.win }

// build makes everything that depends on the company and the language, and shows a section.
func (w *Window) build(section kit.Place) error {
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
	w.e = &kit.Env{
		Words: words.New(text.Lang, text.T), Ctx: ctx, App: w.cfg.App, Win: w.win,
		Now: w.cfg.Now, OpenURL: w.cfg.OpenURL, Post: w.cfg.Post, Frame: w, Preferences: w.cfg.Preferences,
	}
	w.win.SetTitle(w.title())
	w.header, w.footer = newHeader(w), newFooter(w.e)
	w.menu, w.sections = newLeftMenu(w), newSectionList(w)
	w.makePages()
	w.covering = nil
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
	w.Bring(section)
	w.Refresh()
	w.watchWork()
	return nil
}

// makePages makes the pages of the company.
func (w *Window) makePages() {
	e, co := w.e, w.co
	w.products, w.files = catalogue.New(e, co), files.New(e, co)
	w.pages = map[kit.Place]kit.Page{
		kit.PlaceGuide:    guide.New(e),
		kit.PlaceAPI:      signin.New(e, co, co.Info.Demo),
		kit.PlaceProcess:  process.New(e, co),
		kit.PlacePrices:   prices.New(e, co),
		kit.PlaceTransfer: transfer.New(e, co, co.Runner),
		kit.PlaceReview:   review.New(e, co),
		kit.PlaceERP:      guide.NewERP(e),
		kit.PlaceHelp:     guide.NewHelp(e),
		kit.PlaceAbout:    guide.NewAbout(e, w.cfg.Version),
		kit.PlaceFiles:    w.files,
		kit.PlaceHistory:  history.New(e, co),
		kit.PlaceProducts: w.products,
		kit.PlaceMail:     mail.New(e, co),
	}
}

// title names the program and the company, never more: titles are seen by everybody.
func (w *Window) title() string {
	if w.co.Info.Name == "" {
		return "Sopyo"
	}
	return "Sopyo – " + w.co.Info.Name
}

// Refresh fetches anew what stands around the sections.
func (w *Window) Refresh() {
	kit.Background(w.e, func(ctx context.Context) (kit.Facts, error) { return fetchFacts(ctx, w.co) },
		func(f kit.Facts, err error) {
			w.header.show(f)
			w.footer.show(f)
			w.sections.showFacts(f, err)
			for _, p := range w.pages {
				if p, ok := p.(interface{ ShowFacts(f kit.Facts) }); ok {
					p.ShowFacts(f)
				}
			}
		})
}

// setLang speaks another language.
func (w *Window) setLang(lang string) {
	if lang == w.lang || w.heldUp() {
		return
	}
	w.Leave(func() {
		w.lang = lang
		w.e.SavePreference(PreferenceLang, lang)
		w.rebuild()
	})
}

// setTheme takes another look at once.
func (w *Window) setTheme(choice string) {
	w.theme = choice
	w.e.SavePreference(PreferenceTheme, choice)
	w.cfg.App.Settings().SetTheme(kit.NewLook(choice))
	w.win.SetMainMenu(w.mainMenu())
}

// setCompany opens another company.
func (w *Window) setCompany(id domain.CompanyID) {
	if id == w.co.Info.ID {
		return
	}
	if w.heldUp() {
		w.header.showCompany(w.co.Info)
		return
	}
	back := func() { w.header.showCompany(w.co.Info) }
	w.leaveOr(func() {
		kit.Background(w.e, func(ctx context.Context) (Company, error) { return w.cfg.Open(ctx, id) },
			func(co Company, err error) {
				if err != nil {
					back()
					w.e.Ask(w.e.T("company.failed"), w.e.Error(err), kit.Answer{Label: w.e.T("ok"), Importance: widget.HighImportance})
					return
				}
				w.co = co
				w.e.SavePreference(PreferenceCompany, string(co.Info.ID))
				w.rebuild()
			})
	}, back)
}

func (w *Window) rebuild() {
	if err := w.build(w.sections.current); err != nil {
		fyne.LogError("rebuilding the window", err)
	}
}

// heldUp says why nothing can be switched while something works that would be cut off with its page, and
// tells whether it does. A transfer is none of that: it goes on whatever is shown.
func (w *Window) heldUp() bool {
	key := w.e.UnderWay()
	if key == "" {
		return false
	}
	w.e.Ask(w.e.T("work."+key+".title"), w.e.T("work."+key+".switch"), kit.Answer{Label: w.e.T("ok"), Importance: widget.HighImportance})
	return true
}

// kept gives a preference before there is an env.
func (w *Window) kept(key string) string {
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
