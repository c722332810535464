package app_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// expectation is a line of the samples' expected.jsonl, as far as it is read here.
type expectation struct {
	In struct {
		Marketplace, Package string
		Buyer                struct{ First, Last, Name, City, District, Postal, Plate string }
	}
	Want struct {
		Gate  []string
		Kind  string
		Total string
		Rates []struct{ Rate, Base, VAT string }
		// Number is the tax number.
		Number string
		Lines  []struct {
			SendUnit string `json:"send_unit"`
		}
	}
}

func (e *expectation) key() orders.Key {
	return orders.Key{Marketplace: e.In.Marketplace, Package: e.In.Package}
}

func (e *expectation) title() string {
	b := e.In.Buyer
	if b.Name != "" {
		return b.Name
	}
	return b.First + " " + b.Last
}

func (e *expectation) postal() string {
	if p := e.In.Buyer.Postal; p != "" {
		return p
	}
	return e.In.Buyer.Plate + "000"
}

// samples is the folder of the samples of files; without it the test is skipped.
func samples(t *testing.T) string {
	t.Helper()
	for _, dir := range []string{os.Getenv("SOPYO_TESTDATA"), "../../../../shared/data"} {
		if _, err := os.Stat(filepath.Join(dir, "orders", "expected.jsonl")); dir != "" && err == nil {
			return filepath.Join(dir, "orders")
		}
	}
	t.Skip("the samples of orders are not here (SOPYO_TESTDATA names their folder)")
	return ""
}

func expectations(t *testing.T, dir string) (all []expectation) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "expected.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var e expectation
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// The samples of marketplaces' files: what stands at İşbaşı in the end is what the sheet of expected readings says, and
// what the gate holds is there for the reasons that it names.
func TestInvoices_ofTheSampleFilesAreTheExpectedOnes(t *testing.T) {
	ctx := t.Context()
	dir := samples(t)
	s := openSeller(t, func(o *sandbox.Options) { o.Registered = []string{"0012345672"} })
	read := map[string]bool{}
	for _, name := range []string{
		"trendyol/siparisler-header-row2.xlsx", "hepsiburada/siparisler.csv", "amazon-tr/all-orders.txt", "shopify/orders_export_1.csv",
		"woocommerce/orders-advanced-export.csv", "ikas/ikas-siparisler.csv",
	} {
		found, err := s.c.FindOrders(ctx, filepath.Join(dir, filepath.FromSlash(name)), orders.Choice{})
		if err != nil {
			t.Fatal(name, err)
		}
		read[found.Profile.Marketplace] = true
		s.stock(found.Orders)
		if done, err := s.c.ImportOrders(ctx, found); err != nil || done.New != len(found.Orders) || done.New == 0 {
			t.Fatalf("%s: %+v, %v", name, done, err)
		}
	}
	if done, err := issued(ctx, s.c, issuing.Request{Wish: orders.WishDraft}); err != nil || done.Unknown+done.Rejected+done.Mismatch+done.Held > 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	byToken := map[string]sandbox.Invoice{}
	for _, v := range s.server.Invoices() {
		_, rest, _ := strings.Cut(v.Description, " [SM:")
		byToken[rest[:8]] = v
	}
	drafted := 0
	for _, e := range expectations(t, dir) {
		if !read[e.In.Marketplace] {
			continue
		}
		if len(e.Want.Gate) > 0 {
			k, err := s.c.Order(ctx, e.key())
			// Of an order that is held anyway nobody asks whether its buyer is registered: the sheet says it.
			k.Verdict.Reasons = slices.DeleteFunc(k.Verdict.Reasons, func(r string) bool { return r == "registry_unknown" })
			if err != nil || len(k.Holding()) == 0 || !slices.Equal(k.Verdict.Reasons, e.Want.Gate) {
				t.Errorf("%v is held by %v (%v), want %v", e.key(), k.Verdict.Reasons, err, e.Want.Gate)
			}
			continue
		}
		drafted++
		records, err := s.c.RecordsOf(ctx, e.key())
		if err != nil || len(records) != 1 {
			t.Fatalf("%v: %d attempts, %v", e.key(), len(records), err)
		}
		s.compareSample(e, byToken[string(records[0].Token[4:12])])
	}
	if n := len(s.server.Invoices()); n != drafted || n < 6 {
		t.Errorf("%d invoices, want %d", n, drafted)
	}
}

// stock puts the goods of orders into the catalogue, with the rates that the samples' sheet has.
func (s *seller) stock(list []orders.Order) {
	s.t.Helper()
	known := map[string]bool{}
	for _, o := range list {
		for _, l := range o.Lines {
			code := l.Code
			if code == "" {
				code = l.Barcode
			}
			if known[code] || l.Kind != orders.LineGoods {
				continue
			}
			known[code] = true
			p := domain.Product{Code: domain.Code(code), Name: l.Name, VATRate: whole(20), Currency: domain.TRY, State: domain.ProductActive}
			for _, name := range []string{"Tabak", "Elbise", "Kitap", "Çorap"} {
				if strings.HasPrefix(l.Name, name) {
					p.VATRate = whole(10)
				}
			}
			if _, n, err := s.c.Products(s.t.Context(), domain.ProductQuery{Search: code}); err != nil || n > 0 {
				continue // of another marketplace's file
			}
			if _, err := s.c.SaveProducts(s.t.Context(), p); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}

// compareSample holds an invoice against what is expected of its order.
func (s *seller) compareSample(e expectation, v sandbox.Invoice) {
	s.t.Helper()
	var got, want []string
	for _, r := range v.Rates {
		got = append(got, fmt.Sprint(r.Rate, " ", r.Net.StringFixed(2), " ", r.VAT.StringFixed(2)))
	}
	for _, r := range e.Want.Rates {
		want = append(want, fmt.Sprint(r.Rate, " ", r.Base, " ", r.VAT))
	}
	for _, l := range v.Lines {
		got = append(got, l.Price.String())
	}
	for _, l := range e.Want.Lines {
		want = append(want, l.SendUnit)
	}
	b := e.In.Buyer
	got = append(got, v.KindName(), v.TaxNumber, v.Total.StringFixed(2), v.FirmName, v.City, v.District, v.PostalCode)
	want = append(want, e.Want.Kind, e.Want.Number, e.Want.Total, e.title(), b.City, b.District, e.postal())
	if !slices.Equal(got, want) {
		s.t.Errorf("%v:\ngot  %q\nwant %q", e.key(), got, want)
	}
	if v.Status != sandbox.StatusDraft || v.Address == "" {
		s.t.Errorf("%v: %+v", e.key(), v)
	}
}
