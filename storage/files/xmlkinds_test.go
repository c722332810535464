package files

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
)

const nestedFeed = declaration + `<products><product><code>A1</code><name>Kupa</name>%s</product>` +
	`<product><code>A2</code><name>Tabak</name>%s</product></products>`

func feedOf(first, second string) string { return fmt.Sprintf(nestedFeed, first, second) }

// Price and stock one level deeper, several prices, several warehouses.
func TestKinds_ofNestedFeeds(t *testing.T) {
	proveKinds(t, []kindCase{
		{
			kind: 19, says: "one price and one stock, each in an element of its own", file: "a.xml",
			content: feedOf(`<price><amount>12.90</amount><currency>USD</currency></price><stock><quantity>5</quantity></stock>`,
				`<price><amount>9.50</amount><currency>EUR</currency></price><stock><quantity>0</quantity></stock>`),
			want: []string{"A1|-|Kupa|-|12.9|USD|5", "A2|-|Tabak|-|9.5|EUR|0"},
		},
		{
			kind: 19, says: "prices by type in any order, stocks by warehouse", file: "a.xml",
			content: feedOf(`<prices><price><amount>9.90</amount><type>wholesale</type></price><price><amount>12.90</amount><type>retail</type></price></prices>`+
				`<stocks><stock warehouse="IST">5</stock><stock warehouse="ANK">3</stock></stocks>`,
				`<prices><price><amount>22.90</amount><type>retail</type></price><price><amount>19.90</amount><type>wholesale</type></price></prices>`+
					`<stocks><stock warehouse="ANK">2</stock></stocks>`),
			want:    []string{"A1|-|Kupa|-|12.9|-|8", "A2|-|Tabak|-|22.9|-|2"},
			notes:   []string{"summed stock 1"},
			ignored: []string{"prices/price/amount[wholesale]", "prices/price/type[wholesale]", "prices/price/type[retail]", "stocks/stock/@warehouse", "stocks/stock/@warehouse[2]"},
		},
		{
			kind: 19, says: "the type is an attribute, the buying price is none", file: "a.xml",
			content: feedOf(`<Fiyatlar><Fiyat Tip="Alış">5,00</Fiyat><Fiyat Tip="Perakende">12,90</Fiyat></Fiyatlar><Stoklar><Depo Adi="Merkez">4</Depo><Depo Adi="Şube">-1</Depo></Stoklar>`,
				`<Fiyatlar><Fiyat Tip="Alış">6,00</Fiyat></Fiyatlar>`),
			want:    []string{"A1|-|Kupa|-|12.9|-|3", "A2|-|Tabak"},
			notes:   []string{"summed stock 1"},
			ignored: []string{"Fiyatlar/Fiyat[Alış]", "Fiyatlar/Fiyat/@Tip[Alış]", "Fiyatlar/Fiyat/@Tip[Perakende]", "Stoklar/Depo/@Adi", "Stoklar/Depo/@Adi[2]"},
		},
		{
			kind: 19, says: "types and warehouses are names of elements", file: "a.xml",
			content: feedOf(`<prices><cost>4.00</cost><wholesale>9.90</wholesale><retail>12.90</retail><currency>TRY</currency></prices><stok><merkez>5</merkez><sube>3</sube><rezerve>2</rezerve></stok>`,
				`<prices><cost>5.00</cost><wholesale>8.90</wholesale><retail>11.90</retail><currency>TRY</currency></prices><stok><merkez>1</merkez></stok>`),
			want:    []string{"A1|-|Kupa|-|12.9|TRY|8", "A2|-|Tabak|-|11.9|TRY|1"},
			notes:   []string{"summed stok 1"},
			ignored: []string{"prices/cost", "prices/wholesale", "stok/rezerve"},
		},
		{
			kind: 19, says: "a warehouse's code is no product's", file: "a.xml",
			content: `<catalog><product sku="A1"><title>Kupa</title><pricing><retail currency="TRY">129.90</retail></pricing>` +
				`<inventory><warehouse code="IST"><qty>4</qty></warehouse><warehouse code="ANK"><qty>6</qty></warehouse></inventory></product>` +
				`<product sku="A2"><title>Tepsi</title><pricing><retail currency="USD">12.50</retail></pricing>` +
				`<inventory><warehouse code="IST"><qty>0</qty></warehouse><warehouse code="ANK"><qty>3</qty></warehouse></inventory></product></catalog>`,
			want:  []string{"A1|-|Kupa|-|129.9|TRY|10", "A2|-|Tepsi|-|12.5|USD|3"},
			notes: []string{"summed qty 2"}, ignored: []string{"inventory/warehouse/@code", "inventory/warehouse/@code[2]"},
		},
		{
			kind: 6, says: "n11's own number is no code, and a variant's price is its own", file: "a.xml",
			content: `<products><product><id>1</id><productSellerCode>KP</productSellerCode><title>Kupa</title><price>150.00</price><currencyType>TL</currencyType><stockItems>` +
				`<stockItem><sellerStockCode>KP-B</sellerStockCode><gtin>8690632059150</gtin><quantity>4</quantity><optionPrice>150.00</optionPrice></stockItem>` +
				`<stockItem><sellerStockCode>KP-S</sellerStockCode><gtin>8690632059167</gtin><quantity>6</quantity><optionPrice>155.50</optionPrice></stockItem></stockItems></product>` +
				`<product><id>2</id><productSellerCode>TP</productSellerCode><title>Tepsi</title><price>50.00</price><currencyType>TL</currencyType><stockItems>` +
				`<stockItem><sellerStockCode>TP-1</sellerStockCode><gtin></gtin><quantity>1</quantity><optionPrice>0</optionPrice></stockItem></stockItems></product></products>`,
			want:    []string{"KP-B|8690632059150|Kupa|-|150|TRY|4", "KP-S|8690632059167|Kupa|-|155.5|TRY|6", "TP-1|-|Tepsi|-|50|TRY|1"},
			ignored: []string{"id"},
		},
		{
			kind: 6, says: "IdeaSoft's variants have names of their own", file: "a.xml",
			content: `<root><item><stockCode>P1</stockCode><label>Etek</label><price1>200,50</price1><currencyAbbr>TL</currencyAbbr><stockAmount>7</stockAmount><tax>10</tax><variants>` +
				`<variant><vStockCode>P1-36</vStockCode><vBarcode>8690632059150</vBarcode><vStockAmount>3</vStockAmount><vPrice1>0</vPrice1></variant>` +
				`<variant><vStockCode>P1-38</vStockCode><vBarcode>8690632059167</vBarcode><vStockAmount>4</vStockAmount><vPrice1>220,50</vPrice1></variant></variants></item>` +
				`<item><stockCode>P2</stockCode><label>Kemer</label><price1>90,00</price1><currencyAbbr>TL</currencyAbbr><stockAmount>5</stockAmount><tax>20</tax><variants/></item></root>`,
			want: []string{"P1-36|8690632059150|Etek|-|200.5|TRY|3|10", "P1-38|8690632059167|Etek|-|220.5|TRY|4|10", "P2|-|Kemer|-|90|TRY|5|20"},
		},
		{
			kind: 19, says: "currencies of the same price", file: "a.xml",
			content: feedOf(`<price currency="USD">3.00</price><price currency="TRY">129.90</price><stock>7</stock>`, `<price currency="TRY">99.90</price><price currency="USD">2.50</price><stock>1</stock>`),
			want:    []string{"A1|-|Kupa|-|129.9|TRY|7", "A2|-|Tabak|-|99.9|TRY|1"},
			ignored: []string{"price[USD]", "price/@currency[USD]"},
		},
		{
			kind: 19, says: "everything in groups", file: "a.xml",
			content: declaration + `<list>` + strings.Repeat(`<item><info><code>A1</code><barcode>8690632059150</barcode><title>Kupa</title></info><commerce><price>12.90</price><tax>20</tax></commerce>`+
				`<stock_info><warehouse><name>IST</name><qty>5</qty></warehouse><warehouse><name>ANK</name><qty>3</qty></warehouse></stock_info><shipping><price>29.90</price></shipping></item>`, 2) + `</list>`,
			want:    []string{"A1|8690632059150|Kupa|-|12.9|-|8|20", "A1|8690632059150|Kupa|-|12.9|-|8|20"},
			notes:   []string{"summed qty 2"},
			ignored: []string{"stock_info/warehouse/name", "stock_info/warehouse/name[2]", "shipping/price"},
		},
		{
			kind: 19, says: "a total beside its parts, and only one product", file: "a.xml",
			content: declaration + `<Urunler><Urun><StokKodu>A1</StokKodu><UrunAdi>Kupa</UrunAdi><Fiyat><Tutar>12,90</Tutar><ParaBirimi>TL</ParaBirimi></Fiyat>` +
				`<Stok><Toplam>8</Toplam><Depo1>5</Depo1><Depo2>3</Depo2></Stok></Urun></Urunler>`,
			want:    []string{"A1|-|Kupa|-|12.9|TRY|8"},
			ignored: []string{"Stok/Depo1", "Stok/Depo2"},
		},
		{
			kind: 19, says: "hostile: a stock that is no number is no part of a sum", file: "a.xml",
			content: feedOf(`<stocks><stock>5</stock><stock>çok</stock></stocks><prices><price type="x">1.50</price><price>2.50</price></prices>`,
				`<stocks><stock/><stock>4</stock></stocks><prices><price type="x">3.50</price><price type="retail">4.50</price><price type="retail">5.50</price></prices>`),
			want:     []string{"A1|-|Kupa", "A2|-|Tabak|-|4.5|-|4"},
			problems: []string{"1 stock bad-number"},
			ignored:  []string{"prices/price[x]", "prices/price/@type[x]", "prices/price/@type[retail]", "prices/price"},
		},
		{
			kind: 19, says: "the delivery's price, the brand's name and the category's code are not the product's", file: "a.xml",
			content: feedOf(`<kargo><fiyat>29.90</fiyat></kargo><kategori><ad>Mutfak</ad><kod>K9</kod></kategori><price>10.00</price>`, `<kargo><fiyat>39.90</fiyat></kargo><brand><name>Acme</name></brand><price>11.00</price>`),
			want:    []string{"A1|-|Kupa|-|10", "A2|-|Tabak|Acme|11"},
			ignored: []string{"kargo/fiyat", "kategori/ad", "kategori/kod"},
		},
	})
}

