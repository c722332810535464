package orders

// Profiles are the kinds of files whose columns are known (orders-invoices.md §1); any other one is mapped
// by hand. No status is in them that was not seen or documented: what is unknown waits for a person.
func Profiles() []Profile {
	return []Profile{trendyol(), hepsiburada(), n11(), pazarama(), amazon(), shopify(), wooCommerce(), ikas()}
}

func trendyol() Profile {
	return Profile{
		Name: "trendyol", Marketplace: "trendyol", Title: "Trendyol", Language: "tr", Repeats: true,
		Columns: map[Field][]string{
			FieldPackage: {"Paket No"}, FieldNumber: {"Sipariş Numarası"}, FieldStatus: {"Sipariş Statüsü"},
			FieldOrderedAt: {"Sipariş Tarihi"}, FieldShippedAt: {"Kargoya Teslim Tarihi"}, FieldDeliveredAt: {"Teslim Tarihi"},
			FieldBuyer: {"Alıcı - Fatura Adresi", "Alıcı"}, FieldInvoicedAs: {"Kurumsal Faturalı Sipariş"}, FieldCompany: {"Şirket İsmi"},
			FieldTaxNumber: {"Vergi Kimlik Numarası"}, FieldTaxOffice: {"Vergi Dairesi"},
			FieldAddress: {"Fatura Adresi"}, FieldCity: {"İl"}, FieldDistrict: {"İlçe"}, FieldCountry: {"Ülke"}, FieldMicro: {"Mikro İhracat"},
			FieldCode: {"Stok Kodu"}, FieldBarcode: {"Barkod"}, FieldProduct: {"Ürün Adı"}, FieldQuantity: {"Adet"},
			FieldUnit: {"Birim Fiyatı"}, FieldAmount: {"Satış Tutarı"}, FieldDiscount: {"İndirim Tutarı"},
			FieldPlatform: {"Trendyol İndirim Tutarı"}, FieldInvoiced: {"Faturalanacak Tutar"},
		},
		Mandatory: []Field{FieldPackage, FieldNumber, FieldStatus, FieldProduct, FieldQuantity, FieldInvoiced},
		Key:       []Field{FieldPackage},
		States: []State{{Field: FieldStatus, Words: map[string]Status{
			"Teslim Edildi": StatusOK, "Kargoya Verildi": StatusOK, "Delivered": StatusOK, "Shipped": StatusOK,
			"Created": StatusOpen, "Picking": StatusOpen, "Invoiced": StatusOpen, "AtCollectionPoint": StatusOK,
			"Awaiting": StatusUnpaid, "İptal Edildi": StatusCancelled, "Cancelled": StatusCancelled, "UnSupplied": StatusCancelled,
			"Teslim Edilemedi": StatusUndelivered, "UnDelivered": StatusUndelivered, "İade Edildi": StatusReturned, "Returned": StatusReturned,
			"UnPacked": StatusSplitParent,
		}}},
		Companies: []string{"Evet"},
	}
}

