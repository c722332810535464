package doctor

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// barcodes makes products with the ids 1…n.
func barcodes(all ...string) []domain.Product {
	products := make([]domain.Product, len(all))
	for i, b := range all {
		products[i] = domain.Product{
			ID: domain.ProductID(i + 1), Code: domain.Code(fmt.Sprintf("K%d", i+1)), Barcode: domain.Barcode(b), State: domain.ProductActive,
		}
	}
	return products
}

func codes(all ...string) []domain.Product {
	products := barcodes(make([]string, len(all))...)
	for i, code := range all {
		products[i].Code = domain.Code(code)
	}
	return products
}

func TestExamine_oneBarcode(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		barcode  string
		kind     Kind // "" = nothing to find
		reason   Reason
		proposed string
	}{
		{"8690632059150", "", "", ""},
		{"036000291452", "", "", ""},
		{"96385074", "", "", ""},
		{"", "", "", ""},
		{"0000000000000", "", "", ""},
		{"EVKTY226760000005400", "", "", ""},
		{"12345", "", "", ""}, // a shop's own number
		{"36000291452", LostZero, ReasonLostZero, "036000291452"},
		{" 36000291452\u200b", LostZero, ReasonLostZero, "036000291452"},
		{"8,69E+12", Exponent, ReasonDigitsLost, ""},
		{"8.69063E+12", Exponent, ReasonDigitsLost, ""},
		{"8,69063205915E+12", Exponent, ReasonDigitsWhole, "8690632059150"},
		{"8.690632059150E12", Exponent, ReasonDigitsWhole, "8690632059150"},
		{"8.69063205916E12", Exponent, ReasonDigitsLost, ""}, // whole, but no GTIN
		{"9.6385074e7", Exponent, ReasonDigitsWhole, "96385074"},
		{"1E99999999", Exponent, ReasonDigitsLost, ""},
		{"8690632059150,00", Spoilt, ReasonDecimals, "8690632059150"},
		{"8690632059150.0", Spoilt, ReasonDecimals, "8690632059150"},
		{"8690632059150.5", Spoilt, ReasonMarks, ""},
		{"8.690.632.059.150", Spoilt, ReasonMarks, ""},
		{"8690632059157", CheckDigit, ReasonCheckDigit, "8690632059150"},
		{"036000291455", CheckDigit, ReasonCheckDigit, "036000291452"},
		{"96385070", CheckDigit, ReasonCheckDigit, "96385074"},
		{"2000000000001", CheckDigit, ReasonCheckDigit, ""}, // it would be an in-store number
		{"18690632059157", Box, ReasonBox, "8690632059150"},
		{"98690632059153", "", "", ""}, // 9: of varying weight, made of no piece
		{"2000000000008", InStore, ReasonInStore, ""},
		{"978-605-123-456-4", Decorated, ReasonDecorated, "9786051234564"},
		{"EAN: 8690632059150", Decorated, ReasonDecorated, "8690632059150"},
		{"Barkod No: 8690632059150", Decorated, ReasonDecorated, "8690632059150"},
		{"(01)08690632059150", Decorated, ReasonDecorated, "08690632059150"},
		{"8690632059150/", Decorated, ReasonDecorated, "8690632059150"},
		{"975-08-0294-2", ISBN, ReasonISBN, "9789750802942"},
		{"ISBN 080442957X", ISBN, ReasonISBN, "9780804429573"},
		{"975-08-0294-7", "", "", ""},
		{"0306406152", "", "", ""}, // a shop's own number, for all that is known
		{"*96385074*", Decorated, ReasonDecorated, "96385074"},
		{"00008690632059150", Decorated, ReasonDecorated, "08690632059150"},
		{"8 690632 059150", Decorated, ReasonDecorated, "8690632059150"},
		{"978-605-123-456-5", "", "", ""}, // a text as shops make them
		{"*36000291452*", LostZero, ReasonLostZero, "036000291452"},
		{"2-000000-000008", InStore, ReasonInStore, ""},
		{"1 869 0632 05915 7", Box, ReasonBox, "8690632059150"},
		{"8690632059150, 4006381333931", Several, ReasonSeveral, ""},
		{"8690632059150/4006381333931", Several, ReasonSeveral, ""},
		{"8690632059150 4006381333931", Several, ReasonSeveral, ""},
		{"Oca.24", Spoilt, ReasonDate, ""},
		{"03.01.2024", Spoilt, ReasonDate, ""},
		{"20000004", InStore, ReasonInStore, ""},
	} {
		r := Examine(slices.Values(barcodes(tt.barcode)))
		if tt.kind == "" {
			if len(r.Findings) > 0 {
				t.Errorf("%q: %+v", tt.barcode, r.Findings)
			}
			continue
		}
		if len(r.Findings) != 1 {
			t.Errorf("%q: %d findings, want %s", tt.barcode, len(r.Findings), tt.kind)
			continue
		}
		f := r.Findings[0]
		if f.Kind != tt.kind || f.Reason != tt.reason || f.Proposed != tt.proposed || f.Value != tt.barcode || f.Product != 1 || f.Code != "K1" {
			t.Errorf("%q: %+v", tt.barcode, f)
		}
	}
}

