package domain

import (
	"testing"

	"github.com/shopspring/decimal"
)

func TestJumps_isMoreThanItsShareOfWhatThePriceWas(t *testing.T) {
	for _, c := range []struct {
		from, to, percent string
		want              bool
	}{
		{"100", "150", "50", false},
		{"100", "150.01", "50", true},
		{"100", "50", "50", false},
		{"100", "49.99", "50", true},
		{"0.02", "0.03", "50", false},
		{"0.02", "0.04", "50", true},
		{"221.29", "22.13", "50", true},
		{"45", "450", "50", true},
		{"100", "111", "10.5", true},
		{"100", "110.5", "10.5", false},
		{"100", "100", "0", false},
		{"100", "100.01", "0", true},
		{"0", "5", "50", false},
		{"-1", "5", "50", false},
		{"5", "0", "99", true},
		{"5", "0", "100", false},
	} {
		d := decimal.RequireFromString
		if got := Jumps(d(c.from), d(c.to), d(c.percent)); got != c.want {
			t.Errorf("%s to %s by %s %%: %v", c.from, c.to, c.percent, got)
		}
	}
}