const surcharged = declaration + `<root><item><code>T</code><label>Tişört</label><price>100.00</price><variants>` +
	`<variant><stockCode>T-S</stockCode><barcode>11</barcode><stock>2</stock>%s</variant><variant><stockCode>T-M</stockCode><barcode>12</barcode><stock>3</stock>%s</variant></variants></item>` +
	`<item><code>Ş</code><label>Şapka</label><price>50.00</price><stock>9</stock></item></root>`

func variantsOf(first, second string) string { return fmt.Sprintf(surcharged, first, second) }

// What a variant costs more is not what it costs.
func TestKinds_ofSurcharges(t *testing.T) {
	const both = "Tişört|-|"
	proveKinds(t, []kindCase{
		{
			kind: 19, says: "a variant's price of 0 adds nothing", file: "a.xml",
			content: variantsOf("<price>0.00</price>", "<price>0,00</price>"),
			want:    []string{"T-S|11|" + both + "100|-|2", "T-M|12|" + both + "100|-|3", "Ş|-|Şapka|-|50|-|9"},
		},
		{
			kind: 19, says: "a variant's own price is its price", file: "a.xml",
			content: variantsOf("<price>90.00</price>", "<price>110.00</price>"),
			want:    []string{"T-S|11|" + both + "90|-|2", "T-M|12|" + both + "110|-|3", "Ş|-|Şapka|-|50|-|9"},
		},
		{
			kind: 19, says: "an element that says what is added", file: "a.xml",
			content: variantsOf("<price_difference>0</price_difference>", "<price_difference>7.50</price_difference>"),
			notes:   []string{"summed price 1"},
			want:    []string{"T-S|11|" + both + "100|-|2", "T-M|12|" + both + "107.5|-|3", "Ş|-|Şapka|-|50|-|9"},
		},
		{
			kind: 19, says: "a prefix that says what is added or taken off", file: "a.xml",
			content: variantsOf("<price>5.00</price><price_prefix>+</price_prefix>", "<price>5.00</price><price_prefix>-</price_prefix>"),
			notes:   []string{"summed price 2"},
			want:    []string{"T-S|11|" + both + "105|-|2", "T-M|12|" + both + "95|-|3", "Ş|-|Şapka|-|50|-|9"},
		},
		{
			kind: 19, says: "hostile: a surcharge that is no number spoils the price", file: "a.xml",
			content:  variantsOf("<fiyatFarki>çok</fiyatFarki>", "<fiyatFarki>-150</fiyatFarki>"),
			notes:    []string{"summed price 1"},
			want:     []string{"T-S|11|" + both + "-|-|2", "T-M|12|" + both + "-|-|3", "Ş|-|Şapka|-|50|-|9"},
			problems: []string{"1 price bad-number", "1 price negative-price"},
		},
	})
}

