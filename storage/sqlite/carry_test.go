package sqlite

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// seedOf tells of which seed domaintest.Fill makes its n-th value.
func seedOf(n int) int { return n / 1009 }

// anyProduct gives a product as a person or a file could bring it, every field of which differs from those
// of the neighbouring seeds.
func anyProduct(seed int) domain.Product {
	states := []domain.ProductState{domain.ProductDraft, domain.ProductArchived, domain.ProductActive}
	p := domaintest.Fill[domain.Product](seed,
		domaintest.As(func(n int) decimal.Decimal { return decimal.New(int64(n%1009+20*seedOf(n))*100+7, -2) }), // no rate above 100
		domaintest.As(func(n int) domain.ProductState { return states[seedOf(n)%len(states)] }))
	p.ID, p.Revision, p.UpdatedAt = 0, 0, time.Time{}
	return p
}

// onlyWritten are the fields of a product that nobody gives: the store does.
var onlyWritten = map[string]bool{"ID": true, "Revision": true, "UpdatedAt": true}

// clocked lets the company's clock stand at the n-th hour.
func clocked(c *Company, n int) time.Time {
	at := domaintest.Moment.Add(time.Duration(n)*time.Hour + 7*time.Millisecond)
	c.db.now = func() time.Time { return at.Add(300 * time.Microsecond).In(time.FixedZone("elsewhere", 3*3600)) }
	return at
}

func timed(at time.Time) string { return at.Format("2006-01-02T15:04:05.000Z") }

func decText(d decimal.NullDecimal) any {
	if !d.Valid {
		return nil
	}
	return d.Decimal.String()
}

// wantStored fails the test unless the file holds exactly this product, with all that is kept beside it.
// Its barcode has to be a right GTIN-13, whose key is the GTIN-14 that it is.
func wantStored(t *testing.T, c *Company, what string, p domain.Product, source string, createdAt time.Time, last int64) {
	t.Helper()
	rows := rowsBy(t, c.db.read, `SELECT * FROM product WHERE id = ?`, p.ID)
	if len(rows) != 1 {
		t.Fatalf("%s: %d products of that id", what, len(rows))
	}
	wantRow(t, what, rows[0], map[string]any{
		"id": int64(p.ID), "code": string(p.Code), "code_k0": p.Code.K0(), "code_k1": p.Code.K1(), "code_sort": domain.SortKey(string(p.Code)),
		"barcode": string(p.Barcode), "barcode_key": "0" + string(p.Barcode), "name": p.Name, "name_fold": domain.Fold(p.Name), "name_sort": domain.SortKey(p.Name),
		"search_fold": domain.Fold(p.Name) + "\n" + domain.Fold(string(p.Code)) + "\n" + string(p.Barcode),
		"brand":       p.Brand, "description": p.Description, "price": decText(p.Price), "currency": string(p.Currency), "stock": decText(p.Stock),
		"vat_rate": decText(p.VATRate), "state": string(p.State), "revision": p.Revision, "revision_last": last, "source": source,
		"created_at": timed(createdAt), "updated_at": timed(p.UpdatedAt),
	})
}

// wantProduct fails the test unless reading the product gives this one.
func wantProduct(t *testing.T, c *Company, what string, want domain.Product) {
	t.Helper()
	got, total, err := c.Products(t.Context(), domain.ProductQuery{ID: want.ID})
	if err != nil || total != 1 || len(got) != 1 {
		t.Fatalf("%s: %v of %d, %v", what, got, total, err)
	}
	for _, d := range domaintest.Differences(got[0], want) {
		t.Errorf("%s: %s", what, d)
	}
}

