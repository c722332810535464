package files

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// Cell is one cell of a written table: a number, else a text.
type Cell struct {
	Text   string
	Number decimal.NullDecimal
}

// Text makes the cell of a text.
func Text(s string) Cell { return Cell{Text: s} }

// Number makes the cell of a number; one that is not valid makes an empty cell.
func Number(n decimal.NullDecimal) Cell { return Cell{Number: n} }

// WriteProducts writes products as an XLSX or CSV file, as path's ending says, in columns that Open and
// Products read back. Codes and barcodes are texts. A CSV is UTF-8 with a byte order mark, semicolons
// and decimal commas, which is what a Turkish Excel expects; its texts are kept exactly.
// The file appears under its name only when it is whole. Errors: those of products, domain.KindDisk
// when it cannot be written, domain.KindFile when XLSX cannot hold it.
func WriteProducts(path string, products iter.Seq2[domain.Product, error]) error {
	header := make([]string, 0, len(listing.Fields()))
	for _, f := range listing.Fields() {
		header = append(header, title(f))
	}
	return WriteTable(path, header, func(yield func([]Cell, error) bool) {
		for p, err := range products {
			if !yield(productCells(p), err) || err != nil {
				return
			}
		}
	})
}

// title is the name a field's column gets.
func title(f listing.Field) string {
	return map[listing.Field]string{
		listing.Code: "Stok Kodu", listing.Barcode: "Barkod", listing.Name: "Ürün Adı", listing.Brand: "Marka", listing.Description: "Ürün Açıklaması",
		listing.Price: "Satış Fiyatı (KDV Dahil)", listing.Currency: "Para Birimi", listing.Stock: "Stok Adedi", listing.VAT: "KDV Oranı",
	}[f]
}

// productCells stands in the order of Fields.
func productCells(p domain.Product) []Cell {
	return []Cell{
		Text(string(p.Code)), Text(string(p.Barcode)), Text(p.Name), Text(p.Brand), Text(p.Description),
		Number(p.Price), Text(string(p.Currency)), Number(p.Stock), Number(p.VATRate),
	}
}

// tableWriter is a table on its way into a file.
type tableWriter interface {
	write(cells []Cell) error
	finish() error // the table is whole
	close() error  // nothing more is written; gives back what the writer holds
}

// WriteTable writes any table the way WriteProducts does.
func WriteTable(path string, header []string, rows iter.Seq2[[]Cell, error]) error {
	op := "write " + filepath.Base(path)
	err := replaceFile(path, func(out io.Writer) (err error) {
		var w tableWriter
		switch asciiLower(filepath.Ext(path)) {
		case ".csv":
			w = newCSVWriter(out)
		case ".xlsx":
			if w, err = newXLSXWriter(out, header); err != nil {
				return err
			}
		default:
			return refuse("file.unknown-ending", 0, nil)
		}
		defer func() { err = errors.Join(err, w.close()) }()
		return fill(w, header, rows)
	})
	if err == nil || hasKind(err) || errors.As(err, &foreign{}) {
		return domain.Wrap(err, "%s", op)
	}
	return domain.E(domain.KindDisk, op, err)
}

func fill(w tableWriter, header []string, rows iter.Seq2[[]Cell, error]) error {
	top := make([]Cell, len(header))
	for i, h := range header {
		top[i] = Text(h)
	}
	if err := w.write(top); err != nil {
		return err
	}
	for cells, err := range rows {
		if err != nil {
			return foreign{err}
		}
		if err := w.write(cells); err != nil {
			return err
		}
	}
	return w.finish()
}

// foreign marks an error of whoever gives the rows: it is not one of the disk.
type foreign struct{ error }

func (f foreign) Unwrap() error { return f.error }

// replaceFile writes beside path and renames at the end: a full disk or a stop leaves no half file
// under the name, and what was there before stays until the new one is whole.
func replaceFile(path string, write func(io.Writer) error) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".sopyo-*.tmp")
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(temp, 64<<10)
	err = write(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	if err == nil {
		err = temp.Sync()
	}
	err = errors.Join(err, temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}

// csvWriter is a table as CSV.
type csvWriter struct {
	raw io.Writer
	out *csv.Writer
}

func newCSVWriter(out io.Writer) *csvWriter {
	w := csv.NewWriter(out)
	w.Comma = ';' // lines end in \n: with \r\n encoding/csv would also change the ones inside texts
	return &csvWriter{raw: out, out: w}
}

func (w *csvWriter) write(cells []Cell) error {
	if w.raw != nil { // before the first row
		if _, err := w.raw.Write(bomUTF8); err != nil {
			return err
		}
		w.raw = nil
	}
	record := make([]string, len(cells))
	for i, c := range cells {
		record[i] = c.Text
		if c.Number.Valid {
			record[i] = strings.Replace(c.Number.Decimal.String(), ".", ",", 1)
		}
		if strings.IndexByte(record[i], 0) >= 0 {
			return refuse("file.nul", 0, nil)
		}
	}
	return w.out.Write(record)
}

func (w *csvWriter) finish() error {
	w.out.Flush()
	return w.out.Error()
}

func (w *csvWriter) close() error { return nil }

// maxCellText is how many UTF-16 units Excel takes in a cell.
const maxCellText = 32_767

func cellTooLong(s string) bool {
	return len(s) > maxCellText && len(utf16.Encode([]rune(s))) > maxCellText
}
