package mapping

import (
	"fmt"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
)

// Headers as people and programs write them, as "field currency net".
func TestMeaningOf_readsAHeaderByItsWords(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"Satış Fiyatı (TL)": "price TRY", "Fiyat(TL)": "price TRY", "FİYAT TL": "price TRY", "TL FİYAT": "price TRY", "Fiyat ₺": "price TRY", "Price (USD)": "price USD", "USD Fiyat": "price USD",
		"Fiyat $": "price USD", "Euro Liste Fiyatı": "price EUR", "Fiyat [EUR]": "price EUR", "Price, GBP": "price GBP", "satis_fiyati_try": "price TRY", "priceUSD": "price USD",
		"Perakende Satış Fiyatı (₺)": "price TRY", "Retail Price (TRY)": "price TRY", "Satış Fiyatı (KDV Dahil) TL": "price TRY", "Fiyat KDV Dahil (TL)": "price TRY",
		"Fiyat (TL/USD)": "price", "Fiyat (KDV Dahil)": "price", "KDV Dahil Satış Fiyatı": "price", "Price (incl. VAT)": "price", "Price (…)": "price", "Price": "price", "Fiyat (Site)": "price",
		"LISTE FIYAT": "price", "2025 LİSTE": "price", "LİSTE 2025": "price", "2025 YURTİÇİ LİSTE": "price", "Ocak 2025 Liste Fiyatı": "price", "Fiyat 01.02.2025": "price", "Liste (EUR)": "price EUR",
		"Güncel Fiyat": "price", "Yeni Fiyat": "price", "Son Fiyat": "price", "Etiket Fiyatı": "price", "Web Satış Fiyatı": "price", "Fiyat 1": "price", "price1": "price", "Variant Price": "", "PSF": "price",
		"Unit Price": "price", "Unit Price (USD)": "price USD", "Fiyat/Price": "price", "Fiyat/USD": "price USD", "Unit Price (excl. VAT)": "price net",
		"Satış Fiyatı (KDV Hariç)": "price net", "KDV Hariç Fiyat": "price net", "Fiyat + KDV": "price net", "Fiyat TL + KDV": "price TRY net", "Price excl. VAT": "price net", "Price (ex VAT)": "price net",
		"Net Fiyat": "price net", "Net Satış Fiyatı (TL)": "price TRY net", "KDV'siz Fiyat": "price net", "Price tax excluded": "price net", "Fiyat (vergi hariç)": "price net", "FiyatKdvHaric": "price net",
		"KDV'li Fiyat": "price", "Price without VAT": "price net", "Price with VAT": "price", "Net Fiyat (KDV Dahil)": "price",
		"Fiyat (CHF)": "price unknown", "Price RUB": "price unknown", "Fiyat ₽": "price unknown",
		"Güncel Stok": "stock", "Stok (Adet)": "stock", "Stok Miktarı (Adet)": "stock", "Toplam Stok": "stock", "Mevcut Stok Adedi": "stock", "Stock Qty.": "stock", "Kalan Stok": "stock", "Stok Adeti": "stock",
		"On Hand": "stock", "Qty on hand": "stock", "Kalan Miktar": "stock", "FİİLİ STOK": "stock", "Gerçek Stok": "stock", "Stok/Stock": "stock", "Stok(Adet/Çift)": "stock",
		"Barkod *": "barcode", "Barkod No (EAN13)": "barcode", "EAN 13": "barcode", "GTIN, UPC, EAN, or ISBN": "barcode", "GTIN/EAN": "barcode", "Ürün Barkodu (Zorunlu)": "barcode", "EAN-13 Barcode": "barcode",
		"Stok Kodu (SKU)": "code", "Ürün Kodu / SKU": "code", "Ürün Kodu *": "code", "Mal Kodu": "code", "Parça Kodu": "code", "Part No": "code", "Kod/Code": "code", "Product SKU": "code", "STOK_KODU": "code", "Reference #": "code",
		"Ürün Adı *": "name", "name(tr-tr)": "name", "Ürün / Hizmet Adı": "name", "Malın Cinsi": "name", "Stok Tanımı": "name", "Kitap Adı": "name", "Parça Adı": "name", "İlaç Adı": "name", "Ad/Name": "name", "ÜRÜN ADI (TR)": "name", "Ürün Adı / Açıklama": "name", "Item Name": "name",
		"Marka Adı": "brand", "Ürün Markası": "brand", "Brand Name": "brand", "Stok Açıklaması": "description", "Product Description (HTML)": "description", "Detaylı Açıklama": "description",
		"DOVIZ TIPI": "currency", "SatisFiyatiParaBirimi": "currency", "Fiyat Para Birimi": "currency", "Döviz Kodu": "currency", "Price Currency": "currency", "Para Birimi (TL/USD)": "currency",
		"KDV %": "vat", "KDV Oranı (%)": "vat", "KDV Oranı*": "vat", "Satış KDV Oranı": "vat", "VAT Rate %": "vat", "Vergi Yüzdesi": "vat",

		"Alış Fiyatı": "", "Fiyat (Alış)": "", "Maliyet": "", "Alış Fiyatı Para Birimi": "", "AlisFiyatiParaBirimi": "", "Fiyat Tarihi": "", "Fiyat Tipi": "", "Fiyat 2": "", "price2": "", "Fiyat Listesi": "", "Liste": "",
		"Bayi Fiyatı": "", "Toptan Fiyat (TL)": "", "Kargo Fiyatı": "", "Fiyat KDV": "", "KDV Dahil": "", "KDV Tutarı": "", "Compare At Price": "", "Wholesale price": "", "Price / International": "", "Fiyat Farkı": "",
		"Stok Kodu Tipi": "", "Kritik Stok": "", "Min. Stok": "", "Stok Takibi": "", "In stock?": "", "Low stock amount": "", "Stok Durumu": "", "Stok Birimi": "", "Mağaza Kodu": "", "Marka Kodu": "", "Model Kodu": "",
		"Kategori Adı": "", "Marka Id": "", "Vergi No": "", "Vergi Dairesi": "", "Tax class": "", "Tax status": "", "Barkod Tipi": "", "Barkod 2": "", "Supplier reference #": "", "Kur": "currency", "Döviz Kuru": "", "": "", "***": "",
		"prices/price": "", "Yazar Adı": "", "Unit": "", "Birim": "", "variant/price": "", "2025": "", "TL": "", "KDV": "vat", "Hepsiburada Ürün Kodu": "", "n Ürün Kodu": "", "Kategori": "", "Renk": "",
	} {
		m := heading.MeaningOf(header)
		got := string(m.Field)
		if m.Currency != "" {
			got += " " + string(m.Currency)
		}
		if m.Unknown {
			got += " unknown"
		}
		if m.Net {
			got += " net"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
		if other := heading.MeaningOf(" " + header + " "); fmt.Sprint(other) != fmt.Sprint(m) {
			t.Errorf("%q: blanks around it change it to %v", header, other)
		}
	}
	if m := heading.MeaningOf("Fiyat USD"); m.Rank <= heading.MeaningOf("Fiyat TL").Rank || heading.MeaningOf("Fiyat TL").Rank <= heading.MeaningOf("Fiyat").Rank || m.Field != listing.Price {
		t.Errorf("%v", m)
	}
	// Of prices whose words are no name the one that a buyer pays counts first.
	for i, better := range []string{"Web Satılacak Fiyat", "Web İndirimli Fiyatı", "Web Satış Fiyatı", "Web Fiyatı", "Web Piyasa Fiyatı"} {
		for _, worse := range []string{"Web Satılacak Fiyat", "Web İndirimli Fiyatı", "Web Satış Fiyatı", "Web Fiyatı", "Web Piyasa Fiyatı"}[i+1:] {
			if got := Of([]string{worse, better})[listing.Price]; !slices.Equal(got, []int{1, 0}) {
				t.Errorf("%s before %s: %v", better, worse, got)
			}
		}
	}
}
