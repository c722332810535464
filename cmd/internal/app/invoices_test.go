package app_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// sale is a package that was sold, in the words of these tests: amounts in kuruş, and what its invoice must say is
// calculated here, plainly.
type sale struct {
	pack, status                  string
	first, last                   string // of a person
	company, taxNumber, taxOffice string
	address, city, district       string
	items                         []item
}

// item is so much of the n-th article.
type item struct{ article, quantity, unit, discount int64 }

// The articles are the same on both sides, under codes of their own, and known again by their barcodes.
func articleCode(n int64) string { return fmt.Sprintf("STK-%03d", n) }

func remoteCode(n int64) string { return fmt.Sprintf("IB.%d", 5000+n) }

func articleName(n int64) string { return fmt.Sprintf("Şık Kupa No:%d", n) }

func barcode(n int64) string {
	twelve := fmt.Sprintf("869%09d", 1000+n)
	sum := 0
	for i, r := range twelve {
		sum += int(r-'0') * (1 + i%2*2)
	}
	return twelve + fmt.Sprint((10-sum%10)%10)
}

// rate is that of an article's VAT, in percent.
func rate(n int64) int64 { return []int64{20, 10, 1}[n%3] }

func (i item) net() int64 { return i.quantity*i.unit - i.discount }

// total is what the buyer pays.
func (s *sale) total() (sum int64) {
	for _, i := range s.items {
		sum += i.net()
	}
	return sum
}

// taxes are base and VAT of each rate: the VAT taken out of the sum, half up.
func (s *sale) taxes() string {
	sums := map[int64]int64{}
	for _, i := range s.items {
		sums[rate(i.article)] += i.net()
	}
	var out []string
	for _, r := range []int64{1, 10, 20} {
		if gross, ok := sums[r]; ok {
			vat := (2*gross*r + 100 + r) / (2 * (100 + r))
			out = append(out, fmt.Sprintf("%d: %s + %s", r, money(gross-vat), money(vat)))
		}
	}
	return strings.Join(out, ", ")
}

func money(kurus int64) string { return decimal.New(kurus, -2).StringFixed(2) }

func (s *sale) key() orders.Key { return orders.Key{Marketplace: "trendyol", Package: s.pack} }

// number is that of the order, which is not its package's.
func (s *sale) number() string { return "9" + s.pack }

// token is the one that marks an order's invoice (orders-invoices.md §5).
func (s *sale) token() string {
	sum := sha256.Sum256([]byte(sandbox.DemoTenant + "\ntrendyol\n" + s.pack + "\nsale"))
	return "[SM:" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:8]) + "]"
}

// asked is the number that the revenue administration knows the buyer by.
func (s *sale) asked() string {
	if s.taxNumber == "" {
		return "11111111111"
	}
	return s.taxNumber
}

// title is the buyer's name as an invoice has it.
func (s *sale) title() string {
	if len(s.taxNumber) == domain.VKNLength {
		return s.company
	}
	return s.first + " " + s.last
}

