package orders

import (
	"cmp"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/domaintest"
)

func TestRead_buyers(t *testing.T) {
	trendyol := trendyolHeader + "|Alıcı|Alıcı - Fatura Adresi|Fatura Adresi|İl|İlçe|Ülke|Kurumsal Faturalı Sipariş|Vergi Kimlik Numarası|Vergi Dairesi|Şirket İsmi"
	woo := wooHeader + "|First Name (Billing)|Last Name (Billing)|Company (Billing)|Address 1&2 (Billing)|City (Billing)|State Code (Billing)|Postcode (Billing)|Country Code (Billing)|_billing_hez_invoice_type|_billing_hez_TC_number|_billing_hez_tax_number|_billing_hez_tax_office"
	shopify := shopifyHeader + "|Billing Name|Billing Company|Billing Street|Billing City|Billing Zip|Billing Province|Billing Province Name|Billing Country|Note Attributes"
	amazon := amazonHeader + "|ship-city|ship-state|ship-postal-code|ship-country|buyer-citizen-name|buyer-citizen-id |order-invoice-type|invoice-business-legal-name|invoice-business-address|invoice-business-tax-id|invoice-business-tax-office "
	row, wooRow := "1|9|Teslim Edildi|a|1|5|5|||5|", "5|Completed|a|1|75.00|15.00|0|90|"
	for name, c := range map[string]struct {
		header, row string
		want        Buyer
	}{
		"a person": {
			trendyol, row + "Alan|Deniz Su Örnekoğlu|Sk. 1|İSTANBUL|Kadıköy|Türkiye|Hayır|||",
			Buyer{Type: BuyerPerson, First: "Deniz Su", Last: "Örnekoğlu", Address: "Sk. 1", City: "İstanbul", District: "Kadıköy", Plate: "34", Country: "TR", SourceCity: "İSTANBUL"},
		},
		"a city and a district swapped":             {trendyol, row + "|D Ö||KADIKÖY|istanbul|||||", Buyer{Type: BuyerPerson, First: "D", Last: "Ö", City: "İstanbul", District: "Kadıköy", Plate: "34", Country: "TR", SourceCity: "KADIKÖY", SourceDistrict: "istanbul"}},
		"both in one":                               {trendyol, row + "|D Ö||Kadikoy/Istanbul|-|||||", Buyer{Type: BuyerPerson, First: "D", Last: "Ö", City: "İstanbul", District: "Kadıköy", Plate: "34", Country: "TR", SourceCity: "Kadikoy/Istanbul", SourceDistrict: "-"}},
		"a neighbourhood":                           {trendyol, row + "|D Ö||izmir|kordon|||||", Buyer{Type: BuyerPerson, First: "D", Last: "Ö", City: "İzmir", District: "kordon", Plate: "35", Country: "TR", SourceCity: "izmir"}},
		"a district of another province":            {trendyol, row + "|D Ö||ankara|kadıköy|||||", Buyer{Type: BuyerPerson, First: "D", Last: "Ö", City: "ankara", District: "kadıköy", Country: "TR"}},
		"a code that the district speaks against":   {trendyol, row + "|D Ö||TR-06|kadıköy|||||", Buyer{Type: BuyerPerson, First: "D", Last: "Ö", City: "Ankara", District: "kadıköy", Country: "TR"}},
		"a district without its province":           {trendyol, row + "|D Ö|||kadıköy|||||", Buyer{Type: BuyerPerson, First: "D", Last: "Ö", District: "kadıköy", Country: "TR"}},
		"a place abroad that is called as one here": {trendyol, row + "|D Ö||bursa|osmangazi|Almanya||||", Buyer{Type: BuyerPerson, First: "D", Last: "Ö", City: "bursa", District: "osmangazi", Country: "DE"}},
		"a city abroad that is a number":            {trendyol, row + "|D Ö||06||Almanya||||", Buyer{Type: BuyerPerson, First: "D", Last: "Ö", City: "06", Country: "DE"}},
		"one word, the other column of the name":    {trendyol, row + "Deniz||Sk. 1|Yok|x||Hayır|||", Buyer{Type: BuyerPerson, First: "Deniz", Address: "Sk. 1", City: "Yok", District: "x", Country: "TR"}},
		"a person, whatever else is filled":         {trendyol, row + "|D Ö|||||Hayır|11111111111||Firma", Buyer{Type: BuyerPerson, First: "D", Last: "Ö", TaxNumber: "11111111111", Country: "TR"}},
		"a company": {
			trendyol, row + "Işıl Y|Firma A.Ş.|Cd. 5|Ankara|Çankaya|Turkey|EVET|0012345672|Deneme|ÖRNEK LTD.",
			Buyer{Type: BuyerCompany, Name: "ÖRNEK LTD.", TaxNumber: "0012345672", TaxOffice: "Deneme", Address: "Cd. 5", City: "Ankara", District: "Çankaya", Plate: "06", Country: "TR"},
		},
		"a company without a title": {trendyol, row + "|Firma A.Ş.|||||Evet|0012345672||", Buyer{Type: BuyerCompany, Name: "Firma A.Ş.", TaxNumber: "0012345672", Country: "TR"}},
		"a sole trader": {
			trendyol, row + "|Ali Can|||||Evet|12345678950||Ali Can Terzi",
			Buyer{Type: BuyerCompany, Name: "Ali Can Terzi", First: "Ali", Last: "Can", TaxNumber: "12345678950", Country: "TR"},
		},
		"a foreigner":                          {trendyol, row + "|J S||Riyadh||Suudi Arabistan|Hayır|||", Buyer{Type: BuyerPerson, First: "J", Last: "S", City: "Riyadh", Country: "SA"}},
		"abroad there is no plate":             {trendyol, row + "|J S||İzmir||Almanya||||", Buyer{Type: BuyerPerson, First: "J", Last: "S", City: "İzmir", Country: "DE"}},
		"a country nobody knows":               {trendyol, row + "|J S||||Atlantis||||", Buyer{Type: BuyerPerson, First: "J", Last: "S", Country: "Atlantis"}},
		"a country's code":                     {trendyol, row + "|J S||||us||||", Buyer{Type: BuyerPerson, First: "J", Last: "S", Country: "US"}},
		"a country at the end of the letters":  {trendyol, row + "|J S||||Azerbaycan||||", Buyer{Type: BuyerPerson, First: "J", Last: "S", Country: "AZ"}},
		"one that begins with the last letter": {trendyol, row + "|J S||||Zambiya||||", Buyer{Type: BuyerPerson, First: "J", Last: "S", Country: "ZM"}},
		"one that begins with the first":       {trendyol, row + "|J S||||Birleşik Arap Emirlikleri||||", Buyer{Type: BuyerPerson, First: "J", Last: "S", Country: "AE"}},
		"hepsiburada's company":                {hbHeader + "|Müşteri Tipi", "7|5|a|A|1|5|Kargoda|Hayır|20|Firma A.Ş.|Kurumsal", Buyer{Type: BuyerCompany, Name: "Firma A.Ş.", Country: "TR"}},
		"hepsiburada's person":                 {hbHeader + "|Müşteri Tipi", "7|5|a|A|1|5|Kargoda|Hayır|20|Ö İ|Bireysel", Buyer{Type: BuyerPerson, First: "Ö", Last: "İ", Country: "TR"}},
		"first and last apart": {
			woo, wooRow + "Çağrı|İpekçi||Sk. 1, D:2|Kadıköy|TR34|34710|TR|person|******||",
			Buyer{Type: BuyerPerson, First: "Çağrı", Last: "İpekçi", TaxNumber: "******", Address: "Sk. 1, D:2", City: "İstanbul", District: "Kadıköy", PostalCode: "34710", Plate: "34", Country: "TR"},
		},
		"a company by its type": {
			woo, wooRow + "Umut|Ş|Örnek Ltd||Çankaya|06||TR|company|12345678950|0012345672|Deneme",
			Buyer{Type: BuyerCompany, Name: "Örnek Ltd", TaxNumber: "0012345672", TaxOffice: "Deneme", City: "Ankara", District: "Çankaya", Plate: "06", Country: "TR"},
		},
		"a company that has no type":  {woo, wooRow + "Umut|Ş|Örnek Ltd|||||||||", Buyer{Type: BuyerCompany, Name: "Örnek Ltd", Country: "TR"}},
		"a company that has no title": {woo, wooRow + "Umut|Ş|||||||company|||", Buyer{Type: BuyerCompany, Name: "Umut Ş", Country: "TR"}},
		"an apostrophe, a province's name": {
			shopify, "#1|paid||a|1|5||||||İlkay Çınargil||Sk. 1|Milas|'48200|TR-48|Muğla|TR|",
			Buyer{Type: BuyerPerson, First: "İlkay", Last: "Çınargil", Address: "Sk. 1", City: "Muğla", District: "Milas", PostalCode: "48200", Plate: "48", Country: "TR"},
		},
		"what buyers write among the attributes": {
			shopify, "#1|paid||a|1|5||||||İlkay Çınargil|Örnek Ltd||Milas||TR-48||TR|renk: mavi\nVERGİ_NO : 0012345672\nvergi_dairesi: Deneme",
			Buyer{Type: BuyerCompany, Name: "Örnek Ltd", TaxNumber: "0012345672", TaxOffice: "Deneme", City: "Muğla", District: "Milas", Plate: "48", Country: "TR"},
		},
		"an attribute that is empty before one that is not": {
			shopify, "#1|paid||a|1|5||||||İ Ç||||||||vergi_no:\nvkn: 12345678950", Buyer{Type: BuyerPerson, First: "İ", Last: "Ç", TaxNumber: "12345678950", Country: "TR"},
		},
		"attributes that say nothing": {shopify, "#1|paid||a|1|5||||||İ Ç||||||||vergi_no:\nvergi_nosu: 1", Buyer{Type: BuyerPerson, First: "İ", Last: "Ç", Country: "TR"}},
		"amazon's company": {
			amazon, "4|Shipped|a|1|TRY|5|||||Çankaya|Ankara|06690|TR|Umut Ç|12345678950|Commercial|ÖRNEK LTD. ŞTİ.|Cd. 5|0012345672|Deneme",
			Buyer{Type: BuyerCompany, Name: "ÖRNEK LTD. ŞTİ.", TaxNumber: "0012345672", TaxOffice: "Deneme", Address: "Cd. 5", City: "Ankara", District: "Çankaya", PostalCode: "06690", Plate: "06", Country: "TR"},
		},
		"nobody's data of an order of nothing": {amazon, "4|Cancelled|a|0|TRY||||||Konak|İzmir|35000|TR|Umut Ç|12345678950|||||", Buyer{Type: BuyerPerson, Country: "TR"}},
	} {
		r := read(t, c.header, c.row)
		if len(r.Orders) != 1 {
			t.Errorf("%s: %v", name, r.Problems)
			continue
		}
		// A row of the table names the source's spelling where it is another one.
		c.want.SourceCity, c.want.SourceDistrict = cmp.Or(c.want.SourceCity, c.want.City), cmp.Or(c.want.SourceDistrict, c.want.District)
		for _, d := range domaintest.Differences(r.Orders[0].Buyer, c.want) {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestRead_microExport(t *testing.T) {
	for word, want := range map[string]bool{"Evet": true, "EVET": true, "Hayır": false, "": false, "true": true, "1": true, "0": false} {
		if got := read(t, trendyolHeader+"|Mikro İhracat", "1|9|Teslim Edildi|a|1|5|5|||5|"+word).Orders[0].Micro; got != want {
			t.Errorf("%q: %v", word, got)
		}
	}
}

func TestRead_currencies(t *testing.T) {
	for word, want := range map[string]string{"": "TRY", "TL": "TRY", "try": "TRY", "₺": "TRY", "USD": "USD", "eur": "EUR"} {
		if got := read(t, amazonHeader, "1|Shipped|a|1|"+word+"|5||||").Orders[0].Currency; string(got) != want {
			t.Errorf("%q: %s", word, got)
		}
	}
}

func TestBuyer_FullName(t *testing.T) {
	for want, b := range map[string]Buyer{
		"":       {},
		"Ayşe Y": {Type: BuyerPerson, First: "Ayşe", Last: "Y", Name: "Y Ltd"},
		"Ayşe":   {First: "Ayşe"},
		"Y Ltd":  {Type: BuyerCompany, First: "Ayşe", Last: "Y", Name: "Y Ltd"},
		"Y AŞ":   {Type: BuyerPerson, Name: "Y AŞ"},
		"Ali Y":  {Type: BuyerCompany, First: "Ali", Last: "Y"},
	} {
		if got := b.FullName(); got != want {
			t.Errorf("%+v: %q, want %q", b, got, want)
		}
	}
}
