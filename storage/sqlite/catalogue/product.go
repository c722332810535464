package catalogue

import (
	"context"
	"database/sql"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Columns are what a domain.Product is read from, in the order of Targets.
const Columns = `id, code, barcode, name, brand, description, price, currency, stock, vat_rate,
	state, revision, updated_at`

// Qualified are the Columns where another table stands beside product.
const Qualified = `product.id, code, barcode, name, brand, description, price, currency, stock, vat_rate,
	state, revision, updated_at`

// Targets are where the Columns of a row go.
func Targets(p *domain.Product) []any {
	return []any{
		&p.ID, &p.Code, &p.Barcode, &p.Name, &p.Brand, &p.Description, &p.Price, &p.Currency,
		&p.Stock, &p.VATRate, &p.State, &p.Revision,
		database.TimeInto(&p.UpdatedAt),
	}
}

// Select reads whole products; tail is the query from WHERE on.
func Select(ctx context.Context, tx *sql.Tx, tail string, args ...any) ([]domain.Product, error) {
	return database.SelectAll(ctx, tx, Targets, `SELECT `+Columns+` FROM product `+tail, args...)
}

// selectProduct reads the product of that ID; ok is false when there is none.
func selectProduct(ctx context.Context, tx *sql.Tx, id domain.ProductID) (p domain.Product, ok bool, err error) {
	return database.SelectOne(ctx, tx, Targets, `SELECT `+Columns+` FROM product WHERE id = ?`, id)
}

// Writer inserts and updates products, with the keys that are stored beside them and the origins of their
// price and stock.
type Writer struct {
	tx                             *sql.Tx
	last                           domain.ProductID // the highest number ever given, 0 until it was asked for
	insertion, change, restoration database.Statement
	now                            time.Time
	source                         domain.Source
	by                             string
}

// NewWriter prepares one for a transaction; its writes are of that moment, from that source and by that person.
func NewWriter(ctx context.Context, tx *sql.Tx, source domain.Source, by database.Author) (*Writer, error) {
	const values = `UPDATE product SET code = ?, code_k0 = ?, code_k1 = ?, code_sort = ?, barcode = ?,
			barcode_key = ?, name = ?, name_fold = ?, name_sort = ?, search_fold = ?, brand = ?, description = ?,
			price = ?, currency = ?, stock = ?, vat_rate = ?, state = ?, updated_at = ?,` + setOrigins
	w := &Writer{tx: tx, now: by.At.UTC().Truncate(time.Millisecond), source: source, by: by.Name}
	return w, database.PrepareAll(ctx, tx,
		database.Prepare(&w.insertion, `INSERT INTO product (id, code, code_k0, code_k1, code_sort, barcode,
				barcode_key, name, name_fold, name_sort, search_fold, brand, description, price, currency, stock,
				vat_rate, state, updated_at, revision, source, created_at, `+OriginColumns+`)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)`),
		database.Prepare(&w.change, values+`
				revision = max(revision, revision_last) + 1, revision_last = max(revision, revision_last) + 1
			WHERE id = ? RETURNING revision`),
		database.Prepare(&w.restoration, values+`
				revision_last = max(revision, revision_last), revision = ?
			WHERE id = ?`),
	)
}

// find looks up the highest number ever given. None is given twice: rows and before-images of a product that is gone still name
// it. One Writer at a time gives them in a transaction.
func (w *Writer) find(ctx context.Context) (err error) {
	if w.last == 0 {
		w.last, err = database.SelectValue[domain.ProductID](ctx, w.tx,
			`SELECT max(coalesce((SELECT max(id) FROM product), 0), coalesce((SELECT max(product_id) FROM before_image), 0),
				coalesce((SELECT max(last_added) FROM import), 0))`)
	}
	return err
}

// Insert adds p as a product of its own and gives it with its new ID, at revision 1.
func (w *Writer) Insert(ctx context.Context, p domain.Product) (domain.Product, error) {
	if p.State == "" {
		p.State = domain.ProductActive
	}
	var of domain.Origins
	if p.Price.Valid {
		of.Price = w.origin(w.source)
	}
	if p.Stock.Valid {
		of.Stock = w.origin(w.source)
	}
	if err := w.find(ctx); err != nil {
		return domain.Product{}, err
	}
	values := append(append([]any{w.last + 1}, w.values(p)...), w.source, database.TimeText(w.now))
	values = append(append(values, originValues(of.Price)...), originValues(of.Stock)...)
	if _, err := w.insertion.ExecContext(ctx, values...); err != nil {
		return domain.Product{}, err
	}
	w.last++
	p.ID, p.Revision, p.UpdatedAt = w.last, 1, w.now
	return p, nil
}

// insertAll is Insert of all rows of a table, whose name follows.
const insertAll = `INSERT INTO product (id, code, code_k0, code_k1, code_sort, barcode,
		barcode_key, name, name_fold, name_sort, search_fold, brand, description, price, currency, stock,
		vat_rate, state, updated_at, revision, source, created_at, ` + OriginColumns + `)
	SELECT ?1 + row_number() OVER (ORDER BY id), code, code_k0(code), code_k1(code), sort_key(code), barcode,
		pairing_key(barcode), name, fold(name), sort_key(name), search_fold(name, code, barcode), brand, description, price,
		iif(currency = '', ?2, currency), stock, vat_rate, iif(state = '', 'active', state), ?3, 1, ?4, ?3,
		iif(price IS NULL, NULL, ?3), iif(price IS NULL, '', ?4), iif(price IS NULL, '', ?5),
		iif(stock IS NULL, NULL, ?3), iif(stock IS NULL, '', ?4), iif(stock IS NULL, '', ?5)
	FROM `

// InsertAll adds what a table that has the product's own columns holds, as Insert would, in one statement; rows is the table with
// its WHERE, whose arguments are numbered from ?6 on. A price that names no currency is in the given one. It gives the first new
// number, the others follow it in the order of the table's id, and how many they are.
func (w *Writer) InsertAll(ctx context.Context, rows string, currency domain.Currency, args ...any) (first domain.ProductID, n int, err error) {
	if err := w.find(ctx); err != nil {
		return 0, 0, err
	}
	res, err := w.tx.ExecContext(ctx, insertAll+rows+` ORDER BY id`,
		append([]any{w.last, currency, database.TimeText(w.now), w.source, w.by}, args...)...)
	if err != nil {
		return 0, 0, err
	}
	added, err := res.RowsAffected()
	first, w.last = w.last+1, w.last+domain.ProductID(added)
	return first, int(added), err
}

// Update makes p of before, the product of the same ID as it is kept, and gives it at its next revision.
func (w *Writer) Update(ctx context.Context, before, p domain.Product) (domain.Product, error) {
	err := w.change.QueryRowContext(ctx, append(append(w.values(p), w.moved(before, p, w.source)...), p.ID)...).Scan(&p.Revision)
	p.UpdatedAt = w.now
	return p, err
}

// Restore makes the product p, an earlier state of itself, again, at the revision and with the origins of that
// state. Where those were not kept (nil), what differs from before, the present one, is of this moment.
func (w *Writer) Restore(ctx context.Context, before, p domain.Product, of *domain.Origins) (domain.Product, error) {
	moved := w.moved(before, p, domain.SourceUndo)
	if of != nil {
		moved = given(true, true, *of)
	}
	_, err := w.restoration.ExecContext(ctx, append(append(w.values(p), moved...), p.Revision, p.ID)...)
	p.UpdatedAt = w.now
	return p, err
}

// moved gives what differs between two states of a product its new origin.
func (w *Writer) moved(before, p domain.Product, from domain.Source) []any {
	o := w.origin(from)
	price, stock := Moved(before, p)
	return given(price, stock, domain.Origins{Price: o, Stock: o})
}

// Moved tells whether price and stock differ between two states of a product, so that they have another origin.
func Moved(before, p domain.Product) (price, stock bool) {
	return !SamePrice(before, p), !SameDecimal(before.Stock, p.Stock)
}

func (w *Writer) origin(from domain.Source) domain.Origin {
	return domain.Origin{At: w.now, From: from, By: w.by}
}

func (w *Writer) values(p domain.Product) []any {
	return []any{
		p.Code, p.Code.K0(), p.Code.K1(), domain.SortKey(string(p.Code)), p.Barcode, p.Barcode.PairingKey(),
		p.Name, domain.Fold(p.Name), domain.SortKey(p.Name), database.SearchText(p.Name, p.Code, p.Barcode), p.Brand,
		p.Description, p.Price, p.Currency, p.Stock, p.VATRate, p.State, database.TimeText(w.now),
	}
}

// SameContent tells whether a and b differ in nothing that a person can see. 1.50 and 1.5 are equal.
func SameContent(a, b domain.Product) bool {
	return a.Code == b.Code && a.Barcode == b.Barcode && a.Name == b.Name && a.Brand == b.Brand &&
		a.Description == b.Description && a.Currency == b.Currency && a.State == b.State &&
		SameDecimal(a.Price, b.Price) && SameDecimal(a.Stock, b.Stock) && SameDecimal(a.VATRate, b.VATRate)
}

// SameDecimal tells whether a and b are the same number, or both absent. 1.50 and 1.5 are equal.
func SameDecimal(a, b decimal.NullDecimal) bool {
	return a.Valid == b.Valid && (!a.Valid || a.Decimal.Equal(b.Decimal))
}
