package pricing

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
)

// Whatever the digits, the arithmetic is that of decimals, to the last place.
func TestArithmetic_isThatOfDecimals(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(14, 7))
	some := func() decimal.Decimal {
		d := decimal.New(r.Int64N(19)-9, 0)
		for range r.IntN(24) {
			d = d.Mul(decimal.New(10, 0)).Add(decimal.New(r.Int64N(10), 0))
		}
		if r.IntN(8) == 0 {
			d = decimal.New([]int64{5, 50, 500, 999_999_999_999_999_999, 1_000_000_000_000_000_000, 1<<63 - 1, -1 << 63}[r.IntN(7)], 0)
		}
		d = d.Shift(int32(r.IntN(26) - 20))
		if r.IntN(2) == 0 {
			d = d.Neg()
		}
		return d
	}
	for range 200_000 {
		a, b := some(), some()
		for what, is := range map[string]struct{ got, want decimal.Decimal }{
			"percent": {percent(a, b), a.Mul(b).Shift(-2)},
			"plus":    {plus(a, b), a.Add(b)},
			"rounded": {roundHalfUp(a), a.Add(decimal.New(5, -3)).RoundFloor(2)},
		} {
			if !is.got.Equal(is.want) || is.got.Exponent() != is.want.Exponent() {
				t.Fatalf("%s of %v and %v: %v, want %v", what, a, b, is.got, is.want)
			}
		}
	}
}
