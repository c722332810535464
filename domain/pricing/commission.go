package pricing

import (
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Commission asks what a product has to cost so that Net remains when a marketplace has taken Percent of
// the price.
type Commission struct {
	Net     decimal.Decimal // at most two decimals
	Percent decimal.Decimal // of the price; at most four decimals
}

// Validate refuses what cannot be meant; the error's Field is net or commission, its Detail
// not-above-zero, decimals, negative or commission (100 percent and more leave nothing).
func (c Commission) Validate() error {
	switch {
	case !c.Net.IsPositive():
		return domain.Invalid("net", "not-above-zero")
	case finer(c.Net, moneyDecimals):
		return domain.Invalid("net", "decimals")
	case c.Percent.IsNegative():
		return domain.Invalid("commission", "negative")
	case finer(c.Percent, percentDecimals):
		return domain.Invalid("commission", "decimals")
	case c.Percent.GreaterThanOrEqual(hundred):
		return domain.Invalid("commission", "commission")
	}
	return nil
}

// Price is net / (1 − percent), up to the next kuruş: half up, as prices are rounded elsewhere, would
// leave less than was asked for.
func (c Commission) Price() decimal.Decimal {
	return ceilingQuotient(c.Net.Mul(hundred), hundred.Sub(c.Percent), moneyDecimals)
}

// Taken is the marketplace's share of a price, to kuruş, half up.
func (c Commission) Taken(price decimal.Decimal) decimal.Decimal {
	return roundHalfUp(percent(price, c.Percent))
}

// Increase is the percent that a rule has to add to a base price for the base price to remain:
// percent / (1 − percent), up to the next ten-thousandth, which is as fine as a rule can be. What remains may be
// a kuruş less: the rule's price is rounded half up.
func (c Commission) Increase() decimal.Decimal {
	return ceilingQuotient(c.Percent.Mul(hundred), hundred.Sub(c.Percent), percentDecimals)
}

// ceilingQuotient divides numbers that are not negative and rounds up, exactly: no digit of the quotient
// is dropped before it is known whether something remains.
func ceilingQuotient(a, b decimal.Decimal, decimals int32) decimal.Decimal {
	q, rest := a.QuoRem(b, decimals)
	if rest.IsPositive() {
		q = q.Add(decimal.New(1, -decimals))
	}
	return q
}
