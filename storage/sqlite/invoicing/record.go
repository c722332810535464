package invoicing

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// changing are the columns of a record that whoever works on it may change, in the order of values: not its serial, and not
// what a source has said since, which is stored when that is read.
const changing = `order_id, company, marketplace, package, direction, state, fingerprint, lines, token, draft, day, amounts, total, kind, tax_number,
	buyer, buyer_sort, formalise, remote_id, uuid, number, number_fold, number_sort, scenario, status_text, cancelled, read_total, cause, detail, missed,
	missed_at, linked, search_fold, intent_at, sent_at, asked_at, issued_at`

const (
	insertRecord = `INSERT INTO invoice (` + changing + `, serial)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	updateRecord = `UPDATE invoice SET (` + changing + `) =
		(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?`
)

func values(r *invoicing.Record) ([]any, error) {
	lines, err := database.JSONText(r.Lines)
	if err != nil {
		return nil, err
	}
	draft, err := database.JSONText(r.Draft)
	if err != nil {
		return nil, err
	}
	amounts, err := database.JSONText(r.Amounts)
	return []any{
		r.Order, r.Key.Company, r.Key.Marketplace, r.Key.Package, r.Key.Direction, r.State, r.Fingerprint, lines, r.Token, draft, dayText(r.Draft.Date),
		amounts, r.Amounts.Total, r.Kind, r.TaxNumber, r.Buyer, domain.SortKey(r.Buyer), r.Formalise, r.Remote, r.UUID, r.Number, domain.Fold(r.Number),
		domain.SortKey(r.Number), r.Scenario, r.StatusText, r.Cancelled, r.Read, r.Cause, r.Detail, r.Missed, database.TimeText(r.MissedAt), r.Linked,
		searched(r), database.TimeText(r.IntentAt), database.TimeText(r.SentAt), database.TimeText(r.AskedAt), database.TimeText(r.IssuedAt),
	}, err
}

// columns are what an invoicing.Record is read from, over the table as i, in the order of targets.
const columns = `i.id, i.serial, i.order_id, i.company, i.marketplace, i.package, i.direction, i.state, i.fingerprint, i.lines, i.token, i.draft, i.amounts,
	i.kind, i.tax_number, i.buyer, i.formalise, i.remote_id, i.uuid, i.number, i.scenario, i.status_text, i.cancelled, i.read_total, i.cause, i.detail,
	i.missed, i.missed_at, i.linked, i.changed, i.intent_at, i.sent_at, i.asked_at, i.issued_at`

func targets(r *invoicing.Record) []any {
	return []any{
		&r.ID, &r.Serial, &r.Order, &r.Key.Company, &r.Key.Marketplace, &r.Key.Package, &r.Key.Direction, &r.State, &r.Fingerprint,
		database.JSONInto(&r.Lines), &r.Token,
		draftInto{&r.Draft},
		database.JSONInto(&r.Amounts),
		&r.Kind, &r.TaxNumber, &r.Buyer, &r.Formalise, &r.Remote, &r.UUID, &r.Number, &r.Scenario, &r.StatusText, &r.Cancelled, &r.Read, &r.Cause, &r.Detail,
		&r.Missed, database.TimeInto(&r.MissedAt), &r.Linked, &r.Changed,
		database.TimeInto(&r.IntentAt), database.TimeInto(&r.SentAt), database.TimeInto(&r.AskedAt), database.TimeInto(&r.IssuedAt),
	}
}

// draftInto scans a draft, whose date is in Istanbul again.
type draftInto struct{ d *domain.InvoiceDraft }

// Scan implements sql.Scanner.
func (v draftInto) Scan(src any) error {
	err := database.JSONInto(v.d).Scan(src)
	v.d.Date = inIstanbul(v.d.Date)
	return err
}

func inIstanbul(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(domain.Istanbul)
}

// dayText is the day of t in Istanbul as it is stored; that of no day comes before all others.
func dayText(t time.Time) string { return inIstanbul(t).Format(time.DateOnly) }

// kindNames are how people call the kinds: names, the same in every language.
var kindNames = map[domain.InvoiceKind]string{
	domain.InvoiceEInvoice: "e-Fatura", domain.InvoiceEArchive: "e-Arşiv", domain.InvoiceEArchiveForInternet: "e-Arşiv internet",
}

// searched is the text that an invoice is searched in, a line for each part.
func searched(r *invoicing.Record) string {
	parts := []string{r.Number, r.Buyer, r.Key.Package, string(r.Kind), kindNames[r.Kind]}
	for i, p := range parts {
		parts[i] = domain.Fold(p)
	}
	return strings.Join(parts, "\n")
}

// selectRecords reads records; tail is the query from WHERE on, over the table as i.
func selectRecords(ctx context.Context, tx *sql.Tx, tail string, args ...any) ([]invoicing.Record, error) {
	return database.SelectAll(ctx, tx, targets, `SELECT `+columns+` FROM invoice i `+tail, args...)
}

// selectRecord reads the record of that ID. KindNotFound: there is none.
func selectRecord(ctx context.Context, tx *sql.Tx, id int64) (invoicing.Record, error) {
	r, ok, err := database.SelectOne(ctx, tx, targets, `SELECT `+columns+` FROM invoice i WHERE i.id = ?`, id)
	if err == nil && !ok {
		err = domain.E(domain.KindNotFound, fmt.Sprintf("find invoice %d", id), nil)
	}
	return r, err
}
