package files

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		name, header string
		want         map[Field]int
	}{
		{
			"Trendyol upload", "Barkod;Model Kodu;Marka;Kategori;Para Birimi;Ürün Adı;Ürün Açıklaması;Piyasa Satış Fiyatı (KDV Dahil);Trendyol'da Satılacak Fiyat (KDV Dahil);Ürün Stok Adedi;Stok Kodu;KDV Oranı;Desi",
			map[Field]int{Barcode: 0, Brand: 2, Currency: 4, Name: 5, Description: 6, Price: 8, Stock: 9, Code: 10, VAT: 11},
		},
		{
			"Trendyol prices", "Barkod;Piyasa Satış Fiyatı (KDV Dahil);Trendyol'da  Satılacak Fiyat (KDV Dahil);Ürün Stok Adedi",
			map[Field]int{Barcode: 0, Price: 2, Stock: 3},
		},
		{
			"n11", "Kategori ID;Grup Kodu;n Ürün Kodu;Mağaza Ürün Kodu;Mağaza Stok Kodu;Katalog ID;Barkod;Ürün Başlığı;Varyant özellik;Ürün Statüsü;Mağaza Notu;Hazırlık Süresi;Stok;Para Birimi;Piyasa Satış Fiyatı;Satış Fiyatı;Komisyon Oranı",
			map[Field]int{Code: 4, Barcode: 6, Name: 7, Stock: 12, Currency: 13, Price: 15},
		},
		{
			"Hepsiburada orders", "Sipariş Numarası;Barkod;Satıcı Stok Kodu;Hepsiburada Ürün Kodu;Ürün Adı;Adet;KDV(%)",
			map[Field]int{Barcode: 1, Code: 2, Name: 4, Stock: 5, VAT: 6},
		},
		{
			"a till", "id;name;barcode;description;buy_price;sell_price_excl_vat;sell_price_incl_vat;vat_rate;vat_mode;stock",
			map[Field]int{Name: 1, Barcode: 2, Description: 3, Price: 6, VAT: 7, Stock: 9},
		},
		{"a chain", "id;sku;name;brand;regular_price;shown_price", map[Field]int{Code: 1, Name: 2, Brand: 3, Price: 5}},
		{"another chain", "Category;Name;Brand;SKU;Price;RegularPrice;UnitPrice", map[Field]int{Name: 1, Brand: 2, Code: 3, Price: 4}},
		{"a feed", "Barcode;stockCode;label;details;Fiyat;currencyAbbr;tax;stockAmount;brand", map[Field]int{Barcode: 0, Code: 1, Name: 2, Description: 3, Price: 4, Currency: 5, VAT: 6, Stock: 7, Brand: 8}},
		{"a list of barcodes", "BarcodeId;ProductName", map[Field]int{Barcode: 0, Name: 1}},
		{"capitals", "SATIŞ FİYATI;STOK KODU;URUN ADI", map[Field]int{Price: 0, Code: 1, Name: 2}},
		{"no price without VAT", "Kod;Alış Fiyatı;Satış Fiyatı (KDV Hariç)", map[Field]int{Code: 0}},
		{"twice the same name", "Ad;Barkod;Barkod", map[Field]int{Name: 0, Barcode: 1}},
		{"nothing known", "a1;;x", map[Field]int{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Columns(strings.Split(c.header, ";")); !maps.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestColumns_namesAreNotAmbiguous(t *testing.T) {
	owner := map[string]Field{}
	for _, f := range Fields() {
		if Columns([]string{title(f)})[f] != 0 || len(Columns([]string{title(f)})) != 1 {
			t.Errorf("our own column %q is not known as %s", title(f), f)
		}
		for _, name := range headers(f) {
			if headerKey(name) != name {
				t.Errorf("%q can never be found: its key is %q", name, headerKey(name))
			}
			if owner[name] != "" {
				t.Errorf("%q stands for %s and %s", name, owner[name], f)
			}
			owner[name] = f
		}
	}
}

func TestMap(t *testing.T) {
	header := []string{"Ref", "Barkod", "Ürün Adı", "Liste", "5"}
	for _, c := range []struct {
		name   string
		chosen map[Field]string
		want   map[Field]int
		field  string
	}{
		{"nothing chosen", nil, map[Field]int{Barcode: 1, Name: 2}, ""},
		{"by name", map[Field]string{Code: "REF", Price: "liste"}, map[Field]int{Code: 0, Barcode: 1, Name: 2, Price: 3}, ""},
		{"by number", map[Field]string{Code: "1"}, map[Field]int{Code: 0, Barcode: 1, Name: 2}, ""},
		{"a name before a number", map[Field]string{Code: "5"}, map[Field]int{Code: 4, Barcode: 1, Name: 2}, ""},
		{"by letter", map[Field]string{Price: "d"}, map[Field]int{Barcode: 1, Name: 2, Price: 3}, ""},
		{"none", map[Field]string{Barcode: "-"}, map[Field]int{Name: 2}, ""},
		{"a guess makes way", map[Field]string{Code: "Barkod"}, map[Field]int{Code: 1, Name: 2}, ""},
		{"one column chosen for two", map[Field]string{Code: "Barkod", Barcode: "Barkod"}, map[Field]int{Code: 1, Barcode: 1, Name: 2}, ""},
		{"no such column", map[Field]string{Code: "Kod"}, nil, "Kod"},
		{"a number too high", map[Field]string{Code: "6"}, nil, "6"},
		{"no such field", map[Field]string{"sku": "Ref"}, nil, "sku"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Map(header, c.chosen)
			if c.field != "" {
				var e *domain.Error
				if !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != c.field {
					t.Errorf("error %v, want one about %q", err, c.field)
				}
				return
			}
			if err != nil || !maps.Equal(got, c.want) {
				t.Errorf("got %v, %v, want %v", got, err, c.want)
			}
		})
	}
}
