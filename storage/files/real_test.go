package files

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
)

// realFile finds a file of the real test data, which is no part of the project.
func realFile(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("SOPYO_TESTDATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	path := filepath.Join(dir, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the real test data is not here: %v (SOPYO_TESTDATA names its folder)", err)
	}
	return path
}

func TestProducts_ofRealFiles(t *testing.T) {
	for _, c := range []struct {
		file              string
		rows              int
		fields            string
		price, vat, stock string // of the first row
		code, barcode     string
		zeros             int // prices of 0
	}{
		{"bufe-pos/products.csv", 261, "barcode name description price stock vat state", "35", "20", "48", "", "7613033950940", 1},
		{"netdata-barkod/urunler.xlsx", 38_760, "barcode name", "", "", "", "", "8697728662706", 0},
		{"market-fiyatlari/migros_2026-02-25.csv", 12_708, "code name brand price state", "89.5", "", "", "27270000", "", 0},
		{"market-fiyatlari/macrocenter_prices_2026-02-25.csv", 9_617, "code name brand price state", "99.95", "", "", "28051007", "", 0},
		{"trendyol-urun-export/ty-urun.xlsx", 751, "code barcode name brand description price stock vat state", "", "", "", "", "9997648250465", 0},
		// The sheet has 1,186 rows below its header; the last two are formatted but empty.
		{"evinekat-xml/TY_yukleme01.xlsx", 1_184, "code barcode name brand description price currency stock vat", "159.12", "20", "146", "", "6760000004776", 0},
	} {
		t.Run(c.file, func(t *testing.T) {
			f, err := Open(t.Context(), realFile(t, c.file), listing.Reading{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = f.Close() })
			cols := mapping.Of(f.Header())
			var fields []string
			for _, field := range listing.Fields() {
				if _, ok := cols[field]; ok {
					fields = append(fields, string(field))
				}
			}
			if got := strings.Join(fields, " "); got != c.fields {
				t.Errorf("fields %q, want %q", got, c.fields)
			}
			rows, priced := 0, 0
			problems := map[listing.Reason]int{}
			for r, err := range Products(f, cols) {
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range r.Problems {
					problems[p.Reason]++
				}
				if r.Product.Price.Valid {
					priced++
				}
				if rows++; rows > 1 {
					continue
				}
				p := r.Product
				if c.price != "" && (p.Price.Decimal.String() != c.price || !p.Price.Valid) {
					t.Errorf("price %v, want %s", p.Price, c.price)
				}
				if c.vat != "" && p.VATRate.Decimal.String() != c.vat {
					t.Errorf("vat %v, want %s", p.VATRate, c.vat)
				}
				if c.stock != "" && p.Stock.Decimal.String() != c.stock {
					t.Errorf("stock %v, want %s", p.Stock, c.stock)
				}
				if c.code != "" && string(p.Code) != c.code || c.barcode != "" && string(p.Barcode) != c.barcode {
					t.Errorf("code %q barcode %q, want %q %q", p.Code, p.Barcode, c.code, c.barcode)
				}
			}
			if rows != c.rows {
				t.Errorf("%d rows, want %d", rows, c.rows)
			}
			if _, ok := cols[listing.Price]; ok && priced+problems[listing.PriceZero] != c.rows {
				t.Errorf("%d of %d rows have a price", priced, c.rows)
			}
			if problems[listing.PriceZero] != c.zeros || len(problems) > min(1, c.zeros) {
				t.Errorf("problems %v", problems)
			}
		})
	}
}
