package kit

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Place names a page of the window.
type Place int

// The places. The first six are the sections of Logo İşbaşı Ayarları, by the numbers they have in its list.
const (
	PlaceGuide Place = iota + 1
	PlaceAPI
	PlaceProcess
	PlacePrices
	PlaceTransfer
	PlaceReview
	PlaceERP
	PlaceHelp
	PlaceAbout
	PlaceFiles
	PlaceHistory
	PlaceProducts
	PlaceMail
	PlaceSync
	PlaceOrders
	PlaceInvoices
	PlaceBackup
	PlaceToday
	PlaceMarkets
	PlaceCompanies
	// PlaceSettings is Logo İşbaşı Ayarları, at the section that was in view there last.
	PlaceSettings
)

// Name is the translation key of what the menus call a page that is no section.
func (p Place) Name() string { return names[p] }

// Known tells whether the window has such a page.
func (p Place) Known() bool { return p.Section() || p != PlaceSettings && names[p] != "" }

var names = map[Place]string{
	PlaceERP: "menu.erp", PlaceHelp: "menu.help", PlaceAbout: "menu.about", PlaceFiles: "menu.import", PlaceHistory: "menu.history",
	PlaceProducts: "menu.products", PlaceMail: "menu.mail", PlaceSync: "menu.sync", PlaceOrders: "menu.orders", PlaceInvoices: "menu.invoices",
	PlaceBackup: "menu.backup", PlaceToday: "menu.today", PlaceMarkets: "menu.markets", PlaceCompanies: "companies.title", PlaceSettings: "isbasi.settings",
}

// Title is the translation key of a section's name, number what stands before it.
func (p Place) Title() string { return "section." + p.Number() }

// Number is what stands before the name of a section.
func (p Place) Number() string { return strconv.Itoa(int(p)) }

// Section tells whether the place is one of the six.
func (p Place) Section() bool { return p >= PlaceGuide && p <= PlaceReview }

// Page is what stands in the middle of the window. Its methods are called on the interface's thread. What
// else a page may be is told by the interfaces below.
type Page interface {
	// Content is always the same object.
	Content() fyne.CanvasObject
	// Show is called whenever the page comes into view: it fetches anew.
	Show()
}

// Editor is a page with something to save: leaving it asks.
type Editor interface {
	Dirty() bool
	// Save is what Ctrl+S does.
	Save()
	// SaveThen saves, and goes on with then if that succeeds.
	SaveThen(then func())
}

// Homer is a page that leads back to its list when it is opened from the menu; what is at work in front of it stays.
type Homer interface{ Home() }

// Leaver is a page that is told when it goes out of view.
type Leaver interface{ Left() }

// Keyed is a page that takes Enter, Esc and other keys that no field took, and tells whether it used them.
type Keyed interface{ TypedKey(k *fyne.KeyEvent) bool }

// Wizard is a page that can have a wizard open: the Tab key stays inside it.
type Wizard interface{ WizardOpen() bool }

// Searcher is a page with a list: F puts the cursor into its search box; false when there is none in view.
type Searcher interface{ FocusSearch() bool }

// Undoer is a page where Ctrl+Z takes back what was done last.
type Undoer interface{ Undo() }

// frame is what a page may ask of the window around it. Its methods are called on the interface's thread.
type frame interface {
	// Open brings a place into view; what is not saved asks first.
	Open(p Place)
	// Leave goes on with then once the person has said what becomes of what is not saved.
	Leave(then func())
	// Bring shows a place without asking.
	Bring(p Place)
	// Cover puts another page in the place of the one in view, which keeps what is edited; back uncovers
	// it, and goes back to the page before from everywhere else.
	Cover(with Page)
	Back()
	// Reopen opens a company anew, whose file was replaced or was not on the list, and shows it.
	Reopen(id domain.CompanyID)
	// OpenProduct shows a product of the catalogue in Ürünler.
	OpenProduct(id domain.ProductID)
	// SetBusy hides every section but 5 (Aktarım Durumu) while a transfer or its preview works, and brings them back.
	SetBusy(busy bool)
	// Refresh fetches anew what stands around the pages: the connection light, the quota meter, the last
	// transfer and the signs of the section list.
	Refresh()
	// Drawn tells that something that was fetched is shown: after a jump the focus may have waited for it.
	Drawn()
}
