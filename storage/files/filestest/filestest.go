// Package filestest is for tests of the rooms that read and write files: files on a disk that fails when it is told to, workbooks from raw
// XML, texts in other encodings. It knows no room but the domain.
package filestest

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/shopspring/decimal"
	"golang.org/x/text/encoding/charmap"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// ErrDisk is what the disk says.
var ErrDisk = errors.New("the disk does not answer")

// FaultyFile is a file whose n-th call fails; it works again afterwards, so that whoever passes over the
// error goes on with less than the file has.
type FaultyFile struct {
	*bytes.Reader
	at, calls int
	Closed    int
	Closing   error // what closing it says
}

// Faulty is a file with content whose call at fails; 0: none does.
func Faulty(content string, at int) *FaultyFile {
	return &FaultyFile{Reader: bytes.NewReader([]byte(content)), at: at}
}

func (f *FaultyFile) fails() error {
	if f.calls++; f.calls == f.at {
		return ErrDisk
	}
	return nil
}

// Failed tells whether the call that is to fail has been made.
func (f *FaultyFile) Failed() bool { return f.calls >= f.at }

// ReadAt is io.ReaderAt.
func (f *FaultyFile) ReadAt(p []byte, at int64) (int, error) {
	if err := f.fails(); err != nil {
		return 0, err
	}
	return f.Reader.ReadAt(p, at)
}

// Read is io.Reader.
func (f *FaultyFile) Read(p []byte) (int, error) {
	if err := f.fails(); err != nil {
		return 0, err
	}
	return f.Reader.Read(p)
}

// Seek is io.Seeker.
func (f *FaultyFile) Seek(to int64, whence int) (int64, error) {
	if err := f.fails(); err != nil {
		return 0, err
	}
	return f.Reader.Seek(to, whence)
}

// Stat tells the size alone.
func (f *FaultyFile) Stat() (os.FileInfo, error) {
	if err := f.fails(); err != nil {
		return nil, err
	}
	return sized{size: f.Size()}, nil
}

// Close counts how often it is called.
func (f *FaultyFile) Close() error {
	f.Closed++
	return f.Closing
}

// sized is what a test's file says about itself.
type sized struct {
	os.FileInfo
	size int64
}

func (s sized) Size() int64 { return s.size }

func (s sized) ModTime() time.Time { return time.Time{} }

// Written puts content into a file of the test.
func Written(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Detail is the translation key of a refusal, with the line or field if it names one.
func Detail(err error) string {
	var e *domain.Error
	if !errors.As(err, &e) {
		return ""
	}
	return strings.TrimSpace(e.Detail + " " + e.Field)
}

// In16 writes a text in UTF-16.
func In16(s string, little bool) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		if little {
			b.Write([]byte{byte(u & 0xff), byte(u >> 8)})
		} else {
			b.Write([]byte{byte(u >> 8), byte(u & 0xff)})
		}
	}
	return b.String()
}

