package transfer_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// wantAgreed compares the bases of all pairs, bound or not: "remote product field value".
func wantAgreed(t *testing.T, c *sqlitetest.Company, what string, want ...string) {
	t.Helper()
	var got []string
	for _, row := range sqlitetest.RowsBy(t, c.DB.Reader, `SELECT remote_id || ' ' || product_id || ' ' || field || ' ' || value AS base FROM agreed a
		WHERE id = (SELECT max(id) FROM agreed b WHERE (b.product_id, b.remote_id, b.type, b.field) = (a.product_id, a.remote_id, a.type, a.field))`) {
		got = append(got, row["base"].(string))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: agreed on %q, want %q", what, got, want)
	}
}

// remote is an İşbaşı product of that number, with the code of the catalogue's product of that number.
func remote(n int, price, stock string) domain.RemoteProduct {
	m := sqlitetest.Remotes(n)[n-1]
	m.Price, m.Stock = number(price), number(stock)
	return m
}

func number(s string) decimal.NullDecimal {
	if s == "" {
		return decimal.NullDecimal{}
	}
	return sqlitetest.Dec(s)
}

// transferred carries one whole transfer; the products of the catalogue have the price 1 and the stock 1.
func transferred(t *testing.T, c *sqlitetest.Company, products ...domain.RemoteProduct) int64 {
	t.Helper()
	return sqlitetest.Transferred(t, c, transfer.DefaultOptions(domain.TRY), products...).ID
}

func TestApply_setsTheBaseOfWhatBothSidesHave(t *testing.T) {
	dollars, unnamed := remote(1, "5", "6"), remote(1, "5", "6")
	dollars.Currency, unnamed.Currency = domain.USD, ""
	listed, passive := remote(9, "5", "6"), remote(1, "5", "6")
	passive.Active = false
	for name, tt := range map[string]struct {
		remote domain.RemoteProduct
		want   []string
	}{
		"written":                       {remote(1, "5", "6"), []string{"1 1 price 5", "1 1 stock 6"}},
		"the same already":              {remote(1, "1.00", "1.0"), []string{"1 1 price 1", "1 1 stock 1"}},
		"the price the same already":    {remote(1, "1", "6"), []string{"1 1 price 1", "1 1 stock 6"}},
		"a price of zero":               {remote(1, "0", "6"), []string{"1 1 stock 6"}},
		"no price":                      {remote(1, "", "6"), []string{"1 1 stock 6"}},
		"no stock":                      {remote(1, "5", ""), []string{"1 1 price 5"}},
		"a negative stock":              {remote(1, "5", "-6"), []string{"1 1 price 5", "1 1 stock -6"}},
		"neither":                       {remote(1, "", ""), nil},
		"without a currency":            {unnamed, []string{"1 1 price 5", "1 1 stock 6"}},
		"in another currency, left out": {dollars, nil},
		"passive, left out":             {passive, nil},
		"listed":                        {listed, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c := sqlitetest.NewCompany(t)
			sqlitetest.AddProducts(t, c, 2)
			run := transferred(t, c, tt.remote)
			wantAgreed(t, c, "transferred", tt.want...)
			for _, row := range sqlitetest.RowsBy(t, c.DB.Reader, `SELECT transfer_id, decision_id, sync_id FROM agreed`) {
				sqlitetest.WantRow(t, "by", row, map[string]any{"transfer_id": run, "decision_id": nil, "sync_id": nil})
			}
			undo(t, c, run, 1)
			wantAgreed(t, c, "undone")
		})
	}
}

func TestApply_agreesOnWhatItMakes(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	o := transfer.DefaultOptions(domain.TRY)
	o.Unmatched = transfer.UnmatchedCreated
	run := sqlitetest.Transferred(t, c, o, remote(1, "5", "6"), remote(2, "0", ""))
	wantAgreed(t, c, "made", "1 1 price 5", "1 1 stock 6")
	undo(t, c, run.ID, 1)
	wantAgreed(t, c, "undone")
}

