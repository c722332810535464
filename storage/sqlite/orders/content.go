package orders

import (
	"cmp"
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// contentColumns are what an order says, with what is made of it, in the order of content.
const contentColumns = `marketplace, marketplace_sort, package, number, number_sort, status, word, ordered_at, shipped_at, delivered_at, currency,
	buyer, buyer_sort, lines, discount, stated_total, refunded, micro, fingerprint, search_fold, source, file, said, never, total, changed_at`

const (
	insertOrder = `INSERT INTO sales_order (` + contentColumns + `, added_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	// replaceOrder puts another content in the place of an order's: nobody has judged that yet.
	replaceOrder = `UPDATE sales_order SET (` + contentColumns + `) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?),
		later = 'null', ` + unjudged + ` WHERE id = ?`
	// unjudged: what was judged of the order does not hold any more.
	unjudged = `stage = 'held', reasons = '[]', warnings = '[]', judged_at = NULL`
)

// content gives the values of contentColumns.
func content(k *orders.Kept, at time.Time) ([]any, error) {
	standing := k.Standing()
	said, err := database.JSONText(k.Said)
	if err != nil {
		return nil, err
	}
	buyer, err := database.JSONText(k.Buyer)
	if err != nil {
		return nil, err
	}
	lines, err := database.JSONText(k.Lines)
	return []any{
		k.Marketplace, domain.SortKey(k.Marketplace), k.Package, k.Number, domain.SortKey(k.Number), k.Status, k.Word,
		database.TimeText(k.OrderedAt), database.TimeText(k.ShippedAt), database.TimeText(k.DeliveredAt), k.Currency,
		buyer, domain.SortKey(named(&standing.Buyer)), lines, k.Discount, k.StatedTotal, k.Refunded, k.Micro, k.Fingerprint(), searched(&standing),
		k.Source, k.From, said, k.Said.Never, standing.Total(), database.TimeText(at),
	}, err
}

// named is the name under which a buyer is listed.
func named(b *orders.Buyer) string {
	person := strings.TrimSpace(b.First + " " + b.Last)
	if b.Type == orders.BuyerCompany {
		return cmp.Or(b.Name, person)
	}
	return cmp.Or(person, b.Name)
}

// searched is the text that an order is searched in, a line for each part.
func searched(o *orders.Order) string {
	b := &o.Buyer
	parts := []string{o.Marketplace, o.Package, o.Number, b.First + " " + b.Last, b.Name, b.TaxNumber}
	for _, l := range o.Lines {
		parts = append(parts, l.Name)
	}
	for i, p := range parts {
		parts[i] = domain.Fold(p)
	}
	return strings.Join(parts, "\n")
}

// insert stores a new order by the statement insertOrder and gives its ID.
func insert(ctx context.Context, prepared database.Statement, k *orders.Kept, at time.Time) (int64, error) {
	values, err := content(k, at)
	if err != nil {
		return 0, err
	}
	res, err := prepared.ExecContext(ctx, append(values, database.TimeText(at))...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// replace puts what a source says now in the place of what it said before. What people say of lines ends when they are
// others.
func replace(ctx context.Context, tx *sql.Tx, id int64, before []orders.Line, k *orders.Kept, at time.Time) error {
	if !sameLines(before, k.Lines) {
		k.Said.Lines, k.Said.Added = nil, nil
	}
	values, err := content(k, at)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, replaceOrder, append(values, id)...)
	return err
}

// sameLines tells whether each line says what it said in the same place before.
func sameLines(a, b []orders.Line) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		before, now := orders.Order{Lines: a[i : i+1]}, orders.Order{Lines: b[i : i+1]}
		if before.Fingerprint() != now.Fingerprint() {
			return false
		}
	}
	return true
}

// Thaw puts what the source of an order has said since it was invoiced in the place of what was, once no attempt of it is
// open or stands.
func Thaw(ctx context.Context, tx *sql.Tx, k orders.Key, at time.Time) error {
	type frozen struct {
		id       int64
		order    orders.Kept
		progress progress
	}
	f, ok, err := database.SelectOne(ctx, tx, func(f *frozen) []any {
		return append([]any{
			&f.id, &f.order.Source, &f.order.From, database.JSONInto(&f.order.Said), database.JSONInto(&f.order.Lines), database.JSONInto(&f.order.Later),
		}, f.progress.targets()...)
	}, `SELECT id, source, file, said, lines, later, status, word, shipped_at, delivered_at, refunded
		FROM sales_order WHERE marketplace = ? AND package = ? AND later <> 'null'`, k.Marketplace, k.Package)
	if err != nil || !ok {
		return err
	}
	now := f.order
	now.Order = *f.order.Later
	f.progress.put(&now.Order)
	return replace(ctx, tx, f.id, f.order.Lines, &now, at)
}
