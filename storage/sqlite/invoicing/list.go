package invoicing

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// ListInvoices gives one page of the invoices and how many the query finds. Those of which nobody knows come first.
func (s Store) ListInvoices(ctx context.Context, q invoicing.RecordQuery) ([]invoicing.Record, int, error) {
	return database.ViewBoth(ctx, s.db, "list invoices", func(tx *sql.Tx) ([]invoicing.Record, int, error) {
		where, args, err := filter(q)
		if err != nil {
			return nil, 0, err
		}
		total, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM invoice i `+where, args...)
		if err != nil || total <= q.Offset {
			return nil, total, err
		}
		// The sort runs over ids alone; whole records are read for the page only.
		list, err := selectRecords(ctx, tx, `WHERE i.id IN (SELECT i.id FROM invoice i `+where+` ORDER BY `+order(q)+` LIMIT ? OFFSET ?) ORDER BY `+order(q),
			append(args, database.Limit(q.Limit), q.Offset)...)
		return list, total, err
	})
}

// EachInvoice yields all invoices of q, whatever its Limit and Offset, in the order of ListInvoices, from one snapshot. An
// error comes at most once, last.
func (s Store) EachInvoice(ctx context.Context, q invoicing.RecordQuery) iter.Seq2[invoicing.Record, error] {
	return database.ViewSeq(ctx, s.db, "list invoices", func(tx *sql.Tx) iter.Seq2[invoicing.Record, error] {
		where, args, err := filter(q)
		if err != nil {
			return func(yield func(invoicing.Record, error) bool) { yield(invoicing.Record{}, err) }
		}
		return database.SelectSeq(ctx, tx, targets, `SELECT `+columns+` FROM invoice i `+where+` ORDER BY `+order(q), args...)
	})
}

func filter(q invoicing.RecordQuery) (where string, args []any, err error) {
	where = `WHERE true`
	if states := q.Group.States(); states != nil {
		text, err := database.JSONText(states)
		if err != nil {
			return "", nil, err
		}
		where, args = where+` AND i.state IN (SELECT value FROM json_each(?))`, append(args, text)
	}
	words, needles := database.WordFilter(`i.search_fold`, q.Search)
	return where + words, append(args, needles...), nil
}

// lived is the place of a state in an attempt's life (invoicing.AttemptStates).
const lived = `instr('intent unknown drafted checked mismatch formalising issued documented deleting rejected lost deleted', i.state)`

// order is the ORDER BY of a query. Those of which nobody knows come first, what is absent last, and equal ones in the order
// in which they were made, so that pages never overlap.
func order(q invoicing.RecordQuery) string {
	const unknown = `i.state NOT IN ('intent', 'unknown'), `
	switch desc := !q.Asc; q.Sort {
	case invoicing.RecordsByNumber:
		return unknown + `i.number = '', ` + database.Ordered(desc, `i.number_sort`, `i.id`)
	case invoicing.RecordsByDate:
		return unknown + database.Ordered(desc, `i.day`, `i.id`)
	case invoicing.RecordsByBuyer:
		return unknown + database.Ordered(desc, `i.buyer_sort`, `i.id`)
	case invoicing.RecordsByKind:
		return unknown + database.Ordered(desc, `i.kind`, `i.id`)
	case invoicing.RecordsByTotal:
		return unknown + database.Ordered(desc, `CAST(i.total AS REAL)`, `i.id`)
	case invoicing.RecordsByState:
		return unknown + database.Ordered(desc, lived, `i.id`)
	default:
		return unknown + database.Ordered(desc, `i.id`)
	}
}

// InvoiceGroups counts the invoices by group; RecordsAll has all of them.
func (s Store) InvoiceGroups(ctx context.Context) (map[invoicing.RecordGroup]int, error) {
	return database.View(ctx, s.db, "count invoices", func(tx *sql.Tx) (map[invoicing.RecordGroup]int, error) {
		states, err := database.SelectMap(ctx, tx, database.Keyed[invoicing.AttemptState, int], `SELECT state, count(*) FROM invoice GROUP BY state`)
		if err != nil {
			return nil, err
		}
		groups := map[invoicing.RecordGroup]int{}
		for _, g := range []invoicing.RecordGroup{
			invoicing.RecordsUnknown, invoicing.RecordsDrafts, invoicing.RecordsIssued, invoicing.RecordsRejected, invoicing.RecordsGone,
		} {
			for _, state := range g.States() {
				groups[g] += states[state]
				groups[invoicing.RecordsAll] += states[state]
			}
		}
		return groups, nil
	})
}

// MonthRecords gives the invoices that are formalised and dated from the one day on to before the other, by day and number.
func (s Store) MonthRecords(ctx context.Context, from, to time.Time) ([]invoicing.Record, error) {
	return database.View(ctx, s.db, "list the invoices of a month", func(tx *sql.Tx) ([]invoicing.Record, error) {
		return selectRecords(ctx, tx, `WHERE i.state IN ('issued', 'documented') AND i.day >= ? AND i.day < ? ORDER BY i.day, i.number_sort, i.id`,
			dayText(from), dayText(to))
	})
}
