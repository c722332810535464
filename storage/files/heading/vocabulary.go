package heading

import (
	"slices"
	"strings"
	"sync"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
)

// vocabulary are the words of a field's headers: one of heads is there, one of beside too where there are any, and no word
// that is in none of the lists.
type vocabulary struct{ heads, beside, more []string }

var vocabularies = sync.OnceValue(func() map[listing.Field]vocabulary {
	all := map[listing.Field]vocabulary{}
	for _, f := range listing.Fields() {
		all[f] = vocabularyOf(f)
	}
	return all
})

func vocabularyOf(f listing.Field) vocabulary {
	thing := []string{"urun", "product", "item", "stok", "stock", "malzeme", "mal", "malin", "variant", "varyant", "parca", "part", "kitap", "book", "ilac"}
	switch f {
	case listing.Code:
		return vocabulary{[]string{"kod", "kodu", "code", "sku"}, append([]string{"sku"}, thing...), []string{"satici", "seller", "merchant", "magaza", "no"}}
	case listing.Barcode:
		return vocabulary{[]string{"barkod", "barkodu", "barcode", "gtin", "ean", "upc", "isbn"}, nil, append([]string{
			"no", "numara", "numarasi", "number", "id", "code", "listesi", "list", "veya", "or", "ve", "and", "jan", "1", "8", "12", "13", "14",
		}, thing...)}
	case listing.Name:
		return vocabulary{[]string{"adi", "ad", "ismi", "isim", "name", "title", "baslik", "basligi", "tanim", "tanimi", "cinsi"}, append([]string{"hizmet"}, thing...), []string{"ve", "aciklama", "aciklamasi"}}
	case listing.Brand:
		return vocabulary{[]string{"marka", "markasi", "brand", "manufacturer", "uretici"}, nil, []string{"adi", "ismi", "name", "urun", "product"}}
	case listing.Description:
		return vocabulary{[]string{"aciklama", "aciklamasi", "description", "detay", "detayi"}, nil, append([]string{"detayli", "uzun", "long", "html", "1"}, thing...)}
	case listing.Price:
		return vocabulary{[]string{"fiyat", "fiyati", "price", "fiat", "fiati", "liste", "list"}, nil, append([]string{
			"satis", "satilacak", "perakende", "retail", "sale", "sales", "sell", "selling", "site", "web", "internet", "magaza", "urun", "product", "item",
			"birim", "unit", "etiket", "raf", "normal", "regular", "standart", "standard", "tavsiye", "edilen", "onerilen", "piyasa",
			"yurtici", "son", "1",
		}, slices.Concat(taxWords(), netWords(), markets(), discountedWords())...)}
	case listing.Stock:
		return vocabulary{[]string{"stok", "stogu", "stock", "envanter", "inventory"}, nil, []string{
			"adet", "adedi", "adeti", "miktar", "miktari", "amount", "quantity", "qty", "level", "mevcut", "toplam", "total", "genel", "kalan", "eldeki",
			"satilabilir", "kullanilabilir", "available", "anlik", "urun", "product", "variant", "varyant", "on", "hand", "fiili", "gercek", "fiziki", "actual", "physical",
		}}
	case listing.VAT:
		return vocabulary{[]string{"kdv", "vat", "tax", "vergi"}, nil, []string{"oran", "orani", "rate", "yuzde", "yuzdesi", "percent", "percentage", "satis", "sales", "urun", "product"}}
	}
	return vocabulary{}
}

// markets are the marketplaces whose names stand before a price.
func markets() []string {
	return []string{"trendyol", "hepsiburada", "n11", "amazon", "ciceksepeti", "pazarama", "pttavm"}
}

// ofLanguage knows languages other than Turkish.
func ofLanguage(w string) bool {
	return slices.Contains([]string{"en", "eng", "english", "ingilizce", "de", "german", "almanca", "fr", "french", "fransizca", "ar", "arabic", "arapca", "ru", "russian", "rusca"}, w)
}

// discountedWords say that a price is one with a discount.
func discountedWords() []string {
	return []string{"indirimli", "discounted", "special", "kampanya", "kampanyali", "promosyon", "promosyonlu", "campaign", "promo", "promotion", "promotional", "firsat"}
}

// taxWords say that VAT is in a price, netWords that it is not.
func taxWords() []string {
	return []string{"kdv", "vat", "tax", "vergi", "dahil", "included", "incl", "inc", "with", "ile", "li", "kdvli"}
}

func netWords() []string {
	return []string{"haric", "excl", "excluded", "excluding", "ex", "without", "arti", "siz", "suz", "kdvsiz", "vergisiz", "net"}
}

// ofOthers are the words by which a price, stock or code is not that of selling the product.
func ofOthers() []string {
	return []string{
		"alis", "alim", "maliyet", "maliyeti", "cost", "buy", "buying", "purchase", "gelis", "eski", "old", "bayi", "toptan", "wholesale", "dealer",
		"kritik", "min", "minimum", "max", "maximum", "koli", "kargo", "shipping", "komisyon", "commission",
	}
}

// ofNothing knows the words that say nothing of the field: years, and what forms say of their columns.
func ofNothing(w string) bool {
	switch w {
	case "guncel", "current", "yeni", "zorunlu", "opsiyonel", "mandatory", "required", "optional", "tr", "turkce":
		return true
	}
	return isYear(w)
}

func isYear(w string) bool {
	return len(w) == 4 && (strings.HasPrefix(w, "19") || strings.HasPrefix(w, "20")) && figure.OnlyDigits(w)
}

// InLanguages are the fields that are texts.
func InLanguages(f listing.Field) bool {
	return f == listing.Name || f == listing.Brand || f == listing.Description
}

// IsVATIncluded knows the name of a column that says, row by row, whether the price has VAT in it. Shop
// systems (Ticimax) write prices of both sorts into one file.
func IsVATIncluded(name string) bool {
	switch domain.NameKey(name) {
	case "kdvdahil", "kdvdahilmi", "vatincluded", "taxincluded", "isvatincluded", "kdvdurumu":
		return true
	}
	return false
}
