package isbasi

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

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
			if err := unmarshal([]byte(d.body(0)), &body); err != nil {
				t.Fatal(err)
			}
			if string(body["filters"]) != tc.filters || string(body["sorting"]) != tc.sorting || string(body["paging"]) != `{"currentPage":`+tc.page+`,"pageSize":100}` {
				t.Errorf("%s", d.body(0))
			}
		})
	}
}

// Values go out as İşbaşı's samples have them: numbers and flags as such, the word for all in an array.
func TestList_writesValuesByTheirTypes(t *testing.T) {
	for want, value := range map[string]any{
		`"5"`: "5", `5`: 5, `-1`: -1, `true`: true, `false`: false, `12.50`: decimal.RequireFromString("12.50"), `["a","b"]`: []string{"a", "b"}, `[1,3]`: []int{1, 3},
		`["Tümü"]`: []string{"Tümü"}, `""`: nil, `"2026-05-04T00:30:00"`: utc("2026-05-03T21:30:00Z"),
	} {
		c, d := scripted(t, map[string][]reaction{"POST invoices/invoices": {says(good(`{"count":0,"data":null}`))}})
		q := domain.ListQuery{Filters: []domain.Filter{{Column: "type", Operator: domain.In, Value: value}}}
		if _, err := everything(c.Invoices(t.Context(), q)); err != nil {
			t.Fatal(err)
		}
		if filters := `"filters":[{"columnName":"type","operator":"In","value":` + strings.ReplaceAll(want, "12.50", "12.5") + `}]`; !strings.Contains(d.body(0), filters) {
			t.Errorf("%s, want %s", d.body(0), filters)
		}
	}
	c, d := scripted(t, map[string][]reaction{"POST products/products": {says(good(`{"count":0,"data":null}`))}})
	if _, err := everything(c.ProductList(t.Context(), domain.ListQuery{})); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(d.body(0), `{"columnName":"type","operator":"IsEqualTo","value":1}`) {
		t.Error(d.body(0))
	}
}

