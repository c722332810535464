package exports

import (
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// A row that is to be mended comes with what its code and barcode most probably were: as the reader says, else as the doctor does.
func TestRefused_saysWhatAValueMostProbablyWas(t *testing.T) {
	w := words.New("en", func(key string, args ...any) string {
		if key != "import.problem" {
			return key
		}
		return args[0].(string) + "=" + args[1].(string)
	})
	damaged := listing.Problem{Field: listing.Code, Value: "1234.0", Reason: listing.CodeDecimals, Proposed: "1234"}
	price := listing.Problem{Field: listing.Price, Value: "x", Reason: listing.BadNumber}
	for _, c := range []struct {
		says string
		row  listing.ProductRow
		want string
	}{
		{"the reader's", listing.ProductRow{Product: domain.Product{Code: "1234.0"}, Problems: []listing.Problem{damaged}}, "import.field.code=1234"},
		{"the doctor's", listing.ProductRow{Product: domain.Product{Code: "A", Barcode: "8690632059157"}, Problems: []listing.Problem{price}}, "import.field.barcode=8690632059150"},
		{
			"both",
			listing.ProductRow{Product: domain.Product{Code: "1234.0", Barcode: "36000291452"}, Problems: []listing.Problem{price, damaged}},
			"import.field.code=1234 · import.field.barcode=036000291452",
		},
		{"none", listing.ProductRow{Product: domain.Product{Code: "A", Barcode: "8,69E+12"}, Problems: []listing.Problem{price}}, ""},
		{"no product", listing.ProductRow{Refused: true, Problems: []listing.Problem{price}}, ""},
	} {
		c.row.Line, c.row.Cells = 7, []string{"x", "y"}
		table := Refused(w, "liste", []string{"Kod", "Fiyat"}, func(yield func(listing.ProductRow, error) bool) { yield(c.row, nil) })
		if got := table.Header(w); !slices.Equal(got, []string{"import.errors.line", "import.errors.reason", "import.errors.proposed", "Kod", "Fiyat"}) {
			t.Errorf("%q", got)
		}
		for cells, err := range table.Rows {
			if err != nil || len(cells) != 5 || cells[0].Text != "7" || !strings.Contains(cells[1].Text, "file.reason.") || cells[2].Text != c.want || cells[3].Text != "x" || cells[4].Text != "y" {
				t.Errorf("%s: %+v, %v, want %q", c.says, cells, err, c.want)
			}
		}
	}
}
