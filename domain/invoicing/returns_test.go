package invoicing

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// returnLine reads "3 179.70 @20: 0 1": quantity and net of a line, and how much comes back, before and now.
func returnLine(s string) ReturnLine {
	f := strings.Fields(s)
	t := ReturnLine{Sold: dec(f[0]), Net: dec(f[1]), Before: dec(f[3]), Now: dec(f[4])}
	t.VAT = num(strings.Trim(f[2], "@:"))
	return t
}

func TestReturn(t *testing.T) {
	for _, tt := range []struct{ name, lines, want string }{
		{"one of three (orders-invoices.md §6)", "3 179.70 @20: 0 1", "59.90 | 20: 59.90 = 49.92 + 9.98 | 59.90 = 49.92 + 9.98"},
		{"the second one makes the sum right", "3 179.70 @20: 1 1", "59.90 | 20: 59.90 = 49.91 + 9.99 | 59.90 = 49.91 + 9.99"},
		{"and the third", "3 179.70 @20: 2 1", "59.90 | 20: 59.90 = 49.92 + 9.98 | 59.90 = 49.92 + 9.98"},
		{"all at once", "3 179.70 @20: 0 3", "179.70 | 20: 179.70 = 149.75 + 29.95 | 179.70 = 149.75 + 29.95"},
		{"a net that does not divide", "3 100 @0: 0 1", "33.33 | 0: 33.33 = 33.33 + 0.00 | 33.33 = 33.33 + 0.00"},
		{"nor in its middle", "3 100 @0: 1 1", "33.34 | 0: 33.34 = 33.34 + 0.00 | 33.34 = 33.34 + 0.00"},
		{"half a kuruş goes up", "2 0.01 @0: 0 1", "0.01 | 0: 0.01 = 0.01 + 0.00 | 0.01 = 0.01 + 0.00"},
		{
			"of several rates, some lines stay", "1 349.00 @20: 0 1; 2 200.00 @1: 0 0; 1 50.00 @10: 0 1",
			"349.00 0.00 50.00 | 1: 0.00 = 0.00 + 0.00 | 10: 50.00 = 45.45 + 4.55 | 20: 349.00 = 290.83 + 58.17 | 399.00 = 336.28 + 62.72",
		},
		{"a part of one", "1.25 4580.94 @1: 0.25 0.5", "1832.37 | 1: 1832.37 = 1814.23 + 18.14 | 1832.37 = 1814.23 + 18.14"},
		{"nothing of nothing", "0 0 @20: 0 0", "0.00 | 20: 0.00 = 0.00 + 0.00 | 0.00 = 0.00 + 0.00"},
		{"without a rate", "2 10 -: 0 1", "5.00 | 5.00 = 0.00 + 0.00"},
		{"no line", "", " | 0.00 = 0.00 + 0.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var in []ReturnLine
			for part := range strings.SplitSeq(tt.lines, ";") {
				if part == "" {
					continue
				}
				l := returnLine(strings.Replace(part, "-:", "@:", 1))
				in = append(in, l)
			}
			r, err := Return(in)
			if err != nil {
				t.Fatal(err)
			}
			nets := make([]string, len(r.Nets))
			for i, n := range r.Nets {
				nets[i] = n.StringFixed(2)
			}
			if got := strings.Join(nets, " ") + sumsTold(r.Sums); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestReturn_refuses(t *testing.T) {
	for lines, detail := range map[string]string{
		"3 10 @20: 0 3":      "",
		"3 10 @20: 2 1":      "",
		"3 10 @20: 0 3.001":  "more-than-sold",
		"3 10 @20: 2 1.5":    "more-than-sold",
		"3 10 @20: 4 0":      "more-than-sold",
		"0 0 @20: 0 1":       "more-than-sold",
		"3 10 @20: 0 -1":     "negative",
		"3 10 @20: 3 -0.001": "negative",
		"0 10 @20: -1 0.5":   "negative",
	} {
		_, err := Return([]ReturnLine{returnLine("1 1 @20: 0 1"), returnLine(lines)})
		var bad *domain.Error
		switch {
		case detail == "":
			if err != nil {
				t.Errorf("%s: %v", lines, err)
			}
		case !errors.As(err, &bad) || bad.Kind != domain.KindInvalid || bad.Field != "quantity" || bad.Detail != detail:
			t.Errorf("%s: %v, want %s", lines, err, detail)
		}
	}
}

// Whatever comes back in whatever order, when all has come back the returns are the invoice.
func TestReturn_addsUpToTheInvoice(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	for range 1_000 {
		c := randomOrder(r)
		invoice := Compute(c.Lines, c.Discount)
		lines := make([]ReturnLine, len(c.Lines))
		for i, l := range c.Lines {
			lines[i] = ReturnLine{Sold: l.Quantity, Net: invoice.Lines[i].Net, VAT: l.VAT}
		}
		nets := make([]decimal.Decimal, len(lines))
		rates := map[string]RateAmounts{}
		var total, base, vat decimal.Decimal
		for last := 1 + r.IntN(4); last >= 0; last-- {
			for i := range lines {
				left := lines[i].Sold.Sub(lines[i].Before)
				if lines[i].Now = left; last > 0 {
					lines[i].Now = left.Mul(decimal.New(int64(r.IntN(4)), 0)).DivRound(dec("3"), 3)
				}
			}
			back, err := Return(lines)
			if err != nil {
				t.Fatal(err)
			}
			for i := range lines {
				lines[i].Before = lines[i].Before.Add(lines[i].Now)
				nets[i] = nets[i].Add(back.Nets[i])
			}
			for _, s := range back.Rates {
				sum := rates[s.Rate.String()]
				rates[s.Rate.String()] = RateAmounts{Gross: sum.Gross.Add(s.Gross), Base: sum.Base.Add(s.Base), VAT: sum.VAT.Add(s.VAT)}
				if !s.Gross.Equal(s.Base.Add(s.VAT)) {
					t.Fatalf("%s is not %s and %s", s.Gross, s.Base, s.VAT)
				}
			}
			total, base, vat = total.Add(back.Total), base.Add(back.Base), vat.Add(back.VAT)
		}
		for i := range nets {
			if !nets[i].Equal(invoice.Lines[i].Net) {
				t.Fatalf("line %d: %s came back of %s", i, nets[i], invoice.Lines[i].Net)
			}
		}
		for _, s := range invoice.Rates {
			if got := rates[s.Rate.String()]; !got.Gross.Equal(s.Gross) || !got.Base.Equal(s.Base) || !got.VAT.Equal(s.VAT) {
				t.Fatalf("%s %%: %v came back of %v", s.Rate, got, s)
			}
		}
		if got, want := fmt.Sprint(total, base, vat), fmt.Sprint(invoice.Total, invoice.Base, invoice.VAT); got != want {
			t.Fatalf("%s came back of %s", got, want)
		}
	}
}
