package issuing

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func day(s string) time.Time {
	d, err := time.ParseInLocation(time.DateOnly, s, domain.Istanbul)
	if err != nil {
		panic(err)
	}
	return d
}

// examined judges an order in a world where nothing else is.
func examined(t *testing.T, p *program, change ...func(*orders.Kept)) Examined {
	t.Helper()
	e, err := p.engine.ExamineOrder(t.Context(), p.order(change...))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func lone() *program { return start(newWorld(), newFile(), &marks{}) }

func TestCase_carriesEachField(t *testing.T) {
	p := lone()
	p.choices.KeepPostalCode, p.choices.Exemption = true, "351"
	p.seen["5"] = &Seen{Invoice: domain.Invoice{ID: "5", Kind: domain.InvoiceEArchive, Date: time.Date(2026, 5, 3, 22, 0, 0, 0, time.UTC)}}
	var kept orders.Kept
	e := examined(t, p, func(k *orders.Kept) {
		k.Currency, k.Discount, k.StatedTotal, k.Refunded, k.Micro = "USD", num("3").Decimal, num("176.70"), num("1").Decimal, true
		k.ShippedAt = time.Date(2026, 5, 2, 22, 0, 0, 0, time.UTC)
		k.Said = orders.Said{Rate: num("38.5"), PublicBody: true, InvoiceDate: day("2026-05-04")}
		k.Buyer.Country, k.Buyer.PostalCode = "TR", "06100"
		kept = *k
	})
	want := invoicing.Case{
		Key:    invoicing.Key{Company: "c", Marketplace: "trendyol", Package: "P1", Direction: invoicing.DirectionSale},
		Status: orders.StatusOK, Today: day("2026-05-04"), InvoiceDate: day("2026-05-04"), ShippedOn: day("2026-05-03"), Currency: "USD", Rate: num("38.5"),
		Discount: num("3").Decimal, StatedTotal: num("176.70"), Refunded: num("1").Decimal, Micro: true, KeepPostalCode: true,
		Buyer: invoicing.Buyer{Buyer: kept.Buyer, PublicBody: true}, Fingerprint: kept.Fingerprint(),
		Latest: map[domain.InvoiceKind]time.Time{domain.InvoiceEArchive: day("2026-05-04")},
	}
	want.Buyer.Plate = "06"
	line := kept.Lines[0]
	line.ID = "trendyol/L1"
	want.Lines = []invoicing.Line{{Line: line, Exemption: "351"}}
	wantSame(t, "the case", e.Case, want)
	wantSame(t, "the answer", e.Answer, invoicing.Judge(want))
}

func TestCase_takesTheRateOfVAT(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*orders.Kept)
		want   decimal.NullDecimal
	}{
		"from the file":             {func(k *orders.Kept) { k.Lines[0].VAT = num("10") }, num("10")},
		"else from the product":     {func(k *orders.Kept) { k.Lines[0].VAT, k.Products[0].VATRate = decimal.NullDecimal{}, num("1") }, num("1")},
		"from a person before both": {func(k *orders.Kept) { k.Said.Lines = map[int]orders.SaidLine{0: {VAT: num("0")}} }, num("0")},
		"else from nowhere": {func(k *orders.Kept) {
			k.Lines[0].VAT, k.Products[0].VATRate = decimal.NullDecimal{}, decimal.NullDecimal{}
		}, decimal.NullDecimal{}},
		"of a service from the choice":    {func(k *orders.Kept) { k.Lines[0].Kind, k.Lines[0].VAT = orders.LineShipping, decimal.NullDecimal{} }, num("18")},
		"of a service not of the product": {func(k *orders.Kept) { k.Lines[0].Kind, k.Lines[0].VAT = orders.LineFee, num("1") }, num("18")},
	} {
		t.Run(name, func(t *testing.T) {
			p := lone()
			p.choices.ServiceVAT = num("18").Decimal
			got := examined(t, p, c.change).Case.Lines[0].VAT
			if got.Valid != c.want.Valid || !got.Decimal.Equal(c.want.Decimal) {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestCase_addsWhatPeopleAndTheCatalogueSay(t *testing.T) {
	p := lone()
	e := examined(t, p, func(k *orders.Kept) {
		k.Lines[0].Name = " "
		k.Said.Lines = map[int]orders.SaidLine{0: {Exemption: "301"}}
		k.Said.Added = []orders.Line{{Kind: orders.LineShipping, Quantity: num("1").Decimal, Unit: num("39.90").Decimal}}
	})
	goods, shipping := e.Case.Lines[0], e.Case.Lines[1]
	if goods.Name != "Termos" || goods.Exemption != "301" || shipping.Name != "invoice.line.shipping" || shipping.ID != "" || shipping.Exemption != "" || !shipping.VAT.Decimal.Equal(num("20").Decimal) {
		t.Errorf("%+v", e.Case.Lines)
	}
	if !e.Answer.Total.Equal(num("219.60").Decimal) || e.Verdict.Stage != orders.StageReady {
		t.Errorf("%s, %+v", e.Answer.Total, e.Verdict)
	}
}

func TestCase_takesThePlateOfTheCorrectedCity(t *testing.T) {
	for city, want := range map[string]string{"": "06", "İzmir": "35", "Atlantis": ""} {
		e := examined(t, lone(), func(k *orders.Kept) { k.Buyer.Plate, k.Said.Buyer.City = "06", city })
		if e.Case.Buyer.Plate != want {
			t.Errorf("%q: %q", city, e.Case.Buyer.Plate)
		}
	}
	e := examined(t, lone(), func(k *orders.Kept) { k.Buyer.Plate, k.Said.Buyer.City, k.Said.Buyer.Plate = "06", "Atlantis", "81" })
	if e.Case.Buyer.Plate != "81" {
		t.Errorf("said: %q", e.Case.Buyer.Plate)
	}
	e = examined(t, lone(), func(k *orders.Kept) { k.Buyer.Plate, k.Buyer.City = "07", "Unbekannt" })
	if e.Case.Buyer.Plate != "07" {
		t.Errorf("the source's: %q", e.Case.Buyer.Plate)
	}
}

func TestCase_knowsARegistrationForADay(t *testing.T) {
	for name, c := range map[string]struct {
		known *taxed
		ago   time.Duration
		want  invoicing.Registration
	}{
		"registered":     {&taxed{registered: true}, 24*time.Hour - time.Second, invoicing.RegistrationYes},
		"not registered": {&taxed{}, time.Minute, invoicing.RegistrationNo},
		"too old":        {&taxed{registered: true}, 24 * time.Hour, invoicing.RegistrationUnknown},
		"never asked":    {nil, 0, invoicing.RegistrationUnknown},
	} {
		p := lone()
		if c.known != nil {
			p.taxed["4540536920"] = taxed{c.known.registered, p.w.now.Add(-c.ago)}
		}
		e := examined(t, p, numbered("4540536920"), func(k *orders.Kept) { k.Buyer.Name = "Örnek" })
		if e.Case.Buyer.Registration != c.want {
			t.Errorf("%s: %q", name, e.Case.Buyer.Registration)
		}
		if want := c.want == invoicing.RegistrationUnknown; slices.Equal(e.Verdict.Reasons, []string{"registry_unknown"}) != want || e.Verdict.Stage != orders.StageReady {
			t.Errorf("%s: %+v", name, e.Verdict)
		}
	}
}

func TestCase_hasTheDayOfDeliveryWhereThatOfShippingIsUnknown(t *testing.T) {
	e := examined(t, lone(), func(k *orders.Kept) {
		k.ShippedAt, k.DeliveredAt = time.Time{}, time.Date(2026, 4, 26, 10, 0, 0, 0, time.UTC)
	})
	if !e.Case.ShippedOn.Equal(day("2026-04-26")) || !slices.Equal(e.Verdict.Warnings, []string{"late_7", "postal_derived"}) {
		t.Errorf("%v, %v", e.Case.ShippedOn, e.Verdict.Warnings)
	}
}

func TestCase_seesLinesThatAreInvoicedElsewhere(t *testing.T) {
	p := lone()
	p.order()
	p.must(t, orders.WishDraft)
	for name, c := range map[string]struct {
		change func(*orders.Kept)
		held   bool
	}{
		"a package that was split": {func(k *orders.Kept) { k.Lines[0].ID = "L1" }, true},
		"another marketplace's":    {func(k *orders.Kept) { k.Marketplace, k.Lines[0].ID = "n11", "L1" }, false},
		"a line without a number":  {func(k *orders.Kept) { k.Lines[0].ID = "" }, false},
	} {
		e := examined(t, p, c.change)
		if held := slices.Equal(e.Verdict.Reasons, []string{"already"}); held != c.held {
			t.Errorf("%s: %+v", name, e.Verdict)
		}
	}
}

func TestVerdict_namesEveryReason(t *testing.T) {
	for want, change := range map[string]func(p *program) func(*orders.Kept){
		ReasonHeld:      func(*program) func(*orders.Kept) { return func(k *orders.Kept) { k.Said.Held = true } },
		ReasonNoProduct: func(*program) func(*orders.Kept) { return func(k *orders.Kept) { k.Products = nil } },
		ReasonTwoAmounts: func(*program) func(*orders.Kept) {
			return func(k *orders.Kept) { k.Lines[0].Platform, k.Lines[0].TwoAmounts = num("5").Decimal, true }
		},
		ReasonLost: func(p *program) func(*orders.Kept) {
			return func(k *orders.Kept) {
				p.records = append(p.records, invoicing.Record{ID: 1, Attempt: invoicing.Attempt{Key: keyed(k), State: invoicing.AttemptLost}})
			}
		},
		"unknown_attempt": func(p *program) func(*orders.Kept) {
			return func(k *orders.Kept) {
				p.records = append(p.records, invoicing.Record{ID: 1, Attempt: invoicing.Attempt{Key: keyed(k), State: invoicing.AttemptUnknown}})
			}
		},
		"changed_since": func(p *program) func(*orders.Kept) {
			return func(k *orders.Kept) {
				p.records = append(p.records, invoicing.Record{ID: 1, Attempt: invoicing.Attempt{Key: keyed(k), State: invoicing.AttemptChecked}})
			}
		},
		"status": func(*program) func(*orders.Kept) {
			return func(k *orders.Kept) { k.Status = orders.StatusOpen }
		},
		"date_order": func(p *program) func(*orders.Kept) {
			p.seen["9"] = &Seen{Invoice: domain.Invoice{ID: "9", Kind: domain.InvoiceEArchive, Date: p.w.now.AddDate(0, 0, 1)}}
			return func(*orders.Kept) {}
		},
	} {
		t.Run(want, func(t *testing.T) {
			p := lone()
			e := examined(t, p, change(p), func(k *orders.Kept) { k.Verdict.Queued, k.Verdict.Invoice = orders.WishDraft, "N" })
			wantSame(t, "the verdict", e.Verdict, orders.Verdict{
				Stage: orders.StageHeld, Reasons: []string{want}, Warnings: []string{"postal_derived"}, Total: num("179.70").Decimal, At: p.w.now,
				Invoice: "N", Queued: orders.WishDraft,
			})
			if late := want == "date_order"; late != e.Earliest.Equal(day("2026-05-05")) || late == e.Earliest.IsZero() {
				t.Errorf("the earliest day is %v", e.Earliest)
			}
		})
	}
}

func keyed(k *orders.Kept) invoicing.Key {
	return invoicing.Key{Company: "c", Marketplace: k.Marketplace, Package: k.Package, Direction: invoicing.DirectionSale}
}

func TestVerdict_isNeverWhereAPersonSaysSo(t *testing.T) {
	e := examined(t, lone(), func(k *orders.Kept) { k.Said.Never, k.Said.Held = true, true })
	if e.Verdict.Stage != orders.StageNever {
		t.Errorf("%+v", e.Verdict)
	}
}

// What its source has called off waits for nobody, and still says why (orders-invoices.md §6).
func TestVerdict_isNeverWhereTheSourceHasCalledItOff(t *testing.T) {
	for _, s := range orders.Statuses() {
		e := examined(t, lone(), func(k *orders.Kept) { k.Status = s })
		want := orders.StageHeld
		switch s {
		case orders.StatusOK:
			want = orders.StageReady
		case orders.StatusCancelled, orders.StatusReturned, orders.StatusUndelivered, orders.StatusSplitParent, orders.StatusTest:
			want = orders.StageNever
		default:
		}
		if e.Verdict.Stage != want {
			t.Errorf("%s: %+v", s, e.Verdict)
		}
		e.Kept.Verdict = e.Verdict
		if why := e.Kept.Holding(); (len(why) > 0) != (s != orders.StatusOK) {
			t.Errorf("%s: because %v", s, why)
		}
	}
}

// A company without a number would get an e-Arşiv as a consumer: that is warned of.
func TestVerdict_warnsOfACompanyWithoutANumber(t *testing.T) {
	named := func(first, last, number string) []string {
		return examined(t, lone(), func(k *orders.Kept) { k.Buyer.First, k.Buyer.Last, k.Buyer.TaxNumber = first, last, number }).Verdict.Warnings
	}
	if !slices.Contains(named("Deniz Ltd.", "Şti.", ""), WarnLooksCompany) {
		t.Error("nothing is said")
	}
	if w := append(named("Deniz", "Örnekoğlu", ""), named("Deniz Ltd.", "Şti.", "10000000146")...); slices.Contains(w, WarnLooksCompany) {
		t.Errorf("warned of a person: %v", w)
	}
}

func TestVerdict_needsNoProductWhereAPersonSaysSo(t *testing.T) {
	without := func(k *orders.Kept) {
		k.Products[0], k.Said.Lines = orders.LineProduct{}, map[int]orders.SaidLine{0: {Without: true}}
	}
	if e := examined(t, lone(), without); e.Verdict.Stage != orders.StageReady {
		t.Errorf("%+v", e.Verdict)
	}
	service := func(k *orders.Kept) {
		k.Said.Added = []orders.Line{{Kind: orders.LineFee, Name: "Taksit", Quantity: num("1").Decimal, Unit: num("1").Decimal}}
	}
	if e := examined(t, lone(), service); e.Verdict.Stage != orders.StageReady {
		t.Errorf("a service: %+v", e.Verdict)
	}
}

func TestVerdict_ofTwoAmountsFollowsTheChoice(t *testing.T) {
	for choice, total := range map[invoicing.TrendyolAmount]string{invoicing.TrendyolReimbursed: "179.70", invoicing.TrendyolDeducted: "174.70"} {
		p := lone()
		p.choices.Trendyol = choice
		e := examined(t, p, func(k *orders.Kept) { k.Lines[0].Platform, k.Lines[0].TwoAmounts = num("5").Decimal, true })
		if e.Verdict.Stage != orders.StageReady || !e.Verdict.Total.Equal(num(total).Decimal) {
			t.Errorf("%s: %+v", choice, e.Verdict)
		}
	}
}

func TestGoes_triesARefusalAgainWhenItIsNamed(t *testing.T) {
	for reasons, want := range map[string][2]bool{
		"":                         {true, true},
		"refused":                  {false, true},
		"refused registry_unknown": {false, true},
		"refused address":          {false, false},
		"address":                  {false, false},
		"lost":                     {false, false},
		"held":                     {false, false},
	} {
		e := Examined{Verdict: orders.Verdict{Stage: orders.StageHeld, Reasons: strings.Fields(reasons)}}
		if reasons == "" {
			e.Verdict.Stage = orders.StageReady
		}
		if got := [2]bool{e.goes(false), e.goes(true)}; got != want {
			t.Errorf("%q: %v", reasons, got)
		}
	}
	never := Examined{Verdict: orders.Verdict{Stage: orders.StageNever}}
	if never.goes(true) {
		t.Error("never goes")
	}
}