// İşbaşı ignores a condition that it does not understand: the rows tell.
func TestList_rowsThatContradictTheQueryAreLeftOut(t *testing.T) {
	const all = `[
		{"id":1,"type":"SALES_INVOICE","invoiceNumber":"A1","firmCode":"007","firmVknNo":"4540536920","date":"2026-05-01T00:00:00","eType":{"typeId":1},"isCancelled":false},
		{"id":2,"type":"SALES_INVOICE","invoiceNumber":"A2","firmCode":"7","firmVknNo":"10000000146","date":"2026-05-31T23:59:00","eType":{"typeId":2},"isCancelled":true},
		{"id":3,"type":"RETURN_SALES_INVOICE","invoiceNumber":"A3","date":"2026-06-01T00:00:00","eType":{"typeId":3}},
		{"id":4}]`
	filter := func(column string, op domain.Operator, value any) domain.Filter {
		return domain.Filter{Column: column, Operator: op, Value: value}
	}
	for name, tc := range map[string]struct {
		filters []domain.Filter
		want    string
	}{
		"none":                      {nil, "1234"},
		"a column nobody knows":     {[]domain.Filter{filter("olmayan", domain.IsEqualTo, "x")}, "1234"},
		"equal":                     {[]domain.Filter{filter("firmCode", domain.IsEqualTo, " 007 ")}, "134"},
		"equal, in capitals":        {[]domain.Filter{filter("FIRMCODE", domain.IsEqualTo, "7")}, "234"},
		"tax number":                {[]domain.Filter{filter("firmVknNo", domain.IsEqualTo, "4540536920")}, "134"},
		"not equal":                 {[]domain.Filter{filter("firmCode", domain.IsNotEqualTo, "7")}, "134"},
		"in":                        {[]domain.Filter{filter("invoiceNumber", domain.In, []string{"A1", "A3"})}, "134"},
		"not in":                    {[]domain.Filter{filter("invoiceNumber", domain.NotIn, []string{"A1", "A3"})}, "24"},
		"kind":                      {[]domain.Filter{filter("type", domain.IsEqualTo, 2)}, "24"},
		"kinds":                     {[]domain.Filter{filter("type", domain.In, []int{1, 3})}, "134"},
		"all kinds":                 {[]domain.Filter{filter("type", domain.In, []string{"Tümü"})}, "1234"},
		"flag":                      {[]domain.Filter{filter("isCancelled", domain.IsEqualTo, true)}, "2"},
		"flag as text":              {[]domain.Filter{filter("isCancelled", domain.IsEqualTo, "false")}, "134"},
		"flag as anything":          {[]domain.Filter{filter("isCancelled", domain.IsEqualTo, "belki")}, "1234"},
		"flag otherwise":            {[]domain.Filter{filter("isCancelled", domain.IsNotEqualTo, true)}, "1234"},
		"from a day":                {[]domain.Filter{filter("date", domain.IsGreaterThanOrEqualTo, "2026-05-31")}, "234"},
		"after a day":               {[]domain.Filter{filter("date", domain.IsGreaterThan, "2026-06-01")}, "4"},
		"after a moment":            {[]domain.Filter{filter("date", domain.IsGreaterThan, "2026-05-31T23:59:00")}, "34"},
		"to a day":                  {[]domain.Filter{filter("date", domain.IsLessThanOrEqualTo, "2026-05-31")}, "124"},
		"to a moment":               {[]domain.Filter{filter("date", domain.IsLessThanOrEqualTo, "2026-05-31T23:58:59")}, "14"},
		"to its very moment":        {[]domain.Filter{filter("date", domain.IsLessThanOrEqualTo, "2026-05-31T23:59:00")}, "124"},
		"before no date":            {[]domain.Filter{filter("date", domain.IsLessThan, "dün")}, "1234"},
		"before a moment":           {[]domain.Filter{filter("date", domain.IsLessThan, "2026-05-31T23:59:00")}, "14"},
		"in a month":                {[]domain.Filter{filter("date", domain.IsBetween, []string{"2026-05-01", "2026-05-31"})}, "124"},
		"between one":               {[]domain.Filter{filter("date", domain.IsBetween, []string{"2026-05-01"})}, "1234"},
		"no date":                   {[]domain.Filter{filter("date", domain.IsGreaterThan, "dün")}, "1234"},
		"from a time":               {[]domain.Filter{filter("date", domain.IsGreaterThanOrEqualTo, utc("2026-05-31T20:59:00Z"))}, "234"},
		"after a time":              {[]domain.Filter{filter("date", domain.IsGreaterThan, utc("2026-05-31T20:59:00Z"))}, "34"},
		"by keyset":                 {[]domain.Filter{filter("id", domain.IsGreaterThan, 2)}, "34"},
		"by keyset, as text":        {[]domain.Filter{filter("id", domain.IsGreaterThanOrEqualTo, "2")}, "234"},
		"by keyset, no number":      {[]domain.Filter{filter("id", domain.IsLessThan, "x")}, "1234"},
		"by words":                  {[]domain.Filter{filter("invoiceNumber", domain.Contains, "9")}, "1234"},
		"that there is none":        {[]domain.Filter{filter("firmCode", domain.IsNull, nil)}, "1234"},
		"two, which hold together":  {[]domain.Filter{filter("firmCode", domain.IsEqualTo, "007"), filter("date", domain.IsLessThan, "2026-05-15")}, "14"},
		"one of two does not hold":  {[]domain.Filter{filter("id", domain.IsEqualTo, 1), filter("invoiceNumber", domain.IsEqualTo, "A2")}, ""},
		"a decimal where a text is": {[]domain.Filter{filter("id", domain.IsEqualTo, decimal.NewFromInt(3))}, "3"},
	} {
		c, _ := scripted(t, map[string][]reaction{"POST invoices/invoices": {says(good(`{"count":4,"data":` + all + `}`))}})
		got := ""
		for page, err := range c.Invoices(t.Context(), domain.ListQuery{Filters: tc.filters}) {
			if err != nil || page.Total != 4 || !page.Last || page.LeftOut != 4-len(page.Rows) {
				t.Fatal(page, err)
			}
			for _, i := range page.Rows {
				got += string(i.ID)
			}
		}
		if got != tc.want {
			t.Errorf("%s: %s, want %s", name, got, tc.want)
		}
	}
}

