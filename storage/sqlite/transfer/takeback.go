package transfer

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// TakeBack undoes what Decide did under that ID, the last first, in one transaction. What the present
// does not allow stays and is listed; it can be tried again. KindNotFound: there is no such decision, or
// nothing of it stands.
func (s Store) TakeBack(ctx context.Context, id int64) (transfer.Decided, error) {
	return database.Update(ctx, s.db, "take back a decision", func(tx *sql.Tx) (transfer.Decided, error) {
		var out transfer.Decided
		images, err := selectImages(ctx, tx, `WHERE i.decision_id = ? AND i.undone NOT IN ('undone', 'taken-back') ORDER BY i.id DESC`, id)
		if err != nil {
			return out, err
		}
		if len(images) == 0 {
			return out, domain.E(domain.KindNotFound, fmt.Sprintf("find decision %d", id), nil)
		}
		r, err := readRun(ctx, tx, images[0].Transfer)
		if err != nil {
			return out, err
		}
		d, err := newDecider(ctx, tx, s.db.Author(), r)
		if err != nil {
			return out, err
		}
		d.id = id
		u, err := newUndoer(ctx, tx, d.batch)
		if err != nil {
			return out, err
		}
		for _, i := range images {
			why := transfer.RefusedUndone
			if !r.Undoing() {
				if why, err = d.takeBack(ctx, u, i); err != nil {
					return out, domain.Wrap(err, "row %s", i.Remote)
				}
			}
			if why != "" {
				out.Refused = append(out.Refused, transfer.Refusal{
					Decision: transfer.Decision{Kind: i.Kind, Remote: i.Remote, Product: i.Product}, Why: why,
				})
			}
		}
		if err := u.end(ctx); err != nil {
			return out, err
		}
		out.Done, out.Run = len(d.done), d.run
		return out, d.end(ctx, "taken-back-")
	})
}

// takeBack undoes one decision and makes its row what it was.
func (d *decider) takeBack(ctx context.Context, u *undoer, i keptImage) (transfer.RefusalReason, error) {
	row, ok, err := selectRow(ctx, d.tx, i.Transfer, i.Remote, i.remoteType)
	if err != nil {
		return "", err
	}
	if !ok {
		return transfer.RefusedGone, nil
	}
	about := row
	about.ProductID = i.Product
	present, _, err := d.present.candidate(ctx, about)
	if err != nil {
		return "", err
	}
	why, err := u.undo(ctx, i, markTakenBack)
	if err != nil || why != "" {
		return why, err
	}
	var kept rowImage
	if err := json.Unmarshal([]byte(i.row.String), &kept); err != nil {
		return "", err
	}
	d.run.Counters.Move(row.Outcome, kept.Outcome)
	d.done = append(d.done, told{kind: i.Kind, row: row, product: present.Product})
	return "", d.saveRow(ctx, kept.on(row))
}
