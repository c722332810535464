package pricing

import "github.com/shopspring/decimal"

// Prices and rules have few digits: what fits into a machine word is worked out there, exactly and in a fraction of the time, and
// anything longer in decimals.

// wordDigits are the digits that an int64 holds, whichever they are.
const wordDigits = 18

// powers are those of ten that an int64 holds.
var powers = func() (all [wordDigits + 1]int64) {
	all[0] = 1
	for i := range wordDigits {
		all[i+1] = 10 * all[i]
	}
	return all
}()

// percent is exact: it moves the point instead of dividing.
func percent(p, of decimal.Decimal) decimal.Decimal {
	if p.NumDigits()+of.NumDigits() > wordDigits {
		return p.Mul(of).Shift(-2)
	}
	return decimal.New(p.CoefficientInt64()*of.CoefficientInt64(), p.Exponent()+of.Exponent()-2)
}

// plus is a + b.
func plus(a, b decimal.Decimal) decimal.Decimal {
	if a.Exponent() < b.Exponent() {
		a, b = b, a
	}
	n, ok := shifted(a, int(a.Exponent())-int(b.Exponent()))
	if !ok || b.NumDigits() >= wordDigits {
		return a.Add(b)
	}
	return decimal.New(n+b.CoefficientInt64(), b.Exponent())
}

// shifted gives the coefficient of d times so many powers of ten, where the sum of two like it fits into a word.
func shifted(d decimal.Decimal, by int) (int64, bool) {
	if d.NumDigits()+by >= wordDigits {
		return 0, false
	}
	return d.CoefficientInt64() * powers[by], true
}

// roundHalfUp rounds to kuruş; a half goes up, also below zero, where decimal.Round would take it down.
func roundHalfUp(p decimal.Decimal) decimal.Decimal {
	finer := -moneyDecimals - int(p.Exponent())
	if finer <= 0 || finer >= wordDigits || p.NumDigits() >= wordDigits {
		half := decimal.New(5, -moneyDecimals-1)
		return p.Add(half).RoundFloor(moneyDecimals)
	}
	n := p.CoefficientInt64() + powers[finer]/2
	whole := n / powers[finer]
	if n < whole*powers[finer] {
		whole--
	}
	return decimal.New(whole, -moneyDecimals)
}
