package sandbox_test

import (
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

func number(s string) decimal.NullDecimal {
	return decimal.NewNullDecimal(decimal.RequireFromString(s))
}

// few are products to ask questions of; not in the order of their ids.
func few() []sandbox.Product {
	return []sandbox.Product{
		{ID: 30, Code: "ŞKR-3", Name: "Şeker", Price: number("0"), Currency: "USD"},
		{ID: 10, Code: "KTP-1", Name: "Kitap İnce", Barcode: "8690000000012", Price: number("249.90"), Stock: number("-2.5"), Reserved: decimal.NewFromInt(3), Currency: "TL", VATRate: number("10"), Brand: "Defterdâr"},
		{ID: 40, Code: "HZM-1", Name: "Kargo", Type: sandbox.TypeService},
		{ID: 20, Code: "KTP-2", Name: "Kitap Kalın", Passive: true, Unit: "Paket", Boxes: []sandbox.Box{{Name: "Koli", Barcode: "8690000000029", Pieces: 12}}},
	}
}

func TestProducts_filtersAndSorts(t *testing.T) {
	f := func(column string, operator, value any) object {
		return object{"columnName": column, "operator": operator, "value": value}
	}
	for _, tt := range []struct {
		name    string
		sorting object
		filters []object
		want    []int64
	}{
		{"nothing", object{}, nil, []int64{30, 10, 40, 20}},
		{"by id", object{"id": "Asc"}, nil, []int64{10, 20, 30, 40}},
		{"by id down", object{"id": -1}, nil, []int64{40, 30, 20, 10}},
		{"by code", object{"code": 0}, nil, []int64{40, 10, 20, 30}},
		{"type by name", object{"id": 1}, []object{f("type", "IsEqualTo", "1")}, []int64{10, 20, 30}},
		{"type by number", object{"id": 1}, []object{f("type", 3, 2)}, []int64{40}},
		{"active", object{"id": 1}, []object{f("isActive", 3, true), f("type", 3, "1")}, []int64{10, 30}},
		{"passive, as text", object{"id": 1}, []object{f("isActive", "IsNotEqualTo", "true")}, []int64{20}},
		{"after an id", object{"id": 1}, []object{f("id", "IsGreaterThan", "20")}, []int64{30, 40}},
		{"up to an id", object{"id": 1}, []object{f("id", 2, 20)}, []int64{10, 20}},
		{"between", object{"id": 1}, []object{f("id", 16, []int{15, 30})}, []int64{20, 30}},
		{"between, both ends", object{"id": 1}, []object{f("id", 16, []int{20, 30})}, []int64{20, 30}},
		{"below an id", object{"id": 1}, []object{f("id", 1, 20)}, []int64{10}},
		{"from an id", object{"id": 1}, []object{f("id", 5, 20)}, []int64{20, 30, 40}},
		{"passive first", object{"isActive": "Asc"}, nil, []int64{20, 30, 10, 40}},
		{"passive last", object{"isActive": "Desc"}, nil, []int64{30, 10, 40, 20}},
		{"in", object{"id": 1}, []object{f("id", "In", []string{"40", "10", "7"})}, []int64{10, 40}},
		{"not in", object{"id": 1}, []object{f("id", 18, []int{10, 40})}, []int64{20, 30}},
		{"code equal", object{"id": 1}, []object{f("code", 3, "KTP-1")}, []int64{10}},
		{"code is exact", object{"id": 1}, []object{f("code", 3, "ktp-1")}, nil},
		{"text search in Turkish", object{"id": 1}, []object{f("name", 15, "kitap ıNCE")}, []int64{10}},
		{"begins", object{"id": 1}, []object{f("code", "StartsWith", "şkr")}, []int64{30}},
		{"ends", object{"id": 1}, []object{f("name", "EndsWith", "Kalın")}, []int64{20}},
		{"does not contain", object{"id": 1}, []object{f("name", 10, "a")}, []int64{30}},
		{"no barcode", object{"id": 1}, []object{f("barcode", 13, nil)}, []int64{20, 30, 40}},
		{"some barcode", object{"id": 1}, []object{f("barcode", "IsNotNull", nil)}, []int64{10}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := start(t, sandbox.Options{Products: few()})
			c.signIn()
			body := productsBody(1, 100, tt.filters...)
			body["sorting"] = tt.sorting
			l := c.mustList(body)
			if !slices.Equal(l.ids(), tt.want) || l.Count == nil || *l.Count != len(tt.want) {
				t.Errorf("gives %v, want %v", l.ids(), tt.want)
			}
		})
	}
}

