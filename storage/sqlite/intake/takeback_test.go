package intake_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// takeIn brings products in as the file of that name, and gives the import.
func takeIn(t *testing.T, c *sqlitetest.Company, file string, products ...domain.Product) listing.Imported {
	t.Helper()
	if _, err := c.ImportProducts(t.Context(), file, sqlitetest.Intake(products...)); err != nil {
		t.Fatal(err)
	}
	last, ok, err := c.LastImport(t.Context())
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	return last
}

// backAgain takes an import back, and wants of it what was planned.
func backAgain(t *testing.T, c *sqlitetest.Company, id int64) listing.Return {
	t.Helper()
	before := sqlitetest.Dump(t, c.DB)
	plan, err := c.PlanUndoImport(t.Context(), id)
	sqlitetest.Must(t, err)
	if now := sqlitetest.Dump(t, c.DB); now != before {
		t.Errorf("the plan wrote:\n%s", sqlitetest.Apart(before, now))
	}
	done, err := c.UndoImport(t.Context(), id, new(listing.Count))
	sqlitetest.Must(t, err)
	if off := domaintest.Differences(done, plan); len(off) > 0 {
		t.Errorf("planned %+v, done %+v", plan, done)
	}
	sqlitetest.WantSound(t, c)
	return done
}

// counted are the products of a Return.
type counted struct{ Restored, Removed, Left int }

func counts(r listing.Return) counted { return counted{r.Restored, r.Removed, r.Left} }

