package files

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/plan"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// understood opens content and gives it as "format separator encoding header-row | header | rows".
func understood(t *testing.T, content string, r listing.Reading) (string, error) {
	t.Helper()
	f, err := Open(t.Context(), filestest.Written(t, "a.csv", content), r)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text := fmt.Sprintf("%s %q %s %d|%s", f.Info().Format, f.Info().Separator, f.Info().Encoding, f.Info().HeaderRow, strings.Join(f.Header(), ","))
	for row, err := range f.Rows() {
		if err != nil {
			return text, err
		}
		text += fmt.Sprintf("|%d:%s", row.Line, strings.Join(row.Cells, ","))
	}
	return text, nil
}

// What a person says of a file goes before what is found out; what they leave out is found out.
func TestOpen_readsAsItIsTold(t *testing.T) {
	const text = "Ürün Adı;Kod\nŞeker, toz;1\n"
	windows := filestest.In8(t, charmap.Windows1254, text)
	for name, c := range map[string]struct {
		content string
		reading listing.Reading
		want    string
	}{
		"nothing":                             {text, listing.Reading{}, `csv ";" utf-8 1|Ürün Adı,Kod|2:Şeker, toz,1`},
		"the same":                            {text, listing.Reading{Separator: ";", Encoding: "utf-8", Decimal: ","}, `csv ";" utf-8 1|Ürün Adı,Kod|2:Şeker, toz,1`},
		"another separator":                   {text, listing.Reading{Separator: ","}, `csv "," utf-8 1|Ürün Adı;Kod|2:Şeker, toz;1`},
		"tab":                                 {text, listing.Reading{Separator: "\t"}, `csv "\t" utf-8 1|Ürün Adı;Kod|2:Şeker, toz;1`},
		"bar":                                 {text, listing.Reading{Separator: "|"}, `csv "|" utf-8 1|Ürün Adı;Kod|2:Şeker, toz;1`},
		"a mark, and UTF-8":                   {"\ufeff" + text, listing.Reading{Encoding: "utf-8"}, `csv ";" utf-8 1|Ürün Adı,Kod|2:Şeker, toz,1`},
		"Windows":                             {windows, listing.Reading{Encoding: "windows-1254"}, `csv ";" windows-1254 1|Ürün Adı,Kod|2:Şeker, toz,1`},
		"ISO":                                 {windows, listing.Reading{Encoding: "iso-8859-9"}, `csv ";" iso-8859-9 1|Ürün Adı,Kod|2:Şeker, toz,1`},
		"UTF-8 that is not":                   {windows, listing.Reading{Encoding: "utf-8"}, "csv \";\" utf-8 1|\ufffdr\ufffdn Ad\ufffd,Kod|2:\ufffdeker, toz,1"},
		"Windows that is not":                 {"Ad;Kod\nİ;1\n", listing.Reading{Encoding: "windows-1254"}, "csv \";\" windows-1254 1|Ad,Kod|2:Ä°,1"},
		"Excel's hint":                        {"sep=|\nAd;x|Kod\na|1\n", listing.Reading{}, `csv "|" utf-8 2|Ad;x,Kod|3:a,1`},
		"a person against the hint":           {"sep=|\nAd;Kod\na;1\n", listing.Reading{Separator: ";"}, `csv ";" utf-8 2|Ad,Kod|3:a,1`},
		"a hint of what is found anyway less": {"sep=;\nAd,x,y;Kod,z,u\na,b,c;d,e,f\n", listing.Reading{}, `csv ";" utf-8 2|Ad,x,y,Kod,z,u|3:a,b,c,d,e,f`},
		"a hint with a mark":                  {"\ufeffsep=,\r\nAd;x,Kod\r\na,1\r\n", listing.Reading{}, `csv "," utf-8 2|Ad;x,Kod|3:a,1`},
		"a hint, and nothing known":           {"sep=;\nx;y\na;b\n", listing.Reading{}, `csv ";" utf-8 2|x,y|3:a,b`},
		"a separator first":                   {";Kod;Ad\n;1;a\n", listing.Reading{}, `csv ";" utf-8 1|,Kod,Ad|2:,1,a`},
		"no hint":                             {"sep=x\nAd;Kod\na;1\n", listing.Reading{}, `csv ";" utf-8 2|Ad,Kod|3:a,1`},
		"a hint of nothing":                   {"sep=", listing.Reading{}, ""},
		"marks inside":                        {"Ad;Kod\n\ufeffa;1\n", listing.Reading{}, "csv \";\" utf-8 1|Ad,Kod|2:\ufeffa,1"},
		"a mark before each title":            {"\ufeff\ufeffAd; \ufeffKod\na;1\n", listing.Reading{}, "csv \";\" utf-8 1|Ad,\ufeffKod|2:a,1"},
	} {
		got, err := understood(t, c.content, c.reading)
		if got != c.want || c.want != "" && err != nil || c.want == "" && domain.KindOf(err) != domain.KindEmptyFile {
			t.Errorf("%s: %s, %v, want %s", name, got, err, c.want)
		}
	}
	for want, r := range map[string]listing.Reading{
		"file.unknown-separator separator": {Separator: ":"}, "file.unknown-charset encoding": {Encoding: "latin1"},
		"file.unknown-decimal decimal": {Decimal: ";"}, "file.unknown-sheet sheet": {Sheet: "S9"},
	} {
		content := text
		if r.Sheet != "" {
			content = filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Kod"), filestest.Inline("1")))
		}
		_, err := understood(t, content, r)
		if domain.KindOf(err) != domain.KindInvalid || filestest.Detail(err) != want {
			t.Errorf("%+v: %v, want %s", r, err, want)
		}
	}
	for _, ok := range []string{",", "."} {
		if _, err := understood(t, text, listing.Reading{Decimal: ok}); err != nil {
			t.Errorf("decimal %q: %v", ok, err)
		}
	}
}