func TestExamine_oneCode(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		code     string
		reason   Reason // "" = nothing to find
		proposed string
	}{
		{"1,23E+05", ReasonCodeLost, ""},
		{"1.23E+11", ReasonCodeLost, ""},
		{"1E+05", ReasonCodeLost, ""},
		{"1,2E-05", ReasonCodeLost, ""},
		{"1,23456E+05", ReasonCodeWhole, "123456"},
		{" 1.23456e+5\u200b", ReasonCodeWhole, "123456"},
		{"1.2E1", ReasonCodeWhole, "12"},
		{"12E5", "", ""},
		{"8E12", "", ""},
		{"E12", "", ""},
		{"A1,2E+05", "", ""},
		{"1,2E+0x", "", ""},
		{"1.2.3E+05", "", ""},
		{"1,2E++5", "", ""},
		{"1234.0", ReasonCodeDecimals, "1234"},
		{"1234,00", ReasonCodeDecimals, "1234"},
		{"0012.0", ReasonCodeDecimals, "0012"},
		{"10.000", "", ""}, // a thousand, or a code of parts
		{"1234.5", "", ""},
		{"1.0.0", "", ""},
		{"V1.0", "", ""},
		{".0", "", ""},
		{"Oca.24", ReasonCodeDate, ""},
		{"03.Oca", ReasonCodeDate, ""},
		{"3-Oca", ReasonCodeDate, ""},
		{"3/Ağu/2024", ReasonCodeDate, ""},
		{"Şub-24", ReasonCodeDate, ""},
		{"1-Jan-24", ReasonCodeDate, ""},
		{"Mar 2024", ReasonCodeDate, ""},
		{"03.01.2024", ReasonCodeDate, ""},
		{"3.1.2024", ReasonCodeDate, ""},
		{"2024-01-03", ReasonCodeDate, ""},
		{"2024-01-03 00:00:00", ReasonCodeDate, ""},
		{"03.01.24", "", ""},
		{"MAR-24", "", ""}, // in capitals: a code
		{"Mar-243", "", ""},
		{"Kapı-24", "", ""},
		{"32.Oca", "", ""},
		{"0.Oca", "", ""},
		{"32.01.2024", "", ""},
		{"03.01.2124", "", ""},
		{"2024-13-03", "", ""},
		{"-03.Oca", "", ""},
		{"Oca", "", ""},
		{"007", "", ""},
		{"", "", ""},
	} {
		r := Examine(slices.Values(codes(tt.code)))
		if tt.reason == "" {
			if len(r.Findings) > 0 {
				t.Errorf("%q: %+v", tt.code, r.Findings)
			}
			continue
		}
		want := []Finding{{Kind: SpoiltCode, Reason: tt.reason, Column: Code, Product: 1, Code: domain.Code(tt.code), Value: tt.code, Proposed: tt.proposed}}
		if !reflect.DeepEqual(r.Findings, want) {
			t.Errorf("%q: %+v, want %+v", tt.code, r.Findings, want)
		}
	}
}

