package sandbox

import (
	"time"

	"github.com/shopspring/decimal"
)

// What the stand-in knows when its options name nothing else. They open nothing but the stand-in.
const (
	DemoKey      = "demo-isbasi-api-anahtari"
	DemoUser     = "demo@isbasi.example"
	DemoPassword = "demo-parola"
	DemoTenant   = "7b0e0c0e-0000-4000-8000-000000000001"
	DemoCallback = "http://127.0.0.1:47813/isbasi/callback"
	DemoApp      = "Sopyo"
)

// User is an İşbaşı account.
type User struct {
	Email    string
	Password string
}

// Tenant is an İşbaşı firm; the login answer has the name only when it is set.
type Tenant struct {
	ID   string
	Name string
}

// Options say what the stand-in is. The zero value is the demo İşbaşı: demo products, key and user,
// a sign-in that is content with the keys (isbasi-api.md §2.2, reading A).
type Options struct {
	// Addr is where to listen; 127.0.0.1:0 by default.
	Addr string
	// Products are the firm's products and services; nil = DemoProducts.
	Products []Product
	// Firms, Invoices and Orders are the firm's other records; nil = the demo firm's.
	Firms    []Firm
	Invoices []Invoice
	Orders   []Order
	// Registered are the tax numbers of e-Fatura users; nil = those of Firms that are marked so.
	Registered []string
	// Unanswered are the tax numbers of which gibUser answers 503, whoever's they are. İşbaşı itself still
	// knows what their invoices become.
	Unanswered []string
	// EveryVKN: every ten-digit number is that of an e-Fatura user, as in the shared test firm (§8.11).
	EveryVKN bool
	// AllowStock: stock receipts are taken. By default they answer 403, and so do the calls that are only
	// in Logo's internal inventory (isbasi-api.md §4.6, §4.7).
	AllowStock bool
	// KeyIgnored: a filter of the list of products by id is ignored, and all rows come (untested, isbasi-api.md §11; §12,
	// to §3.2).
	KeyIgnored bool
	// ChangeFilter: the list of products can be filtered by modificationDate (untested, isbasi-api.md §4.1).
	// By default such a filter is ignored, and all rows come (§12, to §3.2).
	ChangeFilter bool
	// StockChangesDate: what moves a product's stock sets its modificationDate (not known, §4.1, §9).
	StockChangesDate bool
	// PostalCodeOptional: invoices are taken without one, as the published document says.
	PostalCodeOptional bool
	// FormaliseOK: a formalised invoice answers a plain success; by default HTTP 400 with isError (§6.3).
	FormaliseOK bool
	// NetFirst: of a total with VAT the net is rounded and the VAT is the rest, so that in a tie of half a
	// kuruş they differ by 0,01 from those of who rounds the VAT; the total is the same.
	NetFirst bool
	// TotalOff is added to the total of every draft that a call writes: 0.01 makes it differ from the sender's.
	TotalOff decimal.Decimal
	// DraftUBL: a draft has its UBL already, as it seems to have been seen (§12, to §6.6).
	DraftUBL bool
	// SlowGIB: what GİB is at work on stays in progress.
	SlowGIB bool
	// GIBReads is how many answers show a document that was sent as in progress (eStatus 1, 4, 8, each a
	// third of them) before it is done or refused; its detail counts, and each page of a list on which it
	// stands. GIBDelay is how long it stays so by Now. With both, both have to pass; with neither, documents
	// of odd ids are done at once and those of even ids at the second question.
	GIBReads int
	GIBDelay time.Duration
	// RefusedIsDraft: a document that GİB refuses is a draft again, with GİB's code and note; by default its
	// state is StatusRefused. What İşbaşı does is not known (isbasi-api.md §12, to §6.2).
	RefusedIsDraft bool
	// DraftsUnlisted: drafts do not stand in the list of invoices; whether they do is not known.
	DraftsUnlisted bool
	// AllowInternet: internet e-Archive invoices can be formalised (refused by default, §6.2).
	AllowInternet bool
	// ReadLimit and WriteLimit are the calls a calendar month of Türkiye may have of each kind; 0 = any
	// number. Behind it that kind answers 429, the other goes on (§3.3).
	ReadLimit, WriteLimit int
	// APIKeys and Users are those it knows.
	APIKeys []string
	Users   []User
	// TenantID is the firm every sign-in lands in. TenantName is put into the login answer when set: the
	// real one is not known to give a name.
	TenantID   string
	TenantName string
	// Tenants are the firms that certain of APIKeys land in, instead of TenantID; they have the same records.
	Tenants map[string]string
	// MoreTenants are further firms that a login may name by its tenantId; without one it lands in the firm
	// that the panel has selected, TenantID (isbasi-api.md §12, to §2.1). They have the same records.
	MoreTenants []Tenant
	// TenantIgnored: a login's tenantId has no effect: nobody has tried one in public (§12, to §2.1).
	TenantIgnored bool
	// BaseURL is put into the login answer when set (isbasi-api.md §1).
	BaseURL string
	// AppName is the application's name on the consent page.
	AppName string
	// ConsentURL is what the address of the consent page begins with, such as https://giris.logo.com.tr: its
	// host is not known (§12, to §1). The page is served by the stand-in all the same; its own by default.
	ConsentURL string
	// AccountKeys are those of APIKeys that may not sign in by the browser: ssorequesturl answers 403 to
	// them (§12, to §2.2).
	AccountKeys []string
	// UserEmail is put into the login answer when set: the test environment gave none (isbasi-api.md §2.1).
	UserEmail string
	// Callback is the address that is bound to the API keys.
	Callback string
	// DropState: the callback does not carry the state of the consent address.
	DropState bool
	// AutoConsent: the consent page allows at once, with nobody to press a button.
	AutoConsent bool
	// LoginNeedsPassword: a login with the second key is refused without e-mail and password (reading B).
	LoginNeedsPassword bool
	// UserKeyOnce: the second key is good for one login only (isbasi-api.md §9, question 3).
	UserKeyOnce bool
	// AnyUserKey: every second key is good, so that one of a start before this one is.
	AnyUserKey bool
	// UserKeyAsObject: getuserappkey answers an object instead of a text (its shape is not documented).
	UserKeyAsObject bool
	// TokenLifetime is how long an access token lives; a day by default.
	TokenLifetime time.Duration
	// Plain switches the quirks of answers off: ids are text, code is 0, no unknown fields, JSON is called
	// JSON, an invoice's ETTN is uuid.
	Plain bool
	// Faults are in force from the start.
	Faults []Fault
	// Now is the clock; time.Now by default.
	Now func() time.Time
}

