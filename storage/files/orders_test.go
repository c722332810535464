package files

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"golang.org/x/text/encoding/charmap"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// The order files that are no part of the project, see realFile, and the right reading of each.

// orderFiles are the files of the samples that are lists of orders, by the names that the right readings go by.
var orderFiles = map[string][]string{
	"trendyol/*": {
		"trendyol/siparisler-header-row1.xlsx", "trendyol/siparisler-header-row2.xlsx", "trendyol/Tedarikci_Siparisleri-cp1254-semicolon.csv",
	},
	"hepsiburada/*":                          {"hepsiburada/siparisler.csv", "hepsiburada/siparisler.xlsx"},
	"n11/*":                                  {"n11/order_item_shipments.xlsx"},
	"pazarama/*":                             {"pazarama/Siparişleriniz_ornek.xlsx"},
	"shopify/orders_export_1.csv":            {"shopify/orders_export_1.csv"},
	"woocommerce/orders-advanced-export.csv": {"woocommerce/orders-advanced-export.csv"},
	"ikas/ikas-siparisler.csv":               {"ikas/ikas-siparisler.csv"},
	"amazon-tr/all-orders.txt":               {"amazon-tr/all-orders.txt"},
}

// reading is a right reading: what has to be read, and what follows from it.
type reading struct {
	In struct {
		ID          string
		Marketplace string
		Package     string
		Order       string
		Currency    string
		Status      string
		Micro       bool
		Refunded    string
		Lines       []struct{ Name, Qty, Kind string }
		Buyer       struct {
			Type, First, Last, Name, City, District, Postal, Plate, Country string
			TaxNumber                                                       string `json:"tax_no"`
		}
		Note string
	}
	Want struct {
		Lines []struct {
			Net, Discount string
			SendUnit      string `json:"send_unit"`
		}
		Total string
	}
}

