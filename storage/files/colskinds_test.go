package files

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// lines makes the content of a file.
func lines(l ...string) string { return strings.Join(l, "\n") + "\n" }

func TestKinds_severalColumnsForOneThing(t *testing.T) {
	proveKinds(t, []kindCase{
		{
			kind: 5, says: "row by row the next price, where two differ the first", file: "a.csv",
			content: lines(`SKU,Name,Sale price,Regular price`, `A-1,Kupa,,249.90`, `A-2,Tabak,199.90,249.90`, `A-3,Kase,99.90,99.9`),
			want:    []string{"A-1|-|Kupa|-|249.9", "A-2|-|Tabak|-|199.9", "A-3|-|Kase|-|99.9"},
		},
		{
			kind: 5, says: "the other price, when that is answered", file: "a.csv",
			content: lines(`SKU,Name,Sale price,Regular price`, `A-1,Kupa,,249.90`, `A-2,Tabak,199.90,249.90`, `A-3,Kase,99.90,`),
			reading: listing.Reading{Answers: listing.Answers{"column:price": "Regular price"}},
			want:    []string{"A-1|-|Kupa|-|249.9", "A-2|-|Tabak|-|249.9", "A-3|-|Kase|-|99.9"},
		},
		{
			kind: 5, says: "an answer that is no column of it changes nothing", file: "a.csv",
			content: lines(`SKU,Name,Sale price,Regular price`, `A-2,Tabak,199.90,249.90`),
			reading: listing.Reading{Answers: listing.Answers{"column:price": "Name"}},
			want:    []string{"A-2|-|Tabak|-|199.9"},
		},
		{
			kind: 5, says: "barcodes of three sorts", file: "b.csv",
			content: lines(`sku;name;ean;upc;gtin`, `A1;Kupa;;614141007349;`, `A2;Tabak;8690632059150;;`, `A3;Kase;;;8690504016052`, `A4;Tepsi;;;`),
			want:    []string{"A1|614141007349|Kupa", "A2|8690632059150|Tabak", "A3|8690504016052|Kase", "A4|-|Tepsi"},
		},
		{
			kind: 5, says: "sku, else model", file: "c.csv",
			content: lines(`product_id,name,sku,model,price,quantity`, `50,Kupa,,KP-1,10.00,5`, `51,Tabak,TB-9,TB-2,20.50,6`),
			want:    []string{"KP-1|-|Kupa|-|10|-|5", "TB-9|-|Tabak|-|20.5|-|6"}, ignored: []string{"product_id"},
		},
		{
			kind: 5, says: "a discounted price of 0 is none", file: "d.csv",
			content: lines(`STOKKODU;URUNADI;SATISFIYATI;INDIRIMLIFIYAT`, `A1;Kupa;129,90;0`, `A2;Tabak;199,90;149,90`, `A3;Kase;59,90;0,00`),
			reading: listing.Reading{Answers: listing.Answers{"column:price": "INDIRIMLIFIYAT"}},
			want:    []string{"A1|-|Kupa|-|129.9", "A2|-|Tabak|-|149.9", "A3|-|Kase|-|59.9"},
		},
		{
			kind: 5, says: "a cell that cannot be read is no empty one", file: "e.csv",
			content: lines(`Stok Kodu;Ürün Adı;Satış Fiyatı;Liste Fiyatı`, `A1;Kupa;sorunuz;129,90`, `A2;Tabak; ;129,90`),
			want:    []string{"A1|-|Kupa", "A2|-|Tabak|-|129.9"}, problems: []string{"2 price bad-number"},
		},
		{
			kind: 5, says: "two stocks, one of them not filled", file: "f.csv",
			content: lines(`Stok Kodu;Ürün Adı;Stok;Miktar`, `A1;Kupa;;4`, `A2;Tabak;7;`),
			want:    []string{"A1|-|Kupa|-|-|-|4", "A2|-|Tabak|-|-|-|7"},
		},
		{
			kind: 5, says: "columns that were chosen, in their order", file: "g.csv",
			content: lines(`Ref;Ad;Özel;Kampanya`, `A1;Kupa;;12,50`, `A2;Tabak;9,90;12,50`),
			chosen:  map[listing.Field]string{listing.Code: "Ref", listing.Price: "Özel|D"},
			want:    []string{"A1|-|Kupa|-|12.5", "A2|-|Tabak|-|9.9"},
		},
		{
			kind: 5, says: "the prices of variants in a feed", file: "feed.xml",
			content: lines(`<r><p><ad>Kupa</ad><secenekler>`, `<s><stokkodu>A1</stokkodu><stok>1</stok><satisfiyati></satisfiyati><indirimlifiyat>80.50</indirimlifiyat></s>`,
				`<s><stokkodu>A2</stokkodu><stok>2</stok><satisfiyati>99.50</satisfiyati><indirimlifiyat>0</indirimlifiyat></s></secenekler></p></r>`),
			want: []string{"A1|-|Kupa|-|80.5|-|1", "A2|-|Kupa|-|99.5|-|2"},
		},
		{
			kind: 5, says: "hostile: twice the same header, filled by turns and against each other", file: "h.csv",
			content: lines(`Stok Kodu;Ürün Adı;Fiyat;Fiyat`, `A1;Kupa;;12,50`, `A2;Tabak;9,90;12,50`, `A3;Kase;0;12,50`, `A4;Tepsi;;`),
			want:    []string{"A1|-|Kupa|-|12.5", "A2|-|Tabak|-|9.9", "A3|-|Kase|-|12.5", "A4|-|Tepsi"},
		},
	})
}

