package files

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// understood opens content and gives it as "format separator encoding header-row | header | rows".
func understood(t *testing.T, content string, r listing.Reading) (string, error) {
	t.Helper()
	f, err := Open(t.Context(), written(t, "a.csv", content), r)
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
	windows := in8(t, charmap.Windows1254, text)
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
			content = workbookOf(t, "", sheetOf(inline("Kod"), inline("1")))
		}
		_, err := understood(t, content, r)
		if domain.KindOf(err) != domain.KindInvalid || detail(err) != want {
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
		"the last row that is searched":               {above(headerSearch-1) + "Kod;Ad\n1;2\n", fmt.Sprintf(`%d|Kod,Ad`, headerSearch)},
		"not the one behind it":                       {above(headerSearch) + "Kod;Ad\n1;2\n", `1|x,y`},
		"blank rows are not counted":                  {strings.Repeat(";\n", 50) + above(headerSearch-1) + "Kod;Ad\n1;2\n", fmt.Sprintf(`%d|Kod,Ad`, 50+headerSearch)},
		"one word in the first row, more in a second": {"Fiyat;x\nKod;Ad\n1;2\n", `2|Kod,Ad`},
	} {
		got, err := understood(t, c.content, listing.Reading{Separator: ";"})
		if want := `csv ";" utf-8 ` + c.want + "|"; err != nil || !strings.HasPrefix(got, want) {
			t.Errorf("%s: %.80s, %v, want %s", name, got, err, want)
		}
	}
	if _, err := understood(t, above(headerSearch-1)+"Kod;Ad\n", listing.Reading{}); domain.KindOf(err) != domain.KindEmptyFile {
		t.Errorf("a header in the last row: %v", err)
	}
}

// The bytes decide the encoding; wrong ones in what is right are of rows that were pasted in.
func TestDetectCharset(t *testing.T) {
	wide := strings.Repeat("ş", 20)
	wrong := func(n int) string { return strings.Repeat("\xff-", n) }
	for name, c := range map[string]struct{ content, want string }{
		"nothing":                        {"", "utf-8"},
		"a letter":                       {"a", "utf-8"},
		"right":                          {wide, "utf-8"},
		"as many wrong bytes as letters": {wide + wrong(20), "utf-8"},
		"one more":                       {wide + wrong(21), "windows-1254"},
		"a mark":                         {"\xef\xbb\xbf" + "a", "utf-8"},
		"a mark, and wrong":              {"\xef\xbb\xbf" + "a\xff", "utf-8"},
		"little":                         {"\xff\xfea\x00", "utf-16le"},
		"big":                            {"\xfe\xff\x00a", "utf-16be"},
		"only a mark":                    {"\xff\xfe", "utf-16le"},
		"the sign of a letter that was lost before": {"a\ufffd", "utf-8"},
		"half a letter at the end":                  {"a\xc5", "windows-1254"},
	} {
		got, err := detectCharset(strings.NewReader(c.content))
		if err != nil || got.name != c.want {
			t.Errorf("%s: %s, %v", name, got.name, err)
		}
	}
	// What stands far behind a mark does not make it forgotten.
	if got, err := detectCharset(strings.NewReader("\ufeff" + strings.Repeat("a", 200_000) + "\xff")); err != nil || got.name != "utf-8" {
		t.Errorf("a mark of a long file: %s, %v", got.name, err)
	}
	// Bytes that Windows-1254 leaves open, and those that it has for what ISO-8859-9 has no sign for.
	for b := 0x80; b < 0x100; b++ {
		want := "windows-1254"
		if slices.Contains([]int{0x81, 0x8d, 0x8e, 0x8f, 0x90, 0x9d, 0x9e}, b) {
			want = "iso-8859-9"
		}
		if got, err := detectCharset(strings.NewReader("a" + string([]byte{byte(b)}) + "\xfe")); err != nil || got.name != want {
			t.Errorf("byte %x: %s, %v, want %s", b, got.name, err, want)
		}
	}
	_, err := detectCharset(strings.NewReader("a\nb\n\nc\x00"))
	if detail(err) != "file.nul 4" {
		t.Errorf("NUL: %v", err)
	}
}

