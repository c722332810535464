package invoicing

import (
	"reflect"
	"testing"

	"github.com/shopspring/decimal"
)

func TestTask_comesToTheWholeInvoiceUnlessLinesAreTold(t *testing.T) {
	whole, part := Sums{Base: dec("83.25"), VAT: dec("16.65"), Total: dec("99.90")}, Sums{Base: dec("41.62"), VAT: dec("8.33"), Total: dec("49.95")}
	of := func(lines ...decimal.Decimal) Sums {
		task := Task{Lines: lines, Amounts: Returned{Sums: part}}
		task.Record.Amounts.Sums = whole
		return task.Sums()
	}
	for name, got := range map[string][2]Sums{"of all": {of(), whole}, "of a line": {of(dec("1"), dec("0")), part}} {
		if !reflect.DeepEqual(got[0], got[1]) {
			t.Errorf("%s: %v, want %v", name, got[0], got[1])
		}
	}
}
