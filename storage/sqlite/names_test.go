package sqlite_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// Orders, drafts and İşbaşı's rows are kept as JSON of the domain's own types. What files of the program of migration 0012
// hold is read whole: every name is still one, and says what it said. A field that is renamed needs a migration.
func TestKeptJSON_isReadUnderTheNamesOfOlderFiles(t *testing.T) {
	text, err := os.ReadFile("testdata/kept_0012.json")
	sqlitetest.Must(t, err)
	var kept map[string]json.RawMessage
	sqlitetest.Must(t, json.Unmarshal(text, &kept))
	types := map[string]any{
		"sales_order.buyer": new(orders.Buyer), "sales_order.lines": new([]orders.Line), "sales_order.said": new(orders.Said),
		"sales_order.later": new(*orders.Order), "order_profile.mapping": new(orders.Mapping), "invoice.draft": new(domain.InvoiceDraft),
		"invoice.amounts": new(invoicing.Amounts), "seen_invoice.row": new(domain.Invoice), "invoice_task.amounts": new(invoicing.Returned),
	}
	if !slices.Equal(slices.Sorted(maps.Keys(kept)), slices.Sorted(maps.Keys(types))) {
		t.Fatalf("%v", slices.Sorted(maps.Keys(kept)))
	}
	for column, v := range types {
		sqlitetest.Must(t, json.Unmarshal(kept[column], v))
		again, err := json.Marshal(v)
		sqlitetest.Must(t, err)
		before, now := leaves(t, kept[column]), leaves(t, again)
		if len(before) < 6 {
			t.Errorf("%s holds nothing: %v", column, before)
		}
		for path, value := range before {
			if now[path] != value {
				t.Errorf("%s%s was %v, is read as %v", column, path, value, now[path])
			}
		}
	}
}

// leaves gives the values in a JSON text by their path.
func leaves(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var v any
	sqlitetest.Must(t, json.Unmarshal(text, &v))
	all := map[string]any{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, value := range v {
				walk(path+"."+name, value)
			}
		case []any:
			for i, value := range v {
				walk(fmt.Sprintf("%s[%d]", path, i), value)
			}
		default:
			all[path] = v
		}
	}
	walk("", v)
	return all
}
