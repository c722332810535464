package invoicing

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func oneOf[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

// randomLine makes a line that may be issued: its own discount is at most what it costs.
func randomLine(r *rand.Rand) Line {
	l := Line{Line: orders.Line{
		ID: fmt.Sprint("L", r.IntN(9)), Name: "Ürün", Kind: oneOf(r, orders.LineGoods, orders.LineGoods, orders.LineGoods, orders.LineShipping, orders.LineWrap, orders.LineFee),
		Quantity: oneOf(r, decimal.NewFromInt(1), decimal.NewFromInt(1+r.Int64N(9)), decimal.NewFromInt(1+r.Int64N(1_000)), decimal.New(1+r.Int64N(5_000), -3)),
		Unit:     oneOf(r, decimal.New(r.Int64N(500_000), -2), decimal.New(r.Int64N(5_000), -2), decimal.New(r.Int64N(1_000_000), -4)),
		VAT:      oneOf(r, num("20"), num("20"), num("10"), oneOf(r, num("1"), num("1"), num("0"), num("18"), num(""))),
	}}
	if cost := l.Gross(); r.IntN(3) == 0 && cost.IsPositive() {
		l.Discount = decimal.New(r.Int64N(cost.Shift(2).IntPart()+1), -2)
	}
	return l
}

// randomOrder makes one whose amounts may be issued; its buyer, its days and its past are anything.
func randomOrder(r *rand.Rand) Case {
	c := order()
	c.Lines = nil
	goods := decimal.Zero
	for range 1 + r.IntN(8) {
		l := randomLine(r)
		c.Lines = append(c.Lines, l)
		if l.Kind == orders.LineGoods {
			goods = goods.Add(l.Gross().Sub(l.OwnDiscount()))
		}
	}
	if r.IntN(2) == 0 {
		c.Discount = oneOf(r, goods, decimal.Zero, decimal.New(r.Int64N(goods.Shift(2).IntPart()+1), -2))
	}
	for _, trouble := range []func(){
		func() { c.Status = oneOf(r, orders.StatusOpen, orders.StatusUnpaid) },
		func() { c.InvoiceDate = oneOf(r, day("2026-05-03"), day("2026-05-05")) },
		func() { c.ShippedOn = oneOf(r, day("2026-05-01"), day("2026-04-01"), day("2023-01-01")) },
		func() { c.Currency = "USD" },
		func() { c.StatedTotal = num("100") },
		func() { c.Refunded = dec("1") },
		func() { c.Buyer.Type = orders.BuyerCompany },
		func() { c.Buyer.TaxNumber = oneOf(r, "4540536920", "10000000146", "1234567890", "45***", "x") },
		func() { c.Buyer.Name = "Örnek Ltd" },
		func() { c.Buyer.PostalCode = "" },
		func() { c.Buyer.District = "" },
		func() { c.Buyer.Country = "DE" },
		func() { c.Buyer.Registration = oneOf(r, RegistrationYes, RegistrationUnknown) },
		func() { c.Buyer.PublicBody = true },
		func() { c.Micro = true },
		func() { c.ToPlatform = true },
		func() { c.Lines[0].Name = " " },
		func() { c.Lines[0].Special = true },
	} {
		if r.IntN(9) == 0 {
			trouble()
		}
	}
	if r.IntN(9) == 0 {
		key := c.Key
		key.Package = oneOf(r, key.Package, "7000")
		c.Journal = []Attempt{{Key: key, State: oneOf(r, AttemptStates()...), Fingerprint: oneOf(r, "f1", "f2"), Lines: []string{"L3"}}}
	}
	if r.IntN(9) == 0 {
		c.Latest = map[domain.InvoiceKind]time.Time{domain.InvoiceEArchive: day("2026-05-04")}
	}
	return c
}

const randomOrders = 20_000

type judgedOrder struct {
	Case
	Answer
}

// judgedOrders are the same for every test.
var judgedOrders = sync.OnceValue(func() []judgedOrder {
	r := rand.New(rand.NewPCG(20, 26))
	all := make([]judgedOrder, randomOrders)
	for i := range all {
		c := randomOrder(r)
		all[i] = judgedOrder{c, Judge(c)}
	}
	return all
})

func eachRandomOrder(t *testing.T, check func(t *testing.T, c Case, a Answer)) {
	t.Helper()
	for _, o := range judgedOrders() {
		if check(t, o.Case, o.Answer); t.Failed() {
			t.Fatalf("%+v\n%s\n%s", o.Case, told(o.Answer.Amounts), verdict(o.Answer))
		}
	}
}

// Nothing is lost between the lines and the sums, to the kuruş.
func TestCompute_addsUp(t *testing.T) {
	spread := 0
	eachRandomOrder(t, func(t *testing.T, c Case, a Answer) {
		t.Helper()
		var net, unrated, own, discounts, base, vat decimal.Decimal
		vats := map[string]decimal.Decimal{}
		for i, l := range a.Lines {
			net, discounts, own = net.Add(l.Net), discounts.Add(l.Discount), own.Add(c.Lines[i].OwnDiscount())
			if l.VAT.Valid != c.Lines[i].VAT.Valid {
				t.Errorf("line %d has VAT %v", i, l.VAT)
			}
			if !l.VAT.Valid {
				unrated = unrated.Add(l.Net)
			}
			rate := text(c.Lines[i].VAT)
			vats[rate] = vats[rate].Add(l.VAT.Decimal)
			if !c.Lines[i].Gross().Sub(l.Discount).Equal(l.Net) || l.Net.IsNegative() || !l.Net.Equal(l.Net.Round(2)) {
				t.Errorf("line %d: %s less %s is %s", i, c.Lines[i].Gross(), l.Discount, l.Net)
			}
			if c.Lines[i].Kind != orders.LineGoods && !l.Discount.Equal(c.Lines[i].OwnDiscount()) {
				t.Errorf("line %d is no goods and bears the order's discount", i)
			}
		}
		for _, r := range a.Rates {
			base, vat = base.Add(r.Base), vat.Add(r.VAT)
			if !r.Base.Add(r.VAT).Equal(r.Gross) || !vats[r.Rate.String()].Equal(r.VAT) {
				t.Errorf("%s %%: %s and %s are not %s, or not the lines' %s", r.Rate, r.Base, r.VAT, r.Gross, vats[r.Rate.String()])
			}
		}
		if !slices.IsSortedFunc(a.Rates, func(x, y RateAmounts) int { return x.Rate.Cmp(y.Rate) }) {
			t.Error("the rates do not rise")
		}
		if !net.Equal(a.Total) || !base.Equal(a.Base) || !vat.Equal(a.VAT) || !base.Add(vat).Add(unrated).Equal(a.Total) {
			t.Errorf("lines %s, total %s, base %s, VAT %s, without a rate %s", net, a.Total, base, vat, unrated)
		}
		if want := own.Add(c.Discount); a.Over || !discounts.Equal(want) {
			t.Errorf("discounts of %s became %s", want, discounts)
		}
		if c.Discount.IsPositive() {
			spread++
		}
	})
	if spread < randomOrders/5 {
		t.Errorf("only %d orders have a discount, the test tells little", spread)
	}
}

// No line bears a kuruş more or less than its part of the order's discount asks for.
func TestCompute_spreadsInProportion(t *testing.T) {
	eachRandomOrder(t, func(t *testing.T, c Case, a Answer) {
		t.Helper()
		goods := decimal.Zero
		for _, l := range c.Lines {
			if l.Kind == orders.LineGoods {
				goods = goods.Add(l.Gross().Sub(l.OwnDiscount()))
			}
		}
		for i, l := range c.Lines {
			share := a.Lines[i].Discount.Sub(l.OwnDiscount())
			// share × goods against discount × net, so that nothing is divided
			off := share.Mul(goods).Sub(c.Discount.Mul(l.Gross().Sub(l.OwnDiscount()))).Abs()
			if l.Kind == orders.LineGoods && !off.IsZero() && !off.LessThan(oneKurus.Mul(goods)) {
				t.Errorf("line %d bears %s", i, share)
			}
		}
	})
}

// What is sent comes out at İşbaşı as what was meant.
func TestCompute_sendsWhatRoundsToTheNet(t *testing.T) {
	eachRandomOrder(t, func(t *testing.T, c Case, a Answer) {
		t.Helper()
		for i, l := range a.Lines {
			sent := l.SendUnit.Decimal
			if !l.SendUnit.Valid || !sent.Equal(sent.Round(8)) || !kurus(sent.Mul(c.Lines[i].Quantity)).Equal(l.Net) {
				t.Errorf("line %d: %s × %s is not %s", i, sent, c.Lines[i].Quantity, l.Net)
			}
		}
	})
}

// Hits and warnings come once each and in the order of the contract, whatever the order.
func TestJudge_keepsTheOrderOfTheContract(t *testing.T) {
	hits := []Hit{
		"status", "unpaid", "already", "unknown_attempt", "changed_since", "line", "discount_over", "total_zero", "total_mismatch", "vat_missing",
		"vat_not_in_force", "vat_zero_code", "currency", "masked", "company_no_number", "number_bad", "number_placeholder", "name", "address",
		"foreign", "public_body", "special", "platform_buyer", "registry_unknown", "date_order", "future",
	}
	warnings := []Warning{"late_7", "postal_derived", "refunded_part", "name_cut"}
	var listed []Hit
	for _, g := range gate() {
		listed = append(listed, g.hit)
	}
	if !slices.Equal(listed, hits) {
		t.Errorf("the gate is %v", listed)
	}
	free := 0
	eachRandomOrder(t, func(t *testing.T, _ Case, a Answer) {
		t.Helper()
		if rest := without(hits, a.Gate); len(rest) != len(hits)-len(a.Gate) {
			t.Errorf("%v", a.Gate)
		}
		if rest := without(warnings, a.Warnings); len(rest) != len(warnings)-len(a.Warnings) {
			t.Errorf("%v", a.Warnings)
		}
		if held := len(a.Gate) > 0; held != (a.Kind == "") || held != (a.TaxNumber == "") {
			t.Error("what is held has a kind or a number, or the other way round")
		}
		if len(a.Gate) == 0 {
			free++
		}
	})
	if free < randomOrders/20 {
		t.Errorf("only %d orders pass, the test tells little", free)
	}
}

// without gives what is left of all when some, which have to come in the same order, are taken out.
func without[T comparable](all, some []T) []T {
	var rest []T
	for _, x := range all {
		if len(some) > 0 && some[0] == x {
			some = some[1:]
		} else {
			rest = append(rest, x)
		}
	}
	return append(rest, some...)
}

// A judgement changes nothing of what it judges, and says the same when it is asked again.
func TestJudge_repeats(t *testing.T) {
	again := rand.New(rand.NewPCG(20, 26))
	for _, o := range judgedOrders()[:randomOrders/10] {
		if untouched := randomOrder(again); !reflect.DeepEqual(o.Case, untouched) {
			t.Fatalf("the case was %+v", untouched)
		}
		if b := Judge(o.Case); !reflect.DeepEqual(o.Answer, b) {
			t.Fatalf("%s, asked again %s", verdict(o.Answer), verdict(b))
		}
	}
}
