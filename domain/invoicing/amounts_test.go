package invoicing

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// num reads a number; "" is none.
func num(s string) decimal.NullDecimal {
	if s == "" {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(dec(s))
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// line reads "3 x 59.90 @20"; without @ there is no VAT rate. Words behind it: shipping, wrap or fee, off=1.50
// (discount), each (it is of one unit), amount=179.70.
func line(s string) Line {
	f := strings.Fields(s)
	l := Line{Line: orders.Line{Name: "Ürün", Kind: orders.LineGoods, Quantity: dec(f[0]), Unit: dec(f[2])}}
	for _, w := range f[3:] {
		key, value, _ := strings.Cut(w, "=")
		switch {
		case key[0] == '@':
			l.VAT = num(key[1:])
		case key == "off":
			l.Discount = dec(value)
		case key == "each":
			l.PerUnit = true
		case key == "amount":
			l.Amount = num(value)
		default:
			l.Kind = orders.LineKind(w)
		}
	}
	return l
}

// lines reads several, with a semicolon between them.
func lines(s string) []Line {
	var all []Line
	for part := range strings.SplitSeq(s, ";") {
		if strings.TrimSpace(part) != "" {
			all = append(all, line(part))
		}
	}
	return all
}

func text(d decimal.NullDecimal) string {
	if !d.Valid {
		return "-"
	}
	return d.Decimal.String()
}

// told writes amounts: of each line net discount VAT and the price that is sent, then rate=gross=base+VAT,
// then total = base + VAT.
func told(a Amounts) string {
	var parts []string
	for _, l := range a.Lines {
		parts = append(parts, strings.Join([]string{l.Net.StringFixed(2), l.Discount.StringFixed(2), text(l.VAT), text(l.SendUnit)}, " "))
	}
	s := strings.Join(parts, "; ") + sumsTold(a.Sums)
	if a.Over {
		s += " | over"
	}
	return s
}

func sumsTold(s Sums) string {
	var b strings.Builder
	for _, r := range s.Rates {
		b.WriteString(" | " + r.Rate.String() + ": " + r.Gross.StringFixed(2) + " = " + r.Base.StringFixed(2) + " + " + r.VAT.StringFixed(2))
	}
	b.WriteString(" | " + s.Total.StringFixed(2) + " = " + s.Base.StringFixed(2) + " + " + s.VAT.StringFixed(2))
	return b.String()
}

// The table of orders-invoices.md §2, by its numbers, with what lies on, below and above each boundary.
func TestCompute_theTableOfTheRules(t *testing.T) {
	for _, tt := range []struct{ row, lines, discount, want string }{
		{"A1", "3 x 59.90 @20", "0", "179.70 0.00 29.95 59.9 | 20: 179.70 = 149.75 + 29.95 | 179.70 = 149.75 + 29.95"},
		{
			"A2", "1 x 349.00 @20; 1 x 200.00 @1", "0",
			"349.00 0.00 58.17 349; 200.00 0.00 1.98 200 | 1: 200.00 = 198.02 + 1.98 | 20: 349.00 = 290.83 + 58.17 | 549.00 = 488.85 + 60.15",
		},
		{"A4: half a kuruş goes up", "1 x 99.99 @20", "0", "99.99 0.00 16.67 99.99 | 20: 99.99 = 83.32 + 16.67 | 99.99 = 83.32 + 16.67"},
		{
			"A5: the last line of a rate makes its sum right", "1 x 33.33 @20; 1 x 33.33 @20; 1 x 33.33 @20", "0",
			"33.33 0.00 5.56 33.33; 33.33 0.00 5.56 33.33; 33.33 0.00 5.55 33.33 | 20: 99.99 = 83.32 + 16.67 | 99.99 = 83.32 + 16.67",
		},
		{
			"A6", "1 x 100 @20; 1 x 50 @10", "20",
			"86.67 13.33 14.45 86.67; 43.33 6.67 3.94 43.33 | 10: 43.33 = 39.39 + 3.94 | 20: 86.67 = 72.22 + 14.45 | 130.00 = 111.61 + 18.39",
		},
		{
			"A7: of equal remainders the earlier line bears the kuruş", "1 x 10 @20; 1 x 10 @20; 1 x 10 @20", "10",
			"6.66 3.34 1.11 6.66; 6.67 3.33 1.11 6.67; 6.67 3.33 1.11 6.67 | 20: 20.00 = 16.67 + 3.33 | 20.00 = 16.67 + 3.33",
		},
		{"A8", "3 x 59.90 @20", "0.01", "179.69 0.01 29.95 59.89666667 | 20: 179.69 = 149.74 + 29.95 | 179.69 = 149.74 + 29.95"},
		{"A8, of the line", "3 x 59.90 @20 off=0.01", "0", "179.69 0.01 29.95 59.89666667 | 20: 179.69 = 149.74 + 29.95 | 179.69 = 149.74 + 29.95"},
		{
			"A9: shipping bears no discount", "1 x 249.90 @10; 1 x 39.90 @20 shipping", "50",
			"199.90 50.00 18.17 199.9; 39.90 0.00 6.65 39.9 | 10: 199.90 = 181.73 + 18.17 | 20: 39.90 = 33.25 + 6.65 | 239.80 = 214.98 + 24.82",
		},
		{"A10: a campaign of each unit", "2 x 552 @20 off=38.64 each", "0", "1026.72 77.28 171.12 513.36 | 20: 1026.72 = 855.60 + 171.12 | 1026.72 = 855.60 + 171.12"},
		{"A11: all is given away", "1 x 100 @20", "100", "0.00 100.00 0 0 | 20: 0.00 = 0.00 + 0.00 | 0.00 = 0.00 + 0.00"},
		{"A11: and more", "1 x 100 @20", "100.01", "100.00 0.00 16.67 100 | 20: 100.00 = 83.33 + 16.67 | 100.00 = 83.33 + 16.67 | over"},
		{"A12: the file's own column", "1 x 4998.37 @20 amount=4998.37", "0", "4998.37 0.00 833.06 4998.37 | 20: 4998.37 = 4165.31 + 833.06 | 4998.37 = 4165.31 + 833.06"},

		{"the file's amount counts", "3 x 33.33 @20 amount=100", "0", "100.00 0.00 16.67 33.33333333 | 20: 100.00 = 83.33 + 16.67 | 100.00 = 83.33 + 16.67"},
		{"an amount is rounded half up", "1 x 0.005 @0", "0", "0.01 0.00 0 0.01 | 0: 0.01 = 0.01 + 0.00 | 0.01 = 0.01 + 0.00"},
		{"and below half down", "1 x 0.0049 @0", "0", "0.00 0.00 0 0 | 0: 0.00 = 0.00 + 0.00 | 0.00 = 0.00 + 0.00"},
		{"a discount is too", "1 x 1 @0 off=0.005", "0", "0.99 0.01 0 0.99 | 0: 0.99 = 0.99 + 0.00 | 0.99 = 0.99 + 0.00"},
		{"of each unit after it is multiplied", "3 x 1 @0 off=0.005 each", "0", "2.98 0.02 0 0.99333333 | 0: 2.98 = 2.98 + 0.00 | 2.98 = 2.98 + 0.00"},
		{"the order's before it is spread", "1 x 1 @0", "0.005", "0.99 0.01 0 0.99 | 0: 0.99 = 0.99 + 0.00 | 0.99 = 0.99 + 0.00"},
		{"a negative amount half away from zero", "1 x -0.125 @20", "0", "-0.13 0.00 -0.02 - | 20: -0.13 = -0.11 + -0.02 | -0.13 = -0.11 + -0.02"},
		{"its VAT too", "1 x -99.99 @20", "0", "-99.99 0.00 -16.67 - | 20: -99.99 = -83.32 + -16.67 | -99.99 = -83.32 + -16.67"},
		{
			"the largest remainder first, not the first line", "1 x 10 @0; 1 x 20 @0", "0.50",
			"9.83 0.17 0 9.83; 19.67 0.33 0 19.67 | 0: 29.50 = 29.50 + 0.00 | 29.50 = 29.50 + 0.00",
		},
		{
			"also when it is the last", "1 x 20 @0; 1 x 10 @0", "0.50",
			"19.67 0.33 0 19.67; 9.83 0.17 0 9.83 | 0: 29.50 = 29.50 + 0.00 | 29.50 = 29.50 + 0.00",
		},
		{
			"goods that cost nothing, or less, bear nothing", "1 x 5 @0 off=5; 1 x 10 @0; 1 x 1 @0 off=2; 1 x 10 @0 wrap; 1 x 10 @0 fee", "10",
			"0.00 5.00 0 0; 0.00 10.00 0 0; -1.00 2.00 0 -; 10.00 0.00 0 10; 10.00 0.00 0 10 | 0: 19.00 = 19.00 + 0.00 | 19.00 = 19.00 + 0.00",
		},
		{"services alone bear none", "1 x 10 @0 shipping", "0.01", "10.00 0.00 0 10 | 0: 10.00 = 10.00 + 0.00 | 10.00 = 10.00 + 0.00 | over"},
		{"a discount below nothing is no surcharge", "1 x 10 @0", "-1", "10.00 0.00 0 10 | 0: 10.00 = 10.00 + 0.00 | 10.00 = 10.00 + 0.00 | over"},
		{"no kuruş is none", "1 x 10 @0", "-0.004", "10.00 0.00 0 10 | 0: 10.00 = 10.00 + 0.00 | 10.00 = 10.00 + 0.00"},
		{
			"a line without a rate is in none", "1 x 10 ; 1 x 12 @20", "0",
			"10.00 0.00 - 10; 12.00 0.00 2 12 | 20: 12.00 = 10.00 + 2.00 | 22.00 = 10.00 + 2.00",
		},
		{
			"rates by number, rising, the difference in the last of each", "1 x 33.33 @20.0; 1 x 1 @1; 1 x 33.33 @20; 1 x 33.33 @20.00; 1 x 1 @10", "0",
			"33.33 0.00 5.56 33.33; 1.00 0.00 0.01 1; 33.33 0.00 5.56 33.33; 33.33 0.00 5.55 33.33; 1.00 0.00 0.09 1" +
				" | 1: 1.00 = 0.99 + 0.01 | 10: 1.00 = 0.91 + 0.09 | 20: 99.99 = 83.32 + 16.67 | 101.99 = 85.22 + 16.77",
		},
		{"no rate at which division fails", "1 x 1 @-100", "0", "1.00 0.00 0 1 | -100: 1.00 = 1.00 + 0.00 | 1.00 = 1.00 + 0.00"},
		{"or that turns the sign", "1 x 1 @-120", "0", "1.00 0.00 0 1 | -120: 1.00 = 1.00 + 0.00 | 1.00 = 1.00 + 0.00"},
		{"what is above is arithmetic", "1 x 1 @-50", "0", "1.00 0.00 -1 1 | -50: 1.00 = 2.00 + -1.00 | 1.00 = 2.00 + -1.00"},
		{"no price of one for no quantity", "0 x 5 @0 amount=5", "0", "5.00 0.00 0 - | 0: 5.00 = 5.00 + 0.00 | 5.00 = 5.00 + 0.00"},
		{"or for one below", "-1 x 5 @0 amount=5", "0", "5.00 0.00 0 - | 0: 5.00 = 5.00 + 0.00 | 5.00 = 5.00 + 0.00"},
		{"eight decimals, half up", "128 x 1 @0 amount=0.01", "0", "0.01 0.00 0 0.00007813 | 0: 0.01 = 0.01 + 0.00 | 0.01 = 0.01 + 0.00"},
		{"nothing", "", "0", " | 0.00 = 0.00 + 0.00"},
	} {
		t.Run(tt.row, func(t *testing.T) {
			if got := told(Compute(lines(tt.lines), dec(tt.discount))); got != tt.want {
				t.Errorf("%s, discount %s\n got %s\nwant %s", tt.lines, tt.discount, got, tt.want)
			}
		})
	}
}

// rules.md §6: prices of two decimals without VAT would lose a kuruş.
func TestCompute_sendsPricesThatIncludeVAT(t *testing.T) {
	a := Compute(lines("3 x 59.90 @20"), decimal.Zero)
	if got := a.Lines[0].SendUnit.Decimal.Mul(dec("3")); !got.Equal(dec("179.70")) {
		t.Errorf("3 × %s is %s", a.Lines[0].SendUnit.Decimal, got)
	}
}
