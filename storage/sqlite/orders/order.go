package orders

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

const (
	// from joins an order with its attempt that is open or stands, of which there is one at most.
	from   = ` FROM ` + tables
	tables = `sales_order o LEFT JOIN invoice i ON i.marketplace = o.marketplace AND i.package = o.package AND i.direction = 'sale'
		AND i.state NOT IN ('rejected', 'lost', 'deleted')`
	// invoiced tells that the attempt stands at İşbaşı, be it as a draft.
	invoiced = `coalesce(i.state NOT IN ('intent', 'unknown'), 0)`
	// stage is where an order stands: what an attempt or a task says of it goes before what was judged of it.
	stage = `CASE WHEN NOT ` + invoiced + ` THEN iif(o.never OR ` + over + `, 'never', o.stage)
		WHEN EXISTS (SELECT 1 FROM invoice_task t WHERE t.invoice_id = i.id AND t.closed_at IS NULL) THEN 'task' ELSE 'invoiced' END`
	// over is what orders.Status.Over says.
	over = `o.status IN ('cancelled', 'returned', 'undelivered', 'split_parent', 'test')`
	// invoice is the number of the invoice that stands.
	invoice = `iif(` + invoiced + `, i.number, '')`
	// draft tells that it is one that was not issued yet.
	draft = `coalesce(i.state IN ('drafted', 'checked', 'mismatch', 'deleting'), 0)`
)

// columns are what an orders.Kept is read from, over the tables of from, in the order of targets.
const columns = `o.id, o.marketplace, o.package, o.number, o.status, o.word, o.ordered_at, o.shipped_at, o.delivered_at, o.currency,
	o.buyer, o.lines, o.discount, o.stated_total, o.refunded, o.micro, o.source, o.file, o.added_at, o.changed_at, o.said, o.later,
	` + stage + `, o.reasons, o.warnings, o.total, o.judged_at, ` + invoice + `, ` + draft + `, o.wish`

func targets(k *orders.Kept) []any {
	v := &k.Verdict
	return []any{
		&k.ID, &k.Marketplace, &k.Package, &k.Number, &k.Status, &k.Word,
		database.TimeInto(&k.OrderedAt), database.TimeInto(&k.ShippedAt), database.TimeInto(&k.DeliveredAt), &k.Currency,
		database.JSONInto(&k.Buyer), database.JSONInto(&k.Lines), &k.Discount, &k.StatedTotal, &k.Refunded, &k.Micro,
		&k.Source, &k.From, database.TimeInto(&k.AddedAt), database.TimeInto(&k.ChangedAt), database.JSONInto(&k.Said), database.JSONInto(&k.Later),
		&v.Stage, database.JSONInto(&v.Reasons), database.JSONInto(&v.Warnings), &v.Total, database.TimeInto(&v.At), &v.Invoice, &v.Draft, &v.Queued,
	}
}

// selectOrders reads whole orders with the products of their lines; tail is the query behind from.
func selectOrders(ctx context.Context, tx *sql.Tx, tail string, args ...any) ([]orders.Kept, error) {
	list, err := database.SelectAll(ctx, tx, targets, `SELECT `+columns+from+tail, args...)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Said.InvoiceDate = domain.Day(list[i].Said.InvoiceDate) // in its zone again
	}
	return list, addProducts(ctx, tx, list)
}

// selectOrder reads the order that tail, which is behind from, finds. KindNotFound: there is none.
func selectOrder(ctx context.Context, tx *sql.Tx, what, tail string, args ...any) (orders.Kept, error) {
	list, err := selectOrders(ctx, tx, tail, args...)
	switch {
	case err != nil:
		return orders.Kept{}, err
	case len(list) == 0:
		return orders.Kept{}, domain.E(domain.KindNotFound, "find order "+what, nil)
	default:
		return list[0], nil
	}
}

// Order gives the order of that key, whole, with the products of its lines. KindNotFound: there is none.
func (s Store) Order(ctx context.Context, k orders.Key) (orders.Kept, error) {
	return database.View(ctx, s.db, "read the order", func(tx *sql.Tx) (orders.Kept, error) { return byKey(ctx, tx, k) })
}

func byKey(ctx context.Context, tx *sql.Tx, k orders.Key) (orders.Kept, error) {
	return selectOrder(ctx, tx, k.Marketplace+" "+k.Package, ` WHERE o.marketplace = ? AND o.package = ?`, k.Marketplace, k.Package)
}

func byID(ctx context.Context, tx *sql.Tx, id int64) (orders.Kept, error) {
	return selectOrder(ctx, tx, fmt.Sprint(id), ` WHERE o.id = ?`, id)
}

// oldest is the order in which orders go out.
const oldest = `o.ordered_at IS NULL, o.ordered_at, o.id`

// Uninvoiced gives the orders, whole, of which no attempt stands at İşbaşı and that nobody has said are never invoiced:
// those of keys, all where none is given. The oldest order is first.
func (s Store) Uninvoiced(ctx context.Context, keys ...orders.Key) ([]orders.Kept, error) {
	return database.View(ctx, s.db, "list orders without an invoice", func(tx *sql.Tx) ([]orders.Kept, error) {
		where, args := ` WHERE o.never = 0 AND NOT `+invoiced, []any{}
		if len(keys) > 0 {
			pairs := make([][2]string, len(keys))
			for i, k := range keys {
				pairs[i] = [2]string{k.Marketplace, k.Package}
			}
			text, err := database.JSONText(pairs)
			if err != nil {
				return nil, err
			}
			where, args = where+` AND (o.marketplace, o.package) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))`, append(args, text)
		}
		return selectOrders(ctx, tx, where+` ORDER BY `+oldest, args...)
	})
}
