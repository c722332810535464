package gui

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
	fynetooltip "github.com/dweymouth/fyne-tooltip"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	domainorders "github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/about"
	"github.com/sopyo/sopyo-desktop/gui/backup"
	"github.com/sopyo/sopyo-desktop/gui/catalogue"
	"github.com/sopyo/sopyo-desktop/gui/companies"
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
	"github.com/sopyo/sopyo-desktop/gui/today"
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
	w := &Window{cfg: cfg, co: cfg.First, lang: cfg.Lang, theme: cfg.Theme, smallest: canvas.NewRectangle(nil)}
	w.smallest.SetMinSize(fyne.NewSize(minWidth, minHeight))
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
	if at := kit.Place(first); err != nil || !at.Known() || at == kit.PlaceCompanies && len(cfg.Companies) < manyCompanies {
		first = int(kit.PlaceToday)
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
	w.fit() // where the scale is not 1 it is not known before the window stands
	w.win.Show()
	w.keepFitting()
	w.offerCrash()
	w.tellLost()
}

// tellLost shows the backups when the company's file is lost, and says so.
func (w *Window) tellLost() {
	lost := w.cfg.Lost
	if lost == nil {
		return
	}
	w.cfg.Lost = nil
	w.Open(kit.PlaceBackup)
	w.e.Ask(w.e.T("company.failed"), w.e.Error(lost), kit.Answer{Label: w.e.T("ok"), Importance: widget.HighImportance})
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
	say := text.T
	if w.cfg.Mac {
		say = func(key string, args ...any) string { return strings.ReplaceAll(text.T(key, args...), "Ctrl+", "Cmd+") }
	}
	w.e = &kit.Env{
		Words: words.New(text.Lang, say), Ctx: ctx, App: w.cfg.App, Win: w.win,
		Now: w.cfg.Now, OpenURL: w.cfg.OpenURL, Post: w.cfg.Post, Frame: w, Preferences: w.cfg.Preferences,
	}
	w.win.SetTitle(w.title())
	w.header = newHeader(w.e, w.cfg.Companies, w.co.Info, w.setCompany, func() { w.addCompany(w.setCompany) })
	before, inside := w.newTurns()
	w.menu, w.sections, w.inside = newLeftMenu(w.e, len(w.cfg.Companies) >= manyCompanies, w.OpenHome), newSectionList(w.e, inside), inside
	w.makePages()
	w.covering = nil
	w.body, w.banner = container.NewStack(), widgets.NewBanner()
	frame := widgets.NewBorder(
		container.New(layout.NewCustomPaddedVBoxLayout(0), w.header.object, widget.NewSeparator()), nil,
		container.New(layout.NewCustomPaddedHBoxLayout(0), w.menu.object, widget.NewSeparator()), nil, widgets.NewBorder(w.banner, nil, nil, nil, container.NewScroll(w.body))) // a page too large for it would make the window grow
	w.win.SetContent(fynetooltip.AddWindowToolTipLayer(widgets.NewSteady(w.smallest, container.NewWithoutLayout(before), frame), w.win.Canvas()))
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
	w.signin = signin.New(e, co, w.signinWays())
	w.about = about.New(e, w.cfg.Version, w.cfg.Support, w.cfg.Updates)
	transfers := transfer.New(e, co, co.Runner, review.New(e, co))
	w.transfers = transfers
	w.pages = map[kit.Place]kit.Page{
		kit.PlaceGuide:     guide.New(e),
		kit.PlaceAPI:       w.signin,
		kit.PlaceProcess:   process.New(e, co),
		kit.PlacePrices:    prices.New(e, co),
		kit.PlaceTransfer:  transfers,
		kit.PlaceReview:    transfers, // one page with two names
		kit.PlaceERP:       guide.NewERP(e),
		kit.PlaceHelp:      guide.NewHelp(e),
		kit.PlaceAbout:     w.about,
		kit.PlaceFiles:     w.files,
		kit.PlaceHistory:   history.New(e, co),
		kit.PlaceProducts:  w.products,
		kit.PlaceMail:      mail.New(e, co),
		kit.PlaceBackup:    backup.New(e, co, co.Info.Name, w.cfg.Backups),
		kit.PlaceSync:      sync.New(e, co, w.cfg.Scheduler, co.Syncing),
		kit.PlaceOrders:    w.orders,
		kit.PlaceInvoices:  invoices.New(e, co, w.cfg.Months),
		kit.PlaceMarkets:   prices.NewMarkets(e, co),
		kit.PlaceCompanies: companies.New(e, machine{w}, &w.companies, companies.Ways{Open: w.enter, Remove: w.removeCompany}),
		kit.PlaceToday:     today.New(e, co.Info.Demo, today.Ways{Authorise: w.authorise, Demo: w.openDemo, Decide: w.decide, Orders: w.openOrders, Unprotected: w.unprotected(co)}),
	}
}

// unprotected tells of a company whether it has products of which no backup is made; nil where nobody keeps backups.
func (w *Window) unprotected(co Ports) func(context.Context) (bool, error) {
	keeper := w.cfg.Backups
	if keeper == nil {
		return nil
	}
	return func(ctx context.Context) (bool, error) {
		_, products, err := co.ListProducts(ctx, domain.ProductQuery{Limit: 1})
		if err != nil || products == 0 {
			return false, err
		}
		password, _, err := keeper.BackupPassword(ctx)
		return password.Empty(), err
	}
}

// authorise begins the authorisation with an API key where it belongs.
func (w *Window) authorise(known domain.Connection, key string) {
	w.Leave(func() {
		w.Bring(kit.PlaceAPI)
		w.signin.Authorise(known, key)
	})
}

// signinWays are what the authorisation asks of the window.
func (w *Window) signinWays() signin.Ways {
	id := w.co.Info.ID
	return signin.Ways{
		Company:    w.co.Info,
		Rename:     func(ctx context.Context, name string) (domain.Company, error) { return w.cfg.Rename(ctx, id, name) },
		Authorised: w.authorised,
	}
}

// authorised takes the name that the company was given, and goes on to the next step of the set-up unless the person has gone
// elsewhere.
func (w *Window) authorised(info domain.Company) {
	if info.Name != w.co.Info.Name {
		w.named(info)
		w.rebuild()
	}
	kit.Background(w.e, func(ctx context.Context) (kit.Facts, error) { return fetchFacts(ctx, w.co) }, func(f kit.Facts, err error) {
		w.sections.showFacts(f)
		if next := w.sections.nextStep(); err == nil && next != 0 && w.at == kit.PlaceAPI && w.covering == nil && w.e.Modal == nil {
			w.Bring(next)
		}
		w.Refresh()
	})
}

// decide opens what waits for a decision, without the wizard or the sections around it; back leads to where it was asked for.
func (w *Window) decide() {
	if w.e.Modal == nil {
		w.Leave(w.transfers.Decide)
	}
}

// openOrders opens the orders of a stage.
func (w *Window) openOrders(s domainorders.Stage) {
	if w.e.Modal == nil {
		w.Leave(func() {
			w.Bring(kit.PlaceOrders)
			w.orders.ShowStage(s)
		})
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

func (w *Window) rebuild() {
	if err := w.build(w.at); err != nil {
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
