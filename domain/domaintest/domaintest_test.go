package domaintest_test

import (
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

func TestFill_leavesNoFieldZeroAndNoTwoSeedsAlike(t *testing.T) {
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
	if _, ok := domaintest.Fill[domain.Product](3).Barcode.GTIN(); !ok {
		t.Error("the barcode is no GTIN")
	}
}

func TestFill_takesAMaker(t *testing.T) {
	got := domaintest.Fill[sample](0, domaintest.OneOf("a", "b"), domaintest.As(func(n int) int64 { return int64(-n) }))
	if !strings.Contains("ab", got.Text) || got.Number >= 0 || got.Inner.Name == "" {
		t.Errorf("%+v", got)
	}
}

func TestFill_refusesWhatItCannotFill(t *testing.T) {
	defer func() {
		if got, _ := recover().(string); !strings.Contains(got, "Do") {
			t.Errorf("panic %q", got)
		}
	}()
	domaintest.Fill[struct{ Do func() }](0)
}

func TestDifferences_comparesValuesNotRepresentations(t *testing.T) {
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

func TestChanged_changesOneFieldAtATime(t *testing.T) {
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
