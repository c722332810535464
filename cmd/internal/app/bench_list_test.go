//go:build bench && linux

package app_test

import (
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// list makes the firms that have the whole list and a tenth of it, where no row before has made them.
func (b *bench) list() {
	if _, err := os.Stat(b.shop()); err == nil {
		return
	}
	products := sandbox.Products(b.n, 14)
	for name, part := range map[string][]sandbox.Product{"whole.csv": products, "tenth.csv": products[:b.n/10]} {
		writeCSV(b.t, b.at(name), part)
		b.do(errandOf{Do: "new", Dir: b.at("catalogue " + name)})
		b.do(errandOf{Do: "catalogue", Dir: b.at("catalogue " + name), File: b.at(name)})
	}
}

// lists measures a catalogue coming from files and going into one.
func (b *bench) lists() {
	products := sandbox.Products(b.n, 14)
	writeCSV(b.t, b.at("whole.csv"), products)
	writeCSV(b.t, b.at("tenth.csv"), products[:b.n/10])
	writeXLSX(b.t, b.at("whole.xlsx"), products)
	writeXLSX(b.t, b.at("tenth.xlsx"), products[:b.n/10])
	take := func(how, file string) spent {
		firm := b.at(how + " " + file)
		b.do(errandOf{Do: "new", Dir: firm})
		return b.do(errandOf{Do: how, Dir: firm, File: b.at(file)})
	}
	csv, plain := take("catalogue", "whole.csv"), take("csv-floor", "whole.csv")
	b.beside("catalogue from CSV: time", csv.wall, plain.wall, 1.5, 1.1)
	b.beside("catalogue from CSV: CPU", csv.cpu, plain.cpu, 1.5, 1.1)
	b.grows("catalogue from CSV: growth", csv.cpu, take("catalogue", "tenth.csv").cpu, 1.1, 1.03)
	xlsx, plain := take("catalogue", "whole.xlsx"), take("xlsx-floor", "whole.xlsx")
	b.beside("catalogue from XLSX: time", xlsx.wall, plain.wall, 1.5, 1.1)
	b.beside("catalogue from XLSX: CPU", xlsx.cpu, plain.cpu, 1.5, 1.1)
	b.grows("catalogue from XLSX: growth", xlsx.cpu, take("catalogue", "tenth.xlsx").cpu, 1.1, 1.03)
	export := func(how, file string) spent {
		return b.do(errandOf{Do: how, Dir: b.shop(), File: b.at(file)})
	}
	out := export("export-floor", "out.plain")
	b.beside("catalogue into CSV: CPU", export("export", "out.csv").cpu, out.cpu, 3.5, 1.5)
	b.beside("catalogue into XLSX: CPU, the loop writes CSV", export("export", "out.xlsx").cpu, out.cpu, 7.5, 4)
}

// shop is the firm that has the whole list.
func (b *bench) shop() string { return b.at("catalogue whole.csv") }

var benchHeads = []string{"Stok Kodu", "Barkod", "Ürün Adı", "Marka", "Satış Fiyatı", "Para Birimi", "Stok", "KDV"}

func benchRow(p sandbox.Product) []string {
	return []string{p.Code, p.Barcode, p.Name, p.Brand, comma(p.Price), "TL", comma(p.Stock), comma(p.VATRate)}
}

func writeCSV(t *testing.T, path string, products []sandbox.Product) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(f)
	w.Comma = ';'
	_ = w.Write(benchHeads)
	for _, p := range products {
		_ = w.Write(benchRow(p))
	}
	w.Flush()
	if err := f.Close(); err != nil || w.Error() != nil {
		t.Fatal(err, w.Error())
	}
}

func writeXLSX(t *testing.T, path string, products []sandbox.Product) {
	t.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	put := func(n int, row []string) {
		cells := make([]any, len(row))
		for i, text := range row {
			cells[i] = text
		}
		if err := w.SetRow(fmt.Sprintf("A%d", n), cells); err != nil {
			t.Fatal(err)
		}
	}
	put(1, benchHeads)
	for i, p := range products {
		put(i+2, benchRow(p))
	}
	if err := errors.Join(w.Flush(), f.SaveAs(path), f.Close()); err != nil {
		t.Fatal(err)
	}
}