// A number has lost the zeros in front that a text has kept.
func TestList_findsATaxNumberHoweverItIsWritten(t *testing.T) {
	rows := `{"id":1,"firmVknNo":12345672},{"id":2,"firmVknNo":"0012345672"},{"id":3,"firmVknNo":"4540536920"},{"id":4,"firmCode":"0012345672","firmVknNo":"1"},{"id":5}`
	asked := []string{"0012345672", "1"}
	for _, q := range []domain.Filter{
		{Column: "firmVknNo", Operator: domain.IsEqualTo, Value: asked[0]}, {Column: "firmVknNo", Operator: domain.In, Value: asked[:1]},
	} {
		c, _ := scripted(t, map[string][]reaction{"POST invoices/invoices": {says(good(`{"count":5,"data":[` + rows + `]}`))}})
		var got []domain.RemoteID
		for _, i := range must[[]domain.Invoice](t)(everything(c.Invoices(t.Context(), domain.ListQuery{Filters: []domain.Filter{q}}))) {
			got = append(got, i.ID)
		}
		if !slices.Equal(got, []domain.RemoteID{"1", "2", "5"}) || asked[0] != "0012345672" {
			t.Errorf("%v: %v, the query became %v", q, got, asked)
		}
	}
	c, _ := scripted(t, map[string][]reaction{"POST invoices/invoices": {says(good(`{"count":1,"data":[{"id":1,"firmCode":"7"}]}`))}})
	if got := must[[]domain.Invoice](t)(everything(c.Invoices(t.Context(), domain.ListQuery{Filters: []domain.Filter{{Column: "firmCode", Operator: domain.IsEqualTo, Value: "007"}}}))); len(got) != 0 {
		t.Errorf("a code is no number: %+v", got)
	}
}

func TestList_everyListJudgesItsRows(t *testing.T) {
	first := func(column string, value any) domain.ListQuery {
		return domain.ListQuery{Filters: []domain.Filter{{Column: column, Operator: domain.IsEqualTo, Value: value}}}
	}
	since := func(column string) domain.ListQuery {
		return domain.ListQuery{Filters: []domain.Filter{{Column: column, Operator: domain.IsGreaterThan, Value: "2026-05-15"}}}
	}
	for path, tc := range map[string]struct {
		rows    string // of which each query finds the second
		ids     func(*Client, domain.ListQuery) []domain.RemoteID
		queries []domain.ListQuery
	}{
		"products/products": {
			`{"id":1,"code":"A","barcode":"1","type":1,"isActive":true,"modificationDate":"2026-05-01"},{"id":2,"code":" B ","barcode":"2 ","type":2,"isActive":false,"modificationDate":"2026-06-01"}`,
			func(c *Client, q domain.ListQuery) (ids []domain.RemoteID) {
				all, _ := everything(c.ProductList(t.Context(), q))
				for _, r := range all {
					ids = append(ids, r.ID)
				}
				return ids
			},
			[]domain.ListQuery{first("id", 2), first("code", "B"), first("barcode", "2"), first("type", 2), first("isActive", false), since("modificationDate")},
		},
		"invoices/invoices": {
			`{"id":1,"invoiceNumber":"A","eType":{"typeId":1},"firmCode":"C","firmVknNo":"1","date":"2026-05-01","modificationDate":"2026-05-01"},` +
				`{"id":2,"invoiceNumber":"B","eType":{"typeId":2},"firmCode":"D","firmVknNo":"2","date":"2026-06-01","modificationDate":"2026-06-01","isCancelled":true}`,
			func(c *Client, q domain.ListQuery) (ids []domain.RemoteID) {
				all, _ := everything(c.Invoices(t.Context(), q))
				for _, r := range all {
					ids = append(ids, r.ID)
				}
				return ids
			},
			[]domain.ListQuery{
				first("id", 2), first("invoiceNumber", "B"), first("type", 2), first("firmCode", "D"), first("firmVknNo", "2"), first("isCancelled", true),
				since("date"), since("modificationDate"),
			},
		},
	} {
		for _, q := range tc.queries {
			c, _ := scripted(t, map[string][]reaction{"POST " + path: {says(good(`{"count":2,"data":[` + tc.rows + `]}`))}})
			if got := tc.ids(c, q); !slices.Equal(got, []domain.RemoteID{"2"}) {
				t.Errorf("%s, %+v: %v", path, q.Filters, got)
			}
		}
	}
}

// Purchases may come among the sales invoices; pages are counted with them.
func TestInvoices_leaveOutPurchases(t *testing.T) {
	row := func(id int, word string) string { return `{"id":` + strconv.Itoa(id) + `,"type":"` + word + `"}` }
	var whole []string
	for i := range 100 {
		whole = append(whole, row(i+1, "PURCHASE_INVOICE"))
	}
	c, d := scripted(t, map[string][]reaction{"POST invoices/invoices": {
		says(good(`{"count":103,"data":[` + strings.Join(whole, ",") + `]}`)),
		says(good(`{"count":103,"data":[` + row(101, "SALES_INVOICE") + `,` + row(102, "PURCHASE_INVOICE") + `,` + row(103, "RETURN_SALES_INVOICE") + `]}`)),
	}})
	got := []domain.RemoteID{}
	for page, err := range c.Invoices(t.Context(), domain.ListQuery{}) {
		if err != nil || page.Total != 103 {
			t.Fatal(page, err)
		}
		for _, i := range page.Rows {
			got = append(got, i.ID)
		}
	}
	if !slices.Equal(got, []domain.RemoteID{"101", "103"}) || len(d.calls) != 2 {
		t.Errorf("%v after %d calls", got, len(d.calls))
	}
}

