package orders_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	storedorders "github.com/sopyo/sopyo-desktop/storage/sqlite/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func operations() []sqlitetest.Operation[*sqlitetest.Company] {
	op := func(name string, do func(ctx context.Context, c *sqlitetest.Company) error) sqlitetest.Operation[*sqlitetest.Company] {
		return sqlitetest.Op(name, do)
	}
	file := func() []orders.Order {
		back, again := sqlitetest.Sold(sqlitetest.WorldTask.Package, orders.Line{Name: "Ay çekirdeği", Code: "a"}), sqlitetest.Sold(sqlitetest.WorldUnknown.Package, orders.Line{Name: "Su"})
		back.Buyer.Address, again.Status, again.Word = "Yeni sokak", orders.StatusCancelled, "İptal"
		return []orders.Order{
			back, again, sqlitetest.Sold(sqlitetest.WorldOrder.Package, orders.Line{Name: "Başka"}), sqlitetest.Sold("99", orders.Line{Name: "Yeni"}),
			sqlitetest.Sold(sqlitetest.WorldFrozen.Package, orders.Line{Name: "Bal", Code: "bal"}),
		}
	}
	return []sqlitetest.Operation[*sqlitetest.Company]{
		op("Order", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Order(ctx, sqlitetest.WorldOrder))
		}),
		op("LastTaken", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf3(c.LastTaken(ctx)) }),
		op("PlanUndoTaken", func(ctx context.Context, c *sqlitetest.Company) error {
			last, _, err := c.LastTaken(ctx)
			if err != nil {
				return err
			}
			return sqlitetest.ErrOf2(c.PlanUndoTaken(ctx, last))
		}),
		op("UndoTaken", func(ctx context.Context, c *sqlitetest.Company) error {
			last, _, err := c.LastTaken(ctx)
			if err != nil {
				return err
			}
			return sqlitetest.ErrOf2(c.UndoTaken(ctx, last))
		}),
		op("Uninvoiced", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Uninvoiced(ctx)) }),
		op("Uninvoiced of keys", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Uninvoiced(ctx, sqlitetest.WorldOrder, sqlitetest.WorldTask))
		}),
		op("SaveVerdicts", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveVerdicts(ctx, map[int64]orders.Verdict{2: {Stage: orders.StageHeld, Reasons: []string{"line"}}, 3: {Stage: orders.StageNever}})
		}),
		op("SaveSaid", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveSaid(ctx, 3, orders.Said{Never: true, Buyer: orders.Buyer{First: "Ali"}})
		}),
		op("SaveSaid of the same", func(ctx context.Context, c *sqlitetest.Company) error { return c.SaveSaid(ctx, 5, orders.Said{}) }),
		op("RememberPair", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.RememberPair(ctx, orders.Pair{Marketplace: "trendyol", Key: "name:su", Product: 1})
		}),
		op("RememberPair of nothing", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.RememberPair(ctx, orders.Pair{Marketplace: "trendyol", Key: "code:BAL"})
		}),
		op("Enqueue", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.Enqueue(ctx, orders.WishFormalise, 3, 5)
		}),
		op("Queued", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.Queued(ctx)) }),
		op("TakeOrders", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.TakeOrders(ctx, orders.SourceFile, "yeni.csv", file()))
		}),
		op("ListOrders", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.ListOrders(ctx, orders.Query{Search: "su", Sort: orders.SortByStage, Limit: 1}))
		}),
		op("EachOrder", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.Walked(c.EachOrder(ctx, orders.Query{}))
		}),
		op("OrderStages", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.OrderStages(ctx)) }),
		op("OrderMarketplaces", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.OrderMarketplaces(ctx))
		}),
		op("AddOrder", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.AddOrder(ctx, domaintest.Fill[orders.Order](0, makers...)))
		}),
		op("RemoveOrder", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.RemoveOrder(ctx, sqlitetest.WorldTyped)
		}),
		op("OpenQuantities", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.OpenQuantities(ctx))
		}),
		op("OrderMappings", func(ctx context.Context, c *sqlitetest.Company) error { return sqlitetest.ErrOf2(c.OrderMappings(ctx)) }),
		op("SaveOrderMapping", func(ctx context.Context, c *sqlitetest.Company) error {
			m := sqlitetest.WorldMapping()
			m.Language = "tr"
			return c.SaveOrderMapping(ctx, m)
		}),
		op("RemoveOrderMapping", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.RemoveOrderMapping(ctx, sqlitetest.WorldMapping().Name)
		}),
	}
}

func TestStore_failsWholeAtEveryStep(t *testing.T) {
	sqlitetest.CompanyFailsWhole(t, reflect.TypeFor[storedorders.Store](), operations())
}

// What is damaged in a file is said by whoever needs it, and nothing is written.
func TestStore_saysWhatIsDamaged(t *testing.T) {
	sqlitetest.SaysWhatIsDamaged(t, operations(), map[string][]string{
		`UPDATE sales_order SET buyer = '{'`:              {"Order", "Uninvoiced", "ListOrders", "EachOrder", "SaveSaid", "OpenQuantities"},
		`UPDATE sales_order SET later = '{'`:              {"Order"},
		`UPDATE sales_order SET said = '{'`:               {"Order", "TakeOrders"},
		`UPDATE sales_order SET lines = '{'`:              {"Order", "TakeOrders"},
		`UPDATE sales_order SET total = 'much'`:           {"Order"},
		`UPDATE sales_order SET ordered_at = 'yesterday'`: {"Order"},
		`UPDATE sales_order SET shipped_at = 'yesterday'`: {"TakeOrders"},
		`UPDATE order_profile SET mapping = '{'`:          {"OrderMappings"},
		`UPDATE product SET vat_rate = 'much'`:            {"Order"},
	})
}
