package files

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

func opened(t *testing.T, path string) *File {
	t.Helper()
	f, err := Open(t.Context(), path, listing.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// cells reads all rows of f.
func cells(t *testing.T, f *File) [][]string {
	t.Helper()
	var all [][]string
	for row, err := range f.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, row.Cells)
	}
	return all
}

func TestOpen_findsEncoding(t *testing.T) {
	const text = "Barkod;Ürün Adı\n8690632059150;ÇİĞ KÖFTE ığüşöç 5 ADET\n"
	late := "Barkod;Ad\n" + strings.Repeat("1;abc\n", 200_000) // the first Turkish letter comes after a megabyte
	for _, c := range []struct{ name, content, encoding, want string }{
		{"utf-8", text, "utf-8", ""},
		{"utf-8 with mark", "\xef\xbb\xbf" + text, "utf-8", ""},
		{"utf-16 little", "\xff\xfe" + filestest.In16(text, true), "utf-16le", ""},
		{"utf-16 big", "\xfe\xff" + filestest.In16(text, false), "utf-16be", ""},
		{"windows", filestest.In8(t, charmap.Windows1254, text+"1;“Tırnaklı” 5 €\n"), "windows-1254", ""},
		{"iso", filestest.In8(t, charmap.ISO8859_9, text+"1;\u0081\n"), "iso-8859-9", ""},
		{"late letter", late + "2;ş\n", "utf-8", "ş"},
		{"late letter, windows", late + filestest.In8(t, charmap.Windows1254, "2;ş\n"), "windows-1254", "ş"},
		{"one wrong byte in much UTF-8", text + strings.Repeat("3;ğüşıöç\n", 5) + "4;a\xffb\n", "utf-8", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := opened(t, filestest.Written(t, "a.csv", c.content))
			if f.Info().Encoding != c.encoding {
				t.Errorf("encoding %s, want %s", f.Info().Encoding, c.encoding)
			}
			rows := cells(t, f)
			if c.want == "" {
				if got := rows[0][1]; got != "ÇİĞ KÖFTE ığüşöç 5 ADET" || f.Header()[0] != "Barkod" || f.Header()[1] != "Ürün Adı" {
					t.Errorf("header %q, name %q", f.Header(), got)
				}
			} else if got := rows[len(rows)-1][1]; got != c.want {
				t.Errorf("last name %q, want %q", got, c.want)
			}
		})
	}
}

func TestOpen_findsSeparator(t *testing.T) {
	for _, c := range []struct{ name, content, separator string }{
		{"semicolon with decimal commas", "Barkod;Ad;Fiyat\n1;Kola 2,5 L, soğuk;12,50\n2;Süt;8,00\n", ";"},
		{"comma", "barcode,name,price\n1,\"a;b\",2.5\n2,c;d,3.5\n", ","},
		{"tab", "Barkod\tAd, Soyad\n1\ta,b\n2\tc,d\n", "\t"},
		{"bar", "Barkod|Ad\n1|a;b\n2|c\n", "|"},
		{"unknown header, even table", "x;y,z\n1;2\n3;4,5\n6;7\n", ";"},
		{"Excel's hint", "sep=|\nBarkod|Ad;Marka;Stok\n1|a\n", "|"},
		{"one column", "Ad\nKola; 1 L\nSüt\n", ","},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := opened(t, filestest.Written(t, "a.csv", c.content))
			if got := f.Info().Separator; got != c.separator {
				t.Errorf("separator %q, want %q (header %q)", got, c.separator, f.Header())
			}
		})
	}
}

func TestRows_ofCSV(t *testing.T) {
	for _, c := range []struct {
		name, content string
		want          [][]string
		lines         []int
	}{
		{"quotes", "Kod;Ad\n1;\"a\"\"b;c\nd\"\n2;\"\"\n", [][]string{{"1", "a\"b;c\nd"}, {"2", ""}}, []int{2, 4}},
		{"quote inside a name", "Kod;Ad\n1;Tepsi 15\" tam\n2;x\n", [][]string{{"1", "Tepsi 15\" tam"}, {"2", "x"}}, []int{2, 3}},
		{"blank after a quote", "Kod;Ad\n\"1\" ;\"a\" \n2;x\n", [][]string{{"1 ", "a "}, {"2", "x"}}, []int{2, 3}},
		{"quote in the middle of quotes", "Kod;Ad\n1;\"5\" boru\"\n", [][]string{{"1", "5\" boru"}}, []int{2}},
		{"Windows lines", "Kod;Ad\r\n1;\"a\r\nb\"\r\n\r\n2;c\r\n", [][]string{{"1", "a\r\nb"}, {"2", "c"}}, []int{2, 5}},
		{"old Mac lines", "Kod;Ad\r1;a\r2;b", [][]string{{"1", "a"}, {"2", "b"}}, []int{2, 3}},
		{"ragged", "Kod;Ad;Fiyat\n1\n2;b;3;4\n", [][]string{{"1", "", ""}, {"2", "b", "3", "4"}}, []int{2, 3}},
		{"empty rows", "\n;;\nKod;Ad\n;\n1;a\n;;;\n", [][]string{{"1", "a"}}, []int{5}},
		{"title above", "Ürün listesi;\n23.11.2026;\nBarkod;Ürün Adı\n1;a\n", [][]string{{"1", "a"}}, []int{4}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := opened(t, filestest.Written(t, "a.csv", c.content))
			for range 2 { // a second time from the beginning
				var lines []int
				var got [][]string
				for row, err := range f.Rows() {
					if err != nil {
						t.Fatal(err)
					}
					lines, got = append(lines, row.Line), append(got, row.Cells)
				}
				if !reflect.DeepEqual(got, c.want) || !reflect.DeepEqual(lines, c.lines) {
					t.Errorf("got %q at %v, want %q at %v", got, lines, c.want, c.lines)
				}
			}
		})
	}
}

