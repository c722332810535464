package catalogue

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Repair carries out fixes that a person has confirmed, all in one transaction: a cancelled one changes
// nothing. A value that is no longer what its fix was made for, or that another product has meanwhile, is
// left as it is. count tells how many were gone through. What was replaced is kept, for
// UndoRepair; the history says what was done. With nothing done there is no ID.
func (s Store) Repair(ctx context.Context, r doctor.Repair, count *doctor.Count) (doctor.Repaired, error) {
	if err := r.Validate(); err != nil {
		return doctor.Repaired{}, domain.E(domain.KindInternal, "repair the catalogue", err)
	}
	return database.Update(ctx, s.db, "repair the catalogue", func(tx *sql.Tx) (doctor.Repaired, error) {
		out := doctor.Repaired{What: r.What, Width: r.Width}
		w, err := newRepairer(ctx, tx, s.db.Author())
		if err != nil {
			return out, err
		}
		if err := w.all(ctx, r.Fixes, count); err != nil {
			return out, err
		}
		out.Done, out.Left, out.At = len(w.done), len(r.Fixes)-len(w.done), w.write.now
		if out.Done == 0 {
			return out, nil
		}
		if out.ID, err = w.keep(ctx, r); err != nil {
			return out, err
		}
		return out, s.db.Author().Record(ctx, tx, "repair", w.noted(out))
	})
}

// LastRepair gives the newest repair that was not taken back, Done being the values it changed; ok = false
// when there is none.
func (s Store) LastRepair(ctx context.Context) (r doctor.Repaired, ok bool, err error) {
	return database.ViewBoth(ctx, s.db, "find the last repair", func(tx *sql.Tx) (doctor.Repaired, bool, error) {
		return database.SelectOne(ctx, tx, func(r *doctor.Repaired) []any {
			return []any{&r.ID, database.TimeInto(&r.At), &r.What, &r.Width, &r.Done}
		},
			`SELECT id, at, what, width, (SELECT count(*) FROM repair_change WHERE repair_id = repair.id)
			FROM repair WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1`)
	})
}

// UndoRepair puts back what a repair has replaced; a value that was changed since is left as it is. It is
// done once: KindNotFound when there is no such repair, or it was taken back already.
func (s Store) UndoRepair(ctx context.Context, r doctor.Repaired, count *doctor.Count) (doctor.Repaired, error) {
	const op = "take a repair back"
	return database.Update(ctx, s.db, op, func(tx *sql.Tx) (doctor.Repaired, error) {
		w, err := newRepairer(ctx, tx, s.db.Author())
		if err != nil {
			return doctor.Repaired{}, err
		}
		out, ok, err := database.SelectOne(ctx, tx, func(r *doctor.Repaired) []any { return []any{&r.ID, &r.What, &r.Width} },
			`UPDATE repair SET undone_at = ? WHERE id = ? AND undone_at IS NULL RETURNING id, what, width`, database.TimeText(w.write.now), r.ID)
		if err == nil && !ok {
			err = domain.E(domain.KindNotFound, op, nil)
		}
		if err != nil {
			return doctor.Repaired{}, err
		}
		fixes, err := database.SelectAll(ctx, tx, func(f *doctor.Fix) []any { return []any{&f.Product, &f.Column, &f.From, &f.To} },
			`SELECT product_id, field, after, before FROM repair_change WHERE repair_id = ? ORDER BY product_id`, r.ID)
		if err != nil {
			return doctor.Repaired{}, err
		}
		if err := w.all(ctx, fixes, count); err != nil {
			return doctor.Repaired{}, err
		}
		out.Done, out.Left, out.At = len(w.done), len(fixes)-len(w.done), w.write.now
		return out, s.db.Author().Record(ctx, tx, "repair-undone", w.noted(out))
	})
}

// repairer carries fixes out.
type repairer struct {
	tx    *sql.Tx
	write *Writer
	find  database.Statement
	code  database.Statement // who else has a code
	key   database.Statement // who else has a barcode
	done  []doctor.Fix
	named []map[string]any // the first of them, for the history
}

