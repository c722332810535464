package invoicing

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// day reads yyyy-mm-dd.
func day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, domain.Istanbul)
	if err != nil {
		panic(err)
	}
	return t
}

// order is one that nothing is wrong with: a person of Ankara who gives no number.
func order(with ...func(*Case)) Case {
	c := Case{
		Key:    Key{Company: "c1", Marketplace: "trendyol", Package: "7001", Direction: DirectionSale},
		Status: orders.StatusOK, Today: day("2026-05-04"),
		Lines: lines("1 x 100 @20"),
		Buyer: Buyer{Registration: RegistrationNo, Buyer: orders.Buyer{
			Type: orders.BuyerPerson, First: "Deniz", Last: "Örnekoğlu", Address: "Deneme Sk. 1", City: "Ankara", District: "Çankaya",
			PostalCode: "06420", Plate: "06",
		}},
		Fingerprint: "f1",
	}
	c.Lines[0].ID = "L1"
	for _, change := range with {
		change(&c)
	}
	return c
}

// verdict writes what is decided: the hits, or kind and number, and behind a slash the warnings.
func verdict(a Answer) string {
	var words, warnings []string
	for _, h := range a.Gate {
		words = append(words, string(h))
	}
	if a.Kind != "" || a.TaxNumber != "" {
		words = append(words, string(a.Kind), a.TaxNumber)
	}
	for _, w := range a.Warnings {
		warnings = append(warnings, string(w))
	}
	return strings.TrimSpace(strings.Join(words, " ") + " / " + strings.Join(warnings, " "))
}

type row struct {
	name   string
	change func(*Case)
	want   string
}

