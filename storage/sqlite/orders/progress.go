package orders

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// progress is what moves of an order without its being another one.
type progress struct {
	status             orders.Status
	word               string
	shipped, delivered time.Time
	refunded           decimal.Decimal
}

func progressOf(o *orders.Order) progress {
	return progress{o.Status, o.Word, o.ShippedAt, o.DeliveredAt, o.Refunded}
}

func (p *progress) targets() []any {
	return []any{&p.status, &p.word, database.TimeInto(&p.shipped), database.TimeInto(&p.delivered), &p.refunded}
}

// put is p in the place of the order's own.
func (p *progress) put(o *orders.Order) {
	o.Status, o.Word, o.ShippedAt, o.DeliveredAt, o.Refunded = p.status, p.word, p.shipped, p.delivered, p.refunded
}

// way are the states of an order in the order in which it goes through them.
var way = []orders.Status{
	orders.StatusUnknown, orders.StatusUnpaid, orders.StatusOpen, orders.StatusOK,
	orders.StatusUndelivered, orders.StatusReturned, orders.StatusCancelled, orders.StatusSplitParent, orders.StatusTest,
}

// merged is what p and now say together, whichever of them was read first: files are read in any order, and an older
// one must not wake an order that is cancelled or returned; the word may be the same then, for another column said so. Of
// one that is not, a word that nobody has explained counts, and a new explanation of the same one, unless it is older.
func (p *progress) merged(now progress) progress {
	m := *p
	before, after := slices.Index(way, p.status), slices.Index(way, now.status)
	age := cmp.Or(now.delivered.Compare(p.delivered), now.shipped.Compare(p.shipped))
	said := now.status == orders.StatusUnknown || now.word == p.word
	if after > before || after == before && age > 0 || said && age >= 0 && before <= slices.Index(way, orders.StatusOK) {
		m.status, m.word = now.status, now.word
	}
	if now.shipped.After(m.shipped) {
		m.shipped = now.shipped
	}
	if now.delivered.After(m.delivered) {
		m.delivered = now.delivered
	}
	m.refunded = decimal.Max(m.refunded, now.refunded)
	return m
}

// same tells whether p and o say the same.
func (p *progress) same(o progress) bool {
	return p.status == o.status && p.word == o.word && p.shipped.Equal(o.shipped) && p.delivered.Equal(o.delivered) && p.refunded.Equal(o.refunded)
}

// ended tells whether the order is not one any more.
func (p *progress) ended() bool {
	return p.status == orders.StatusCancelled || p.status == orders.StatusReturned
}