// The exports of shops and marketplaces, by the headers that they really have.
func TestKinds_exportsOfShops(t *testing.T) {
	proveKinds(t, []kindCase{
		{
			kind: 6, says: "Shopify: title and vendor filled down, options into the name, pictures are no products", file: "products_export.csv",
			content: lines(`Handle,Title,Body (HTML),Vendor,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Image Position`,
				`kupa,Kupa,<p>x</p>,Acme,Renk,Mavi,Beden,L,K-ML,5,199.90,249.90,8690632059150,https://x/1.jpg,1`,
				`kupa,,,,,Yeşil,,S,K-YS,7,209.90,,8690504016052,https://x/2.jpg,2`,
				`kupa,,,,,,,,,,,,,https://x/3.jpg,3`,
				`tabak,Tabak,,Zeta,Title,Default Title,,,T-1,2,99.00,,,https://x/4.jpg,1`),
			want:      []string{"K-ML|8690632059150|Kupa Mavi L|Acme|199.9|-|5", "K-YS|8690504016052|Kupa Yeşil S|Acme|209.9|-|7", "T-1|-|Tabak|Zeta|99|-|2"},
			problems:  []string{"4 name no-variant"},
			noProduct: []int{4}, notes: []string{"filled Title 1", "filled Vendor 1", "option Option1 Value 2", "option Option2 Value 2"},
			ignored: []string{"Variant Compare At Price", "Image Src", "Image Position"},
		},
		{
			kind: 6, says: "Shopify as it is since 2025", file: "products_export.csv",
			content: lines(`Title,URL handle,Description,Vendor,SKU,Barcode,Option1 name,Option1 value,Price,Compare-at price,Cost per item,Inventory quantity`,
				`Kupa,kupa,x,Acme,K-M,8690632059150,Renk,Mavi,199.90,,90.00,5`, `,kupa,,,K-Y,,,Yeşil,209.90,,95.00,7`),
			want:  []string{"K-M|8690632059150|Kupa Mavi|Acme|199.9|-|5", "K-Y|-|Kupa Yeşil|Acme|209.9|-|7"},
			notes: []string{"filled Title 1", "filled Vendor 1", "option Option1 value 2"}, ignored: []string{"Cost per item"},
		},
		{
			kind: 6, says: "Shopify, hostile: handles by turns, a row without handle, a price without anything else", file: "products_export.csv",
			content: lines(`Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price`,
				`a,Kupa,Acme,Renk,Mavi,A-1,10.00`, `b,Tabak,,Renk,Mavi,B-1,20.00`, `a,,,,Yeşil,A-2,11.00`, `,,,,Sarı,C-1,12.00`, `b,,,,,,13.00`),
			// The name of another handle's product is nobody's.
			want:     []string{"A-1|-|Kupa Mavi|Acme|10", "B-1|-|Tabak Mavi|-|20", "A-2|-|-|-|11", "C-1|-|-|-|12"},
			problems: []string{"6 name no-name-no-code-no-barcode"},
			notes:    []string{"option Option1 Value 2"},
		},
		{
			kind: 6, says: "WooCommerce in Turkish", file: "wc-product-export.csv",
			content: lines(`Kimlik,Tür,Stok kodu (SKU),"GTIN, UPC, EAN veya ISBN",İsim,Kısa açıklama,Açıklama,Vergi durumu,Vergi sınıfı,Stok,Düşük stok miktarı,İndirimli satış fiyatı,Normal fiyat,Kategoriler,Markalar`,
				`1,simple,A-1,8690632059150,Kupa,k,u,taxable,,12,2,,249.90,Mutfak,Acme`, `2,simple,A-2,8690504016052,Tabak,k,u,taxable,,3,2,199.90,249.90,Mutfak,Acme`),
			want:    []string{"A-1|8690632059150|Kupa|Acme|249.9|-|12", "A-2|8690504016052|Tabak|Acme|199.9|-|3"},
			ignored: []string{"Kimlik", "Tür", "Kısa açıklama", "Vergi durumu", "Düşük stok miktarı", "Kategoriler"},
		},
		{
			kind: 6, says: "WooCommerce: a product is none where its variations follow, and is where they do not", file: "wc-product-export.csv",
			content: lines(`ID,Type,SKU,Name,Published,Stock,Sale price,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)`,
				`1,variable,TS,Tişört,1,20,,,,Beden,"S, M"`, `2,variable,,Bot,1,,,,,Numara,42`, `3,variable,TEK,Yelek,0,,,,,Beden,S`,
				`4,variation,TS-S,Tişört - S,1,3,,100.50,TS,Beden,S`, `5,"variation, virtual",TS,Tişört - M,-1,4,90.50,100.50,TS,Beden,M`,
				`6,variation,,Bot - 42,1,0,,500.00,id:2,Numara,42`, `7,simple,KP,Kupa,1,5,,50.00,,,`),
			want: []string{
				"TEK|-|Yelek|-|-|-|-|-|passive", "TS-S|-|Tişört - S|-|100.5|-|3", "TS|-|Tişört - M|-|90.5|-|4|-|draft", "-|-|Bot - 42|-|500|-|0",
				"KP|-|Kupa|-|50|-|5",
			},
			problems: []string{"2 name has-variants", "3 name has-variants"}, noProduct: []int{2, 3},
			ignored: []string{"ID", "Type", "Parent", "Attribute 1 name", "Attribute 1 value(s)"},
		},
		{
			kind: 6, says: "Shopify's stocks by place, which say the product's name alone", file: "inventory_export.csv",
			content: lines(`Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Incoming (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)`,
				`kupa,Kupa,Renk,Mavi,K-M,,TR,Depo,0,1,3,4,`, `kupa,Kupa,Renk,Mavi,K-M,,TR,Şube,0,0,2,2,`, `kupa,Kupa,Renk,Yeşil,K-Y,,TR,Depo,0,0,0,,`),
			want:    []string{"K-M|-|Kupa Mavi|-|-|-|3", "K-M|-|Kupa Mavi|-|-|-|2", "K-Y|-|Kupa Yeşil|-|-|-|0"},
			notes:   []string{"option Option1 Value 3"},
			ignored: []string{"COO", "Incoming (not editable)", "Committed (not editable)"},
		},
		{
			kind: 6, says: "Trendyol's price goes over the market's, and any other over Trendyol's", file: "urunler.csv",
			content: lines(`Barkod;Stok Kodu;Ürün Adı;Trendyol Satış Fiyatı;Piyasa Fiyatı;Stok;Ürün Statüsü`,
				`8690632059150;A;Kupa;99,90;120,00;4;Satışta`, `8690632059167;B;Tepsi;1.099,90;1.200,00;0;Arşivlendi`),
			want: []string{"A|8690632059150|Kupa|-|99.9|-|4", "B|8690632059167|Tepsi|-|1099.9|-|0|-|archived"},
		},
		{
			kind: 6, says: "what Amazon and Facebook call a stock", file: "stock.csv",
			content: lines(`seller-sku,Quantity Available`, `A,10`, `B,0`), want: []string{"A|-|-|-|-|-|10", "B|-|-|-|-|-|0"},
		},
		{
			kind: 6, says: "PrestaShop's catalogue", file: "product.csv",
			content: lines(`"Product ID";Image;Name;Reference;Category;"Price (tax excl.)";"Price (tax incl.)";Quantity;Position`,
				`1;https://x/1.jpg;Kupa;K-1;Mutfak;100.00;120.00;5;1`, `2;https://x/2.jpg;Tabak;T-1;Mutfak;50.00;60.00;0;2`),
			want: []string{"K-1|-|Kupa|-|120|-|5", "T-1|-|Tabak|-|60|-|0"}, ignored: []string{"Product ID", "Image", "Category", "Price (tax excl.)", "Position"},
		},
		{
			kind: 6, says: "PrestaShop's list for taking in", file: "products_import.csv",
			content: lines(`Product ID;Name *;Categories (x,y,z...);Price tax included;Wholesale price;Reference #;Supplier reference #;Manufacturer;EAN13;UPC;Minimal quantity;Quantity`,
				`1;Kupa;Mutfak;120.50;80.00;K-1;S-1;Acme;8690632059150;;1;5`),
			want:    []string{"K-1|8690632059150|Kupa|Acme|120.5|-|5"},
			ignored: []string{"Product ID", "Categories (x,y,z...)", "Wholesale price", "Supplier reference #", "Minimal quantity"},
		},
		{
			kind: 6, says: "OpenCart", file: "products.csv",
			content: lines(`product_id,name(tr-tr),categories,sku,upc,ean,jan,isbn,mpn,location,quantity,model,manufacturer,image_name,price,points,tax_class_id,description(tr-tr),minimum`,
				`50,Kupa,20,SK-1,,8690632059150,,,,Raf 3,12,M-1,Acme,a.jpg,129.90,0,9,u,1`, `51,Tabak,20,,614141007349,,,,,Raf 3,2,M-2,Acme,b.jpg,59.90,0,9,u,1`),
			want:    []string{"SK-1|8690632059150|Kupa|Acme|129.9|-|12", "M-2|614141007349|Tabak|Acme|59.9|-|2"},
			ignored: []string{"product_id", "categories", "location", "image_name", "points", "tax_class_id", "minimum"},
		},
		{
			kind: 6, says: "Amazon's active listings", file: "Active+Listings.txt",
			content: lines("item-name\titem-description\tlisting-id\tseller-sku\tprice\tquantity\topen-date\tproduct-id-type\tasin1\tproduct-id",
				"Kupa\tu\tL1\tH-1\t199.90\t5\t2024-01-02\t4\tB0ABCDEFG1\t8690632059150", "Tabak\tu\tL2\tH-2\t99.90\t4\t2024-01-02\t1\tB0ABCDEFG2\tB0ABCDEFG2"),
			want: []string{"H-1|8690632059150|Kupa|-|199.9|-|5", "H-2|-|Tabak|-|99.9|-|4"}, ignored: []string{"listing-id", "open-date", "product-id-type", "asin1"},
		},
		{
			kind: 6, says: "Google's feed as a table", file: "feed.tsv",
			content: lines("id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\tsale_price\tbrand\tgtin\tmpn",
				"K-1\tKupa\tu\thttps://x/k\thttps://x/k.jpg\tin stock\t249.90 TRY\t199.90 TRY\tAcme\t8690632059150\tMP-1",
				"K-2\tTabak\tu\thttps://x/t\thttps://x/t.jpg\tin stock\t99.90 TRY\t\tAcme\t\tMP-2"),
			want:    []string{"K-1|8690632059150|Kupa|Acme|199.9|TRY", "K-2|-|Tabak|Acme|99.9|TRY"},
			ignored: []string{"link", "image_link", "availability"}, notes: []string{"currency price 1", "currency sale_price 1"},
		},
		{
			kind: 6, says: "Google's feed as RSS", file: "feed.xml",
			content: lines(`<?xml version="1.0"?><rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Dükkân</title><link>https://x</link>`,
				`<item><g:id>K-1</g:id><g:title>Kupa</g:title><g:link>https://x/k</g:link><g:price>249.90 TRY</g:price><g:sale_price>199.90 TRY</g:sale_price><g:brand>Acme</g:brand><g:gtin>8690632059150</g:gtin><g:mpn>MP-1</g:mpn></item>`,
				`<item><g:id>K-2</g:id><g:title>Tabak</g:title><g:link>https://x/t</g:link><g:price>99.90 TRY</g:price><g:brand>Acme</g:brand><g:mpn>MP-2</g:mpn></item></channel></rss>`),
			want: []string{"K-1|8690632059150|Kupa|Acme|199.9|TRY", "K-2|-|Tabak|Acme|99.9|TRY"}, ignored: []string{"link"},
			notes: []string{"currency price 1", "currency sale_price 1"},
		},
		{
			kind: 6, says: "Trendyol's products", file: "urunler.csv",
			content: lines(`Partner ID;Barkod;Komisyon Oranı;Model Kodu;Ürün Rengi;Beden;Marka;Kategori İsmi;Tedarikçi Stok Kodu;Ürün Adı;Ürün Açıklaması;Piyasa Satış Fiyatı (KDV Dahil);Trendyol'da Satılacak Fiyat (KDV Dahil);BuyBox Fiyatı;Ürün Stok Adedi;KDV Oranı;Desi`,
				`7;8690632059150;21,5;M1;Mavi;L;Acme;Kupa;K-1;Kupa;u;249,90;199,90;189,90;5;20;1`, `7;8690504016052;21,5;M1;Mavi;S;Acme;Kupa;K-2;Kupa;u;249,90;;189,90;6;20;1`),
			want:    []string{"K-1|8690632059150|Kupa|Acme|199.9|-|5|20", "K-2|8690504016052|Kupa|Acme|249.9|-|6|20"},
			ignored: []string{"Partner ID", "Komisyon Oranı", "Model Kodu", "Ürün Rengi", "Beden", "Kategori İsmi", "BuyBox Fiyatı", "Desi"},
		},
		{
			kind: 6, says: "Hepsiburada's listings", file: "listings.csv",
			content: lines(`Hepsiburada SKU;Satıcı Stok Kodu;Ürün Adı;Marka;Fiyat;Satılabilir Stok;Kargo Firması 1;Kargoya Veriliş Süresi`, `HBV0001;K-1;Kupa;Acme;199,90;5;Aras;2`),
			want:    []string{"K-1|-|Kupa|Acme|199.9|-|5"}, ignored: []string{"Hepsiburada SKU", "Kargo Firması 1", "Kargoya Veriliş Süresi"},
		},
		{
			kind: 6, says: "n11", file: "n11.csv",
			content: lines(`Grup Kodu;n Ürün Kodu;Mağaza Ürün Kodu;Mağaza Stok Kodu;Katalog ID;Barkod;Ürün Başlığı;Stok;Para Birimi;Piyasa Satış Fiyatı;Satış Fiyatı;Komisyon Oranı`,
				`G1;5001;U-1;K-1;9;8690632059150;Kupa;5;TL;249,90;199,90;12`, `G1;5002;U-2;;9;8690504016052;Tabak;6;TL;249,90;;12`),
			want:    []string{"K-1|8690632059150|Kupa|-|199.9|TRY|5", "U-2|8690504016052|Tabak|-|249.9|TRY|6"},
			ignored: []string{"Grup Kodu", "n Ürün Kodu", "Katalog ID", "Komisyon Oranı"},
		},
		{
			kind: 6, says: "Ticimax", file: "urunler.csv",
			content: lines(`URUNKARTIID;URUNID;STOKKODU;VARYASYONKODU;BARKOD;URUNADI;ACIKLAMA;MARKA;STOKADEDI;ALISFIYATI;SATISFIYATI;INDIRIMLIFIYAT;KDVORANI;KDVDAHIL;PARABIRIMI;KUR;KARGOAGIRLIGI`,
				`1;11;K-1;V1;8690632059150;Kupa;u;Acme;5;50;120;0;20;True;TL;1;0,5`, `2;12;K-2;V2;8690504016052;Tabak;u;Acme;6;50;100;80;20;False;TL;1;0,5`),
			want:    []string{"K-1|8690632059150|Kupa|Acme|120|TRY|5|20", "K-2|8690504016052|Tabak|Acme|96|TRY|6|20"},
			notes:   []string{"net INDIRIMLIFIYAT 1"},
			ignored: []string{"URUNKARTIID", "URUNID", "VARYASYONKODU", "ALISFIYATI", "KUR", "KARGOAGIRLIGI"},
		},
		{
			kind: 6, says: "IdeaSoft", file: "products.csv",
			content: lines(`stockCode,label,brand,barcode,buyingPrice,price1,price2,currencyAbbr,stockAmount,stockTypeLabel,tax,taxIncluded,details`,
				`K-1,Kupa,Acme,8690632059150,50,199.90,189.90,TL,5,Adet,20,1,u`, `K-2,Tabak,Acme,,50,100,90,USD,6,Adet,20,0,u`),
			want:  []string{"K-1|8690632059150|Kupa|Acme|199.9|TRY|5|20", "K-2|-|Tabak|Acme|120|USD|6|20"},
			notes: []string{"net price1 1"}, ignored: []string{"buyingPrice", "price2", "stockTypeLabel"},
		},
		{
			kind: 6, says: "T-Soft", file: "urunler.csv",
			content: lines(`Ürün Kodu;Tedarikçi Ürün Kodu;Ürün Adı;Marka;Barkodu;Stok;Alış Fiyatı;Satış Fiyatı;İndirimli Satış Fiyatı;Kdv;Kur`,
				`K-1;S-1;Kupa;Acme;8690632059150;5;50;199,90;;20;TL`, `K-2;S-2;Tabak;Acme;;6;50;99,90;89,90;20;USD`),
			want: []string{"K-1|8690632059150|Kupa|Acme|199.9|TRY|5|20", "K-2|-|Tabak|Acme|89.9|USD|6|20"}, ignored: []string{"Tedarikçi Ürün Kodu", "Alış Fiyatı"},
		},
		{
			kind: 6, says: "ikas: options into the name, stocks of its places summed", file: "ikas-urunler.csv",
			content: lines(`Ürün Grup ID,Varyant ID,İsim,Açıklama,Satış Fiyatı,İndirimli Fiyatı,Alış Fiyatı,Barkod Listesi,SKU,Marka,Slug,Stok:Ana Depo,Stok:Şube,Varyant Tip 1,Varyant Değer 1,Desi`,
				`g1,v1,Kupa,u,249.90,199.90,90,8690632059150,K-M,Acme,kupa,5,2,Renk,Mavi,1`, `g1,v2,Kupa,u,249.90,,90,8690504016052,K-Y,Acme,kupa,3,,Renk,Yeşil,1`, `g2,v3,Tabak,u,99.90,,40,,T-1,Acme,tabak,,,,,1`),
			want:  []string{"K-M|8690632059150|Kupa Mavi|Acme|199.9|-|7", "K-Y|8690504016052|Kupa Yeşil|Acme|249.9|-|3", "T-1|-|Tabak|Acme|99.9"},
			notes: []string{"option Varyant Değer 1 2", "summed Stok:Ana Depo 1"}, ignored: []string{"Ürün Grup ID", "Varyant ID", "Alış Fiyatı", "Slug", "Desi"},
		},
		{
			kind: 6, says: "Amazon, hostile: numbers of Amazon's own in the place of barcodes", file: "a.txt",
			content: lines("item_sku\titem_name\tbrand_name\texternal_product_id\texternal_product_id_type\tstandard_price\tquantity", "H-1\tKupa\tAcme\t8690632059150\tEAN\t199.90\t5", "H-2\tTabak\tAcme\tB0ABCDEFG2\tASIN\t99.90\t4", "H-3\tKase\tAcme\t0123456789\tASIN\t9.90\t4", "H-4\tTepsi\tAcme\t8690632059151\tEAN\t19.90\t4", "H-5\tFincan\tAcme\t8690504016052\t\t29.90\t4"),
			want:    []string{"H-1|8690632059150|Kupa|Acme|199.9|-|5", "H-2|-|Tabak|Acme|99.9|-|4", "H-3|-|Kase|Acme|9.9|-|4", "H-4|8690632059151|Tepsi|Acme|19.9|-|4", "H-5|8690504016052|Fincan|Acme|29.9|-|4"}, ignored: []string{"external_product_id_type"},
		},
	})
}

