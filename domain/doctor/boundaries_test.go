package doctor

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

// checked puts the right check digit behind a body, by the sum that has to be a multiple of ten.
func checked(body string) string {
	for last := range 10 {
		text, sum := fmt.Sprintf("%s%d", body, last), 0
		for i := range text {
			sum += int(text[len(text)-1-i]-'0') * []int{1, 3}[i%2]
		}
		if sum%10 == 0 {
			return text
		}
	}
	return ""
}

// wrong puts a check digit behind a body that is not the right one.
func wrong(body string) string {
	text := checked(body)
	return text[:len(body)] + string(rune('0'+(text[len(body)]-'0'+1)%10))
}

func repeated(n int, f func(i int) string) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = f(i)
	}
	return all
}

func TestRight_makesTheCheckDigitOfAnyNumber(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(61, 62))
	for range 5_000 {
		body := strings.Join(repeated(7+r.IntN(7), func(int) string { return fmt.Sprint(r.IntN(10)) }), "")
		if got, want := right(wrong(body)), checked(body); got != want {
			t.Fatalf("%s: %s, want %s", body, got, want)
		}
	}
}

func TestExamine_atTheBoundariesOfEachKind(t *testing.T) {
	t.Parallel()
	piece, inStore := checked("869063205915"), checked("200000000000")
	twoZeros := ""
	for i := 0; twoZeros == "" || twoZeros[11:] != "00"; i++ {
		twoZeros = checked(fmt.Sprintf("8690632%04d0", i))
	}
	threeZeros := twoZeros[:1] + "," + twoZeros[1:11]
	for _, tt := range []struct {
		barcode  string
		kind     Kind // "" = nothing to find
		reason   Reason
		proposed string
	}{
		{checked("1" + piece[:12]), Box, ReasonBox, piece},
		{checked("8" + piece[:12]), Box, ReasonBox, piece},
		{checked("9" + piece[:12]), "", "", ""},
		{"0" + piece, "", "", ""},
		{checked("1" + inStore[:12]), Box, ReasonBox, ""}, // made of what every shop numbers by itself
		{checked("1" + "00000" + "9638507"), Box, ReasonBox, "00000" + checked("9638507")},
		{wrong("1" + piece[:12]), CheckDigit, ReasonCheckDigit, checked("1" + piece[:12])},
		{wrong("9638507"), CheckDigit, ReasonCheckDigit, "96385074"},
		{wrong("2638507"), CheckDigit, ReasonCheckDigit, ""},
		{wrong("963850"), "", "", ""},
		{wrong("96385074"), "", "", ""},
		{wrong("9638507412"), "", "", ""},
		{wrong(piece), CheckDigit, ReasonCheckDigit, checked(piece)},
		{wrong(piece + "1"), "", "", ""},
		{"K" + piece, "", "", ""},
		{piece + ",", Spoilt, ReasonDecimals, piece},
		{"+" + piece + ",0", Spoilt, ReasonDecimals, piece},
		{"," + piece, Spoilt, ReasonMarks, ""},
		{wrong(piece[:12]) + ".0", Spoilt, ReasonMarks, ""},
		{inStore + ".0", Spoilt, ReasonMarks, ""},
		{piece + ".00.0", Spoilt, ReasonMarks, ""},
		{"K" + piece + ".0", Spoilt, ReasonMarks, ""},
		{"+8,69063205915e+12", Exponent, ReasonDigitsWhole, piece},
		{"8.690632059150E+12", Exponent, ReasonDigitsWhole, piece},
		{"8.6906320591500E+12", Exponent, ReasonDigitsLost, ""}, // more digits than it says
		{threeZeros + "E+12", Exponent, ReasonDigitsLost, ""},   // two zeros: one of them may have been a digit
		{threeZeros + "0E+12", Exponent, ReasonDigitsWhole, twoZeros},
		{"86.9063205915E+11", Exponent, ReasonDigitsLost, ""},
		{".869063205915E+13", Exponent, ReasonDigitsLost, ""},
		{"8E+12", Exponent, ReasonDigitsLost, ""},
		{"8.69063205915E", Exponent, ReasonDigitsLost, ""},
		{"8.69063205915E-12", Exponent, ReasonDigitsLost, ""},
		{"8.69063205915E+012", Exponent, ReasonDigitsLost, ""},
		{"9.6385074E+07", Exponent, ReasonDigitsWhole, "96385074"},
		{"8.6906x205915E+12", Exponent, ReasonDigitsLost, ""},
		{"8.69063205915E+1x", Exponent, ReasonDigitsLost, ""},
		{"x.69063205915E+12", Exponent, ReasonDigitsLost, ""},
		{"2.000000000008E+12", Exponent, ReasonDigitsLost, ""}, // in-store: of no worth
	} {
		product := domaintest.Fill[domain.Product](0)
		product.Barcode, product.State = domain.Barcode(tt.barcode), domain.ProductDraft
		var want []Finding
		if tt.kind != "" {
			want = []Finding{{
				Kind: tt.kind, Reason: tt.reason, Column: Barcode, Product: product.ID, Code: product.Code, Name: product.Name,
				Value: tt.barcode, Proposed: tt.proposed,
			}}
		}
		if got := Examine(slices.Values([]domain.Product{product})).Findings; len(domaintest.Differences(got, want)) > 0 {
			t.Errorf("%q: %+v, want %+v", tt.barcode, got, want)
		}
	}
}

