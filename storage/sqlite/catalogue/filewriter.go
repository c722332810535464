package catalogue

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// fileWriter keeps what a file brings, and what it replaces.
type fileWriter struct {
	*Writer
	id    int64
	first domain.ProductID // of those that were added
	keep  database.Statement
}

func newFileWriter(ctx context.Context, tx *sql.Tx, by database.Author, file string) (*fileWriter, error) {
	write, err := NewWriter(ctx, tx, domain.SourceFile, by)
	if err != nil {
		return nil, err
	}
	w := &fileWriter{Writer: write}
	w.id, err = database.SelectValue[int64](ctx, tx,
		`INSERT INTO import (at, file, added, updated, first_added, last_added) VALUES (?, ?, 0, 0, 0, 0) RETURNING id`, database.TimeText(w.now), file)
	if err != nil {
		return nil, err
	}
	return w, database.PrepareAll(ctx, tx,
		database.Prepare(&w.keep, `INSERT INTO import_change (import_id, product_id, before, after) VALUES (?, ?, ?, ?)`))
}

func (w *fileWriter) addItems(ctx context.Context, after, last int64, currency domain.Currency) (int, error) {
	n, err := w.Writer.addItems(ctx, after, last, currency)
	if w.first == 0 && n > 0 {
		w.first = w.last - domain.ProductID(n) + 1
	}
	return n, err
}

func (w *fileWriter) update(ctx context.Context, before Stored, p domain.Product) error {
	p, err := w.Update(ctx, before.Product, p)
	if err != nil {
		return err
	}
	was, is, err := images(before, p)
	if err == nil {
		_, err = w.keep.ExecContext(ctx, w.id, p.ID, was, is)
	}
	return err
}

// images are what an import keeps of a product: what it has replaced, with the origins, and what stands there since. A price comes
// with its currency.
func images(before Stored, after domain.Product) (was, is string, err error) {
	old, written := changed(before.Product, after), changed(after, before.Product)
	if price, _ := Moved(before.Product, after); price {
		old["currency"], written["currency"] = before.Currency, after.Currency
	}
	if from := fromOf(&before, after); from != (fromImage{}) {
		old["from"] = from
	}
	old["revision"], written["revision"] = before.Revision, after.Revision
	if was, err = database.JSONText(old); err != nil {
		return "", "", err
	}
	is, err = database.JSONText(written)
	return was, is, err
}

// close notes what the file has brought, nothing where nothing has changed, and lets go what the oldest import has replaced.
func (w *fileWriter) close(ctx context.Context, t listing.Tally) error {
	if t.Added+t.Updated == 0 {
		_, err := w.tx.ExecContext(ctx, `DELETE FROM import WHERE id = ?`, w.id)
		return err
	}
	var last domain.ProductID
	if t.Added > 0 {
		last = w.last
	}
	if _, err := w.tx.ExecContext(ctx, `UPDATE import SET added = ?, updated = ?, first_added = ?, last_added = ? WHERE id = ?`,
		t.Added, t.Updated, w.first, last, w.id); err != nil {
		return err
	}
	_, err := w.tx.ExecContext(ctx, `DELETE FROM import_change WHERE import_id NOT IN (SELECT id FROM import ORDER BY id DESC LIMIT ?)`, keptImports)
	return err
}
