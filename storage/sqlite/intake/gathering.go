package intake

import (
	"context"
	"database/sql"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// gathering brings the rows of a file together as items.
type gathering struct {
	tx        *sql.Tx
	differing string // what becomes of rows of one product that differ
	taken     int
	repeated  bool // there are rows beside the first one of an item
	optioned  bool // there are options
	sheets    bool // there are several
	across    bool // items of several sheets are one
	notes     []listing.Note
}

// collect puts every row into the table.
func (g *gathering) collect(ctx context.Context, rows iter.Seq2[listing.ProductRow, error]) error {
	var put, again database.Statement
	if err := database.PrepareAll(ctx, g.tx,
		database.Prepare(&put, insertItem+`0, NULL) ON CONFLICT DO NOTHING`),
		database.Prepare(&again, insertItem+`?20,
		(SELECT id FROM item WHERE mark = ?1 AND name_fold = ?2 AND code_k0 = ?3 AND options = ?4 AND copy = 0))`),
	); err != nil {
		return err
	}
	sheet := ""
	for row, err := range ahead(rows) {
		if err != nil {
			return err
		}
		g.sheets = g.sheets || g.taken > 0 && row.Sheet != sheet
		sheet = row.Sheet
		g.taken++
		values := itemValues(row)
		put, err := put.ExecContext(ctx, values...)
		if err != nil {
			return err
		}
		g.optioned = g.optioned || row.Options != ""
		if n, err := put.RowsAffected(); err != nil || n == 1 {
			if err != nil {
				return err
			}
			continue
		}
		g.repeated = true
		if _, err := again.ExecContext(ctx, append(values, g.taken)...); err != nil {
			return err
		}
	}
	return nil
}

// rowsAhead is how many rows of a file are read while the ones before them are put into the table.
const rowsAhead = 256

// ahead reads rows in a goroutine of its own, which has ended when the loop over them has.
func ahead(rows iter.Seq2[listing.ProductRow, error]) iter.Seq2[listing.ProductRow, error] {
	type read struct {
		row listing.ProductRow
		err error
	}
	return func(yield func(listing.ProductRow, error) bool) {
		came, enough := make(chan read, rowsAhead), make(chan struct{})
		defer func() {
			close(enough)
			for range came {
			}
		}()
		go func() {
			defer close(came)
			for row, err := range rows {
				select {
				case came <- read{row, err}:
				case <-enough:
					return
				}
			}
		}()
		for r := range came {
			if !yield(r.row, r.err) {
				return
			}
		}
	}
}

func itemValues(row listing.ProductRow) []any {
	p, full := row.Product, ""
	if row.Options != "" {
		full = domain.Fold(listing.WithOptions(p.Name, row.Options))
	}
	mark, key := markOfBarcode(p.Barcode)
	return []any{
		mark, domain.Fold(p.Name), p.Code.K0(), row.Options, row.Line, row.Sheet, row.Place, key, full,
		p.Code, p.Barcode, p.Name, p.Brand, p.Description, p.Price, p.Currency, p.Stock, p.VATRate, p.State,
	}
}

// markOfBarcode is what tells barcodes apart, and the key by which products pair.
func markOfBarcode(b domain.Barcode) (mark, key string) {
	if key = b.PairingKey(); key == "" {
		return string(b), ""
	}
	return key, key
}

// settle says which rows are which product, tells of those that are repeated, and joins them.
func (g *gathering) settle(ctx context.Context, from listing.Intake) error {
	if err := recall(ctx, g.tx); err != nil {
		return err
	}
	if err := g.adopt(ctx); err != nil {
		return err
	}
	if g.sheets {
		if err := g.acrossSheets(ctx); err != nil {
			return err
		}
	}
	if g.optioned {
		if err := g.name(ctx); err != nil {
			return err
		}
	}
	var differing []listing.ProductRow
	if g.repeated {
		if err := g.judge(ctx); err != nil {
			return err
		}
		var err error
		if differing, err = g.tell(ctx, from.Note); err != nil {
			return err
		}
	}
	if err := from.Gathered(listing.Gathered{Differing: differing, Notes: g.notes}); err != nil || !g.repeated {
		return err
	}
	return g.join(ctx)
}

// adopt makes an item that has no code a repeated row of the one of the same barcode, name and options that has: the file left
// it out in one of its rows.
func (g *gathering) adopt(ctx context.Context) error {
	const twin = `(SELECT twin.id FROM item AS twin WHERE twin.mark = item.mark AND twin.name_fold = item.name_fold AND twin.code_k0 <> ''
		AND twin.options = item.options AND twin.copy = 0 ORDER BY twin.code_k0 LIMIT 1)`
	done, err := g.tx.ExecContext(ctx, `UPDATE item SET copy = id, first_id = `+twin+`
		WHERE code_k0 = '' AND barcode_key <> '' AND `+twin+` IS NOT NULL`)
	if err != nil {
		return err
	}
	n, err := done.RowsAffected()
	g.repeated = g.repeated || n > 0
	return err
}

// name makes the options part of the name where they alone tell an item from another one of the file, or from one that is in the
// catalogue with its options: a size that comes alone later is none of its sisters.
func (g *gathering) name(ctx context.Context) error {
	const (
		sister  = `EXISTS (SELECT 1 FROM item AS other WHERE other.mark = item.mark AND other.name_fold = item.name_fold AND other.code_k0 = item.code_k0 AND other.options `
		known   = `EXISTS (SELECT 1 FROM product WHERE substr(product.name_fold, 1, length(item.name_fold) + 3) = item.name_fold || ' - ' AND product.`
		sameBar = ` AND CASE product.barcode_key WHEN '' THEN product.barcode ELSE product.barcode_key END = item.mark)`
	)
	if _, err := g.tx.ExecContext(ctx, `UPDATE item SET plain_fold = name_fold WHERE options <> '' AND (
			`+sister+`< item.options) OR `+sister+`> item.options)
			OR item.code_k0 <> '' AND `+known+`code_k0 = item.code_k0`+sameBar+`
			OR item.code_k0 = '' AND item.barcode_key <> '' AND `+known+`barcode_key = item.barcode_key)
			OR item.code_k0 = '' AND item.mark = '' AND EXISTS (SELECT 1 FROM product WHERE product.code_k0 = '' AND product.barcode_key = '' AND product.name_fold = item.full_fold))`); err != nil {
		return err
	}
	if _, err := g.tx.ExecContext(ctx, `UPDATE OR IGNORE item SET name_fold = full_fold, name = name || ? || options
		WHERE plain_fold IS NOT NULL`, listing.OptionMark); err != nil {
		return err
	}
	n := listing.Note{Kind: listing.NoteOption}
	err := g.tx.QueryRowContext(ctx, `SELECT count(*), coalesce((SELECT name FROM item WHERE plain_fold IS NOT NULL AND first_id IS NULL ORDER BY id LIMIT 1), '')
		FROM item WHERE plain_fold IS NOT NULL AND first_id IS NULL`).Scan(&n.Count, &n.Sample)
	if n.Count > 0 {
		g.notes = append(g.notes, n)
	}
	return err
}
