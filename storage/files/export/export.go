// Package export writes tables as people open them: CSV for a Turkish Excel, and workbooks in which texts stay texts. What it writes comes back
// as it was when it is read again.
package export

import (
	stdcsv "encoding/csv"
	"errors"
	"io"
	"iter"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/csv"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
)

// tableWriter is a table on its way into a file.
type tableWriter interface {
	write(cells []exports.Cell) error
	finish() error // the table is whole
	close() error  // nothing more is written; gives back what the writer holds
}

// Write writes a table as XLSX or CSV, as ending (".xlsx", ".csv") says. Texts stay texts in a
// spreadsheet. A CSV is UTF-8 with a byte order mark, semicolons and decimal commas, which is what a Turkish
// Excel expects; its texts are kept exactly, but for a quote before those that a spreadsheet would take for a formula. Errors: those of rows (domain.KindInternal where they have no
// kind) and of out, domain.KindFile when XLSX cannot hold it or ending is another one.
func Write(out io.Writer, ending string, header []string, rows iter.Seq2[[]exports.Cell, error]) (err error) {
	var w tableWriter
	switch charset.ASCIILower(ending) {
	case ".csv":
		w = newCSVWriter(out)
	case ".xlsx":
		if w, err = newXLSXWriter(out, header); err != nil {
			return err
		}
	default:
		return refusal.New("file.unknown-ending", 0, nil)
	}
	defer func() { err = errors.Join(err, w.close()) }()
	return fill(w, header, rows)
}

func fill(w tableWriter, header []string, rows iter.Seq2[[]exports.Cell, error]) error {
	top := make([]exports.Cell, len(header))
	for i, h := range header {
		top[i] = exports.Text(h)
	}
	if err := w.write(top); err != nil {
		return err
	}
	for cells, err := range rows {
		if err != nil {
			return refusal.Foreign(err)
		}
		if err := w.write(cells); err != nil {
			return err
		}
	}
	return w.finish()
}

// csvWriter is a table as CSV.
type csvWriter struct {
	raw io.Writer
	out *stdcsv.Writer
}

func newCSVWriter(out io.Writer) *csvWriter {
	w := stdcsv.NewWriter(out)
	w.Comma = ';' // lines end in \n: with \r\n encoding/csv would also change the ones inside texts
	return &csvWriter{raw: out, out: w}
}

func (w *csvWriter) write(cells []exports.Cell) error {
	if w.raw != nil { // before the first row
		if _, err := w.raw.Write(charset.BOM); err != nil {
			return err
		}
		w.raw = nil
	}
	record := make([]string, len(cells))
	for i, c := range cells {
		record[i] = csv.Guarded(c.Text)
		if c.Number.Valid {
			record[i] = csvNumber(c.Number.Decimal)
		}
		if strings.IndexByte(record[i], 0) >= 0 {
			return refusal.New("file.nul", 0, nil)
		}
	}
	return w.out.Write(record)
}

// csvNumber writes a number with a decimal comma, and so that it shows which mark it has: 1,234 could be a thousand.
func csvNumber(d decimal.Decimal) string {
	text := strings.ReplaceAll(d.String(), ".", ",")
	if figure.UnsureOf(text) != figure.MarkUnknown {
		text += "0"
	}
	return text
}

func (w *csvWriter) finish() error {
	w.out.Flush()
	return w.out.Error()
}

func (w *csvWriter) close() error { return nil }
