package orders

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
)

// List is what a file lists that somebody may take for a list of products.
type List string

// The lists; "" is any other.
const (
	OfOrders   List = "orders"
	OfPayments List = "payments" // what a marketplace pays and keeps, order by order
	OfReturns  List = "returns"
)

// evidence is, as keys, what columns of order lists are called, by what they say. A list of products has none of them,
// or one by chance; the names that lists of products have too (Adet, Stok Kodu) are left out.
var evidence = sync.OnceValue(func() [][]string {
	out := [][]string{
		{ // of order and package
			"Sipariş Numarası", "Sipariş No", "Sipariş Kodu", "Paket No", "Paket Numarası", "Sipariş Statüsü", "Sipariş Durumu", "Sipariş Tarihi",
			"Order Number", "Order Status", "order-id", "amazon-order-id", "order-status", "Financial Status", "Fulfillment Status",
		},
		{ // of the buyer
			"Alıcı", "Alıcı - Fatura Adresi", "Müşteri", "Müşteri Adı", "Müşteri Tam Adı", "Customer", "Customer Name", "Billing Name", "First Name (Billing)", "buyer-name",
			"buyer-citizen-name", "recipient-name",
		},
		{ // of addresses
			"Fatura Adresi", "Teslimat Adresi", "Fatura Adresi Şehir", "Kargo Adresi Şehir", "Billing Address", "Shipping Address", "Billing Street", "Shipping Street", "Billing City",
			"Address 1&2 (Billing)", "ship-address-1", "ship-city",
		},
		{ // of an order's line
			"Faturalanacak Tutar", "Faturalandırılacak Satış Fiyatı", "Sipariş Tutarı", "Mağaza İndirimi", "Sipariş Ürün Durumu", "Kalem Numarası",
			"Ürün Miktarı", "Ürün Sayısı", "Lineitem name", "Lineitem quantity", "Order Line Total", "quantity-purchased", "item-price", "order-item-id",
		},
	}
	for i, names := range out {
		out[i] = keys(names)
	}
	return out
})

// Foreign tells what a row is the header of that is no list of products; title is the marketplace of a list of orders, "" when it
// is not known. A list of orders says at least two of: order, buyer, address, line. A payment report or a list of returns names
// orders, or the day of a payment, beside what is paid, kept or returned.
func Foreign(row []string) (list List, title string) {
	switch foreign([][]string{row}) {
	case RefusedPayments:
		return OfPayments, ""
	case RefusedNoPrices:
		return OfOrders, amazon().Title
	}
	names, kinds := keys(row), 0
	for _, known := range evidence() {
		if slices.ContainsFunc(names, func(n string) bool {
			return slices.ContainsFunc(known, func(name string) bool { return resembles(n, name) })
		}) {
			kinds++
		}
	}
	line := kinds == 1 && isLine(names)
	whole, best := false, 1
	for _, p := range Profiles() {
		found, lacks := p.mandatory(names)
		whole = whole || len(lacks) == 0
		if found > best {
			best, title = found, p.Title
		}
	}
	if said := saidBy(row); !whole {
		switch {
		case said.payment && (said.order || said.payday), said.order && said.fee && kinds < 2:
			return OfPayments, ""
		case said.order && said.returned:
			return OfReturns, ""
		}
	}
	switch {
	case line:
		return OfOrders, "" // they may be of any shop
	case kinds < 2:
		return "", ""
	}
	return OfOrders, title
}

// isLine tells whether there are an order's number, which is no "Sipariş Kodu" that a supplier wants named, and what lists of
// products may have too: how many, and at what sum.
func isLine(names []string) bool {
	has := func(oneOf ...string) bool {
		return slices.ContainsFunc(keys(oneOf), func(name string) bool { return slices.Contains(names, name) })
	}
	return has("Sipariş Numarası", "Sipariş No", "Order Number", "order-id") && has("Adet", "Adedi", "Ürün Adedi", "Miktar", "Quantity", "Qty") &&
		has("Tutar", "Toplam", "Toplam Tutar", "Satış Tutarı", "Birim Fiyat", "Birim Fiyatı", "Total", "Unit Price", "Amount", "Line Total")
}

// said is what the words of a header say.
type said struct{ order, payment, payday, fee, returned bool }

// saidBy goes through the words of a header's names.
func saidBy(row []string) (s said) {
	for _, name := range row {
		if len(name) > maxName {
			continue
		}
		words := strings.FieldsFunc(domain.Fold(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		has := func(oneOf ...string) bool {
			return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(oneOf, w) })
		}
		number := has("no", "numara", "numarasi", "number", "id", "kodu", "kod", "code")
		s.order = s.order || number && has("siparis", "order", "paket", "package") || has("siparisno", "orderid", "orderno", "paketno")
		s.payment = s.payment || has("hakedis", "hakedisi", "payout", "settlement", "alacak", "borc") || has("net", "odenecek", "odenen") && has("odeme", "tutar", "payment")
		s.payday = s.payday || has("odeme", "vade", "payout", "settlement", "deposit", "hakedis") && has("tarihi", "tarih", "date", "gunu")
		s.fee = s.fee || has("komisyon", "komisyonu", "commission", "kesinti", "kesintisi", "stopaj", "fee", "fees") || has("hizmet") && has("bedeli") || has("islem", "transaction") && has("tipi", "turu", "type")
		s.returned = s.returned || has("iade", "return", "returned", "claim", "refund") &&
			(number || has("nedeni", "neden", "sebebi", "sebep", "durumu", "durum", "statusu", "tarihi", "talep", "onay", "adedi", "reason", "date", "status", "quantity"))
	}
	return s
}

// maxName is how long the name of a column is looked at, in bytes.
const maxName = 200
