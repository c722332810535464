package gui

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Company is one opened company as the window needs it. Every method may block and is called off the
// interface's thread.
type Company struct {
	Info       domain.Company
	Settings   Settings
	Prices     Prices
	Connection Connection
	Transfers  Transfers
	// Desk is where the company's transfers are worked on: they go on when another company is shown.
	Desk       *transfer.Desk
	Quota      Quota
	Files      Files
	History    History
	Catalogue  Catalogue
	Laboratory Laboratory
	Approvals  Approvals
	Rates      Rates
	Markets    Markets
	Decisions  Decisions
	Doctor     Doctor
	Reports    Reports
	Mail       Mail
}

// Workshop is where this program works on the transfers of all its companies.
type Workshop interface {
	// Working gives the companies whose transfers are at work, always in the same order.
	Working() []domain.CompanyID
	// Rested tells whether nothing is at work, and nothing goes on soon by itself.
	Rested() bool
	// Stop asks all to stop; Interrupt ends them where they are, and they go on at the next start. Both
	// wait for the page or batch in flight, and take no new work.
	Stop()
	Interrupt()
}

// Settings keeps the company's choices.
type Settings interface {
	Settings(ctx context.Context) (domain.Settings, error)
	// SaveSettings keeps choices that can be; KindInvalid names the field of one that cannot, as
	// domain.Settings.ValidateIn does.
	SaveSettings(ctx context.Context, s domain.Settings) error
	// Circumstances gives what the choices have to go with; it asks İşbaşı nothing.
	Circumstances(ctx context.Context) (domain.Circumstances, error)
}

// Prices keeps the price rules: one for every marketplace, or one each.
type Prices interface {
	PriceRules(ctx context.Context) (pricing.Rules, error)
	SavePriceRules(ctx context.Context, r pricing.Rules) error
	// SamplePrices gives up to n catalogue products that have a price, for the live example.
	SamplePrices(ctx context.Context, n int) ([]domain.Product, error)
	// Marketplaces gives where the company sells: those of the program, then those a person added.
	Marketplaces(ctx context.Context) (pricing.Marketplaces, error)
}

// Laboratory tries price rules out before they are saved. nil: the company has no catalogue.
type Laboratory interface {
	// TryRules computes rules over every product on sale and writes nothing; w is told how far it is.
	TryRules(ctx context.Context, r pricing.Rules, w *pricing.Watch) (*pricing.Laboratory, error)
	// Trials gives one page of what q finds in a laboratory, with every step, and how many that are.
	Trials(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) ([]pricing.Tried, int, error)
	// ExportTrials writes what q finds as an Excel file into the user's folder and gives its path.
	ExportTrials(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) (path string, err error)
}

// Approvals lets prices go that wait for a person. nil: the company has no such way.
type Approvals interface {
	// ApproveTrials lets tried prices of the saved rules go, and gives how many at how many marketplaces:
	// one that would be another by now is left waiting.
	ApproveTrials(ctx context.Context, lab *pricing.Laboratory, trials []pricing.Trial) (int, error)
	// ApproveFound is ApproveTrials for all that q finds.
	ApproveFound(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) (int, error)
	// UndoApproval brings back what the last approval replaced; 0: there is nothing to take back.
	UndoApproval(ctx context.Context) (int, error)
	// MaxPriceChange is the percent above which a change waits; not valid: none does.
	MaxPriceChange(ctx context.Context) (decimal.NullDecimal, error)
	SaveMaxPriceChange(ctx context.Context, percent decimal.NullDecimal) error
}

// Rates keeps the exchange rates that a person types in. nil: the company has no such way.
type Rates interface {
	Rates(ctx context.Context) (pricing.Rates, error)
	SaveRates(ctx context.Context, rates ...pricing.Rate) error
	RemoveRate(ctx context.Context, currency domain.Currency, day pricing.Day) error
	// MissingRates gives the currencies that products are priced in and that have no rate today.
	MissingRates(ctx context.Context) ([]pricing.Missing, error)
}

// Markets keeps the marketplaces that a person adds. nil: none can be added.
type Markets interface {
	AddMarketplace(ctx context.Context, name string) (pricing.Marketplace, error)
	RenameMarketplace(ctx context.Context, id pricing.MarketplaceID, name string) error
	RemoveMarketplace(ctx context.Context, id pricing.MarketplaceID) error
}

// Connection is the authorisation of the company at İşbaşı.
type Connection interface {
	// Connection gives what is known without asking İşbaşı.
	Connection(ctx context.Context) (domain.Connection, error)
	// Authorise signs in and stores nothing. In the browser way it opens the browser and waits. Without
	// an API key the kept one is used (a demo company's is known).
	Authorise(ctx context.Context, c domain.Credentials, b domain.Browser) (domain.SignIn, error)
	// Confirm stores an accepted sign-in, and opens the integration if open is set.
	Confirm(ctx context.Context, s domain.SignIn, open bool) error
	// Test asks İşbaşı one small question (one read) and gives what it learned.
	Test(ctx context.Context) (domain.Connection, error)
	// Forget removes the session from the keyring and closes the integration.
	Forget(ctx context.Context) error
}

