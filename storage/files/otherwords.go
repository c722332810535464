package files

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// stockWords are in the headers of stocks that say more than that they are ones.
func stockWords() []string {
	return []string{"stok", "stock", "depo", "elde", "eldeki", "kalan", "mevcut", "miktar", "miktari", "adet", "adedi", "qty", "quantity", "available", "envanter", "warehouse"}
}

// soldWords are in the headers of quantities that are none any more.
func soldWords() []string { return []string{"siparis", "satis", "satilan", "sold", "order", "ordered"} }

// ofOtherPrice knows headers that say what their column is: a field, or something of a price that is not the sales price.
func ofOtherPrice(header string) bool {
	if meaningOf(header).field != "" || vatIncludedKey(header) {
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
