package files

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
)

// madeFile writes n rows whose codes are K0000, K0001 … and whose other cells are what people and programs leave there,
// without line ends.
func madeFile(t *testing.T, r *rand.Rand, format string, n int) string {
	t.Helper()
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
	switch format {
	case ".xml":
		var b strings.Builder
		b.WriteString("<urunler>")
		for i := range n {
			fmt.Fprintf(&b, "<urun><kod>K%04d</kod><ad>%s</ad><fiyat>%d</fiyat><stok>%d</stok></urun>", i, html.EscapeString(text()), 1+r.IntN(999), r.IntN(99))
		}
		return b.String() + "</urunler>"
	case ".xlsx":
		rows := []string{rowOf(header...)}
		numbered, at := r.IntN(2) == 0, 1
		for i := range n {
			row := ""
			if numbered {
				at += 1 + r.IntN(2)*r.IntN(3) // rows that are empty need not be there
				row = fmt.Sprintf(` r="%d"`, at)
			}
			rows = append(rows, fmt.Sprintf("<row%s>%s%s%s%s</row>", row, textCell(fmt.Sprintf("K%04d", i)), textCell(text()), oddCell(r, text()), oddCell(r, text())))
		}
		return booked(t, oddFormats(), rows...)
	}
	separator := []string{";", "\t", "|"}[r.IntN(3)]
	var b strings.Builder
	b.WriteString(strings.Join(header, separator) + "\n")
	for i := range n {
		fmt.Fprintf(&b, "K%04d%s%s%s%d%s%d\n", i, separator, text(), separator, 1+r.IntN(999), separator, r.IntN(99))
	}
	return b.String()
}

func textCell(text string) string { return `<c t="inlineStr"><is><t>` + inXML(text) + `</t></is></c>` }

// oddFormats are those of the cells that oddCell makes.
func oddFormats() []string {
	return []string{"built-in 9", "built-in 14", "built-in 22", "built-in 49", "00000", "0.00 \"TL\"", "[$₺-41F]#,##0.00", ";;;", "dd.mm.yyyy", "[Red]-0;@", "0E+0", "# ?/?", "\"Toplam\"", "&"}
}

// oddCell makes a cell of a number, a date, an error or a formula in some format, of a text, or none.
func oddCell(r *rand.Rand, text string) string {
	value := []string{"0", "12", "129.9", "-3", "45000.5", "8.69063205915E12", "1E-7", "0.2", "", "x"}[r.IntN(10)]
	style := fmt.Sprintf(` s="%d"`, r.IntN(len(oddFormats())+2)) // also one that there is not
	switch r.IntN(9) {
	case 0:
		return textCell(text)
	case 1:
		return `<c t="e"` + style + `><v>#N/A</v></c>`
	case 2:
		return `<c` + style + `><f>A1+1</f></c>`
	case 3:
		return `<c t="str"` + style + `><f>A1</f><v>` + inXML(text) + `</v></c>`
	case 4:
		return `<c t="b"` + style + `><v>` + value + `</v></c>`
	case 5:
		return `<c` + style + `/>`
	}
	return `<c` + style + `><v>` + value + `</v></c>`
}

// No row vanishes: each line with something in it is a product, or told of as refused or as no product.
func FuzzProducts_everyRowIsAccountedFor(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed, seed, uint8(seed))
	}
	f.Fuzz(func(t *testing.T, a, b uint64, size uint8) {
		r := rand.New(rand.NewPCG(a, b))
		format, n := []string{".csv", ".csv", ".xml", ".xlsx"}[r.IntN(4)], 1+int(size)%40
		content := madeFile(t, r, format, n)
		file, err := Open(t.Context(), filestest.Written(t, "a"+format, content), listing.Reading{})
		if err != nil {
			t.Fatalf("%v\n%s", err, content)
		}
		defer file.Close()
		seen := map[string]int{}
		rows := 0
		for row, err := range Products(file, mapping.Of(file.Header())) {
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