// What a file is stands in its first bytes, whatever its name.
func TestSniff(t *testing.T) {
	cases := map[string]string{
		"PK\x03\x04": "xlsx", "PK\x05\x06": "xlsx", "PK\x01\x02": "csv", "PK": "csv",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "!file.old-excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe2": "csv",
		"%PDF-": "!file.pdf", "%PD": "csv", "\x89PNG": "!file.image", "\xff\xd8\xff": "!file.image", "\xff\xd8\xfe": "csv",
		"Rar!": "!file.archive", "\x1f\x8b": "!file.archive", "7z\xbc\xaf": "!file.archive", "7z": "csv",
		"<": "xml", " \t\r\n<a": "xml", "\ufeff\n<a": "xml", "\xff\xfe" + in16(" <a", true): "xml", "\xfe\xff" + in16("\r\n<a", false): "xml",
		"a<": "csv", "": "csv", "\x0b<a": "csv", "\xff\xfe" + in16("<html>", true): "!file.markup", "\xfe\xff" + in16("<TABLE ", false): "!file.markup",
		strings.Repeat(" ", 511) + "<": "xml", strings.Repeat(" ", 512) + "<": "csv", // as far as is looked
		"<htm>": "xml", "<tables>": "xml", "<bodyx": "xml", "<divx>": "xml", "<html": "!file.markup", "<html<": "xml", "<!doctype html": "!file.markup",
		"<!DOCTYPE  html>": "xml", "<!doctype x>": "xml", "<html:a>": "xml",
	}
	for _, tag := range []string{"!DOCTYPE HTML", "html", "HEAD", "Body", "table", "META", "style", "div", "Script"} {
		for _, behind := range []string{" ", "\t", "\r", "\n", ">", "/", ""} {
			cases["\ufeff <"+tag+behind] = "!file.markup"
		}
	}
	for content, want := range cases {
		got, err := sniff(faulty(content, 0).document(t))
		if key, refused := strings.CutPrefix(want, "!"); refused {
			if refusal(err) != "!"+key+" ()" || domain.KindOf(err) != domain.KindFile || got != "" {
				t.Errorf("%q: %s, %v, want %s", content, got, err, key)
			}
			continue
		}
		if err != nil || string(got) != want {
			t.Errorf("%q: %s, %v, want %s", content, got, err, want)
		}
	}
	// The mark of a password may stand anywhere in the container.
	password := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 100_001) + in16("EncryptedPackage", true)
	if _, err := sniff(faulty(password, 0).document(t)); refusal(err) != "!file.password ()" {
		t.Errorf("%v, want file.password", err)
	}
	if _, err := sniff(faulty(password[:len(password)-1], 0).document(t)); refusal(err) != "!file.old-excel ()" {
		t.Errorf("half a mark: %v, want file.old-excel", err)
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
		path := written(t, "a.csv", "Kod;Ad\n1;a\n")
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
		if detail(last) != c.want || c.want == "" && rows != 1 || c.want != "" && !strings.Contains(last.Error(), "a.csv") {
			t.Errorf("%s: %v after %d rows, want %q", name, last, rows, c.want)
		}
		if _, err := DecimalMark(f, Columns(f.Header())); detail(err) != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	changed := &document{ctx: t.Context(), file: faulty("abc", 0), size: 2}
	stopped := domain.E(domain.KindCancelled, "read", nil)
	if got := changed.excuse(stopped); !errors.Is(got, stopped) {
		t.Errorf("a person who stopped hears %v", got)
	}
	if got := changed.excuse(errDisk); detail(got) != "file.changed" {
		t.Errorf("the reason is %v", got)
	}
	changed.size = 3
	if got := changed.excuse(errDisk); got != errDisk { //nolint:errorlint // that very one
		t.Errorf("the reason is %v", got)
	}
}

func TestOpen_ofWhatCannotBeOpened(t *testing.T) {
	path := written(t, "a.csv", "Kod;Ad\n1;a\n")
	for _, open := range []func(path string) error{
		func(path string) error { _, err := Open(t.Context(), path, listing.Reading{}); return err },
		func(path string) error { _, err := OpenPlan(path); return err },
	} {
		if special := "/dev/zero"; runtime.GOOS == "linux" {
			if err := open(special); refusal(err) != "!file.not-a-file ()" {
				t.Errorf("%s: %v", special, err)
			}
		}
		if err := open(filepath.Join(path, "\x00")); domain.KindOf(err) != domain.KindFile || detail(err) != "file.unreadable" && detail(err) != "file.not-found" {
			t.Errorf("no name of a file: %v", err)
		}
		if err := open(filepath.Join(path+"x", "a.csv")); refusal(err) != "!file.not-found ()" {
			t.Errorf("nothing: %v", err)
		}
		if err := open(filepath.Dir(path)); refusal(err) != "!file.folder ()" {
			t.Errorf("a folder: %v", err)
		}
		if err := open(path + string(filepath.Separator)); domain.KindOf(err) == domain.KindFile && detail(err) != "plan.none" {
			t.Errorf("a mark of a folder behind the name: %v", err)
		}
		if err := os.Chmod(path, 0); err != nil {
			t.Fatal(err)
		}
		if f, err := os.Open(path); err == nil { // the administrator, or Windows
			_ = f.Close()
			continue
		}
		if err := open(path); detail(err) != "file.no-permission" || !os.IsPermission(err) && !strings.Contains(err.Error(), "permission") {
			t.Errorf("no permission: %v", err)
		}
	}
}

// Errors of a file say which file, and keep what they say of themselves.
func TestLocated(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"of the disk":         {errDisk, "file () file.unreadable"},
		"of a file cut off":   {fmt.Errorf("read: %w", os.ErrClosed), "file () file.unreadable"},
		"of an end too early": {fmt.Errorf("read: %w", io.ErrUnexpectedEOF), "file () file.broken"},
		"with a kind":         {refuse("file.nul", 3, errDisk), "file (3) file.nul"},
		"wrapped":             {fmt.Errorf("x: %w", domain.Invalid("sheet", "file.unknown-sheet")), "invalid (sheet) file.unknown-sheet"},
		"with line 0":         {refuse("file.nul", 0, nil), "file () file.nul"},
		"with line 1":         {refuse("file.nul", 1, nil), "file (1) file.nul"},
	} {
		err := located("liste.csv", c.err)
		e, ok := err.(*domain.Error) //nolint:errorlint // that very one
		if !ok || fmt.Sprintf("%s (%s) %s", e.Kind, e.Field, e.Detail) != c.want || e.Op != "read liste.csv" {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