// wantNoted fails the test unless the newest entry of the history is this one, done now.
func wantNoted(t *testing.T, c *Company, what string, want any) {
	t.Helper()
	h := lastDone(t, c)
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got, wanted any
	if err := json.Unmarshal([]byte(h.Detail), &got); err != nil {
		t.Fatalf("%q: %v", h.Detail, err)
	}
	if err := json.Unmarshal(text, &wanted); err != nil {
		t.Fatal(err)
	}
	if h.What != what || h.Actor != c.actor || !h.At.Equal(c.db.now().Truncate(time.Millisecond)) || !reflect.DeepEqual(got, wanted) {
		t.Errorf("history: %s by %q at %v: %s\nwant %s by %q at %v: %s", h.What, h.Actor, h.At, h.Detail, what, c.actor, c.db.now(), text)
	}
}

// entries is how many entries the history has.
func entries(t *testing.T, c *Company) int {
	t.Helper()
	return count(t, c, `SELECT count(*) FROM history`)
}

// fieldValue is a field of a product as the history shows it.
func fieldValue(p domain.Product, path string) any {
	switch v := reflect.ValueOf(p).FieldByName(path); v.Kind() {
	case reflect.String:
		return v.String()
	default:
		return decText(v.Interface().(decimal.NullDecimal))
	}
}

// historyField is how the history names a field.
func historyField(path string) string {
	if path == "VATRate" {
		return "vat_rate"
	}
	return strings.ToLower(path)
}

func historyName(p domain.Product) map[string]any {
	return map[string]any{"product": p.ID, "code": p.Code, "name": p.Name}
}

func TestSaveProducts_carriesEveryField(t *testing.T) {
	c := newCompany(t)
	c.actor = "ayşe"
	created := clocked(c, 1)
	base := save(t, c, anyProduct(0))[0]
	want := anyProduct(0)
	want.ID, want.Revision, want.UpdatedAt = base.ID, 1, created
	if d := domaintest.Differences(base, want); base.ID == 0 || len(d) > 0 {
		t.Errorf("added: %q", d)
	}
	wantStored(t, c, "added", want, sourcePerson, created, 0)
	wantProduct(t, c, "added", want)
	wantNoted(t, c, "product-added", historyName(want))

	hour, before := 1, want
	for path, p := range domaintest.Changed(want, anyProduct(1)) {
		if onlyWritten[path] {
			continue
		}
		hour++
		p.Revision = before.Revision
		now := clocked(c, hour)
		saved := save(t, c, p)[0]
		p.Revision, p.UpdatedAt = before.Revision+1, now
		if d := domaintest.Differences(saved, p); len(d) > 0 {
			t.Errorf("%s changed: given %q", path, d)
		}
		wantStored(t, c, path+" changed", p, sourcePerson, created, p.Revision)
		wantProduct(t, c, path+" changed", p)
		changes := map[string]any{}
		for other := range domaintest.Changed(before, p) { // what this change sets, and what it takes back of the one before
			if !onlyWritten[other] && !strings.HasSuffix(other, "State") {
				changes[historyField(other)] = []any{fieldValue(before, other), fieldValue(p, other)}
			}
		}
		if before.State != p.State && len(changes) > 0 {
			changes["state"] = []any{before.State, p.State}
		}
		if len(changes) == 0 {
			wantNoted(t, c, "products-archived", map[string]any{"products": 1, "list": []any{historyName(p)}})
		} else {
			detail := historyName(p)
			detail["changes"] = changes
			wantNoted(t, c, "product-changed", detail)
		}
		before = p
	}
	noted, all := entries(t, c), contents(t, c.db)
	before.Price.Decimal = decimal.RequireFromString(before.Price.Decimal.String() + "00")
	clocked(c, hour+1)
	if same := save(t, c, before)[0]; same.Revision != before.Revision || !same.UpdatedAt.Equal(before.UpdatedAt) {
		t.Errorf("what changes nothing was written: %+v", same)
	}
	if entries(t, c) != noted || !reflect.DeepEqual(contents(t, c.db), all) {
		t.Error("what changes nothing was written")
	}
}

