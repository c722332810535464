package catalogue_test

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// fieldValue is a field of a product as the history shows it.
func fieldValue(p domain.Product, path string) any {
	switch v := reflect.ValueOf(p).FieldByName(path); v.Kind() {
	case reflect.String:
		return v.String()
	default:
		return sqlitetest.DecText(v.Interface().(decimal.NullDecimal))
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
	c := sqlitetest.NewCompany(t)
	c.DB.Actor = "ayşe"
	created := sqlitetest.Clocked(c, 1)
	base := sqlitetest.Save(t, c, sqlitetest.AnyProduct(0))[0]
	want := sqlitetest.AnyProduct(0)
	want.ID, want.Revision, want.UpdatedAt = base.ID, 1, created
	if d := domaintest.Differences(base, want); base.ID == 0 || len(d) > 0 {
		t.Errorf("added: %q", d)
	}
	of := sqlitetest.OriginsOf(created, domain.SourcePerson, "ayşe")
	sqlitetest.WantStored(t, c, "added", want, domain.SourcePerson, created, 0, of)
	sqlitetest.WantProduct(t, c, "added", want)
	sqlitetest.WantNoted(t, c, "product-added", historyName(want))

	c.DB.Actor = "ümit"
	hour, before := 1, want
	for path, p := range domaintest.Changed(want, sqlitetest.AnyProduct(1)) {
		if sqlitetest.OnlyWritten[path] {
			continue
		}
		hour++
		p.Revision = before.Revision
		now := sqlitetest.Clocked(c, hour)
		saved := sqlitetest.Save(t, c, p)[0]
		p.Revision, p.UpdatedAt = before.Revision+1, now
		if d := domaintest.Differences(saved, p); len(d) > 0 {
			t.Errorf("%s changed: given %q", path, d)
		}
		of = sqlitetest.MovedOrigins(of, before, p, sqlitetest.OriginsOf(now, domain.SourcePerson, "ümit"))
		sqlitetest.WantStored(t, c, path+" changed", p, domain.SourcePerson, created, p.Revision, of)
		sqlitetest.WantProduct(t, c, path+" changed", p)
		changes := map[string]any{}
		for other := range domaintest.Changed(before, p) { // what this change sets, and what it takes back of the one before
			if !sqlitetest.OnlyWritten[other] && !strings.HasSuffix(other, "State") {
				changes[historyField(other)] = []any{fieldValue(before, other), fieldValue(p, other)}
			}
		}
		if before.State != p.State && len(changes) > 0 {
			changes["state"] = []any{before.State, p.State}
		}
		if len(changes) == 0 {
			sqlitetest.WantNoted(t, c, "products-archived", map[string]any{"products": 1, "list": []any{historyName(p)}})
		} else {
			detail := historyName(p)
			detail["changes"] = changes
			sqlitetest.WantNoted(t, c, "product-changed", detail)
		}
		before = p
	}
	noted, all := sqlitetest.Entries(t, c), sqlitetest.Contents(t, c.DB)
	before.Price.Decimal = decimal.RequireFromString(before.Price.Decimal.String() + "00")
	sqlitetest.Clocked(c, hour+1)
	if same := sqlitetest.Save(t, c, before)[0]; same.Revision != before.Revision || !same.UpdatedAt.Equal(before.UpdatedAt) {
		t.Errorf("what changes nothing was written: %+v", same)
	}
	if sqlitetest.Entries(t, c) != noted || !reflect.DeepEqual(sqlitetest.Contents(t, c.DB), all) {
		t.Error("what changes nothing was written")
	}
}

// The archive is noted in one entry for all that went into it, and one for all that came out.
func TestSaveProducts_notesWhatWentIntoTheArchiveAndCameOut(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	states := []domain.ProductState{domain.ProductActive, domain.ProductDraft, domain.ProductArchived, domain.ProductActive}
	becomes := []domain.ProductState{domain.ProductArchived, domain.ProductArchived, domain.ProductActive, domain.ProductArchived}
	var products []domain.Product
	for i, s := range states {
		products = append(products, domain.Product{Code: domain.Code(fmt.Sprint("K", i)), Name: "Ürün", State: s})
	}
	products = sqlitetest.Save(t, c, products...)
	noted := sqlitetest.Entries(t, c)
	for i := range products {
		products[i].State = becomes[i]
	}
	products[3].Name = "Başka" // more than its place has changed
	before := products[3]
	sqlitetest.Clocked(c, 5)
	products = sqlitetest.Save(t, c, products...)
	if n := sqlitetest.Entries(t, c) - noted; n != 3 {
		t.Fatalf("%d entries", n)
	}
	sqlitetest.WantNoted(t, c, "products-restored", map[string]any{"products": 1, "list": []any{historyName(products[2])}})
	history, _, err := c.History(t.Context(), 2, 1)
	if err != nil || history[0].What != "products-archived" || !strings.Contains(history[0].Detail, `"products":2`) ||
		!strings.Contains(history[0].Detail, `"K0"`) || !strings.Contains(history[0].Detail, `"K1"`) {
		t.Errorf("%+v, %v", history, err)
	}
	if history[1].What != "product-changed" || !strings.Contains(history[1].Detail, `"state":["active","archived"]`) || before.State != domain.ProductArchived {
		t.Errorf("%+v", history[1])
	}
}

// What a product's state became is noted by what it was, each kind in one entry.
func TestSaveProducts_notesWhatWasPutOutOfSaleAndOnSale(t *testing.T) {
	for _, tt := range []struct {
		from, to domain.ProductState
		what     string
	}{
		{domain.ProductActive, domain.ProductPassive, "products-passive"},
		{domain.ProductDraft, domain.ProductPassive, "products-passive"},
		{domain.ProductPassive, domain.ProductActive, "products-on-sale"},
		{domain.ProductDraft, domain.ProductActive, "products-on-sale"},
		{domain.ProductPassive, domain.ProductArchived, "products-archived"},
		{domain.ProductArchived, domain.ProductPassive, "products-restored"},
	} {
		c := sqlitetest.NewCompany(t)
		p := sqlitetest.Save(t, c, domain.Product{Code: "K", Name: "Ürün", State: tt.from})[0]
		p.State = tt.to
		sqlitetest.Clocked(c, 5)
		p = sqlitetest.Save(t, c, p)[0]
		sqlitetest.WantNoted(t, c, tt.what, map[string]any{"products": 1, "list": []any{historyName(p)}})
		if kept := sqlitetest.ProductByCode(t, c, "K"); kept.State != tt.to {
			t.Errorf("%s became %s, want %s", tt.from, kept.State, tt.to)
		}
	}
}

// A file that says nothing of states leaves them; one that does has its way.
func TestRepair_carriesEveryFieldThereAndBack(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	c.DB.Actor = "veli"
	created := sqlitetest.Clocked(c, 1)
	var products []domain.Product
	for seed := range 5 {
		products = append(products, sqlitetest.AnyProduct(seed))
	}
	products = sqlitetest.Save(t, c, products...)
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
	fixes = append(fixes, doctor.Fix{Product: products[0].ID, Column: doctor.Code, From: "nobody's", To: "else"}, doctor.Fix{Product: 99, Column: doctor.Barcode, To: "2"})

	var counting doctor.Count
	now := sqlitetest.Clocked(c, 2)
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
		sqlitetest.WantStored(t, c, fmt.Sprint("mended ", i), p, domain.SourcePerson, created, 2, sqlitetest.OriginsOf(created, domain.SourcePerson, c.DB.Actor))
		sqlitetest.WantProduct(t, c, fmt.Sprint("mended ", i), p)
	}
	sqlitetest.WantNoted(t, c, "repair", map[string]any{"what": "pad-code", "width": 7, "products": 5, "left_alone": 2, "changes": noted[:3]})
	last, ok, err := c.LastRepair(t.Context())
	want.Left = 0 // what was left alone is not kept
	if d := domaintest.Differences(last, want); !ok || err != nil || len(d) > 0 {
		t.Errorf("%q, %v, %v", d, ok, err)
	}
	later, err := c.Repair(t.Context(), doctor.Repair{What: "pad-barcode", Width: 1, Fixes: []doctor.Fix{
		{Product: products[0].ID, Column: doctor.Code, From: string(mended[0].Code), To: "bir daha"},
		{Product: 99, Column: doctor.Code, From: "1", To: "2"},
	}}, sqlitetest.Quiet)
	if err != nil || later.ID == done.ID {
		t.Fatalf("%+v, %v", later, err)
	}
	sqlitetest.WantNoted(t, c, "repair", map[string]any{"what": "pad-barcode", "width": 1, "products": 1, "left_alone": 1, "changes": []any{
		map[string]any{"product": products[0].ID, "code": mended[0].Code, "column": "code", "from": mended[0].Code, "to": "bir daha"},
	}})
	if last, ok, err = c.LastRepair(t.Context()); !ok || err != nil || last.ID != later.ID || last.Done != 1 {
		t.Errorf("the newest: %+v, %v, %v", last, ok, err)
	}
	if _, err := c.UndoRepair(t.Context(), later, sqlitetest.Quiet); err != nil {
		t.Fatal(err)
	}
	if last, ok, err = c.LastRepair(t.Context()); !ok || err != nil || last.ID != done.ID {
		t.Errorf("the one before: %+v, %v, %v", last, ok, err)
	}

	now = sqlitetest.Clocked(c, 3)
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
	sqlitetest.WantNoted(t, c, "repair-undone", map[string]any{"what": "pad-code", "width": 7, "products": 5, "changes": noted})
	for i, p := range products {
		p.Revision, p.UpdatedAt = 3, now
		if i == 0 {
			p.Revision = 5 // it went through another repair and its end
		}
		sqlitetest.WantStored(t, c, fmt.Sprint("taken back ", i), p, domain.SourcePerson, created, p.Revision, sqlitetest.OriginsOf(created, domain.SourcePerson, c.DB.Actor))
	}
	if rows := sqlitetest.RowsBy(t, c.DB.Reader, `SELECT undone_at FROM repair WHERE id = ?`, done.ID); rows[0]["undone_at"] != sqlitetest.Timed(now) {
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
			c := sqlitetest.NewCompany(t)
			p := sqlitetest.Save(t, c, domain.Product{Code: "A", Barcode: domain.Barcode(gtin), Name: "a"}, domain.Product{Code: "B", Barcode: domain.Barcode(other), Name: "b"}, domain.Product{Name: "c"})[0]
			test.fix.Product = p.ID
			out, err := c.Repair(t.Context(), doctor.Repair{What: doctor.Chosen, Fixes: []doctor.Fix{test.fix}}, sqlitetest.Quiet)
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
				h := sqlitetest.LastDone(t, c)
				if h.What != "repair" || strings.Contains(h.Detail, "width") || strings.Contains(h.Detail, "left_alone") {
					t.Errorf("%+v", h)
				}
			}
			sqlitetest.WantProduct(t, c, name, want)
		})
	}
}

