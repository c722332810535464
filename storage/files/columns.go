package files

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// headers are the names that marketplaces, shop systems and accounting programs give their columns, as
// headerKey makes them; of several in one file the one named first here is taken. A database's own id
// is no code, a model code stands for many products, and a buying price or one without VAT is never
// the sales price.
func headers(f listing.Field) []string {
	switch f {
	case listing.Code:
		return []string{
			"stokkodu", "saticistokkodu", "magazastokkodu", "tedarikcistokkodu", "urunstokkodu", "stokkod", "stokno",
			"stockcode", "sku", "merchantsku", "sellersku", "saticisku", "stocksku", "urunkodu", "magazaurunkodu", "saticiurunkodu",
			"productcode", "itemcode", "productsku", "malzemekodu", "urunno", "stockno", "kod", "kodu", "code",
		}
	case listing.Barcode:
		return []string{
			"barkod", "barkodno", "barkodu", "barkodnumarasi", "barkodkodu", "urunbarkodu", "urunbarkod", "urunbarkodno", "barcode", "barcodeid",
			"barcodeno", "barcodenumber", "productbarcode", "gtin", "gtinbarkod", "gtinean", "ean", "ean13", "eancode", "eanupc", "eanbarkod", "upc",
		}
	case listing.Name:
		return []string{
			"urunadi", "urunismi", "urunbasligi", "stokadi", "malzemeadi", "productname", "producttitle", "itemname", "stockname",
			"baslik", "ad", "adi", "isim", "name", "title", "label", "urun", "product", "stokismi",
		}
	case listing.Brand:
		return []string{"marka", "markaadi", "markaismi", "urunmarkasi", "brand", "brandname", "manufacturer", "uretici"}
	case listing.Description:
		return []string{
			"urunaciklamasi", "urundetayi", "aciklama", "aciklamasi", "detay", "detayaciklama", "description", "productdescription",
			"details", "detail",
		}
	case listing.Price:
		return []string{
			"trendyoldasatilacakfiyatkdvdahil", "satisfiyatikdvdahil", "kdvdahilsatisfiyati", "satilacakfiyatkdvdahil",
			"sellpriceinclvat", "salepriceinclvat", "salespriceinclvat", "salespricevatincluded", "salepricevatincluded",
			"priceinclvat", "pricewithvat", "pricevatincluded", "kdvdahilfiyat", "kdvdahilfiyati", "kdvlifiyat", "kdvlisatisfiyati", "fiyatkdvdahil",
			"perakendesatisfiyati", "perakendefiyati", "perakendefiyat",
			"satisfiyati", "satisfiyat", "urunsatisfiyati", "satilacakfiyat", "saleprice", "salesprice", "sellprice", "sellingprice", "shownprice",
			"indirimlifiyat", "indirimlisatisfiyati", "magazafiyati", "urunfiyati", "birimfiyat", "birimfiyati", "fiyat", "fiyati", "price", "tutar",
			"piyasasatisfiyatikdvdahil", "piyasasatisfiyati", "listefiyati", "listprice", "regularprice",
		}
	case listing.Currency:
		return []string{
			"parabirimi", "parabirimikodu", "doviz", "dovizcinsi", "dovizturu", "dovizkodu", "kur", "currency", "currencycode",
			"currencyabbr", "currencytype", "pricecurrency", "salepricecurrency", "fiyatparabirimi", "fiyatdoviz", "fiyatcurrency",
		}
	case listing.Stock:
		return []string{
			"stok", "stokadedi", "urunstokadedi", "stokmiktari", "stokadet", "kullanilabilirstok", "mevcutstok", "urunstok", "stock", "stockamount",
			"stockquantity", "quantity", "qty", "miktar", "mevcut", "adet", "adedi", "bakiye", "envanter", "inventory",
		}
	case listing.VAT:
		return []string{
			"kdv", "kdvorani", "kdvyuzdesi", "kdvoran", "satiskdvorani", "vat", "vatrate", "vatpercent", "tax", "taxrate", "vergiorani",
			"vergi",
		}
	case listing.State:
		return stateHeaders()
	}
	return nil
}

// Columns finds the fields a header names, as column numbers from 0. A field that no column names is
// not in the map; of two columns with the same name the first is taken.
func Columns(header []string) map[listing.Field]int {
	at := make(map[string]int, len(header))
	for i, h := range header {
		key := headerKey(h)
		if _, twice := at[key]; !twice {
			at[key] = i
		}
	}
	cols := map[listing.Field]int{}
	for _, f := range listing.Fields() {
		for _, name := range headers(f) {
			if i, ok := at[name]; ok {
				cols[f] = i
				break
			}
		}
	}
	return cols
}

// productColumns counts the fields that a row names.
func productColumns(row []string) int { return len(Columns(trimmed(row))) }

// Map is Columns with a person's own choices: a column's name, its number from 1, or its letter as in
// Excel, tried in this order; "-" means that no column holds the field. The error is domain.KindInvalid
// with the field or column as Field.
func Map(header []string, chosen map[listing.Field]string) (map[listing.Field]int, error) {
	cols := Columns(header)
	taken := map[int]bool{}
	for _, f := range listing.Fields() {
		text, ok := chosen[f]
		if !ok {
			continue
		}
		delete(cols, f)
		if text == "-" {
			continue
		}
		i, err := findColumn(header, text)
		if err != nil {
			return nil, err
		}
		cols[f] = i
		taken[i] = true
	}
	for f := range chosen {
		if !slices.Contains(listing.Fields(), f) {
			return nil, domain.Invalid(string(f), "file.unknown-field")
		}
	}
	for f, i := range cols { // a chosen column is not also something that was guessed
		if _, own := chosen[f]; !own && taken[i] {
			delete(cols, f)
		}
	}
	return cols, nil
}

func findColumn(header []string, text string) (int, error) {
	text = strings.TrimSpace(text)
	for i, h := range header {
		if strings.TrimSpace(h) == text {
			return i, nil
		}
	}
	if key := headerKey(text); key != "" {
		for i, h := range header {
			if headerKey(h) == key {
				return i, nil
			}
		}
	}
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(header) {
		return n - 1, nil
	}
	if i, letters := columnOf(text); letters > 0 && letters == len(text) && i < len(header) {
		return i, nil
	}
	return 0, domain.Invalid(text, "file.unknown-column")
}

// headerKey leaves only the letters and digits of a folded name: "Satış Fiyatı (KDV Dahil)" and
// "SATIS_FIYATI KDV DAHIL" are one.
func headerKey(h string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, domain.Fold(h))
}