func TestProducts_refusesWhatItCannotAnswer(t *testing.T) {
	for name, change := range map[string]func(object){
		"number":       func(o object) { o["filters"] = []object{{"columnName": "id", "operator": 3, "value": "x"}} },
		"bool":         func(o object) { o["filters"] = []object{{"columnName": "isActive", "operator": 3, "value": "x"}} },
		"one of two":   func(o object) { o["filters"] = []object{{"columnName": "id", "operator": 16, "value": "1"}} },
		"two of one":   func(o object) { o["filters"] = []object{{"columnName": "id", "operator": 3, "value": []int{1, 2}}} },
		"sort column":  func(o object) { o["sorting"] = object{"colour": "Asc"} },
		"sort order":   func(o object) { o["sorting"] = object{"id": "Up"} },
		"two sortings": func(o object) { o["sorting"] = object{"id": "Asc", "code": "Asc"} },
		"page":         func(o object) { o["paging"] = object{"currentPage": -1} },
		"filters":      func(o object) { o["filters"] = "all" },
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, sandbox.Options{Products: few()})
			c.signIn()
			body := productsBody(1, 10)
			change(body)
			c.list(body).refused(t, http.StatusBadRequest, "")
		})
	}
}

// §12, to §3.2: a filter entry that is not understood is ignored, the others count.
func TestProducts_ignoreFiltersTheyDoNotUnderstand(t *testing.T) {
	for name, filter := range map[string]object{
		"unknown column":             {"columnName": "colour", "operator": 3, "value": "x"},
		"unknown column, no value":   {"columnName": "colour", "operator": "IsBetween"},
		"operator below the first":   {"columnName": "id", "operator": 0, "value": "1"},
		"operator above the last":    {"columnName": "id", "operator": 19, "value": "1"},
		"operator of another system": {"columnName": "id", "operator": "gte", "value": "30"},
		"no operator":                {"columnName": "id", "value": "30"},
		"no column":                  {"field": "id", "operator": "gte", "value": "30"},
		"changes, by default":        {"columnName": "modificationDate", "operator": 5, "value": "2099-01-01T00:00:00"},
	} {
		t.Run(name, func(t *testing.T) {
			c := signed(t, sandbox.Options{Products: few()})
			if l := c.mustList(productsBody(1, 10, filter)); !slices.Equal(l.ids(), []int64{10, 20, 30, 40}) || *l.Count != 4 {
				t.Errorf("alone it gives %v of %d", l.ids(), *l.Count)
			}
			type1 := object{"columnName": "type", "operator": 3, "value": 2}
			if l := c.mustList(productsBody(1, 10, filter, type1)); !slices.Equal(l.ids(), []int64{40}) {
				t.Errorf("beside another it gives %v", l.ids())
			}
		})
	}
}

// §12, to §6.5: the text also writes issuedate; names of columns are read without regard to case.
func TestProducts_columnsWithoutRegardToCase(t *testing.T) {
	c := signed(t, sandbox.Options{Products: few()})
	body := productsBody(1, 10, object{"columnName": "ISACTIVE", "operator": 3, "value": true})
	body["sorting"] = object{"ID": "Desc"}
	if l := c.mustList(body); !slices.Equal(l.ids(), []int64{40, 30, 10}) {
		t.Errorf("gives %v", l.ids())
	}
}