func TestOpen_findsTheHeader(t *testing.T) {
	above := func(n int) string { return strings.Repeat("x;y\n", n) }
	for name, c := range map[string]struct{ content, want string }{
		"the first row where nothing is known":        {"x;y\na;b\n", `1|x,y`},
		"the first row where one word is known":       {"x;y\nKod;b\nc;d\n", `1|x,y`},
		"the row with two":                            {"Ürün;y\nKod;Ad\nc;d\n", `2|Kod,Ad`},
		"the row with most":                           {"Kod;Ad;z\nKod;Ad;Fiyat\n1;2;3\n", `2|Kod,Ad,Fiyat`},
		"the first of those with as many":             {"Kod;Ad\nBarkod;Ad\n1;2\n", `1|Kod,Ad`},
		"the last row that is searched":               {above(table.HeaderSearch-1) + "Kod;Ad\n1;2\n", fmt.Sprintf(`%d|Kod,Ad`, table.HeaderSearch)},
		"not the one behind it":                       {above(table.HeaderSearch) + "Kod;Ad\n1;2\n", `1|x,y`},
		"blank rows are not counted":                  {strings.Repeat(";\n", 50) + above(table.HeaderSearch-1) + "Kod;Ad\n1;2\n", fmt.Sprintf(`%d|Kod,Ad`, 50+table.HeaderSearch)},
		"one word in the first row, more in a second": {"Fiyat;x\nKod;Ad\n1;2\n", `2|Kod,Ad`},
	} {
		got, err := understood(t, c.content, listing.Reading{Separator: ";"})
		if want := `csv ";" utf-8 ` + c.want + "|"; err != nil || !strings.HasPrefix(got, want) {
			t.Errorf("%s: %.80s, %v, want %s", name, got, err, want)
		}
	}
	if _, err := understood(t, above(table.HeaderSearch-1)+"Kod;Ad\n", listing.Reading{}); domain.KindOf(err) != domain.KindEmptyFile {
		t.Errorf("a header in the last row: %v", err)
	}
}

// A file is another one when its size or its time is, each alone; a person who stops hears that they did.
func TestDocument_noticesEachChangeAlone(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		content string
		at      time.Time
		want    string
	}{
		"nothing":           {"Kod;Ad\n1;a\n", at, ""},
		"its time":          {"Kod;Ad\n1;a\n", at.Add(time.Second), "file.changed"},
		"its time, earlier": {"Kod;Ad\n1;a\n", at.Add(-time.Second), "file.changed"},
		"its size":          {"Kod;Ad\n1;ab\n", at, "file.changed"},
		"its size, smaller": {"Kod;Ad\n1;\n", at, "file.changed"},
	} {
		path := filestest.Written(t, "a.csv", "Kod;Ad\n1;a\n")
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
		f := opened(t, path)
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, c.at); err != nil {
			t.Fatal(err)
		}
		var last error
		rows := 0
		for _, err := range f.Rows() {
			if last = err; err == nil {
				rows++
			}
		}
		if filestest.Detail(last) != c.want || c.want == "" && rows != 1 || c.want != "" && !strings.Contains(last.Error(), "a.csv") {
			t.Errorf("%s: %v after %d rows, want %q", name, last, rows, c.want)
		}
		if _, err := DecimalMark(f, mapping.Of(f.Header())); filestest.Detail(err) != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestOpen_ofWhatCannotBeOpened(t *testing.T) {
	path := filestest.Written(t, "a.csv", "Kod;Ad\n1;a\n")
	for _, open := range []func(path string) error{
		func(path string) error {
			f, err := Open(t.Context(), path, listing.Reading{})
			if err == nil { // Windows takes a file's name with a mark of a folder behind it
				err = f.Close()
			}
			return err
		},
		func(path string) error { _, err := plan.Open(path); return err },
	} {
		if special := "/dev/zero"; runtime.GOOS == "linux" {
			if err := open(special); filestest.Refusal(err) != "!file.not-a-file ()" {
				t.Errorf("%s: %v", special, err)
			}
		}
		if err := open(filepath.Join(path, "\x00")); domain.KindOf(err) != domain.KindFile || filestest.Detail(err) != "file.unreadable" && filestest.Detail(err) != "file.not-found" {
			t.Errorf("no name of a file: %v", err)
		}
		if err := open(filepath.Join(path+"x", "a.csv")); filestest.Refusal(err) != "!file.not-found ()" {
			t.Errorf("nothing: %v", err)
		}
		if err := open(filepath.Dir(path)); filestest.Refusal(err) != "!file.folder ()" {
			t.Errorf("a folder: %v", err)
		}
		if err := open(path + string(filepath.Separator)); domain.KindOf(err) == domain.KindFile && filestest.Detail(err) != "plan.none" {
			t.Errorf("a mark of a folder behind the name: %v", err)
		}
		if err := os.Chmod(path, 0); err != nil {
			t.Fatal(err)
		}
		if f, err := os.Open(path); err == nil { // the administrator, or Windows
			_ = f.Close()
			continue
		}
		if err := open(path); filestest.Detail(err) != "file.no-permission" || !os.IsPermission(err) && !strings.Contains(err.Error(), "permission") {
			t.Errorf("no permission: %v", err)
		}
	}
}