// A code is mended only into one that no other product has, or would get.
func TestExamine_codesAreNoOnesElse(t *testing.T) {
	t.Parallel()
	r := Examine(slices.Values(codes("1234.0", "1234", "55.0", "55,00", "99.0")))
	want := []Finding{
		{Reason: ReasonTakenCode, Product: 1, Value: "1234.0", Others: []Other{{2, "1234", ""}}, OtherCount: 1},
		{Reason: ReasonSameCode, Product: 3, Value: "55.0", Others: []Other{{4, "55,00", ""}}, OtherCount: 1},
		{Reason: ReasonSameCode, Product: 4, Value: "55,00", Others: []Other{{3, "55.0", ""}}, OtherCount: 1},
		{Reason: ReasonCodeDecimals, Product: 5, Value: "99.0", Proposed: "99"},
	}
	for i := range want {
		want[i].Kind, want[i].Column, want[i].Code = SpoiltCode, Code, domain.Code(want[i].Value)
	}
	if !reflect.DeepEqual(r.Findings, want) {
		t.Errorf("findings\n%+v, want\n%+v", r.Findings, want)
	}
	if fixes := r.Fixes(SpoiltCode); !reflect.DeepEqual(fixes, []Fix{{5, Code, "99.0", "99"}}) {
		t.Errorf("fixes %v", fixes)
	}
}

// A number as it is printed has the key of the plain one: the two are doubled, and mending one of them doubles no more.
func TestExamine_decoratedOnesAreMendedBesideTheirTwins(t *testing.T) {
	t.Parallel()
	r := Examine(slices.Values(barcodes("978-605-123-456-4", "9786051234564")))
	if got := r.Counts(); got[Decorated] != 1 || got[Doubled] != 2 || len(r.Findings) != 3 {
		t.Errorf("%+v", r.Findings)
	}
	if fixes := r.Fixes(Decorated); !reflect.DeepEqual(fixes, []Fix{{1, Barcode, "978-605-123-456-4", "9786051234564"}}) {
		t.Errorf("fixes %v", fixes)
	}
}

func TestExamine_proposalsAreNoOnesElse(t *testing.T) {
	t.Parallel()
	r := Examine(slices.Values(barcodes(
		"8690632059150", "8690632059157", "18690632059157", // piece, wrong check digit of it, box of it
		"4006381333931", "04006381333931", // doubled, written in two ways
		"036000291452", "36000291452", // the same with its zero lost
	)))
	want := []Finding{
		{Kind: LostZero, Reason: ReasonLostZero, Product: 7, Value: "36000291452", Proposed: "036000291452"},
		{Kind: CheckDigit, Reason: ReasonTakenProposal, Product: 2, Value: "8690632059157", Others: []Other{{1, "K1", ""}}, OtherCount: 1},
		{Kind: Box, Reason: ReasonBoxOfAnother, Product: 3, Value: "18690632059157", Others: []Other{{1, "K1", ""}}, OtherCount: 1},
		{Kind: Doubled, Reason: ReasonDoubled, Product: 4, Value: "4006381333931", Others: []Other{{5, "K5", ""}}, OtherCount: 1},
		{Kind: Doubled, Reason: ReasonDoubled, Product: 5, Value: "04006381333931", Others: []Other{{4, "K4", ""}}, OtherCount: 1},
		{Kind: Doubled, Reason: ReasonDoubled, Product: 6, Value: "036000291452", Others: []Other{{7, "K7", ""}}, OtherCount: 1},
		{Kind: Doubled, Reason: ReasonDoubled, Product: 7, Value: "36000291452", Others: []Other{{6, "K6", ""}}, OtherCount: 1},
	}
	for i := range want {
		want[i].Column = Barcode
		want[i].Code = domain.Code(fmt.Sprintf("K%d", want[i].Product))
	}
	if !reflect.DeepEqual(r.Findings, want) {
		t.Errorf("findings\n%+v, want\n%+v", r.Findings, want)
	}
	if fixes := r.Fixes(LostZero); !reflect.DeepEqual(fixes, []Fix{{7, Barcode, "36000291452", "036000291452"}}) {
		t.Errorf("fixes %v", fixes)
	}
	if fixes := r.Fixes(Box); len(fixes) > 0 {
		t.Errorf("fixes %v", fixes)
	}
}