// Transfers makes, finds and lists transfers.
type Transfers interface {
	// New makes a job that has not started; it costs nothing and stores nothing.
	New(ctx context.Context, o transfer.Options) (*transfer.Job, error)
	// Resume gives a job for the newest run that is not finished, nil when there is none.
	Resume(ctx context.Context) (*transfer.Job, error)
	// Latest gives the newest run, ok = false when there was none.
	Latest(ctx context.Context) (r transfer.Run, ok bool, err error)
	// Rows gives one page of a run's rows and how many there are in all.
	Rows(ctx context.Context, q transfer.Query) (rows []transfer.Listed, total int, err error)
	// TransferPlan gives what a run that was matched would do.
	TransferPlan(ctx context.Context, run int64) (transfer.Plan, error)
	// Planned gives a job for a preview that nobody has confirmed and that is less than a day old, nil when
	// there is none.
	Planned(ctx context.Context) (*transfer.Job, error)
	// Retry gives a job that tries the failed rows of the newest transfer again, nil when there are none.
	Retry(ctx context.Context) (*transfer.Job, error)
	// SavePlanPage writes the plan of a run as a page, to path or ("") into the user's folder, and gives its path.
	SavePlanPage(ctx context.Context, run int64, path string) (string, error)
	// Export writes the rows of q, all pages, as an Excel file into the user's folder and gives its path.
	Export(ctx context.Context, q transfer.Query) (path string, err error)
}

// Decisions are what a person makes of a transfer afterwards. nil: the company has no such way.
type Decisions interface {
	// Runs gives at most n of the newest transfers that were confirmed, undone ones too, after leaving out
	// skip, and how many there are.
	Runs(ctx context.Context, n, skip int) (runs []transfer.Run, total int, err error)
	// Choices gives what a row of a run could be, at most n suggestions.
	Choices(ctx context.Context, run int64, remote domain.RemoteID, n int) (transfer.Choices, error)
	// OtherUnits asks İşbaşı (one read) for the barcodes of the product's other units and gives the
	// suggestions anew.
	OtherUnits(ctx context.Context, run int64, remote domain.RemoteID, n int) (transfer.Choices, error)
	// Decide carries out decisions of a person in one transaction, and notes them in the history.
	Decide(ctx context.Context, run int64, decisions []transfer.Decision) (transfer.Decided, error)
	// TakeBack undoes what Decide did under that ID.
	TakeBack(ctx context.Context, id int64) (transfer.Decided, error)
	// PlanUndo tells what Undo would do now, and writes nothing.
	PlanUndo(ctx context.Context, run int64) (transfer.UndoPlan, error)
	// Undo takes a whole transfer back, batch by batch; done tells how many of how many rows, and may be
	// called from another goroutine. Cancelled, it goes on at the next call.
	Undo(ctx context.Context, run int64, done func(n, of int)) (transfer.UndoPlan, error)
	// ExportRuns writes the list of all transfers, ExportBlocked what an undo leaves as it is, as an Excel
	// file in the words of lang, and gives its path.
	ExportRuns(ctx context.Context, lang string) (path string, err error)
	ExportBlocked(ctx context.Context, lang string, blocked []transfer.Blocked) (path string, err error)
}

// Reports are what is written of a transfer when it ends. nil: the company writes none.
type Reports interface {
	// ReportFile gives the page of a transfer's report, which is written now if there is none.
	ReportFile(ctx context.Context, run int64) (path string, err error)
	// SavedReport gives what was written of a transfer's present end, ok = false when nothing was yet.
	SavedReport(ctx context.Context, run int64) (s report.Saved, ok bool, err error)
	// SendReport mails the report and gives the letter as it stands then. Where no mail server is set up a
	// draft for the person's own mail program is saved instead, and its path given; it may be to nobody yet.
	SendReport(ctx context.Context, run int64, to string) (l mail.Letter, draft string, err error)
}

