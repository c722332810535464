package sync

import (
	"context"
	"database/sql"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
)

// DecideFields carries out a person's decision about fields that wait, all of it or nothing: İşbaşı's values are
// written into the catalogue, those of the catalogue wait for the next push. stock is what the key may.
func (s Store) DecideFields(ctx context.Context, d sync.Decision, stock domain.AbilityAnswer) (sync.Decided, error) {
	return database.Update(ctx, s.db, "decide what waits", func(tx *sql.Tx) (sync.Decided, error) {
		decided := sync.Decided{Left: map[sync.Left]int{}}
		choices, err := settings.Of(ctx, tx)
		if err != nil {
			return sync.Decided{}, err
		}
		c, err := s.newChooser(ctx, tx)
		if err != nil {
			return sync.Decided{}, err
		}
		for _, k := range d.Keys {
			left, err := c.choose(ctx, k, d, choices, stock)
			if err != nil {
				return sync.Decided{}, domain.Wrap(err, "product %d", k.Product)
			}
			if left != "" {
				decided.Left[left]++
			} else {
				decided.Done++
			}
		}
		if decided.Done == 0 {
			_, err := tx.ExecContext(ctx, `DELETE FROM sync_run WHERE id = ?`, c.run)
			return decided, err
		}
		if err := c.agreed.store(ctx, tx, c.by.At, c.run); err != nil {
			return decided, err
		}
		if err := recount(ctx, tx, c.run); err != nil {
			return sync.Decided{}, err
		}
		if decided.Run, err = readRun(ctx, tx, c.run); err != nil {
			return sync.Decided{}, err
		}
		return decided, s.db.Author().Record(ctx, tx, "sync-decided", map[string]any{"sync": c.run, "verdict": d.Verdict, "fields": decided.Done})
	})
}

// chooser carries a decision out, as a run of its own.
type chooser struct {
	*puller
	tx           *sql.Tx
	open         database.Statement
	mark, choice database.Statement
}

func (s Store) newChooser(ctx context.Context, tx *sql.Tx) (c *chooser, err error) {
	by := s.db.Author()
	at := by.At.UTC().Truncate(time.Millisecond)
	run, err := create(ctx, tx, sync.Run{
		Run: transfer.Run{
			State: transfer.StateDone, Phase: transfer.PhaseEnd, CreatedAt: at, ConfirmedAt: at, FinishedAt: at,
		},
		Request: sync.Request{Scope: sync.ScopeChoice, Occasion: sync.OccasionPerson},
	}, by.Name)
	if err != nil {
		return nil, err
	}
	c = &chooser{tx: tx}
	if c.puller, err = newPuller(ctx, tx, by, domain.SourceSync, run); err != nil {
		return nil, err
	}
	return c, database.PrepareAll(ctx, tx,
		database.Prepare(&c.open, `SELECT `+openColumns+openFrom+` AND o.product_id = ? AND o.field = ?`),
		database.Prepare(&c.mark, `UPDATE sync_open SET decided = ? WHERE product_id = ? AND field = ?`),
		database.Prepare(&c.choice, choiceStatement),
	)
}

// choiceStatement keeps what was said in place of what was said before; whose value holds from now on stays unless it is said.
const choiceStatement = `INSERT INTO sync_choice (product_id, field, owner, kind, ours, theirs, at, actor, sync_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (product_id, field) DO UPDATE SET owner = iif(excluded.owner = '', owner, excluded.owner), kind = excluded.kind,
	ours = excluded.ours, theirs = excluded.theirs, at = excluded.at, actor = excluded.actor, sync_id = excluded.sync_id`

// choose carries a decision out on one field, or says why it is left.
func (c *chooser) choose(ctx context.Context, k sync.OpenKey, d sync.Decision, choices domain.Settings, stock domain.AbilityAnswer) (sync.Left, error) {
	o, ok, err := database.ScanOne(c.open.QueryRowContext(ctx, k.Product, k.Field), openTargets)
	if !ok {
		return sync.LeftChanged, err
	}
	i := sync.Item{
		Product: o.Product, Ref: o.Ref, Field: o.Field, Way: sync.WayPull, Why: o.Why, Conflict: o.Action == sync.ActionConflict,
		Base: o.Base, Ours: o.Ours, Theirs: o.Theirs, Value: o.Theirs, Attempt: 1, State: sync.ItemApplied, EndedAt: c.by.At,
	}
	if o.Field == domain.SharedPrice {
		i.Currency = choices.Currency
	}
	product, stands, err := c.present.product(ctx, &i, o.Ours)
	if !stands {
		return sync.LeftChanged, err
	}
	judged := d.Verdict.Judge(o, choices, stock)
	if judged.Left != "" {
		return judged.Left, nil
	}
	said := sync.Said{Ours: o.Ours, Theirs: o.Theirs}
	switch judged.Way {
	case sync.WayPull:
		if err := c.set(ctx, product, &i); err != nil {
			return "", err
		}
		if err := insertItems(ctx, c.tx, c.run, []sync.Item{i}); err != nil {
			return "", err
		}
	case sync.WayPush:
		said.Kind = sync.SaidOurs
	default:
		said.Kind = sync.SaidNoted
	}
	if d.Remember {
		said.Owner = d.Verdict.Owner()
	}
	if said.Kind != sync.SaidNothing || said.Owner != domain.OwnerNobody {
		if _, err := c.choice.ExecContext(ctx, o.Product, o.Field, said.Owner, said.Kind, said.Ours, said.Theirs, database.TimeText(c.by.At), c.by.Name, c.run); err != nil {
			return "", err
		}
	}
	_, err = c.mark.ExecContext(ctx, c.run, o.Product, o.Field)
	return "", err
}
