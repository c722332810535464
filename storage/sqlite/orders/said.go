package orders

import (
	"context"
	"database/sql"
	"reflect"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// SaveSaid stores what people say of an order in the place of what they said before; what was judged of it does not hold any
// more. The history tells whether it was held,
// let go, never to be invoiced, or corrected. KindNotFound: there is no such order.
func (s Store) SaveSaid(ctx context.Context, id int64, said orders.Said) error {
	return s.db.Update(ctx, "store what is said of an order", func(tx *sql.Tx) error {
		k, err := byID(ctx, tx, id)
		if err != nil {
			return err
		}
		what := spoken(k.Said, said)
		if what == "" {
			return nil
		}
		k.Said = said
		text, err := database.JSONText(said)
		if err != nil {
			return err
		}
		standing := k.Standing()
		_, err = tx.ExecContext(ctx, `UPDATE sales_order SET said = ?, never = ?, buyer_sort = ?, search_fold = ?, `+unjudged+` WHERE id = ?`,
			text, said.Never, domain.SortKey(named(&standing.Buyer)), searched(&standing), id)
		if err != nil {
			return err
		}
		return s.db.Author().Record(ctx, tx, what, told(k.Order))
	})
}

// spoken is what a person has done who said this instead of that, "" for nothing.
func spoken(before, now orders.Said) string {
	switch {
	case now.Never != before.Never && now.Never:
		return "order-never"
	case now.Held != before.Held && now.Held:
		return "order-held"
	case now.Never != before.Never, now.Held != before.Held:
		return "order-released"
	case reflect.DeepEqual(before, now):
		return ""
	default:
		return "order-corrected"
	}
}

// told is an order as the history tells it: nothing of its buyer.
func told(o orders.Order) map[string]any {
	return map[string]any{"marketplace": o.Marketplace, "package": o.Package, "number": o.Number}
}

// SaveVerdicts stores what was judged of orders, in one transaction. What an attempt or a task says of an order
// (StageInvoiced, StageTask, Invoice, Draft) is not kept with it, nor is what it waits for.
func (s Store) SaveVerdicts(ctx context.Context, of map[int64]orders.Verdict) error {
	return s.db.Update(ctx, "store verdicts", func(tx *sql.Tx) error {
		var save database.Statement
		if err := database.PrepareAll(ctx, tx, database.Prepare(&save, `UPDATE sales_order SET stage = ?, reasons = ?, warnings = ?, total = ?, judged_at = ? WHERE id = ?`)); err != nil {
			return err
		}
		for id, v := range of {
			if v.Stage != orders.StageReady && v.Stage != orders.StageNever {
				v.Stage = orders.StageHeld // as it is once no attempt stands
			}
			reasons, err := database.JSONText(v.Reasons)
			if err != nil {
				return err
			}
			warnings, err := database.JSONText(v.Warnings)
			if err != nil {
				return err
			}
			if _, err := save.ExecContext(ctx, v.Stage, reasons, warnings, v.Total, database.TimeText(v.At), id); err != nil {
				return err
			}
		}
		return nil
	})
}
