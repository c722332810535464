package domaintest_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

type sample struct {
	Text   string
	Number int64
	Yes    bool
	Price  decimal.NullDecimal
	At     time.Time
	Took   time.Duration
	Inner  struct{ Name string }
	Lines  []struct{ Name string }
	Next   *struct{ Name string }
	Key    domain.Secret
	hidden string
}

// everyKind has a field of every kind that types of the house have.
type everyKind struct {
	Int    int
	Int32  int32
	Int64  int64
	Uint   uint
	Uint32 uint32
	Uint64 uint64
	Bytes  [8]struct{} // nothing to fill, nothing to compare
	A      struct{ B, C, D, E, F, G, H, I uint8 }
	Text   string
	Sorts  []string
	By     map[string]int
	Next   *sample
	sample
}

func TestFill_leavesNoFieldZeroAndNoTwoSeedsAlike(t *testing.T) {
	t.Parallel()
	a, b := domaintest.Fill[sample](0), domaintest.Fill[sample](1)
	if a.hidden != "" {
		t.Errorf("unexported field filled: %q", a.hidden)
	}
	if got := domaintest.Differences(a, sample{}); len(got) != 10 {
		t.Errorf("not zero: %q", got)
	}
	if got := domaintest.Differences(a, b); len(got) != 11 {
		t.Errorf("other seed, other values: %q", got)
	}
	if !a.Yes || b.Yes || !domaintest.Fill[sample](2).Yes {
		t.Error("bools go by the seed")
	}
	if !strings.HasPrefix(a.Text, "Text ") || !strings.HasPrefix(a.Inner.Name, "Name ") || !strings.HasPrefix(domaintest.Fill[string](0), "string ") {
		t.Errorf("texts say whose they are: %q, %q", a.Text, a.Inner.Name)
	}
}

// The values of many seeds: each other than all of its type before, and such as the stores keep.
func TestFill_givesEachValueOnce(t *testing.T) {
	t.Parallel()
	seen := map[any]string{}
	once := func(where string, v any) {
		if before, twice := seen[v]; twice {
			t.Errorf("%s is %v, as %s is", where, v, before)
		}
		seen[v] = where
	}
	for seed := range 300 {
		v := domaintest.Fill[everyKind](seed, domaintest.As(func(int) [8]struct{} { return [8]struct{}{} }))
		where := fmt.Sprint("seed ", seed)
		for i, n := range []int64{int64(v.Int), int64(v.Int32), v.Int64, int64(v.Uint), int64(v.Uint32), int64(v.Uint64), v.Next.Number} {
			if n <= 0 {
				t.Errorf("%s: number %d is %d", where, i, n)
			}
			once(where, n)
		}
		if len(v.Sorts) != 2 || len(v.By) != 1 || len(v.Next.Lines) != 2 {
			t.Fatalf("%s: %q, %v, %v", where, v.Sorts, v.By, v.Next.Lines)
		}
		for key, n := range v.By {
			once(where, key)
			once(where, int64(n))
		}
		for _, text := range []string{v.Text, v.Sorts[0], v.Sorts[1], v.Next.Text, v.Next.Inner.Name, v.Next.Lines[0].Name, v.Next.Lines[1].Name, v.Next.Next.Name, v.Next.Key.Reveal()} {
			once(where, text)
		}
		for _, b := range []uint8{v.A.B, v.A.C, v.A.D, v.A.E, v.A.F, v.A.G, v.A.H, v.A.I} {
			if b == 0 {
				t.Errorf("%s: a byte is zero", where)
			}
		}
	}
	type some struct {
		At    time.Time
		Took  time.Duration
		Price decimal.NullDecimal
	}
	type more struct{ A, B, C, D, E some }
	type many struct{ A, B, C, D, E, F, G, H, I, J more }
	const ms = time.Millisecond
	for seed := range 5 {
		for path, v := range domaintest.Changed(many{}, domaintest.Fill[many](seed)) {
			where := fmt.Sprint("seed ", seed, ": ", path)
			for _, m := range []more{v.A, v.B, v.C, v.D, v.E, v.F, v.G, v.H, v.I, v.J} {
				for _, v := range []some{m.A, m.B, m.C, m.D, m.E} {
					switch hour := v.At.Truncate(time.Hour); {
					case !v.At.IsZero():
						once(where, hour)
						if v.At.Location() != time.UTC || !v.At.Equal(v.At.Truncate(ms)) || v.At.Equal(v.At.Truncate(time.Second)) || !v.At.After(domaintest.Moment) {
							t.Errorf("%s: %v", where, v.At)
						}
					case v.Took != 0:
						once(where, v.Took)
						if v.Took != v.Took.Truncate(ms) || v.Took == v.Took.Truncate(time.Second) || v.Took < 0 {
							t.Errorf("%s: %v", where, v.Took)
						}
					case v.Price.Valid:
						once(where, v.Price.Decimal.String())
						if d := v.Price.Decimal; d.Exponent() != -2 || !d.IsPositive() || d.IsInteger() {
							t.Errorf("%s: %v", where, d)
						}
					}
				}
			}
		}
	}
}

