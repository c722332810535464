package files

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

var errDisk = errors.New("the disk does not answer")

// faultyFile is a file whose n-th call fails; it works again afterwards, so that whoever passes over the
// error goes on with less than the file has.
type faultyFile struct {
	*bytes.Reader
	at, calls int
	closed    int
	closing   error // what closing it says
}

func faulty(content string, at int) *faultyFile {
	return &faultyFile{Reader: bytes.NewReader([]byte(content)), at: at}
}

func (f *faultyFile) fails() error {
	if f.calls++; f.calls == f.at {
		return errDisk
	}
	return nil
}

func (f *faultyFile) failed() bool { return f.calls >= f.at }

func (f *faultyFile) ReadAt(p []byte, at int64) (int, error) {
	if err := f.fails(); err != nil {
		return 0, err
	}
	return f.Reader.ReadAt(p, at)
}

func (f *faultyFile) Read(p []byte) (int, error) {
	if err := f.fails(); err != nil {
		return 0, err
	}
	return f.Reader.Read(p)
}

func (f *faultyFile) Seek(to int64, whence int) (int64, error) {
	if err := f.fails(); err != nil {
		return 0, err
	}
	return f.Reader.Seek(to, whence)
}

func (f *faultyFile) Stat() (os.FileInfo, error) {
	if err := f.fails(); err != nil {
		return nil, err
	}
	return sized{size: f.Size()}, nil
}

func (f *faultyFile) Close() error {
	f.closed++
	return f.closing
}

// sized is what a test's file says about itself.
type sized struct {
	os.FileInfo
	size int64
}

func (s sized) Size() int64        { return s.size }
func (s sized) ModTime() time.Time { return time.Time{} }

func (f *faultyFile) document(t *testing.T) *document {
	t.Helper()
	return &document{ctx: t.Context(), file: f, size: f.Size()}
}

func TestProducts_ofADiskThatFailsAtItsNthRead(t *testing.T) {
	csv, feed, rows := "Kod;Ad;Fiyat\r\n", "<r>", []string{inline("Kod", "Ad", "Fiyat")}
	var longCSV, longFeed string // of several reads also where a read takes much
	for i := range 2200 {
		csv += fmt.Sprintf("K%d;\"Ürün ş %d\";%d,5\r\n", i, i*i, i)
		feed += fmt.Sprintf("<p><kod>K%d</kod><ad>Ürün ş %d</ad><fiyat>%d,5</fiyat></p>\n", i, i*i, i)
		if i < 250 {
			rows = append(rows, inline(fmt.Sprintf("K%d", i), fmt.Sprintf("Ürün ş %d", i*i), fmt.Sprintf("%d,5", i)))
			longCSV, longFeed = csv, feed
		}
	}
	csv, longCSV, feed, longFeed = longCSV, csv, longFeed+"</r>", feed+"</r>"
	for name, content := range map[string]string{
		"CSV": longCSV, "CSV in UTF-16": "\xff\xfe" + in16(csv, true),
		"XML": longFeed, "XML of Windows": in8(t, charmap.Windows1254, feed), "XML in UTF-16": "\xfe\xff" + in16(feed, false),
		"XLSX": workbookOf(t, "<sst><si><t>x</t></si></sst>", sheetOf(inline("Yardım")), sheetOf(rows...)),
	} {
		t.Run(name, func(t *testing.T) {
			var whole []string
			for n := 0; ; n++ { // the first one never fails
				file := faulty(content, n)
				got, err := readThrough(file.document(t))
				switch {
				case n == 0 || !file.failed():
					if err != nil || len(got) < 250 || n > 0 && !slices.Equal(got, whole) {
						t.Fatalf("call %d, none failed: %d rows, %v", n, len(got), err)
					}
					if n > 0 {
						return
					}
					whole = got
				case !errors.Is(err, errDisk) || domain.KindOf(err) != domain.KindFile || !strings.Contains(err.Error(), "liste"):
					t.Errorf("call %d failed: %v", n, err)
				case !slices.Equal(got, whole[:len(got)]):
					t.Errorf("call %d failed: the %d rows before it are not those of the file", n, len(got))
				}
				if file.closed != 1 {
					t.Errorf("call %d failed: closed %d times", n, file.closed)
				}
			}
		})
	}
}