// The archive is noted in one entry for all that went into it, and one for all that came out.
func TestSaveProducts_notesWhatWentIntoTheArchiveAndCameOut(t *testing.T) {
	c := newCompany(t)
	states := []domain.ProductState{domain.ProductActive, domain.ProductDraft, domain.ProductArchived, domain.ProductActive}
	becomes := []domain.ProductState{domain.ProductArchived, domain.ProductArchived, domain.ProductActive, domain.ProductArchived}
	var products []domain.Product
	for i, s := range states {
		products = append(products, domain.Product{Code: domain.Code(fmt.Sprint("K", i)), Name: "Ürün", State: s})
	}
	products = save(t, c, products...)
	noted := entries(t, c)
	for i := range products {
		products[i].State = becomes[i]
	}
	products[3].Name = "Başka" // more than its place has changed
	before := products[3]
	clocked(c, 5)
	products = save(t, c, products...)
	if n := entries(t, c) - noted; n != 3 {
		t.Fatalf("%d entries", n)
	}
	wantNoted(t, c, "products-restored", map[string]any{"products": 1, "list": []any{historyName(products[2])}})
	history, _, err := c.History(t.Context(), 2, 1)
	if err != nil || history[0].What != "products-archived" || !strings.Contains(history[0].Detail, `"products":2`) ||
		!strings.Contains(history[0].Detail, `"K0"`) || !strings.Contains(history[0].Detail, `"K1"`) {
		t.Errorf("%+v, %v", history, err)
	}
	if history[1].What != "product-changed" || !strings.Contains(history[1].Detail, `"state":["active","archived"]`) || before.State != domain.ProductArchived {
		t.Errorf("%+v", history[1])
	}
}

// bring imports products of a file with a name, and gives what became of them.
func bring(t *testing.T, c *Company, products ...domain.Product) listing.Tally {
	t.Helper()
	plan, err := c.PlanImport(t.Context(), rowsOf(products), quiet2)
	if err != nil {
		t.Fatal(err)
	}
	done, err := c.ImportProducts(t.Context(), "liste.csv", rowsOf(products), quiet2)
	if err != nil || done != plan {
		t.Fatalf("planned %+v, done %+v, %v", plan, done, err)
	}
	return done
}

func quiet2(int, int) {}

func TestImportProducts_carriesEveryField(t *testing.T) {
	for path, changed := range domaintest.Changed(anyProduct(0), anyProduct(1)) {
		if onlyWritten[path] {
			continue
		}
		for from, whole := range map[string]bool{sourceFile: true, sourcePerson: false} { // the file gives all of the product, or only what is new
			t.Run(fmt.Sprint(path, " of one from a ", from), func(t *testing.T) {
				c := newCompany(t)
				first := anyProduct(0)
				if path == "Code" { // a coded product is another one
					first.Code = ""
				}
				created := clocked(c, 1)
				if from == sourcePerson {
					save(t, c, first)
				} else {
					if got := bring(t, c, first); got != (listing.Tally{Added: 1}) {
						t.Fatalf("%+v", got)
					}
					wantNoted(t, c, "import", map[string]any{"file": "liste.csv", "added": 1, "updated": 0, "unchanged": 0})
				}
				first.ID, first.Revision, first.UpdatedAt = 1, 1, created
				wantStored(t, c, "added", first, from, created, 0)
				wantProduct(t, c, "added", first)

				row := changed
				if !whole {
					row = sparse(t, path, changed)
				}
				if path == "Code" {
					row.Name = first.Name
				}
				now := clocked(c, 2)
				if got := bring(t, c, row); got != (listing.Tally{Updated: 1}) {
					t.Fatalf("%+v", got)
				}
				want := changed
				want.ID, want.Revision, want.UpdatedAt = 1, 2, now
				wantStored(t, c, "again", want, from, created, 2)
				wantProduct(t, c, "again", want)
				wantNoted(t, c, "import", map[string]any{"file": "liste.csv", "added": 0, "updated": 1, "unchanged": 0})

				clocked(c, 3)
				if got := bring(t, c, row); got != (listing.Tally{Unchanged: 1}) {
					t.Errorf("a third time: %+v", got)
				}
				wantStored(t, c, "a third time", want, from, created, 2)
				wantNoted(t, c, "import", map[string]any{"file": "liste.csv", "added": 0, "updated": 0, "unchanged": 1})
			})
		}
	}
}