const consumer = "e-archive 11111111111 /"

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, tt := range rows {
		t.Run(tt.name, func(t *testing.T) {
			if got := verdict(Judge(order(tt.change))); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// sells makes the lines of an order.
func sells(s string) func(*Case) { return func(c *Case) { c.Lines = lines(s) } }

// sold changes the first line.
func sold(change func(*Line)) func(*Case) { return func(c *Case) { change(&c.Lines[0]) } }

// to changes the buyer.
func to(change func(*Buyer)) func(*Case) { return func(c *Case) { change(&c.Buyer) } }

// all does several changes.
func all(changes ...func(*Case)) func(*Case) {
	return func(c *Case) {
		for _, change := range changes {
			change(c)
		}
	}
}

func TestJudge_statusOfTheOrder(t *testing.T) {
	for status, want := range map[orders.Status]string{
		orders.StatusOK: consumer, orders.StatusUnpaid: "unpaid /", orders.StatusOpen: "status /", orders.StatusCancelled: "status /", orders.StatusReturned: "status /",
		orders.StatusUndelivered: "status /", orders.StatusSplitParent: "status /", orders.StatusTest: "status /", orders.StatusUnknown: "status /", "": "status /",
	} {
		if got := verdict(Judge(order(func(c *Case) { c.Status = status }))); got != want {
			t.Errorf("%s: %q, want %q", status, got, want)
		}
	}
}

func TestJudge_lines(t *testing.T) {
	check(t, []row{
		{"whole", sells("3 x 59.90 @20"), consumer},
		{"none", sells(""), "line /"},
		{"no goods", sells("1 x 39.90 @20 shipping"), "line /"},
		{"no quantity", sells("0 x 10 @20 amount=0"), "line /"},
		{"a quantity below nothing", sells("2 x 10 @20; -1 x 10 @20"), "line /"},
		{"a part of one", sells("0.001 x 10000 @20"), consumer},
		{"a price below nothing", sells("1 x 100 @20; 1 x -0.01 @20 amount=0"), "line /"},
		{"a discount below nothing", sells("1 x 100 @20 off=-0.001"), "line /"},
		{"a discount of all", sells("1 x 100 @20; 1 x 10 @20 off=10"), consumer},
		{"and a kuruş more", sells("1 x 100 @20; 1 x 10 @20 off=10.01"), "line /"},
		{"and less than half of one", sells("1 x 100 @20; 1 x 10 @20 off=10.004"), consumer},
		{"a discount of each unit", sells("1 x 100 @20; 2 x 10 @20 off=10.01 each"), "line /"},
		{"a shipping line counts", sells("1 x 100 @20; 0 x 10 @20 shipping"), "line /"},
		{"no name", sold(func(l *Line) { l.Name = "" }), "line /"},
		{"a blank name", sold(func(l *Line) { l.Name = " \t" }), "line /"},
		{"an amount for a price of rounded kuruş", sells("1 x 100 @20 amount=100.01"), consumer},
		{"and for less", sells("1 x 100 @20 amount=99.99"), consumer},
		{"that is off by more", sells("1 x 100 @20 amount=100.0101"), "line /"},
		{"or by more the other way", sells("1 x 100 @20 amount=99.9899"), "line /"},
		{"for three by three", sells("3 x 59.90 @20 amount=179.73"), consumer},
		{"and more", sells("3 x 59.90 @20 amount=179.74"), "line /"},
		{"for a part of one as for one", sells("0.5 x 100 @20 amount=50.01"), consumer},
		{"and more", sells("0.5 x 100 @20 amount=50.02"), "line /"},
		{"an order's discount of all goods", all(sells("1 x 100 @20; 1 x 10 @20 shipping"), func(c *Case) { c.Discount = dec("100") }), consumer},
		{"and more", all(sells("1 x 100 @20; 1 x 10 @20 shipping"), func(c *Case) { c.Discount = dec("100.01") }), "discount_over /"},
		{"one below nothing", func(c *Case) { c.Discount = dec("-5") }, "discount_over /"},
		{"all is given away", func(c *Case) { c.Discount = dec("100") }, "total_zero /"},
		{"nothing was asked for", sells("1 x 0 @20"), "total_zero /"},
		{"a total below nothing has a line to show", sells("1 x 10 @20 off=10.01"), "line /"},
		{"a kuruş is something", sells("1 x 0.01 @20"), consumer},
		{"more than 12.000 TL is no gate here (VUK 232)", sells("1 x 12000.01 @20"), consumer},
	})
}

func TestJudge_statedTotal(t *testing.T) {
	for stated, want := range map[string]string{
		"": consumer, "100": consumer, "100.004": consumer, "99.995": consumer, "100.005": "total_mismatch /", "99.99": "total_mismatch /", "0": "total_mismatch /",
	} {
		if got := verdict(Judge(order(func(c *Case) { c.StatedTotal = num(stated) }))); got != want {
			t.Errorf("%s: %q, want %q", stated, got, want)
		}
	}
}

func TestJudge_rates(t *testing.T) {
	check(t, []row{
		{"none", sells("1 x 100"), "vat_missing /"},
		{"none of a service", sells("1 x 100 @20; 1 x 10 fee"), "vat_missing /"},
		{"an old one", sells("1 x 100 @18"), "vat_not_in_force /"},
		{"half of one", sells("1 x 100 @0.5"), "vat_not_in_force /"},
		{"the same, written longer", sells("1 x 100 @20.00"), consumer},
		{"nothing without a reason", sells("1 x 100 @0"), "vat_zero_code /"},
		{"a blank reason", all(sells("1 x 100 @0"), sold(func(l *Line) { l.Exemption = " " })), "vat_zero_code /"},
		{"nothing with a reason", all(sells("1 x 100 @0"), sold(func(l *Line) { l.Exemption = "351" })), consumer},
		{"each line its own", sells("1 x 1 @0; 1 x 1 @18; 1 x 1"), "vat_missing vat_not_in_force vat_zero_code /"},
		{"the day of shipping decides", func(c *Case) {
			c.Today, c.InvoiceDate, c.ShippedOn, c.Lines = day("2023-07-12"), day("2023-07-10"), day("2023-07-09"), lines("1 x 118 @18")
		}, consumer},
		{"then that of the invoice", func(c *Case) {
			c.Today, c.InvoiceDate, c.Lines = day("2023-07-10"), day("2023-07-09"), lines("1 x 118 @18")
		}, consumer},
		{"then today", func(c *Case) { c.Today, c.Lines = day("2023-07-09"), lines("1 x 118 @18") }, consumer},
		{"shipped on the day of the change", func(c *Case) {
			c.Today, c.ShippedOn, c.Lines = day("2023-07-12"), day("2023-07-10"), lines("1 x 118 @18")
		}, "vat_not_in_force /"},
	})
}

func TestInForce(t *testing.T) {
	for on, rates := range map[string]string{"2023-07-09": "0 1 8 18", "2023-07-10": "0 1 10 20", "2026-05-04": "0 1 10 20"} {
		var held []string
		for rate := range 101 {
			if s := fmt.Sprint(rate); InForce(dec(s), day(on)) {
				held = append(held, s)
			}
		}
		if got := strings.Join(held, " "); got != rates {
			t.Errorf("%s: %s, want %s", on, got, rates)
		}
	}
}

func TestJudge_currency(t *testing.T) {
	usd := func(rate string) func(*Case) { return func(c *Case) { c.Currency, c.Rate = "USD", num(rate) } }
	check(t, []row{
		{"lira", func(c *Case) { c.Currency = domain.TRY }, consumer},
		{"dollars", usd(""), "currency /"},
		{"with a rate", usd("41.2537"), consumer},
		{"of nothing", usd("0"), "currency /"},
		{"below", usd("-1"), "currency /"},
		{"the least", usd("0.0001"), consumer},
	})
}

func TestJudge_masked(t *testing.T) {
	fields := map[string]func(*Buyer) *string{
		"first": func(b *Buyer) *string { return &b.First }, "last": func(b *Buyer) *string { return &b.Last },
		"name":    func(b *Buyer) *string { return &b.Name },
		"address": func(b *Buyer) *string { return &b.Address }, "city": func(b *Buyer) *string { return &b.City },
		"district": func(b *Buyer) *string { return &b.District }, "postal": func(b *Buyer) *string { return &b.PostalCode },
	}
	for field, of := range fields {
		for _, value := range []string{"D*", "●●●", "x", "XX", "xxx", "XxXx", ".", "-", "Null", "NONE", "NaN", "n/a", "N/A", " x "} {
			if got := verdict(Judge(order(to(func(b *Buyer) { *of(b) = value })))); got != "masked /" {
				t.Errorf("%s %q: %q", field, value, got)
			}
		}
		for _, value := range []string{"xxxxx", "Nane", "..", "x y", "N A"} {
			if got := verdict(Judge(order(to(func(b *Buyer) { *of(b) = value })))); got != consumer {
				t.Errorf("%s %q: %q", field, value, got)
			}
		}
	}
}

// Of each number its kind of trouble, once with the answer of the revenue administration and once without.
func TestJudge_numbers(t *testing.T) {
	for _, tt := range []struct {
		number, answered, unanswered string
	}{
		{"", consumer, consumer},
		{"  ", consumer, consumer},
		{"11111111111", consumer, consumer},
		{" 11111111111 ", consumer, consumer},
		{"4540536920", "e-archive 4540536920 /", "registry_unknown /"},
		{" 4540536920\t", "e-archive 4540536920 /", "registry_unknown /"},
		{"10000000146", "e-archive 10000000146 /", "registry_unknown /"},
		{"4540536921", "number_bad /", "number_bad registry_unknown /"},
		{"10000000147", "number_bad /", "number_bad registry_unknown /"},
		{"123", "number_bad /", "number_bad registry_unknown /"},
		{"abc", "number_bad /", "number_bad registry_unknown /"},
		{"1234567890", "number_placeholder /", "number_placeholder registry_unknown /"},
		{"0123456789", "number_placeholder /", "number_placeholder registry_unknown /"},
		{"0000000000", "number_placeholder /", "number_placeholder registry_unknown /"},
		{"1111111111", "number_placeholder /", "number_placeholder registry_unknown /"},
		{"2222222222", "number_placeholder /", "number_placeholder registry_unknown /"},
		{"3333333333", "number_placeholder /", "number_placeholder registry_unknown /"},
		{"9999999999", "number_placeholder /", "number_placeholder registry_unknown /"},
		{"00000000000", "number_placeholder /", "number_placeholder registry_unknown /"},
		{"22222222222", "number_placeholder /", "number_placeholder registry_unknown /"},
		{"99999999999", "number_placeholder /", "number_placeholder registry_unknown /"},
		{"12345678901", "number_placeholder /", "number_placeholder registry_unknown /"},
		{"4444444444", "e-archive 4444444444 /", "registry_unknown /"}, // right, and not known as a placeholder
		{"4540******", "masked /", "masked /"},
		{"●●●●●●●●●●●", "masked /", "masked /"},
		{"null", "masked number_bad /", "masked number_bad registry_unknown /"},
		{"X", "masked number_bad /", "masked number_bad registry_unknown /"},
	} {
		for answer, want := range map[Registration]string{RegistrationNo: tt.answered, RegistrationUnknown: tt.unanswered} {
			got := verdict(Judge(order(to(func(b *Buyer) { b.TaxNumber, b.Name, b.Registration = tt.number, "Örnek Ltd", answer }))))
			if got != want {
				t.Errorf("%q, registered %q: %q, want %q", tt.number, answer, got, want)
			}
		}
	}
}

// Whose name is asked for: by the number where it looks like one, else by what the order says.
func TestJudge_names(t *testing.T) {
	named := func(first, last, name string) func(*Buyer) {
		return func(b *Buyer) { b.First, b.Last, b.Name = first, last, name }
	}
	person, company := named("Deniz", "Örnekoğlu", " "), named("Deniz", "", "Örnek Ltd")
	for _, tt := range []struct {
		number      string
		kind        orders.BuyerType
		who         func(*Buyer)
		hit, beside string // hit: "name" or none; beside: the other hits
	}{
		{"", orders.BuyerPerson, person, "", ""},
		{"", orders.BuyerPerson, company, "name", ""},
		{"", orders.BuyerPerson, named(" ", "Örnekoğlu", "Örnek Ltd"), "name", ""},
		{"", orders.BuyerPerson, named("Deniz", " ", "Örnek Ltd"), "name", ""},
		{"", orders.BuyerCompany, person, "name", "company_no_number"},
		{"", orders.BuyerCompany, company, "", "company_no_number"},
		{"11111111111", orders.BuyerCompany, company, "", "company_no_number"},
		{"11111111111", orders.BuyerPerson, person, "", ""},
		{"", "", person, "", ""},
		{"4540536920", orders.BuyerPerson, company, "", ""},
		{"4540536920", orders.BuyerPerson, person, "name", ""},
		{"4540536921", orders.BuyerPerson, company, "", "number_bad"},
		{"4540536921", orders.BuyerCompany, person, "name", "number_bad"},
		{"1234567890", orders.BuyerPerson, company, "", "number_placeholder"},
		{"10000000146", orders.BuyerCompany, person, "", ""},
		{"10000000146", orders.BuyerCompany, company, "name", ""},
		{"10000000147", orders.BuyerCompany, person, "", "number_bad"},
		{"00000000000", orders.BuyerCompany, person, "", "number_placeholder"},
		{"123", orders.BuyerPerson, person, "", "number_bad"},
		{"123", orders.BuyerCompany, person, "name", "number_bad"},
		{"abcdefghij", orders.BuyerPerson, person, "", "number_bad"},
		{"abcdefghijk", orders.BuyerCompany, company, "", "number_bad"},
		{"45405369*0", orders.BuyerPerson, person, "", "masked"},
		{"45405369*01", orders.BuyerCompany, company, "", "masked"},
	} {
		a := Judge(order(to(tt.who), to(func(b *Buyer) { b.TaxNumber, b.Type = tt.number, tt.kind })))
		var want []string
		for _, h := range []string{tt.beside, tt.hit} {
			if h != "" {
				want = append(want, h)
			}
		}
		if got, _, _ := strings.Cut(verdict(a), " /"); len(a.Gate) != len(want) || len(want) > 0 && got != strings.Join(want, " ") {
			t.Errorf("%s of a %s: %q, want %q", tt.number, tt.kind, got, want)
		}
	}
}

func TestJudge_addresses(t *testing.T) {
	check(t, []row{
		{"no street", to(func(b *Buyer) { b.Address = " " }), "address /"},
		{"no province", to(func(b *Buyer) { b.City = "" }), "address /"},
		{"no district", to(func(b *Buyer) { b.District = "" }), "address /"},
		{"no postal code", to(func(b *Buyer) { b.PostalCode = " " }), consumer + " postal_derived"},
		{"nor a known province", to(func(b *Buyer) { b.PostalCode, b.Plate = "", " " }), "address /"},
		{"nor the permission", all(to(func(b *Buyer) { b.PostalCode = "" }), func(c *Case) { c.KeepPostalCode = true }), "address /"},
		{"which one that is there needs not", func(c *Case) { c.KeepPostalCode, c.Buyer.Plate = true, "" }, consumer},
		{"derived though the rest is missing", to(func(b *Buyer) { b.PostalCode, b.City = "", "" }), "address / postal_derived"},
		{"derived though it is abroad", to(func(b *Buyer) { b.PostalCode, b.Country = "", "DE" }), "foreign / postal_derived"},
		{"at home", to(func(b *Buyer) { b.Country = " tr" }), consumer},
		{"nowhere said", to(func(b *Buyer) { b.Country = " " }), consumer},
		{"abroad", to(func(b *Buyer) { b.Country = "de" }), "foreign /"},
		{"micro-export", func(c *Case) { c.Micro = true }, "foreign /"},
	})
	for want, c := range map[string]Case{
		"34000 true":  order(to(func(b *Buyer) { b.PostalCode, b.Plate = "", " 34 " })),
		"06420 false": order(),
		" false":      order(to(func(b *Buyer) { b.PostalCode, b.Plate = "", "" })),
	} {
		code, derived := c.PostalCode()
		if got := fmt.Sprint(code, " ", derived); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestJudge_isbasiOnly(t *testing.T) {
	check(t, []row{
		{"a public body", to(func(b *Buyer) { b.PublicBody = true }), "public_body /"},
		{"a special line", all(sells("1 x 1 @20; 1 x 1 @20"), func(c *Case) { c.Lines[1].Special = true }), "special /"},
		{"a return", func(c *Case) { c.Direction = DirectionReturn }, "special /"},
		{"the marketplace buys", func(c *Case) { c.ToPlatform = true }, "platform_buyer /"},
	})
}

// The kind of document (rules.md §6), and that it is never guessed.
func TestJudge_kinds(t *testing.T) {
	company := func(answer Registration) func(*Case) {
		return to(func(b *Buyer) { b.TaxNumber, b.Name, b.Registration = "4540536920", "Örnek Ltd", answer })
	}
	check(t, []row{
		{"registered", company(RegistrationYes), "e-invoice 4540536920 /"},
		{"not registered", company(RegistrationNo), "e-archive 4540536920 /"},
		{"not answered", company(RegistrationUnknown), "registry_unknown /"},
		{"a consumer is never registered", to(func(b *Buyer) { b.Registration = RegistrationYes }), consumer},
		{"and never asked about", to(func(b *Buyer) { b.Registration = RegistrationUnknown }), consumer},
	})
}

func TestJudge_days(t *testing.T) {
	latest := func(archive, invoice string) func(*Case) {
		return func(c *Case) {
			c.Latest = map[domain.InvoiceKind]time.Time{}
			if archive != "" {
				c.Latest[domain.InvoiceEArchive] = day(archive)
			}
			if invoice != "" {
				c.Latest[domain.InvoiceEInvoice] = day(invoice)
			}
		}
	}
	registered := to(func(b *Buyer) { b.TaxNumber, b.Name, b.Registration = "4540536920", "Örnek Ltd", RegistrationYes })
	unasked := to(func(b *Buyer) { b.TaxNumber, b.Name, b.Registration = "4540536920", "Örnek Ltd", RegistrationUnknown })
	masked := to(func(b *Buyer) { b.TaxNumber, b.Name, b.Registration = "45405*", "Örnek Ltd", RegistrationUnknown })
	dated := func(s string) func(*Case) { return func(c *Case) { c.InvoiceDate = day(s) } }
	shipped := func(s string) func(*Case) { return func(c *Case) { c.ShippedOn = day(s) } }
	check(t, []row{
		{"the same day as the latest", latest("2026-05-04", "2026-05-05"), consumer},
		{"the day before", latest("2026-05-05", ""), "date_order /"},
		{"the other kind does not matter", latest("", "2026-05-05"), consumer},
		{"the invoice's date counts", all(latest("2026-05-04", ""), dated("2026-05-03")), "date_order /"},
		{"e-Fatura after e-Fatura", all(registered, latest("2026-05-05", "2026-05-04")), "e-invoice 4540536920 /"},
		{"e-Fatura before", all(registered, latest("2026-05-04", "2026-05-05")), "date_order /"},
		{"of a kind that nobody knows", all(unasked, latest("2026-05-05", "2026-05-05")), "registry_unknown /"},
		{"or whose number is hidden", all(masked, latest("2026-05-05", "2026-05-05")), "masked /"},
		{"today", dated("2026-05-04"), consumer},
		{"yesterday", dated("2026-05-03"), consumer},
		{"tomorrow", dated("2026-05-05"), "future /"},
		{"eight days after shipping (VUK 231/5)", shipped("2026-04-26"), consumer + " late_7"},
		{"seven days", shipped("2026-04-27"), consumer},
		{"counted to the invoice's date", all(shipped("2026-04-26"), dated("2026-05-03")), consumer},
		{"shipped later", shipped("2026-05-20"), consumer},
	})
}

func TestJudge_warnings(t *testing.T) {
	named := func(name string) func(*Case) {
		return all(sells("1 x 1 @20; 1 x 1 @20"), func(c *Case) { c.Lines[1].Name = name })
	}
	refunded := func(s string) func(*Case) { return func(c *Case) { c.Refunded = dec(s) } }
	check(t, []row{
		{"a kuruş paid back", refunded("0.01"), consumer + " refunded_part"},
		{"nothing paid back", refunded("0"), consumer},
		{"less than nothing", refunded("-1"), consumer},
		{"a name of 200 letters", named(strings.Repeat("Ü", 200)), consumer},
		{"a name of 201", named(strings.Repeat("Ü", 201)), consumer + " name_cut"},
		{"all of them, in their order", func(c *Case) {
			c.ShippedOn, c.Buyer.PostalCode, c.Refunded, c.Lines[0].Name = day("2026-04-01"), "", dec("1"), strings.Repeat("a", 201)
		}, consumer + " late_7 postal_derived refunded_part name_cut"},
		{"also when the order is held", all(refunded("1"), func(c *Case) { c.Status = orders.StatusOpen }), "status / refunded_part"},
	})
}
