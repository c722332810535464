package sync

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
)

// BeginPush gives the changes of the next product whose values go out, marked as on their way before anything is
// sent; none: nothing is left. What changed in the catalogue since the plan, or is not to go out any more, has failed. What was on its way before is
// so no more: nobody knows what became of it.
func (s Store) BeginPush(ctx context.Context, r sync.Run) (sync.Run, []sync.Item, error) {
	var items []sync.Item
	after, err := s.change(ctx, "begin a push", r, func(tx *sql.Tx) error {
		if err := loseSent(ctx, tx); err != nil {
			return err
		}
		p, err := newPresent(ctx, tx)
		if err != nil {
			return err
		}
		choices, err := settings.Of(ctx, tx)
		if err != nil {
			return err
		}
		for len(items) == 0 {
			planned, err := selectItems(ctx, tx, `WHERE i.sync_id = ?1 AND i.state = 'planned' AND i.way = 'push' AND i.product_id =
				(SELECT product_id FROM sync_item WHERE sync_id = ?1 AND state = 'planned' AND way = 'push' ORDER BY id LIMIT 1) ORDER BY i.id`, r.ID)
			if len(planned) == 0 {
				return domain.Wrap(err, "find the next")
			}
			for _, i := range planned {
				if err := s.beginItem(ctx, tx, p, choices.Push, r, &i); err != nil {
					return err
				}
				if i.State == sync.ItemSent {
					items = append(items, i)
				}
			}
		}
		return nil
	})
	if err != nil {
		return r, nil, err
	}
	return after, items, nil
}

func (s Store) beginItem(ctx context.Context, tx *sql.Tx, p *present, chosen domain.Push, r sync.Run, i *sync.Item) error {
	_, stands, err := p.product(ctx, i, i.Ours)
	if err != nil {
		return err
	}
	now := database.TimeText(s.db.Now())
	switch i.State = sync.ItemSent; {
	case !chosen.Has(i.Field):
		i.State, i.Detail = sync.ItemFailed, sync.FailedUnchosen
	case !stands:
		i.State, i.Detail = sync.ItemFailed, sync.FailedChangedHere
	}
	if i.Receipt == "" && i.Field == domain.SharedStock {
		i.Receipt = receipt(r, i.ID)
	}
	if _, err = tx.ExecContext(ctx, `UPDATE sync_item SET state = ?, detail = ?, receipt = ?, sent_at = ?, ended_at = ? WHERE id = ?`,
		i.State, i.Detail, i.Receipt, now, now, i.ID); err != nil {
		return err
	}
	return recount(ctx, tx, r.ID)
}

// receipt numbers a stock receipt: no other machine's is the same.
func receipt(r sync.Run, item int64) string {
	return fmt.Sprintf("S%s-%d", strconv.FormatInt(r.CreatedAt.UnixMilli(), 36), item)
}

// EndPush stores what became of changes, together with r.
func (s Store) EndPush(ctx context.Context, r sync.Run, items []sync.Item) (sync.Run, error) {
	return s.change(ctx, "end a push", r, func(tx *sql.Tx) error {
		for _, i := range items {
			if _, err := tx.ExecContext(ctx, `UPDATE sync_item SET state = ?, detail = ?, ended_at = ? WHERE id = ?`,
				i.State, i.Detail, database.TimeText(i.EndedAt), i.ID); err != nil {
				return err
			}
		}
		return recount(ctx, tx, r.ID)
	})
}

// LoseSent says of pushes on whose way the program ended that nobody knows what became of them. It is called when
// nothing is on its way.
func (s Store) LoseSent(ctx context.Context) error {
	return s.db.Update(ctx, "note lost pushes", func(tx *sql.Tx) error { return loseSent(ctx, tx) })
}

func loseSent(ctx context.Context, tx *sql.Tx) error {
	runs, err := database.SelectAll(ctx, tx, database.Itself[int64], `SELECT DISTINCT i.sync_id FROM sync_item i INDEXED BY sync_item_unconfirmed
		WHERE `+onItsWay+` AND i.state = 'sent'`)
	if err != nil {
		return err
	}
	for _, run := range runs {
		if _, err := tx.ExecContext(ctx, `UPDATE sync_item SET state = 'unknown' WHERE sync_id = ? AND state = 'sent'`, run); err != nil {
			return err
		}
		if err := recount(ctx, tx, run); err != nil {
			return err
		}
	}
	return nil
}

// ReopenSync makes what failed planned again.
func (s Store) ReopenSync(ctx context.Context, r sync.Run) (sync.Run, error) {
	return s.change(ctx, "reopen failed changes", r, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE sync_item SET state = 'planned', detail = '' WHERE sync_id = ? AND state = 'failed'`, r.ID); err != nil {
			return err
		}
		return recount(ctx, tx, r.ID)
	})
}
