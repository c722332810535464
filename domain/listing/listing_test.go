package listing

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

func TestMapping_isWrittenAndRead(t *testing.T) {
	t.Parallel()
	for _, m := range []Mapping{{Code, "", Price, VAT}, {Price, Code, Price}, {""}, {"", ""}, Fields(), append(Mapping{""}, Fields()...)} {
		got, ok := ParseMapping(m.String(), len(m))
		if !ok || !slices.Equal(got, m) {
			t.Errorf("%q was read as %v, %v", m, got, ok)
		}
		for _, width := range []int{0, len(m) - 1, len(m) + 1} {
			if got, ok := ParseMapping(m.String(), width); ok || got != nil {
				t.Errorf("%q of %d columns was read as %v", m, width, got)
			}
		}
	}
	for _, f := range Fields() {
		for _, text := range []string{string(f + ",kod"), string(f + ",, "), string(f + " ")} {
			if got, ok := ParseMapping(text, strings.Count(text, ",")+1); ok || got != nil {
				t.Errorf("%q was read as %v", text, got)
			}
		}
	}
}

// Every column of every mapping can become every field: it becomes it, no other column stays it, and
// the rest stays as it is.
func TestMapping_setTakesAFieldAwayFromItsColumn(t *testing.T) {
	t.Parallel()
	start := append(Mapping{"", ""}, Fields()...)
	for column := range start {
		for _, f := range append(Fields(), "") {
			m := slices.Clone(start)
			m.Set(column, f)
			cols := m.Columns()
			for i, was := range start {
				want := was
				switch {
				case i == column:
					want = f
				case was == f:
					want = ""
				}
				if at, ok := cols.First(want); m[i] != want || ok != (want != "") || ok && at != i || len(cols[want]) > 1 {
					t.Errorf("column %d set to %q: column %d is %q and found at %d", column, f, i, m[i], cols[want])
				}
			}
		}
	}
}

func TestMapping_letsSeveralColumnsBecomeOneField(t *testing.T) {
	t.Parallel()
	cols := Mapping{Price, Code, "", Price}.Columns()
	if !slices.Equal(cols[Price], []int{0, 3}) || !slices.Equal(cols[Code], []int{1}) || len(cols) != 2 {
		t.Errorf("%v", cols)
	}
	if at, ok := cols.First(Price); at != 0 || !ok {
		t.Errorf("%d, %v", at, ok)
	}
	if at, ok := cols.First(Name); at != 0 || ok {
		t.Errorf("%d, %v", at, ok)
	}
}

func TestMapping_isKnownByCodeBarcodeOrName(t *testing.T) {
	t.Parallel()
	for _, f := range append(Fields(), "") {
		want := f == Code || f == Barcode || f == Name
		if m := (Mapping{"", f}); m.Known() != want {
			t.Errorf("%v is known: %v", m, !want)
		}
	}
}

func TestFingerprint_tellsHeadersApart(t *testing.T) {
	t.Parallel()
	header := []string{"Stok Kodu", "BARKOD", "İsim"}
	mark := Fingerprint(header)
	if len(mark) != 24 || strings.Trim(mark, "0123456789abcdef") != "" {
		t.Errorf("%q", mark)
	}
	// Kept with the columns a person has chosen, so it has to stay what it is.
	if old := Fingerprint([]string{"Stok Kodu", "Ürün Adı", "FİYAT"}); old != "63790cb54f2e11a6deb0dcf3" {
		t.Errorf("a header known from before has %s", old)
	}
	if other := Fingerprint([]string{"stok  kodu", "Barkod ", "ISIM"}); other != mark {
		t.Error("another spelling is another header")
	}
	for _, other := range [][]string{
		{}, {""}, {"Stok Kodu", "BARKOD"}, {"BARKOD", "Stok Kodu", "İsim"}, {"Stok KoduBARKOD", "İsim"}, {"Stok Kodu", "BARKOD", "İsim", ""}, {"Stok Kodu", "BARKO", "Dİsim"},
	} {
		if Fingerprint(other) == mark {
			t.Errorf("%q has the fingerprint of %q", other, header)
		}
	}
}

func TestResult_listsTheFirstProblems(t *testing.T) {
	t.Parallel()
	var r Result
	for n := range ProblemLimit + 5 {
		noted := domaintest.Fill[Noted](n)
		r.Note(noted)
		if r.ProblemCount != n+1 || len(r.Problems) != min(n+1, 1000) {
			t.Fatalf("%d listed of %d, after %d", len(r.Problems), r.ProblemCount, n+1)
		}
		if n < ProblemLimit {
			if diff := domaintest.Differences(r.Problems[n], noted); len(diff) > 0 {
				t.Fatalf("%q", diff)
			}
		}
	}
}

// Only the moment counts of when a file was changed, not the zone in which a file system tells it.
func TestStamp_tellsAnotherFileByAnyOfItsParts(t *testing.T) {
	t.Parallel()
	base := domaintest.Fill[Stamp](0)
	elsewhere := base
	elsewhere.ModifiedAt = base.ModifiedAt.In(time.FixedZone("elsewhere", 3600))
	if !base.Same(elsewhere) || !base.Same(base) {
		t.Error("a file is not itself")
	}
	for path, other := range domaintest.Changed(base, domaintest.Fill[Stamp](1)) {
		if base.Same(other) || other.Same(base) {
			t.Errorf("another %s is not noticed", path)
		}
	}
}

func TestCount_tellsHowFarAnOrderHasCome(t *testing.T) {
	t.Parallel()
	var c Count
	want := func(read, written, of int) {
		t.Helper()
		if r, w, o := c.Snapshot(); r != read || w != written || o != of {
			t.Errorf("%d read, %d of %d written; want %d, %d of %d", r, w, o, read, written, of)
		}
	}
	want(0, 0, 0)
	for n := range 3 {
		c.Read()
		want(n+1, 0, 0)
	}
	c.Wrote(1, 2)
	want(3, 1, 2)
	c.Wrote(2, 2)
	want(3, 2, 2)
}

// What a person can choose is offered once, and none of it is what stands for "found out".
func TestReading_offersEachChoiceOnce(t *testing.T) {
	t.Parallel()
	fields := []string{}
	for _, f := range Fields() {
		fields = append(fields, string(f))
	}
	for name, offered := range map[string][]string{"separators": Separators(), "encodings": Encodings(), "fields": fields} {
		if got := slices.Compact(slices.Sorted(slices.Values(offered))); len(got) != len(offered) || len(got) < 3 || got[0] == "" {
			t.Errorf("%s: %q", name, offered)
		}
	}
}

func TestIsOrderList_knowsTheRefusalAlone(t *testing.T) {
	t.Parallel()
	refused := func(detail string) error {
		return fmt.Errorf("inspect: %w", &domain.Error{Kind: domain.KindFile, Detail: detail})
	}
	for _, c := range []struct {
		err  error
		want bool
	}{
		{refused(RefusedOrders), true},
		{refused(RefusedOrdersUnnamed), true},
		{refused("orders.payment-report"), false},
		{&domain.Error{Kind: domain.KindInvalid, Detail: RefusedOrders}, false},
		{errors.New("x"), false},
		{nil, false},
	} {
		if got := IsOrderList(c.err); got != c.want {
			t.Errorf("%v: %v, want %v", c.err, got, c.want)
		}
	}
}