// readThrough reads every product of a document as a person would meet it: guessing first.
func readThrough(doc *document) (got []string, err error) {
	f, err := understand(doc, "liste", listing.Reading{}, headerSearcher{})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	cols := Columns(f.Header())
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
	file := faulty("Kod;Ad\n1;a\n", 0)
	file.closing = errDisk
	f, err := understand(file.document(t), "liste", listing.Reading{}, headerSearcher{})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); !errors.Is(err, errDisk) {
		t.Errorf("a table: %v", err)
	}
	refused := faulty("Kod;Ad\n", 0)
	refused.closing = errDisk
	if _, err := understand(refused.document(t), "liste", listing.Reading{}, headerSearcher{}); domain.KindOf(err) != domain.KindEmptyFile {
		t.Errorf("a table that is none: %v", err)
	}
	d, rows := planOf()
	raw, err := os.ReadFile(planFile(t, d, rows))
	if err != nil {
		t.Fatal(err)
	}
	file = faulty(string(raw), 0)
	file.closing = errDisk
	p, err := checkPlan(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); !errors.Is(err, errDisk) {
		t.Errorf("a plan: %v", err)
	}
	bad := faulty("{}", 0)
	bad.closing = errDisk
	if _, err := checkPlan(bad); detail(err) != "plan.none" || !errors.Is(err, errDisk) {
		t.Errorf("a plan that is none: %v", err)
	}
}

// A part packed in a way that nobody knows is a broken workbook, whichever part it is.
func TestOpen_ofAWorkbookPackedInAnUnknownWay(t *testing.T) {
	content := workbookOf(t, "<sst/>", sheetOf(inline("Kod"), inline("1")))
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
		if _, err := readThrough(faulty(out.String(), 0).document(t)); detail(err) != "file.broken" || !errors.Is(err, zip.ErrAlgorithm) {
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
			file := faulty(content, n)
			_, err := understand(file.document(t), "liste", listing.Reading{}, headerSearcher{})
			if err == nil || file.closed != 1 {
				t.Errorf("%s, call %d failed: %v, closed %d times", name, n, err, file.closed)
			}
			if !file.failed() {
				break
			}
			if !errors.Is(err, errDisk) {
				t.Errorf("%s, call %d failed: %v", name, n, err)
			}
		}
	}
}

func TestPlan_ofADiskThatFailsAtItsNthRead(t *testing.T) {
	d, some := planOf()
	var rows []transfer.PlanRow
	for range 40 {
		rows = append(rows, some...)
	}
	d.Forecast = transfer.Forecast{}
	for _, r := range rows {
		d.Add(r.Row)
	}
	path := t.TempDir() + "/plan.json"
	if err := planAt(path, d, eachRow(rows)); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; ; n++ {
		file := faulty(string(raw), n)
		got := 0
		p, err := checkPlan(file)
		if err == nil {
			for r, rowErr := range p.Rows {
				if err = rowErr; err == nil {
					got++
					if r.Remote.ID == "" {
						t.Errorf("call %d failed: an empty row", n)
					}
				}
			}
			_ = p.Close()
		}
		if file.closed != 1 {
			t.Errorf("call %d failed: closed %d times", n, file.closed)
		}
		if !file.failed() {
			if err != nil || got != len(rows) {
				t.Errorf("none failed: %d rows, %v", got, err)
			}
			return
		}
		if !errors.Is(err, errDisk) || domain.KindOf(err) != domain.KindFile || detail(err) != "file.unreadable" {
			t.Errorf("call %d failed: %v", n, err)
		}
	}
}

// failingWriter fails at its n-th call.
type failingWriter struct {
	out       bytes.Buffer
	at, calls int
}

