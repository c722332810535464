package heading

import (
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/states"
)

// Names are the names that marketplaces, shop systems and accounting programs give their columns, as
// domain.NameKey makes them; of several in one file the one named first here counts first. A database's own id
// is no code, a model code stands for many products, and a buying price or one without VAT is never
// the sales price.
func Names(f listing.Field) []string {
	switch f {
	case listing.Code:
		return []string{
			"stokkodu", "saticistokkodu", "magazastokkodu", "tedarikcistokkodu", "urunstokkodu", "stokkod", "stokno",
			"stockcode", "sku", "merchantsku", "sellersku", "saticisku", "stocksku", "urunkodu", "magazaurunkodu", "saticiurunkodu",
			"productcode", "itemcode", "itemsku", "productsku", "malzemekodu", "urunno", "stockno", "stokodu", "kod", "kodu", "code", "reference", "referans", "mpn",
			"parcano", "partno", "partnumber",
		}
	case listing.Barcode:
		return []string{
			"barkod", "barkodno", "barkodu", "barkodnumarasi", "barkodkodu", "urunbarkodu", "urunbarkod", "urunbarkodno", "barcode", "barcodeid",
			"barcodeno", "barcodenumber", "productbarcode", "gtin", "gtinbarkod", "gtinean", "ean", "ean13", "eancode", "eanupc", "eanbarkod", "upc",
		}
	case listing.Name:
		return []string{
			"urunadi", "urunismi", "urunbasligi", "stokadi", "malzemeadi", "productname", "producttitle", "itemname", "stockname",
			"baslik", "ad", "adi", "isim", "name", "title", "label", "urun", "product", "stokismi", "stoisim", "tanim", "cinsi",
		}
	case listing.Brand:
		return []string{"marka", "markaadi", "markaismi", "urunmarkasi", "brand", "brandname", "brands", "markalar", "manufacturer", "uretici", "vendor"}
	case listing.Description:
		return []string{
			"urunaciklamasi", "urundetayi", "aciklama", "aciklamasi", "detay", "detayaciklama", "description", "productdescription",
			"details", "detail", "itemdescription", "bodyhtml",
		}
	case listing.Price:
		return append(discountedNames(),
			"satisfiyatikdvdahil", "kdvdahilsatisfiyati", "satilacakfiyatkdvdahil",
			"sellpriceinclvat", "sellingpricevatincluded", "salepriceinclvat", "salespriceinclvat", "salespricevatincluded", "salepricevatincluded",
			"priceinclvat", "pricewithvat", "pricevatincluded", "kdvdahilfiyat", "kdvdahilfiyati", "kdvlifiyat", "kdvlisatisfiyati", "fiyatkdvdahil",
			"perakendesatisfiyati", "perakendefiyati", "perakendefiyat",
			"satisfiyati", "satisfiyat", "satisfiat", "urunsatisfiyati", "satilacakfiyat", "saleprice", "salesprice", "sellprice", "sellingprice", "shownprice",
			"magazafiyati", "urunfiyati", "birimfiyat", "birimfiyati", "fiyat", "fiyati", "price", "tutar", "standardprice",
			"piyasasatisfiyatikdvdahil", "piyasasatisfiyati", "listefiyati", "listefiyat", "listprice", "normalfiyat", "regularprice", "psf", "rrp", "msrp",
		)
	case listing.Currency:
		return []string{
			"parabirimi", "parabirimikodu", "doviz", "dovizcinsi", "dovizturu", "dovizkodu", "doviztipi", "currency", "currencycode",
			"currencyabbr", "currencytype", "pricecurrency", "salepricecurrency", "fiyatparabirimi", "fiyatdoviz", "fiyatcurrency", ExchangeRate,
		}
	case listing.Stock:
		return []string{
			"stok", "stokadedi", "urunstokadedi", "stokmiktari", "stokadet", "kullanilabilirstok", "mevcutstok", "urunstok", "stock", "stockamount",
			"stockquantity", "satilabilirstok", "availablestock",
			"mevcutmiktar", "mevcutadet", "kalanmiktar", "kalanadet", "eldekimiktar", "eldekiadet", "availableqty", "availablequantity", "quantityavailable", "quantitytosellonfacebook",
			"qtyonhand", "quantityonhand", "onhandqty", "onhandquantity", "onhand", "inventoryqty", "inventoryquantity",
			"quantity", "qty", "miktar", "mevcut", "adet", "adedi", "bakiye", "envanter", "inventory",
		}
	case listing.VAT:
		return []string{
			"kdv", "kdvorani", "kdvyuzdesi", "kdvoran", "satiskdvorani", "vat", "vatrate", "vatpercent", "tax", "taxrate", "vergiorani",
			"vergi",
		}
	case listing.State:
		return states.Headers()
	}
	return nil
}

// discountedNames are those of prices that a buyer pays today where they are filled, and the list price where they are not
// (files.md §2, 05). They count before any other, in the file of every shop: what Trendyol sells at, and Shopify's only price
// beside one that is crossed out, are such prices too, and the base of books and marketplaces is to be what is asked for. Which
// one is taken is shown as the choice "column:price".
func discountedNames() []string {
	return []string{"trendyoldasatilacakfiyatkdvdahil", "indirimlifiyat", "indirimlifiyati", "indirimlisatisfiyati", "discountedprice", "specialprice"}
}

// ExchangeRate may be the name of a currency's column, and of one of rates beside it.
const ExchangeRate = "kur"
