package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// TakeBack undoes what Decide did under that ID, the last first, in one transaction. What the present
// does not allow stays and is listed; it can be tried again. KindNotFound: there is no such decision, or
// nothing of it stands.
func (c *Company) TakeBack(ctx context.Context, id int64) (transfer.Decided, error) {
	var out transfer.Decided
	err := c.db.writing(ctx, "take back a decision", func(tx *sql.Tx) error {
		out = transfer.Decided{}
		images, err := selectImages(ctx, tx, `WHERE i.decision_id = ? AND i.undone NOT IN ('undone', 'taken-back') ORDER BY i.id DESC`, id)
		if err != nil {
			return err
		}
		if len(images) == 0 {
			return domain.E(domain.KindNotFound, fmt.Sprintf("find decision %d", id), nil)
		}
		r, err := readRun(ctx, tx, images[0].Transfer)
		if err != nil {
			return err
		}
		d, err := c.newDecider(ctx, tx, r)
		if err != nil {
			return err
		}
		d.id = id
		u, err := newUndoer(ctx, tx, d.batch)
		if err != nil {
			return err
		}
		for _, i := range images {
			why := transfer.RefusedUndone
			if !r.Undoing() {
				if why, err = d.takeBack(ctx, u, i); err != nil {
					return domain.Wrap(err, "row %s", i.Remote)
				}
			}
			if why != "" {
				out.Refused = append(out.Refused, transfer.Refusal{
					Decision: transfer.Decision{Kind: i.Kind, Remote: i.Remote, Product: i.Product}, Why: why,
				})
			}
		}
		out.Done, out.Run = len(d.done), d.run
		return d.end(ctx, "taken-back-")
	})
	if err != nil {
		return transfer.Decided{}, err
	}
	return out, nil
}

// takeBack undoes one decision and makes its row what it was.
func (d *decider) takeBack(ctx context.Context, u *undoer, i keptImage) (transfer.RefusalReason, error) {
	rows, err := selectRows(ctx, d.tx, `WHERE r.transfer_id = ? AND r.remote_id = ? AND r.type = ?`, i.Transfer, i.Remote, i.remoteType)
	if err != nil {
		return "", err
	}
	if len(rows) == 0 {
		return transfer.RefusedGone, nil
	}
	about := rows[0]
	about.ProductID = i.Product
	present, err := d.present.candidate(ctx, about)
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
	d.run.Counters.Move(rows[0].Outcome, kept.Outcome)
	d.done = append(d.done, told{kind: i.Kind, row: rows[0], product: present.Product})
	return "", d.saveRow(ctx, kept.on(rows[0]))
}
