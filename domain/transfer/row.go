package transfer

import (
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

// Row is one İşbaşı product of a run: as it was read, what the plan says, what happened.
type Row struct {
	RunID  int64
	Remote domain.RemoteProduct

	Tier       matching.Tier
	Reason     matching.Reason
	Candidates int
	Flag       matching.Flag
	Skipped    bool
	ProductID  domain.ProductID // planned partner; after applying, also the created product
	Revision   int64            // of that product when the plan was made

	Planned Planned // what the plan foresaw; it stays as it was when the row is matched anew

	Outcome Outcome
	Notes   []Note
	// Decided is what a person has made of the row since; "" = nothing, or it was taken back. DecideIgnore may be a
	// decision of an earlier transfer, and stands on a row before it is applied too.
	Decided DecisionKind
	Applied Values // of the row's product, when it had been applied
}

// Deviation says how what became of a row differs from what was planned, as the last part of the
// translation key "deviation.…"; "" = it does not.
type Deviation string

// The deviations.
const (
	DeviationNone    Deviation = ""
	DeviationFailed  Deviation = "failed"  // its product or binding had changed since the plan
	DeviationOutcome Deviation = "outcome" // it became something else: paired after a second try, or by hand
	DeviationValues  Deviation = "values"  // its product got another price or stock than planned
)

// Deviation compares the outcome of a row with its plan. A row without a plan, or that waits to be
// applied, does not deviate.
func (r Row) Deviation() Deviation {
	switch {
	case r.Planned.Outcome == "", r.Outcome == OutcomePending, r.Outcome == "":
		return DeviationNone
	case r.Outcome != r.Planned.Outcome && r.Outcome == OutcomeFailed:
		return DeviationFailed
	case r.Outcome != r.Planned.Outcome:
		return DeviationOutcome
	case !r.Applied.Same(r.Planned.After):
		return DeviationValues
	default:
		return DeviationNone
	}
}

// Creatable tells whether an unmatched product is surely a new one. What was unmatched because too
// much fits, or fits by a code or an in-store number that a person has to judge, is never created: it
// would double a product the catalogue has. Nor is what İşbaşı itself has twice.
func (r Row) Creatable() bool {
	switch r.Flag {
	case matching.FlagVetoed, matching.FlagRestricted, matching.FlagSeparated, matching.FlagRepeated:
		return false
	default:
	}
	switch r.Reason {
	case matching.ReasonNoCandidate, matching.ReasonInvalidBarcode, matching.ReasonNothingToGoBy:
		return true
	default:
		return false
	}
}

// InStore tells whether an unmatched product waits only because its barcode is an in-store number, which every shop uses for
// something else. A person may create it together with others, the wizard does not (rules.md §2).
func (r Row) InStore() bool {
	plain := r
	plain.Flag = matching.FlagNone
	return r.Flag == matching.FlagRestricted && plain.Creatable()
}

// Planned is what the plan says of one row. It is made by what applies the row later, from what stood in
// the catalogue when it was matched; no plan, no Outcome.
type Planned struct {
	Outcome Outcome
	Becomes Unmatched // of an unmatched row: listed, draft or created
	Notes   []Note
	// Before are the values of the partner, After what it, or the created product, will have. Rows that
	// touch no product have neither.
	Before, After Values
}

// Priced tells whether the row changes a price.
func (p Planned) Priced() bool {
	return !equal(p.Before.Price, p.After.Price) || p.After.Price.Valid && p.Before.Currency != p.After.Currency
}

// Stocked tells whether the row changes a stock.
func (p Planned) Stocked() bool { return !equal(p.Before.Stock, p.After.Stock) }

// Values are what a transfer always takes of a product.
type Values struct {
	Price    decimal.NullDecimal
	Currency domain.Currency // of Price
	Stock    decimal.NullDecimal
}

// ValuesOf gives those of p, which may be nil.
func ValuesOf(p *domain.Product) Values {
	if p == nil {
		return Values{}
	}
	return Values{Price: p.Price, Currency: p.Currency, Stock: p.Stock}
}

// Same compares values; 35 and 35.00 are the same.
func (v Values) Same(w Values) bool {
	return equal(v.Price, w.Price) && equal(v.Stock, w.Stock) && v.Currency == w.Currency
}

// Agreed gives those of the applied values that İşbaşı has as well, whether they had to be written or not: on
// them both sides agree (orders-invoices.md §8). A row without a currency counts as TL.
func (r Row) Agreed() Values {
	var v Values
	currency := r.Remote.Currency
	if currency == "" {
		currency = domain.TRY
	}
	if r.Applied.Price.Valid && equal(r.Applied.Price, r.Remote.Price) && r.Applied.Currency == currency {
		v.Price, v.Currency = r.Applied.Price, currency
	}
	if equal(r.Applied.Stock, r.Remote.Stock) {
		v.Stock = r.Applied.Stock
	}
	return v
}

func equal(a, b decimal.NullDecimal) bool {
	return a.Valid == b.Valid && (!a.Valid || a.Decimal.Equal(b.Decimal))
}
