package catalogue_test

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// A base becomes another one when the number is another one, each field by itself; what was the base before
// stays below it, with who wrote it.
func TestAgree_movesTheBaseWhenTheNumberIsAnotherOne(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Put(t, c, domain.Product{Name: "Bir"}, domain.Product{Name: "İki"}, domain.Product{Name: "Üç"})
	sqlitetest.Must(t, c.DB.Execute(t.Context(), "bind", `INSERT INTO binding (remote_id, type, product_id, created_at) VALUES ('a', 1, 1, ''), ('a', 2, 2, '')`))
	first, second := domain.Binding{RemoteID: "a", Type: 1, ProductID: 1}, domain.Binding{RemoteID: "a", Type: 2, ProductID: 2}
	var want []map[string]any
	none := decimal.NullDecimal{}
	for n, step := range []struct {
		by    catalogue.AgreedBy
		all   []catalogue.Agreement
		added []string // pair field value
		bases map[domain.ProductID]catalogue.Bases
	}{
		{
			catalogue.AgreedBy{Transfer: 7},
			[]catalogue.Agreement{{first, catalogue.Bases{Price: sqlitetest.Dec("12.50")}}, {second, catalogue.Bases{Price: none, Stock: none}}},
			[]string{"1 price 12.5"},
			map[domain.ProductID]catalogue.Bases{1: {Price: sqlitetest.Dec("12.5")}, 2: {}},
		},
		{
			catalogue.AgreedBy{Transfer: 7, Decision: 3},
			[]catalogue.Agreement{{first, catalogue.Bases{Price: sqlitetest.Dec("12.5"), Stock: sqlitetest.Dec("0")}}, {second, catalogue.Bases{Price: sqlitetest.Dec("9"), Stock: sqlitetest.Dec("-2")}}},
			[]string{"2 price 9", "1 stock 0", "2 stock -2"},
			map[domain.ProductID]catalogue.Bases{1: {Price: sqlitetest.Dec("12.5"), Stock: sqlitetest.Dec("0")}, 2: {Price: sqlitetest.Dec("9"), Stock: sqlitetest.Dec("-2")}},
		},
		{
			catalogue.AgreedBy{Sync: 5},
			[]catalogue.Agreement{{first, catalogue.Bases{Price: sqlitetest.Dec("13"), Stock: sqlitetest.Dec("0.0")}}},
			[]string{"1 price 13"},
			map[domain.ProductID]catalogue.Bases{1: {Price: sqlitetest.Dec("13"), Stock: sqlitetest.Dec("0")}, 2: {Price: sqlitetest.Dec("9"), Stock: sqlitetest.Dec("-2")}},
		},
		{catalogue.AgreedBy{Sync: 6}, []catalogue.Agreement{{first, catalogue.Bases{Price: sqlitetest.Dec("12.500")}}}, // once more what it was before
			[]string{"1 price 12.5"}, map[domain.ProductID]catalogue.Bases{1: {Price: sqlitetest.Dec("12.5"), Stock: sqlitetest.Dec("0")}, 2: {Price: sqlitetest.Dec("9"), Stock: sqlitetest.Dec("-2")}}},
		{catalogue.AgreedBy{Sync: 7}, []catalogue.Agreement{ // what is no pair
			{domain.Binding{RemoteID: "a", Type: 1, ProductID: 2}, catalogue.Bases{Price: sqlitetest.Dec("1")}},
			{domain.Binding{RemoteID: "b", Type: 1, ProductID: 1}, catalogue.Bases{Price: sqlitetest.Dec("1")}},
			{domain.Binding{RemoteID: "c", Type: 1, ProductID: 3}, catalogue.Bases{Price: sqlitetest.Dec("1")}},
		}, nil, map[domain.ProductID]catalogue.Bases{1: {Price: sqlitetest.Dec("12.5"), Stock: sqlitetest.Dec("0")}, 2: {Price: sqlitetest.Dec("9"), Stock: sqlitetest.Dec("-2")}}},
		{catalogue.AgreedBy{Sync: 8}, nil, nil, map[domain.ProductID]catalogue.Bases{1: {Price: sqlitetest.Dec("12.5"), Stock: sqlitetest.Dec("0")}, 2: {Price: sqlitetest.Dec("9"), Stock: sqlitetest.Dec("-2")}}},
	} {
		at := sqlitetest.Clocked(c, n)
		sqlitetest.Must(t, c.DB.Update(t.Context(), "agree", func(tx *sql.Tx) error {
			return catalogue.Agree(t.Context(), tx, c.DB.Now(), step.by, step.all)
		}))
		for _, line := range step.added {
			var product int64
			var field, value string
			_, err := fmt.Sscan(line, &product, &field, &value)
			sqlitetest.Must(t, err)
			want = append(want, map[string]any{
				"id": int64(len(want) + 1), "product_id": product, "remote_id": "a", "type": product, "field": field, "value": value, "at": sqlitetest.Timed(at),
				"transfer_id": known(step.by.Transfer), "decision_id": known(step.by.Decision), "sync_id": known(step.by.Sync),
			})
		}
		rows := sqlitetest.RowsBy(t, c.DB.Reader, `SELECT * FROM agreed ORDER BY id`)
		if len(rows) != len(want) {
			t.Fatalf("step %d: %v, want %v", n, rows, want)
		}
		for i, row := range rows {
			sqlitetest.WantRow(t, fmt.Sprintf("step %d, row %d", n, i), row, want[i])
		}
		sqlitetest.WantSame(t, fmt.Sprint("step ", n), bases(t, c), step.bases)
	}
	// With another İşbaşı product it has agreed on nothing yet, and with the former one it has again.
	former := bases(t, c)[1]
	for remote, want := range map[string]catalogue.Bases{"b": {}, "a": former} {
		sqlitetest.Must(t, c.DB.Execute(t.Context(), "bind anew", `UPDATE binding SET remote_id = ? WHERE product_id = 1`, remote))
		sqlitetest.WantSame(t, remote, bases(t, c)[1], want)
	}
	// A product that goes takes along what was agreed on.
	sqlitetest.Must(t, c.DB.Execute(t.Context(), "remove", `DELETE FROM product WHERE id = 1`))
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM agreed`); n != 2 {
		t.Errorf("%d rows are left", n)
	}
}

func known(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

// bases are those of every pair, by its product.
func bases(t *testing.T, c *sqlitetest.Company) (all map[domain.ProductID]catalogue.Bases) {
	t.Helper()
	sqlitetest.Must(t, c.DB.View(t.Context(), "read bases", func(tx *sql.Tx) (err error) {
		all, err = database.SelectMap(t.Context(), tx, func(id *domain.ProductID, b *catalogue.Bases) []any {
			return append([]any{id}, catalogue.BaseTargets(b)...)
		},
			`SELECT product_id, `+catalogue.BaseColumns+` FROM binding`)
		return err
	}))
	return all
}