func (w *failingWriter) Write(p []byte) (int, error) {
	if w.calls++; w.calls == w.at {
		return 0, errDisk
	}
	return w.out.Write(p)
}

func TestTableWriters_ofADiskThatFailsAtItsNthWrite(t *testing.T) {
	rows := make([][]exports.Cell, 3000)
	for i := range rows {
		rows[i] = []exports.Cell{exports.Text(fmt.Sprintf("K%d", i*i*7919%10007)), exports.Number(number(fmt.Sprint(i * i)))}
	}
	header := []string{"Kod", "Fiyat"}
	for name, open := range map[string]func(io.Writer) (tableWriter, error){
		"CSV":  func(w io.Writer) (tableWriter, error) { return newCSVWriter(w), nil },
		"XLSX": func(w io.Writer) (tableWriter, error) { return newXLSXWriter(w, header) },
	} {
		for n := 1; ; n++ {
			disk := &failingWriter{at: n}
			w, err := open(disk)
			if err == nil {
				err = errors.Join(fill(w, header, each(rows, nil)), w.close())
			}
			if disk.calls < n {
				if err != nil || disk.out.Len() == 0 || name == "CSV" && strings.Count(disk.out.String(), "\n") != 1+len(rows) {
					t.Errorf("%s: none of %d writes failed: %v", name, disk.calls, err)
				}
				break
			}
			if !errors.Is(err, errDisk) {
				t.Errorf("%s, write %d failed: %v", name, n, err)
			}
		}
	}
}

// A plan that cannot be written whole is said to be none, at whichever byte the disk fails and whatever cannot be told.
func TestWritePlan_ofWhatCannotBeWritten(t *testing.T) {
	d, some := planOf()
	var rows []transfer.PlanRow
	for range 40 {
		rows = append(rows, some...)
	}
	for n := 1; ; n++ {
		disk := &failingWriter{at: n}
		err := WritePlan(disk, d, eachRow(rows))
		if disk.calls < n {
			if err != nil {
				t.Errorf("none of %d writes failed: %v", disk.calls, err)
			}
			break
		}
		if !errors.Is(err, errDisk) {
			t.Errorf("write %d failed: %v", n, err)
		}
	}
	never := time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC) // JSON has no such year
	late := d
	late.MadeAt = never
	rows[100].Remote.ModifiedAt = never
	for what, err := range map[string]error{"head": WritePlan(io.Discard, late, eachRow(some)), "row": WritePlan(io.Discard, d, eachRow(rows))} {
		if err == nil || !strings.Contains(err.Error(), "year") {
			t.Errorf("a %s that JSON does not have: %v", what, err)
		}
	}
}

// A zip holds a checksum of every part. A digit of a price that a bad disk has turned is noticed by nothing else.
func TestRows_ofAWorkbookWhoseBytesHaveTurned(t *testing.T) {
	content := workbookStored(t, sheetOf(inline("Kod", "Ad", "Fiyat"), inline("1", "Çay", "129,90")))
	for _, turned := range [][2]string{{"129,90", "199,90"}, {`name="S1"`, `name="S2"`}, {"/sheet1.xml\"", "/Sheet1.xml\""}, {"<t>1<", "<t>2<"}} {
		if strings.Count(content, turned[0]) != 1 {
			t.Fatalf("%q stands there %d times", turned[0], strings.Count(content, turned[0]))
		}
		_, err := readThrough(faulty(strings.Replace(content, turned[0], turned[1], 1), 0).document(t))
		if domain.KindOf(err) != domain.KindFile || detail(err) != "file.broken" {
			t.Errorf("%q: %v", turned, err)
		}
	}
	if got, err := readThrough(faulty(content, 0).document(t)); err != nil || len(got) != 1 {
		t.Errorf("as it was: %q, %v", got, err)
	}
}

// workbookStored is workbookOf without compression.
func workbookStored(t *testing.T, sheet string) string {
	t.Helper()
	packed := workbookOf(t, "", sheet)
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