func TestKinds_headersByTheirWords(t *testing.T) {
	proveKinds(t, []kindCase{
		{
			kind: 7, says: "a currency in the header", file: "a.csv", content: lines(`Stok Kodu;Ürün Adı;Satış Fiyatı (TL);Güncel Stok`, `A1;Kupa;129,90;5`, `A2;Tabak;;6`),
			want: []string{"A1|-|Kupa|-|129.9|TRY|5", "A2|-|Tabak|-|-|-|6"}, notes: []string{"currency Satış Fiyatı (TL) 1"},
		},
		{
			kind: 7, says: "a sign in the header", file: "b.csv", content: lines(`Code,Product Name,Price (€),Stock Qty.`, `A1,Mug,12.50,5`),
			want: []string{"A1|-|Mug|-|12.5|EUR|5"}, notes: []string{"currency Price (€) 1"},
		},
		{
			kind: 7, says: "KDV dahil and a year", file: "c.csv", content: lines(`KOD;ÜRÜN ADI;2025 LİSTE FİYATI (KDV DAHİL);KDV %`, `A1;Kupa;129,90;20`),
			want: []string{"A1|-|Kupa|-|129.9|-|-|20"},
		},
		{
			kind: 7, says: "LISTE FIYAT", file: "d.csv", content: lines(`STOK KODU;STOK ADI;LISTE FIYAT;MALIYET FIYATI`, `A1;Kupa;129,90;80,00`),
			want: []string{"A1|-|Kupa|-|129.9"}, ignored: []string{"MALIYET FIYATI"},
		},
		{
			kind: 7, says: "2025 LİSTE", file: "e.csv", content: lines(`Ürün Kodu;Ürün Adı;2025 LİSTE USD`, `A1;Kupa;12,90`),
			want: []string{"A1|-|Kupa|-|12.9|USD"}, notes: []string{"currency 2025 LİSTE USD 1"},
		},
		{
			kind: 7, says: "without VAT, with a rate", file: "f.csv", content: lines(`Stok Kodu;Ürün Adı;Satış Fiyatı (KDV Hariç);KDV Oranı`, `A1;Kupa;100,00;20`, `A2;Tabak;50,00;`, `A3;Kase;10,00;1`),
			want: []string{"A1|-|Kupa|-|120|-|-|20", "A2|-|Tabak", "A3|-|Kase|-|10.1|-|-|1"}, problems: []string{"3 price price-without-vat"}, notes: []string{"net Satış Fiyatı (KDV Hariç) 2"},
		},
		{
			kind: 7, says: "without VAT, and no rate at all", file: "g.csv", content: lines(`Stok Kodu;Ürün Adı;Net Fiyat`, `A1;Kupa;100,00`),
			want: []string{"A1|-|Kupa"}, problems: []string{"2 price price-without-vat"},
		},
		{
			kind: 7, says: "without VAT beside with VAT", file: "h.csv", content: lines(`Stok Kodu;Ürün Adı;Fiyat + KDV;KDV'li Fiyat;KDV`, `A1;Kupa;100,00;118,00;18`),
			want: []string{"A1|-|Kupa|-|118|-|-|18"}, ignored: []string{"Fiyat + KDV"},
		},
		{
			kind: 7, says: "required and written together", file: "i.csv", content: lines(`Barkod *;Ürün Adı (Zorunlu);SatisFiyatiTL;Stok Miktarı (Adet);Stok Kodu (SKU)`, `8690632059150;Kupa;129,90;5;A1`),
			want: []string{"A1|8690632059150|Kupa|-|129.9|TRY|5"}, notes: []string{"currency SatisFiyatiTL 1"},
		},
		{
			kind: 7, says: "what is called like a field and is none", file: "j.csv",
			content: lines(`Ürün Kodu;Ürün Adı;Fiyat Tarihi;Fiyat Tipi;Stok Takibi;Kritik Stok;Stok Birimi;KDV Tutarı;Vergi No;Marka Kodu;Barkod Tipi;Fiyat`, `A1;Kupa;01.01.2025;Peşin;Evet;3;Adet;20,00;123;M1;EAN13;120,00`),
			want:    []string{"A1|-|Kupa|-|120"},
			ignored: []string{"Fiyat Tarihi", "Fiyat Tipi", "Stok Takibi", "Kritik Stok", "Stok Birimi", "KDV Tutarı", "Vergi No", "Marka Kodu", "Barkod Tipi"},
		},
		{
			kind: 7, says: "one price for each currency: that in lira", file: "k.csv", content: lines(`Stok Kodu;Ürün Adı;Fiyat USD;Fiyat TL`, `A1;Kupa;10,00;400,00`, `A2;Tabak;12,50;`),
			want: []string{"A1|-|Kupa|-|400|TRY", "A2|-|Tabak|-|12.5|USD"}, notes: []string{"currency Fiyat TL 1", "currency Fiyat USD 1"},
		},
		{
			kind: 7, says: "hostile: a currency that is not known", file: "l.csv", content: lines(`Stok Kodu;Ürün Adı;Fiyat (CHF)`, `A1;Kupa;10,00`),
			want: []string{"A1|-|Kupa"}, problems: []string{"2 currency unknown-currency"},
		},
		{
			kind: 7, says: "hostile: header and cells name different currencies", file: "m.csv", content: lines(`Stok Kodu;Ürün Adı;Fiyat (TL);Döviz`, `A1;Kupa;10,00;USD`, `A2;Tabak;11,00;TL`, `A3;Kase;$12,00;`, `A4;Tepsi;13,00;`),
			want: []string{"A1|-|Kupa", "A2|-|Tabak|-|11|TRY", "A3|-|Kase", "A4|-|Tepsi|-|13|TRY"}, problems: []string{"2 price currencies-differ", "4 price currencies-differ"},
			notes: []string{"currency Fiyat (TL) 1"},
		},
		{
			kind: 7, says: "hostile: a buying price in brackets, and many words", file: "n.csv",
			content: lines(`Stok Kodu;Ürün Adı;Fiyat (Alış);Fiyat (Maliyet);`+strings.Repeat("Fiyat ", 60)+`;Fiyat (Satış)`, `A1;Kupa;80,00;85,00;1,00;120,00`),
			want:    []string{"A1|-|Kupa|-|120"}, ignored: []string{"Fiyat (Alış)", "Fiyat (Maliyet)", strings.TrimSpace(strings.Repeat("Fiyat ", 60))},
		},
		{
			kind: 7, says: "a sales price without VAT before a list price, where the rate is there", file: "t.csv",
			content: lines(`Ürün Kodu;Ürün Adı;Satış Fiyatı (KDV Hariç);KDV;Liste Fiyatı`, `A1;Kupa;100,00;20;150,00`, `A2;Tabak;;20;80,00`),
			want:    []string{"A1|-|Kupa|-|120|-|-|20", "A2|-|Tabak|-|80|-|-|20"}, notes: []string{"net Satış Fiyatı (KDV Hariç) 1"},
		},
		{
			kind: 7, says: "a list price, where no rate is there", file: "t.csv",
			content: lines(`Ürün Kodu;Ürün Adı;Satış Fiyatı (KDV Hariç);Liste Fiyatı`, `A1;Kupa;100,00;150,00`),
			want:    []string{"A1|-|Kupa|-|150"}, ignored: []string{"Satış Fiyatı (KDV Hariç)"},
		},
		{
			kind: 7, says: "in two languages", file: "t.csv",
			content: lines(`Kod/SKU;Ad/Name;Fiyat/TL;Stok(Adet/Çift)`, `A1;Kupa;100,50;3`),
			want:    []string{"A1|-|Kupa|-|100.5|TRY|3"}, notes: []string{"currency Fiyat/TL 1"},
		},
	})
}

