package invoicing

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// SeeInvoices stores rows of İşbaşı's list as they stand now; what was read of their descriptions stays.
func (s Store) SeeInvoices(ctx context.Context, rows []domain.Invoice, at time.Time) error {
	return s.db.Update(ctx, "store what İşbaşı's invoices are", func(tx *sql.Tx) error {
		var see database.Statement
		if err := database.PrepareAll(ctx, tx, database.Prepare(&see, `INSERT INTO seen_invoice (remote_id, remote_number, day, kind, "row", seen_at)
			VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET day = excluded.day, kind = excluded.kind, "row" = excluded."row",
			seen_at = excluded.seen_at, gone = 0`)); err != nil {
			return err
		}
		for _, row := range rows {
			text, err := database.JSONText(row)
			if err != nil {
				return err
			}
			number, err := strconv.ParseInt(string(row.ID), 10, 64)
			if err != nil {
				number = 0 // an id that is a text
			}
			if _, err := see.ExecContext(ctx, row.ID, number, dayText(row.Date), row.Kind, text, database.TimeText(at)); err != nil {
				return err
			}
		}
		return nil
	})
}

// SeeTokens stores which tokens an invoice's description holds, none too: it was read. Of an invoice that was never seen
// in the list nothing is kept.
func (s Store) SeeTokens(ctx context.Context, id domain.RemoteID, tokens []invoicing.Token) error {
	text, err := database.JSONText(tokens)
	if err != nil {
		return err
	}
	return s.db.Execute(ctx, "store the tokens of an invoice", `UPDATE seen_invoice SET read = 1, tokens = ? WHERE remote_id = ?`, text, id)
}

// SeenInvoices gives the seen invoices dated on or after day, those whose tokens are not read included, by ID.
func (s Store) SeenInvoices(ctx context.Context, day time.Time) ([]issuing.Seen, error) {
	return s.seen(ctx, `v.day >= ?`, dayText(day))
}

func (s Store) seen(ctx context.Context, such string, args ...any) ([]issuing.Seen, error) {
	return database.View(ctx, s.db, "list İşbaşı's invoices", func(tx *sql.Tx) ([]issuing.Seen, error) {
		return database.SelectAll(ctx, tx, func(v *issuing.Seen) []any {
			return []any{rowInto{&v.Invoice}, &v.Read, database.JSONInto(&v.Tokens), database.TimeInto(&v.SeenAt), &v.Ours}
		}, `SELECT v."row", v.read, v.tokens, v.seen_at, coalesce((SELECT max(i.id) FROM invoice i WHERE i.remote_id <> '' AND i.remote_id = v.remote_id), 0)
			FROM seen_invoice v WHERE v.gone = 0 AND `+such+` ORDER BY v.remote_number, v.remote_id`, args...)
	})
}

// rowInto scans an invoice, whose date is in Istanbul again.
type rowInto struct{ i *domain.Invoice }

// Scan implements sql.Scanner.
func (v rowInto) Scan(src any) error {
	err := database.JSONInto(v.i).Scan(src)
	v.i.Date = inIstanbul(v.i.Date)
	return err
}

// LastSeen gives the greatest ID ever seen as a number, 0 for none, and when the newest of each kind is dated.
func (s Store) LastSeen(ctx context.Context) (id int64, latest map[domain.InvoiceKind]time.Time, err error) {
	return database.ViewBoth(ctx, s.db, "find İşbaşı's newest invoices", func(tx *sql.Tx) (int64, map[domain.InvoiceKind]time.Time, error) {
		id, err := database.SelectValue[int64](ctx, tx, `SELECT coalesce(max(remote_number), 0) FROM seen_invoice`)
		if err != nil {
			return 0, nil, err
		}
		rows, err := database.SelectAll(ctx, tx, func(i *domain.Invoice) []any { return []any{rowInto{i}} },
			`SELECT "row" FROM seen_invoice WHERE gone = 0 AND (kind, day) IN (SELECT kind, max(day) FROM seen_invoice WHERE gone = 0 GROUP BY kind)`)
		if err != nil {
			return 0, nil, err
		}
		latest := map[domain.InvoiceKind]time.Time{}
		for _, r := range rows {
			if r.Date.After(latest[r.Kind]) {
				latest[r.Kind] = r.Date
			}
		}
		return id, latest, nil
	})
}

// Taxpayers gives what was answered of those numbers after then.
func (s Store) Taxpayers(ctx context.Context, after time.Time, numbers []string) (map[string]bool, error) {
	return database.View(ctx, s.db, "read what is known of taxpayers", func(tx *sql.Tx) (map[string]bool, error) {
		text, err := database.JSONText(numbers)
		if err != nil {
			return nil, err
		}
		return database.SelectMap(ctx, tx, database.Keyed[string, bool], `SELECT number, registered FROM taxpayer
			WHERE number IN (SELECT value FROM json_each(?)) AND at > coalesce(?, '')`, text, database.TimeText(after))
	})
}

// SaveTaxpayer stores an answer.
func (s Store) SaveTaxpayer(ctx context.Context, t domain.Taxpayer, at time.Time) error {
	return s.db.Execute(ctx, "store what is known of a taxpayer", `INSERT INTO taxpayer (number, registered, at) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET registered = excluded.registered, at = excluded.at`, t.Number, t.Registered, database.TimeText(at))
}