func TestUndoImport_bringsBackWhatTheFileReplacedAndTakesAwayWhatItAdded(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	at := sqlitetest.Clocked(c, 1)
	sqlitetest.Save(t, c, domain.Product{Code: "A", Name: "Ayva", Price: sqlitetest.Dec("45"), Stock: sqlitetest.Dec("3")}, domain.Product{Code: "B", Name: "Bal", Barcode: domain.Barcode(domaintest.GTIN13(1))})
	before := sqlitetest.Lasting(t, c)
	sqlitetest.Clocked(c, 2)
	last := takeIn(t, c, "tedarikçi.csv", domain.Product{Code: "A", Name: "Ayva", Price: sqlitetest.Dec("4.5"), Currency: domain.USD, Brand: "Bahçe"}, domain.Product{Code: "C", Name: "Ceviz"}, domain.Product{Code: "B", Name: "Bal"})
	if last.File != "tedarikçi.csv" || last.Added != 1 || last.Updated != 1 || !last.At.Equal(c.DB.Now().Truncate(time.Millisecond)) {
		t.Errorf("%+v", last)
	}
	if done := backAgain(t, c, last.ID); counts(done) != (counted{Restored: 1, Removed: 1}) || done.Prices != 1 || done.Stocks != 0 || len(done.Examples) != 0 {
		t.Errorf("%+v", done)
	}
	sqlitetest.WantNoted(t, c, "import-undone", map[string]any{"file": "tedarikçi.csv", "restored": 1, "removed": 1, "products_left": 0})
	if now := sqlitetest.Lasting(t, c); now != before {
		t.Error(sqlitetest.Apart(before, now))
	}
	o, err := c.Origins(t.Context(), 1)
	sqlitetest.Must(t, err)
	if !o.Price.At.Equal(at) || o.Price.From != domain.SourcePerson {
		t.Errorf("the price is of its first origin no more: %+v", o)
	}
	if _, err := c.UndoImport(t.Context(), last.ID, new(listing.Count)); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("a second time: %v", err)
	}
	if _, ok, err := c.LastImport(t.Context()); ok || err != nil {
		t.Errorf("still offered: %v, %v", ok, err)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM import_change`); n != 0 {
		t.Errorf("%d of what it replaced lie there still", n)
	}
	// The number of what has gone is given to no other one.
	if p := sqlitetest.Save(t, c, domain.Product{Code: "D", Name: "Dut"}); p[0].ID != 4 {
		t.Errorf("a new product is number %d", p[0].ID)
	}
}

// What a person, a transfer or another file has made of a value stays; the others of the same product become what they were.
func TestUndoImport_leavesEveryValueThatIsAnotherSince(t *testing.T) {
	was := domain.Product{
		Code: "A", Barcode: domain.Barcode(domaintest.GTIN13(1)), Name: "Ayva", Brand: "Bir", Description: "bir", Price: sqlitetest.Dec("45"), Currency: domain.TRY,
		Stock: sqlitetest.Dec("3"), VATRate: sqlitetest.Dec("1"), State: domain.ProductActive,
	}
	file := domain.Product{
		Code: "A", Barcode: domain.Barcode(domaintest.GTIN13(2)), Name: "Ayva 1 kg", Brand: "İki", Description: "iki", Price: sqlitetest.Dec("4.5"), Currency: domain.TRY,
		Stock: sqlitetest.Dec("30"), VATRate: sqlitetest.Dec("20"), State: domain.ProductPassive,
	}
	for name, change := range map[string]func(p *domain.Product){
		"barcode":     func(p *domain.Product) { p.Barcode = domain.Barcode(domaintest.GTIN13(3)) },
		"code":        func(p *domain.Product) { p.Code = "A-1" },
		"name":        func(p *domain.Product) { p.Name = "Ayva 2 kg" },
		"brand":       func(p *domain.Product) { p.Brand = "Üç" },
		"description": func(p *domain.Product) { p.Description = "üç" },
		"price":       func(p *domain.Product) { p.Price = sqlitetest.Dec("46") },
		"currency":    func(p *domain.Product) { p.Currency = domain.EUR },
		"stock":       func(p *domain.Product) { p.Stock = sqlitetest.Dec("29") },
		"vat":         func(p *domain.Product) { p.VATRate = sqlitetest.Dec("10") },
		"state":       func(p *domain.Product) { p.State = domain.ProductArchived },
	} {
		t.Run(name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			sqlitetest.Save(t, c, was)
			last := takeIn(t, c, "f.csv", file)
			p := sqlitetest.ProductByCode(t, c, "A")
			change(&p)
			sqlitetest.Save(t, c, p)
			want := was
			want.ID = p.ID
			change(&want)
			left := 1
			switch name {
			case "code": // the file did not write it
				left = 0
			case "currency":
				want.Price = file.Price // 4.5 was made euros: 45 would be ten times that
			}
			if done := backAgain(t, c, last.ID); counts(done) != (counted{Restored: 1, Left: left}) {
				t.Errorf("%+v", done)
			}
			after := sqlitetest.ProductByCode(t, c, want.Code)
			sqlitetest.WantSame(t, "the product", after, want, "Revision", "UpdatedAt")
			if after.Revision <= 3 { // one that was seen before its last change must not pass for this one
				t.Errorf("it is at revision %d again", after.Revision)
			}
		})
	}
}

func TestUndoImport_leavesAProductThatIsNoMoreTheFilesOwn(t *testing.T) {
	for name, touch := range map[string]func(t *testing.T, c *sqlitetest.Company, p domain.Product){
		"changed": func(t *testing.T, c *sqlitetest.Company, p domain.Product) {
			p.Name = "Başka"
			sqlitetest.Save(t, c, p)
		},
		"guarded": func(t *testing.T, c *sqlitetest.Company, p domain.Product) {
			sqlitetest.Must(t, sqlitetest.Guard(t.Context(), c, p.ID, pricing.Guards{Minimum: sqlitetest.Dec("6")}))
		},
		"bound": func(t *testing.T, c *sqlitetest.Company, p domain.Product) { sqlitetest.Bind(t, c, p) },
		"known to a transfer": func(t *testing.T, c *sqlitetest.Company, p domain.Product) {
			run := sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY), domain.RemoteProduct{ID: "1", Type: 1, Code: p.Code, Name: p.Name, Active: true})
			sqlitetest.Decide(t, c, run.ID, transfer.Decision{Kind: transfer.DecideSeparate, Remote: "1"}) // it is paired no more
		},
		"priced": func(t *testing.T, c *sqlitetest.Company, p domain.Product) {
			sqlitetest.Must(t, c.DB.Execute(t.Context(), "approve", `INSERT INTO approved_price VALUES (?, 'trendyol', '1', '1', 'TRY', NULL, 1, '')`, p.ID))
		},
		"sold": func(t *testing.T, c *sqlitetest.Company, p domain.Product) {
			sqlitetest.Must(t, c.DB.Execute(t.Context(), "remember", `INSERT INTO order_pair (marketplace, key, product_id, at) VALUES ('trendyol', 'X', ?, '')`, p.ID))
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			last := takeIn(t, c, "f.csv", domain.Product{Code: "A", Name: "Ayva"}, domain.Product{Code: "B", Name: "Bal"})
			touch(t, c, sqlitetest.ProductByCode(t, c, "A"))
			if done := backAgain(t, c, last.ID); counts(done) != (counted{Removed: 1, Left: 1}) {
				t.Errorf("%+v", done)
			}
			if n := sqlitetest.Count(t, c, `SELECT count(*) FROM product WHERE code = 'A'`); n != 1 {
				t.Error("it went")
			}
		})
	}
}

// A code or barcode that another product was given meanwhile stays with that one.
func TestUndoImport_doublesNothing(t *testing.T) {
	gtin := func(n int) domain.Barcode { return domain.Barcode(domaintest.GTIN13(n)) }
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	sqlitetest.Save(t, c, domain.Product{Code: "A", Name: "Ayva", Barcode: gtin(1), Brand: "Bir"})
	sqlitetest.Clocked(c, 2)
	last := takeIn(t, c, "f.csv", domain.Product{Code: "A", Name: "Ayva", Barcode: gtin(2), Brand: "İki"})
	sqlitetest.Clocked(c, 3)
	sqlitetest.Save(t, c, domain.Product{Code: "B", Name: "Bal", Barcode: gtin(1)})
	sqlitetest.Clocked(c, 4)
	if done := backAgain(t, c, last.ID); counts(done) != (counted{Restored: 1, Left: 1}) {
		t.Errorf("%+v", done)
	}
	if p := sqlitetest.ProductByCode(t, c, "A"); p.Barcode != gtin(2) || p.Brand != "Bir" {
		t.Errorf("%+v", p)
	}
}

// Products that change codes among themselves, and such as had the same one before, get them back all the same.
func TestUndoImport_givesBackWhatWasChangedCrosswise(t *testing.T) {
	gtin := func(n int) domain.Barcode { return domain.Barcode(domaintest.GTIN13(n)) }
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	takeIn(t, c, "ilk.csv", domain.Product{Code: "A", Name: "Ayva", Barcode: gtin(1)}, domain.Product{Code: "B", Name: "Bal", Barcode: gtin(2)}, domain.Product{Code: "C", Name: "Ceviz", Barcode: gtin(3)},
		domain.Product{Code: "D", Name: "Dut", Barcode: gtin(3)})
	before := sqlitetest.Lasting(t, c)
	sqlitetest.Clocked(c, 2)
	last := takeIn(t, c, "f.csv", domain.Product{Code: "A", Barcode: gtin(2)}, domain.Product{Code: "B", Barcode: gtin(1)}, domain.Product{Code: "C", Barcode: gtin(4)}, domain.Product{Code: "D", Barcode: gtin(5)})
	sqlitetest.Clocked(c, 3)
	if done := backAgain(t, c, last.ID); counts(done) != (counted{Restored: 4}) {
		t.Errorf("%+v", done)
	}
	if now := sqlitetest.Lasting(t, c); now != before {
		t.Error(sqlitetest.Apart(before, now))
	}
}

// Files are taken back one after the other, the newest first, and so is a transfer before them.
func TestUndoImport_goesDownTheStack(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	empty := sqlitetest.Lasting(t, c)
	first := takeIn(t, c, "bir.csv", domain.Product{Code: "A", Name: "Ayva", Price: sqlitetest.Dec("1")})
	one := sqlitetest.Lasting(t, c)
	o := transfer.DefaultOptions(domain.TRY)
	run := sqlitetest.Transferred(t, c, o, domain.RemoteProduct{ID: "1", Type: 1, Code: "A", Name: "Ayva", Active: true, Price: sqlitetest.Dec("2")})
	two := sqlitetest.Lasting(t, c)
	second := takeIn(t, c, "iki.csv", domain.Product{Code: "A", Name: "Ayva", Price: sqlitetest.Dec("3")}, domain.Product{Code: "B", Name: "Bal"})
	third := takeIn(t, c, "üç.csv", domain.Product{Code: "A", Name: "Ayva", Price: sqlitetest.Dec("4")}, domain.Product{Code: "B", Name: "Bal", Stock: sqlitetest.Dec("1")})
	backAgain(t, c, third.ID)
	if last, ok, err := c.LastImport(t.Context()); !ok || err != nil || last != second {
		t.Errorf("%+v, %v, %v, want %+v", last, ok, err, second)
	}
	if done := backAgain(t, c, second.ID); counts(done) != (counted{Restored: 1, Removed: 1}) {
		t.Errorf("%+v", done)
	}
	if now := sqlitetest.Lasting(t, c); now != two {
		t.Error(sqlitetest.Apart(two, now))
	}
	if left, err := c.UndoBatch(t.Context(), run.ID, 10); left != 0 || err != nil {
		t.Fatal(left, err)
	}
	if now := sqlitetest.Lasting(t, c, "transfer", "transfer_product", "transfer_outcome", "transfer_plan", "agreed"); now != one {
		t.Error(sqlitetest.Apart(one, now))
	}
	if done := backAgain(t, c, first.ID); counts(done) != (counted{Removed: 1}) {
		t.Errorf("%+v", done)
	}
	if now := sqlitetest.Lasting(t, c, "transfer", "transfer_product", "transfer_outcome", "transfer_plan", "agreed"); now != empty {
		t.Error(sqlitetest.Apart(empty, now))
	}
}

func TestImportProducts_keepsWhatTheNewestTenReplaced(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	product := domain.Product{Code: "A", Name: "Ayva"}
	for i := range 13 {
		product.Price = sqlitetest.Dec(fmt.Sprint(i + 1))
		takeIn(t, c, fmt.Sprintf("%d.csv", i), product)
		// One that changes nothing pushes none out.
		if last := takeIn(t, c, "aynı.csv", product); last.File != fmt.Sprintf("%d.csv", i) {
			t.Errorf("%+v", last)
		}
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM import_change`); n != 10 {
		t.Errorf("%d replacements are kept", n)
	}
	if _, err := c.PlanUndoImport(t.Context(), 1); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("the first one: %v", err)
	}
	for want := 12; want > 2; want-- {
		last, ok, err := c.LastImport(t.Context())
		if !ok || err != nil || last.File != fmt.Sprintf("%d.csv", want) {
			t.Fatalf("%+v, %v, %v, want %d.csv", last, ok, err, want)
		}
		backAgain(t, c, last.ID)
		if p := sqlitetest.ProductByCode(t, c, "A"); !p.Price.Decimal.Equal(sqlitetest.Dec(fmt.Sprint(want)).Decimal) {
			t.Errorf("after taking %s back: %v", last.File, p.Price)
		}
	}
	if last, ok, err := c.LastImport(t.Context()); ok || err != nil {
		t.Errorf("%+v, %v", last, err)
	}
}