func TestKinds_currencyInAColumnOfItsOwn(t *testing.T) {
	proveKinds(t, []kindCase{
		{
			kind: 25, says: "DOVIZ TIPI", file: "a.csv", content: lines(`STOK KODU;STOK ADI;LISTE FIYAT;DOVIZ TIPI`, `K-1;Kupa;656,5;EUR`, `K-2;Tabak;85,26;TL`),
			want: []string{"K-1|-|Kupa|-|656.5|EUR", "K-2|-|Tabak|-|85.26|TRY"},
		},
		{
			kind: 25, says: "…ParaBirimi", file: "b.csv", content: lines(`StokKodu;UrunAdi;SatisFiyati;SatisFiyatiParaBirimi;AlisFiyati;AlisFiyatiParaBirimi`, `K-1;Kupa;10,5;USD;5;EUR`),
			want: []string{"K-1|-|Kupa|-|10.5|USD"}, ignored: []string{"AlisFiyati", "AlisFiyatiParaBirimi"},
		},
		{
			kind: 25, says: "known by its cells", file: "c.csv", content: lines(`Kod;Ürün Adı;Fiyat;X`, `K-1;Kupa;10,5;USD`, `K-2;Tabak;11,5;`, `K-3;Kase;12,5;₺`),
			want: []string{"K-1|-|Kupa|-|10.5|USD", "K-2|-|Tabak|-|11.5", "K-3|-|Kase|-|12.5|TRY"},
		},
		{
			kind: 25, says: "of a column without header", file: "d.csv", content: lines(`Kod;Ürün Adı;Fiyat;`, `K-1;Kupa;10,5;EURO`, `K-2;Tabak;11,5;EURO`),
			want: []string{"K-1|-|Kupa|-|10.5|EUR", "K-2|-|Tabak|-|11.5|EUR"},
		},
		{
			kind: 25, says: "an attribute of a feed's price", file: "d.xml",
			content: lines(`<r><p><kod>K-1</kod><ad>Kupa</ad><alisfiyati pb="TL">5</alisfiyati><fiyat pb="USD">10.5</fiyat></p>`, `<p><kod>K-2</kod><ad>Tabak</ad><alisfiyati pb="TL">6</alisfiyati><fiyat pb="EUR">11.5</fiyat></p></r>`),
			want:    []string{"K-1|-|Kupa|-|10.5|USD", "K-2|-|Tabak|-|11.5|EUR"}, ignored: []string{"alisfiyati", "alisfiyati/@pb"},
		},
		{
			kind: 25, says: "one of its cells is not known", file: "d.csv", content: lines(`Kod;Ürün Adı;Fiyat;X`, `K-1;Kupa;10,5;USD`, `K-2;Tabak;;CHF`),
			want: []string{"K-1|-|Kupa|-|10.5|USD", "K-2|-|Tabak"}, problems: []string{"3 currency unknown-currency"},
		},
		{
			kind: 25, says: "a rate of exchange is no currency", file: "e.csv", content: lines(`Kod;Ürün Adı;Fiyat;Para Birimi;Kur`, `K-1;Kupa;10,5;USD;41,20`, `K-2;Tabak;11,5;;1`),
			want: []string{"K-1|-|Kupa|-|10.5|USD", "K-2|-|Tabak|-|11.5"}, ignored: []string{"Kur"},
		},
		{
			kind: 25, says: "the buying price's currency is not it", file: "f.csv", content: lines(`Kod;Ürün Adı;Fiyat;Alış Dövizi`, `K-1;Kupa;10,5;USD`),
			want: []string{"K-1|-|Kupa|-|10.5"}, ignored: []string{"Alış Dövizi"},
		},
		{
			kind: 25, says: "hostile: two such columns that differ are asked about", file: "g.csv", content: lines(`Kod;Ürün Adı;Fiyat;X;Y`, `K-1;Kupa;10,5;USD;TL`, `K-2;Tabak;10,5;USD;TL`),
			want: []string{"K-1|-|Kupa|-|10.5", "K-2|-|Tabak|-|10.5"}, ignored: []string{"X", "Y"}, questions: []string{"unused:X", "unused:Y"},
		},
		{
			kind: 25, says: "hostile: answered", file: "h.csv", content: lines(`Kod;Ürün Adı;Fiyat;X;Y`, `K-1;Kupa;10,5;USD;TL`, `K-2;Tabak;10,5;USD;TL`),
			reading: listing.Reading{Answers: listing.Answers{"unused:X": "ignore", "unused:Y": "currency"}},
			want:    []string{"K-1|-|Kupa|-|10.5|TRY", "K-2|-|Tabak|-|10.5|TRY"}, ignored: []string{"X"},
		},
		{
			kind: 25, says: "below a header that says something else", file: "f.csv",
			content: lines(`Kod;Ad;Fiyat;Birim;Stok`, `A1;Kupa;10,50;$;3`, `A2;Tabak;20,50;₺;4`),
			want:    []string{"A1|-|Kupa|-|10.5|USD|3", "A2|-|Tabak|-|20.5|TRY|4"},
		},
		{
			kind: 25, says: "hostile: that of a buying price", file: "g.csv",
			content: lines(`Kod;Ad;Fiyat;Alış Fiyatı;Alış Birimi`, `A1;Kupa;10,50;3,50;$`),
			want:    []string{"A1|-|Kupa|-|10.5"}, ignored: []string{"Alış Fiyatı", "Alış Birimi"},
		},
		{
			kind: 25, says: "with the unit that the price is of", file: "h.csv",
			content: lines(`Kod;Ad;Fiyat;Birim;Stok`, `A1;Kupa;10,50;TL/Adet;3`, `A2;Tabak;20,50;USD / Kg;4`),
			want:    []string{"A1|-|Kupa|-|10.5|TRY|3", "A2|-|Tabak|-|20.5|USD|4"},
		},
	})
}