func hepsiburada() Profile {
	return Profile{
		Name: "hepsiburada", Marketplace: "hepsiburada", Title: "Hepsiburada", Language: "tr",
		Columns: map[Field][]string{
			FieldPackage: {"Paket Numarası"}, FieldNumber: {"Sipariş Numarası"}, FieldLineID: {"Kalem Numarası"},
			FieldStatus: {"Paket Durumu"}, FieldReturned: {"İade edildi mi?"},
			FieldOrderedAt: {"Sipariş Tarihi"}, FieldShippedAt: {"Kargo Kabul Tarihi"}, FieldDeliveredAt: {"Teslim Tarihi"},
			FieldBuyer: {"Alıcı"}, FieldInvoicedAs: {"Müşteri Tipi"}, FieldAddress: {"Fatura Adresi"}, FieldCity: {"Şehir"}, FieldDistrict: {"Semt"},
			FieldMicro: {"Uluslararası Sipariş mi?"}, FieldCurrency: {"Para Birimi"},
			FieldCode: {"Satıcı Stok Kodu"}, FieldBarcode: {"Barkod"}, FieldProduct: {"Ürün Adı"}, FieldQuantity: {"Adet"},
			FieldUnit: {"Faturalandırılacak Birim Satış Fiyatı"}, FieldAmount: {"Faturalandırılacak Satış Fiyatı"}, FieldVAT: {"KDV(%)"},
			FieldPlatform: {"HB'nin karşıladığı kampanya tutarı (KDV dahil)"},
		},
		Mandatory: []Field{FieldPackage, FieldNumber, FieldStatus, FieldProduct, FieldQuantity, FieldAmount},
		Key:       []Field{FieldPackage, FieldNumber}, Numbered: true,
		States: []State{
			{Field: FieldStatus, Words: map[string]Status{
				"Teslim edildi": StatusOK, "Kargoda": StatusOK, "İptal edildi": StatusCancelled, "Teslim edilemedi": StatusUndelivered,
				"İade edildi": StatusReturned,
			}},
			{Field: FieldReturned, Words: map[string]Status{"Evet": StatusReturned, "Hayır": StatusOK}},
		},
		Companies: []string{"Kurumsal"},
	}
}

// n11 is order_item_shipments: of its some 60 columns those are known that have a name here.
func n11() Profile {
	return Profile{
		Name: "n11", Marketplace: "n11", Title: "N11", Language: "tr",
		Columns: map[Field][]string{
			FieldNumber: {"Sipariş Kodu"}, FieldStatus: {"Durum"}, FieldProduct: {"Ürün Adı"}, FieldQuantity: {"Adet"},
			FieldAmount: {"Sipariş Tutarı"}, FieldDiscount: {"Mağaza İndirimi"}, FieldCoupon: {"Kupon"},
		},
		Mandatory: []Field{FieldNumber, FieldStatus, FieldProduct, FieldQuantity, FieldAmount},
		Key:       []Field{FieldNumber},
		States: []State{{Field: FieldStatus, Words: map[string]Status{
			"Teslim Edildi": StatusOK, "Kargoda": StatusOK, "İptal Edildi": StatusCancelled, "İade Edildi": StatusReturned,
			"Created": StatusOpen, "Picking": StatusOpen, "Shipped": StatusOK, "Delivered": StatusOK, "Cancelled": StatusCancelled,
			"UnSupplied": StatusCancelled, "UnPacked": StatusSplitParent,
		}}},
	}
}

func pazarama() Profile {
	return Profile{
		Name: "pazarama", Marketplace: "pazarama", Title: "Pazarama", Language: "tr", PerUnit: true,
		Columns: map[Field][]string{
			FieldNumber: {"Sipariş Numarası"}, FieldStatus: {"Sipariş Ürün Durumu"}, FieldOrderedAt: {"Sipariş Tarihi"},
			FieldProduct: {"Ürün Adı"}, FieldQuantity: {"Ürün Miktarı"}, FieldAmount: {"Ürün Tutarı"},
			FieldDiscount: {"Satıcının Karşıladığı Kampanya Tutarı"}, FieldPlatform: {"Pazarama'nın Karşıladığı Kampanya Tutarı"},
		},
		Mandatory: []Field{FieldNumber, FieldStatus, FieldProduct, FieldQuantity, FieldAmount, FieldDiscount},
		Key:       []Field{FieldNumber},
		States: []State{{Field: FieldStatus, Counted: true, Words: map[string]Status{
			"Teslim Edildi": StatusOK, "Tedarik Edilemedi": StatusCancelled, "İptal Edildi": StatusCancelled, "İade Edildi": StatusReturned,
		}}},
	}
}