func comma(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return strings.Replace(d.Decimal.StringFixed(2), ".", ",", 1)
}

func takeList(ctx context.Context, e errandOf) error {
	return opened(ctx, e, func(c *app.Company) error {
		done, err := c.ImportFile(ctx, e.File, listing.Reading{}, nil, &listing.Count{})
		if err == nil && done.Added == 0 {
			err = fmt.Errorf("%+v", done)
		}
		return err
	})
}

// takeCSVPlainly reads the file by encoding/csv.
func takeCSVPlainly(ctx context.Context, e errandOf) error {
	f, err := os.Open(e.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	r.Comma, r.ReuseRecord = ';', true
	return insertPlainly(ctx, e.Dir, func(put func([]string) error) error {
		for {
			row, err := r.Read()
			if err == io.EOF {
				return nil
			} else if err == nil {
				err = put(row)
			}
			if err != nil {
				return err
			}
		}
	})
}

// takeXLSXPlainly reads the file by excelize's stream of rows.
func takeXLSXPlainly(ctx context.Context, e errandOf) error {
	f, err := excelize.OpenFile(e.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		return err
	}
	return insertPlainly(ctx, e.Dir, func(put func([]string) error) error {
		for rows.Next() {
			row, err := rows.Columns()
			if err == nil {
				err = put(append(row, make([]string, len(benchHeads)-len(row))...))
			}
			if err != nil {
				return err
			}
		}
		return rows.Close()
	})
}

// insertPlainly inserts what the catalogue stores of each row behind the first into the table of the catalogue, with its indexes.
func insertPlainly(ctx context.Context, dir string, read func(put func([]string) error) error) error {
	path, err := companyFile(dir)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", database.WriterDSN(path))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	insert, err := tx.Prepare(`INSERT INTO product (code, code_k0, code_k1, code_sort, barcode, barcode_key, name, name_fold, name_sort, search_fold, brand,
		description, price, currency, stock, vat_rate, state, updated_at, revision, source, created_at, price_at, price_from, price_by, stock_at, stock_from, stock_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, 'TRY', ?, ?, 'active', ?, 1, 'file', ?, ?, 'file', 'a', ?, 'file', 'a')`)
	if err != nil {
		return err
	}
	now, first := time.Now().UTC().Format(time.RFC3339), true
	err = read(func(row []string) error {
		if first {
			first = false
			return nil
		}
		code, barcode, name := domain.Code(row[0]), domain.Barcode(row[1]), row[2]
		number := func(n int) any {
			if row[n] == "" {
				return nil
			}
			return strings.Replace(row[n], ",", ".", 1)
		}
		_, err := insert.Exec(string(code), code.K0(), code.K1(), domain.SortKey(row[0]), string(barcode), barcode.PairingKey(), name, domain.Fold(name), domain.SortKey(name),
			database.SearchText(name, code, barcode), row[3], number(4), number(6), number(7), now, now, now, now)
		return err
	})
	if err == nil {
		_, err = tx.Exec(`INSERT INTO product_search (rowid, text) SELECT id, text FROM product_search_text`)
	}
	if err != nil {
		return err
	}
	return tx.Commit()
}

func exportAll(ctx context.Context, e errandOf) error {
	return opened(ctx, e, func(c *app.Company) error { return c.ExportFile(ctx, e.File) })
}

// exportPlainly writes what an export has of each product by encoding/csv.
func exportPlainly(ctx context.Context, e errandOf) error {
	path, err := companyFile(e.Dir)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", database.ReaderDSN(path))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(ctx, `SELECT code, barcode, name, brand, description, price, currency, stock, vat_rate, state FROM product ORDER BY id`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	f, err := os.Create(e.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	w := csv.NewWriter(f)
	var cells [10]sql.NullString
	targets, row := make([]any, len(cells)), make([]string, len(cells))
	for i := range cells {
		targets[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		for i, cell := range cells {
			row[i] = cell.String
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return errors.Join(w.Error(), rows.Err())
}