// sparse is a row of a file that says which product it is and the one field, nothing else.
func sparse(t *testing.T, path string, p domain.Product) domain.Product {
	t.Helper()
	row := domain.Product{Code: p.Code}
	if path == "Code" { // it is found by its barcode
		row.Barcode = p.Barcode
	}
	reflect.ValueOf(&row).Elem().FieldByName(path).Set(reflect.ValueOf(p).FieldByName(path))
	return row
}

// Two rows of a file that are one product give it together: the later one what it has, the earlier one the rest.
func TestImportProducts_rowsOfOneProductGiveEveryFieldTogether(t *testing.T) {
	first := anyProduct(0)
	later := anyProduct(1)
	// Its own spelling of what makes it the same product.
	later.Code, later.Name, later.Barcode = "\u00a0"+first.Code, strings.ReplaceAll(first.Name, "ğ", "g")+" ", "0"+first.Barcode
	c := newCompany(t)
	for path, together := range domaintest.Changed(first, later) {
		if onlyWritten[path] {
			continue
		}
		mustDelete(t, c, "product")
		row := domain.Product{Code: first.Code, Name: first.Name, Barcode: first.Barcode}
		reflect.ValueOf(&row).Elem().FieldByName(path).Set(reflect.ValueOf(later).FieldByName(path))
		if got := bring(t, c, first, row); got != (listing.Tally{Added: 1, Repeated: 1}) {
			t.Errorf("%s: %+v", path, got)
		}
		for _, d := range domaintest.Differences(productByCode(t, c, first.Code), together, "ID", "Revision", "UpdatedAt") {
			t.Errorf("%s later: %s", path, d)
		}
		// A row without a code tells what the one with the code leaves out, wherever it stands.
		if path == "Code" || path == "Name" || path == "Barcode" {
			continue
		}
		bare, coded := row, first
		bare.Code = ""
		reflect.ValueOf(&coded).Elem().FieldByName(path).SetZero()
		for name, rows := range map[string][]domain.Product{"before": {bare, coded}, "behind": {coded, bare}} {
			mustDelete(t, c, "product")
			if got := bring(t, c, rows...); got != (listing.Tally{Added: 1, Repeated: 1}) {
				t.Errorf("%s %s: %+v", path, name, got)
			}
			for _, d := range domaintest.Differences(productByCode(t, c, first.Code), together, "ID", "Revision", "UpdatedAt") {
				t.Errorf("%s of a row without a code %s: %s", path, name, d)
			}
		}
		mustDelete(t, c, "product") // and nothing that it does not leave out
		bring(t, c, first, bare)
		for _, d := range domaintest.Differences(productByCode(t, c, first.Code), first, "ID", "Revision", "UpdatedAt") {
			t.Errorf("%s of a row without a code, though the other has one: %s", path, d)
		}
	}
}

// An in-store number pairs nothing, but tells the rows of one file apart, as does a number that a spreadsheet has spoilt.
func TestImportProducts_rowsThatDifferInANumberOfNoWorthAreTwo(t *testing.T) {
	for _, barcodes := range [][2]domain.Barcode{{"2700001000006", "2700002000005"}, {"8,69E+12", "8,68E+12"}} {
		for _, code := range []domain.Code{"", "T-1"} {
			c := newCompany(t)
			for _, b := range barcodes {
				if _, class := b.Key(); class.Pairs() {
					t.Fatalf("%s pairs", b)
				}
			}
			rows := []domain.Product{{Code: code, Name: "PEYNİR", Barcode: barcodes[0]}, {Code: code, Name: "PEYNİR", Barcode: barcodes[1]}}
			if got := bring(t, c, rows...); got != (listing.Tally{Added: 2}) {
				t.Errorf("%v of %q: %+v", barcodes, code, got)
			}
			if got := bring(t, c, rows[1], rows[0], rows[0]); got != (listing.Tally{Unchanged: 2, Repeated: 1}) {
				t.Errorf("%v of %q again: %+v", barcodes, code, got)
			}
		}
	}
}