func TestGTIN13_isRightAndEachAnother(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for n := range 3000 {
		text := domaintest.GTIN13(n)
		if key, ok := domain.Barcode(text).GTIN(); !ok || key != "0"+text || seen[text] {
			t.Fatalf("%d: %q", n, text)
		}
		seen[text] = true
	}
	if _, ok := domaintest.Fill[domain.Product](3).Barcode.GTIN(); !ok {
		t.Error("the barcode is no GTIN")
	}
}

// The vocabulary's types are filled whole; enumerations take none but their own values.
func TestFill_knowsTheVocabulary(t *testing.T) {
	t.Parallel()
	payments := map[domain.PaymentMethod]bool{}
	for seed := range 3 {
		p, s := domaintest.Fill[domain.Product](seed), domaintest.Fill[domain.Settings](seed)
		d, i, c := domaintest.Fill[domain.InvoiceDraft](seed), domaintest.Fill[domain.Invoice](seed), domaintest.Fill[domain.Credentials](seed)
		in := func(what string, ok bool) {
			if !ok {
				t.Errorf("seed %d: %s is none: %+v %+v %+v %+v %+v", seed, what, p, s, d, i, c)
			}
		}
		in("state", p.State == domain.ProductPassive || p.State == domain.ProductDraft || p.State == domain.ProductArchived)
		in("currency", slices.Contains(domain.Currencies(), p.Currency) && p.Currency != domain.TRY)
		in("a person's product", p.Validate() == nil || p.VATRate.Decimal.GreaterThan(decimal.NewFromInt(100)))
		in("settings", s.Validate() == nil && s.Scenario != domain.ScenarioBasic && s.Push != domain.PushUnset)
		in("invoice", slices.Contains([]domain.InvoiceKind{domain.InvoiceEArchive, domain.InvoiceEInvoice, domain.InvoiceEArchiveForInternet}, d.Kind))
		in("payment", d.Internet.Payment > domain.PaidByCard && d.Internet.Payment < domain.PaidOtherwise)
		payments[d.Internet.Payment] = true
		in("status", slices.Contains([]domain.EStatus{domain.EStatusDone, domain.EStatusInProgress, domain.EStatusDraft}, i.Status))
		in("environment", c.Environment == domain.EnvironmentTest && !c.Password.Empty() && c.Password != c.APIKey)
	}
	if len(payments) != 3 {
		t.Errorf("three seeds pay in %v", payments)
	}
}

// everyType is the vocabulary that is carried from here to there.
type everyType struct {
	Product  domain.ListedProduct
	Remote   domain.RemoteProduct
	Detail   domain.ProductDetail
	Change   domain.ProductChange
	Binding  domain.Binding
	Invoice  domain.Invoice
	Draft    domain.InvoiceDraft
	Settings domain.Settings
	SignIn   domain.SignIn
	Taxpayer domain.Taxpayer
	Movement domain.StockMovement
}

// Two seeds differ in every field, but for the enumerations of which one value alone is not what a field has
// anyway: so a test that carries both sees whatever is forgotten.
func TestFill_anotherSeedIsAnotherInEveryField(t *testing.T) {
	t.Parallel()
	paths := func(base, other everyType) (all []string) {
		for path := range domaintest.Changed(base, other) {
			if name := path[strings.LastIndexByte(path, '.')+1:]; name != "Scenario" && name != "Environment" {
				all = append(all, path)
			}
		}
		return all
	}
	for seed := 0; seed < 6; seed += 2 { // those whose bools are true
		base := domaintest.Fill[everyType](seed)
		if got, want := paths(base, domaintest.Fill[everyType](seed+1)), paths(base, everyType{}); !slices.Equal(got, want) {
			t.Errorf("seeds %d and %d differ in %q, filled are %q", seed, seed+1, got, want)
		}
	}
}

