package transfer

import (
	"context"
	"database/sql"
	"iter"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// TypeProduct is İşbaşı's type of a product; a transfer reads no other.
const TypeProduct = 1

// remoteColumns are what a domain.RemoteProduct is read from, in the order of remoteTargets.
const remoteColumns = `r.remote_id, r.type, r.code, r.barcode, r.name, r.brand, r.unit, r.active,
	r.currency, r.price, r.stock, r.vat_rate, r.modified_at`

func remoteTargets(m *domain.RemoteProduct) []any {
	return []any{
		&m.ID, &m.Type, &m.Code, &m.Barcode, &m.Name, &m.Brand, &m.Unit, &m.Active,
		&m.Currency, &m.Price, &m.Stock, &m.VATRate, database.TimeInto(&m.ModifiedAt),
	}
}

// pendingColumns are what a plan goes by, in the order of pendingTargets: what was read of a row, and what was decided of it.
const pendingColumns = remoteColumns + `, r.transfer_id, r.tier, r.reason, r.candidates, r.flag, r.skipped,
	r.product_id, r.revision, r.outcome, r.decided`

func pendingTargets(r *transfer.Row) []any {
	return append(remoteTargets(&r.Remote),
		&r.RunID, &r.Tier, &r.Reason, &r.Candidates, &r.Flag, &r.Skipped, &r.ProductID, &r.Revision, &r.Outcome, &r.Decided)
}

// rowColumns are what a transfer.Row is read from, in the order of rowTargets.
const rowColumns = pendingColumns + `, r.notes, r.planned, r.becomes, r.planned_notes, r.before_price,
	r.before_currency, r.before_stock, r.after_price, r.after_currency, r.after_stock, r.applied_price,
	r.applied_currency, r.applied_stock`

func rowTargets(r *transfer.Row) []any {
	p := &r.Planned
	return append(pendingTargets(r),
		(*notes)(&r.Notes),
		&p.Outcome, &p.Becomes, (*notes)(&p.Notes),
		&p.Before.Price, &p.Before.Currency, &p.Before.Stock, &p.After.Price, &p.After.Currency, &p.After.Stock,
		&r.Applied.Price, &r.Applied.Currency, &r.Applied.Stock,
	)
}

// selectRows reads whole rows of a run; tail is the query from WHERE on, over the table as r.
func selectRows(ctx context.Context, tx *sql.Tx, tail string, args ...any) ([]transfer.Row, error) {
	return database.SelectAll(ctx, tx, rowTargets, `SELECT `+rowColumns+` FROM transfer_row r `+tail, args...)
}

// selectRow reads the row of an İşbaşı product in a run; ok is false when there is none.
func selectRow(ctx context.Context, tx *sql.Tx, run int64, remote domain.RemoteID, kind int) (r transfer.Row, ok bool, err error) {
	return database.SelectOne(ctx, tx, rowTargets, `SELECT `+rowColumns+` FROM transfer_row r
		WHERE r.transfer_id = ? AND r.remote_id = ? AND r.type = ?`, run, remote, kind)
}

// rowsAtOnce is how many rows of a run are in memory while all of them are gone through.
const rowsAtOnce = 500

// stepRows yields the rows of a run that are such, some at a time, in the order of reading. Whoever is given them may write:
// no query is open meanwhile.
func stepRows(ctx context.Context, tx *sql.Tx, run int64, columns string, targets func(*transfer.Row) []any, such string) iter.Seq2[[]transfer.Row, error] {
	return func(yield func([]transfer.Row, error) bool) {
		var after any // the row before the step; null before the first
		for {
			rows, err := database.SelectAll(ctx, tx, targets, `SELECT `+columns+` FROM transfer_row r WHERE r.transfer_id = ? AND `+such+` AND r.id > coalesce(
					(SELECT id FROM transfer_row WHERE transfer_id = ? AND remote_id = ? AND type = ?), 0)
				ORDER BY r.id LIMIT ?`, run, run, after, TypeProduct, rowsAtOnce)
			if err != nil {
				yield(nil, err)
				return
			}
			if len(rows) > 0 {
				after = rows[len(rows)-1].Remote.ID
			}
			whole := len(rows) == rowsAtOnce // they are whoever's is given them
			if len(rows) > 0 && !yield(rows, nil) || !whole {
				return
			}
		}
	}
}

// Rows gives one page of a run's rows, with their partners' names, and how many rows there are in all.
// Every word of Search has to be in the name, code or barcode. A Limit of 0 means all of them.
func (s Store) Rows(ctx context.Context, q transfer.Query) ([]transfer.Listed, int, error) {
	before := s.db.State()
	return database.ViewBoth(ctx, s.db, "list rows", func(tx *sql.Tx) ([]transfer.Listed, int, error) {
		listing, err := rowListing(ctx, tx, q)
		if err != nil {
			return nil, 0, err
		}
		ids, total, err := s.rows.Page(ctx, tx, before, listing)
		if err != nil || len(ids) == 0 {
			return nil, total, err
		}
		page, err := database.JSONText(ids)
		if err != nil {
			return nil, 0, err
		}
		listed, err := database.SelectAll(ctx, tx, listedTargets, `SELECT `+listedColumns+` FROM json_each(?) AS page
			CROSS JOIN transfer_row r ON r.id = page.value LEFT JOIN product p ON p.id = r.product_id ORDER BY page.key`, page)
		return listed, total, err
	})
}

// searchedText is the text that a row is searched in.
const searchedText = `fold(r.name || ' ' || r.code || ' ' || r.barcode)`

// rowListing is a query of rows. What was read of them does not change any more once all is read, whatever becomes of them.
func rowListing(ctx context.Context, tx *sql.Tx, q transfer.Query) (database.Listing, error) {
	read, _, err := database.SelectOne(ctx, tx, database.Itself[string],
		`SELECT coalesce(read_at, '') FROM transfer WHERE id = ? AND phase <> ?`, q.RunID, transfer.PhaseRead)
	l := database.Listing{
		ID: `r.id`, Text: searchedText, From: `transfer_row r`, All: database.Clause{SQL: `r.transfer_id = ?`, Args: []any{q.RunID}}, Rows: rowsOf(q),
		Desc: q.Desc, TextsHold: read, Words: database.Words(q.Search), Limit: q.Limit, Offset: q.Offset,
	}
	switch q.Sort {
	case transfer.SortName, transfer.SortCode, transfer.SortBarcode, transfer.SortPrice, transfer.SortStock:
		l.Order, l.OrderHolds = rowOrder(q), read
	case transfer.SortReason:
		l.Order = rowOrder(q)
	}
	return l, err
}

// FirstPlanned gives the first n rows of a run's plan, applied or not, in the order of reading.
func (s Store) FirstPlanned(ctx context.Context, run int64, n int) ([]transfer.Listed, error) {
	return database.View(ctx, s.db, "list planned rows", func(tx *sql.Tx) ([]transfer.Listed, error) {
		return selectListed(ctx, tx, `WHERE r.transfer_id = ? AND r.planned <> '' ORDER BY r.id LIMIT ?`, run, n)
	})
}

// listedColumns are what a transfer.Listed is read from, over the tables as r and p, in the order of listedTargets.
const listedColumns = rowColumns + `, coalesce(p.name, ''), coalesce(p.code, '')`

func listedTargets(l *transfer.Listed) []any {
	return append(rowTargets(&l.Row), &l.ProductName, &l.ProductCode)
}

// selectListed reads rows with their partners' names; tail is the query from WHERE on, over the tables as r and p.
func selectListed(ctx context.Context, tx *sql.Tx, tail string, args ...any) ([]transfer.Listed, error) {
	return database.SelectAll(ctx, tx, listedTargets, `SELECT `+listedColumns+` FROM transfer_row r LEFT JOIN product p ON p.id = r.product_id `+tail, args...)
}

// rowsOf is the condition of a query but for its search.
func rowsOf(q transfer.Query) database.Clause {
	where, args := `r.transfer_id = ?`, []any{q.RunID}
	switch {
	case q.Deviating: // as transfer.Row.Deviation; money is stored in one form, so text compares as numbers do
		where += ` AND r.outcome <> 'pending' AND r.planned <> '' AND (r.outcome <> r.planned OR r.applied_price IS NOT r.after_price
			OR r.applied_currency <> r.after_currency OR r.applied_stock IS NOT r.after_stock)`
	case q.Part != transfer.PartAll:
		where, args = where+` AND r.outcome = ? `+partFilter(q.Part), append(args, transfer.OutcomeUnmatched)
	case q.Attention:
		where += ` AND (r.outcome IN ('unmatched', 'failed')
			OR r.outcome = 'matched' AND (r.notes <> '' OR r.flag NOT IN ('', 'not-gtin')))`
	case q.Transferred:
		where += ` AND r.outcome IN ('matched', 'unmatched')`
	case q.Outcome == "":
		where += ` AND r.outcome IN ('matched', 'unmatched', 'skipped', 'failed')`
	default:
		where, args = where+` AND r.outcome = ?`, append(args, q.Outcome)
	}
	return database.Clause{SQL: where, Args: args}
}

// partFilter narrows unmatched rows down to a part of them.
func partFilter(p transfer.Part) string {
	const undecided = ` AND r.decided = '' AND r.product_id = 0`
	switch p {
	case transfer.PartUndecided:
		return undecided
	case transfer.PartConflict:
		return undecided + ` AND r.reason = 'conflict'`
	case transfer.PartAmbiguous:
		return undecided + ` AND r.reason IN ('ambiguous', 'repeated-remote', 'repeated-local')`
	case transfer.PartIgnored:
		return ` AND r.decided = 'ignore'`
	case transfer.PartAll:
		return ``
	default:
		return undecided + groupFilter(p)
	}
}

// rowOrder is the ORDER BY of a query. What is absent comes last, and equal rows stay in the order of
// reading, so that pages never overlap.
func rowOrder(q transfer.Query) string {
	switch q.Sort {
	case transfer.SortName:
		return database.Ordered(q.Desc, `sort_key(r.name)`, `r.id`)
	case transfer.SortCode:
		return `r.code = '', ` + database.Ordered(q.Desc, `sort_key(r.code)`, `r.id`)
	case transfer.SortBarcode:
		return `r.barcode = '', ` + database.Ordered(q.Desc, `r.barcode`, `r.id`)
	case transfer.SortPrice:
		return `r.price IS NULL, ` + database.Ordered(q.Desc, `CAST(r.price AS REAL)`, `r.id`)
	case transfer.SortStock:
		return `r.stock IS NULL, ` + database.Ordered(q.Desc, `CAST(r.stock AS REAL)`, `r.id`)
	case transfer.SortReason:
		return database.Ordered(q.Desc, `r.reason`, `r.tier`, `r.id`)
	default:
		return database.Ordered(q.Desc, `r.id`)
	}
}

// notes are stored as their names with commas between them.
type notes []transfer.Note

func (n notes) text() string {
	names := make([]string, len(n))
	for i, note := range n {
		names[i] = string(note)
	}
	return strings.Join(names, ",")
}

// Scan implements sql.Scanner.
func (n *notes) Scan(src any) error {
	var s sql.NullString
	if err := s.Scan(src); err != nil {
		return err
	}
	*n = nil
	if s.String == "" {
		return nil
	}
	for name := range strings.SplitSeq(s.String, ",") {
		*n = append(*n, transfer.Note(name))
	}
	return nil
}

// listedRows gives rows of a run by their İşbaşı ids.
func listedRows(ctx context.Context, tx *sql.Tx, run int64, ids []domain.RemoteID) (map[domain.RemoteID]transfer.Listed, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := database.JSONText(ids)
	if err != nil {
		return nil, err
	}
	listed, err := selectListed(ctx, tx, `WHERE r.transfer_id = ? AND r.remote_id IN (SELECT value FROM json_each(?)) AND r.type = ?`, run, list, TypeProduct)
	byID := make(map[domain.RemoteID]transfer.Listed, len(listed))
	for _, l := range listed {
		byID[l.Remote.ID] = l
	}
	return byID, err
}

// EachRow yields all rows of q, whatever its Limit and Offset, in the order of Rows, from one snapshot: what
// is decided meanwhile neither adds nor loses a row. An error comes at most once, last.
func (s Store) EachRow(ctx context.Context, q transfer.Query) iter.Seq2[transfer.Listed, error] {
	rows := rowsOf(q)
	words, needles := database.WordFilter(searchedText, q.Search)
	return database.ViewSeq(ctx, s.db, "list rows", func(tx *sql.Tx) iter.Seq2[transfer.Listed, error] {
		return database.SelectSeq(ctx, tx, listedTargets, `SELECT `+listedColumns+` FROM transfer_row r LEFT JOIN product p ON p.id = r.product_id
			WHERE `+rows.SQL+words+` ORDER BY `+rowOrder(q), append(rows.Args, needles...)...)
	})
}