// amazon is the report of all orders; that of those not shipped yet has no prices.
func amazon() Profile {
	return Profile{
		Name: "amazon", Marketplace: "amazon", Title: "Amazon", Language: "en", ServicesPerRow: true,
		Columns: map[Field][]string{
			FieldNumber: {"amazon-order-id"}, FieldStatus: {"order-status"}, FieldOrderedAt: {"purchase-date"}, FieldCurrency: {"currency"},
			FieldBuyer: {"buyer-citizen-name"}, FieldIdentity: {"buyer-citizen-id"}, FieldInvoicedAs: {"order-invoice-type"},
			FieldCompany: {"invoice-business-legal-name"}, FieldTaxNumber: {"invoice-business-tax-id"}, FieldTaxOffice: {"invoice-business-tax-office"},
			FieldAddress: {"invoice-business-address"}, FieldCity: {"ship-state"}, FieldDistrict: {"ship-city"}, FieldPostal: {"ship-postal-code"},
			FieldCountry: {"ship-country"},
			FieldCode:    {"sku"}, FieldProduct: {"product-name"}, FieldQuantity: {"quantity"}, FieldAmount: {"item-price"}, FieldTax: {"item-tax"},
			FieldDiscount: {"item-promotion-discount"}, FieldShipping: {"shipping-price"}, FieldShippingCoupon: {"ship-promotion-discount"},
			FieldWrap: {"gift-wrap-price"},
		},
		Mandatory: []Field{FieldNumber, FieldStatus, FieldProduct, FieldQuantity, FieldAmount},
		Key:       []Field{FieldNumber},
		States: []State{{Field: FieldStatus, Words: map[string]Status{
			"Shipped": StatusOK, "Pending": StatusUnpaid, "Unshipped": StatusOpen, "Cancelled": StatusCancelled,
		}}},
		Companies: []string{"Commercial"},
	}
}

func shopify() Profile {
	return Profile{
		Name: "shopify", Marketplace: "shopify", Title: "Shopify", Language: "en",
		Columns: map[Field][]string{
			FieldNumber: {"Name"}, FieldPayment: {"Financial Status"}, FieldCancelledAt: {"Cancelled at"},
			FieldOrderedAt: {"Created at"}, FieldShippedAt: {"Fulfilled at"}, FieldCurrency: {"Currency"},
			FieldBuyer: {"Billing Name"}, FieldCompany: {"Billing Company"}, FieldAddress: {"Billing Street"},
			FieldCity: {"Billing Province Name", "Billing Province"}, FieldDistrict: {"Billing City"}, FieldPostal: {"Billing Zip"},
			FieldCountry: {"Billing Country"}, FieldAttributes: {"Note Attributes"},
			FieldOrderCoupon: {"Discount Amount"}, FieldShipping: {"Shipping"}, FieldTotal: {"Total"}, FieldRefunded: {"Refunded Amount"},
			FieldCode: {"Lineitem sku"}, FieldProduct: {"Lineitem name"}, FieldQuantity: {"Lineitem quantity"}, FieldUnit: {"Lineitem price"},
			FieldDiscount: {"Lineitem discount"},
		},
		Mandatory: []Field{FieldNumber, FieldPayment, FieldProduct, FieldQuantity, FieldUnit},
		Key:       []Field{FieldNumber},
		States: []State{
			{Field: FieldPayment, Words: map[string]Status{
				"paid": StatusOK, "partially_refunded": StatusOK, "refunded": StatusReturned, "voided": StatusCancelled,
				"pending": StatusUnpaid, "authorized": StatusUnpaid, "partially_paid": StatusUnpaid,
			}},
			{Field: FieldCancelledAt, Filled: StatusCancelled},
		},
		Attributes: map[Field][]string{
			FieldTaxNumber: {"vergi_no", "vergi no", "vergi numarası", "vkn", "tax_no"},
			FieldIdentity:  {"tckn", "tc_no", "tc kimlik no"},
			FieldTaxOffice: {"vergi_dairesi", "vergi dairesi", "tax_office"},
		},
	}
}