// writeSales writes sales of the day before now as Trendyol's file has them.
func writeSales(t *testing.T, path string, sales []sale, now time.Time) {
	t.Helper()
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	w.Comma = ';'
	comma := func(kurus int64) string { return strings.ReplaceAll(money(kurus), ".", ",") }
	rows := [][]string{{
		"Barkod", "Paket No", "Sipariş Tarihi", "Kargoya Teslim Tarihi", "Sipariş Numarası", "İl", "İlçe", "Ürün Adı", "Fatura Adresi",
		"Alıcı - Fatura Adresi", "Sipariş Statüsü", "Stok Kodu", "Adet", "Birim Fiyatı", "Satış Tutarı", "İndirim Tutarı", "Trendyol İndirim Tutarı",
		"Faturalanacak Tutar", "Kurumsal Faturalı Sipariş", "Vergi Kimlik Numarası", "Vergi Dairesi", "Şirket İsmi", "Ülke",
	}}
	ordered := now.In(domain.Istanbul).AddDate(0, 0, -1)
	for n, s := range sales {
		buyer, corporate := s.first+" "+s.last, "Hayır"
		if s.company != "" {
			buyer, corporate = s.company, "Evet"
		}
		for _, i := range s.items {
			rows = append(rows, []string{
				barcode(i.article), s.pack, ordered.Add(time.Duration(n%600)*time.Minute - 12*time.Hour).Format("02.01.2006 15:04"),
				ordered.Format("02.01.2006 15:04"), s.number(), s.city, s.district, articleName(i.article), s.address, buyer, s.status,
				articleCode(i.article), fmt.Sprint(i.quantity), comma(i.unit), comma(i.quantity * i.unit), comma(i.discount), "0",
				comma(i.net()), corporate, s.taxNumber, s.taxOffice, s.company, "Türkiye",
			})
		}
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// articles is how many the stand-in and the catalogue have.
const articles = 30

// seller is a company that sells: a machine whose catalogue is bound to a stand-in's products.
type seller struct {
	ordered time.Time // when the orders were made: a newer file says the same
	t       *testing.T
	server  *sandbox.Server
	*machine
	sales map[string]*sale // by package
}

// openSeller opens one at a stand-in that change makes differ from one with products and nothing else.
func openSeller(t *testing.T, change ...func(*sandbox.Options)) *seller {
	t.Helper()
	o := sandbox.Options{Firms: []sandbox.Firm{}, Invoices: []sandbox.Invoice{}, Orders: []sandbox.Order{}, Registered: []string{}}
	for n := range int64(articles) {
		o.Products = append(o.Products, sandbox.Product{
			ID: 2001 + n, Code: remoteCode(n), Name: articleName(n), Type: sandbox.TypeProduct, Barcode: barcode(n), Price: kurus(1000 + 37*n),
			Stock: whole(100_000), VATRate: whole(rate(n)), Currency: "TL",
		})
	}
	for _, c := range change {
		c(&o)
	}
	server, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return &seller{t: t, server: server, machine: newMachine(t, server, catalogue()...), sales: map[string]*sale{}}
}

// catalogue are the articles as the company calls them.
func catalogue() []domain.Product {
	var list []domain.Product
	for n := range int64(articles) {
		list = append(list, domain.Product{
			Code: domain.Code(articleCode(n)), Name: articleName(n), Barcode: domain.Barcode(barcode(n)), VATRate: whole(rate(n)),
			Price: kurus(1000 + 37*n), Currency: domain.TRY, State: domain.ProductActive,
		})
	}
	return list
}

// Who takes the file of one company into another is told, whoever has that one open; a lost and a damaged file tell nothing, and
// keep nobody from it, nor does the demo company tell.
func TestOrdersElsewhere_looksIntoTheOtherCompanies(t *testing.T) {
	s := openSeller(t)
	s.imports(s.c, []sale{{pack: "7000", status: "Teslim Edildi", first: "Ayşe", last: "Işık", address: "Deneme Sk. 1", city: "Ankara", district: "Çankaya", items: []item{{quantity: 1, unit: 5990}}}})
	kept, _, err := s.c.ListOrders(t.Context(), orders.Query{})
	if err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	list := []orders.Order{kept[0].Order}
	for _, name := range []string{"Bozuk", "Kayıp", "Öteki"} {
		info, err := s.app.NewCompany(t.Context(), name, false)
		if err != nil {
			t.Fatal(err)
		}
		other, err := s.app.OpenCompany(t.Context(), info)
		if err != nil {
			t.Fatal(err)
		}
		found, err := other.OrdersElsewhere(t.Context(), list)
		if want := []orders.Elsewhere{{Company: s.c.Info.Name, Number: kept[0].Number}}; err != nil || !slices.Equal(found, want) {
			t.Errorf("%s: %v, %v, want %v", name, found, err, want)
		}
		if err := other.Close(); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(s.app.Dir(), "companies", string(info.ID)+".db")
		switch name {
		case "Bozuk":
			db, err := sql.Open("sqlite", database.WriterDSN(path))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.ExecContext(t.Context(), `PRAGMA foreign_keys = OFF; ALTER TABLE sales_order RENAME TO lost`); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		case "Kayıp":
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	demo, err := s.app.NewCompany(t.Context(), "Deneme şirketi", true)
	if err != nil {
		t.Fatal(err)
	}
	played, err := s.app.OpenCompany(t.Context(), demo)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := played.Store.TakeOrders(t.Context(), orders.SourceFile, "x", list); err != nil {
		t.Fatal(err)
	}
	if found, err := played.OrdersElsewhere(t.Context(), list); err != nil || len(found) != 0 {
		t.Errorf("of the demo company: %v, %v", found, err)
	}
	if err := played.Close(); err != nil {
		t.Fatal(err)
	}
	if found, err := s.c.OrdersElsewhere(t.Context(), list); err != nil || len(found) != 0 {
		t.Errorf("%v, %v", found, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.c.OrdersElsewhere(ctx, list); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("cancelled: %v", err)
	}
}

// imports imports sales as a file into a company, and gives where they stand.
func (s *seller) imports(c *app.Company, sales []sale) orders.Imported {
	s.t.Helper()
	ctx := s.t.Context()
	path := filepath.Join(s.t.TempDir(), "siparisler.csv")
	if s.ordered.IsZero() {
		s.ordered = s.now()
	}
	writeSales(s.t, path, sales, s.ordered)
	found, err := c.FindOrders(ctx, path, orders.Choice{})
	if err != nil {
		s.t.Fatal(err)
	}
	done, err := c.ImportOrders(ctx, found)
	if err != nil {
		s.t.Fatal(err)
	}
	for n := range sales {
		s.sales[sales[n].pack] = &sales[n]
	}
	return done
}

// issued runs to the end what is asked for.
func issued(ctx context.Context, c *app.Company, r issuing.Request) (issuing.Outcome, error) {
	w, err := c.StartInvoices(ctx, r)
	if err != nil {
		return issuing.Outcome{}, err
	}
	<-w.Done()
	return w.Outcome()
}

// standing are the stand-in's invoices that are there, by the package of their order.
func (s *seller) standing() map[string][]sandbox.Invoice {
	s.t.Helper()
	by := map[string][]sandbox.Invoice{}
	for _, v := range s.server.Invoices() {
		if v.DeletedAt.IsZero() {
			pack := s.packOf(&v)
			by[pack] = append(by[pack], v)
		}
	}
	return by
}

// packOf is the package that an invoice says it is of.
func (s *seller) packOf(v *sandbox.Invoice) string {
	s.t.Helper()
	for _, part := range strings.Split(v.Description, " · ") {
		if pack, ok := strings.CutPrefix(part, "Paket No: "); ok && s.sales[pack] != nil {
			return pack
		}
	}
	s.t.Fatalf("an invoice of nobody knows what: %q", v.Description)
	return ""
}

// compareInvoice holds everything that an invoice of a sale says against the sale.
func (s *seller) compareInvoice(v *sandbox.Invoice, kind int) {
	s.t.Helper()
	o := s.sales[s.packOf(v)]
	equal := func(what string, got, want any) {
		s.t.Helper()
		if got != want {
			s.t.Errorf("%s: %s is %v, want %v", o.pack, what, got, want)
		}
	}
	equal("total", v.Total.StringFixed(2), money(o.total()))
	var taxes []string
	for _, r := range v.Rates {
		taxes = append(taxes, fmt.Sprintf("%s: %s + %s", r.Rate, r.Net.StringFixed(2), r.VAT.StringFixed(2)))
	}
	equal("VAT", strings.Join(taxes, ", "), o.taxes())
	equal("the prices' VAT", v.VATIncluded, true)
	equal("buyer", v.FirmName, o.title())
	equal("tax number", v.TaxNumber, o.asked())
	equal("tax office", v.TaxOffice, o.taxOffice)
	equal("address", v.Address, o.address)
	equal("city", v.City, o.city)
	equal("district", v.District, o.district)
	plate, _ := domain.FindProvince(o.city)
	equal("postal code", v.PostalCode, plate.Plate+"000")
	equal("currency", v.Currency+" "+v.Rate.String(), "TL 1")
	equal("type", v.Type, sandbox.InvoiceSale)
	equal("kind", v.Kind, kind)
	if kind == sandbox.KindEInvoice {
		equal("scenario", v.Profile, 1)
	}
	shipped := s.now().In(domain.Istanbul).AddDate(0, 0, -1).Format("02.01.2006")
	nonce, description := invoicing.NonceIn(v.Description)
	equal("a nonce", nonce != "", true)
	equal("description", description, "Sipariş No: "+o.number()+" "+o.token()+" · Paket No: "+o.pack+" · Gönderim tarihi: "+shipped)
	var got, want []string
	for _, l := range v.Lines {
		got = append(got, fmt.Sprintf("%s %s %s: %s %s × %s @%s", l.Code, l.Name, l.Description, l.Quantity, l.Unit, l.Price, l.VATRate))
		equal("discount of a line", l.DiscountRate.Add(l.DiscountValue).String(), "0")
	}
	for _, i := range o.items {
		price := decimal.New(i.net(), -2).DivRound(decimal.NewFromInt(i.quantity), 8)
		want = append(want, fmt.Sprintf("%s %s : %d Adet × %s @%d", remoteCode(i.article), articleName(i.article), i.quantity, price, rate(i.article)))
	}
	slices.Sort(got)
	slices.Sort(want)
	equal("lines", strings.Join(got, "\n"), strings.Join(want, "\n"))
}