func TestFill_takesAMaker(t *testing.T) {
	t.Parallel()
	taken := map[string]bool{}
	for seed := range 3 {
		got := domaintest.Fill[sample](seed, domaintest.OneOf("a", "b", "c"), domaintest.As(func(n int) int64 { return int64(-n) }), domaintest.OneOf[any](7))
		for _, text := range []string{got.Text, got.Inner.Name, got.Lines[0].Name, got.Lines[1].Name, got.Next.Name} {
			taken[text] = true
		}
		if got.Number >= 0 {
			t.Errorf("%+v", got)
		}
	}
	if want := map[string]bool{"a": true, "b": true, "c": true}; !maps.Equal(taken, want) {
		t.Errorf("given: %v", taken)
	}
	if got := domaintest.Fill[struct{ V any }](0, domaintest.OneOf[any](7)); got.V != 7 {
		t.Errorf("%+v", got)
	}
}

func TestFill_refusesWhatItCannotFill(t *testing.T) {
	t.Parallel()
	for name, fill := range map[string]func(){
		"Lines.Do of type func()": func() { domaintest.Fill[struct{ Lines []struct{ Do func() } }](0) },
		"V of type interface {}":  func() { domaintest.Fill[struct{ V any }](0) },
		"F of type float64":       func() { domaintest.Fill[struct{ F float64 }](0) },
	} {
		func() {
			defer func() {
				if got, _ := recover().(string); !strings.HasSuffix(got, "."+name) {
					t.Errorf("panic %q, want %q", got, name)
				}
			}()
			fill()
			t.Errorf("%s was filled", name)
		}()
	}
}

func TestDifferences_comparesValuesNotRepresentations(t *testing.T) {
	t.Parallel()
	a := domaintest.Fill[sample](0)
	b := a
	b.Price.Decimal = decimal.RequireFromString(a.Price.Decimal.String() + "00")
	b.At = a.At.In(time.FixedZone("elsewhere", 3600))
	b.Lines = slices.Clone(a.Lines)
	next := *a.Next
	b.Next = &next
	if got := domaintest.Differences(a, b); len(got) != 0 {
		t.Errorf("differ in %q", got)
	}
	b.Lines[1].Name, b.Next.Name = "x", "y"
	want := []string{"Lines[1].Name: got ", "Next.Name: got "}
	got := domaintest.Differences(a, b)
	if len(got) != 2 || !strings.HasPrefix(got[0], want[0]) || !strings.HasPrefix(got[1], want[1]) {
		t.Errorf("differ in %q", got)
	}
	if got := domaintest.Differences(a, b, "Lines", "Next.Name"); len(got) != 0 {
		t.Errorf("left out, yet %q", got)
	}
	b.Next, b.Lines = nil, nil
	if got := domaintest.Differences(a, b); len(got) != 2 {
		t.Errorf("differ in %q", got)
	}
}