// changesNoted is how many values the history shows of a repair; the repair itself keeps all.
const changesNoted = 3

func newRepairer(ctx context.Context, tx *sql.Tx, by database.Author) (*repairer, error) {
	write, err := NewWriter(ctx, tx, domain.SourcePerson, by)
	if err != nil {
		return nil, err
	}
	w := &repairer{tx: tx, write: write}
	return w, database.PrepareAll(ctx, tx,
		database.Prepare(&w.find, `SELECT `+Columns+` FROM product WHERE id = ?`),
		database.Prepare(&w.code, `SELECT EXISTS (SELECT 1 FROM product WHERE code_k0 = ? AND code_k0 <> '' AND id <> ?)`),
		database.Prepare(&w.key, `SELECT EXISTS (SELECT 1 FROM product WHERE barcode_key = ? AND barcode_key <> '' AND id <> ?)`),
	)
}

func (w *repairer) all(ctx context.Context, fixes []doctor.Fix, count *doctor.Count) error {
	for i, f := range fixes {
		if err := w.fix(ctx, f); err != nil {
			return err
		}
		count.Set(i+1, len(fixes))
	}
	return nil
}

// fix carries f out, unless its product has changed meanwhile.
func (w *repairer) fix(ctx context.Context, f doctor.Fix) error {
	p, ok, err := database.ScanOne(w.find.QueryRowContext(ctx, f.Product), Targets)
	if err != nil || !ok {
		return err
	}
	before := p
	var taken bool
	switch {
	case f.Column == doctor.Code && string(p.Code) == f.From:
		p.Code = domain.Code(f.To)
		taken, err = w.taken(ctx, w.code, before.Code.K0(), p.Code.K0(), p.ID)
	case f.Column == doctor.Barcode && string(p.Barcode) == f.From:
		p.Barcode = domain.Barcode(f.To)
		taken, err = w.taken(ctx, w.key, before.Barcode.PairingKey(), p.Barcode.PairingKey(), p.ID)
	default:
		return nil
	}
	if err != nil || taken {
		return err
	}
	if _, err := w.write.Update(ctx, before, p); err != nil {
		return err
	}
	w.done = append(w.done, f)
	if len(w.named) < changesNoted {
		w.named = append(w.named, map[string]any{"product": f.Product, "code": before.Code, "column": f.Column, "from": f.From, "to": f.To})
	}
	return nil
}

// taken tells whether another product has what this one would newly get.
func (w *repairer) taken(ctx context.Context, who database.Statement, was, is string, id domain.ProductID) (taken bool, err error) {
	if was == is {
		return false, nil
	}
	err = who.QueryRowContext(ctx, is, id).Scan(&taken)
	return taken, err
}

// keep stores what was replaced, and gives the number of the repair.
func (w *repairer) keep(ctx context.Context, r doctor.Repair) (id int64, err error) {
	id, err = database.SelectValue[int64](ctx, w.tx, `INSERT INTO repair (at, what, width) VALUES (?, ?, ?) RETURNING id`, database.TimeText(w.write.now), r.What, r.Width)
	if err != nil {
		return 0, err
	}
	var add database.Statement
	if err := database.PrepareAll(ctx, w.tx,
		database.Prepare(&add, `INSERT INTO repair_change (repair_id, product_id, field, before, after) VALUES (?, ?, ?, ?, ?)`),
	); err != nil {
		return 0, err
	}
	for _, f := range w.done {
		if _, err := add.ExecContext(ctx, id, f.Product, f.Column, f.From, f.To); err != nil {
			return 0, fmt.Errorf("product %d: %w", f.Product, err)
		}
	}
	return id, nil
}

// noted is what the history keeps of a repair.
func (w *repairer) noted(r doctor.Repaired) map[string]any {
	detail := map[string]any{"what": r.What, "products": r.Done, "changes": w.named}
	if r.Width > 0 {
		detail["width"] = r.Width
	}
	if r.Left > 0 {
		detail["left_alone"] = r.Left
	}
	return detail
}
