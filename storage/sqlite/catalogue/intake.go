package catalogue

import (
	"context"
	"database/sql"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// intake is the products of a file on their way into the catalogue. They lie in a temporary table of the
// connection, so that a file of a million rows takes no more memory than one of a hundred.
type intake struct {
	tx    *sql.Tx
	items int   // different products in the file
	last  int64 // ID of the last item that was given
}

// item is a product of a file, and the one of the catalogue that it is.
type item struct {
	id      int64
	product domain.Product
	old     domain.Product // valid while known
	known   bool
}

// Rows of the same code, barcode and name are one item, whose last row counts. The mark is the barcode's
// key, or the barcode as it stands where it tells no products apart.
const (
	itemTable = `CREATE TEMP TABLE item (
		id          integer PRIMARY KEY, -- in the order of the file
		code_k0     text NOT NULL,
		mark        text NOT NULL,
		name_fold   text NOT NULL,
		barcode_key text NOT NULL,
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
		UNIQUE (mark, name_fold, code_k0)
	) STRICT`
	itemColumns = `code, barcode, name, brand, description, price, currency, stock, vat_rate, state`
)

// newIntake takes the rows of a file into the temporary table; whoever has it closes it.
func newIntake(ctx context.Context, tx *sql.Tx, rows iter.Seq2[domain.Product, error]) (*intake, listing.Tally, error) {
	if _, err := tx.ExecContext(ctx, itemTable); err != nil {
		return nil, listing.Tally{}, err
	}
	// A value that is absent leaves the one of an earlier row.
	put, err := tx.PrepareContext(ctx, `INSERT INTO item (code_k0, mark, name_fold, barcode_key, `+itemColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (mark, name_fold, code_k0) DO UPDATE SET
			code        = coalesce(nullif(excluded.code, ''), code),
			barcode     = coalesce(nullif(excluded.barcode, ''), barcode),
			name        = coalesce(nullif(excluded.name, ''), name),
			brand       = coalesce(nullif(excluded.brand, ''), brand),
			description = coalesce(nullif(excluded.description, ''), description),
			price       = coalesce(excluded.price, price),
			currency    = coalesce(nullif(excluded.currency, ''), currency),
			stock       = coalesce(excluded.stock, stock),
			vat_rate    = coalesce(excluded.vat_rate, vat_rate),
			state       = coalesce(nullif(excluded.state, ''), state)`)
	if err != nil {
		return nil, listing.Tally{}, err
	}
	defer func() { _ = put.Close() }()
	taken := 0
	for p, err := range rows {
		if err != nil {
			return nil, listing.Tally{}, err
		}
		key := p.Barcode.PairingKey()
		mark := key
		if mark == "" {
			mark = string(p.Barcode)
		}
		if _, err := put.ExecContext(ctx, p.Code.K0(), mark, domain.Fold(p.Name), key,
			p.Code, p.Barcode, p.Name, p.Brand, p.Description, p.Price, p.Currency, p.Stock, p.VATRate, p.State); err != nil {
			return nil, listing.Tally{}, err
		}
		taken++
	}
	if err := recall(ctx, tx); err != nil {
		return nil, listing.Tally{}, err
	}
	if err := adopt(ctx, tx); err != nil {
		return nil, listing.Tally{}, err
	}
	items, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM item`)
	return &intake{tx: tx, items: items}, listing.Tally{Repeated: taken - items}, err
}

// adopt joins an item that has no code to the one of the same barcode and name that has: the file left it
// out in one of its rows.
func adopt(ctx context.Context, tx *sql.Tx) error {
	const twin = `bare.code_k0 = '' AND bare.barcode_key <> '' AND bare.mark = item.mark AND bare.name_fold = item.name_fold`
	if _, err := tx.ExecContext(ctx, `UPDATE item SET
			brand       = coalesce(nullif(item.brand, ''), bare.brand),
			description = coalesce(nullif(item.description, ''), bare.description),
			price       = coalesce(item.price, bare.price),
			currency    = coalesce(nullif(item.currency, ''), bare.currency),
			stock       = coalesce(item.stock, bare.stock),
			vat_rate    = coalesce(item.vat_rate, bare.vat_rate),
			state       = coalesce(nullif(item.state, ''), bare.state)
		FROM item AS bare WHERE item.code_k0 <> '' AND `+twin); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM item AS bare WHERE EXISTS (SELECT 1 FROM item WHERE item.code_k0 <> '' AND `+twin+`)`)
	return err
}

// close gives the connection back as it was. After an error the transaction's end does the same.
func (in *intake) close(ctx context.Context) error {
	_, err := in.tx.ExecContext(ctx, `DROP TABLE temp.item`)
	return err
}

// itemsAtOnce is how many items are looked at together.
const itemsAtOnce = 500

// next gives the items behind those that it gave before, none at the end.
func (in *intake) next(ctx context.Context) ([]item, error) {
	items, err := in.page(ctx)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	from := in.last
	in.last = items[len(items)-1].id
	known, err := Select(ctx, in.tx, `WHERE id IN (SELECT product_id FROM item WHERE item.id > ? AND item.id <= ?)`, from, in.last)
	if err != nil {
		return nil, err
	}
	byID := make(map[domain.ProductID]domain.Product, len(known))
	for _, p := range known {
		byID[p.ID] = p
	}
	for i := range items {
		items[i].old, items[i].known = byID[items[i].old.ID], items[i].old.ID != 0
	}
	return items, nil
}

// page reads the next items; of what they are in the catalogue, the ID only.
func (in *intake) page(ctx context.Context) ([]item, error) {
	return database.SelectAll(ctx, in.tx, func(i *item) []any {
		p := &i.product
		return []any{&i.id, &i.old.ID, &p.Code, &p.Barcode, &p.Name, &p.Brand, &p.Description, &p.Price, &p.Currency, &p.Stock, &p.VATRate, &p.State}
	}, `SELECT id, coalesce(product_id, 0), `+itemColumns+` FROM item WHERE id > ? ORDER BY id LIMIT ?`, in.last, itemsAtOnce)
}