func TestFormers_tellWhatStoodThereBeforeEachFile(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.Clocked(c, 1)
	sqlitetest.Save(t, c, domain.Product{Code: "A", Name: "Ayva", Price: sqlitetest.Dec("45"), Currency: domain.TRY})
	sqlitetest.Clocked(c, 2)
	first := takeIn(t, c, "bir.csv", domain.Product{Code: "A", Name: "Ayva", Price: sqlitetest.Dec("4.5"), Currency: domain.USD}, domain.Product{Code: "B", Name: "Bal"})
	sqlitetest.Clocked(c, 3)
	second := takeIn(t, c, "iki.csv", domain.Product{Code: "A", Stock: sqlitetest.Dec("7")})
	sqlitetest.Clocked(c, 4)
	third := takeIn(t, c, "üç.csv", domain.Product{Code: "C", Name: "Ceviz"})
	formers := func(id domain.ProductID) []listing.Former {
		t.Helper()
		all, err := c.Formers(t.Context(), id)
		sqlitetest.Must(t, err)
		return all
	}
	now := sqlitetest.ProductByCode(t, c, "A")
	beforeSecond, beforeFirst := now, now
	beforeSecond.Stock, beforeSecond.Revision = decimal.NullDecimal{}, 2
	beforeFirst.Price, beforeFirst.Currency, beforeFirst.Revision = sqlitetest.Dec("45"), domain.TRY, 1
	sqlitetest.WantSame(t, "changed twice", formers(1), []listing.Former{{Imported: second, Was: beforeSecond}, {Imported: first, Was: beforeFirst}})
	sqlitetest.WantSame(t, "added", formers(2), []listing.Former{{Imported: first}})
	sqlitetest.WantSame(t, "of the third", formers(3), []listing.Former{{Imported: third}})
	backAgain(t, c, third.ID)
	backAgain(t, c, second.ID)
	if left := formers(1); len(left) != 1 || left[0].File != "bir.csv" || len(formers(3)) != 0 {
		t.Errorf("after taking two back: %+v", left)
	}
}

