package sync

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// PlanSyncUndo tells what taking a run back would do now, and writes nothing; of one that was taken back, what was done.
func (s Store) PlanSyncUndo(ctx context.Context, run int64) (sync.UndoPlan, error) {
	return database.View(ctx, s.db, "plan an undo", func(tx *sql.Tx) (sync.UndoPlan, error) {
		return undo(ctx, tx, run, nil)
	})
}

// UndoSync takes a run back in the catalogue, in one transaction: pulled values are restored from their before-images
// and with them what was agreed on before; of a push the product gets the value back that İşbaşı had. What was pulled
// and taken back is not pulled again. Decisions hold no more. What was changed since stays.
func (s Store) UndoSync(ctx context.Context, run int64) (sync.UndoPlan, error) {
	return database.Update(ctx, s.db, "undo a sync", func(tx *sql.Tx) (sync.UndoPlan, error) {
		by := s.db.Author()
		r, err := readRun(ctx, tx, run)
		if err != nil {
			return sync.UndoPlan{}, err
		}
		if !r.UndoneAt.IsZero() {
			return undo(ctx, tx, run, nil)
		}
		b, err := newReturner(ctx, tx, by, r)
		if err != nil {
			return sync.UndoPlan{}, err
		}
		for _, statement := range []string{
			`UPDATE sync_open SET decided = 0 WHERE decided = ?`,
			`DELETE FROM sync_choice WHERE sync_id = ?`,
		} {
			if _, err := tx.ExecContext(ctx, statement, run); err != nil {
				return sync.UndoPlan{}, err
			}
		}
		plan, err := undo(ctx, tx, run, b)
		if err != nil {
			return sync.UndoPlan{}, err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE sync_run SET undone_at = ? WHERE id = ?`, database.TimeText(by.At), run); err != nil {
			return sync.UndoPlan{}, err
		}
		if plan.Run, err = readRun(ctx, tx, run); err != nil {
			return sync.UndoPlan{}, err
		}
		return plan, by.Record(ctx, tx, "sync-undone", map[string]any{
			"sync": run, "fields_restored": plan.Restored, "returned": plan.Return, "fields_left": plan.Kept,
		})
	})
}

// undo goes over what the run has changed; b carries it out, nil only looks.
func undo(ctx context.Context, tx *sql.Tx, run int64, b *returner) (p sync.UndoPlan, err error) {
	if p.Run, err = readRun(ctx, tx, run); err != nil {
		return sync.UndoPlan{}, err
	}
	if p.Run.ConfirmedAt.IsZero() {
		return sync.UndoPlan{}, domain.E(domain.KindNotFound, fmt.Sprintf("find sync %d", run), nil)
	}
	if p.Run.State.Active() {
		return sync.UndoPlan{}, domain.E(domain.KindBusy, "undo a sync", nil)
	}
	present, err := newPresent(ctx, tx)
	if err != nil {
		return sync.UndoPlan{}, err
	}
	items, err := selectItems(ctx, tx, `WHERE i.sync_id = ? AND `+carriedOut, run)
	if err != nil {
		return sync.UndoPlan{}, err
	}
	moved := p.Run.Moved
	p.Kept = moved.PulledStock + moved.PulledPrice + moved.PushedStock + moved.PushedPrice - len(items) // of an old run, whose changes are not kept
	for _, i := range items {
		back := i.Ours
		if i.Way == sync.WayPush {
			back = i.Theirs
		}
		if !i.Undone {
			product, stands, err := present.product(ctx, &i, i.Value)
			if err != nil {
				return sync.UndoPlan{}, err
			}
			later, err := present.writtenSince(ctx, &i)
			if err != nil {
				return sync.UndoPlan{}, err
			}
			if later || !p.Run.UndoneAt.IsZero() || !stands || i.Way == sync.WayPush && !back.Valid {
				p.Kept++
				continue
			}
			if b != nil {
				if err := b.give(ctx, product, i, back); err != nil {
					return sync.UndoPlan{}, domain.Wrap(err, "product %s", i.Ref.ID)
				}
			}
		}
		if i.Way == sync.WayPull {
			p.Restored++
		} else {
			p.Return++
		}
	}
	return p, nil
}

// returner gives values back.
type returner struct {
	*puller
	of                     sync.Run
	choice, forget, undone database.Statement
}

func newReturner(ctx context.Context, tx *sql.Tx, by database.Author, r sync.Run) (b *returner, err error) {
	b = &returner{of: r}
	if b.puller, err = newPuller(ctx, tx, by, domain.SourceUndo, r.ID); err != nil {
		return nil, err
	}
	return b, database.PrepareAll(ctx, tx,
		database.Prepare(&b.choice, choiceStatement),
		database.Prepare(&b.forget, `DELETE FROM agreed WHERE sync_id = ? AND product_id = ? AND field = ?`),
		database.Prepare(&b.undone, `UPDATE sync_item SET undone = 1 WHERE id = ?`),
	)
}

// give sets the catalogue's value back. What was pulled is not pulled again until İşbaşı has another value; what was
// pushed goes back whatever its way: it is what İşbaşı had, and no comma in the wrong place.
func (b *returner) give(ctx context.Context, p domain.Product, i sync.Item, back decimal.NullDecimal) error {
	if _, err := b.products.Update(ctx, p, withValue(p, i.Field, back, i.Currency)); err != nil {
		return err
	}
	if _, err := b.undone.ExecContext(ctx, i.ID); err != nil {
		return err
	}
	said := sync.SaidOurs
	if i.Way == sync.WayPull {
		said = sync.SaidUndone
		if _, err := b.forget.ExecContext(ctx, i.Run, i.Product, i.Field); err != nil || b.of.Request.Scope == sync.ScopeChoice {
			return err
		}
	}
	_, err := b.choice.ExecContext(ctx, i.Product, i.Field, domain.OwnerNobody, said, back, i.Value, database.TimeText(b.by.At), b.by.Name, i.Run)
	return err
}
