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
	"github.com/sopyo/sopyo-desktop/gui/about"
	"github.com/sopyo/sopyo-desktop/gui/backup"
	"github.com/sopyo/sopyo-desktop/gui/catalogue"
	"github.com/sopyo/sopyo-desktop/gui/files"
	"github.com/sopyo/sopyo-desktop/gui/guide"
	"github.com/sopyo/sopyo-desktop/gui/history"
	"github.com/sopyo/sopyo-desktop/gui/invoices"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/mail"
	"github.com/sopyo/sopyo-desktop/gui/orders"
	"github.com/sopyo/sopyo-desktop/gui/prices"
	"github.com/sopyo/sopyo-desktop/gui/process"
	"github.com/sopyo/sopyo-desktop/gui/review"
	"github.com/sopyo/sopyo-desktop/gui/signin"
	"github.com/sopyo/sopyo-desktop/gui/sync"
	"github.com/sopyo/sopyo-desktop/gui/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// The sizes of interface.md.
const (
	firstWidth, firstHeight = 1180, 760
	minWidth, minHeight     = 960, 540
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
	w.header, w.footer = newHeader(w.e, w.cfg.Companies, w.co.Info, w.setCompany, func() { w.addCompany(w.setCompany) }), newFooter(w.e)
	w.menu, w.sections = newLeftMenu(w.e), newSectionList(w.e)
	w.makePages()
	w.covering = nil
	w.body = container.NewStack()
	smallest := canvas.NewRectangle(nil)
	smallest.SetMinSize(fyne.NewSize(minWidth, minHeight))
	frame := widgets.NewBorder(
		container.NewVBox(w.header.object, widget.NewSeparator()),
		container.NewVBox(widget.NewSeparator(), w.footer.object),
		container.NewHBox(w.menu.object, widget.NewSeparator()), nil, w.body)
	w.win.SetContent(fynetooltip.AddWindowToolTipLayer(widgets.NewSteady(smallest, frame), w.win.Canvas()))
	w.win.SetMainMenu(w.mainMenu(w.setLang, w.setTheme))
	w.listen()
	w.Bring(section)
	w.Refresh()
	w.watchWork()
	return nil
}

// makePages makes the pages of the company.
func (w *Window) makePages() {
	e, co := w.e, w.co
	w.products, w.files, w.orders = catalogue.New(e, co), files.New(e, co), orders.New(e, co)
	w.about = about.New(e, w.cfg.Version, w.cfg.Support)
	w.pages = map[kit.Place]kit.Page{
		kit.PlaceGuide:    guide.New(e),
		kit.PlaceAPI:      signin.New(e, co, co.Info.Demo),
		kit.PlaceProcess:  process.New(e, co),
		kit.PlacePrices:   prices.New(e, co),
		kit.PlaceTransfer: transfer.New(e, co, co.Runner),
		kit.PlaceReview:   review.New(e, co),
		kit.PlaceERP:      guide.NewERP(e),
		kit.PlaceHelp:     guide.NewHelp(e),
		kit.PlaceAbout:    w.about,
		kit.PlaceFiles:    w.files,
		kit.PlaceHistory:  history.New(e, co),
		kit.PlaceProducts: w.products,
		kit.PlaceMail:     mail.New(e, co),
		kit.PlaceBackup:   backup.New(e, co, w.cfg.Backups),
		kit.PlaceSync:     sync.New(e, co, co.Syncing),
		kit.PlaceOrders:   w.orders,
		kit.PlaceInvoices: invoices.New(e, co, w.cfg.Months),
	}
}

// setTheme takes another look at once.
func (w *Window) setTheme(choice string) {
	w.theme = choice
	w.e.SavePreference(PreferenceTheme, choice)
	w.cfg.App.Settings().SetTheme(kit.NewLook(choice))
	w.win.SetMainMenu(w.mainMenu(w.setLang, w.setTheme))
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

// Reopen opens a company anew, whose file was replaced or was not on the list, and shows it.
func (w *Window) Reopen(id domain.CompanyID) {
	type opened struct {
		all []domain.Company
		co  Company
	}
	kit.Background(w.e, func(ctx context.Context) (opened, error) {
		all, err := w.cfg.List(ctx)
		if err != nil {
			return opened{}, err
		}
		co, err := w.cfg.Open(ctx, id)
		return opened{all, co}, err
	}, func(o opened, err error) {
		if err != nil {
			w.e.Ask(w.e.T("company.failed"), w.e.Error(err), kit.Answer{Label: w.e.T("ok"), Importance: widget.HighImportance})
			return
		}
		w.cfg.Companies, w.co = o.all, o.co
		w.e.SavePreference(PreferenceCompany, string(o.co.Info.ID))
		w.rebuild()
	})
}

// takeCompany shows another company that somebody outside asked for; one that this window has not heard
// of was added meanwhile.
func (w *Window) takeCompany(id domain.CompanyID) {
	kit.Background(w.e, func(ctx context.Context) ([]domain.Company, error) { return w.cfg.List(ctx) },
		func(all []domain.Company, err error) {
			if err == nil {
				w.cfg.Companies = all
			}
			w.setCompany(id)
		})
}

func (w *Window) rebuild() {
	if err := w.build(w.sections.current); err != nil {
		fyne.LogError("rebuilding the window", err)
	}
}

// Raise brings the window back and to the front, and shows the company of that id; "" = the one in view.
// It is called on the interface's thread, and tells whether there is still a window to raise.
func (w *Window) Raise(id domain.CompanyID) bool {
	if w.closed {
		return false
	}
	w.hidden = false
	w.win.Show()
	w.win.RequestFocus()
	if id != "" {
		w.takeCompany(id)
	}
	return true
}
