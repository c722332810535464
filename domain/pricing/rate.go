package pricing

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Target is the currency marketplaces sell in.
const Target = domain.TRY

// rateDecimals is what central banks publish, and some.
const rateDecimals = 8

// Day is a day in Istanbul, as 2006-01-02.
type Day string

// DayOf gives the day that a moment falls on in Istanbul.
func DayOf(t time.Time) Day { return Day(t.In(domain.Istanbul).Format(time.DateOnly)) }

// Valid tells whether the day is in the calendar.
func (d Day) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

// Rate is what one unit of a currency costs in the target currency, from a day on.
type Rate struct {
	Currency domain.Currency
	Day      Day
	Value    decimal.Decimal // above zero
}

// Validate refuses a rate that cannot be meant; the error's Field is currency, rate or date.
func (r Rate) Validate() error {
	switch {
	case r.Currency == Target || !slices.Contains(domain.Currencies(), r.Currency):
		return domain.Invalid("currency", "choose")
	case !r.Value.IsPositive():
		return domain.Invalid("rate", "not-above-zero")
	case finer(r.Value, rateDecimals):
		return domain.Invalid("rate", "decimals")
	case !r.Day.Valid():
		return domain.Invalid("date", "date")
	}
	return nil
}

// Rates are typed in by a person, each with its day.
type Rates []Rate

// On gives the rate of currency c that holds on a day: the newest that is not of a later one.
func (rs Rates) On(c domain.Currency, day Day) (Rate, bool) {
	var best Rate
	for _, r := range rs {
		if r.Currency == c && r.Day <= day && r.Day >= best.Day {
			best = r
		}
	}
	return best, best.Day != ""
}

// Sorted gives them by currency, the newest first.
func (rs Rates) Sorted() Rates {
	return slices.SortedFunc(slices.Values(rs), func(a, b Rate) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(b.Day, a.Day))
	})
}

// Missing is a currency that products are priced in and that has no rate.
type Missing struct {
	Currency domain.Currency
	Products int // that cannot be priced for it
}

// Missing gives the currencies without a rate on a day, of those that so many products are priced in.
func (rs Rates) Missing(products map[domain.Currency]int, day Day) []Missing {
	var all []Missing
	for c, n := range products {
		if _, ok := rs.On(c, day); !ok && c != Target && n > 0 {
			all = append(all, Missing{c, n})
		}
	}
	slices.SortFunc(all, func(a, b Missing) int { return cmp.Compare(a.Currency, b.Currency) })
	return all
}
