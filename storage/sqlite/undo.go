package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// UndoBatch undoes the next n before-images of a run, the newest first, in one transaction, those of
// decisions made in it among them; what has to stay is marked with the reason. From the first batch on the
// run goes on no more, and with the last one it is undone. It gives how many images are left: none when
// the undo has come to its end.
func (c *Company) UndoBatch(ctx context.Context, run int64, n int) (left int, err error) {
	err = c.db.writing(ctx, "undo a transfer", func(tx *sql.Tx) error {
		left = 0
		r, err := readConfirmed(ctx, tx, run)
		if err != nil || !r.UndoneAt.IsZero() {
			return err
		}
		b, err := c.newBatch(ctx, tx)
		if err != nil {
			return err
		}
		if !r.Undoing() {
			if err := beginUndo(ctx, tx, r, b.at); err != nil {
				return err
			}
		}
		images, err := selectImages(ctx, tx, `WHERE i.transfer_id = ? AND i.undone = '' ORDER BY i.id DESC LIMIT ?`, run, n)
		if err != nil {
			return err
		}
		u, err := newUndoer(ctx, tx, b)
		if err != nil {
			return err
		}
		for _, i := range images {
			why, err := u.undo(ctx, i, markUndone)
			if err == nil && why != "" {
				_, err = u.mark.ExecContext(ctx, why, i.ID)
			}
			if err != nil {
				return domain.Wrap(err, "row %s", i.Remote)
			}
		}
		err = tx.QueryRowContext(ctx, `SELECT count(*) FROM before_image WHERE transfer_id = ? AND undone = ''`, run).Scan(&left)
		if err != nil || left > 0 {
			return err
		}
		return c.endUndo(ctx, tx, run, b.at)
	})
	return left, err
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

func (c *Company) endUndo(ctx context.Context, tx *sql.Tx, run int64, at any) error {
	if _, err := tx.ExecContext(ctx, `UPDATE transfer SET undone_at = ? WHERE id = ?`, at, run); err != nil {
		return err
	}
	images, err := selectUndoable(ctx, tx, run)
	if err != nil {
		return err
	}
	var p transfer.UndoPlan
	held := sumUp(&p, images, nil)
	return c.record(ctx, tx, "transfer-undone", map[string]any{
		"transfer": run, "restored": p.Restored, "removed": p.Removed, "unbound": p.Unbound, "left": len(held),
	})
}

// PlanUndo tells what undoing the run would do now, and writes nothing; of one that is undone, what was done.
func (c *Company) PlanUndo(ctx context.Context, run int64) (transfer.UndoPlan, error) {
	var p transfer.UndoPlan
	err := c.db.reading(ctx, "plan an undo", func(tx *sql.Tx) error {
		p = transfer.UndoPlan{}
		var err error
		if p.Run, err = readConfirmed(ctx, tx, run); err != nil {
			return err
		}
		images, err := selectUndoable(ctx, tx, run)
		if err != nil {
			return err
		}
		ahead := make([]transfer.Image, 0, len(images))
		for _, i := range images {
			if i.undone == "" {
				ahead = append(ahead, i.Image)
			}
		}
		g, err := dryRun(ctx, tx, run)
		if err != nil {
			return err
		}
		held := sumUp(&p, images, g.Undo(ahead))
		p.BlockedCount = len(held)
		return listHeld(ctx, tx, &p, held)
	})
	return p, err
}

// undoable is an image, and what an undo has made of it so far.
type undoable struct {
	transfer.Image
	undone string
}

// selectUndoable reads the images of a run, the newest first, without what they keep.
func selectUndoable(ctx context.Context, tx *sql.Tx, run int64) ([]undoable, error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, transfer_id, coalesce(decision_id, 0), kind, remote_id, product_id,
			product_id <> 0 AND product IS NULL, coalesce(product ->> '$.revision', 0), revision, bound, separated, undone
		FROM before_image WHERE transfer_id = ? ORDER BY id DESC`, run)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []undoable
	for rows.Next() {
		var i undoable
		err := rows.Scan(&i.ID, &i.Transfer, &i.Decision, &i.Kind, &i.Remote, &i.Product, &i.Created, &i.Was, &i.Became,
			&i.Bound, &i.Separated, &i.undone)
		if err != nil {
			return nil, err
		}
		all = append(all, i)
	}
	return all, rows.Err()
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
			if len(whys) > 0 {
				why, whys = whys[0], whys[1:]
			}
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
	pairs, err := readPairs(ctx, tx, `SELECT remote_id, product_id FROM binding WHERE type = ?`)
	if err != nil {
		return g, err
	}
	for _, p := range pairs {
		g.Bound[p.Remote] = p.Local
	}
	// Mostly no other transfer has written since, and the search for such writes is spared.
	rows, err := tx.QueryContext(ctx, `SELECT i.id, i.product_id, p.id IS NOT NULL, coalesce(p.revision, 0), `+keptProduct+`,
			i.id < (SELECT coalesce(max(id), 0) FROM before_image WHERE transfer_id <> ?1) AND (`+laterElsewhere+`)
		FROM before_image i LEFT JOIN product p ON p.id = i.product_id WHERE i.transfer_id = ?1 AND i.undone = ''`, run)
	if err != nil {
		return g, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var image int64
		var id domain.ProductID
		var s transfer.ProductState
		var exists, later bool
		if err := rows.Scan(&image, &id, &exists, &s.Revision, &s.Kept, &later); err != nil {
			return g, err
		}
		if exists {
			g.Products[id] = s
		}
		if later {
			g.Later[image] = true
		}
	}
	return g, rows.Err()
}

// laterElsewhere is laterImage for the writes of other transfers.
const laterElsewhere = `EXISTS (SELECT 1 FROM before_image later WHERE later.product_id = i.product_id
		AND i.product_id <> 0 AND later.id > i.id AND later.undone NOT IN ('undone', 'taken-back') AND later.transfer_id <> i.transfer_id)
	OR EXISTS (SELECT 1 FROM before_image later WHERE later.remote_id = i.remote_id AND later.type = i.type
		AND later.product_id <> 0 AND i.product_id <> 0 AND later.id > i.id AND later.undone NOT IN ('undone', 'taken-back')
		AND later.transfer_id <> i.transfer_id)`

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

// listedRows gives rows of a run by their İşbaşı ids.
func listedRows(ctx context.Context, tx *sql.Tx, run int64, ids []domain.RemoteID) (map[domain.RemoteID]transfer.Listed, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	text, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	listed, err := selectListed(ctx, tx, `SELECT `+listedColumns+`
		FROM transfer_row r LEFT JOIN product p ON p.id = r.product_id
		WHERE r.transfer_id = ? AND r.remote_id IN (SELECT value FROM json_each(?)) AND r.type = ?`, run, string(text), typeProduct)
	byID := make(map[domain.RemoteID]transfer.Listed, len(listed))
	for _, l := range listed {
		byID[l.Remote.ID] = l
	}
	return byID, err
}