func TestKinds_nameInTheDescription(t *testing.T) {
	proveKinds(t, []kindCase{
		{
			kind: 28, says: "KOD and AÇIKLAMA", file: "a.csv", content: lines(`KOD;AÇIKLAMA;2025 YURTİÇİ LİSTE`, `131111;Ø20 Küresel Vana;5,2`, `131112;Ø25 Küresel Vana;5,5`),
			want: []string{"131111|-|Ø20 Küresel Vana|-|5.2", "131112|-|Ø25 Küresel Vana|-|5.5"},
		},
		{
			kind: 28, says: "Malzeme Kodu and Malzeme Açıklaması", file: "b.csv", content: lines(`Malzeme Kodu;Malzeme Açıklaması;Birim Fiyat;KDV`, `M.001;Vida 4x40;1,25;20`),
			want: []string{"M.001|-|Vida 4x40|-|1.25|-|-|20"},
		},
		{
			kind: 28, says: "a barcode alone beside it", file: "c.csv", content: lines(`Barkod,Description,Price`, `8690632059150,Mug,12.50`),
			want: []string{"-|8690632059150|Mug|-|12.5"},
		},
		{
			kind: 28, says: "with a name the description stays one", file: "d.csv", content: lines(`KOD;AÇIKLAMA;ÜRÜN ADI`, `1;Uzun;Kupa`, `2;Uzun;`),
			want: []string{"1|-|Kupa", "2"},
		},
		{
			kind: 28, says: "hostile: what was chosen stays chosen", file: "e.csv", content: lines(`KOD;AÇIKLAMA;X`, `1;Uzun;Kupa`),
			chosen: map[listing.Field]string{listing.Name: "X"}, want: []string{"1|-|Kupa"},
		},
		{
			kind: 28, says: "hostile: no name was wanted", file: "f.csv", content: lines(`KOD;AÇIKLAMA`, `1;Uzun`),
			chosen: map[listing.Field]string{listing.Name: "-"}, want: []string{"1"},
		},
		{
			kind: 28, says: "the first of two", file: "d.csv",
			content: lines(`KOD;AÇIKLAMA 1;AÇIKLAMA 2;FİYAT`, `A1;Kupa;mavi;10,50`),
			want:    []string{"A1|-|Kupa|-|10.5"}, ignored: []string{"AÇIKLAMA 2"},
		},
	})
}