// What is told of prices and stocks is of those that really go back.
func TestUndoImport_tellsHowManyPricesAndStocksGoBack(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	one, two := sqlitetest.Dec("1"), sqlitetest.Dec("2")
	for _, code := range []domain.Code{"A", "B", "C", "D"} {
		sqlitetest.Save(t, c, domain.Product{Code: code, Name: "Ürün", Price: one, Stock: one})
	}
	last := takeIn(t, c, "f.csv", domain.Product{Code: "A", Price: two}, domain.Product{Code: "B", Price: two, Stock: two}, domain.Product{Code: "C", Price: two, Stock: two}, domain.Product{Code: "D", Brand: "Marka"})
	b := sqlitetest.ProductByCode(t, c, "B")
	b.Price = sqlitetest.Dec("3")
	sqlitetest.Save(t, c, b)
	if done := backAgain(t, c, last.ID); counts(done) != (counted{Restored: 4, Left: 1}) || done.Prices != 2 || done.Stocks != 2 {
		t.Errorf("%+v", done)
	}
}

// The first prices are told by name, with what they are and what they become.
func TestUndoImport_tellsTheFirstPricesByName(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	var file []domain.Product
	for i, code := range []domain.Code{"A", "B", "C", "D", "E", "F"} {
		p := domain.Product{Code: code, Name: "Ürün " + string(code), Price: decimal.NewNullDecimal(decimal.New(int64(10+i), 0)), Currency: domain.TRY}
		if code == "B" {
			p.Price = decimal.NullDecimal{} // had none
		}
		sqlitetest.Save(t, c, p)
		p.Price = decimal.NewNullDecimal(decimal.New(int64(10+i), -1))
		if code == "A" {
			p.Currency = domain.USD
		}
		file = append(file, p)
	}
	last := takeIn(t, c, "f.csv", file...)
	want := []listing.Jump{
		{Code: "C", Name: "Ürün C", Was: sqlitetest.Dec("1.2").Decimal, Is: sqlitetest.Dec("12").Decimal, Currency: domain.TRY},
		{Code: "D", Name: "Ürün D", Was: sqlitetest.Dec("1.3").Decimal, Is: sqlitetest.Dec("13").Decimal, Currency: domain.TRY},
		{Code: "E", Name: "Ürün E", Was: sqlitetest.Dec("1.4").Decimal, Is: sqlitetest.Dec("14").Decimal, Currency: domain.TRY},
	}
	if done := backAgain(t, c, last.ID); done.Prices != 6 || len(domaintest.Differences(done.Examples, want)) > 0 {
		t.Errorf("%+v", done)
	}
}

