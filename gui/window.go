// Package gui is the window: the frame around the pages, and a table of them. A page is a package of its own.
package gui

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/unattended"
	"github.com/sopyo/sopyo-desktop/gui/about"
	"github.com/sopyo/sopyo-desktop/gui/backup"
	"github.com/sopyo/sopyo-desktop/gui/catalogue"
	"github.com/sopyo/sopyo-desktop/gui/files"
	"github.com/sopyo/sopyo-desktop/gui/invoices"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/orders"
	"github.com/sopyo/sopyo-desktop/gui/signin"
	"github.com/sopyo/sopyo-desktop/gui/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
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
	// ExportCompanies writes how the companies stand as an Excel file and gives its path; it is called off the interface's thread.
	ExportCompanies func(ctx context.Context, lang string, all []exports.Company) (string, error)
	// Runners works on the transfers of all companies.
	Runners Runners
	// Months makes the month-end packages of all companies.
	Months invoices.AllMonths
	// Backups are this machine's.
	Backups backup.Machine
	// Add makes a company of that name; it is called off the interface's thread. KindInvalid: the name is
	// empty or taken.
	Add func(ctx context.Context, name string) (domain.Company, error)
	// Rename gives a company another name; else it is like Add.
	Rename func(ctx context.Context, id domain.CompanyID, name string) (domain.Company, error)
	// Remove takes a company off the list, whose file it keeps; it is called off the interface's thread. KindBusy: something is at work
	// for it, or another program has it.
	Remove func(ctx context.Context, c domain.Company) error
	// Look calls look with a company, which need not be open; it is called off the interface's thread. KindBusy: another program has it.
	Look func(ctx context.Context, info domain.Company, look func(Ports) error) error
	// Demo gives the demo company, which is made if there is none; it is called off the interface's thread.
	Demo func(ctx context.Context) (domain.Company, error)
	// Lang is "tr" or "en", Theme one of ThemeSystem, ThemeLight, ThemeDark; "" takes what was kept.
	Lang  string
	Theme string
	Now   func() time.Time
	// NeverHide is for a system on which a hidden window has no way back: there it stays, and can be minimised.
	NeverHide bool
	// Mac is for macOS: the menu that is called after the program has Hakkında and Ayarlar, and words name ⌘ as its keyboards do.
	Mac bool
	// OpenURL shows an address in the person's browser, or what lies at a path in the system's program for it; it is called
	// off the interface's thread.
	OpenURL func(address string) error
	// WorkArea gives what the screen leaves for windows, in the units of the screen; 0: nobody knows. It is asked once the window
	// stands on it.
	WorkArea func() (width, height float32)
	// Preferences keep how the window was left.
	Preferences kit.Preferences
	// Version is shown in the about screen, Support makes the file that is sent from there.
	Version string
	Support about.Support
	// Updates tells of newer versions there.
	Updates about.Updates
	// Scheduler is the system's, for work while the window is closed.
	Scheduler unattended.Scheduler
	// CrashFile is what the last crash left for support, "" for none; it is offered once.
	CrashFile string
	// Lost is why the company that was to be shown is not, nil where it is: its file is lost. It is told once, beside the backups.
	Lost error
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

	e         *kit.Env
	end       context.CancelFunc // ends e
	header    *header
	menu      *leftMenu
	sections  *sectionList
	pages     map[kit.Place]kit.Page
	companies kit.Asked         // of the list of companies, from one company to the next
	signin    *signin.Page      // of pages
	transfers *transfer.Page    // of pages
	products  *catalogue.Page   // of pages
	files     *files.Page       // of pages
	orders    *orders.Page      // of pages
	about     *about.Page       // of pages
	drops     int               // numbers the files that were dropped: only the last one counts
	smallest  *canvas.Rectangle // what the window is never smaller than
	banner    *widgets.Banner   // above every page: what stands around it cannot be read
	body      *fyne.Container
	inside    *turn     // stands before a page that is no section
	at        kit.Place // what is in view
	before    kit.Place // what was in view before it
	jumped    bool      // what is in view has not had the focus yet
	covering  kit.Page  // stands in place of what is in view; nil: nothing
	closed    bool
	hidden    bool // the transfers go on in the background
}

// Fyne gives the window itself, for the end-to-end driver.
func (w *Window) Fyne() fyne.Window { return w.win }

// title names the program and the company, never more: titles are seen by everybody.
func (w *Window) title() string {
	if w.co.Info.Name == "" {
		return "Sopyo"
	}
	return "Sopyo – " + domain.Line(w.co.Info.Name)
}

// Refresh fetches anew what stands around the sections.
func (w *Window) Refresh() {
	kit.Background(w.e, func(ctx context.Context) (kit.Facts, error) { return fetchFacts(ctx, w.co) },
		func(f kit.Facts, err error) {
			w.header.show(f)
			w.menu.show(w.e, f)
			w.sections.showFacts(f)
			if err != nil {
				w.banner.Say(widgets.BannerError, w.e.Error(err))
			} else {
				w.banner.Hide()
			}
			for _, p := range w.pages {
				if p, ok := p.(interface{ ShowFacts(f kit.Facts) }); ok {
					p.ShowFacts(f)
				}
			}
		})
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