// A product that is made an earlier state of itself gets its revision too, and the next change one that no
// state has had.
func TestProductWriter_restoresEveryFieldOfAnEarlierState(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	created := sqlitetest.Clocked(c, 1)
	earlier := sqlitetest.Save(t, c, sqlitetest.AnyProduct(0))[0]
	later := sqlitetest.AnyProduct(1)
	later.ID, later.Revision = earlier.ID, 1
	sqlitetest.Clocked(c, 2)
	later = sqlitetest.Save(t, c, later)[0]
	before, of := later, domaintest.Fill[domain.Origins](0)
	for n, want := range []domain.Product{earlier, later, earlier} {
		now := sqlitetest.Clocked(c, 3+n)
		got := write(t, c, domain.SourceSync, func(w *catalogue.Writer) (domain.Product, error) { return w.Restore(t.Context(), before, want, &of) })
		want.UpdatedAt = now
		if d := domaintest.Differences(got, want); len(d) > 0 {
			t.Errorf("given: %q", d)
		}
		sqlitetest.WantStored(t, c, "restored", want, domain.SourcePerson, created, 2, of)
		before, of = want, domaintest.Fill[domain.Origins](n+1)
	}
	now := sqlitetest.Clocked(c, 9)
	got := write(t, c, domain.SourceSync, func(w *catalogue.Writer) (domain.Product, error) { return w.Update(t.Context(), later, earlier) })
	earlier.Revision, earlier.UpdatedAt = 3, now
	if d := domaintest.Differences(got, earlier); len(d) > 0 {
		t.Errorf("changed: %q", d)
	}
	sqlitetest.WantStored(t, c, "changed", earlier, domain.SourcePerson, created, 3, sqlitetest.OriginsOf(now, domain.SourceSync, c.DB.Actor))
	unknown := earlier
	unknown.State = "nothing that a file takes"
	sqlitetest.Must(t, c.DB.Update(t.Context(), "write", func(tx *sql.Tx) error {
		w, err := catalogue.NewWriter(t.Context(), tx, domain.SourceFile, c.DB.Author())
		if err != nil {
			return err
		}
		for name, work := range map[string]func(context.Context, domain.Product) (domain.Product, error){
			"restored": func(ctx context.Context, p domain.Product) (domain.Product, error) {
				return w.Restore(ctx, earlier, p, nil)
			},
			"changed": func(ctx context.Context, p domain.Product) (domain.Product, error) { return w.Update(ctx, earlier, p) },
			"added":   w.Insert,
		} {
			if _, err := work(t.Context(), unknown); err == nil {
				t.Errorf("%s: nobody is told that the file does not take it", name)
			}
		}
		return nil
	}))
	// The number of a product that is gone, and named by a before-image, is not given again.
	run, err := c.CreateRun(t.Context(), transfer.Run{State: transfer.StateDone})
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []domain.ProductID{41, 7} {
		sqlitetest.Must(t, c.DB.Execute(t.Context(), "put an image", `INSERT INTO before_image (transfer_id, remote_id, type, product_id, revision, bound, created_at)
			VALUES (?, ?, 1, ?, 1, 0, '')`, run.ID, fmt.Sprint(gone), gone))
	}
	for _, id := range []domain.ProductID{42, 43} {
		if p := sqlitetest.Save(t, c, domain.Product{Name: "Yeni"})[0]; p.ID != id {
			t.Errorf("a new product has the number %d, want %d", p.ID, id)
		}
	}
}

func TestSameContent_seesEveryFieldThatAPersonSees(t *testing.T) {
	base := sqlitetest.AnyProduct(0)
	for path, p := range domaintest.Changed(base, domaintest.Fill[domain.Product](1)) {
		if catalogue.SameContent(base, p) != sqlitetest.OnlyWritten[path] || catalogue.SameContent(p, base) != sqlitetest.OnlyWritten[path] {
			t.Errorf("%s: same content %v", path, catalogue.SameContent(base, p))
		}
	}
	absent, stray := domain.Product{}, domain.Product{Price: decimal.NullDecimal{Decimal: decimal.New(5, 0)}}
	if !catalogue.SameContent(absent, stray) {
		t.Error("what is absent has a value")
	}
	for _, price := range []decimal.NullDecimal{sqlitetest.Dec("0"), sqlitetest.Dec("5")} { // absent is not zero
		if valid := (domain.Product{Price: price}); catalogue.SameContent(valid, stray) || catalogue.SameContent(stray, valid) {
			t.Errorf("%v is absent", price.Decimal)
		}
	}
}
