package orders

import (
	"strings"
	"testing"
)

func TestForeign(t *testing.T) {
	for header, want := range map[string]string{
		trendyolHeader: "orders of Trendyol", hbHeader: "orders of Hepsiburada", n11Header: "orders of N11", pazaramaHeader: "orders of Pazarama",
		amazonHeader: "orders of Amazon", shopifyHeader: "orders of Shopify", wooHeader: "orders of WooCommerce", ikasHeader: "orders of ikas",
		"order-id|order-item-id|quantity-purchased":  "orders of Amazon",
		"Alıcı|Fatura Adresi":                        "orders of ",
		"Al?c?|Fatura Adres?":                        "orders of ",
		"Sipariş No|Müşteri|Komisyon|Net Tutar":      "payments",
		"x|tarih/saat":                               "payments",
		"Sipariş No|Adet|Komisyon":                   "payments",
		"Paket No|Sipariş Numarası|Hakediş":          "payments",
		"Ödeme Tarihi|Satıcı Hakediş|Ürün Adı":       "payments",
		"Sipariş Kodu|Net Ödeme|Ürün Adı":            "payments",
		"Sipariş Numarası|Ürün Adı|Adet|Birim Fiyat": "orders of ",
		"Order Number|Product|Quantity|Total":        "orders of ",
		"Sipariş Kodu|Ürün Adı|Adet|Birim Fiyat":     "", // a supplier's number to order by
		"Paket No|Ürün Adı|Adet|Fiyat":               "",
		"Ürün Adı|Adet|Birim Fiyat|Tutar":            "",
		"Order ID|Return Reason|SKU":                 "returns",
		"Sipariş No|İade Nedeni|Müşteri":             "returns",
		"Ödeme Tarihi|Ürün Adı|Fiyat":                "",
		"Sipariş Kodu|Ürün Adı|Fiyat":                "",
		"İade Nedeni|Ürün Adı|Fiyat":                 "",
		"Hakediş|Komisyon|Ürün Adı":                  "",
		"Alxcx|Fatura Adresy":                        "",
		"order-item-id|quantity-purchased":           "",
		"Alıcı|Müşteri":                              "", // one thing twice
		"Net Tutar|Komisyon Oranı":                   "",
		"Barkod|Stok Kodu|Ürün Adı|Adet|Fiyat|KDV":   "",
		"Handle|Title|Variant SKU|Variant Price":     "",
		"sku|product-name|quantity|price":            "",
		"":                                           "",
	} {
		list, title := Foreign(strings.Split(header, "|"))
		got := string(list)
		if list == OfOrders {
			got = "orders of " + title
		}
		if got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
}

func TestKnown_makesTheRightCutOfTextWin(t *testing.T) {
	for row, want := range map[string]int{n11Header: 5, strings.ReplaceAll(n11Header, "|", ";"): 0, "x|tarih/saat|y": 3, "Adet|Ürün Adı": 2} {
		if got := Known(strings.Split(row, "|")); got != want {
			t.Errorf("%s: %d, want %d", row, got, want)
		}
	}
}