// What looks like something of a product that no column is taken for is asked about.
func TestKinds_columnsThatAreNotUsed(t *testing.T) {
	gtins := []string{domaintest.GTIN13(1), domaintest.GTIN13(2), domaintest.GTIN13(3)}
	proveKinds(t, []kindCase{
		{
			says: "what looks like prices", file: "a.csv", content: lines(`Kod;Ürün Adı;Bayi;Desi`, `A1;Kupa;12,90;1,50`, `A2;Tabak;13,50;1,75`),
			want: []string{"A1|-|Kupa", "A2|-|Tabak"}, ignored: []string{"Bayi", "Desi"}, questions: []string{"unused:Bayi"},
		},
		{
			says: "taken, when that is answered", file: "b.csv", content: lines(`Kod;Ürün Adı;Bayi;Desi`, `A1;Kupa;12,90;1,50`, `A2;Tabak;13,50;1,75`),
			reading: listing.Reading{Answers: listing.Answers{"unused:Bayi": "price"}},
			want:    []string{"A1|-|Kupa|-|12.9", "A2|-|Tabak|-|13.5"}, ignored: []string{"Desi"},
		},
		{
			says: "left, when that is answered", file: "c.csv", content: lines(`Kod;Ürün Adı;Bayi`, `A1;Kupa;12,90`, `A2;Tabak;13,50`),
			reading: listing.Reading{Answers: listing.Answers{"unused:Bayi": "ignore"}},
			want:    []string{"A1|-|Kupa", "A2|-|Tabak"}, ignored: []string{"Bayi"},
		},
		{
			says: "what looks like barcodes", file: "d.csv", content: lines(`Kod;Ürün Adı;Numara`, `A1;Kupa;`+gtins[0], `A2;Tabak;`+gtins[1], `A3;Kase;`+gtins[2]),
			want: []string{"A1|-|Kupa", "A2|-|Tabak", "A3|-|Kase"}, ignored: []string{"Numara"}, questions: []string{"unused:Numara"},
		},
		{
			says: "what looks like names", file: "e.csv", content: lines(`Kod;Neydi;Fiyat`, `A1;Mavi porselen kupa;12,90`, `A2;Düz beyaz tabak;13,50`, `A3;Cam kase büyük;9,90`),
			want: []string{"A1|-|-|-|12.9", "A2|-|-|-|13.5", "A3|-|-|-|9.9"}, ignored: []string{"Neydi"}, questions: []string{"unused:Neydi"},
		},
		{
			says: "nothing, where a person named the columns", file: "d.csv", content: lines(`alfa;beta;gama`, `A1;12,90;Mavi kupa`),
			chosen: map[listing.Field]string{listing.Code: "alfa"}, want: []string{"A1"}, ignored: []string{"beta", "gama"},
		},
		{
			says: "nothing known at all", file: "d.csv", content: lines(`alfa;beta;gama`, `A1;12,90;Mavi kupa`),
			want: []string{}, problems: []string{"2 name no-name-no-code-no-barcode"}, ignored: []string{"alfa", "beta", "gama"}, questions: []string{"unused:beta", "unused:gama"},
		},
		{
			says: "what looks like a stock", file: "e.csv", content: lines(`Kod;Ürün Adı;Merkez Depo;Koli Adedi;Sıra;Stok Takibi`, `A1;Kupa;12;6;1;1`, `A2;Tabak;0;6;2;1`),
			want: []string{"A1|-|Kupa", "A2|-|Tabak"}, ignored: []string{"Merkez Depo", "Koli Adedi", "Sıra", "Stok Takibi"}, questions: []string{"unused:Merkez Depo"},
		},
		{
			says: "buying and selling, without the word price", file: "e.csv", content: lines(`Kod;Ürün Adı;Alış;Satış;Satış Adedi`, `A1;Kupa;80,50;120,50;7`),
			want: []string{"A1|-|Kupa"}, ignored: []string{"Alış", "Satış", "Satış Adedi"}, questions: []string{"unused:Satış"},
		},
		{
			says: "a wholesale price, where there is no other", file: "f.csv", content: lines(`Kod;Ürün Adı;Toptan Fiyat;Adet`, `A1;Kupa;120;5`),
			reading: listing.Reading{Answers: listing.Answers{"unused:Toptan Fiyat": "price"}}, want: []string{"A1|-|Kupa|-|120|-|5"},
		},
		{
			says: "a buying price is known as what it is", file: "f.csv", content: lines(`Kod;Ürün Adı;Alış Fiyatı;Ağırlık (kg);Puan`, `A1;Kupa;12,90;0,25;4,75`, `A2;Tabak;13,50;0,35;4,50`),
			want: []string{"A1|-|Kupa", "A2|-|Tabak"}, ignored: []string{"Alış Fiyatı", "Ağırlık (kg)", "Puan"},
		},
		{
			says: "hostile: a table of prices by size", file: "f.csv",
			content: lines(`Kod;Ürün Adı;36;37;38;39;40;41`, `A1;Kupa;12,90;12,90;12,90;13,90;13,90;13,90`),
			want:    []string{"A1|-|Kupa"}, ignored: []string{"36", "37", "38", "39", "40", "41"}, questions: []string{"unused:36", "unused:37", "unused:38", "unused:39", "unused:40"},
		},
		{
			says: "hostile: mixed values, and one cell alone", file: "g.csv", content: lines(`Kod;Ürün Adı;X;Y;Z`, `A1;Kupa;12,90;12,90;`, `A2;Tabak;yok;;7`, `A3;Kase;?;;7`),
			want: []string{"A1|-|Kupa", "A2|-|Tabak", "A3|-|Kase"}, ignored: []string{"X", "Y", "Z"},
		},
		{
			kind: 7, says: "a price whose header says something else too, where there is no other", file: "u.csv",
			content: lines(`Kod;Ad;Fiyat Grubu 1;Stok`, `A1;Kupa;10,50;1`, `A2;Tabak;11,50;2`),
			want:    []string{"A1|-|Kupa|-|-|-|1", "A2|-|Tabak|-|-|-|2"}, ignored: []string{"Fiyat Grubu 1"}, questions: []string{"unused:Fiyat Grubu 1"},
		},
		{
			kind: 7, says: "hostile: a price of carriage", file: "u.csv",
			content: lines(`Kod;Ad;Kargo Fiyatı;Stok`, `A1;Kupa;10,50;1`, `A2;Tabak;11,50;2`),
			want:    []string{"A1|-|Kupa|-|-|-|1", "A2|-|Tabak|-|-|-|2"}, ignored: []string{"Kargo Fiyatı"},
		},
		{
			kind: 0, says: "an order list in English", file: "o.csv",
			content: lines(`Order ID;Customer;SKU;Item;Qty;Price;Shipping Address`, `123;Ali Veli;K1;Kupa;1;10,50;İst`), detail: listing.RefusedOrdersUnnamed,
		},
	})
}