func TestOpen_refuses(t *testing.T) {
	long := "Kod;Ad\n1;" + strings.Repeat("x", table.MaxField+1)
	for _, c := range []struct {
		name, content string
		kind          domain.Kind
		detail        string
	}{
		{"nothing", "", domain.KindEmptyFile, "file.empty"},
		{"only a mark", "\xef\xbb\xbf", domain.KindEmptyFile, "file.empty"},
		{"only blanks", "\n ; ;\n\n", domain.KindEmptyFile, "file.empty"},
		{"only a header", "\xef\xbb\xbfBarkod;Ürün Adı\r\n", domain.KindEmptyFile, "file.empty"},
		{"NUL", "Kod;Ad\n1;a\x00b\n", domain.KindFile, "file.nul 2"},
		{"NUL in UTF-16", "\xff\xfe" + filestest.In16("Kod;Ad\n1;a\x00b\n", true), domain.KindFile, "file.nul 2"},
		{"a quote that is never closed", "Kod;Ad;Stok\n1;\"a\nb\n", domain.KindFile, "file.open-quote 2"},
		{"one in the last column that goes on", "Kod;Ad\n1;\"a\nb\n2;c\n", domain.KindFile, "file.open-quote 2"},
		{"endless cell", long, domain.KindFile, "file.cell-too-long 2"},
		{"cells that are too long together", "Kod;Ad\n" + strings.Repeat(strings.Repeat("x", table.MaxField)+";", table.MaxRowBytes/table.MaxField+1), domain.KindFile, "file.row-too-long 2"},
		{"endless row", "Kod;Ad\n" + strings.Repeat(";", table.MaxCells+1), domain.KindFile, "file.too-many-cells 2"},
		{"web page", "  <html><table>", domain.KindFile, "file.markup"},
		{"XML without an element", "\xef\xbb\xbf<?xml version='1.0'?>", domain.KindEmptyFile, "file.empty"},
		{"PDF", "%PDF-1.7\nabc", domain.KindFile, "file.pdf"},
		{"old Excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), domain.KindFile, "file.old-excel"},
		{"password", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600) + filestest.In16("EncryptedPackage", true), domain.KindFile, "file.password"},
		{"broken zip", "PK\x03\x04 and no more", domain.KindFile, "file.broken"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Open(t.Context(), filestest.Written(t, "ürün listesi.csv", c.content), listing.Reading{})
			if err == nil {
				for _, e := range f.Rows() {
					err = e
				}
				if err == nil {
					t.Fatal("taken")
				}
				_ = f.Close()
			}
			if domain.KindOf(err) != c.kind || filestest.Detail(err) != c.detail {
				t.Errorf("%v, want %s %s", err, c.kind, c.detail)
			}
			if !strings.Contains(err.Error(), "ürün listesi.csv") {
				t.Errorf("%v does not name the file", err)
			}
		})
	}
}

func TestOpen_saysWhichLine(t *testing.T) {
	_, err := Open(t.Context(), filestest.Written(t, "a.csv", "Kod;Ad;Stok\n1;a;1\n2;\"b\nc\n"), listing.Reading{})
	var e *domain.Error
	if !errors.As(err, &e) || e.Field != "3" {
		t.Errorf("%v does not name line 3", err)
	}
}

func FuzzOpen_CSV(f *testing.F) {
	for _, s := range []string{
		"Barkod;Fiyat\n8,69E+12;1.234,50\n", "a,b\n\"x\"\"\n", "\xff\xfeK\x00;\x00", "sep=;\na;b\n", "\xef\xbb\xbfKod\tAd\r1\t\xfe\r",
		"Kod;Ad;Fiyat\n1;\"a\n\";-5\n", "\"\n", "=\"007\";x\n", "PK\x03\x04", "<a>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := Open(t.Context(), filestest.Written(t, "a.csv", string(content)), listing.Reading{})
		if err != nil {
			if k := domain.KindOf(err); k != domain.KindFile && k != domain.KindEmptyFile {
				t.Fatalf("%v has kind %s", err, k)
			}
			return
		}
		last := file.Info().HeaderRow
		for row, err := range Products(file, mapping.Of(file.Header())) {
			if err != nil {
				if domain.KindOf(err) != domain.KindFile {
					t.Fatal(err)
				}
				break
			}
			if row.Line <= last {
				t.Fatalf("line %d after line %d", row.Line, last)
			}
			last = row.Line
			if row.Product.Price.Valid && row.Product.Price.Decimal.IsNegative() {
				t.Fatalf("negative price from %q", content)
			}
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