func TestRepair_carriesEveryFieldThereAndBack(t *testing.T) {
	c := newCompany(t)
	c.actor = "veli"
	created := clocked(c, 1)
	var products []domain.Product
	for seed := range 5 {
		products = append(products, anyProduct(seed))
	}
	products = save(t, c, products...)
	var fixes []doctor.Fix
	var noted []map[string]any
	mended := make([]domain.Product, len(products))
	for i, p := range products {
		mended[i] = p
		f := doctor.Fix{Product: p.ID, Column: doctor.Code, From: string(p.Code), To: "0" + string(p.Code)}
		mended[i].Code = domain.Code(f.To)
		if i%2 == 1 {
			f = doctor.Fix{Product: p.ID, Column: doctor.Barcode, From: string(p.Barcode), To: domaintest.GTIN13(90_000 + i)}
			mended[i].Code, mended[i].Barcode = p.Code, domain.Barcode(f.To)
		}
		fixes = append(fixes, f)
		noted = append(noted, map[string]any{"product": p.ID, "code": p.Code, "column": f.Column, "from": f.From, "to": f.To})
	}
	fixes = append(fixes, doctor.Fix{Product: products[0].ID, Column: doctor.Code, From: "nobody's", To: "else"}, doctor.Fix{Product: 99, Column: doctor.Barcode, From: "1", To: "2"})

	var counting doctor.Count
	now := clocked(c, 2)
	done, err := c.Repair(t.Context(), doctor.Repair{What: "pad-code", Width: 7, Fixes: fixes}, &counting)
	if err != nil {
		t.Fatal(err)
	}
	want := doctor.Repaired{ID: done.ID, At: now, What: "pad-code", Width: 7, Done: 5, Left: 2}
	n, of := counting.Snapshot()
	if d := domaintest.Differences(done, want); done.ID == 0 || len(d) > 0 || n != 7 || of != 7 {
		t.Errorf("%q, counted %d of %d", d, n, of)
	}
	for i, p := range mended {
		p.Revision, p.UpdatedAt = 2, now
		wantStored(t, c, fmt.Sprint("mended ", i), p, sourcePerson, created, 2)
		wantProduct(t, c, fmt.Sprint("mended ", i), p)
	}
	wantNoted(t, c, "repair", map[string]any{"what": "pad-code", "width": 7, "products": 5, "left_alone": 2, "changes": noted[:3]})
	last, ok, err := c.LastRepair(t.Context())
	want.Left = 0 // what was left alone is not kept
	if d := domaintest.Differences(last, want); !ok || err != nil || len(d) > 0 {
		t.Errorf("%q, %v, %v", d, ok, err)
	}
	later, err := c.Repair(t.Context(), doctor.Repair{What: "pad-barcode", Width: 1, Fixes: []doctor.Fix{
		{Product: products[0].ID, Column: doctor.Code, From: string(mended[0].Code), To: "bir daha"},
		{Product: 99, Column: doctor.Code, From: "1", To: "2"},
	}}, quiet)
	if err != nil || later.ID == done.ID {
		t.Fatalf("%+v, %v", later, err)
	}
	wantNoted(t, c, "repair", map[string]any{"what": "pad-barcode", "width": 1, "products": 1, "left_alone": 1, "changes": []any{
		map[string]any{"product": products[0].ID, "code": mended[0].Code, "column": "code", "from": mended[0].Code, "to": "bir daha"},
	}})
	if last, ok, err = c.LastRepair(t.Context()); !ok || err != nil || last.ID != later.ID || last.Done != 1 {
		t.Errorf("the newest: %+v, %v, %v", last, ok, err)
	}
	if _, err := c.UndoRepair(t.Context(), later, quiet); err != nil {
		t.Fatal(err)
	}
	if last, ok, err = c.LastRepair(t.Context()); !ok || err != nil || last.ID != done.ID {
		t.Errorf("the one before: %+v, %v, %v", last, ok, err)
	}

	now = clocked(c, 3)
	back, err := c.UndoRepair(t.Context(), done, &counting)
	want.At, want.Left = now, 0
	n, of = counting.Snapshot()
	if d := domaintest.Differences(back, want); err != nil || len(d) > 0 || n != 5 || of != 5 {
		t.Errorf("%q, %v, counted %d of %d", d, err, n, of)
	}
	noted = noted[:3]
	for i := range noted {
		noted[i] = maps.Clone(noted[i])
		noted[i]["from"], noted[i]["to"], noted[i]["code"] = fixes[i].To, fixes[i].From, mended[i].Code
	}
	wantNoted(t, c, "repair-undone", map[string]any{"what": "pad-code", "width": 7, "products": 5, "changes": noted})
	for i, p := range products {
		p.Revision, p.UpdatedAt = 3, now
		if i == 0 {
			p.Revision = 5 // it went through another repair and its end
		}
		wantStored(t, c, fmt.Sprint("taken back ", i), p, sourcePerson, created, p.Revision)
	}
	if rows := rowsBy(t, c.db.read, `SELECT undone_at FROM repair WHERE id = ?`, done.ID); rows[0]["undone_at"] != timed(now) {
		t.Errorf("taken back at %v", rows)
	}
}