// What the window is shown of several columns for one field, and what its order makes of them.
func TestFolders_takeSeveralColumnsForOneField(t *testing.T) {
	path := filestest.Written(t, "a.csv", lines(`Kod;Ad;Liste Fiyatı;Özel;Fiyat;PB`, `A1;Kupa;99,90;10,00;;USD`, `A2;Tabak;99,90;10,00;79,90;EUR`))
	found, err := Folders{}.Inspect(t.Context(), path, listing.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	if want := (listing.Mapping{listing.Code, listing.Name, listing.Price, "", listing.Price, listing.Currency}); !slices.Equal(found.Mapping, want) {
		t.Errorf("%q, want %q", found.Mapping, want)
	}
	questions := func(a listing.Account) string {
		var said []string
		for _, q := range a.Questions {
			said = append(said, q.ID, strings.Join(q.Choices, "/"), strings.Join(q.Samples, "/"), q.Chosen)
		}
		return strings.Join(said, " ")
	}
	if got := questions(found.Account); got != "column:price Fiyat/Liste Fiyatı 79,90/99,90 Fiyat" {
		t.Errorf("%s", got)
	}
	if a := found.Account; a.Columns[listing.Price] != "Fiyat" || !slices.Equal(a.Fallbacks[listing.Price], []string{"Liste Fiyatı"}) || len(a.Fallbacks) != 1 {
		t.Errorf("%v, %v", a.Columns, a.Fallbacks)
	}
	for name, c := range map[string]struct {
		mapping listing.Mapping
		answers listing.Answers
		columns []int
		want    string
	}{
		"as it was found":    {found.Mapping, nil, []int{4, 2}, "99.9 79.9"},
		"answered":           {found.Mapping, listing.Answers{"column:price": "Liste Fiyatı"}, []int{2, 4}, "99.9 99.9"},
		"one more":           {listing.Mapping{listing.Code, listing.Name, listing.Price, listing.Price, listing.Price, ""}, nil, []int{4, 2, 3}, "99.9 79.9"},
		"one more, answered": {listing.Mapping{listing.Code, listing.Name, listing.Price, listing.Price, listing.Price, ""}, listing.Answers{"column:price": "Özel"}, []int{3, 4, 2}, "10 10"},
		"one alone":          {listing.Mapping{listing.Code, listing.Name, "", listing.Price, "", ""}, nil, []int{3}, "10 10"},
		"none":               {listing.Mapping{listing.Code, listing.Name, "", "", "", ""}, nil, nil, "- -"},
	} {
		order := listing.Order{Path: path, Reading: listing.Reading{Answers: c.answers}, Mapping: c.mapping, Stamp: found.Stamp}
		source, err := Folders{}.OpenOrder(t.Context(), order)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for row, err := range source.Rows {
			if err != nil {
				t.Fatal(err)
			}
			price := "-"
			if row.Product.Price.Valid {
				price = row.Product.Price.Decimal.String()
			}
			got = append(got, price)
		}
		if err := source.Close(); err != nil || !slices.Equal(source.Columns[listing.Price], c.columns) || strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, %v from %v, want %s from %v", name, err, got, source.Columns[listing.Price], c.want, c.columns)
		}
	}
}

