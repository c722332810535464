package prices

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	Rules
	Laboratory
	Approvals
	ChangeLimit
	Rates
	Markets
}

// Rules keeps the price rules: one for every marketplace, or one each.
type Rules interface {
	PriceRules(ctx context.Context) (pricing.Rules, error)
	SavePriceRules(ctx context.Context, r pricing.Rules) error
	// EarlierRules gives the newest rules that were saved before version; none with version 0 when nothing was.
	EarlierRules(ctx context.Context, version int64) (pricing.SavedRules, error)
	// SamplePrices gives up to n catalogue products that have a price, for the live example.
	SamplePrices(ctx context.Context, n int) ([]domain.Product, error)
}

// Laboratory tries price rules out before they are saved.
type Laboratory interface {
	// TryRules computes rules over every product on sale and writes nothing; w is told how far it is.
	TryRules(ctx context.Context, r pricing.Rules, w *pricing.Watch) (*pricing.Laboratory, error)
	// Trials gives one page of what q finds in a laboratory, with every step, and how many that are.
	Trials(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) ([]pricing.Tried, int, error)
	// Explain gives tried prices with every step.
	Explain(ctx context.Context, lab *pricing.Laboratory, trials ...pricing.Trial) ([]pricing.Tried, error)
	// ExportTrials writes what q finds as an Excel file into the user's folder and gives its path.
	ExportTrials(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) (path string, err error)
}

// Approvals lets prices go that wait for a person.
type Approvals interface {
	// ApproveTrials lets tried prices of the saved rules go, and gives how many at how many marketplaces:
	// one that would be another by now is left waiting.
	ApproveTrials(ctx context.Context, lab *pricing.Laboratory, trials []pricing.Trial) (int, error)
	// ApproveFound is ApproveTrials for all that q finds.
	ApproveFound(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) (int, error)
	// UndoApproval brings back what the last approval replaced; 0: there is nothing to take back.
	UndoApproval(ctx context.Context) (int, error)
}

// ChangeLimit is the percent above which a change of price waits; not valid: none does.
type ChangeLimit interface {
	MaxPriceChange(ctx context.Context) (decimal.NullDecimal, error)
	SaveMaxPriceChange(ctx context.Context, percent decimal.NullDecimal) error
}

// Rates keeps the exchange rates that a person types in.
type Rates interface {
	Rates(ctx context.Context) (pricing.Rates, error)
	SaveRates(ctx context.Context, rates ...pricing.Rate) error
	RemoveRate(ctx context.Context, currency domain.Currency, day pricing.Day) error
	// MissingRates gives the currencies that products are priced in and that have no rate today.
	MissingRates(ctx context.Context) ([]pricing.Missing, error)
}

// Markets are where the company sells: those of the program, then those that a person adds.
type Markets interface {
	Marketplaces(ctx context.Context) (pricing.Marketplaces, error)
	AddMarketplace(ctx context.Context, name string) (pricing.Marketplace, error)
	RenameMarketplace(ctx context.Context, id pricing.MarketplaceID, name string) error
	RemoveMarketplace(ctx context.Context, id pricing.MarketplaceID) error
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co Company
}