// A transfer is handed every row, with its type: its count has to add up.
func TestProducts_ofAnotherTypeAreToldByIt(t *testing.T) {
	c, _ := scripted(t, map[string][]reaction{"POST products/products": {says(good(`{"count":3,"data":[{"id":1,"type":1},{"id":2,"type":"2"},{"id":3}]}`))}})
	pages, err := collect(t.Context(), c, 1)
	if err != nil || len(pages) != 1 || len(pages[0].Products) != 3 || pages[0].Total != 3 {
		t.Fatal(pages, err)
	}
	for i, want := range []int{1, 2, 1} {
		if p := pages[0].Products[i]; p.Type != want {
			t.Errorf("%+v", p)
		}
	}
}

func TestList_refusesAFilterThatSaysNothing(t *testing.T) {
	for name, f := range map[string]domain.Filter{
		"no column":     {Operator: domain.IsEqualTo, Value: "1"},
		"no operator":   {Column: "id", Value: "1"},
		"a list of any": {Column: "id", Operator: domain.In, Value: []any{1}},
		"times":         {Column: "date", Operator: domain.IsBetween, Value: []time.Time{time.Now()}},
		"a float":       {Column: "id", Operator: domain.IsEqualTo, Value: 1.5},
	} {
		t.Run(name, func(t *testing.T) {
			c, d := scripted(t, nil)
			_, err := everything(c.Invoices(t.Context(), domain.ListQuery{Filters: []domain.Filter{f}}))
			wantKind(t, err, domain.KindInvalid)
			d.was()
		})
	}
}

func TestList_stops(t *testing.T) {
	c, d := scripted(t, map[string][]reaction{"POST invoices/invoices": {
		says(good(`{"count":250,"data":` + rows(1, 100) + `}`)), says(good(`{"count":250,"data":` + rows(101, 100) + `}`)),
		says(good(`{"count":250,"data":` + rows(201, 50) + `}`)),
	}})
	all, err := everything(c.Invoices(t.Context(), domain.ListQuery{}))
	if err != nil || len(all) != 250 {
		t.Fatal(len(all), err)
	}
	for _, err := range c.Invoices(t.Context(), domain.ListQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	if len(d.calls) != 4 {
		t.Errorf("%d calls", len(d.calls))
	}
	endless, _ := scripted(t, map[string][]reaction{"POST invoices/invoices": {says(good(`{"count":1000,"data":` + rows(1, 100) + `}`))}})
	_, err = everything(endless.Invoices(t.Context(), domain.ListQuery{}))
	wantKind(t, err, domain.KindCount)
	odd, _ := scripted(t, map[string][]reaction{"POST invoices/invoices": {says(good(`{"count":1,"data":[{"invoiceNumber":"x"}]}`))}})
	_, err = everything(odd.Invoices(t.Context(), domain.ListQuery{}))
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
		if err := unmarshal([]byte(`{"count":`+tc.count+`,"data":`+rows(1, tc.rows)+`}`), &list); err != nil {
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
		if err := unmarshal([]byte(d.body(0)), &body); err != nil || string(body["paging"]) != `{"currentPage":1,"pageSize":1}` {
			t.Errorf("%s, %v", d.body(0), err)
		}
	}
}

func TestSample_namesTheFirstAndCountsAll(t *testing.T) {
	c, d := scripted(t, map[string][]reaction{"POST products/products": {says(good(`{"count":500,"data":[{"id":7,"name":"Çay"},{"id":9,"name":"Kahve"}]}`))}})
	got, err := c.Sample(t.Context(), 2)
	if want := (domain.FirmSample{Products: 500, Names: []string{"Çay", "Kahve"}}); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	var body record
	if err := unmarshal([]byte(d.body(0)), &body); err != nil || string(body["paging"]) != `{"currentPage":1,"pageSize":2}` {
		t.Errorf("%s, %v", d.body(0), err)
	}
}
