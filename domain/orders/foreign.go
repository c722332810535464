package orders

import (
	"slices"
	"sync"
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

// Foreign tells whether a row is the header of a list of orders (title is the marketplace's, "" when it is not
// known) or of a payment report, that somebody may take for a list of products. A list of orders says at
// least two of: order, buyer, address, line.
func Foreign(row []string) (title string, ofOrders, payments bool) {
	switch foreign([][]string{row}) {
	case RefusedPayments:
		return "", false, true
	case RefusedNoPrices:
		return amazon().Title, true, false
	}
	names, kinds := keys(row), 0
	for _, known := range evidence() {
		if slices.ContainsFunc(names, func(n string) bool {
			return slices.ContainsFunc(known, func(name string) bool { return resembles(n, name) })
		}) {
			kinds++
		}
	}
	if kinds < 2 {
		return "", false, false
	}
	best := 1
	for _, p := range Profiles() {
		if found, _ := p.mandatory(names); found > best {
			best, title = found, p.Title
		}
	}
	return title, true, false
}