// Mail is this machine's sender, and the company's letters. nil: nothing is mailed here.
type Mail interface {
	// MailSettings gives the sender, and whether a password is kept for it.
	MailSettings(ctx context.Context) (s mail.Settings, password bool, err error)
	// SaveMailSettings keeps them, and the password if it is not nil; sessionOnly: there is no keyring, the
	// password ends with the program.
	SaveMailSettings(ctx context.Context, s mail.Settings, password *domain.Secret) (sessionOnly bool, err error)
	// ForgetMail takes the sender and its password away.
	ForgetMail(ctx context.Context) error
	// TestMail really sends a short letter, in the words of lang, and gives to whom and the server's answer.
	// nil stands for the kept password.
	TestMail(ctx context.Context, s mail.Settings, password *domain.Secret, lang string) (to, answer string, err error)
	// Letters gives one page of the letters, the newest first, and how many q finds in all.
	Letters(ctx context.Context, q mail.Query) (letters []mail.Letter, total int, err error)
	// SendNow sends a letter again that a person wants to be sent, and gives it as it stands then.
	SendNow(ctx context.Context, id int64) (mail.Letter, error)
	DismissLetter(ctx context.Context, id int64) error
}

// Quota tells what has been spent at İşbaşı this month.
type Quota interface {
	Usage(ctx context.Context) (quota.Usage, error)
}

// Catalogue is the company's own products.
type Catalogue interface {
	// ListProducts gives one page and how many products q finds in all.
	ListProducts(ctx context.Context, q domain.ProductQuery) ([]domain.ListedProduct, int, error)
	// SaveProducts writes what a person changed, all of it or nothing, and gives the products as they are
	// kept; one without an ID is added. KindInvalid names the field that is refused, "revision" when the
	// product has changed since it was read.
	SaveProducts(ctx context.Context, products ...domain.Product) ([]domain.Product, error)
	// Pair gives the İşbaşı product that a product is bound to: its ID, and what the newest transfer read
	// of it; ok = false when it is bound to none.
	Pair(ctx context.Context, id domain.ProductID) (pair transfer.Row, ok bool, err error)
	// Offers gives the price of p with those guards at every marketplace, as it would be now.
	Offers(ctx context.Context, p domain.Product, g pricing.Guards) ([]pricing.MarketOffer, error)
	// ProductGuards gives what a product may never be sold below.
	ProductGuards(ctx context.Context, id domain.ProductID) (pricing.Guards, error)
	SaveGuards(ctx context.Context, id domain.ProductID, g pricing.Guards) error
	// ExportProducts writes the products of q as an Excel file into the user's folder and gives its path.
	ExportProducts(ctx context.Context, q domain.ProductQuery) (path string, err error)
}

// Doctor looks for what is wrong with barcodes and codes, and mends what a person says. nil: the company
// has no such way.
type Doctor interface {
	// Examine looks at the whole catalogue; count tells how far it is.
	Examine(ctx context.Context, count *doctor.Count) (doctor.Report, error)
	// Padding gives what filling up a column with zeros would do.
	Padding(ctx context.Context, column doctor.Column, width int, count *doctor.Count) (doctor.Padded, error)
	// Repair carries out what a person confirmed; a cancelled one changes nothing.
	Repair(ctx context.Context, r doctor.Repair, count *doctor.Count) (doctor.Repaired, error)
	// LastRepair gives the newest repair that was not taken back, ok = false when there is none.
	LastRepair(ctx context.Context) (r doctor.Repaired, ok bool, err error)
	// UndoRepair puts back what a repair has replaced; what was changed since is left.
	UndoRepair(ctx context.Context, r doctor.Repaired, count *doctor.Count) (doctor.Repaired, error)
	// ExportFindings writes findings as an Excel file, in the words of lang, and gives its path.
	ExportFindings(ctx context.Context, lang string, findings []doctor.Finding) (path string, err error)
}

// Files takes products of files into the catalogue. nil: the company has no such way.
type Files interface {
	// Recent gives the product files that lie in the person's usual folders and beside another one ("" =
	// none), the newest first.
	Recent(ctx context.Context, beside string) ([]listing.File, error)
	// Folder gives what lies in a folder; "" = the person's home.
	Folder(ctx context.Context, path string) (listing.Folder, error)
	// Inspect looks at a file and takes nothing of it.
	Inspect(ctx context.Context, path string, r listing.Reading) (listing.Found, error)
	// Plan tells what Take would do now, and writes nothing.
	Plan(ctx context.Context, o listing.Order, count *listing.Count) (listing.Result, error)
	// Take brings the products into the catalogue, all of them or none: a cancelled one changes nothing.
	Take(ctx context.Context, o listing.Order, count *listing.Count) (listing.Result, error)
	// Refused writes the rows that have problems, with the reasons, as an Excel file and gives its path.
	Refused(ctx context.Context, o listing.Order) (path string, err error)
}

// History tells what was done in the company. nil: it keeps none.
type History interface {
	// History gives at most n of the newest entries (0 = all) after leaving out skip, and how many there are.
	History(ctx context.Context, n, skip int) (entries []history.Entry, total int, err error)
	// ExportHistory writes entries as an Excel file, in the words of lang, and gives its path.
	ExportHistory(ctx context.Context, lang string, entries []history.Entry) (path string, err error)
}