// wooCommerce is Advanced Order Export, with the invoice fields of Hezarfen where the shop has it.
func wooCommerce() Profile {
	return Profile{
		Name: "woocommerce", Marketplace: "woocommerce", Title: "WooCommerce", Language: "en", NetAmounts: true,
		Columns: map[Field][]string{
			FieldNumber: {"Order Number"}, FieldStatus: {"Order Status"}, FieldOrderedAt: {"Order Date"},
			FieldFirst: {"First Name (Billing)"}, FieldLast: {"Last Name (Billing)"}, FieldCompany: {"Company (Billing)"},
			FieldInvoicedAs: {"_billing_hez_invoice_type"}, FieldIdentity: {"_billing_hez_TC_number"}, FieldTaxNumber: {"_billing_hez_tax_number"},
			FieldTaxOffice: {"_billing_hez_tax_office"}, FieldAddress: {"Address 1&2 (Billing)"}, FieldCity: {"State Code (Billing)"},
			FieldDistrict: {"City (Billing)"}, FieldPostal: {"Postcode (Billing)"}, FieldCountry: {"Country Code (Billing)"},
			FieldShipping: {"Order Shipping Amount"}, FieldTotal: {"Order Total Amount"}, FieldRefunded: {"Order Refund Amount"},
			FieldCode: {"SKU"}, FieldProduct: {"Item Name"}, FieldQuantity: {"Quantity (- Refund)", "Quantity"},
			FieldAmount: {"Order Line Total", "Order Line (w/o tax)"}, FieldTax: {"Order Line Tax"},
		},
		Mandatory: []Field{FieldNumber, FieldStatus, FieldProduct, FieldQuantity, FieldAmount, FieldTax},
		Key:       []Field{FieldNumber},
		States: []State{{Field: FieldStatus, Words: map[string]Status{
			"Completed": StatusOK, "Processing": StatusOK, "On hold": StatusUnpaid, "Pending payment": StatusUnpaid, "Failed": StatusUnpaid,
			"Cancelled": StatusCancelled, "Refunded": StatusReturned,
		}}},
		Companies: []string{"company"},
	}
}

func ikas() Profile {
	return Profile{
		Name: "ikas", Marketplace: "ikas", Title: "ikas", Language: "en",
		Columns: map[Field][]string{
			FieldNumber: {"Sipariş Numarası"}, FieldStatus: {"Sipariş Durumu"}, FieldPayment: {"Sipariş Ödeme Durumu"},
			FieldOrderedAt: {"Sipariş Tarihi"}, FieldCurrency: {"Kur"},
			FieldBuyer: {"Müşteri Tam Adı"}, FieldFirst: {"Müşteri Adı"}, FieldLast: {"Müşteri Soyadı"},
			FieldCity: {"Fatura Adresi Şehir"}, FieldDistrict: {"Fatura Adresi İlçe"}, FieldCountry: {"Fatura Adresi Ülke"},
			FieldOrderCoupon: {"Kampanya Toplamı"}, FieldShipping: {"Kargo Fiyatı"}, FieldTotal: {"Toplam"}, FieldRefunded: {"İade Tutarı"},
			FieldCode: {"Ürün SKU"}, FieldBarcode: {"Ürün Barkod"}, FieldProduct: {"Ürün Adı"}, FieldQuantity: {"Ürün Sayısı"},
			FieldUnit: {"Ürün Satış Fiyatı"},
		},
		Mandatory: []Field{FieldNumber, FieldStatus, FieldPayment, FieldProduct, FieldQuantity, FieldUnit},
		Key:       []Field{FieldNumber},
		States: []State{
			{Field: FieldStatus, Words: map[string]Status{
				"Gönderildi": StatusOK, "Parçalı İade": StatusOK, "Oluşturuldu": StatusOpen, "İletildi": StatusOpen,
				"İptal Edildi": StatusCancelled, "İade Edildi": StatusReturned,
			}},
			{Field: FieldPayment, Words: map[string]Status{"Ödendi": StatusOK, "Parçalı Ödendi": StatusUnpaid, "Bekliyor": StatusUnpaid}},
		},
	}
}