// What changed since a moment, where the server honours that filter at all.
func TestProducts_changeFilter(t *testing.T) {
	now := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	for name, touches := range map[string]bool{"stock leaves the date": false, "stock sets the date": true} {
		t.Run(name, func(t *testing.T) {
			c := signed(t, sandbox.Options{
				Products: priced(), AllowStock: true, ChangeFilter: true, StockChangesDate: touches, Now: func() time.Time { return now },
			})
			since := func(at string) []int64 {
				return c.mustList(productsBody(1, 10, object{"columnName": "modificationDate", "operator": 5, "value": at})).ids()
			}
			c.put("stock", receiptBody(sandbox.StockEntry, 1))
			want := []int64(nil)
			if touches {
				want = []int64{11}
			}
			if got := since("2026-11-25T12:00:00"); !slices.Equal(got, want) {
				t.Errorf("after a movement %v, want %v", got, want)
			}
			c.s.ChangeProduct("HZM-1", func(p *sandbox.Product) { p.Price = number("1") })
			if got := since("2026-11-25T12:00:00"); !slices.Contains(got, 12) {
				t.Errorf("after a change %v", got)
			}
			if got := since("2026-11-25T12:00:01"); len(got) != 0 {
				t.Errorf("a second later %v", got)
			}
		})
	}
}

func TestProducts_pages(t *testing.T) {
	c := start(t, sandbox.Options{Products: sandbox.Products(250, 3)})
	c.signIn()
	body := func(page, size int, skip bool) object {
		b := productsBody(page, size)
		b["paging"] = object{"currentPage": page, "pageSize": size, "skipPageSizeLimit": skip}
		return b
	}
	for _, tt := range []struct {
		name string
		body object
		rows int
	}{
		{"first", body(1, 100, false), 100},
		{"last", body(3, 100, false), 50},
		{"behind the last", body(4, 100, false), 0},
		{"far behind", body(1<<62, 100, false), 0},
		{"larger than allowed", body(1, 200, false), 100},
		{"limit skipped", body(1, 200, true), 200},
		{"no size", body(1, 0, false), 15},
		{"empty body", object{}, 15},
	} {
		if l := c.mustList(tt.body); len(l.Data) != tt.rows {
			t.Errorf("%s: %d rows, want %d", tt.name, len(l.Data), tt.rows)
		}
	}
	if l := c.mustList(object{"count": false}); l.Count != nil {
		t.Error("a count that nobody asked for")
	}
	r := c.list(body(9, 100, false))
	if got := string(r.Data); got != `{"count":250,"data":null,"extraData":null}` {
		t.Errorf("an empty page is %s", got)
	}
}

func TestProducts_quirks(t *testing.T) {
	c := start(t, sandbox.Options{Products: sandbox.Products(100, 4)})
	c.signIn()
	codes, idKinds, unknown := map[int]bool{}, map[string]bool{}, 0
	missing, null := 0, 0
	for range 2 {
		r := c.list(productsBody(1, 100))
		codes[r.Code] = true
		var l listing
		r.ok(t, &l)
		for _, row := range l.Data {
			switch row["id"].(type) {
			case string:
				idKinds["text"] = true
			case float64:
				idKinds["number"] = true
			}
			if _, ok := row["strfrStatus"]; ok {
				unknown++
			}
			switch v, ok := row["barcode"]; {
			case !ok:
				missing++
			case v == nil:
				null++
			}
		}
	}
	if len(codes) != 2 || len(idKinds) != 2 || unknown != 200 || missing == 0 || null == 0 {
		t.Errorf("codes %v, ids %v, %d unknown fields, %d barcodes missing and %d null", codes, idKinds, unknown, missing, null)
	}

	c.s.Change(func(o *sandbox.Options) { o.Plain = true })
	for range 2 {
		r := c.list(productsBody(1, 100))
		var l listing
		r.ok(t, &l)
		if _, text := l.Data[0]["id"].(string); r.Code != 0 || !text || r.Message == nil {
			t.Errorf("plain answers with code %d and id %v", r.Code, l.Data[0]["id"])
		}
	}
}

