package files

import (
	"fmt"
	"html"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// madeFile writes n rows whose codes are K0000, K0001 … and whose other cells are what people and programs leave there,
// without line ends.
func madeFile(r *rand.Rand, format string, n int) string {
	pieces := []string{
		"Kupa", "Ğüş", `"`, `""`, `5"`, "'", "12", "129,90", "1.234", "0", "-", "=1+1", "@", "&amp;", " ", "\u00a0", "%", "₺", "Toplam", "TOPLAM", "Genel Toplam", "#YOK", "8,69E+12", "",
	}
	text := func() string {
		var b strings.Builder
		for range r.IntN(4) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		return b.String()
	}
	header := []string{"Stok Kodu", "Ürün Adı", "Fiyat", "Stok"}
	var b strings.Builder
	if format == ".xml" {
		b.WriteString("<urunler>")
		for i := range n {
			fmt.Fprintf(&b, "<urun><kod>K%04d</kod><ad>%s</ad><fiyat>%d</fiyat><stok>%d</stok></urun>", i, html.EscapeString(text()), 1+r.IntN(999), r.IntN(99))
		}
		return b.String() + "</urunler>"
	}
	separator := []string{";", "\t", "|"}[r.IntN(3)]
	if separator == ";" { // an entity's own would be one cell more
		pieces = slices.DeleteFunc(pieces, func(p string) bool { return strings.Contains(p, ";") })
	}
	b.WriteString(strings.Join(header, separator) + "\n")
	for i := range n {
		fmt.Fprintf(&b, "K%04d%s%s%s%d%s%d\n", i, separator, text(), separator, 1+r.IntN(999), separator, r.IntN(99))
	}
	return b.String()
}

// No row vanishes: each line with something in it is a product, or told of as refused or as no product.
func FuzzProducts_everyRowIsAccountedFor(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed, seed, uint8(seed))
	}
	f.Fuzz(func(t *testing.T, a, b uint64, size uint8) {
		r := rand.New(rand.NewPCG(a, b))
		format, n := []string{".csv", ".xml"}[r.IntN(2)], 1+int(size)%40
		content := madeFile(r, format, n)
		file, err := Open(t.Context(), written(t, "a"+format, content), listing.Reading{})
		if err != nil {
			t.Fatalf("%v\n%s", err, content)
		}
		defer file.Close()
		seen := map[string]int{}
		rows := 0
		for row, err := range Products(file, Columns(file.Header())) {
			if err != nil {
				t.Fatalf("%v\n%s", err, content)
			}
			rows++
			for _, cell := range row.Cells {
				if len(cell) == 5 && cell[0] == 'K' {
					seen[cell]++
				}
			}
		}
		for i := range n {
			if code := fmt.Sprintf("K%04d", i); seen[code] != 1 {
				t.Errorf("%s stands in %d rows", code, seen[code])
			}
		}
		if t.Failed() || rows != n {
			t.Fatalf("%d rows of %d\n%s", rows, n, content)
		}
	})
}