// Others are named with all that tells them, up to five, never the product itself; the count is of them all.
func TestExamine_namesWhoStandsInTheWay(t *testing.T) {
	t.Parallel()
	number := checked("869063205915")
	for _, tt := range []struct {
		name   string
		others string // the barcode of each of the others
		own    string
		want   Finding // of the last product
	}{
		{"doubled", number, number, Finding{Kind: Doubled, Reason: ReasonDoubled}},
		{"the right one is taken", number, wrong(number[:12]), Finding{Kind: CheckDigit, Reason: ReasonTakenProposal}},
		{"the piece is another product", number, checked("1" + number[:12]), Finding{Kind: Box, Reason: ReasonBoxOfAnother}},
		{"the right one is others' too", number + ",0", wrong(number[:12]), Finding{Kind: CheckDigit, Reason: ReasonSameProposal}},
	} {
		for n := 1; n <= othersNamed+2; n++ {
			var products []domain.Product
			for i := range n + 1 {
				p := domaintest.Fill[domain.Product](i)
				p.State, p.Barcode = domain.ProductActive, domain.Barcode(tt.others)
				products = append(products, p)
			}
			last := &products[n]
			last.Barcode = domain.Barcode(tt.own)
			want := tt.want
			want.Column, want.Product, want.Code, want.Name, want.Value, want.OtherCount = Barcode, last.ID, last.Code, last.Name, tt.own, n
			for _, p := range products[:min(n, othersNamed)] {
				want.Others = append(want.Others, Other{p.ID, p.Code, p.Name})
			}
			found := Examine(slices.Values(products)).Findings
			i := slices.IndexFunc(found, func(f Finding) bool { return f.Product == last.ID })
			if i < 0 {
				t.Fatalf("%s, %d: %+v", tt.name, n, found)
			}
			if off := domaintest.Differences(found[i], want); len(off) > 0 {
				t.Errorf("%s, %d: %q", tt.name, n, off)
			}
		}
	}
}

