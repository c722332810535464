package intake

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// keptImports is how many of the newest imports keep what they replaced, and can be taken back.
const keptImports = 10

// LastImport gives the newest import of a file that can be taken back, ok = false when there is none.
func (s Store) LastImport(ctx context.Context) (last listing.Imported, ok bool, err error) {
	return database.ViewBoth(ctx, s.db, "find the last import", func(tx *sql.Tx) (listing.Imported, bool, error) {
		return database.SelectOne(ctx, tx, func(i *listing.Imported) []any {
			return []any{&i.ID, database.TimeInto(&i.At), &i.File, &i.Added, &i.Updated}
		}, `SELECT id, at, file, added, updated FROM import WHERE undone_at IS NULL AND `+recentImport+` ORDER BY id DESC LIMIT 1`, keptImports)
	})
}

const recentImport = `id IN (SELECT id FROM import ORDER BY id DESC LIMIT ?)`

// Formers tells of the files that have brought or changed a product, the newest first, and what stood in it before each of them.
func (s Store) Formers(ctx context.Context, id domain.ProductID) ([]listing.Former, error) {
	return database.View(ctx, s.db, "read what files replaced", func(tx *sql.Tx) ([]listing.Former, error) {
		now, ok, err := database.SelectOne(ctx, tx, catalogue.StoredTargets, `SELECT `+catalogue.StoredColumns+` FROM product WHERE id = ?`, id)
		if err != nil || !ok {
			return nil, err
		}
		type kept struct {
			listing.Imported
			before sql.NullString
		}
		files, err := database.SelectAll(ctx, tx, func(k *kept) []any {
			return []any{&k.ID, database.TimeInto(&k.At), &k.File, &k.Added, &k.Updated, &k.before}
		}, `SELECT id, at, file, added, updated, before FROM import LEFT JOIN import_change ON import_id = id AND product_id = ?1
			WHERE undone_at IS NULL AND (before IS NOT NULL OR ?1 BETWEEN first_added AND last_added) ORDER BY id DESC`, id)
		if err != nil {
			return nil, err
		}
		all := make([]listing.Former, len(files))
		for i, f := range files {
			all[i].Imported = f.Imported
			if !f.before.Valid {
				continue
			}
			if all[i].Was, _, err = catalogue.OfImage(f.before.String, now); err != nil {
				return nil, err
			}
		}
		return all, nil
	})
}

// PlanUndoImport tells what UndoImport would do now, and writes nothing.
func (s Store) PlanUndoImport(ctx context.Context, id int64) (listing.Return, error) {
	return database.View(ctx, s.db, "plan to take an import back", func(tx *sql.Tx) (listing.Return, error) {
		return takeBack(ctx, tx, id, s.db.Now(), undoingNothing{tx}, new(listing.Count))
	})
}

