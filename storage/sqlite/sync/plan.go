package sync

import (
	"context"
	"database/sql"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// SaveSyncPlan stores the plan of r together with r: the changes, what both sides were found to agree on, what became
// of pushes, and the fields that wait for a person in place of those before. Of a run that nobody has confirmed only
// the changes are stored.
func (s Store) SaveSyncPlan(ctx context.Context, r sync.Run, p sync.Plan) (sync.Run, error) {
	return s.change(ctx, "store the plan of a sync", r, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM sync_item WHERE sync_id = ?`, r.ID); err != nil {
			return err
		}
		if err := insertItems(ctx, tx, r.ID, p.Items); err != nil {
			return err
		}
		if !r.ConfirmedAt.IsZero() {
			if err := s.found(ctx, tx, r.ID, p); err != nil {
				return err
			}
		}
		brakes, err := database.JSONText(p.Brakes)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE sync_run SET compared = ?, unchanged = ?, conflicts = ?, held = ?, brakes = ? WHERE id = ?`,
			p.Compared, p.Unchanged, p.Conflicts, p.Held, brakes, r.ID); err != nil {
			return err
		}
		return recount(ctx, tx, r.ID)
	})
}

// found stores what a plan has found, whatever becomes of its changes.
func (s Store) found(ctx context.Context, tx *sql.Tx, run int64, p sync.Plan) error {
	now := s.db.Now()
	if err := agree(ctx, tx, now, run, p.Agree); err != nil {
		return err
	}
	if err := settle(ctx, tx, p); err != nil {
		return err
	}
	if err := waitFor(ctx, tx, now, run, p.Open); err != nil {
		return err
	}
	if err := outdate(ctx, tx, p.Outdated); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE binding SET gone_at = NULL WHERE gone_at IS NOT NULL AND EXISTS (SELECT 1 FROM sync_seen s
		WHERE s.remote_id = binding.remote_id AND s.type = binding.type AND s.sync_id = ?)`, run)
	return err
}

// outdate forgets what was said of values that do not stand any more; whose value holds from now on stays.
func outdate(ctx context.Context, tx *sql.Tx, all []sync.OpenKey) error {
	for _, k := range all {
		for _, statement := range []string{
			`UPDATE sync_choice SET kind = '', ours = NULL, theirs = NULL WHERE product_id = ? AND field = ?`,
			`DELETE FROM sync_choice WHERE product_id = ? AND field = ? AND owner = ''`,
		} {
			if _, err := tx.ExecContext(ctx, statement, k.Product, k.Field); err != nil {
				return err
			}
		}
	}
	return nil
}

func agree(ctx context.Context, tx *sql.Tx, now time.Time, run int64, all []sync.Agreement) error {
	var on agreed
	for _, a := range all {
		on.add(a.Product, a.Ref, a.Field, a.Value)
	}
	return on.store(ctx, tx, now, run)
}

// agreed are values that both sides of pairs have, each pair once and in the order they were added.
type agreed struct {
	all []catalogue.Agreement
	at  map[domain.Binding]int
}

func (a *agreed) add(p domain.ProductID, ref domain.ProductRef, f domain.Shared, v decimal.Decimal) {
	pair := domain.Binding{ProductID: p, RemoteID: ref.ID, Type: ref.Type}
	i, known := a.at[pair]
	if !known {
		if a.at == nil {
			a.at = map[domain.Binding]int{}
		}
		i = len(a.all)
		a.at[pair], a.all = i, append(a.all, catalogue.Agreement{Pair: pair})
	}
	if f == domain.SharedStock {
		a.all[i].On.Stock = decimal.NewNullDecimal(v)
	} else {
		a.all[i].On.Price = decimal.NewNullDecimal(v)
	}
}

// store makes them the bases, by the run.
func (a *agreed) store(ctx context.Context, tx *sql.Tx, at time.Time, run int64) error {
	return catalogue.Agree(ctx, tx, at, catalogue.AgreedBy{Sync: run}, a.all)
}

// settle marks what was seen of pushes; those of the same field before them wait for nothing any more.
func settle(ctx context.Context, tx *sql.Tx, p sync.Plan) error {
	var mark database.Statement
	if err := database.PrepareAll(ctx, tx, database.Prepare(&mark, `UPDATE sync_item AS i SET state = iif(i.id = ?1, ?2, 'refuted')
		WHERE `+onItsWay+` AND i.id <= ?1 AND (i.product_id, i.field) = (SELECT product_id, field FROM sync_item WHERE id = ?1)`)); err != nil {
		return err
	}
	for state, ids := range map[sync.ItemState][]int64{sync.ItemConfirmed: p.Confirmed, sync.ItemRefuted: p.Refuted} {
		for _, id := range ids {
			if _, err := mark.ExecContext(ctx, id, state); err != nil {
				return err
			}
		}
	}
	return nil
}

// waitFor stores the fields that wait in place of those before; one that waited for the same reason waits since then.
func waitFor(ctx context.Context, tx *sql.Tx, now time.Time, run int64, all []sync.Open) error {
	type key struct {
		product int64
		field   string
	}
	type was struct {
		why   sync.Why
		since time.Time
	}
	before, err := database.SelectMap(ctx, tx, func(k *key, w *was) []any {
		return []any{&k.product, &k.field, &w.why, database.TimeInto(&w.since)}
	}, `SELECT product_id, field, why, since FROM sync_open`)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM sync_open`); err != nil {
		return err
	}
	var insert database.Statement
	if err := database.PrepareAll(ctx, tx, database.Prepare(&insert, `INSERT INTO sync_open (product_id, field, remote_id, type, action, why, way,
			base, ours, theirs, ours_at, theirs_at, since, sync_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)); err != nil {
		return err
	}
	for _, o := range all {
		since := now
		if w := before[key{int64(o.Product), string(o.Field)}]; w.why == o.Why {
			since = w.since
		}
		if _, err := insert.ExecContext(ctx, o.Product, o.Field, o.Ref.ID, o.Ref.Type, o.Action, o.Why, o.Way, o.Base, o.Ours, o.Theirs,
			database.TimeText(o.OursAt), database.TimeText(o.TheirsAt), database.TimeText(since), run); err != nil {
			return err
		}
	}
	return nil
}
