package transfer

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// UndoBatch undoes the next n before-images of a run, the newest first, in one transaction, those of
// decisions made in it among them; what has to stay is marked with the reason. From the first batch on the
// run goes on no more, and with the last one it is undone. It gives how many images are left: none when
// the undo has come to its end.
func (s Store) UndoBatch(ctx context.Context, run int64, n int) (left int, err error) {
	return database.Update(ctx, s.db, "undo a transfer", func(tx *sql.Tx) (int, error) {
		by := s.db.Author()
		r, err := readConfirmed(ctx, tx, run)
		if err != nil || !r.UndoneAt.IsZero() {
			return 0, err
		}
		b, err := newBatch(ctx, tx, by)
		if err != nil {
			return 0, err
		}
		if !r.Undoing() {
			if err := beginUndo(ctx, tx, r, b.at); err != nil {
				return 0, err
			}
		}
		images, err := selectImages(ctx, tx, `WHERE i.transfer_id = ? AND i.undone = '' ORDER BY i.id DESC LIMIT ?`, run, n)
		if err != nil {
			return 0, err
		}
		u, err := newUndoer(ctx, tx, b)
		if err != nil {
			return 0, err
		}
		for _, i := range images {
			why, err := u.undo(ctx, i, markUndone)
			if err == nil && why != "" {
				_, err = u.mark.ExecContext(ctx, why, i.ID)
			}
			if err != nil {
				return 0, domain.Wrap(err, "row %s", i.Remote)
			}
		}
		if err := u.end(ctx); err != nil {
			return 0, err
		}
		left, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM before_image WHERE transfer_id = ? AND undone = ''`, run)
		if err != nil || left > 0 {
			return left, err
		}
		return 0, endUndo(ctx, tx, by, run)
	})
}

// readConfirmed reads a run that a person confirmed; there is no other to undo.
func readConfirmed(ctx context.Context, tx *sql.Tx, run int64) (transfer.Run, error) {
	r, err := readRun(ctx, tx, run)
	if err == nil && r.ConfirmedAt.IsZero() {
		err = domain.E(domain.KindNotFound, fmt.Sprintf("find transfer %d", run), nil)
	}
	return r, err
}

// beginUndo ends the run for good. Its counters stay.
func beginUndo(ctx context.Context, tx *sql.Tx, r transfer.Run, at any) error {
	if !r.State.Finished() {
		r.State = transfer.StateStopped
	}
	if err := saveRun(ctx, tx, r); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE transfer SET undo_at = ? WHERE id = ?`, at, r.ID)
	return err
}

func endUndo(ctx context.Context, tx *sql.Tx, by database.Author, run int64) error {
	if _, err := tx.ExecContext(ctx, `UPDATE transfer SET undone_at = ? WHERE id = ?`, database.TimeText(by.At), run); err != nil {
		return err
	}
	if err := withdrawRest(ctx, tx); err != nil {
		return err
	}
	images, err := selectUndoable(ctx, tx, run)
	if err != nil {
		return err
	}
	var p transfer.UndoPlan
	held := sumUp(&p, images, nil)
	return by.Record(ctx, tx, "transfer-undone", map[string]any{
		"transfer": run, "restored": p.Restored, "removed": p.Removed, "unbound": p.Unbound, "left": len(held),
	})
}

// PlanUndo tells what undoing the run would do now, and writes nothing; of one that is undone, what was done.
func (s Store) PlanUndo(ctx context.Context, run int64) (transfer.UndoPlan, error) {
	return database.View(ctx, s.db, "plan an undo", func(tx *sql.Tx) (p transfer.UndoPlan, err error) {
		if p.Run, err = readConfirmed(ctx, tx, run); err != nil {
			return p, err
		}
		images, err := selectUndoable(ctx, tx, run)
		if err != nil {
			return p, err
		}
		ahead := make([]transfer.Image, 0, len(images))
		for _, i := range images {
			if i.undone == "" {
				ahead = append(ahead, i.Image)
			}
		}
		now, err := dryRun(ctx, tx, run)
		if err != nil {
			return p, err
		}
		held := sumUp(&p, images, now.Undo(ahead))
		p.BlockedCount = len(held)
		return p, listHeld(ctx, tx, &p, held)
	})
}

// undoable is an image, and what an undo has made of it so far.
type undoable struct {
	transfer.Image
	undone string
}

// selectUndoable reads the images of a run, the newest first, without what they keep.
func selectUndoable(ctx context.Context, tx *sql.Tx, run int64) ([]undoable, error) {
	return database.SelectAll(ctx, tx, func(i *undoable) []any { return append(imageTargets(&i.Image), &i.undone) },
		`SELECT `+imageColumns+`, i.undone FROM before_image i WHERE i.transfer_id = ? ORDER BY i.id DESC`, run)
}

// held is a row that stays as it is.
type held struct {
	remote domain.RemoteID
	why    transfer.RefusalReason
}

// sumUp counts what was undone and what would be: whys are those of the images that are still ahead. It
// gives the rows that stay. Of decisions that were taken back before, nothing counts.
func sumUp(p *transfer.UndoPlan, images []undoable, whys []transfer.RefusalReason) []held {
	seen, rows := map[domain.ProductID]bool{}, map[domain.RemoteID]bool{}
	var stay []held
	for _, i := range images {
		why := transfer.RefusalReason("")
		switch i.undone {
		case markTakenBack:
			continue
		case markUndone:
		case "":
			why, whys = whys[0], whys[1:]
		default:
			why = transfer.RefusalReason(i.undone)
		}
		if why == "" {
			p.Add(i.Image, seen)
		} else if !rows[i.Remote] {
			rows[i.Remote] = true
			stay = append(stay, held{i.Remote, why})
		}
	}
	slices.Reverse(stay) // in the order of the transfer
	return stay
}

// dryRun reads what stands where the run wrote.
func dryRun(ctx context.Context, tx *sql.Tx, run int64) (transfer.DryRun, error) {
	g := transfer.DryRun{
		Products: map[domain.ProductID]transfer.ProductState{}, Bound: map[domain.RemoteID]domain.ProductID{}, Later: map[int64]bool{},
	}
	pairs, err := selectPairs(ctx, tx, `binding`)
	if err != nil {
		return g, err
	}
	for _, p := range pairs {
		g.Bound[p.Remote] = p.Local
	}
	type written struct {
		image         int64
		product       domain.ProductID
		exists, later bool
		state         transfer.ProductState
	}
	// Mostly no other transfer has written since, and the search for such writes is spared.
	for w, err := range database.SelectSeq(ctx, tx, func(w *written) []any {
		return []any{&w.image, &w.product, &w.exists, &w.state.Revision, &w.state.Kept, &w.later}
	}, `SELECT i.id, i.product_id, p.id IS NOT NULL, coalesce(p.revision, 0), `+keptProduct+`,
			i.id < (SELECT coalesce(max(id), 0) FROM before_image WHERE transfer_id <> ?1) AND (`+laterElsewhere+`)
		FROM before_image i LEFT JOIN product p ON p.id = i.product_id WHERE i.transfer_id = ?1 AND i.undone = ''`, run) {
		if err != nil {
			return g, err
		}
		if w.exists {
			g.Products[w.product] = w.state
		}
		if w.later {
			g.Later[w.image] = true
		}
	}
	return g, nil
}

// listHeld lists the first of the rows that stay.
func listHeld(ctx context.Context, tx *sql.Tx, p *transfer.UndoPlan, stay []held) error {
	stay = stay[:min(len(stay), transfer.BlockedLimit)]
	ids := make([]domain.RemoteID, len(stay))
	for i, h := range stay {
		ids[i] = h.remote
	}
	rows, err := listedRows(ctx, tx, p.Run.ID, ids)
	if err != nil {
		return err
	}
	for _, h := range stay {
		p.Blocked = append(p.Blocked, transfer.Blocked{Listed: rows[h.remote], Why: h.why})
	}
	return nil
}