// UndoImport takes the import of a file back, whole and in one transaction: a cancelled one changes nothing. Every value that still is
// as the file has left it becomes what it was, and a product that the file has added goes, unless somebody has changed it or it is
// paired, priced or sold by now. count tells how many products were gone through. It is done once: KindNotFound when there is no such
// import, it was taken back already, or too many came after it.
func (s Store) UndoImport(ctx context.Context, id int64, count *listing.Count) (listing.Return, error) {
	return database.Update(ctx, s.db, "take an import back", func(tx *sql.Tx) (listing.Return, error) {
		by := s.db.Author()
		w, err := catalogue.NewWriter(ctx, tx, domain.SourceUndo, by)
		if err != nil {
			return listing.Return{}, err
		}
		done, err := takeBack(ctx, tx, id, by.At, undoing{tx, w}, count)
		if err != nil {
			return listing.Return{}, err
		}
		file, err := database.SelectValue[string](ctx, tx, `UPDATE import SET undone_at = ? WHERE id = ? RETURNING file`, database.TimeText(by.At), id)
		if err != nil {
			return listing.Return{}, err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM import_change WHERE import_id = ?`, id); err != nil {
			return listing.Return{}, err
		}
		return done, by.Record(ctx, tx, "import-undone", map[string]any{
			"file": file, "restored": done.Restored, "removed": done.Removed, "products_left": done.Left,
		})
	})
}

// returner gives products their former values back.
type returner interface {
	// putBack makes now what it was, with the origins of then; whole: nobody has changed it since the file.
	putBack(ctx context.Context, now, was domain.Product, of *domain.Origins, whole bool) error
	// remove takes those away among the products of these numbers that nobody has worked with, and gives how many.
	remove(ctx context.Context, from, to domain.ProductID) (int, error)
}

// undoing writes.
type undoing struct {
	tx    *sql.Tx
	write *catalogue.Writer
}

// undoingNothing only tells what would be written.
type undoingNothing struct{ tx *sql.Tx }

func (u undoing) putBack(ctx context.Context, now, was domain.Product, of *domain.Origins, whole bool) (err error) {
	if whole { // as if the file had not been: a transfer before it can be undone again
		_, err = u.write.Restore(ctx, now, was, of)
	} else {
		_, err = u.write.Update(ctx, now, was)
	}
	return err
}

func (undoingNothing) putBack(context.Context, domain.Product, domain.Product, *domain.Origins, bool) error {
	return nil
}

// untouched are the products of a file that nobody has worked with since: they are as the file has brought them, and nothing would go
// with them that was said of them or came of them.
const untouched = `FROM product AS p WHERE id BETWEEN ?1 AND ?2 AND revision = 1
	AND NOT EXISTS (SELECT 1 FROM binding WHERE product_id = p.id)
	AND NOT EXISTS (SELECT 1 FROM price_guard WHERE product_id = p.id)
	AND NOT EXISTS (SELECT 1 FROM approved_price WHERE product_id = p.id)
	AND NOT EXISTS (SELECT 1 FROM order_pair WHERE product_id = p.id)
	AND NOT EXISTS (SELECT 1 FROM before_image WHERE product_id = p.id AND undone = '')`

func (u undoing) remove(ctx context.Context, from, to domain.ProductID) (int, error) {
	res, err := u.tx.ExecContext(ctx, `DELETE FROM product WHERE id IN (SELECT id `+untouched+`)`, from, to)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

func (u undoingNothing) remove(ctx context.Context, from, to domain.ProductID) (int, error) {
	return database.SelectValue[int](ctx, u.tx, `SELECT count(*) `+untouched, from, to)
}

// imported is an import that is taken back.
type imported struct {
	at             string
	added, updated int
	first, last    domain.ProductID
}

// takeBack goes through what an import has replaced and added, and lets r give it back.
func takeBack(ctx context.Context, tx *sql.Tx, id int64, now time.Time, r returner, count *listing.Count) (listing.Return, error) {
	i, ok, err := database.SelectOne(ctx, tx, func(i *imported) []any { return []any{&i.at, &i.added, &i.updated, &i.first, &i.last} },
		`SELECT at, added, updated, first_added, last_added FROM import WHERE id = ? AND undone_at IS NULL AND `+recentImport, id, keptImports)
	if err == nil && !ok {
		err = &domain.Error{Kind: domain.KindNotFound, Op: fmt.Sprintf("find import %d", id), Detail: "no-import"}
	}
	if err != nil {
		return listing.Return{}, err
	}
	t := takingBack{returner: r, since: i.at, now: database.TimeText(now)}
	if err := database.PrepareAll(ctx, tx, database.Prepare(&t.code, heldSince(`code_k0`)), database.Prepare(&t.barcode, heldSince(`barcode_key`))); err != nil {
		return listing.Return{}, err
	}
	gone, all := 0, i.added+i.updated
	for after := domain.ProductID(0); ; {
		count.Wrote(gone, all)
		list, err := replaced(ctx, tx, id, after)
		if err != nil {
			return listing.Return{}, err
		}
		if len(list) == 0 {
			break
		}
		for _, one := range list {
			if err := t.undo(ctx, one); err != nil {
				return listing.Return{}, fmt.Errorf("product %d: %w", one.now.ID, err)
			}
		}
		gone, after = gone+len(list), list[len(list)-1].now.ID
	}
	there, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM product WHERE id BETWEEN ? AND ?`, i.first, i.last)
	if err != nil {
		return listing.Return{}, err
	}
	for from := i.first; from <= i.last && there > 0; from += itemsAtOnce {
		count.Wrote(gone, all)
		to := min(from+itemsAtOnce-1, i.last)
		n, err := r.remove(ctx, from, to)
		if err != nil {
			return listing.Return{}, err
		}
		gone, t.done.Removed = gone+int(to-from)+1, t.done.Removed+n
	}
	t.done.Left += there - t.done.Removed
	return t.done, nil
}

// replacement is what an import has made of a product, and what that is now.
type replacement struct {
	now           catalogue.Stored
	before, after string
}

// replaced gives the next of what an import has replaced, of the products that are still there.
func replaced(ctx context.Context, tx *sql.Tx, id int64, after domain.ProductID) ([]replacement, error) {
	return database.SelectAll(ctx, tx, func(r *replacement) []any { return append(catalogue.StoredTargets(&r.now), &r.before, &r.after) },
		`SELECT `+catalogue.StoredColumns+`, before, after FROM import_change JOIN product ON product.id = product_id
		WHERE import_id = ? AND product_id > ? ORDER BY product_id LIMIT ?`, id, after, itemsAtOnce)
}

// takingBack gives values back, one product after the other.
type takingBack struct {
	returner
	since         string
	now           any // as the file keeps it
	code, barcode database.Statement
	done          listing.Return
}

// heldSince asks whether another product than ?2 has come by a key after the import (?3), and not by its being taken back (?4): that
// one was given it by somebody who did not know of this one.
func heldSince(key string) string {
	return `SELECT EXISTS (SELECT 1 FROM product WHERE ` + key + ` = ?1 AND ` + key + ` <> '' AND id <> ?2 AND updated_at > ?3 AND updated_at <> ?4)`
}

// undo gives a product back what the import has replaced of it, and counts it.
func (t *takingBack) undo(ctx context.Context, r replacement) error {
	was, of, err := catalogue.OfImage(r.before, r.now)
	if err != nil {
		return err
	}
	wrote, _, err := catalogue.OfImage(r.after, r.now)
	if err != nil {
		return err
	}
	now := r.now.Product
	back := stillAs(wrote, now, was)
	if held, err := t.held(ctx, t.code, now.Code.K0(), back.Code.K0(), now.ID); err != nil {
		return err
	} else if held {
		back.Code = now.Code
	}
	if held, err := t.held(ctx, t.barcode, now.Barcode.PairingKey(), back.Barcode.PairingKey(), now.ID); err != nil {
		return err
	} else if held {
		back.Barcode = now.Barcode
	}
	whole := catalogue.SameContent(back, was)
	if !whole {
		t.done.Left++
	}
	if catalogue.SameContent(back, now) {
		return nil
	}
	t.done.Restored++
	price, stock := catalogue.Moved(now, back)
	if price {
		t.done.PriceGoesBack(now, back)
	}
	if stock {
		t.done.Stocks++
	}
	return t.putBack(ctx, now, back, of, whole && now.Revision == wrote.Revision)
}

// held tells whether another product has meanwhile what this one would get back.
func (t *takingBack) held(ctx context.Context, by database.Statement, is, was string, id domain.ProductID) (held bool, err error) {
	if is == was {
		return false, nil
	}
	err = by.QueryRowContext(ctx, was, id, t.since, t.now).Scan(&held)
	return held, err
}

// stillAs gives now with what was in place of every value that still is as it was written. A price and its currency are one value.
func stillAs(wrote, now, was domain.Product) domain.Product {
	back := was
	same(&back.Code, wrote.Code, now.Code)
	same(&back.Barcode, wrote.Barcode, now.Barcode)
	same(&back.Name, wrote.Name, now.Name)
	same(&back.Brand, wrote.Brand, now.Brand)
	same(&back.Description, wrote.Description, now.Description)
	same(&back.State, wrote.State, now.State)
	if !catalogue.SamePrice(wrote, now) {
		back.Price, back.Currency = now.Price, now.Currency
	}
	if !catalogue.SameDecimal(wrote.Stock, now.Stock) {
		back.Stock = now.Stock
	}
	if !catalogue.SameDecimal(wrote.VATRate, now.VATRate) {
		back.VATRate = now.VATRate
	}
	return back
}

// same keeps the present value where it is another than the one that was written.
func same[T comparable](back *T, wrote, now T) {
	if wrote != now {
		*back = now
	}
}