// tenant is the firm that a sign-in with key lands in when it names none.
func (o Options) tenant(key string) Tenant {
	if t := o.Tenants[key]; t != "" {
		return Tenant{t, o.TenantName}
	}
	return Tenant{o.TenantID, o.TenantName}
}

// opens gives the firm that a sign-in with key lands in when it names id, which may be empty; false when
// the user has no such firm.
func (o Options) opens(key, id string) (Tenant, bool) {
	selected := o.tenant(key)
	if id == "" || id == selected.ID {
		return selected, true
	}
	for _, t := range o.MoreTenants {
		if t.ID == id {
			return t, true
		}
	}
	return Tenant{}, false
}

func (o Options) withDefaults() Options {
	or := func(s *string, def string) {
		if *s == "" {
			*s = def
		}
	}
	or(&o.Addr, "127.0.0.1:0")
	or(&o.TenantID, DemoTenant)
	or(&o.AppName, DemoApp)
	or(&o.Callback, DemoCallback)
	if o.Products == nil {
		o.Products = DemoProducts()
	}
	if o.Firms == nil {
		o.Firms = DemoFirms()
	}
	if o.Orders == nil {
		o.Orders = Orders(demoOrders, demoSeed, o.Products, o.Firms)
	}
	if o.Invoices == nil {
		o.Invoices = Invoices(demoInvoices, demoSeed, o.Products, o.Firms)
	}
	if o.APIKeys == nil {
		o.APIKeys = []string{DemoKey}
	}
	if o.Users == nil {
		o.Users = []User{{DemoUser, DemoPassword}}
	}
	if o.TokenLifetime == 0 {
		o.TokenLifetime = 24 * time.Hour
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}
