package intake

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// intake is the products of a file on their way into the catalogue. They lie in a temporary table of the
// connection, so that a file of a million rows takes no more memory than one of a hundred.
type intake struct {
	tx    *sql.Tx
	items int   // different products in the file
	end   int64 // ID of the last item
	last  int64 // ID of the last item that was given
}

// item is a product of a file, and the one of the catalogue that it is.
type item struct {
	id      int64
	line    int
	sheet   string
	product domain.Product
	old     catalogue.Stored
}

// Rows of the same code, barcode, name and options are one item; those behind the first of them lie beside it until it is said
// what becomes of them. The mark is the barcode's key, or the barcode as it stands where it tells no products apart.
//
// Where only their options tell products apart, these become part of the name (name). The code stays what it is: İşbaşı and
// the marketplaces know that one, and matching pairs nothing by a code that several have, so that no size's stock goes to another.
const (
	itemTable = `CREATE TEMP TABLE item (
		id          integer PRIMARY KEY, -- in the order of the file
		first_id    integer,             -- of a repeated row: the first one
		copy        integer NOT NULL,    -- 0, of a repeated row a number of its own
		line        integer NOT NULL,
		sheet       text NOT NULL,
		place       text NOT NULL,       -- where its stock lies
		code_k0     text NOT NULL,
		mark        text NOT NULL,
		name_fold   text NOT NULL,
		barcode_key text NOT NULL,
		options     text NOT NULL,
		full_fold   text NOT NULL, -- the name with its options; '' where there are none
		plain_fold  text,          -- where the options have become part of the name: the name without them
		code        text NOT NULL,
		barcode     text NOT NULL,
		name        text NOT NULL,
		brand       text NOT NULL,
		description text NOT NULL,
		price       text,
		currency    text NOT NULL,
		stock       text,
		vat_rate    text,
		state       text NOT NULL,
		product_id  integer, -- the product it is, null when it is a new one
		UNIQUE (mark, name_fold, code_k0, options, copy)
	) STRICT`
	itemColumns = `code, barcode, name, brand, description, price, currency, stock, vat_rate, state`
	insertItem  = `INSERT INTO item (mark, name_fold, code_k0, options, line, sheet, place, barcode_key, full_fold, ` + itemColumns + `, copy, first_id)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, `
)

// newIntake takes the rows of a file into the temporary table; whoever has it closes it.
func newIntake(ctx context.Context, tx *sql.Tx, from listing.Intake) (*intake, listing.Tally, error) {
	if _, err := tx.ExecContext(ctx, itemTable); err != nil {
		return nil, listing.Tally{}, err
	}
	g := &gathering{tx: tx, differing: from.Differing}
	if err := g.collect(ctx, from.Rows); err != nil {
		return nil, listing.Tally{}, err
	}
	if err := g.settle(ctx, from); err != nil {
		return nil, listing.Tally{}, err
	}
	in := &intake{tx: tx}
	err := tx.QueryRowContext(ctx, `SELECT count(*), coalesce(max(id), 0) FROM item`).Scan(&in.items, &in.end)
	return in, listing.Tally{Repeated: g.taken - in.items}, err
}

// close gives the connection back as it was. After an error the transaction's end does the same.
func (in *intake) close(ctx context.Context) error {
	_, err := in.tx.ExecContext(ctx, `DROP TABLE temp.item`)
	return err
}

// itemsAtOnce is how many items are looked at, or become products, together.
const itemsAtOnce = 500

// next gives the items of products of the catalogue behind those that it gave before, none at the end.
func (in *intake) next(ctx context.Context) ([]item, error) {
	items, err := in.page(ctx)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	from := in.last
	in.last = items[len(items)-1].id
	known, err := database.SelectAll(ctx, in.tx, catalogue.StoredTargets,
		`SELECT `+catalogue.StoredColumns+` FROM product WHERE id IN (SELECT product_id FROM item WHERE item.id > ? AND item.id <= ?)`, from, in.last)
	if err != nil {
		return nil, err
	}
	byID := make(map[domain.ProductID]catalogue.Stored, len(known))
	for _, p := range known {
		byID[p.ID] = p
	}
	for i := range items {
		items[i].old = byID[items[i].old.ID]
	}
	return items, nil
}

// page reads the next items; of the products that they are, the ID only.
func (in *intake) page(ctx context.Context) ([]item, error) {
	return database.SelectAll(ctx, in.tx, func(i *item) []any {
		p := &i.product
		return []any{&i.id, &i.line, &i.sheet, &i.old.ID, &p.Code, &p.Barcode, &p.Name, &p.Brand, &p.Description, &p.Price, &p.Currency, &p.Stock, &p.VATRate, &p.State}
	}, `SELECT id, line, sheet, product_id, `+itemColumns+` FROM item WHERE id > ? AND product_id IS NOT NULL ORDER BY id LIMIT ?`, in.last, itemsAtOnce)
}
