package app_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// contents are the files below a folder, by their names.
func contents(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Of 54 orders 45 are invoiced, one of them is cancelled on İşbaşı's screen, and nine are held (orders-invoices.md §9).
func TestWriteMonth_ofAMonthThatWasInvoicedHere(t *testing.T) {
	s := openSeller(t)
	c := s.c
	var sales []sale
	for n := range int64(54) {
		o := sale{
			pack: fmt.Sprint(7000 + n), status: "Teslim Edildi", first: "Çiğdem", last: fmt.Sprint("Örnek", n), address: "Deneme Sk. 1", city: "Ankara",
			district: "Çankaya", items: []item{{article: n % articles, quantity: 1 + n%3, unit: 5990, discount: n}, {article: (n + 1) % articles, quantity: 1, unit: 12_345}},
		}
		if n >= 45 {
			o.address = "De*** Sk. *"
		}
		sales = append(sales, o)
	}
	if done := s.imports(c, sales); done.Stages[orders.StageReady] != 45 || done.Stages[orders.StageHeld] != 9 {
		t.Fatalf("%+v", done)
	}
	if o, err := issued(t.Context(), c, issuing.Request{Wish: orders.WishFormalise}); err != nil || o.Issued != 45 {
		t.Fatalf("%+v, %v", o, err)
	}
	if err := s.server.CancelInvoice(s.standing()["7007"][0].ID); err != nil {
		t.Fatal(err)
	}
	month := monthend.MonthOf(time.Now())
	plan, err := c.PlanMonth(t.Context(), month)
	if err != nil || plan.Invoices != 45 || plan.Missing != 9 || plan.NoPDF != 45 || plan.NoUBL != 45 || plan.Open != 0 || !plan.ClosedAt.IsZero() {
		t.Fatalf("%+v, %v", plan, err)
	}
	ask := monthend.Ask{Documents: true, List: true}
	begin := s.server.Spent(sandbox.CostRead)
	first, err := c.WriteMonth(t.Context(), month, ask, filepath.Join(t.TempDir(), "a"), &monthend.Progress{})
	if err != nil || len(first) != 1 {
		t.Fatalf("%v, %v", first, err)
	}
	if spent := s.server.Spent(sandbox.CostRead) - begin; spent != 91 {
		t.Errorf("%d reads, want 45 + 45 documents and one page of the list", spent)
	}
	// Made again: the documents are here, and every byte is the same.
	second, err := c.WriteMonth(t.Context(), month, ask, filepath.Join(t.TempDir(), "b"), &monthend.Progress{})
	if err != nil {
		t.Fatal(err)
	}
	if spent := s.server.Spent(sandbox.CostRead) - begin; spent != 92 {
		t.Errorf("%d reads after the second package", spent)
	}
	got, again := contents(t, first[0]), contents(t, second[0])
	documents := 0
	for name, data := range got {
		if !bytes.Equal(data, again[name]) {
			t.Errorf("%s differs", name)
		}
		if strings.HasPrefix(name, "pdf/") || strings.HasPrefix(name, "ubl/") {
			documents++
		}
	}
	if len(got) != len(again) || documents != 90 {
		t.Errorf("%d and %d files, %d documents", len(got), len(again), documents)
	}
	s.compareMonth(month)
}

// A draft is late like any order without an invoice, and what a marketplace pays has the rate that a person has said.
func TestMakeMonth_knowsWhenADraftWasShippedAndWhatAPersonHasSaid(t *testing.T) {
	s := openSeller(t)
	month := monthend.MonthOf(time.Now())
	at := month.Begin().Add(12 * time.Hour)
	order := func(pack string, l orders.Line) orders.Order {
		l.Quantity, l.Unit, l.Kind = decimal.NewFromInt(1), decimal.NewFromInt(100), orders.LineGoods
		return orders.Order{
			Marketplace: "trendyol", Number: "S" + pack, Package: pack, Status: orders.StatusOK, Word: "Teslim Edildi", OrderedAt: at, ShippedAt: at, Currency: domain.TRY,
			Buyer: orders.Buyer{Type: orders.BuyerPerson, First: "Ayşe", Last: "Işık", Address: "Deneme Sk. 1", City: "Ankara", District: "Çankaya", Country: "TR"},
			Lines: []orders.Line{l},
		}
	}
	list := []orders.Order{
		order("1", orders.Line{Name: articleName(1), Barcode: barcode(1)}),
		order("2", orders.Line{Name: "Adsız", Platform: decimal.NewFromInt(12)}),
		order("3", orders.Line{Name: "Başka", Platform: decimal.NewFromInt(7)}), // whose rate nobody knows
	}
	taken, err := s.c.Store.TakeOrders(t.Context(), orders.SourceFile, "liste.xlsx", list)
	if err != nil || taken.New != 3 {
		t.Fatalf("%+v, %v", taken, err)
	}
	if err := s.c.SaveSaid(t.Context(), taken.IDs[1], orders.Said{Lines: map[int]orders.SaidLine{0: {VAT: whole(20), Without: true}}}); err != nil {
		t.Fatal(err)
	}
	if o, err := issued(t.Context(), s.c, issuing.Request{Wish: orders.WishDraft, Keys: []orders.Key{list[0].Key()}}); err != nil || o.Drafted != 1 {
		t.Fatalf("%+v, %v", o, err)
	}
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := s.c.MakeMonth(t.Context(), words.New(text.Lang, text.T), month, monthend.Ask{}, &monthend.Progress{})
	if err != nil {
		t.Fatal(err)
	}
	if got := pack.Summary; got.Missing != 3 || got.Late != 3 {
		t.Errorf("%d without an invoice, %d late", got.Missing, got.Late)
	}
	paid := pack.Summary.Platform
	if len(paid) != 1 || paid[0].Count != 2 || paid[0].Base.String() != "10" || paid[0].VAT.String() != "2" || paid[0].Total.String() != "19" {
		t.Errorf("%+v", paid)
	}
	page, ok := pack.Files[0].Content.(monthend.Page)
	if !ok {
		t.Fatalf("%T", pack.Files[0].Content)
	}
	found := false
	for _, b := range page.Blocks {
		for _, r := range b.Rows {
			found = found || strings.Join(r.Cells, "|") == "Trendyol|2|belli değil|belli değil|19,00 ₺"
		}
	}
	if !found {
		t.Errorf("%+v", page.Blocks)
	}
}

// compareMonth holds the sums of the month's package against the sales.
func (s *seller) compareMonth(month monthend.Month) {
	t := s.t
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	w := words.New(text.Lang, text.T)
	pack, err := s.c.MakeMonth(t.Context(), w, month, monthend.Ask{List: true}, &monthend.Progress{})
	if err != nil {
		t.Fatal(err)
	}
	var total int64
	for _, o := range s.sales {
		if !strings.Contains(o.address, "*") && o.pack != "7007" {
			total += o.total()
		}
	}
	got := pack.Summary
	if got.Issued != 45 || got.Valid != 44 || got.Cancelled != 1 || got.Missing != 9 || got.NoPDF != 0 || got.NoUBL != 0 || got.Sales.Total.StringFixed(2) != money(total) {
		t.Errorf("%+v, want %s", got, money(total))
	}
	if !pack.Control.Agrees() || pack.Control.Reads != 1 || pack.Control.There.Invoices != 45 {
		t.Errorf("%+v", pack.Control)
	}
	// Sent, and one more is cancelled: the next month's package says so.
	if err := s.c.SendMonth(t.Context(), month); err != nil {
		t.Fatal(err)
	}
	if err := s.server.CancelInvoice(s.standing()["7008"][0].ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.c.MakeMonth(t.Context(), w, month, monthend.Ask{List: true}, &monthend.Progress{}); err != nil {
		t.Fatal(err)
	}
	next, err := s.c.MakeMonth(t.Context(), w, monthend.MonthOf(month.End().Add(time.Hour)), monthend.Ask{}, &monthend.Progress{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(fmt.Sprint(next.Files), text.T("monthend.change.cancelled")) {
		t.Error("the next month's package does not tell of the change")
	}
}