// readings are the right ones by file and order.
func readings(t *testing.T) map[string]map[string]reading {
	t.Helper()
	f, err := os.Open(realFile(t, "orders/expected.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]map[string]reading{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var r reading
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		file, _, _ := strings.Cut(r.In.ID, "#")
		if out[file] == nil {
			out[file] = map[string]reading{}
		}
		out[file][r.In.Package] = r
	}
	return out
}

func readSample(t *testing.T, name string) orders.File {
	t.Helper()
	f, err := ReadOrders(t.Context(), realFile(t, "orders/"+name), listing.Reading{}, orders.Profiles(), assets.Districts())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return f
}

func TestReadOrders_theSamples(t *testing.T) {
	all, compared := readings(t), 0
	for of, names := range orderFiles {
		if len(all[of]) == 0 {
			t.Errorf("no right readings of %s", of)
		}
		for _, name := range names {
			f := readSample(t, name)
			found := map[string]bool{}
			for _, o := range f.Orders {
				want, ok := all[of][o.Package]
				if found[o.Package] {
					t.Errorf("%s: order %s twice", name, o.Package)
				}
				found[o.Package] = true
				if !ok {
					continue
				}
				compareOrder(t, name, o, want)
				compared++
			}
			for p := range all[of] {
				// The broken half of a file in cp1254 is a file of its own; this one has all.
				if !found[p] {
					t.Errorf("%s: order %s is not read", name, p)
				}
			}
			if f.Rows != f.Taken+f.Repeated+f.NoLine+f.Refused || len(f.Unknown) > 0 {
				t.Errorf("%s: %d rows, %d taken, %d repeated, %d without line, %d refused; unknown %v", name, f.Rows, f.Taken, f.Repeated, f.NoLine, f.Refused, f.Unknown)
			}
		}
	}
	if compared < 40 {
		t.Errorf("%d orders compared", compared)
	}
}

func compareOrder(t *testing.T, file string, o orders.Order, want reading) {
	t.Helper()
	in, b := want.In, o.Buyer
	same := func(what, got, want string) {
		if got != want {
			t.Errorf("%s %s: %s is %q, want %q", file, o.Package, what, got, want)
		}
	}
	same("marketplace", o.Marketplace, in.Marketplace)
	same("number", o.Number, in.Order)
	same("status", string(o.Status), in.Status)
	same("currency", string(o.Currency), map[string]string{"TL": "TRY"}[in.Currency])
	if in.Marketplace != "n11" && in.Marketplace != "pazarama" { // their buyers are mapped by hand
		same("first", b.First, in.Buyer.First)
		same("last", b.Last, in.Buyer.Last)
		same("name", b.Name, in.Buyer.Name)
		same("type", string(b.Type), in.Buyer.Type)
		same("tax number", b.TaxNumber, in.Buyer.TaxNumber)
		same("city", b.City, in.Buyer.City)
		same("district", b.District, in.Buyer.District)
		same("postal code", b.PostalCode, in.Buyer.Postal)
		same("plate", b.Plate, in.Buyer.Plate)
		same("country", b.Country, in.Buyer.Country)
	}
	same("total", o.Total().StringFixed(2), want.Want.Total)
	if o.Micro != in.Micro || !o.Refunded.Equal(numberOf(in.Refunded)) {
		t.Errorf("%s %s: micro %v, refunded %s", file, o.Package, o.Micro, o.Refunded)
	}
	if len(o.Lines) != len(in.Lines) {
		t.Errorf("%s %s: %d lines, want %d", file, o.Package, len(o.Lines), len(in.Lines))
		return
	}
	shares := spread(o)
	for i, l := range o.Lines {
		net := l.Net().Sub(shares[i])
		same("line", l.Name, in.Lines[i].Name)
		same("quantity", l.Quantity.String(), in.Lines[i].Qty)
		same("kind", string(l.Kind), in.Lines[i].Kind)
		same("net", net.StringFixed(2), want.Want.Lines[i].Net)
		same("sent", net.DivRound(l.Quantity, 8).String(), want.Want.Lines[i].SendUnit)
		discount := l.Discount
		if l.PerUnit {
			discount = discount.Mul(l.Quantity)
		}
		same("discount", discount.Add(shares[i]).StringFixed(2), want.Want.Lines[i].Discount)
	}
}

// spread gives the share that each line has of an order's discount (orders-invoices.md §2).
func spread(o orders.Order) []decimal.Decimal {
	shares, goods, left := make([]decimal.Decimal, len(o.Lines)), decimal.Decimal{}, o.Discount
	for _, l := range o.Lines {
		if l.Kind == orders.LineGoods {
			goods = goods.Add(l.Net())
		}
	}
	if o.Discount.IsZero() {
		return shares
	}
	rest := make([]decimal.Decimal, len(o.Lines))
	for i, l := range o.Lines {
		if l.Kind == orders.LineGoods {
			exact := o.Discount.Mul(l.Net()).DivRound(goods, 12)
			shares[i] = exact.RoundFloor(2)
			rest[i] = exact.Sub(shares[i])
			left = left.Sub(shares[i])
		}
	}
	for kurus := decimal.New(1, -2); left.IsPositive(); left = left.Sub(kurus) {
		largest := 0
		for i := range rest {
			if rest[i].GreaterThan(rest[largest]) {
				largest = i
			}
		}
		shares[largest], rest[largest] = shares[largest].Add(kurus), decimal.New(-1, 0)
	}
	return shares
}

func numberOf(s string) decimal.Decimal {
	d, _ := domain.ParseNumber(s, "en") // "" is 0
	return d
}

func TestReadOrders_againAndInTheOtherFormatChangesNothing(t *testing.T) {
	for of, names := range orderFiles {
		known := map[orders.Key]string{}
		for _, name := range append(names, names...) {
			f := readSample(t, name)
			for _, o := range f.Orders {
				before, found := known[o.Key()]
				if now := o.Fingerprint(); found && before != now {
					t.Errorf("%s: order %s is another one than in %s", name, o.Package, names[0])
				}
				known[o.Key()] = o.Fingerprint()
			}
			if len(f.Orders) != len(known) {
				t.Errorf("%s: %d orders, %d of %s are known", name, len(f.Orders), len(known), of)
			}
		}
	}
}

func TestReadOrders_refusesWhatIsNoListOfOrdersByItsName(t *testing.T) {
	for name, detail := range map[string]string{
		"trendyol/REFUSE-finance-file.xlsx":                 orders.RefusedPayments,
		"amazon-tr/REFUSE-transaction-report.csv":           orders.RefusedPayments,
		"amazon-tr/unshipped-NO-PRICES.txt":                 orders.RefusedNoPrices,
		"trendyol/Tedarikci_Siparisleri-broken-letters.csv": orders.RefusedLetters,
		"ciceksepeti/positions-only.xlsx":                   orders.RefusedUnknown,
	} {
		_, err := ReadOrders(t.Context(), realFile(t, "orders/"+name), listing.Reading{}, orders.Profiles(), assets.Districts())
		if e := new(domain.Error); !errors.As(err, &e) || e.Kind != domain.KindFile || e.Detail != detail || e.Op != "read "+filepath.Base(name) {
			t.Errorf("%s: %v, want %s", name, err, detail)
		}
	}
}

func TestOpen_refusesListsOfOrdersInThePlaceOfProducts(t *testing.T) {
	titles := map[string]string{
		"trendyol": "Trendyol", "hepsiburada": "Hepsiburada", "n11": "N11", "pazarama": "Pazarama", "shopify": "Shopify", "woocommerce": "WooCommerce",
		"ikas": "ikas", "amazon-tr": "Amazon",
	}
	names := []string{"trendyol/Tedarikci_Siparisleri-broken-letters.csv", "amazon-tr/unshipped-NO-PRICES.txt"}
	for _, of := range orderFiles {
		names = append(names, of...)
	}
	for _, name := range names {
		folder, _, _ := strings.Cut(name, "/")
		wantNoProducts(t, name, "file.order-list", titles[folder])
	}
	for _, name := range []string{"trendyol/REFUSE-finance-file.xlsx", "amazon-tr/REFUSE-transaction-report.csv"} {
		wantNoProducts(t, name, orders.RefusedPayments, "")
	}
}

func wantNoProducts(t *testing.T, name, detail, field string) {
	t.Helper()
	path := realFile(t, "orders/"+name)
	_, opened := Open(t.Context(), path, listing.Reading{})
	_, inspected := Folders{}.Inspect(t.Context(), path, listing.Reading{})
	_, chosen := Folders{}.OpenChosen(t.Context(), path, listing.Reading{}, nil)
	for _, err := range []error{opened, inspected, chosen} {
		if e := new(domain.Error); !errors.As(err, &e) || e.Kind != domain.KindFile || e.Detail != detail || e.Field != field {
			t.Errorf("%s: %v, want %s of %q", name, err, detail, field)
		}
	}
}

const (
	orderRowsCSV = "Sipariş Kodu;Durum;Ürün Adı;Adet;Sipariş Tutarı\n20;Kargoda;Termos;2;1.807,89\n"
	fewOrders    = "Alıcı;Fatura Adresi;x\nA;B;C\n"
)

func TestOpen_refusesAListOfOrdersThatNobodyKnows(t *testing.T) {
	path := filestest.Written(t, "o.csv", fewOrders)
	_, err := Open(t.Context(), path, listing.Reading{})
	if e := new(domain.Error); !errors.As(err, &e) || e.Detail != "file.order-list-unnamed" || e.Field != "" {
		t.Error(err)
	}
}

func TestReadOrders_inEveryEncodingAndSeparator(t *testing.T) {
	for name, content := range map[string]string{
		"utf-8": orderRowsCSV, "with a mark": "\ufeff" + orderRowsCSV, "tabs": strings.ReplaceAll(orderRowsCSV, ";", "\t"),
		"two bytes a letter": filestest.In16("\ufeff"+orderRowsCSV, true), "of Turkish Windows": filestest.In8(t, charmap.Windows1254, orderRowsCSV),
		"Excel's hint": "sep=;\n" + orderRowsCSV, "titles above": strings.Repeat("Rapor\n", 9) + orderRowsCSV,
	} {
		f, err := ReadOrders(t.Context(), filestest.Written(t, "o.csv", content), listing.Reading{}, orders.Profiles(), assets.Districts())
		if err != nil || len(f.Orders) != 1 || f.Orders[0].Total().String() != "1807.89" || f.Format != string(table.CSV) || f.FirstRow == 0 {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
}

func TestReadOrders_ofAWorkbook(t *testing.T) {
	sheet := func(number string) string {
		return filestest.SheetOf(filestest.Inline("Sipariş Kodu", "Durum", "Ürün Adı", "Adet", "Sipariş Tutarı"), filestest.Inline(number, "Kargoda", "a", "1", "5"))
	}
	other := filestest.SheetOf(filestest.Inline("Rapor"), filestest.Inline("x"))
	path := filestest.Written(t, "o.xlsx", filestest.WorkbookOf(t, "", other, sheet("7"), sheet("8")))
	f, err := ReadOrders(t.Context(), path, listing.Reading{}, orders.Profiles(), assets.Districts())
	if err != nil || f.Orders[0].Package != "7" || f.Sheet != "S2" || !slices.Equal(f.Sheets, []string{"S1", "S2", "S3"}) {
		t.Errorf("%+v, %v", f, err)
	}
	if f, err = ReadOrders(t.Context(), path, listing.Reading{Sheet: "S3"}, orders.Profiles(), assets.Districts()); err != nil || f.Orders[0].Package != "8" {
		t.Errorf("%+v, %v", f, err)
	}
	payments := filestest.Written(t, "p.xlsx", filestest.WorkbookOf(t, "", other, filestest.SheetOf(filestest.Inline("Net Tutar", "Komisyon"), filestest.Inline("1", "2")), other))
	for name, c := range map[string]struct {
		path   string
		sheet  string
		detail string
	}{
		"what says more than that it is not known": {payments, "", orders.RefusedPayments},
		"the chosen sheet":                         {path, "S1", orders.RefusedUnknown},
		"a sheet there is not":                     {path, "S4", "file.unknown-sheet"},
		"a feed":                                   {filestest.Written(t, "f.xml", "<a><b>1</b></a>"), "", orders.RefusedUnknown},
		"a picture":                                {filestest.Written(t, "f.png", "\x89PNG"), "", "file.image"},
		"nothing":                                  {filestest.Written(t, "e.csv", ""), "", "file.empty"},
		"no file":                                  {path + "x", "", "file.not-found"},
		"an unknown separator":                     {path, "sep", "file.unknown-separator"},
	} {
		r := listing.Reading{Sheet: c.sheet}
		if c.sheet == "sep" {
			r = listing.Reading{Separator: "#"}
		}
		_, err := ReadOrders(t.Context(), c.path, r, orders.Profiles(), assets.Districts())
		if e := new(domain.Error); !errors.As(err, &e) || e.Detail != c.detail {
			t.Errorf("%s: %v, want %s", name, err, c.detail)
		}
	}
}

// Columns of positions only are mapped by hand.
func TestReadOrders_byColumnsThatAPersonNames(t *testing.T) {
	column := func(n string) string { return "kolon " + n + " (başlık bilinmiyor)" }
	p, err := orders.Mapping{Name: "Çiçek", Marketplace: "ciceksepeti", Columns: map[orders.Field]string{
		orders.FieldNumber: column("1"), orders.FieldLineID: column("2"), orders.FieldProduct: column("3"), orders.FieldQuantity: column("5"),
		orders.FieldBuyer: column("23"), orders.FieldCompany: column("24"), orders.FieldAddress: column("25"), orders.FieldTaxOffice: column("26"),
		orders.FieldTaxNumber: column("27"), orders.FieldAmount: column("38"),
	}}.Profile()
	if err != nil {
		t.Fatal(err)
	}
	f, err := ReadOrders(t.Context(), realFile(t, "orders/ciceksepeti/positions-only.xlsx"), listing.Reading{}, []orders.Profile{p}, assets.Districts())
	if err != nil || len(f.Orders) != 2 || len(f.Orders[0].Lines) != 2 {
		t.Fatalf("%+v, %v", f.Orders, err)
	}
	a, b := f.Orders[0], f.Orders[1]
	if a.Total().String() != "399.9" || a.Lines[1].Quantity.String() != "2" || a.Lines[1].Unit.String() != "25" || a.Lines[0].ID != "90000001" || a.Buyer.Last != "Örnekoğlu" {
		t.Errorf("%+v", a)
	}
	if b.Total().String() != "118" || b.Buyer.Type != orders.BuyerCompany || b.Buyer.Name != "ÖRNEK TİCARET LTD. ŞTİ." || b.Buyer.TaxNumber != "0012345672" {
		t.Errorf("%+v", b)
	}
}

func TestFolders_readOrdersWithTheirDistricts(t *testing.T) {
	path := filestest.Written(t, "o.csv", "Sipariş Numarası,Sipariş Durumu,Sipariş Ödeme Durumu,Ürün Adı,Ürün Sayısı,Ürün Satış Fiyatı,Fatura Adresi Şehir,Fatura Adresi İlçe\n1,Gönderildi,Ödendi,a,1,5,istanbul,KADIKÖY\n")
	for want, d := range map[string]Folders{"Kadıköy": {Districts: assets.Districts()}, "KADIKÖY": {}} {
		f, err := d.ReadOrderFile(t.Context(), path, listing.Reading{}, orders.Profiles())
		if err != nil || f.Orders[0].Buyer.District != want {
			t.Errorf("%+v, %v, want %s", f.Orders, err, want)
		}
	}
}

func TestFirstRows_asTheyStandInTheFile(t *testing.T) {
	path := filestest.Written(t, "o.xlsx", filestest.WorkbookOf(t, "", filestest.SheetOf(filestest.Inline("Rapor"), filestest.Inline(""), filestest.Inline("Kod", "Adı")), filestest.SheetOf(filestest.Inline("x"))))
	for name, c := range map[string]struct {
		path  string
		r     listing.Reading
		lines string
	}{
		"the first sheet":  {path, listing.Reading{}, "1 Rapor; 3 Kod Adı; "},
		"the chosen sheet": {path, listing.Reading{Sheet: "S2"}, "1 x; "},
		"a CSV":            {filestest.Written(t, "o.csv", "Kod;Adı\n\n7;Kupa\n"), listing.Reading{}, "1 Kod Adı; 3 7 Kupa; "},
		"a long one":       {filestest.Written(t, "l.csv", strings.Repeat("a;b\n", listing.SampleRows+5)), listing.Reading{}, ""},
	} {
		rows, err := Folders{}.FirstRows(t.Context(), c.path, c.r)
		var got strings.Builder
		for _, row := range rows {
			fmt.Fprintf(&got, "%d %s; ", row.Line, strings.TrimSpace(strings.Join(row.Cells, " ")))
		}
		if err != nil || len(rows) > listing.SampleRows || c.lines != "" && got.String() != c.lines || c.lines == "" && len(rows) != listing.SampleRows {
			t.Errorf("%s: %q, %v", name, got.String(), err)
		}
	}
	for name, c := range map[string]struct{ path, sheet, detail string }{
		"a sheet there is not": {path, "S4", "file.unknown-sheet"}, "a feed": {filestest.Written(t, "f.xml", "<a><b>1</b></a>"), "", orders.RefusedUnknown},
		"nothing": {filestest.Written(t, "e.csv", ""), "", "file.empty"}, "no file": {path + "x", "", "file.not-found"},
		"a picture": {filestest.Written(t, "f.png", "\x89PNG"), "", "file.image"},
	} {
		_, err := Folders{}.FirstRows(t.Context(), c.path, listing.Reading{Sheet: c.sheet})
		if e := new(domain.Error); !errors.As(err, &e) || e.Detail != c.detail {
			t.Errorf("%s: %v, want %s", name, err, c.detail)
		}
	}
}