// In8 writes a text in an 8-bit encoding.
func In8(t *testing.T, c *charmap.Charmap, s string) string {
	t.Helper()
	out, err := c.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Refusal is an error as "!key (line)".
func Refusal(err error) string {
	var e *domain.Error
	if !errors.As(err, &e) {
		return "!" + err.Error()
	}
	return fmt.Sprintf("!%s (%s)", e.Detail, e.Field)
}

// WorkbookOf makes the bytes of a workbook from raw XML, as other programs write it.
func WorkbookOf(t *testing.T, shared string, sheets ...string) string {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	put := func(name, content string) {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	put("_rels/.rels", `<Relationships><Relationship Id="r" Type="`+office+`/officeDocument" Target="/xl/workbook.xml"/></Relationships>`)
	names, rels := "", ""
	for i, s := range sheets {
		state, data, found := strings.Cut(s, "!")
		if !found {
			state, data = "visible", s
		}
		names += fmt.Sprintf(`<sheet name="S%d" sheetId="%d" state="%s" r:id="r%d"/>`, i+1, 9-i, state, i+1)
		rels += fmt.Sprintf(`<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, office, i+1)
		put(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), data)
	}
	if shared != "" {
		rels += `<Relationship Id="s" Type="` + office + `/sharedStrings" Target="sharedStrings.xml"/>`
		put("xl/SharedStrings.xml", shared)
	}
	put("xl/workbook.xml", `<workbook xmlns:r="`+office+`"><sheets>`+names+`</sheets></workbook>`)
	put("xl/_rels/workbook.xml.rels", `<Relationships>`+rels+`</Relationships>`)
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Inline is a row of texts.
func Inline(texts ...string) string {
	var row strings.Builder
	row.WriteString("<row>")
	for _, s := range texts {
		row.WriteString(`<c t="inlineStr"><is><t>` + s + `</t></is></c>`)
	}
	return row.String() + "</row>"
}

// SheetOf is a sheet of rows.
func SheetOf(rows ...string) string {
	return `<worksheet><dimension ref="A1"/><sheetData>` + strings.Join(rows, "") + `</sheetData></worksheet>`
}

// ArchiveOf packs parts as they are named.
func ArchiveOf(t *testing.T, parts ...string) string {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := archive.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// FailingWriter fails at its n-th call.
type FailingWriter struct {
	Out       bytes.Buffer
	At, Calls int
}

// Write is io.Writer.
func (w *FailingWriter) Write(p []byte) (int, error) {
	if w.Calls++; w.Calls == w.At {
		return 0, ErrDisk
	}
	return w.Out.Write(p)
}

// Each gives a list one by one, and an error behind it where last is one.
func Each[T any](list []T, last error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
		if last != nil {
			var zero T
			yield(zero, last)
		}
	}
}

// PlanOf makes a document with a row of every kind.
func PlanOf() (transfer.Document, []transfer.PlanRow) {
	at := time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
	rows := []transfer.PlanRow{
		{Row: transfer.Row{
			Remote: domain.RemoteProduct{
				ID: "17", Type: 1, Code: "KİTAP-01 ", Barcode: "8690504012345", Name: "Kitap \"<b>\"\n", Brand: "Can", Unit: "AD", Active: true,
				Currency: "TRY", Price: money("12.5"), Stock: money("-3"), VATRate: money("10"), ModifiedAt: at,
			},
			Tier: matching.TierSpelling, Flag: matching.FlagSpelling, ProductID: 4, Revision: 2,
			Planned: transfer.Planned{
				Outcome: transfer.OutcomeMatched, Notes: []transfer.Note{transfer.NoteNegativeStock},
				Before: transfer.Values{Currency: "TRY"}, After: transfer.Values{Price: money("12.5"), Currency: "TRY", Stock: money("-3")},
			},
		}, Partner: "abcdef"},
		{Row: transfer.Row{
			Remote: domain.RemoteProduct{ID: "18", Type: 1, Active: true}, Reason: matching.ReasonAmbiguous, Candidates: 3,
			Planned: transfer.Planned{Outcome: transfer.OutcomeUnmatched, Becomes: transfer.UnmatchedListed},
		}},
		{Row: transfer.Row{
			Remote: domain.RemoteProduct{ID: "19", Type: 1}, Reason: matching.ReasonPassive, Skipped: true,
			Planned: transfer.Planned{Outcome: transfer.OutcomeSkipped},
		}},
	}
	d := transfer.Document{
		Company: "alfa", Name: "Alfa", TenantID: "T-1", Firm: "Alfa Ltd.",
		Plan: transfer.Plan{RunID: 7, Options: transfer.DefaultOptions("TRY"), ReadAt: at, MadeAt: at.Add(time.Minute), Cost: transfer.CostOf(3)},
	}
	for i := range rows {
		rows[i].Outcome = transfer.OutcomePending
		d.Add(rows[i].Row)
	}
	return d, rows
}

// EachRow gives the rows of a plan.
func EachRow(rows []transfer.PlanRow) iter.Seq2[transfer.PlanRow, error] {
	return func(yield func(transfer.PlanRow, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func money(s string) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.RequireFromString(s)) }
