package mapping

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		name, header string
		want         listing.Columns
	}{
		{
			"Trendyol upload", "Barkod;Model Kodu;Marka;Kategori;Para Birimi;Ürün Adı;Ürün Açıklaması;Piyasa Satış Fiyatı (KDV Dahil);Trendyol'da Satılacak Fiyat (KDV Dahil);Ürün Stok Adedi;Stok Kodu;KDV Oranı;Desi",
			listing.Columns{listing.Barcode: {0}, listing.Brand: {2}, listing.Currency: {4}, listing.Name: {5}, listing.Description: {6}, listing.Price: {8, 7}, listing.Stock: {9}, listing.Code: {10}, listing.VAT: {11}},
		},
		{
			"Trendyol prices", "Barkod;Piyasa Satış Fiyatı (KDV Dahil);Trendyol'da  Satılacak Fiyat (KDV Dahil);Ürün Stok Adedi",
			listing.Columns{listing.Barcode: {0}, listing.Price: {2, 1}, listing.Stock: {3}},
		},
		{
			"n11", "Kategori ID;Grup Kodu;n Ürün Kodu;Mağaza Ürün Kodu;Mağaza Stok Kodu;Katalog ID;Barkod;Ürün Başlığı;Varyant özellik;Ürün Statüsü;Mağaza Notu;Hazırlık Süresi;Stok;Para Birimi;Piyasa Satış Fiyatı;Satış Fiyatı;Komisyon Oranı",
			listing.Columns{listing.Code: {4, 3}, listing.Barcode: {6}, listing.Name: {7}, listing.Stock: {12}, listing.Currency: {13}, listing.Price: {15, 14}, listing.State: {9}},
		},
		{
			"Hepsiburada orders", "Sipariş Numarası;Barkod;Satıcı Stok Kodu;Hepsiburada Ürün Kodu;Ürün Adı;Adet;KDV(%)",
			listing.Columns{listing.Barcode: {1}, listing.Code: {2}, listing.Name: {4}, listing.Stock: {5}, listing.VAT: {6}},
		},
		{
			"a till", "id;name;barcode;description;buy_price;sell_price_excl_vat;sell_price_incl_vat;vat_rate;vat_mode;stock",
			listing.Columns{listing.Name: {1}, listing.Barcode: {2}, listing.Description: {3}, listing.Price: {6}, listing.VAT: {7}, listing.Stock: {9}},
		},
		{"a chain", "id;sku;name;brand;regular_price;shown_price", listing.Columns{listing.Code: {1}, listing.Name: {2}, listing.Brand: {3}, listing.Price: {5, 4}}},
		{"another chain", "Category;Name;Brand;SKU;Price;RegularPrice;UnitPrice", listing.Columns{listing.Name: {1}, listing.Brand: {2}, listing.Code: {3}, listing.Price: {4, 5}}},
		{"a feed", "Barcode;stockCode;label;details;Fiyat;currencyAbbr;tax;stockAmount;brand", listing.Columns{listing.Barcode: {0}, listing.Code: {1}, listing.Name: {2}, listing.Description: {3}, listing.Price: {4}, listing.Currency: {5}, listing.VAT: {6}, listing.Stock: {7}, listing.Brand: {8}}},
		{"a list of barcodes", "BarcodeId;ProductName", listing.Columns{listing.Barcode: {0}, listing.Name: {1}}},
		{"capitals", "SATIŞ FİYATI;STOK KODU;URUN ADI", listing.Columns{listing.Price: {0}, listing.Code: {1}, listing.Name: {2}}},
		{"a price without VAT, the only one", "Kod;Alış Fiyatı;Satış Fiyatı (KDV Hariç)", listing.Columns{listing.Code: {0}, listing.Price: {2}}},
		{"twice the same name", "Ad;Barkod;Barkod", listing.Columns{listing.Name: {0}, listing.Barcode: {1, 2}}},
		{"nothing known", "a1;;x", listing.Columns{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Of(strings.Split(c.header, ";")); !maps.EqualFunc(got, c.want, slices.Equal) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestColumns_namesAreNotAmbiguous(t *testing.T) {
	owner := map[string]listing.Field{}
	named := exports.Products(words.New("tr", func(key string, _ ...any) string { return key }), nil).Columns
	for i, f := range listing.Fields() {
		if at, ok := Of([]string{named[i]}).First(f); at != 0 || !ok || len(Of([]string{named[i]})) != 1 {
			t.Errorf("our own column %q is not known as %s", named[i], f)
		}
		for _, name := range heading.Names(f) {
			if domain.NameKey(name) != name {
				t.Errorf("%q can never be found: its key is %q", name, domain.NameKey(name))
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
		chosen map[listing.Field]string
		want   listing.Columns
		field  string
	}{
		{"nothing chosen", nil, listing.Columns{listing.Barcode: {1}, listing.Name: {2}}, ""},
		{"by name", map[listing.Field]string{listing.Code: "REF", listing.Price: "liste"}, listing.Columns{listing.Code: {0}, listing.Barcode: {1}, listing.Name: {2}, listing.Price: {3}}, ""},
		{"by number", map[listing.Field]string{listing.Code: "1"}, listing.Columns{listing.Code: {0}, listing.Barcode: {1}, listing.Name: {2}}, ""},
		{"a name before a number", map[listing.Field]string{listing.Code: "5"}, listing.Columns{listing.Code: {4}, listing.Barcode: {1}, listing.Name: {2}}, ""},
		{"by letter", map[listing.Field]string{listing.Price: "d"}, listing.Columns{listing.Barcode: {1}, listing.Name: {2}, listing.Price: {3}}, ""},
		{"none", map[listing.Field]string{listing.Barcode: "-"}, listing.Columns{listing.Name: {2}}, ""},
		{"a guess makes way", map[listing.Field]string{listing.Code: "Barkod"}, listing.Columns{listing.Code: {1}, listing.Name: {2}}, ""},
		{"one column chosen for two", map[listing.Field]string{listing.Code: "Barkod", listing.Barcode: "Barkod"}, listing.Columns{listing.Code: {1}, listing.Barcode: {1}, listing.Name: {2}}, ""},
		{"several, in their order, each once", map[listing.Field]string{listing.Price: "Liste|5|d"}, listing.Columns{listing.Barcode: {1}, listing.Name: {2}, listing.Price: {3, 4}}, ""},
		{"one of several is not there", map[listing.Field]string{listing.Price: "Liste|Fiyat"}, nil, "Fiyat"},
		{"no such column", map[listing.Field]string{listing.Code: "Kod"}, nil, "Kod"},
		{"a number too high", map[listing.Field]string{listing.Code: "6"}, nil, "6"},
		{"no such field", map[listing.Field]string{"sku": "Ref"}, nil, "sku"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Chosen(header, c.chosen)
			if c.field != "" {
				var e *domain.Error
				if !errors.As(err, &e) || e.Kind != domain.KindInvalid || e.Field != c.field {
					t.Errorf("error %v, want one about %q", err, c.field)
				}
				return
			}
			if err != nil || !maps.EqualFunc(got, c.want, slices.Equal) {
				t.Errorf("got %v, %v, want %v", got, err, c.want)
			}
		})
	}
}

// Every known name is found alone, also written as a heading; of two that say the same the better one counts,
// wherever it stands.
func TestColumns_eachNameAloneAndTheBetterOfTwo(t *testing.T) {
	for _, f := range listing.Fields() {
		names := heading.Names(f)
		if len(names) < 5 {
			t.Errorf("%s has %d names", f, len(names))
		}
		for i, name := range names {
			for _, written := range []string{name, " " + strings.ReplaceAll(name, "i", "İ") + " ", strings.Join(strings.Split(name, ""), "-") + ":", "(" + name + ")"} {
				if got := Of([]string{"", "x1", written}); !maps.EqualFunc(got, listing.Columns{f: {2}}, slices.Equal) {
					t.Errorf("%q: %v, want %s", written, got, f)
				}
			}
			for _, worse := range names[i+1:] {
				for _, header := range [][]string{{name, worse}, {worse, name}} {
					want := listing.Columns{f: {slices.Index(header, name), slices.Index(header, worse)}}
					if worse == heading.ExchangeRate {
						want[f] = want[f][:1]
					}
					if got := Of(header); !maps.EqualFunc(got, want, slices.Equal) {
						t.Errorf("%q: %v, want the column of %s before the other", header, got, name)
					}
				}
			}
		}
	}
	if got := heading.Names("stock-code"); got != nil {
		t.Errorf("a field that there is not has names: %v", got)
	}
}

func TestMap_whatNamesAColumn(t *testing.T) {
	header := make([]string, table.MaxCells)
	for i := range header {
		header[i] = "-"
	}
	header[0], header[1], header[2], header[3] = " Stok  Kodu ", "stokkodu", "3", "A"
	for text, want := range map[string]int{
		" Stok  Kodu ": 0, "Stok  Kodu": 0, "STOK KODU": 0, "stokkodu": 1, // as it is written, before anything like it
		"3": 2, "4": 3, "1": 0, "16384": 16_383, "0": -1, "-1": -1, "16385": -1, "+2": 1,
		"A": 3, "a": 3, "B": 1, "b": 1, "z": 25, "AA": 26, "aa": 26, "za": 676, "b{": -1, "b`": -1, "b@": -1, "b[": -1, "zz": 701, "AAA": 702, "XFD": 16_383, "XFE": -1, "ZZZ": -1, "AAAA": -1, "CZAA": -1,
		"B2": -1, "2B": -1, "B.": -1, "b-c": -1, "Bş": -1, "ş": -1, "": -1, " ": -1, " b ": 1, " 4 ": 3, "[": -1, "@": -1,
	} {
		got, err := Chosen(header, map[listing.Field]string{listing.Price: text})
		if want < 0 {
			if domain.KindOf(err) != domain.KindInvalid || filestest.Detail(err) != strings.TrimSpace("file.unknown-column "+strings.TrimSpace(text)) || got != nil {
				t.Errorf("%q: %v, %v", text, got[listing.Price], err)
			}
			continue
		}
		if at, ok := got.First(listing.Price); err != nil || !ok || at != want {
			t.Errorf("%q: %v, %v, want column %d", text, got, err, want)
		}
		left := slices.DeleteFunc([]int{0, 1}, func(i int) bool { return i == want }) // the guess makes way for the choice
		if !slices.Equal(got[listing.Code], left) {
			t.Errorf("%q: %v, want %v left", text, got, left)
		}
	}
	if _, err := Chosen(nil, map[listing.Field]string{"colour": "-"}); filestest.Detail(err) != "file.unknown-field colour" {
		t.Errorf("%v", err)
	}
}
