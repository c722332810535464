package orders

import (
	"cmp"
	"context"
	"database/sql"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// TakeOrders stores what was read of a source (orders-invoices.md §1, "Reading again"): an unknown key is a new order, of
// the same content only what moves of it counts (how it stands, when it left and arrived, what was paid back), and another
// content takes the place of the former one. An order of which an attempt is open or stands stays as it is: what its source
// says now is kept beside, and that it was cancelled or returned is a task. file is the name of the source's file.
func (s Store) TakeOrders(ctx context.Context, from orders.Source, file string, list []orders.Order) (orders.Taken, error) {
	return database.Update(ctx, s.db, "take orders", func(tx *sql.Tx) (orders.Taken, error) {
		by := s.db.Author()
		t := taking{tx: tx, source: from, file: file, at: by.At.UTC().Truncate(time.Millisecond)}
		if err := t.prepare(ctx); err != nil {
			return orders.Taken{}, err
		}
		for _, o := range list {
			if err := t.take(ctx, o); err != nil {
				return orders.Taken{}, domain.Wrap(err, "order %s %s", o.Marketplace, o.Package)
			}
		}
		if t.New+t.Changed+t.Frozen == 0 {
			return t.Taken, nil
		}
		return t.Taken, by.Record(ctx, tx, "orders-taken", map[string]any{"file": file, "added": t.New, "changed": t.Changed, "frozen": t.Frozen})
	})
}

// taking is a list of orders on its way into the file.
type taking struct {
	orders.Taken
	tx     *sql.Tx
	source orders.Source
	file   string
	at     time.Time

	find, insert, move, keep, changed, task database.Statement
}

func (t *taking) prepare(ctx context.Context) error {
	return database.PrepareAll(ctx, t.tx,
		database.Prepare(&t.find, `SELECT o.id, o.fingerprint, o.said, o.lines, o.status, o.word, o.shipped_at, o.delivered_at, o.refunded,
			coalesce(i.id, 0), coalesce(i.changed, '')`+from+` WHERE o.marketplace = ? AND o.package = ?`),
		database.Prepare(&t.insert, insertOrder),
		database.Prepare(&t.move, `UPDATE sales_order SET status = ?, word = ?, shipped_at = ?, delivered_at = ?, refunded = ?, changed_at = ?, `+unjudged+` WHERE id = ?`),
		database.Prepare(&t.keep, `UPDATE sales_order SET later = ?, changed_at = ? WHERE id = ?`),
		database.Prepare(&t.changed, `UPDATE invoice SET changed = ? WHERE id = ?`),
		database.Prepare(&t.task, `INSERT INTO invoice_task (invoice_id, return_number, what, opened_at) VALUES (?, '', ?, ?) ON CONFLICT DO NOTHING`),
	)
}

// stored is what is known of an order already.
type stored struct {
	id          int64
	fingerprint string
	said        orders.Said
	lines       []orders.Line
	progress    progress
	invoice     int64  // the attempt that is open or stands, 0: there is none
	changed     string // the fingerprint of what its source has said since then
}

func storedTargets(s *stored) []any {
	ts := append([]any{&s.id, &s.fingerprint, database.JSONInto(&s.said), database.JSONInto(&s.lines)}, s.progress.targets()...)
	return append(ts, &s.invoice, &s.changed)
}

// take stores what a source says of one order.
func (t *taking) take(ctx context.Context, o orders.Order) error {
	was, ok, err := database.ScanOne(t.find.QueryRowContext(ctx, o.Marketplace, o.Package), storedTargets)
	if err != nil {
		return err
	}
	if !ok {
		id, err := insert(ctx, t.insert, &orders.Kept{Order: o, Source: t.source, From: t.file}, t.at)
		t.New, t.IDs = t.New+1, append(t.IDs, id)
		return err
	}
	now := was.progress.merged(progressOf(&o))
	moved := !now.same(was.progress)
	now.put(&o)
	fingerprint := o.Fingerprint()
	if fingerprint != was.fingerprint && was.invoice == 0 {
		t.Changed, t.IDs = t.Changed+1, append(t.IDs, was.id)
		return replace(ctx, t.tx, was.id, was.lines, &orders.Kept{Order: o, Source: t.source, From: t.file, Said: was.said}, t.at)
	}
	another := fingerprint != cmp.Or(was.changed, was.fingerprint) // than it said last
	switch {
	case another && fingerprint != was.fingerprint:
		t.Frozen++
	case moved:
		t.Changed, t.IDs = t.Changed+1, append(t.IDs, was.id)
	default:
		t.Same++
	}
	if another {
		if err := t.freeze(ctx, was, &o, fingerprint); err != nil {
			return err
		}
	}
	if moved {
		return t.moved(ctx, was, now)
	}
	return nil
}

// freeze keeps beside an order that was invoiced what its source says now, and nothing when that is what was invoiced.
func (t *taking) freeze(ctx context.Context, was stored, later *orders.Order, fingerprint string) error {
	if fingerprint == was.fingerprint {
		later, fingerprint = nil, ""
	}
	text, err := database.JSONText(later)
	if err != nil {
		return err
	}
	if _, err := t.keep.ExecContext(ctx, text, database.TimeText(t.at), was.id); err != nil {
		return err
	}
	_, err = t.changed.ExecContext(ctx, fingerprint, was.invoice)
	return err
}

// moved stores how an order stands now.
func (t *taking) moved(ctx context.Context, was stored, now progress) error {
	_, err := t.move.ExecContext(ctx, now.status, now.word, database.TimeText(now.shipped), database.TimeText(now.delivered), now.refunded,
		database.TimeText(t.at), was.id)
	if err != nil || was.invoice == 0 || !now.ended() || was.progress.ended() {
		return err
	}
	what := invoicing.TaskCancelled
	if now.status == orders.StatusReturned {
		what = invoicing.TaskReturned
	}
	_, err = t.task.ExecContext(ctx, was.invoice, what, database.TimeText(t.at))
	return err
}
