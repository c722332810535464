package heading

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// Hints are what the words of a header say that is no name of a field.
type Hints struct {
	Price  bool // it has the word
	Amount bool // it is one of money
	Stock  bool // it counts what is there
	Other  bool // it is nothing of a product that is taken
}

// HintsOf are those of one header.
func HintsOf(header string) Hints {
	outside, _ := headerWords(header)
	return Hints{
		Price:  containsAny(outside, []string{"fiyat", "fiyati", "price"}),
		Amount: containsAny(outside, []string{"fiyat", "fiyati", "price", "tutar", "bedel", "ucret"}),
		Stock:  containsAny(outside, stockWords()) && !containsAny(outside, soldWords()),
		Other:  ofOther(header),
	}
}

// NamesAmount knows headers of what somebody pays, whoever that is.
func NamesAmount(header string) bool {
	words, _ := headerWords(header)
	return containsAny(words, []string{"fiyat", "fiyati", "price", "tutar", "tutari", "maliyet", "maliyeti", "cost"})
}

// MaybeRates tells whether a header may be that of a currency as well as of its rates.
func MaybeRates(header string) bool {
	words, _ := headerWords(header)
	return slices.Contains(words, ExchangeRate)
}

// stockWords are in the headers of stocks that say more than that they are ones.
func stockWords() []string {
	return []string{"stok", "stock", "depo", "elde", "eldeki", "kalan", "mevcut", "miktar", "miktari", "adet", "adedi", "qty", "quantity", "available", "envanter", "warehouse"}
}

// soldWords are in the headers of quantities that are none any more.
func soldWords() []string { return []string{"siparis", "satis", "satilan", "sold", "order", "ordered"} }

// OfOtherPrice knows headers that say what their column is: a field, or something of a price that is not the sales price.
func OfOtherPrice(header string) bool {
	if MeaningOf(header).Field != "" || IsVATIncluded(header) {
		return true
	}
	key := domain.NameKey(header)
	for _, begins := range []string{"alis", "maliyet", "buy", "cost", "purchase"} { // written together
		if strings.HasPrefix(key, begins) {
			return true
		}
	}
	outside, inside := headerWords(header)
	return slices.ContainsFunc(slices.Concat(outside, inside), func(w string) bool {
		return slices.Contains(ofOthers(), w) && w != "bayi" && w != "toptan" && w != "wholesale" && w != "dealer" // those may be what a buyer pays
	})
}

// ofOther knows words of headers by which their column is nothing of a product that is taken.
func ofOther(header string) bool {
	outside, inside := headerWords(header)
	return slices.ContainsFunc(slices.Concat(outside, inside), func(w string) bool {
		switch w {
		case "desi", "kg", "gr", "gram", "kilo", "agirlik", "agirligi", "weight", "en", "boy", "boyu", "yukseklik", "genislik", "derinlik", "width", "height", "length",
			"depth", "hacim", "volume", "ebat", "olcu", "cm", "mm", "mt", "puan", "puani", "points", "rating", "score", "oran", "orani", "rate", "yuzde", "indirim", "iskonto",
			"discount", "kargo", "id", "sira", "kategori", "kategorisi", "category", "categories", "kategoriler", "tarih", "tarihi", "date", "resim", "gorsel", "image", "img", "url",
			"link", "raf", "konum", "grup", "grubu", "group", "model", "renk", "beden", "color", "size", "tip", "tipi", "tur", "turu", "type", "durum", "durumu", "status", "birim",
			"birimi", "unit", "paket", "garanti", "compare", "msrp", "kar", "marj", "margin", "profit", "buybox", "tutari", "seo", "slug", "tag", "tags", "etiket", "etiketler", "meta",
			"keywords", "not", "notu", "note", "yorum", "comment", "aciklama", "aciklamasi", "description", "adres", "tedarikci", "supplier", "firma", "ulke", "mensei", "origin", "country",
			"kur", "kuru", "kdv", "vergi", "tax", "vat", "otv", "shipping", "altbaslik", "onyazi", "ozellik", "option", "secenek", "varyant", "variant", "hs", "gtip", "vergisi", "takip", "takibi":
			return true
		}
		return false
	})
}

// NamesTax tells whether a header names VAT: "Net Fiyat" may just as well be one with a discount.
func NamesTax(header string) bool {
	outside, inside := headerWords(header)
	return slices.ContainsFunc(slices.Concat(outside, inside), isTax)
}

// IsDiscounted tells whether a name is that of a discounted price.
func IsDiscounted(name string) bool {
	m := MeaningOf(name)
	return m.Field == listing.Price && m.Rank < byName*len(discountedNames())
}