func TestExamine_ownNumbersAreMostOfMoreThanTen(t *testing.T) {
	t.Parallel()
	numbers := func(length int, made func(string) string) func(int) string {
		return func(i int) string { return made(fmt.Sprintf("67%0*d", length-3, i+1)) }
	}
	wrong13 := numbers(13, wrong)
	right13 := func(i int) string { return checked(fmt.Sprintf("869%09d", i)) } // none that a wrong one would become
	for _, tt := range []struct {
		name string
		all  []string
		own  bool
	}{
		{"ten wrong ones are a few", repeated(10, wrong13), false},
		{"eleven are not", repeated(11, wrong13), true},
		{"more right ones", append(repeated(11, wrong13), repeated(12, right13)...), false},
		{"as many right ones", append(repeated(11, wrong13), repeated(11, right13)...), false},
		{"one right one less", append(repeated(11, wrong13), repeated(10, right13)...), true},
		{"in-store numbers are right ones", append(repeated(11, wrong13), repeated(11, func(i int) string { return checked(fmt.Sprintf("20%010d", i+1)) })...), false},
		{"nothing at all is no right one", append(repeated(11, wrong13), repeated(11, func(int) string { return "0000000000000" })...), true},
		{"text is none", append(repeated(11, wrong13), repeated(11, func(i int) string { return fmt.Sprintf("KOD-%09d", i) })...), true},
		{"other lengths are none", append(repeated(11, wrong13), repeated(12, numbers(11, checked))...), true},
		{"wrong ones of other lengths are none", append(repeated(10, wrong13), repeated(9, numbers(10, wrong))...), false},
		{"eight digits count", repeated(11, numbers(8, wrong)), true},
		{"twelve count", repeated(11, numbers(12, wrong)), true},
		{"fourteen count", repeated(11, numbers(14, wrong)), true},
	} {
		r := Examine(slices.Values(barcodes(tt.all...)))
		found := 0
		for _, f := range r.Findings {
			if f.Kind != CheckDigit {
				continue
			}
			found++
			if (f.Reason == ReasonOwnNumbers) != tt.own || (f.Proposed == "") != tt.own {
				t.Errorf("%s: %+v", tt.name, f)
			}
		}
		if found < 10 {
			t.Errorf("%s: %d findings", tt.name, found)
		}
	}
}

// A shop with numbers of its own still has barcodes to mend, and two that lost their zero are mended alike.
func TestExamine_ownNumbersLeaveTheOtherProposals(t *testing.T) {
	t.Parallel()
	piece := checked("869063205915")
	all := append(repeated(20, func(i int) string { return wrong(fmt.Sprintf("67%010d", i)) }),
		"36000291452", "36000291452", checked("1"+piece[:12]), "8,69063205916E+12", checked("400638133393")+",0")
	var got []Fix
	for _, k := range Kinds() {
		got = append(got, Examine(slices.Values(barcodes(all...))).Fixes(k)...)
	}
	want := []Fix{
		{21, Barcode, "36000291452", "036000291452"},
		{22, Barcode, "36000291452", "036000291452"},
		{25, Barcode, checked("400638133393") + ",0", checked("400638133393")},
		{23, Barcode, checked("1" + piece[:12]), piece},
	}
	if off := domaintest.Differences(got, want); len(off) > 0 {
		t.Errorf("%q", off)
	}
}

func TestPaddings_ofCodesAtTheirBoundaries(t *testing.T) {
	t.Parallel()
	long := func(n, length int) []string {
		return repeated(n, func(i int) string { return fmt.Sprintf("%d%0*d", 7, length-1, i) })
	}
	join := func(parts ...[]string) []string { return slices.Concat(parts...) }
	for _, tt := range []struct {
		name  string
		codes []string
		width int
	}{
		{"ten numbers are enough", join(long(8, 8), long(2, 7)), 8},
		{"nine are not", join(long(7, 8), long(2, 7)), 0},
		{"one in twenty is none", join(long(17, 8), long(2, 7), []string{"A"}), 8},
		{"one in nineteen is none", join(long(16, 8), long(2, 7), []string{"A"}), 0},
		{"no code at all is neither", join(long(8, 8), long(2, 7), []string{"", " ", ""}), 8},
		{"five digits", join(long(8, 5), long(2, 4)), 5},
		{"four digits", join(long(8, 4), long(2, 3)), 0},
		{"three zeros lost", join(long(8, 8), long(2, 5)), 8},
		{"three and two lost, in any order", join(long(1, 6), long(2, 5), long(8, 8), long(1, 7)), 8},
		{"four zeros lost", join(long(8, 8), long(2, 4)), 0},
		{"half are long", join(long(5, 8), long(5, 7)), 8},
		{"less than half", join(long(5, 8), long(6, 7)), 0},
		{"one has its zero", join(long(8, 8), long(2, 7), []string{"01234567"}), 0},
		{"one length", long(10, 8), 0},
		{"long, and a single short one", join(long(9, 8), long(1, 7)), 8},
	} {
		for _, all := range [][]string{tt.codes, backwards(tt.codes)} {
			if got := codeWidth(itemsOf(slices.Values(codes(all...)))); got != tt.width {
				t.Errorf("%s: %d, want %d", tt.name, got, tt.width)
			}
		}
	}
}

