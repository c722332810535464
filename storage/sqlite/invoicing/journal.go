package invoicing

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strconv"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	storedorders "github.com/sopyo/sopyo-desktop/storage/sqlite/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
)

// binding are the states of an attempt that is open or stands: of a key there is one at most.
const binding = `state NOT IN ('rejected', 'lost', 'deleted')`

// binds tells whether an attempt in that state is open or stands.
func binds(s invoicing.AttemptState) bool {
	return s != invoicing.AttemptRejected && s != invoicing.AttemptLost && s != invoicing.AttemptDeleted
}

// Begin stores a new attempt as an intent, with the next serial, and takes its order out of the queue. KindBusy: an attempt
// of the key is open or stands, be it another program's on the same file.
func (s Store) Begin(ctx context.Context, r invoicing.Record) (invoicing.Record, error) {
	return database.Update(ctx, s.db, "begin an invoice", func(tx *sql.Tx) (invoicing.Record, error) {
		r.ID, r.State = 0, invoicing.AttemptIntent
		if r.IntentAt.IsZero() {
			r.IntentAt = s.db.Now()
		}
		if err := free(ctx, tx, &r); err != nil {
			return invoicing.Record{}, err
		}
		serial, err := lastSerial(ctx, tx)
		if err != nil {
			return invoicing.Record{}, err
		}
		row, err := values(&r)
		if err != nil {
			return invoicing.Record{}, err
		}
		res, err := tx.ExecContext(ctx, insertRecord, append(row, serial+1)...)
		if err != nil {
			return invoicing.Record{}, err
		}
		if r.ID, err = res.LastInsertId(); err != nil {
			return invoicing.Record{}, err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE sales_order SET wish = '' WHERE marketplace = ? AND package = ?`, r.Key.Marketplace, r.Key.Package); err != nil {
			return invoicing.Record{}, err
		}
		return selectRecord(ctx, tx, r.ID)
	})
}

// free refuses an attempt beside another one of its key that is open or stands.
func free(ctx context.Context, tx *sql.Tx, r *invoicing.Record) error {
	taken, err := database.SelectValue[bool](ctx, tx, `SELECT EXISTS (SELECT 1 FROM invoice WHERE marketplace = ? AND package = ? AND direction = ?
		AND `+binding+` AND id <> ?)`, r.Key.Marketplace, r.Key.Package, r.Key.Direction, r.ID)
	if err == nil && taken {
		err = domain.E(domain.KindBusy, "invoice "+r.Key.Package+" beside another attempt", nil)
	}
	return err
}

// SaveRecord stores what changed of an attempt; its serial stays, and Changed, which TakeOrders stores. Of an attempt that is none any more the order says again
// what its source says, nothing is left to do, and what was deleted is gone from İşbaşı's list. KindBusy: another attempt of
// its key is open or stands; KindNotFound: there is no such attempt.
func (s Store) SaveRecord(ctx context.Context, r invoicing.Record) (invoicing.Record, error) {
	return database.Update(ctx, s.db, "store an invoice", func(tx *sql.Tx) (invoicing.Record, error) {
		was, err := selectRecord(ctx, tx, r.ID)
		if err != nil {
			return invoicing.Record{}, err
		}
		if binds(r.State) {
			if err := free(ctx, tx, &r); err != nil {
				return invoicing.Record{}, err
			}
		}
		row, err := values(&r)
		if err != nil {
			return invoicing.Record{}, err
		}
		if _, err := tx.ExecContext(ctx, updateRecord, append(row, r.ID)...); err != nil {
			return invoicing.Record{}, err
		}
		by := s.db.Author()
		if binds(was.State) && !binds(r.State) {
			if err := end(ctx, tx, &r, by.At); err != nil {
				return invoicing.Record{}, err
			}
		}
		if word := moved(&was, &r); word != "" {
			if err := by.Record(ctx, tx, "invoice", told(&r, word)); err != nil {
				return invoicing.Record{}, err
			}
		}
		return selectRecord(ctx, tx, r.ID)
	})
}

// end frees what an attempt has held that is none any more.
func end(ctx context.Context, tx *sql.Tx, r *invoicing.Record, at time.Time) error {
	if _, err := tx.ExecContext(ctx, `UPDATE invoice_task SET closed_at = ? WHERE invoice_id = ? AND closed_at IS NULL`, database.TimeText(at), r.ID); err != nil {
		return err
	}
	if r.State == invoicing.AttemptDeleted {
		if _, err := tx.ExecContext(ctx, `UPDATE seen_invoice SET gone = 1 WHERE remote_id = ?`, r.Remote); err != nil {
			return err
		}
	}
	return storedorders.Thaw(ctx, tx, orders.Key{Marketplace: r.Key.Marketplace, Package: r.Key.Package}, at.UTC().Truncate(time.Millisecond))
}

// noted are the states that the history tells of.
var noted = []invoicing.AttemptState{
	invoicing.AttemptUnknown, invoicing.AttemptDrafted, invoicing.AttemptIssued, invoicing.AttemptRejected, invoicing.AttemptLost, invoicing.AttemptDeleted,
}

// moved is what the history tells of a change, "" for nothing.
func moved(was, now *invoicing.Record) string {
	switch {
	case now.Linked && !was.Linked:
		return "linked"
	case now.State == was.State, !slices.Contains(noted, now.State), was.State == invoicing.AttemptDocumented && now.State == invoicing.AttemptIssued:
		return ""
	default:
		return string(now.State)
	}
}

// told is an invoice as the history tells it: of its buyer the name.
func told(r *invoicing.Record, state string) map[string]any {
	return map[string]any{
		"marketplace": r.Key.Marketplace, "package": r.Key.Package, "number": r.Number, "buyer": r.Buyer,
		"total": r.Amounts.Total.StringFixed(2) + " " + string(cmp.Or(r.Draft.Currency, domain.TRY)), "state": state,
	}
}

// Record gives the one of that ID. KindNotFound: there is none.
func (s Store) Record(ctx context.Context, id int64) (invoicing.Record, error) {
	return database.View(ctx, s.db, "read the invoice", func(tx *sql.Tx) (invoicing.Record, error) { return selectRecord(ctx, tx, id) })
}

// RecordsIn gives the whole attempts in those states, the oldest first.
func (s Store) RecordsIn(ctx context.Context, states ...invoicing.AttemptState) ([]invoicing.Record, error) {
	return database.View(ctx, s.db, "list invoices", func(tx *sql.Tx) ([]invoicing.Record, error) {
		text, err := database.JSONText(states)
		if err != nil {
			return nil, err
		}
		return selectRecords(ctx, tx, `WHERE i.state IN (SELECT value FROM json_each(?)) ORDER BY i.serial`, text)
	})
}

// Attempts gives every attempt, as the gate wants them, the oldest first.
func (s Store) Attempts(ctx context.Context) ([]invoicing.Attempt, error) {
	return database.View(ctx, s.db, "list attempts", func(tx *sql.Tx) ([]invoicing.Attempt, error) {
		return database.SelectAll(ctx, tx, func(a *invoicing.Attempt) []any {
			return []any{&a.Key.Company, &a.Key.Marketplace, &a.Key.Package, &a.Key.Direction, &a.State, &a.Fingerprint, database.JSONInto(&a.Lines)}
		}, `SELECT company, marketplace, package, direction, state, fingerprint, lines FROM invoice ORDER BY serial`)
	})
}

// SentSince tells whether an invoice that is formalised, or on its way to be, was sent at that time or later.
func (s Store) SentSince(ctx context.Context, at time.Time) (bool, error) {
	return database.View(ctx, s.db, "look what was sent", func(tx *sql.Tx) (bool, error) {
		return database.SelectValue[bool](ctx, tx, `SELECT EXISTS (SELECT 1 FROM invoice WHERE state IN ('formalising', 'issued', 'documented')
			AND sent_at >= ?)`, database.TimeText(at))
	})
}

// RecordsOf gives the attempts of an order, the oldest first.
func (s Store) RecordsOf(ctx context.Context, k orders.Key) ([]invoicing.Record, error) {
	return database.View(ctx, s.db, "list the invoices of an order", func(tx *sql.Tx) ([]invoicing.Record, error) {
		return selectRecords(ctx, tx, `WHERE i.marketplace = ? AND i.package = ? ORDER BY i.serial`, k.Marketplace, k.Package)
	})
}

// settingSerial is the row of the table of settings that a serial is raised to without an attempt.
const settingSerial = "invoice-serial"

// RaiseSerial makes the next attempt's serial greater than that, at least.
func (s Store) RaiseSerial(ctx context.Context, serial int64) error {
	return s.db.Update(ctx, "raise the serial of invoices", func(tx *sql.Tx) error {
		last, err := lastSerial(ctx, tx)
		if err != nil || serial <= last {
			return err
		}
		return settings.Save(ctx, tx, settingSerial, strconv.FormatInt(serial, 10))
	})
}

// LastSerial is the greatest serial there is, 0 before the first attempt.
func (s Store) LastSerial(ctx context.Context) (int64, error) {
	return database.View(ctx, s.db, "read the last serial", func(tx *sql.Tx) (int64, error) { return lastSerial(ctx, tx) })
}

func lastSerial(ctx context.Context, tx *sql.Tx) (int64, error) {
	return database.SelectValue[int64](ctx, tx, `SELECT max(coalesce((SELECT max(serial) FROM invoice), 0),
		coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = ?), 0))`, settingSerial)
}