func TestExamine_twoProposalsAreNeverTheSame(t *testing.T) {
	t.Parallel()
	r := Examine(slices.Values(barcodes("8690632059157", "8690632059158", "18690632059157", "96385070")))
	want := []Finding{
		{Kind: CheckDigit, Reason: ReasonSameProposal, Product: 1, Code: "K1", Value: "8690632059157", Others: []Other{{2, "K2", ""}, {3, "K3", ""}}, OtherCount: 2},
		{Kind: CheckDigit, Reason: ReasonSameProposal, Product: 2, Code: "K2", Value: "8690632059158", Others: []Other{{1, "K1", ""}, {3, "K3", ""}}, OtherCount: 2},
		{Kind: CheckDigit, Reason: ReasonCheckDigit, Product: 4, Code: "K4", Value: "96385070", Proposed: "96385074"},
		{Kind: Box, Reason: ReasonSameProposal, Product: 3, Code: "K3", Value: "18690632059157", Others: []Other{{1, "K1", ""}, {2, "K2", ""}}, OtherCount: 2},
	}
	for i := range want {
		want[i].Column = Barcode
	}
	if !reflect.DeepEqual(r.Findings, want) {
		t.Errorf("findings\n%+v, want\n%+v", r.Findings, want)
	}
}

func TestExamine_namesAFewOfManyThatShareABarcode(t *testing.T) {
	t.Parallel()
	const many = 20_000 // each naming all others would be 400 million
	r := Examine(slices.Values(barcodes(slices.Repeat([]string{"YOK"}, many)...)))
	if len(r.Findings) != many {
		t.Fatalf("%d findings", len(r.Findings))
	}
	for _, f := range []Finding{r.Findings[0], r.Findings[many-1]} {
		if f.Kind != Doubled || len(f.Others) != othersNamed || f.OtherCount != many-1 || f.Others[0].Product == f.Product {
			t.Errorf("%+v", f)
		}
	}
}

func TestExamine_doubledOnesStandTogether(t *testing.T) {
	t.Parallel()
	r := Examine(slices.Values(barcodes("8690632059150", "4006381333931", "8690632059150", "04006381333931")))
	var order []domain.ProductID
	for _, f := range r.Findings {
		order = append(order, f.Product)
	}
	if !slices.Equal(order, []domain.ProductID{1, 3, 2, 4}) {
		t.Errorf("%v", order)
	}
}

// Whatever a catalogue holds, carrying out all proposals makes no two products share a GTIN that did not
// share one before, and the next look proposes nothing that undoes them.
func TestExamine_allProposalsTogetherDoubleNothing(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 11))
	for range 1_000 {
		var all []string
		for range 2 + random.IntN(8) { // few numbers, so that they meet
			base := fmt.Sprintf("86906320591%d", random.IntN(3))
			switch random.IntN(6) {
			case 0:
				base += fmt.Sprint(random.IntN(10))
			case 1:
				base = "1" + base + fmt.Sprint(random.IntN(10))
			case 2:
				base = fmt.Sprintf("3600029145%d", random.IntN(10))
			case 3:
				base = fmt.Sprintf("03600029145%d", random.IntN(10))
			case 4:
				base = right(base + "0")
			default:
				base = right(base+"0") + ",0"
			}
			all = append(all, base)
		}
		before := barcodes(all...)
		after := slices.Clone(before)
		for _, f := range FixesOf(Examine(slices.Values(before)).Findings) {
			after[f.Product-1].Barcode = domain.Barcode(f.To)
		}
		doubled := func(products []domain.Product) (n int) {
			for _, f := range Examine(slices.Values(products)).Findings {
				if f.Kind == Doubled {
					n++
				}
			}
			return n
		}
		if was, is := doubled(before), doubled(after); is > was {
			t.Fatalf("%q: %d doubled before, %d after %+v", all, was, is, after)
		}
	}
}