func TestDecide_agreesOnWhatItPairsAndMakes(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 2)
	run := transferred(t, c, remote(1, "5", "6"), remote(8, "7", "1"), remote(9, "8", "9"))
	matched := []string{"1 1 price 5", "1 1 stock 6"}
	wantAgreed(t, c, "transferred", matched...)
	out := sqlitetest.Decide(t, c, run, transfer.Decision{Kind: transfer.DecidePair, Remote: "8", Product: 2}, transfer.Decision{Kind: transfer.DecideCreate, Remote: "9"})
	wantAgreed(t, c, "decided", append(matched, "8 2 price 7", "8 2 stock 1", "9 3 price 8", "9 3 stock 9")...)
	for _, row := range sqlitetest.RowsBy(t, c.DB.Reader, `SELECT transfer_id, decision_id, sync_id FROM agreed WHERE remote_id <> '1'`) {
		sqlitetest.WantRow(t, "by", row, map[string]any{"transfer_id": run, "decision_id": out.ID, "sync_id": nil})
	}
	// What is taken apart is no pair; it agrees on the same when it is one again.
	apart := sqlitetest.Decide(t, c, run, transfer.Decision{Kind: transfer.DecideSeparate, Remote: "1"})
	again := sqlitetest.Decide(t, c, run, transfer.Decision{Kind: transfer.DecidePair, Remote: "1", Product: 1})
	takeBack(t, c, again.ID)
	takeBack(t, c, apart.ID)
	wantAgreed(t, c, "together again", append(matched, "8 2 price 7", "8 2 stock 1", "9 3 price 8", "9 3 stock 9")...)

	// What has changed since cannot be taken back, and keeps its base.
	p := sqlitetest.ProductByCode(t, c, "KOD-00009")
	p.Price = sqlitetest.Dec("99")
	sqlitetest.Save(t, c, p)
	if back := takeBack(t, c, out.ID); back.Done != 1 || len(back.Refused) != 1 {
		t.Fatalf("%+v", back)
	}
	wantAgreed(t, c, "taken back", append(matched, "9 3 price 8", "9 3 stock 9")...)
	undo(t, c, run, 1)
	wantAgreed(t, c, "undone", "9 3 price 8", "9 3 stock 9")
}

// An undo puts the former base back with the value, row by row; what the transfer found the same without
// writing it has no image, and is withdrawn with the last of them.
func TestUndo_putsTheFormerBaseBack(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 4)
	first := transferred(t, c, remote(1, "5", "6"), remote(2, "7", "8"), remote(3, "9", "1"))
	before := []string{"1 1 price 5", "1 1 stock 6", "2 2 price 7", "2 2 stock 8", "3 3 price 9", "3 3 stock 1"}
	wantAgreed(t, c, "the first", before...)

	// A person gives 1 what İşbaşı gets as well; of 2 the stock; of 3 everything is as it was.
	a, b := sqlitetest.ProductByCode(t, c, "KOD-00001"), sqlitetest.ProductByCode(t, c, "KOD-00002")
	a.Price, b.Stock = sqlitetest.Dec("50"), sqlitetest.Dec("80")
	sqlitetest.Save(t, c, a, b)
	second := transferred(t, c, remote(1, "50", "6"), remote(2, "70", "80"), remote(3, "9", "1"), remote(4, "11", "1"))
	wantAgreed(t, c, "the second", "1 1 price 50", "1 1 stock 6", "2 2 price 70", "2 2 stock 80", "3 3 price 9", "3 3 stock 1", "4 4 price 11", "4 4 stock 1")

	if left, err := c.UndoBatch(t.Context(), second, 1); err != nil || left != 1 {
		t.Fatal(left, err)
	}
	wantAgreed(t, c, "half-way", "1 1 price 50", "1 1 stock 6", "2 2 price 70", "2 2 stock 80", "3 3 price 9", "3 3 stock 1")
	undo(t, c, second, 1)
	wantAgreed(t, c, "undone", before...)
	undo(t, c, first, 10)
	wantAgreed(t, c, "both undone", "1 1 price 5", "1 1 stock 6", "2 2 price 7", "2 2 stock 8") // a person has changed these two since
}