// A file of thousands of columns is looked at in part.
func TestSurvey_isBounded(t *testing.T) {
	wide := strings.Repeat("Mavi kupa;", table.MaxCells-1) + "x"
	var b strings.Builder
	b.WriteString(wide + "\n")
	for range 40 {
		b.WriteString(wide + "\n")
	}
	f := opened(t, filestest.Written(t, "a.csv", b.String()))
	s, err := f.survey()
	if err != nil || s.rows != surveyCells/table.MaxCells+1 {
		t.Errorf("%v, %v", s.rows, err)
	}
}

// Whatever is answered, there is an end of questions, and no row is lost on the way.
func TestQuestions_endOnceTheyAreAnswered(t *testing.T) {
	heads := strings.Split("Handle;Title;URL handle;Option1 Value;Option1 Name;Variant SKU;Variant Price;id;g:id;g:price;link;gtin;mpn;model;sku;product-id;product-id-type;Stok:Ana;Stok:Şube;"+
		"Fiyat (CHF);Fiyat (TL);Fiyat USD;Fiyat + KDV;KDV;KDV Dahil;Para Birimi;X;;Kod;AÇIKLAMA;2025 LİSTE;Varyant Değer 1;Varyant Tip 1;Status;Stok;Barkod;Barkod;Ürün Adı", ";")
	cells := strings.Split(";;0;0,00;12,90;1.234;TL;USD;CHF;$12;Mavi kupa;L;8690632059150;B0ABC;x;True;False;20;-5;#N/A;Default Title;\u00a0", ";")
	for n := range 200 {
		r := rand.New(rand.NewPCG(1, uint64(n)))
		line := func(of []string, width int) string {
			row := make([]string, width)
			for i := range row {
				row[i] = of[r.IntN(len(of))]
			}
			return strings.Join(row, ";")
		}
		width, filled := 1+r.IntN(12), 0
		content := []string{"A;" + line(heads, width)}
		for range 1 + r.IntN(6) {
			content = append(content, "x;"+line(cells, width))
			filled++
		}
		path, answers := filestest.Written(t, "a.csv", lines(content...)), listing.Answers{}
		for again := 0; ; again++ {
			source, err := Folders{}.OpenChosen(t.Context(), path, listing.Reading{Answers: answers, Separator: ";", HeaderRow: 1}, nil)
			if err != nil {
				break // it is an order list, or all in one of its titles
			}
			rows := 0
			for _, err := range source.Rows {
				if rows++; err != nil {
					t.Fatal(err)
				}
			}
			account := source.Account()
			if err := source.Close(); err != nil || rows != filled && source.Header[0] == "A" {
				t.Fatalf("%v, %d rows of %d", err, rows, filled)
			}
			open := account.Open()
			if len(open) == 0 {
				break
			}
			if again == 9 {
				t.Fatalf("%q never ends: %v", content, open)
			}
			for _, q := range open {
				answers[q.ID] = q.Choices[r.IntN(len(q.Choices))]
			}
		}
	}
}

// What stands below the first thousand rows is told by the whole reading alone.
func TestInspect_looksAtTheFirstRows(t *testing.T) {
	rows := []string{"Kod;Ad;X;Fiyat;Liste Fiyatı"}
	for range markSample {
		rows = append(rows, "K;Kupa;;9,90;")
	}
	path := filestest.Written(t, "a.csv", lines(append(rows, "K;Kupa;x;9,90;19,90")...))
	found, err := Folders{}.Inspect(t.Context(), path, listing.Reading{})
	if err != nil || len(found.Rows) != listing.SampleRows || found.Account.Ignored != nil || found.Account.Questions != nil {
		t.Errorf("%d rows, %+v, %v", len(found.Rows), found.Account, err)
	}
	source, err := Folders{}.OpenChosen(t.Context(), path, listing.Reading{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range source.Rows {
		if err != nil {
			t.Fatal(err)
		}
	}
	if a := source.Account(); len(a.Ignored) != 1 || a.Ignored[0].Header != "X" || len(a.Questions) != 1 || a.Questions[0].ID != "column:price" {
		t.Errorf("%+v", a)
	}
	if err := source.Close(); err != nil {
		t.Error(err)
	}
}