func TestPaddings_ofBarcodesAtTheirBoundaries(t *testing.T) {
	t.Parallel()
	of := func(n, length int, made func(string) string) []string {
		return repeated(n, func(i int) string { return made(fmt.Sprintf("7%0*d", length-2, i+1)) })
	}
	for _, tt := range []struct {
		name string
		all  []string
		want int
	}{
		{"none", nil, 0},
		{"one may be chance", of(1, 11, checked), 0},
		{"two are not", of(2, 11, checked), 13},
		{"nine digits", of(2, 9, checked), 13},
		{"ten digits", of(2, 10, checked), 13},
		{"eight in ten", append(of(8, 11, checked), of(2, 11, wrong)...), 13},
		{"four in five", append(of(4, 9, checked), of(1, 9, wrong)...), 13},
		{"less than eight in ten", append(of(7, 11, checked), of(2, 11, wrong)...), 0},
		{"eight digits are not looked at", append(of(2, 9, checked), of(5, 8, wrong)...), 13},
		{"nor twelve", append(of(2, 9, checked), of(5, 12, wrong)...), 13},
		{"nor text", append(of(2, 9, checked), "A23456789", "B23456789", "123.56789"), 13},
		{"eight digits lost nothing", of(2, 8, checked), 0},
		{"nor did twelve", of(2, 12, checked), 0},
	} {
		if got := barcodeWidth(itemsOf(slices.Values(barcodes(tt.all...)))); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

// What filling up a column would do, counted and shown by examples, for both columns.
func TestExamine_saysWhatFillingUpWouldDo(t *testing.T) {
	t.Parallel()
	long := repeated(15, func(i int) string { return fmt.Sprintf("2%07d", i) })
	r := Examine(slices.Values(codes(append(long, "3000001", "3000002", "3000003", "3000004", " 3000004", "KOD", "", " ")...)))
	want := []Padding{{Column: Code, Width: 8, Values: 20, Short: 3, Clashes: 2, Examples: []Fix{
		{16, Code, "3000001", "03000001"}, {17, Code, "3000002", "03000002"}, {18, Code, "3000003", "03000003"},
	}}}
	if len(domaintest.Differences(r.Paddings, want)) > 0 {
		t.Errorf("%+v, want %+v", r.Paddings, want)
	}
	short := repeated(5, func(i int) string { return checked(fmt.Sprintf("71000000%d", i)) })
	r = Examine(slices.Values(barcodes(append(short, "KOD", "0"+short[4], "12345678", "")...)))
	want = []Padding{{Column: Barcode, Width: 13, Values: 7, Short: 4, Clashes: 2}}
	for i, s := range short[:exampleCount] {
		want[0].Examples = append(want[0].Examples, Fix{domain.ProductID(i + 1), Barcode, s, "000" + s})
	}
	if len(domaintest.Differences(r.Paddings, want)) > 0 {
		t.Errorf("%+v, want %+v", r.Paddings, want)
	}
	// Both lost their zeros; where every one of them clashes there is nothing to propose.
	both := codes(append(long, "3000001", "3000002")...)
	for i := range 2 {
		both[i].Barcode = domain.Barcode(short[i])
	}
	if r = Examine(slices.Values(both)); len(r.Paddings) != 2 || r.Paddings[0].Column != Code || r.Paddings[1].Column != Barcode {
		t.Errorf("both: %+v", r.Paddings)
	}
	if r = Examine(slices.Values(codes(append(long, "3000001", "3000001")...))); len(r.Paddings) != 0 {
		t.Errorf("all clash: %+v", r.Paddings)
	}
}

// filledUp is one value filled up, by the words of Pad.
func filledUp(value string, column Column, width int) string {
	text := domain.Code(value).K0()
	if text == "" || strings.Trim(text, "0123456789") != "" || strings.Trim(text, "0") == "" || len(text) >= width {
		return text
	}
	filled := strings.Repeat("0", width-len(text)) + text
	if column == Barcode {
		_, whole := domain.Barcode(text).Key()
		if _, class := domain.Barcode(filled).Key(); class != domain.BarcodeGTIN || whole == domain.BarcodeGTIN {
			return text
		}
	}
	return filled
}

func TestPad_isTheDefinition(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(71, 72))
	short := repeated(3, func(i int) string { return checked(fmt.Sprintf("71000000%d", i)) })
	few := append(short, "0"+short[0], "00"+short[1], wrong(short[2][:8]), checked("9638507"), "00000"+checked("9638507"), checked("03600029145"),
		"0", "00", "1", "01", "001", "12", "012", " 12 ", "123456", "A1", "", "000000000")
	for range 3_000 {
		products := make([]domain.Product, r.IntN(7))
		for i := range products {
			products[i] = domaintest.Fill[domain.Product](i)
			products[i].State = domain.ProductActive
			products[i].Code, products[i].Barcode = domain.Code(few[r.IntN(len(few))]), domain.Barcode(few[r.IntN(len(few))])
		}
		column, width := []Column{Code, Barcode}[r.IntN(2)], []int{2, 3, 12, 13, 14}[r.IntN(5)]
		value := func(p domain.Product) string {
			if column == Code {
				return string(p.Code)
			}
			return string(p.Barcode)
		}
		var want Padded
		for i, p := range products {
			from := value(p)
			to := filledUp(from, column, width)
			if to == domain.Code(from).K0() {
				continue
			}
			other := slices.IndexFunc(products, func(o domain.Product) bool {
				return o.ID != p.ID && filledUp(value(o), column, width) == to
			})
			if other < 0 {
				want.Fixes = append(want.Fixes, Fix{Product: products[i].ID, Column: column, From: from, To: to})
			} else {
				want.Clashes = append(want.Clashes, Clash{Product: p.ID, From: from, To: to, Other: products[other].ID, Has: value(products[other])})
			}
		}
		if off := domaintest.Differences(Pad(slices.Values(products), column, width), want); len(off) > 0 {
			t.Fatalf("%s of %d: %q", column, width, off)
		}
	}
}

func TestReport_findingsStandByKindAndPlace(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(81, 82))
	piece := checked("869063205915")
	few := []string{piece, "36000291452", "8,69E+12", "1.2", wrong("963850"), wrong("9638507"), checked("1" + piece[:12]), checked("200000000000"), "KOD"}
	for range 2_000 {
		all := repeated(r.IntN(12), func(int) string { return few[r.IntN(len(few))] })
		products := barcodes(all...)
		r.Shuffle(len(products), func(i, j int) { products[i].ID, products[j].ID = products[j].ID, products[i].ID })
		report := Examine(slices.Values(products))
		place := func(f Finding) int {
			return slices.IndexFunc(products, func(p domain.Product) bool {
				if f.Kind == Doubled { // the first that has it
					return string(p.Barcode) == f.Value
				}
				return p.ID == f.Product
			})
		}
		var keys []string
		for _, f := range report.Findings {
			own := slices.IndexFunc(products, func(p domain.Product) bool { return p.ID == f.Product })
			keys = append(keys, fmt.Sprintf("%02d %03d %03d", slices.Index(Kinds(), f.Kind), place(f), own))
		}
		if !slices.IsSorted(keys) || len(slices.Compact(keys)) != len(report.Findings) {
			t.Fatalf("%q: %q", all, keys)
		}
		if counts := report.Counts(); !reflect.DeepEqual(counts, plainCounts(report.Findings)) {
			t.Fatalf("%q: %v", all, counts)
		}
	}
}

func plainCounts(findings []Finding) map[Kind]int {
	counts := map[Kind]int{}
	for _, k := range Kinds() {
		if n := len(slices.DeleteFunc(slices.Clone(findings), func(f Finding) bool { return f.Kind != k })); n > 0 {
			counts[k] = n
		}
	}
	return counts
}

func backwards(all []string) []string {
	all = slices.Clone(all)
	slices.Reverse(all)
	return all
}
