package orders

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
)

func bought(n int, buyer string) Order {
	return Order{
		Marketplace: "trendyol", Number: fmt.Sprint("S", n), Package: fmt.Sprint(n), Status: StatusOK, Buyer: Buyer{First: buyer},
		Lines: []Line{{Name: "Termos", Quantity: decimal.NewFromInt(1), Unit: decimal.NewFromInt(5), Kind: LineGoods}},
	}
}

func TestImporter_OrdersElsewhere_namesTheCompaniesThatHaveTheSameOrders(t *testing.T) {
	var file []Order
	for n := range 700 {
		file = append(file, bought(n, "Deniz"))
	}
	shipped := slices.Clone(file)
	for n := range shipped {
		shipped[n].Status = StatusReturned // its way goes on
	}
	var numbered []Order
	for n := range 700 {
		numbered = append(numbered, bought(n, "Ali")) // another shop, which numbers its orders alike
	}
	o, i := opened()
	o.beside = []neighbour{{"Boş", nil}, {"Akın", shipped}, {"Başka", numbered}, {"Çınar", shipped[140:141]}}
	got, err := i.OrdersElsewhere(t.Context(), file)
	if want := []Elsewhere{{"Akın", "S0"}, {"Çınar", "S140"}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
	if most := len(o.beside) * (lookedElsewhere + 1); o.asked > most {
		t.Errorf("%d orders were looked for, want %d at most", o.asked, most)
	}
	if got, err := i.OrdersElsewhere(t.Context(), nil); got != nil || err != nil {
		t.Errorf("of no orders: %v, %v", got, err)
	}
	if got, err := NewImporter(o, o, o.judge, nil).OrdersElsewhere(t.Context(), file); got != nil || err != nil {
		t.Errorf("beside nobody: %v, %v", got, err)
	}
	for _, call := range []string{"beside", "others"} {
		o.fail = map[string]error{call: errBroken}
		if _, err := i.OrdersElsewhere(t.Context(), file); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", call, err)
		}
	}
}