func TestUndoImport_isCountedAndAsksForNoLessThanItHas(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	var products []domain.Product
	for i := range 1203 {
		products = append(products, domain.Product{Code: domain.Code(fmt.Sprintf("K%d", i)), Name: "Ürün"})
	}
	takeIn(t, c, "bir.csv", products[:702]...)
	for i := range products[:702] {
		products[i].Stock = sqlitetest.Dec("1")
	}
	last := takeIn(t, c, "iki.csv", products...)
	var count listing.Count
	done, err := c.UndoImport(t.Context(), last.ID, &count)
	sqlitetest.Must(t, err)
	if _, gone, all := count.Snapshot(); counts(done) != (counted{Restored: 702, Removed: 501}) || all != 1203 || gone > all || gone < 702 {
		t.Errorf("%+v, %d of %d", done, gone, all)
	}
}

// Whatever a file does to whatever catalogue, taken back at once it has done nothing.
func TestUndoImport_undoesAnyFile(t *testing.T) {
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 1))
		some := func() []domain.Product {
			list := make([]domain.Product, rng.IntN(12))
			for i := range list {
				list[i] = meetingProduct(rng)
			}
			return list
		}
		c := sqlitetest.NewCompany(t)
		takeIn(t, c, "ilk.csv", append(some(), domain.Product{Code: "Z", Name: "Zeytin"})...)
		before := sqlitetest.Lasting(t, c)
		tally, err := c.ImportProducts(t.Context(), "f.csv", sqlitetest.Intake(append(some(), domain.Product{Code: "Z", Name: "Zeytin", Brand: "Z"})...))
		sqlitetest.Must(t, err)
		last, _, err := c.LastImport(t.Context())
		sqlitetest.Must(t, err)
		if done := backAgain(t, c, last.ID); counts(done) != (counted{Restored: tally.Updated, Removed: tally.Added}) {
			t.Errorf("seed %d: %+v of %+v", seed, done, tally)
		}
		if now := sqlitetest.Lasting(t, c); now != before {
			t.Errorf("seed %d: %s", seed, sqlitetest.Apart(before, now))
		}
	}
}

// meetingProduct is one of few codes, barcodes and names, so that they meet.
func meetingProduct(rng *rand.Rand) domain.Product {
	pick := func(of ...string) string { return of[rng.IntN(len(of))] }
	p := domain.Product{
		Code: domain.Code(pick("", "A", "a", "B", "00B", "C-1")), Name: pick("Ayva", "Bal", "Ceviz 1 kg", "Ceviz 2 kg"), Brand: pick("", "Bir", "İki"),
		Description: pick("", "uzun", "kısa"), Currency: domain.Currency(pick("", "", "TRY", "USD")), State: domain.ProductState(pick("", "active", "passive")),
	}
	if rng.IntN(2) == 0 {
		p.Barcode = domain.Barcode(domaintest.GTIN13(1 + rng.IntN(4)))
	}
	if rng.IntN(2) == 0 {
		p.Price = sqlitetest.Dec(pick("1", "1.50", "12"))
	}
	if rng.IntN(2) == 0 {
		p.Stock = sqlitetest.Dec(pick("0", "5", "7.0"))
	}
	if rng.IntN(3) == 0 {
		p.VATRate = sqlitetest.Dec(pick("1", "10", "20"))
	}
	return p
}
