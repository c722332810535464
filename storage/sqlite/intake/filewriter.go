package intake

import (
	"cmp"
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// fileWriter keeps what a file brings, and what it replaces.
type fileWriter struct {
	tx          *sql.Tx
	write       *catalogue.Writer
	id          int64
	first, last domain.ProductID // of those that were added
	keep        database.Statement
}

func newFileWriter(ctx context.Context, tx *sql.Tx, by database.Author, file string) (*fileWriter, error) {
	write, err := catalogue.NewWriter(ctx, tx, domain.SourceFile, by)
	if err != nil {
		return nil, err
	}
	w := &fileWriter{tx: tx, write: write}
	w.id, err = database.SelectValue[int64](ctx, tx,
		`INSERT INTO import (at, file, added, updated, first_added, last_added) VALUES (?, ?, 0, 0, 0, 0) RETURNING id`, database.TimeText(by.At), file)
	if err != nil {
		return nil, err
	}
	return w, database.PrepareAll(ctx, tx,
		database.Prepare(&w.keep, `INSERT INTO import_change (import_id, product_id, before, after) VALUES (?, ?, ?, ?)`))
}

func (w *fileWriter) addItems(ctx context.Context, after, last int64, currency domain.Currency) (int, error) {
	first, n, err := w.write.InsertAll(ctx, `item WHERE product_id IS NULL AND id > ?6 AND id <= ?7`, currency, after, last)
	if n > 0 {
		w.first, w.last = cmp.Or(w.first, first), first+domain.ProductID(n)-1
	}
	return n, err
}

func (w *fileWriter) update(ctx context.Context, before catalogue.Stored, p domain.Product) error {
	p, err := w.write.Update(ctx, before.Product, p)
	if err != nil {
		return err
	}
	was, is, err := catalogue.Images(before, p)
	if err == nil {
		_, err = w.keep.ExecContext(ctx, w.id, p.ID, was, is)
	}
	return err
}

// close notes what the file has brought, nothing where nothing has changed, and lets go what the oldest import has replaced.
func (w *fileWriter) close(ctx context.Context, t listing.Tally) error {
	if t.Added+t.Updated == 0 {
		_, err := w.tx.ExecContext(ctx, `DELETE FROM import WHERE id = ?`, w.id)
		return err
	}
	if _, err := w.tx.ExecContext(ctx, `UPDATE import SET added = ?, updated = ?, first_added = ?, last_added = ? WHERE id = ?`,
		t.Added, t.Updated, w.first, w.last, w.id); err != nil {
		return err
	}
	_, err := w.tx.ExecContext(ctx, `DELETE FROM import_change WHERE import_id NOT IN (SELECT id FROM import ORDER BY id DESC LIMIT ?)`, keptImports)
	return err
}