func TestUndo_leavesTheBaseOfWhatStays(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 3)
	run := transferred(t, c, remote(1, "5", "6"), remote(2, "7", "8"), remote(3, "1", "1"))
	a := sqlitetest.ProductByCode(t, c, "KOD-00001")
	a.Name = "Başka"
	sqlitetest.Save(t, c, a)
	undo(t, c, run, 1)
	wantAgreed(t, c, "undone", "1 1 price 5", "1 1 stock 6")
}

// A base that a transfer found without writing lasts as long as a later transfer's write on it stands.
func TestUndo_leavesTheBaseThatALaterTransferCameBackTo(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 1)
	bind(t, c, "1", 1)
	first := transferred(t, c, remote(1, "1", "1")) // nothing to write, nothing to bind
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM before_image`); n != 0 {
		t.Fatalf("%d images", n)
	}
	a := sqlitetest.ProductByCode(t, c, "KOD-00001")
	a.Price = sqlitetest.Dec("2")
	sqlitetest.Save(t, c, a)
	second := transferred(t, c, remote(1, "1", "1"))
	undo(t, c, first, 10)
	wantAgreed(t, c, "the first undone", "1 1 price 1", "1 1 stock 1")
	undo(t, c, second, 10)
	wantAgreed(t, c, "both undone")
}

// Of transfers that can be undone no more, what each pair agreed on last is kept, and nothing below it; of the
// others everything is that an undo can make the base again.
func TestPrune_keepsTheBases(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	sqlitetest.AddProducts(t, c, 3)
	var runs []int64
	next := func(products ...domain.RemoteProduct) { runs = append(runs, transferred(t, c, products...)) }
	price := func(n int) string { return fmt.Sprint(100 + n) }
	const all = storedtransfer.KeptTransfers + 3
	next(remote(1, price(0), "6"), remote(2, "7", "8"), remote(3, "9", "1"))
	sqlitetest.Must(t, c.DB.Execute(t.Context(), "sync", `INSERT INTO agreed (product_id, remote_id, type, field, value, at, sync_id) 
		VALUES (3, '3', 1, 'price', '10', '', 4), (1, '1', 1, 'price', '55', '', 4)`))
	for n := 1; n < all; n++ {
		next(remote(1, price(n), "6"))
	}
	// The newest ten and the run that pruned were made after the first three were old.
	sqlitetest.Staged(t, c, nil)
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM transfer_row WHERE transfer_id <= ?`, runs[2]); n != 0 {
		t.Fatalf("%d rows of old transfers", n)
	}
	now := []string{"1 1 price " + price(all-1), "1 1 stock 6", "2 2 price 7", "2 2 stock 8", "3 3 price 10", "3 3 stock 1"}
	wantAgreed(t, c, "pruned", now...)
	var left []any
	for _, row := range sqlitetest.RowsBy(t, c.DB.Reader, `SELECT value FROM agreed WHERE remote_id = '1' AND field = 'price' ORDER BY id`) {
		left = append(left, row["value"])
	}
	want := []any{"55"}        // a sync keeps its own
	for n := 2; n < all; n++ { // what the third agreed on is what an undo of the fourth comes back to
		want = append(want, price(n))
	}
	if !slices.Equal(left, want) {
		t.Errorf("%v are left, want %v", left, want)
	}
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM agreed WHERE remote_id = '3' AND field = 'price'`); n != 2 {
		t.Errorf("%d rows of what a sync wrote, and of what it stands on", n)
	}
	// The undo of an old transfer finds nothing any more, and takes no base.
	undo(t, c, runs[0], 10)
	wantAgreed(t, c, "an old one undone", now...)
	for n := all - 1; n > 2; n-- {
		undo(t, c, runs[n], 10)
	}
	wantAgreed(t, c, "all undone", append(now[1:], "1 1 price "+price(2))...)
}
