package files

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// kindCase is a small file of one of the kinds of files.md §2, with what is right of it.
type kindCase struct {
	kind    int
	says    string // what is special about it
	file    string // its name
	content string
	reading listing.Reading
	chosen  map[listing.Field]string
	// want are the products as told writes them, problems as "LINE FIELD reason", notes as "kind column count", questions
	// their IDs that are open, noProduct the lines of such rows.
	want, problems, notes, questions []string
	noProduct                        []int
	ignored                          []string // headers
	detail                           string   // of the error by which the whole file is refused
	// wrong: the reader does not get it right yet. It is taken away with what mends it.
	wrong bool
}

// told writes a product: code, barcode, name, brand, price, currency, stock, VAT rate and state (empty for active), "-" for
// what is absent, without absent ends.
func told(p domain.Product) string {
	number := func(d decimal.NullDecimal) string {
		if !d.Valid {
			return "-"
		}
		return d.Decimal.String()
	}
	parts := []string{string(p.Code), string(p.Barcode), p.Name, p.Brand, number(p.Price), string(p.Currency), number(p.Stock), number(p.VATRate), string(p.State)}
	for i, s := range parts {
		if s == "" || i == len(parts)-1 && p.State == domain.ProductActive {
			parts[i] = "-"
		}
	}
	return strings.TrimRight(strings.Join(parts, "|"), "-|")
}

// differences reads the file and tells what is not as it should be.
func (c *kindCase) differences(t *testing.T) (wrong []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), c.file)
	if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
		t.Fatal(err)
	}
	differ := func(what string, got, want any) {
		if fmt.Sprint(got) != fmt.Sprint(want) {
			wrong = append(wrong, fmt.Sprintf("%s: %v, want %v", what, got, want))
		}
	}
	source, err := Folders{}.OpenChosen(t.Context(), path, c.reading, c.chosen)
	if err == nil {
		defer source.Close() //nolint:errcheck // only read
	} else {
		differ("refused as", detailOf(err), c.detail)
		return wrong
	}
	var products, problems []string
	var noProduct []int
	for row, err := range source.Rows {
		if err != nil {
			differ("refused as", detailOf(err), c.detail)
			return wrong
		}
		for _, p := range row.Problems {
			problems = append(problems, strings.TrimSpace(fmt.Sprintf("%d %s %s", row.Line, p.Field, p.Reason)))
		}
		switch {
		case row.NoProduct && row.Refused:
			wrong = append(wrong, fmt.Sprintf("line %d is refused and no product", row.Line))
		case row.NoProduct:
			noProduct = append(noProduct, row.Line)
		case !row.Refused:
			products = append(products, told(row.Product))
		}
	}
	account := source.Account()
	var notes, questions, ignored []string
	for _, n := range account.Notes {
		notes = append(notes, strings.Join(strings.Fields(fmt.Sprintf("%s %s %d", n.Kind, n.Column, n.Count)), " "))
	}
	for _, q := range account.Open() {
		questions = append(questions, q.ID)
	}
	for _, i := range account.Ignored {
		ignored = append(ignored, i.Header)
	}
	slices.Sort(notes)
	slices.Sort(questions)
	differ("products", strings.Join(products, "\n"), strings.Join(c.want, "\n"))
	differ("problems", problems, c.problems)
	differ("no products", noProduct, c.noProduct)
	differ("notes", notes, c.notes)
	differ("questions", questions, c.questions)
	differ("ignored", ignored, c.ignored)
	differ("refused as", "", c.detail)
	return wrong
}

func detailOf(err error) string {
	if e, ok := err.(*domain.Error); ok { //nolint:errorlint // it is one of ours
		return e.Detail
	}
	return err.Error()
}

// proveKinds reads each case. What is not right yet has to be wrong, so that nobody forgets to say that it is mended.
func proveKinds(t *testing.T, cases []kindCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(fmt.Sprintf("%02d %s", c.kind, c.says), func(t *testing.T) {
			switch wrong := c.differences(t); {
			case c.wrong && len(wrong) == 0:
				t.Error("is right now: say so")
			case c.wrong:
			case len(wrong) > 0:
				t.Error(strings.Join(wrong, "\n"))
			}
		})
	}
}

func TestKinds_ofPlainFiles(t *testing.T) {
	proveKinds(t, []kindCase{
		{
			says: "nothing special", file: "a.csv", content: "Stok Kodu;Barkod;Ürün Adı;Marka;Fiyat;Para Birimi;Stok;KDV;Raf\nA1;8690632059150;Kupa;Acme;129,90;TL;10;20;R1\n",
			want: []string{"A1|8690632059150|Kupa|Acme|129.9|TRY|10|20"}, ignored: []string{"Raf"},
		},
	})
}
