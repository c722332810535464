package isbasi

import (
	"encoding/json"
	"strconv"
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
		"by a column": {domain.ListQuery{Filters: typed, Sort: "date", From: -1}, `[{"columnName":"Type","operator":"IsEqualTo","value":"2"}]`, `{"date":"Asc"}`, "1"},
		"backwards":   {domain.ListQuery{Filters: typed, Desc: true}, `[{"columnName":"Type","operator":"IsEqualTo","value":"2"}]`, `{"id":"Desc"}`, "1"},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := scripted(t, map[string][]reaction{"POST invoices/invoices": {says(good(`{"count":0,"data":null}`))}})
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
		"no column":     {Operator: domain.IsEqualTo, Value: "1"},
		"no operator":   {Column: "id", Value: "1"},
		"a list of any": {Column: "id", Operator: domain.In, Value: []any{1}},
		"a float":       {Column: "id", Operator: domain.IsEqualTo, Value: 1.5},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := scripted(t, nil)
			_, err := everything(c.Firms(t.Context(), domain.ListQuery{Filters: []domain.Filter{f}}))
			wantKind(t, err, domain.KindInvalid)
			d.was()
		})
	}
}

func TestList_stops(t *testing.T) {
	c, d := scripted(t, map[string][]reaction{"POST orders/orders": {
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
	endless, _ := scripted(t, map[string][]reaction{"POST orders/orders": {says(good(`{"count":1000,"data":` + rows(1, 100) + `}`))}})
	_, err = everything(endless.Orders(t.Context(), domain.ListQuery{}))
	wantKind(t, err, domain.KindCount)
	odd, _ := scripted(t, map[string][]reaction{"POST orders/orders": {says(good(`{"count":1,"data":[{"orderNumber":"x"}]}`))}})
	_, err = everything(odd.Orders(t.Context(), domain.ListQuery{}))
	wantKind(t, err, domain.KindBadAnswer)
}

func TestList_leavesTheQueryAsItIs(t *testing.T) {
	room := make([]domain.Filter, 1, 4)
	room[0] = domain.Filter{Column: "date", Operator: domain.IsNotNull}
	c, d := scripted(t, map[string][]reaction{"POST invoices/invoices": {says(good(`{"count":0,"data":null}`))}})
	for range 2 {
		if _, err := everything(c.Invoices(t.Context(), domain.ListQuery{Filters: room})); err != nil {
			t.Fatal(err)
		}
	}
	if extra := room[:2][1]; extra.Column != "" || len(room) != 1 || d.body(0) != d.body(1) {
		t.Errorf("the query became %v", room[:2])
	}
}

func TestList_endsWhereTheCountSays(t *testing.T) {
	l := products()
	for name, tc := range map[string]struct {
		count string
		rows  int
		n     int
		total int
		last  bool
		ok    bool
	}{
		"full, more to come":         {`101`, 100, 1, 101, false, true},
		"full, and the end":          {`100`, 100, 1, 100, true, true},
		"full, and past the end":     {`199`, 100, 2, 199, true, true},
		"full on a later page":       {`201`, 100, 2, 201, false, true},
		"short":                      {`1000`, 99, 1, 1000, true, true},
		"none":                       {`0`, 0, 1, 0, true, true},
		"no count, short":            {`null`, 99, 3, 299, true, true},
		"no count, none":             {`null`, 0, 3, 200, true, true},
		"no count, full":             {`null`, 100, 1, 0, false, false},
		"count as text":              {`"5"`, 5, 1, 5, true, true},
		"part of a row":              {`5.5`, 5, 1, 0, false, false},
		"less than none":             {`-1`, 0, 1, 0, false, false},
		"a million":                  {`1000000`, 100, 1, 1_000_000, false, true},
		"more than can be":           {`1000001`, 100, 1, 0, false, false},
		"more than fits":             {`1e25`, 100, 1, 0, false, false},
		"less than were there short": {`3`, 5, 1, 3, true, true},
	} {
		var list listAnswer[productRow]
		if err := json.Unmarshal([]byte(`{"count":`+tc.count+`,"data":`+rows(1, tc.rows)+`}`), &list); err != nil {
			t.Fatal(err)
		}
		page, err := l.pageOf(list, tc.n, 100)
		if (err == nil) != tc.ok || (!tc.ok && (domain.KindOf(err) != domain.KindBadAnswer || len(page.Rows) != 0)) {
			t.Errorf("%s: %v", name, err)
		}
		if tc.ok && (page.Number != tc.n || page.Total != tc.total || page.Last != tc.last || len(page.Rows) != tc.rows || (tc.rows > 0 && page.Rows[tc.rows-1].ID != domain.RemoteID(strconv.Itoa(tc.rows)))) {
			t.Errorf("%s: page %d of %d rows, total %d, last %v", name, page.Number, len(page.Rows), page.Total, page.Last)
		}
	}
}

func TestPing_asksForOneRow(t *testing.T) {
	for answer, want := range map[string]domain.Kind{`{"count":0,"data":null}`: "", `{"count":500,"data":[{"id":7}]}`: "", `{"count":1,"data":[{}]}`: domain.KindBadAnswer, `[]`: domain.KindBadAnswer} {
		c, d := scripted(t, map[string][]reaction{"POST products/products": {says(good(answer))}})
		wantKind(t, c.Ping(t.Context()), want)
		var body record
		if err := json.Unmarshal([]byte(d.body(0)), &body); err != nil || string(body["paging"]) != `{"currentPage":1,"pageSize":1}` {
			t.Errorf("%s, %v", d.body(0), err)
		}
	}
}