// What a fix would newly give must be nobody else's, in the column that it writes and in no other.
func TestRepair_leavesWhatAnotherProductHas(t *testing.T) {
	gtin, other, third := domaintest.GTIN13(1), domaintest.GTIN13(2), domaintest.GTIN13(3)
	for name, test := range map[string]struct {
		fix  doctor.Fix
		done bool
	}{
		"a code that is free":                        {doctor.Fix{Column: doctor.Code, From: "A", To: "C"}, true},
		"a code that another one has":                {doctor.Fix{Column: doctor.Code, From: "A", To: "B"}, false},
		"a code that another one has, spaced":        {doctor.Fix{Column: doctor.Code, From: "A", To: " B"}, false},
		"a code that is another one's barcode":       {doctor.Fix{Column: doctor.Code, From: "A", To: other}, true},
		"its own code, spaced":                       {doctor.Fix{Column: doctor.Code, From: "A", To: "A "}, true},
		"no code, as another one has none":           {doctor.Fix{Column: doctor.Code, From: "A", To: ""}, true},
		"a code of before that is no longer so":      {doctor.Fix{Column: doctor.Code, From: "B", To: "C"}, false},
		"a barcode that is free":                     {doctor.Fix{Column: doctor.Barcode, From: gtin, To: third}, true},
		"a barcode that another one has":             {doctor.Fix{Column: doctor.Barcode, From: gtin, To: other}, false},
		"a barcode that another one has, longer":     {doctor.Fix{Column: doctor.Barcode, From: gtin, To: "0" + other}, false},
		"a barcode that is another one's code":       {doctor.Fix{Column: doctor.Barcode, From: gtin, To: "B"}, true},
		"its own barcode, longer":                    {doctor.Fix{Column: doctor.Barcode, From: gtin, To: "0" + gtin}, true},
		"no barcode, as another one has none":        {doctor.Fix{Column: doctor.Barcode, From: gtin, To: ""}, true},
		"a barcode of before that is no longer so":   {doctor.Fix{Column: doctor.Barcode, From: other, To: third}, false},
		"the barcode of before, in the other column": {doctor.Fix{Column: doctor.Code, From: gtin, To: "C"}, false},
		"the code of before, in the other column":    {doctor.Fix{Column: doctor.Barcode, From: "A", To: third}, false},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCompany(t)
			p := save(t, c, domain.Product{Code: "A", Barcode: domain.Barcode(gtin), Name: "a"}, domain.Product{Code: "B", Barcode: domain.Barcode(other), Name: "b"}, domain.Product{Name: "c"})[0]
			test.fix.Product = p.ID
			out, err := c.Repair(t.Context(), doctor.Repair{What: doctor.Chosen, Fixes: []doctor.Fix{test.fix}}, quiet)
			if err != nil || (out.Done == 1) != test.done || out.Done+out.Left != 1 || (out.ID != 0) != test.done {
				t.Errorf("%+v, %v", out, err)
			}
			want := p
			if test.done {
				want.Revision, want.UpdatedAt = 2, out.At
				if test.fix.Column == doctor.Code {
					want.Code = domain.Code(test.fix.To)
				} else {
					want.Barcode = domain.Barcode(test.fix.To)
				}
				h := lastDone(t, c)
				if h.What != "repair" || strings.Contains(h.Detail, "width") || strings.Contains(h.Detail, "left_alone") {
					t.Errorf("%+v", h)
				}
			}
			wantProduct(t, c, name, want)
		})
	}
}