func TestExamine_leavesOutArchived(t *testing.T) {
	t.Parallel()
	products := barcodes("36000291452", "36000291452")
	products[1].State = domain.ProductArchived
	r := Examine(slices.Values(products))
	if r.Examined != 1 || len(r.Findings) != 1 {
		t.Errorf("%+v", r)
	}
}

func TestExamine_ownNumbersAreNotMended(t *testing.T) {
	t.Parallel()
	var all []string
	for i := range 40 {
		all = append(all, fmt.Sprintf("67600000%05d", i))
	}
	r := Examine(slices.Values(barcodes(all...)))
	if len(r.Findings) < 30 || len(r.Fixes(CheckDigit)) > 0 {
		t.Errorf("%d findings, %d proposals", len(r.Findings), len(r.Fixes(CheckDigit)))
	}
	for _, f := range r.Findings {
		if f.Kind == CheckDigit && f.Reason != ReasonOwnNumbers {
			t.Errorf("%+v", f)
		}
	}
}

func TestExamine_columnsThatLostZeros(t *testing.T) {
	t.Parallel()
	numbered := func(from, to, step int, format string) (all []string) {
		for i := from; i < to; i += step {
			all = append(all, fmt.Sprintf(format, i))
		}
		return all
	}
	for _, tt := range []struct {
		name  string
		codes []string
		width int // 0 = no proposal
	}{
		{"eight digits, some with seven", append(numbered(20_000_000, 20_000_090, 1, "%d"), numbered(7_000_000, 7_000_020, 1, "%d")...), 8},
		{"all of one length", numbered(20_000_000, 20_000_090, 1, "%d"), 0},
		{"zeros are there", append(numbered(20_000_000, 20_000_090, 1, "%d"), "07000000", "700000"), 0},
		{"letters", append(numbered(0, 90, 1, "KOD-%05d"), "7"), 0},
		{"mostly short", append(numbered(20_000_000, 20_000_010, 1, "%d"), numbered(7_000_000, 7_000_020, 1, "%d")...), 0},
		{"short codes", numbered(1, 1000, 1, "%d"), 0},
		{"lengths of every sort", append(numbered(20_000_000, 20_000_090, 1, "%d"), "1", "22", "333"), 0},
		{"too few to say", []string{"12345", "1234"}, 0},
		{"none", nil, 0},
	} {
		r := Examine(slices.Values(codes(tt.codes...)))
		width := 0
		if len(r.Paddings) > 0 {
			width = r.Paddings[0].Width
			if r.Paddings[0].Column != Code || len(r.Paddings[0].Examples) == 0 {
				t.Errorf("%s: %+v", tt.name, r.Paddings)
			}
		}
		if width != tt.width {
			t.Errorf("%s: width %d, want %d", tt.name, width, tt.width)
		}
	}
	r := Examine(slices.Values(barcodes("8690632059150", "36000291452", "123601057", "601057001")))
	if len(r.Paddings) != 0 {
		t.Errorf("barcodes of which most are no GTINs: %+v", r.Paddings)
	}
	r = Examine(slices.Values(barcodes("8690632059150", "36000291452", "12345678905", "4006381333931")))
	want := []Padding{{Column: Barcode, Width: 13, Values: 4, Short: 2, Examples: []Fix{
		{2, Barcode, "36000291452", "0036000291452"}, {3, Barcode, "12345678905", "0012345678905"},
	}}}
	if !reflect.DeepEqual(r.Paddings, want) {
		t.Errorf("%+v, want %+v", r.Paddings, want)
	}
}