// What is compared by its value, each pair against each: equal to itself only, both ways round, with the path
// and both values told.
func TestDifferences_tellsEachValueFromEachOther(t *testing.T) {
	t.Parallel()
	type holder struct{ V any }
	null := func(s string, valid bool) decimal.NullDecimal {
		return decimal.NullDecimal{Decimal: decimal.RequireFromString(s), Valid: valid}
	}
	one, also, two := 1, 1, 2
	groups := [][]any{
		{nil},
		{1},
		{2},
		{int64(1)},
		{"1"},
		{true},
		{false},
		{""},
		{decimal.New(1, 0), decimal.New(100, -2)},
		{decimal.New(2, 0)},
		{null("1", true), null("1.00", true)},
		{null("2", true)},
		{null("1", false), null("2", false)},
		{domaintest.Moment, domaintest.Moment.In(domain.Istanbul)},
		{domaintest.Moment.Add(1)},
		{domain.NewSecret("a"), domain.NewSecret("a")},
		{domain.NewSecret("b")},
		{domain.Secret{}, domain.NewSecret("")},
		{[]int(nil), []int{}},
		{[]int{1}},
		{[]int{1, 2}},
		{[]int{2, 1}},
		{[2]int{1, 2}},
		{[2]int{1, 3}},
		{map[string]int{"a": 1}, map[string]int{"a": 1}},
		{map[string]int{"a": 2}},
		{map[string]int{}},
		{(*int)(nil)},
		{&one, &also},
		{&two},
		{(*string)(nil)},
		{struct{ A, B int }{1, 2}},
		{struct{ A, B int }{1, 3}},
		{holder{1}},
		{holder{nil}},
		{struct{ a int }{1}, struct{ a int }{2}}, // what is not exported is nobody's business
	}
	for i, group := range groups {
		for j, other := range groups {
			for _, a := range group {
				for _, b := range other {
					got := domaintest.Differences(holder{a}, holder{b})
					if (len(got) == 0) != (i == j) {
						t.Errorf("%#v and %#v differ in %q", a, b, got)
					}
					for _, d := range got {
						if !strings.HasPrefix(d, "V") || !strings.Contains(d, ": got ") || !strings.Contains(d, ", want ") {
							t.Errorf("%#v and %#v: %q", a, b, d)
						}
					}
				}
			}
		}
	}
	if got := domaintest.Differences([2]int{1, 2}, [2]int{1, 3}); !slices.Equal(got, []string{"[1]: got 2, want 3"}) {
		t.Errorf("of an array: %q", got)
	}
	if got := domaintest.Differences(1, 2); !slices.Equal(got, []string{": got 1, want 2"}) {
		t.Errorf("of no field: %q", got)
	}
	type line struct{ Name, Unit string }
	type order struct {
		Lines []line
		Line  line
	}
	a := order{[]line{{"a", "b"}, {"c", "d"}}, line{"e", "f"}}
	b := order{[]line{{"A", "b"}, {"c", "D"}}, line{"E", "F"}}
	all := []string{"Lines[0].Name: got a, want A", "Lines[1].Unit: got d, want D", "Line.Name: got e, want E", "Line.Unit: got f, want F"}
	for besides, want := range map[string][]string{
		"Lin": all, "Name": all, "Lines": all[2:], "Line": all[:2], "Lines[1]": slices.Concat(all[:1], all[2:]), "Line.Unit": all[:3], "Lines[0].Unit": all,
	} {
		if got := domaintest.Differences(a, b, besides); !slices.Equal(got, want) {
			t.Errorf("besides %q: %q, want %q", besides, got, want)
		}
	}
}

func TestChanged_changesOneFieldAtATime(t *testing.T) {
	t.Parallel()
	base, other := domaintest.Fill[sample](0), domaintest.Fill[sample](1)
	var paths []string
	for path, v := range domaintest.Changed(base, other) {
		paths = append(paths, path)
		if got := domaintest.Differences(v, base, path); len(got) != 0 {
			t.Errorf("%s: also %q", path, got)
		}
		if got := domaintest.Differences(v, base); len(got) == 0 {
			t.Errorf("%s: not changed", path)
		}
	}
	if want := "Text Number Yes Price At Took Inner.Name Lines Next Key"; strings.Join(paths, " ") != want {
		t.Errorf("changed %q, want %s", paths, want)
	}
}

// Whoever stops asking is asked nothing more; fields that are equal in both, and what is not exported, are
// left out; a field that held nothing holds nothing again.
func TestChanged_leavesOutWhatIsEqualAndStopsWhenTold(t *testing.T) {
	t.Parallel()
	type holder struct {
		Any    any
		Same   string
		Inner  struct{ A, B int }
		Price  decimal.NullDecimal
		hidden int
		Last   *int
	}
	one := 1
	base, other := holder{Same: "x"}, holder{Any: 1, Same: "x", hidden: 9, Last: &one}
	other.Inner.A, other.Inner.B = 1, 2
	other.Price = decimal.NewNullDecimal(decimal.New(1, 0))
	want := []string{"Any", "Inner.A", "Inner.B", "Price", "Last"}
	for stop := range want {
		var paths []string
		for path, v := range domaintest.Changed(base, other) {
			paths = append(paths, path)
			if got := domaintest.Differences(v, base, path); len(got) != 0 || v.hidden != 0 {
				t.Errorf("%s: also %q", path, got)
			}
			if len(paths) > stop {
				break
			}
		}
		if !slices.Equal(paths, want[:stop+1]) {
			t.Errorf("changed %q, want %q", paths, want[:stop+1])
		}
	}
	for path := range domaintest.Changed(base, base) {
		t.Errorf("%s differs from itself", path)
	}
	for path, v := range domaintest.Changed(1, 2) {
		if path != "" || v != 2 {
			t.Errorf("%q: %d", path, v)
		}
	}
}
