package isbasi

import (
	"encoding/json"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestList_asksForWhatTheQuerySays(t *testing.T) {
	typed := []domain.Filter{{Column: "Type", Operator: domain.IsEqualTo, Value: "2"}}
	for name, tc := range map[string]struct {
		query   domain.ListQuery
		filters string
		sorting string
		page    string
	}{
		"whole": {domain.ListQuery{}, `[{"columnName":"type","operator":"In","value":[1,2,3]}]`, `{"id":"Asc"}`, "1"},
		"everything": {
			domain.ListQuery{
				Filters: append([]domain.Filter{
					{Column: "date", Operator: domain.IsBetween, Value: []string{"2026-05-01", "2026-05-31"}},
					{Column: "firmCode", Operator: domain.IsNotNull},
				}, typed...),
				Sort: "date", Desc: true, From: 3,
			},
			`[{"columnName":"date","operator":"IsBetween","value":["2026-05-01","2026-05-31"]},{"columnName":"firmCode","operator":"IsNotNull","value":""},` +
				`{"columnName":"Type","operator":"IsEqualTo","value":"2"}]`,
			`{"date":"Desc"}`, "3",
		},
		"backwards": {domain.ListQuery{Filters: typed, Desc: true}, `[{"columnName":"Type","operator":"IsEqualTo","value":"2"}]`, `{"id":"Desc"}`, "1"},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := atDesk(t, map[string][]reaction{"POST invoices/invoices": {says(good(`{"count":0,"data":null}`))}})
			if _, err := everything(c.Invoices(t.Context(), tc.query)); err != nil {
				t.Fatal(err)
			}
			var body record
			if err := json.Unmarshal([]byte(d.body(0)), &body); err != nil {
				t.Fatal(err)
			}
			if string(body["filters"]) != tc.filters || string(body["sorting"]) != tc.sorting || string(body["paging"]) != `{"currentPage":`+tc.page+`,"pageSize":100}` {
				t.Errorf("%s", d.body(0))
			}
		})
	}
}

func TestList_refusesAFilterThatSaysNothing(t *testing.T) {
	for name, f := range map[string]domain.Filter{
		"no column":   {Operator: domain.IsEqualTo, Value: "1"},
		"no operator": {Column: "id", Value: "1"},
		"a float":     {Column: "id", Operator: domain.IsEqualTo, Value: 1.5},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := atDesk(t, nil)
			_, err := everything(c.Firms(t.Context(), domain.ListQuery{Filters: []domain.Filter{f}}))
			wantKind(t, err, domain.KindInvalid)
			d.was()
		})
	}
}

func TestList_stops(t *testing.T) {
	c, d := atDesk(t, map[string][]reaction{"POST orders/orders": {
		says(good(`{"count":250,"data":` + rows(1, 100) + `}`)), says(good(`{"count":250,"data":` + rows(101, 100) + `}`)),
		says(good(`{"count":250,"data":` + rows(201, 50) + `}`)),
	}})
	all, err := everything(c.Orders(t.Context(), domain.ListQuery{}))
	if err != nil || len(all) != 250 {
		t.Fatal(len(all), err)
	}
	for _, err := range c.Orders(t.Context(), domain.ListQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	if len(d.calls) != 4 {
		t.Errorf("%d calls", len(d.calls))
	}
	endless, _ := atDesk(t, map[string][]reaction{"POST orders/orders": {says(good(`{"count":1000,"data":` + rows(1, 100) + `}`))}})
	_, err = everything(endless.Orders(t.Context(), domain.ListQuery{}))
	wantKind(t, err, domain.KindCount)
	odd, _ := atDesk(t, map[string][]reaction{"POST orders/orders": {says(good(`{"count":1,"data":[{"orderNumber":"x"}]}`))}})
	_, err = everything(odd.Orders(t.Context(), domain.ListQuery{}))
	wantKind(t, err, domain.KindBadAnswer)
}