func TestProducts_rowSaysWhatIsKnown(t *testing.T) {
	c := start(t, sandbox.Options{Products: few(), Plain: true})
	c.signIn()
	rows := c.mustList(productsBody(1, 100)).Data
	for field, want := range map[string]any{
		"id": "10", "code": "KTP-1", "name": "Kitap İnce", "type": 1.0, "isActive": true, "barcode": "8690000000012",
		"stock": -2.5, "actualStock": 0.5, "salesPriceTaxIncluded": 249.9, "currency": "TL", "vatRate": 10.0,
		"mainUnitName": "Adet", "brandName": "Defterdâr",
	} {
		if rows[0][field] != want {
			t.Errorf("%s is %v, want %v", field, rows[0][field], want)
		}
	}
	for _, absent := range []string{"barcode", "stock", "actualStock", "salesPriceTaxIncluded", "currency", "vatRate", "brandName"} {
		if v, ok := rows[1][absent]; ok {
			t.Errorf("absent %s is %v", absent, v)
		}
	}
	if rows[1]["isActive"] != false || rows[2]["salesPriceTaxIncluded"] != 0.0 || rows[2]["currency"] != "USD" {
		t.Errorf("rows %v, %v", rows[1], rows[2])
	}
}

func TestProduct_detail(t *testing.T) {
	c := start(t, sandbox.Options{Products: few(), Plain: true})
	c.signIn()
	var data struct {
		ID, Code string
		Units    []struct {
			Name, Barcode     string
			IsMain            bool
			ConversionFactor2 int
		}
		Prices []struct {
			Type             int
			PriceTaxIncluded float64
			Currency         string
		}
	}
	c.call(http.MethodGet, base+"products/20/1", nil).ok(t, &data)
	if data.Code != "KTP-2" || len(data.Units) != 2 || !data.Units[0].IsMain || data.Units[1].Barcode != "8690000000029" ||
		data.Units[1].ConversionFactor2 != 12 || data.Prices != nil {
		t.Errorf("detail %+v", data)
	}
	c.call(http.MethodGet, base+"products/10/1", nil).ok(t, &data)
	if len(data.Prices) != 1 || data.Prices[0].Type != 1 || data.Prices[0].PriceTaxIncluded != 249.9 || data.Prices[0].Currency != "TL" {
		t.Errorf("detail %+v", data)
	}
	for _, path := range []string{"products/99/1", "products/40/1", "products/x/1"} {
		c.call(http.MethodGet, base+path, nil).refused(t, 599, "Kayıt Numarası Bulunamadı!")
	}
}

// §12, to §4.1: these are booleans, not account codes.
func TestProduct_detailBooleans(t *testing.T) {
	c := signed(t, sandbox.Options{Products: few()})
	detail := c.get("products/10/1")
	for _, name := range []string{
		"incomeWorking", "expenseWorking", "relatedCost", "purchasingManagement", "salesManagement", "lot", "serial", "strfrStatus",
	} {
		if _, ok := detail[name].(bool); !ok {
			t.Errorf("%s is %v", name, detail[name])
		}
	}
}

func TestProducts_askForTheirHeaders(t *testing.T) {
	for name, spoil := range map[string]func(*caller){
		"apiKey":        func(c *caller) { c.key = "" },
		"Authorization": func(c *caller) { c.token = "" },
		"tenantId":      func(c *caller) { c.tenant = "" },
		"wrong tenant":  func(c *caller) { c.tenant = "x" },
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, sandbox.Options{})
			c.signIn()
			spoil(c)
			for _, r := range []reply{c.list(productsBody(1, 1)), c.call(http.MethodGet, base+"products/1/1", nil)} {
				if !r.IsError || r.Status != http.StatusUnauthorized && r.Status != http.StatusBadRequest {
					t.Errorf("HTTP %d %s", r.Status, r.Raw)
				}
			}
		})
	}
}

// The largest real list there is to try: every product once, in the order of ids, in 388 calls.
func TestProducts_wholeOfALargeFirm(t *testing.T) {
	const firm = 38_760
	c := start(t, sandbox.Options{Products: append(sandbox.Products(firm, 5), sandbox.Services(10, 5)...)})
	c.signIn()
	last, read := int64(0), 0
	for page := 1; ; page++ {
		l := c.mustList(productsBody(page, 100, object{"columnName": "type", "operator": 3, "value": "1"}))
		for _, id := range l.ids() {
			if id <= last {
				t.Fatalf("page %d: id %d after %d", page, id, last)
			}
			last = id
			read++
		}
		if *l.Count != firm {
			t.Fatalf("count %s", strconv.Itoa(*l.Count))
		}
		if read == firm {
			break
		}
	}
	if n := c.s.Count(sandbox.RouteProducts); n != 388 {
		t.Errorf("%d list calls", n)
	}
}