func TestPad_neverMakesTwoOfOne(t *testing.T) {
	t.Parallel()
	got := Pad(slices.Values(codes("0123", "123", "45", "045", "7", "A1", "", "0", "12345", " 88 ")), Code, 4)
	want := Padded{
		Fixes:   []Fix{{5, Code, "7", "0007"}, {10, Code, " 88 ", "0088"}},
		Clashes: []Clash{{2, "123", "0123", 1, "0123"}, {3, "45", "0045", 4, "045"}, {4, "045", "0045", 3, "45"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// Two chains have codes in common; one list lost its leading zeros (2,298 equal as stored, 3,554 after).
func TestExamine_realListThatLostZeros(t *testing.T) {
	t.Parallel()
	migros := codes(csvColumn(t, "market-fiyatlari/migros_2026-02-25.csv", "sku")...)
	macro := csvColumn(t, "market-fiyatlari/macrocenter_prices_2026-02-25.csv", "SKU")
	if n := common(migros, macro); n != 2_298 {
		t.Errorf("%d codes are equal as stored, want 2,298", n)
	}
	if r := Examine(slices.Values(codes(macro...))); len(r.Paddings) != 0 {
		t.Errorf("the list that has its zeros: %+v", r.Paddings)
	}
	r := Examine(slices.Values(migros))
	if len(r.Paddings) != 1 || r.Paddings[0].Width != 8 || r.Paddings[0].Short != 2_627 || r.Paddings[0].Clashes != 0 {
		t.Fatalf("proposals %+v", r.Paddings)
	}
	for _, f := range Pad(slices.Values(migros), Code, r.Paddings[0].Width).Fixes {
		migros[f.Product-1].Code = domain.Code(f.To)
	}
	if n := common(migros, macro); n != 3_554 {
		t.Errorf("%d codes are equal with their zeros, want 3,554", n)
	}
}

func common(products []domain.Product, others []string) int {
	have := map[string]bool{}
	for _, o := range others {
		have[domain.Code(o).K0()] = true
	}
	n := 0
	for _, p := range products {
		if have[p.Code.K0()] {
			n++
		}
	}
	return n
}

func csvColumn(t *testing.T, name, column string) (values []string) {
	t.Helper()
	dirs := []string{os.Getenv("SOPYO_TESTDATA")}
	for up := ".."; len(up) < 20; up = filepath.Join(up, "..") {
		dirs = append(dirs, filepath.Join(up, "shared", "data"))
	}
	for _, dir := range dirs {
		raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil || dir == "" {
			continue
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(raw), "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		at := slices.Index(rows[0], column)
		if at < 0 {
			t.Fatalf("%s has no column %s", name, column)
		}
		for _, row := range rows[1:] {
			values = append(values, row[at])
		}
		return values
	}
	t.Skipf("%s is not here; SOPYO_TESTDATA names the folder of the real lists", name)
	return nil
}

func FuzzExamine(f *testing.F) {
	for _, b := range []string{"8690632059150", "8,69E+12", "36000291452", "18690632059157", "", "x"} {
		f.Add(b, b)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		products := barcodes(a, b)
		for _, finding := range Examine(slices.Values(products)).Findings {
			if finding.Proposed == "" {
				continue
			}
			if _, ok := domain.Barcode(finding.Proposed).GTIN(); !ok {
				t.Fatalf("%q for %q is no GTIN", finding.Proposed, finding.Value)
			}
		}
		for _, fix := range Pad(slices.Values(products), Barcode, 13).Fixes {
			if _, ok := domain.Barcode(fix.To).GTIN(); !ok || len(fix.To) != 13 {
				t.Fatalf("%+v", fix)
			}
		}
	})
}