// optionsOf are the options of each row of a file: what tells sizes and colours apart.
func optionsOf(t *testing.T, name, content string) (all []string) {
	t.Helper()
	f := opened(t, filestest.Written(t, name, content))
	for r, err := range Products(f, mapping.Of(f.Header())) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r.Options)
	}
	return all
}

func TestKinds_ofOptions(t *testing.T) {
	const head = "Stok Kodu;Ürün Adı;"
	for _, c := range []struct {
		says, file, content string
		want                []string
		wrong               bool
	}{
		{"size and colour", "a.csv", head + "Beden;Renk;Stok\nT;Tişört;S;Mavi;1\nT;Tişört;;Kırmızı;1\nT;Tişört;;;1\n", []string{"S / Mavi", "Kırmızı", ""}, false},
		{"Shopify's columns", "a.csv", "Variant SKU,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value\nT,Tişört,Beden,S,Renk,Mavi\n", []string{"S / Mavi"}, false},
		{"numbered and in words", "a.csv", head + "Varyant 1 Adı;Varyant 1 Değeri;Ayakkabı Numarası;Ürün Rengi\nT;Bot;Taban;Kauçuk;42;Siyah\n", []string{"Kauçuk / 42 / Siyah"}, false},
		{"what is about options and is none", "a.csv", head + "Varyant ID;Varyant Fiyatı;Renk Kodu;Beden Tablosu;Variant SKU;Option1 Name;Seçenek Sayısı\nT;Bot;1;2;3;4;5;6;7\n", []string{""}, false},
		{"a description is no option", "a.csv", head + "Özellik\nT;Bot;" + strings.Repeat("uzun ", 30) + "\n", []string{""}, false},
		{
			"elements with a label and a value", "a.xml",
			declaration + `<r><u><UrunAdi>T</UrunAdi><s><v><StokKodu>1</StokKodu><Stok>1</Stok><Ek><Ozellik Tanim="Beden" Deger="S">S</Ozellik></Ek></v><v><StokKodu>1</StokKodu><Stok>2</Stok>` +
				`<Ek><Ozellik Tanim="Beden" Deger="M"/></Ek></v></s></u></r>`,
			[]string{"S", "M"},
			false,
		},
		{
			"options in a row", "a.xml",
			declaration + `<r><u><name>T</name><vs><v><sku>1</sku><stock>1</stock><options><option><name>Beden</name><value>S</value></option><option><name>Renk</name><value>Mavi</value></option></options></v>` +
				`<v><sku>1</sku><stock>2</stock><options><option><name>Renk</name><value>Siyah</value></option><option><name>Beden</name><value>L</value></option></options></v></vs></u></r>`,
			[]string{"S / Mavi", "L / Siyah"},
			false,
		},
	} {
		t.Run(c.says, func(t *testing.T) {
			got := strings.Join(optionsOf(t, c.file, c.content), "|")
			if want := strings.Join(c.want, "|"); (got != want) != c.wrong {
				t.Errorf("%q, want %q (wrong yet: %v)", got, want, c.wrong)
			}
		})
	}
}