// A product that is made an earlier state of itself gets its revision too, and the next change one that no
// state has had.
func TestProductWriter_restoresEveryFieldOfAnEarlierState(t *testing.T) {
	c := newCompany(t)
	created := clocked(c, 1)
	earlier := save(t, c, anyProduct(0))[0]
	later := anyProduct(1)
	later.ID, later.Revision = earlier.ID, 1
	clocked(c, 2)
	later = save(t, c, later)[0]
	write := func(work func(w *productWriter) (domain.Product, error)) (p domain.Product) {
		t.Helper()
		err := c.db.writing(t.Context(), "write", func(tx *sql.Tx) error {
			w, err := newProductWriter(t.Context(), tx, c.db.now())
			if err == nil {
				p, err = work(w)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for n, want := range []domain.Product{earlier, later, earlier} {
		now := clocked(c, 3+n)
		got := write(func(w *productWriter) (domain.Product, error) { return w.restore(t.Context(), want) })
		want.UpdatedAt = now
		if d := domaintest.Differences(got, want); len(d) > 0 {
			t.Errorf("given: %q", d)
		}
		wantStored(t, c, "restored", want, sourcePerson, created, 2)
	}
	now := clocked(c, 9)
	got := write(func(w *productWriter) (domain.Product, error) { return w.update(t.Context(), earlier) })
	earlier.Revision, earlier.UpdatedAt = 3, now
	if d := domaintest.Differences(got, earlier); len(d) > 0 {
		t.Errorf("changed: %q", d)
	}
	wantStored(t, c, "changed", earlier, sourcePerson, created, 3)
	// The number of a product that is gone, and named by a before-image, is not given again.
	run, err := c.CreateRun(t.Context(), transfer.Run{State: transfer.StateDone})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.db.write.ExecContext(t.Context(), `INSERT INTO before_image (transfer_id, remote_id, type, product_id, revision, bound, created_at) VALUES (?, '1', 1, 41, 1, 0, '')`, run.ID); err != nil {
		t.Fatal(err)
	}
	for _, id := range []domain.ProductID{42, 43} {
		if p := save(t, c, domain.Product{Name: "Yeni"})[0]; p.ID != id {
			t.Errorf("a new product has the number %d, want %d", p.ID, id)
		}
	}
}

func TestSameContent_seesEveryFieldThatAPersonSees(t *testing.T) {
	base := anyProduct(0)
	for path, p := range domaintest.Changed(base, domaintest.Fill[domain.Product](1)) {
		if sameContent(base, p) != onlyWritten[path] || sameContent(p, base) != onlyWritten[path] {
			t.Errorf("%s: same content %v", path, sameContent(base, p))
		}
	}
	absent, stray := domain.Product{}, domain.Product{Price: decimal.NullDecimal{Decimal: decimal.New(5, 0)}}
	if !sameContent(absent, stray) {
		t.Error("what is absent has a value")
	}
	for _, price := range []decimal.NullDecimal{dec("0"), dec("5")} { // absent is not zero
		if valid := (domain.Product{Price: price}); sameContent(valid, stray) || sameContent(stray, valid) {
			t.Errorf("%v is absent", price.Decimal)
		}
	}
}

// The newest transfer that has the İşbaşı product tells of it; why they are a pair, the newest that did not
// only know them from before.
func TestPair_asTheTransfersReadIt(t *testing.T) {
	type read struct {
		run     int64
		remote  string
		kind    int
		product domain.ProductID
		tier    matching.Tier
	}
	for name, test := range map[string]struct {
		rows []read
		from int64 // the run that tells, 0: none
		tier matching.Tier
	}{
		"by none":                              {nil, 0, ""},
		"another product":                      {[]read{{1, "8", 1, 1, matching.TierCode}}, 0, ""},
		"a service of that number":             {[]read{{1, "7", 2, 1, matching.TierCode}}, 0, ""},
		"once":                                 {[]read{{1, "7", 1, 1, matching.TierCode}}, 1, matching.TierCode},
		"the newest":                           {[]read{{1, "7", 1, 1, matching.TierCode}, {2, "7", 1, 1, matching.TierBarcode}}, 2, matching.TierBarcode},
		"known from before":                    {[]read{{1, "7", 1, 1, matching.TierCode}, {2, "7", 1, 1, matching.TierKnown}, {3, "7", 1, 1, matching.TierKnown}}, 3, matching.TierCode},
		"only known":                           {[]read{{1, "7", 1, 1, matching.TierKnown}}, 1, matching.TierKnown},
		"not paired by the newest":             {[]read{{1, "7", 1, 1, matching.TierCode}, {2, "7", 1, 0, ""}}, 2, matching.TierCode},
		"paired with another one before":       {[]read{{1, "7", 1, 2, matching.TierCode}, {2, "7", 1, 1, matching.TierKnown}}, 2, matching.TierKnown},
		"without a reason before":              {[]read{{1, "7", 1, 1, ""}, {2, "7", 1, 1, matching.TierKnown}}, 2, matching.TierKnown},
		"nothing behind a reason of its own":   {[]read{{1, "7", 1, 1, matching.TierKnown}, {2, "7", 1, 1, matching.TierBarcode}}, 2, matching.TierBarcode},
		"the newest reason, not the first one": {[]read{{1, "7", 1, 1, matching.TierCode}, {2, "7", 1, 1, matching.TierBarcode}, {3, "7", 1, 1, matching.TierKnown}}, 3, matching.TierBarcode},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCompany(t)
			addProducts(t, c, 2)
			if _, err := c.db.write.ExecContext(t.Context(), `INSERT INTO binding VALUES ('7', 1, 1, '')`); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				if _, err := c.CreateRun(t.Context(), transfer.Run{State: transfer.StateDone, ConfirmedAt: domaintest.Moment}); err != nil {
					t.Fatal(err)
				}
			}
			want := transfer.Row{}
			want.Remote.ID, want.Remote.Type = "7", 1
			for _, r := range test.rows {
				m := domaintest.Fill[domain.RemoteProduct](int(r.run))
				m.ID, m.Type = domain.RemoteID(r.remote), r.kind
				run, err := c.Run(t.Context(), r.run)
				if err != nil {
					t.Fatal(err)
				}
				if _, err = c.StagePage(t.Context(), run, []domain.RemoteProduct{m}); err != nil {
					t.Fatal(err)
				}
				if _, err := c.db.write.ExecContext(t.Context(), `UPDATE transfer_row SET product_id = ?, tier = ? WHERE transfer_id = ?`, r.product, r.tier, r.run); err != nil {
					t.Fatal(err)
				}
				if r.run == test.from {
					want = transfer.Row{RunID: r.run, Remote: m, ProductID: r.product, Outcome: transfer.OutcomePending}
				}
			}
			want.Tier = test.tier
			pair, ok, err := c.Pair(t.Context(), 1)
			if d := domaintest.Differences(pair, want); err != nil || !ok || len(d) > 0 {
				t.Errorf("%v, %v: %q", ok, err, d)
			}
			if pair, ok, err := c.Pair(t.Context(), 2); err != nil || ok || pair.Remote.ID != "" {
				t.Errorf("one that is not bound: %+v, %v, %v", pair, ok, err)
			}
		})
	}
}
