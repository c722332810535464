package files

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
)

// documentOf is a file as it is opened.
func documentOf(t *testing.T, f *filestest.FaultyFile) *document.Document {
	t.Helper()
	return document.Of(t.Context(), f, f.Size(), time.Time{})
}

func TestProducts_ofADiskThatFailsAtItsNthRead(t *testing.T) {
	csv, feed, rows := "Kod;Ad;Fiyat\r\n", "<r>", []string{filestest.Inline("Kod", "Ad", "Fiyat")}
	var longCSV, longFeed string // of several reads also where a read takes much
	for i := range 2200 {
		csv += fmt.Sprintf("K%d;\"Ürün ş %d\";%d,5\r\n", i, i*i, i)
		feed += fmt.Sprintf("<p><kod>K%d</kod><ad>Ürün ş %d</ad><fiyat>%d,5</fiyat></p>\n", i, i*i, i)
		if i < 250 {
			rows = append(rows, filestest.Inline(fmt.Sprintf("K%d", i), fmt.Sprintf("Ürün ş %d", i*i), fmt.Sprintf("%d,5", i)))
			longCSV, longFeed = csv, feed
		}
	}
	csv, longCSV, feed, longFeed = longCSV, csv, longFeed+"</r>", feed+"</r>"
	for name, content := range map[string]string{
		"CSV": longCSV, "CSV in UTF-16": "\xff\xfe" + filestest.In16(csv, true),
		"XML": longFeed, "XML of Windows": filestest.In8(t, charmap.Windows1254, feed), "XML in UTF-16": "\xfe\xff" + filestest.In16(feed, false),
		"XLSX": filestest.WorkbookOf(t, "<sst><si><t>x</t></si></sst>", filestest.SheetOf(filestest.Inline("Yardım")), filestest.SheetOf(rows...)),
	} {
		t.Run(name, func(t *testing.T) {
			var whole []string
			for n := 0; ; n++ { // the first one never fails
				file := filestest.Faulty(content, n)
				got, err := readThrough(documentOf(t, file))
				switch {
				case n == 0 || !file.Failed():
					if err != nil || len(got) < 250 || n > 0 && !slices.Equal(got, whole) {
						t.Fatalf("call %d, none failed: %d rows, %v", n, len(got), err)
					}
					if n > 0 {
						return
					}
					whole = got
				case !errors.Is(err, filestest.ErrDisk) || domain.KindOf(err) != domain.KindFile || !strings.Contains(err.Error(), "liste"):
					t.Errorf("call %d failed: %v", n, err)
				case !slices.Equal(got, whole[:len(got)]):
					t.Errorf("call %d failed: the %d rows before it are not those of the file", n, len(got))
				}
				if file.Closed != 1 {
					t.Errorf("call %d failed: closed %d times", n, file.Closed)
				}
			}
		})
	}
}

// readThrough reads every product of a document as a person would meet it: guessing first.
func readThrough(doc *document.Document) (got []string, err error) {
	f, err := understand(doc, "liste", listing.Reading{}, headerSearcher{})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	cols := mapping.Of(f.Header())
	if _, err := DecimalMark(f, cols); err != nil {
		return nil, err
	}
	for r, err := range Products(f, cols) {
		if err != nil {
			return got, err
		}
		got = append(got, fmt.Sprintf("%d %q %+v %v", r.Line, r.Cells, r.Product, r.Problems))
	}
	return got, nil
}

func TestClose_saysWhatTheDiskSays(t *testing.T) {
	file := filestest.Faulty("Kod;Ad\n1;a\n", 0)
	file.Closing = filestest.ErrDisk
	f, err := understand(documentOf(t, file), "liste", listing.Reading{}, headerSearcher{})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); !errors.Is(err, filestest.ErrDisk) {
		t.Errorf("a table: %v", err)
	}
	refused := filestest.Faulty("Kod;Ad\n", 0)
	refused.Closing = filestest.ErrDisk
	if _, err := understand(documentOf(t, refused), "liste", listing.Reading{}, headerSearcher{}); domain.KindOf(err) != domain.KindEmptyFile {
		t.Errorf("a table that is none: %v", err)
	}
}

// A part packed in a way that nobody knows is a broken workbook, whichever part it is.
func TestOpen_ofAWorkbookPackedInAnUnknownWay(t *testing.T) {
	content := filestest.WorkbookOf(t, "<sst/>", filestest.SheetOf(filestest.Inline("Kod"), filestest.Inline("1")))
	from, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range from.File {
		var out bytes.Buffer
		to := zip.NewWriter(&out)
		to.RegisterCompressor(99, func(w io.Writer) (io.WriteCloser, error) { return nopCloser{w}, nil })
		for j, f := range from.File {
			method := zip.Deflate
			if i == j {
				method = 99
			}
			in, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			w, err := to.CreateHeader(&zip.FileHeader{Name: f.Name, Method: method})
			if err == nil {
				_, err = io.Copy(w, in)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := to.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := readThrough(documentOf(t, filestest.Faulty(out.String(), 0))); filestest.Detail(err) != "file.broken" || !errors.Is(err, zip.ErrAlgorithm) {
			t.Errorf("%s: %v", part.Name, err)
		}
	}
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

func TestOpen_ofADiskThatFailsWhileItRefuses(t *testing.T) {
	for name, content := range map[string]string{
		"a workbook of before 2007": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600),
		"no rows":                   "Kod;Ad\n",
		"XML of nothing":            "<r/>",
		"a letter and a NUL":        "Kod;Ad\n\x00",
	} {
		for n := 1; ; n++ {
			file := filestest.Faulty(content, n)
			_, err := understand(documentOf(t, file), "liste", listing.Reading{}, headerSearcher{})
			if err == nil || file.Closed != 1 {
				t.Errorf("%s, call %d failed: %v, closed %d times", name, n, err, file.Closed)
			}
			if !file.Failed() {
				break
			}
			if !errors.Is(err, filestest.ErrDisk) {
				t.Errorf("%s, call %d failed: %v", name, n, err)
			}
		}
	}
}

// A zip holds a checksum of every part. A digit of a price that a bad disk has turned is noticed by nothing else.
func TestRows_ofAWorkbookWhoseBytesHaveTurned(t *testing.T) {
	content := workbookStored(t, filestest.SheetOf(filestest.Inline("Kod", "Ad", "Fiyat"), filestest.Inline("1", "Çay", "129,90")))
	for _, turned := range [][2]string{{"129,90", "199,90"}, {`name="S1"`, `name="S2"`}, {"/sheet1.xml\"", "/Sheet1.xml\""}, {"<t>1<", "<t>2<"}} {
		if strings.Count(content, turned[0]) != 1 {
			t.Fatalf("%q stands there %d times", turned[0], strings.Count(content, turned[0]))
		}
		_, err := readThrough(documentOf(t, filestest.Faulty(strings.Replace(content, turned[0], turned[1], 1), 0)))
		if domain.KindOf(err) != domain.KindFile || filestest.Detail(err) != "file.broken" {
			t.Errorf("%q: %v", turned, err)
		}
	}
	if got, err := readThrough(documentOf(t, filestest.Faulty(content, 0))); err != nil || len(got) != 1 {
		t.Errorf("as it was: %q, %v", got, err)
	}
}

// workbookStored is workbookOf without compression.
func workbookStored(t *testing.T, sheet string) string {
	t.Helper()
	packed := filestest.WorkbookOf(t, "", sheet)
	from, err := zip.NewReader(strings.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, part := range from.File {
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		w, err := to.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, in); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
