package files

import (
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
)

// One mark for a file or a column: what proves nothing goes by the others, and what is at odds by none; separators prove nothing.
func TestFindMarks(t *testing.T) {
	first := func(n int, text string) string { return strings.Repeat("a;"+text+";1;1\n", n) }
	const header = "Ad;Fiyat;Stok;KDV\n"
	for name, c := range map[string]struct {
		content, chosen         string
		price, stock, vat, said string
	}{
		"nothing, by semicolons":               {header + "a;1;1;1\n", "", "\x00", "\x00", "\x00", ""},
		"nothing, by commas":                   {"Ad,Fiyat,Stok,KDV\na,1,1,1\n", "", "\x00", "\x00", "\x00", ""},
		"nothing, by tabs":                     {"Ad\tFiyat\tStok\tKDV\na\t1\t1\t1\n", "", "\x00", "\x00", "\x00", ""},
		"nothing, by bars":                     {"Ad|Fiyat|Stok|KDV\na|1|1|1\n", "", "\x00", "\x00", "\x00", ""},
		"a point in one":                       {header + "a;1.5;1;1\n", "", ".", ".", ".", "."},
		"a point in the last":                  {header + "a;1;1;1.5\n", "", ".", ".", ".", "."},
		"one and another":                      {header + "a;1.5;1,5;1\n", "", ".", ",", "?", "."},
		"another and one":                      {header + "a;1,5;1.5;1\n", "", ",", ".", "?", ","},
		"both in one":                          {header + "a;1.5;1;1\nb;1,5;1;1\n", "", "?", "?", "?", ""},
		"both in one, a point in another":      {header + "a;1.5;1.5;1\nb;1,5;1;1\n", "", "?", ".", "?", "."},
		"both in the second":                   {header + "a;1;1,5;1\nb;1;1.5;1\n", "", "?", "?", "?", ""},
		"chosen":                               {header + "a;1.5;1;1\n", ",", ",", ",", ",", ","},
		"chosen otherwise":                     {header + "a;1,5;1;1\n", ".", ".", ".", ".", "."},
		"the last row that is looked at":       {header + first(markSample-1, "1") + "a;1.5;1;1\n", "", ".", ".", ".", "."},
		"a row behind it":                      {header + first(markSample, "1") + "a;1.5;1;1\n", "", "\x00", "\x00", "\x00", ""},
		"only a short row":                     {header + "a\n", "", "\x00", "\x00", "\x00", ""},
		"a text with a point":                  {header + "a;Sor.;1;1\nb;1.234;1;1\n", "", "\x00", "\x00", "\x00", ""},
		"a price below zero":                   {header + "a;-₺1.234;1;1\nb;1.234;1;1\n", "", "\x00", "\x00", "\x00", ""},
		"a column that is none of the numbers": {"Kod;Ad\n1.5;1.5\n", "", "\x00", "\x00", "\x00", ""},
		"both marks, and each proves nothing":  {header + "a;1.234;1;1\nb;1,234;1;1\n", "", "?", "\x00", "\x00", ""},
		"both marks, and another column shows": {header + "a;1.234;1,5;1\nb;1,234;1;1\n", "", ",", ",", ",", ","},
		"a rate with three decimals":           {header + "a;1.234;1;20.000\n", "", ".", ".", ".", "."},
	} {
		f, err := Open(t.Context(), filestest.Written(t, "a.csv", c.content), listing.Reading{Decimal: c.chosen})
		if err != nil {
			t.Fatal(err)
		}
		cols := mapping.Of(f.Header())
		marks, err := findMarks(f, cols)
		if err != nil || string(marks[listing.Price]) != c.price || string(marks[listing.Stock]) != c.stock || string(marks[listing.VAT]) != c.vat {
			t.Errorf("%s: %q, %v", name, marks, err)
		}
		if said, err := DecimalMark(f, cols); err != nil || said != c.said {
			t.Errorf("%s: says %q, %v, want %q", name, said, err, c.said)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	// A cell that is stored as a number shows no mark.
	sheet := filestest.SheetOf(filestest.Inline("Ad", "Fiyat"), `<row><c t="str"><v>a</v></c><c><v>1.5</v></c></row>`)
	f := opened(t, filestest.Written(t, "a.xlsx", filestest.WorkbookOf(t, "", sheet)))
	if said, err := DecimalMark(f, mapping.Of(f.Header())); err != nil || said != "" {
		t.Errorf("numbers: says %q, %v", said, err)
	}
}
