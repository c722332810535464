package files

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/filestest"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
)

// choicesOf are all questions of a file with what is taken of each: "column:price=İndirimli Fiyat".
func choicesOf(t *testing.T, name, content string) (all []string) {
	t.Helper()
	f := opened(t, filestest.Written(t, name, content))
	for _, err := range Products(f, mapping.Of(f.Header())) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, q := range f.Account().Questions {
		all = append(all, q.ID+"="+q.Chosen)
	}
	slices.Sort(all)
	return all
}

// Of a list price and a discounted one that is in force the discounted one counts, in the file of every shop: it is what a
// buyer pays today. Which one is taken is shown as a choice.
func TestKinds_ofDiscountedPrices(t *testing.T) {
	const ticimaxVariant = `<Secenek><StokKodu>%s</StokKodu><Barkod>%s</Barkod><StokAdedi>3</StokAdedi><SatisFiyati>%s</SatisFiyati><IndirimliFiyat>%s</IndirimliFiyat></Secenek>`
	cases := []kindCase{
		{
			kind: 5, says: "ikas' discounted price", file: "ikas.csv",
			content: lines(`İsim,Satış Fiyatı,İndirimli Fiyatı,Alış Fiyatı,SKU,Stok:Ana Depo`, `Kupa,249.90,199.90,90,K-M,5`, `Tabak,99.90,,40,T-1,2`, `Kase,59.90,0,20,S-1,1`),
			want:    []string{"K-M|-|Kupa|-|199.9|-|5", "T-1|-|Tabak|-|99.9|-|2", "S-1|-|Kase|-|59.9|-|1"}, ignored: []string{"Alış Fiyatı"},
		},
		{
			kind: 5, says: "Ticimax's discounted price", file: "ticimax.xml",
			content: declaration + `<Root><Urunler><Urun><UrunAdi>Kupa</UrunAdi><UrunSecenek>` + fmt.Sprintf(ticimaxVariant, "K-1", "8690632059150", "129,90", "99,90") +
				fmt.Sprintf(ticimaxVariant, "K-2", "8690504016052", "139,90", "0,00") + `</UrunSecenek></Urun></Urunler></Root>`,
			want: []string{"K-1|8690632059150|Kupa|-|99.9|-|3", "K-2|8690504016052|Kupa|-|139.9|-|3"},
		},
		{
			kind: 5, says: "T-Soft's table", file: "tsoft.csv",
			content: lines(`Ürün Kodu;Ürün Adı;Stok;Alış Fiyatı;Satış Fiyatı;İndirimli Satış Fiyatı;Kdv`, `K-1;Kupa;5;50;199,90;149,90;20`, `K-2;Tabak;6;50;99,90;;20`),
			want:    []string{"K-1|-|Kupa|-|149.9|-|5|20", "K-2|-|Tabak|-|99.9|-|6|20"}, ignored: []string{"Alış Fiyatı"},
		},
		{
			kind: 5, says: "T-Soft's feed", file: "tsoft.xml",
			content: declaration + `<Products><Product><ProductCode>K-1</ProductCode><ProductName>Kupa</ProductName><SellingPrice>199.90</SellingPrice><DiscountedSellingPrice>149.90</DiscountedSellingPrice><Stock>5</Stock></Product>` +
				`<Product><ProductCode>K-2</ProductCode><ProductName>Tabak</ProductName><SellingPrice>99.90</SellingPrice><DiscountedSellingPrice/><Stock>6</Stock></Product></Products>`,
			want: []string{"K-1|-|Kupa|-|149.9|-|5", "K-2|-|Tabak|-|99.9|-|6"},
		},
		{
			kind: 5, says: "WooCommerce's", file: "woo.csv",
			content: lines(`ID,Type,SKU,Name,Stock,Sale price,Regular price`, `1,simple,A-1,Kupa,12,199.90,249.90`, `2,simple,A-2,Tabak,3,,99.90`),
			want:    []string{"A-1|-|Kupa|-|199.9|-|12", "A-2|-|Tabak|-|99.9|-|3"}, ignored: []string{"ID", "Type"},
		},
		{
			kind: 5, says: "n11's feed", file: "n11.xml",
			content: declaration + `<products><product><productSellerCode>K-1</productSellerCode><title>Kupa</title><price>150.00</price><discountedPrice>120.00</discountedPrice><quantity>4</quantity></product>` +
				`<product><productSellerCode>K-2</productSellerCode><title>Tabak</title><price>90.00</price><discountedPrice>0</discountedPrice><quantity>1</quantity></product></products>`,
			want: []string{"K-1|-|Kupa|-|120|-|4", "K-2|-|Tabak|-|90|-|1"},
		},
		{
			kind: 5, says: "Google's feed", file: "google.xml",
			content: declaration + `<rss xmlns:g="http://base.google.com/ns/1.0"><channel><title>Dükkan</title><item><g:id>K-1</g:id><g:title>Kupa</g:title><g:price>150.00 TRY</g:price><g:sale_price>120.00 TRY</g:sale_price><g:availability>in stock</g:availability></item>` +
				`<item><g:id>K-2</g:id><g:title>Tabak</g:title><g:price>90.00 TRY</g:price><g:availability>in stock</g:availability></item></channel></rss>`,
			want: []string{"K-1|-|Kupa|-|120|TRY", "K-2|-|Tabak|-|90|TRY"}, notes: []string{"currency price 1", "currency sale_price 1"}, ignored: []string{"availability"},
		},
		{
			kind: 5, says: "prices in a group of a feed", file: "a.xml",
			content: feedOf(`<prices><retail>150.50</retail><discounted>120.50</discounted><wholesale>80.50</wholesale></prices>`, `<prices><retail>90.50</retail><discounted>80.50</discounted><wholesale>60.50</wholesale></prices>`),
			want:    []string{"A1|-|Kupa|-|120.5", "A2|-|Tabak|-|80.5"}, ignored: []string{"prices/wholesale"},
		},
		{
			kind: 5, says: "prices in a group where one product has no discount", file: "a.xml",
			content: feedOf(`<fiyatlar><satis_fiyati>150.50</satis_fiyati><indirimli_fiyat>120.50</indirimli_fiyat></fiyatlar>`, `<fiyatlar><satis_fiyati>90.50</satis_fiyati><indirimli_fiyat>0.00</indirimli_fiyat></fiyatlar>`),
			want:    []string{"A1|-|Kupa|-|120.5", "A2|-|Tabak|-|90.5"},
		},
		{
			kind: 5, says: "a campaign's price, and the same of a table with KDV in both headers", file: "a.csv",
			content: lines(`Stok Kodu;Ürün Adı;Satış Fiyatı (KDV Dahil);Kampanyalı Fiyat (KDV Dahil)`, `A;Kupa;150,50;120,50`, `B;Tabak;90,50;`),
			want:    []string{"A|-|Kupa|-|120.5", "B|-|Tabak|-|90.5"},
		},
		{
			kind: 5, says: "hostile: what is about a discount and is no price", file: "a.csv",
			content: lines(`Stok Kodu;Ürün Adı;Satış Fiyatı;İndirim Oranı;İndirim Tutarı;İndirimli mi`, `A;Kupa;150,50;10;15,05;Evet`, `B;Tabak;90,50;0;0;Hayır`),
			want:    []string{"A|-|Kupa|-|150.5", "B|-|Tabak|-|90.5"}, ignored: []string{"İndirim Oranı", "İndirim Tutarı", "İndirimli mi"},
		},
		{
			kind: 5, says: "hostile: a discounted price that no buyer pays in lira, and one without VAT", file: "a.csv",
			content: lines(`Stok Kodu;Ürün Adı;Satış Fiyatı (TL);İndirimli Fiyat (USD);İndirimli Fiyat (KDV Hariç)`, `A;Kupa;150,50;4,50;100,50`, `B;Tabak;90,50;2,50;60,50`),
			want:    []string{"A|-|Kupa|-|150.5|TRY", "B|-|Tabak|-|90.5|TRY"}, notes: []string{"currency Satış Fiyatı (TL) 2"}, ignored: []string{"İndirimli Fiyat (KDV Hariç)"},
		},
	}
	proveKinds(t, cases)
	for _, c := range cases[:9] {
		if c.wrong {
			continue
		}
		if got := choicesOf(t, c.file, c.content); len(got) != 1 || !strings.HasPrefix(got[0], "column:price=") {
			t.Errorf("%s: the choice is not shown: %q", c.says, got)
		}
	}
}

// A product's discount is that of its variants, unless they have prices of their own.
func TestKinds_ofDiscountedVariants(t *testing.T) {
	const feed = declaration + `<products><product><title>Kupa</title><price>150.00</price><discountedPrice>%s</discountedPrice><items>` +
		`<item><sku>K-1</sku><stock>4</stock>%s</item><item><sku>K-2</sku><stock>6</stock>%s</item></items></product>` +
		`<product><title>Tepsi</title><price>90.00</price><discountedPrice></discountedPrice><items><item><sku>T-1</sku><stock>1</stock>%s</item></items></product></products>`
	of := func(discounted, first, second, third string) string {
		return fmt.Sprintf(feed, discounted, first, second, third)
	}
	want := func(first, second, third string) []string {
		return []string{"K-1|-|Kupa|-|" + first + "|-|4", "K-2|-|Kupa|-|" + second + "|-|6", "T-1|-|Tepsi|-|" + third + "|-|1"}
	}
	proveKinds(t, []kindCase{
		{kind: 5, says: "variants without a price", file: "a.xml", content: of("120.00", "", "", ""), want: want("120", "120", "90")},
		{
			kind: 5, says: "the product's price once more is no other", file: "a.xml",
			content: of("120.00", "<price>150.00</price>", "<price>155.50</price>", "<price>90.00</price>"), want: want("120", "155.5", "90"),
		},
		{
			kind: 5, says: "a variant's price of 0", file: "a.xml",
			content: of("120.00", "<price>0.00</price>", "<price>0</price>", "<price>0.00</price>"), want: want("120", "120", "90"),
		},
		{
			kind: 5, says: "variants with both", file: "a.xml",
			content: of("120.00", "<price>150.00</price><discountedPrice>110.00</discountedPrice>", "<price>160.00</price><discountedPrice/>", "<price>90.00</price><discountedPrice>0</discountedPrice>"),
			want:    want("110", "160", "90"),
		},
		{
			kind: 5, says: "variants alone have a discount", file: "a.xml",
			content: strings.ReplaceAll(of("", "<price>150.00</price><discountedPrice>110.00</discountedPrice>", "<price>160.00</price>", "<discountedPrice>80.00</discountedPrice>"),
				"<discountedPrice></discountedPrice><items>", "<items>"),
			want: want("110", "160", "80"),
		},
		{
			kind: 5, says: "what a variant costs more, on the price that counts", file: "a.xml",
			content: of("120.00", "<fark>0</fark>", "<fark>7.50</fark>", "<fark>5.00</fark>"), want: want("120", "127.5", "95"), notes: []string{"summed discountedPrice 1", "summed price 1"},
		},
		{
			kind: 5, says: "hostile: a discount that is higher than the price, and one that is no number", file: "a.xml",
			content: of("sorunuz", "", "<price>140.00</price>", ""), want: want("-", "140", "90"), problems: []string{"1 price bad-number"},
		},
	})
}

// The names of a feed in several languages: Turkish counts, else the first one.
func TestKinds_ofLanguages(t *testing.T) {
	const presta = declaration + `<prestashop xmlns:xlink="http://www.w3.org/1999/xlink"><products>%s</products></prestashop>`
	const product = `<product><id><![CDATA[%d]]></id><reference><![CDATA[%s]]></reference><ean13><![CDATA[]]></ean13><name>%s</name><description>%s</description><quantity><![CDATA[%d]]></quantity></product>`
	language := func(id int, text string) string {
		return fmt.Sprintf(`<language id="%d" xlink:href="https://x/api/languages/%d"><![CDATA[%s]]></language>`, id, id, text)
	}
	proveKinds(t, []kindCase{
		{
			kind: 6, says: "PrestaShop's web service in one language", file: "a.xml",
			content: fmt.Sprintf(presta, fmt.Sprintf(product, 1, "K-1", language(1, "Kupa"), language(1, "<p>u</p>"), 5)+fmt.Sprintf(product, 2, "T-1", language(1, "Tabak"), language(1, ""), 0)),
			want:    []string{"K-1|-|Kupa|-|-|-|5", "T-1|-|Tabak|-|-|-|0"}, ignored: []string{"id", "name/language/@id", "description/language/@id"},
		},
		{
			kind: 6, says: "PrestaShop's web service in two languages that nothing tells of: the first", file: "a.xml",
			content: fmt.Sprintf(presta, fmt.Sprintf(product, 1, "K-1", language(1, "Kupa")+language(2, "Mug"), language(1, "u")+language(2, "e"), 5)+
				fmt.Sprintf(product, 2, "T-1", language(2, "Plate")+language(1, "Tabak"), language(1, ""), 0)+fmt.Sprintf(product, 3, "S-1", language(1, "")+language(2, "Bowl"), "", 1)),
			want: []string{"K-1|-|Kupa|-|-|-|5", "T-1|-|Tabak|-|-|-|0", "S-1|-|Bowl|-|-|-|1"}, ignored: []string{"id"},
		},
		{
			kind: 6, says: "Turkish is not the first", file: "a.xml",
			content: declaration + `<products><product><sku>A1</sku><name><language iso_code="en">Mug</language><language iso_code="tr">Kupa</language></name><stock>1</stock></product>` +
				`<product><sku>A2</sku><name><language iso_code="en">Plate</language><language iso_code="tr">Tabak</language></name><stock>2</stock></product></products>`,
			want: []string{"A1|-|Kupa|-|-|-|1", "A2|-|Tabak|-|-|-|2"},
		},
		{
			kind: 6, says: "another language was chosen", file: "a.xml", reading: listing.Reading{Answers: listing.Answers{"column:name": "name (en)"}},
			content: feed2(`<name><language iso_code="en">Mug</language><language iso_code="tr">Kupa</language></name>`, `<name><language iso_code="tr">Tabak</language></name>`),
			want:    []string{"A1|-|Mug|-|-|-|1", "A2|-|Tabak|-|-|-|2"},
		},
		{
			kind: 6, says: "the name itself is there in several languages", file: "a.xml",
			content: feed2(`<title lang="en">Mug</title><title lang="tr-TR">Kupa</title>`, `<title lang="tr-TR">Tabak</title><title lang="en">Plate</title>`),
			want:    []string{"A1|-|Kupa|-|-|-|1", "A2|-|Tabak|-|-|-|2"},
		},
		{
			kind: 6, says: "the language is XML's own attribute", file: "a.xml",
			content: feed2(`<name xml:lang="en">Mug</name><name xml:lang="tr">Kupa</name>`, `<name xml:lang="en">Plate</name>`),
			want:    []string{"A1|-|Kupa|-|-|-|1", "A2|-|Plate|-|-|-|2"},
		},
		{
			kind: 6, says: "elements are called by the language", file: "a.xml",
			content: feed2(`<name><en>Mug</en><tr>Kupa</tr></name><description><en>e</en><tr>t</tr></description>`, `<name><en>Plate</en><tr></tr></name>`),
			want:    []string{"A1|-|Kupa|-|-|-|1", "A2|-|Plate|-|-|-|2"},
		},
		{
			kind: 6, says: "translations, each with its name", file: "a.xml",
			content: feed2(`<translations><translation><locale>en_US</locale><name>Mug</name><description>e</description></translation><translation><locale>tr_TR</locale><name>Kupa</name><description>t</description></translation></translations>`,
				`<translations><translation><locale>tr_TR</locale><name>Tabak</name></translation></translations>`),
			want: []string{"A1|-|Kupa|-|-|-|1", "A2|-|Tabak|-|-|-|2"},
		},
		{
			kind: 6, says: "a group of names", file: "a.xml",
			content: feed2(`<isimler><isim dil="en">Mug</isim><isim dil="tr">Kupa</isim></isimler><brand><name lang="en">Acme</name><name lang="tr">Akme</name></brand>`, `<isimler><isim dil="tr">Tabak</isim></isimler>`),
			want:    []string{"A1|-|Kupa|Acme|-|-|1", "A2|-|Tabak|-|-|-|2"}, ignored: []string{"brand/name[2]", "brand/name/@lang", "brand/name/@lang[2]"},
		},
		{
			kind: 6, says: "a group of names that are called by the language", file: "a.xml",
			content: feed2(`<names><en>Mug</en><tr>Kupa</tr></names>`, `<names><en>Plate</en><tr/></names>`),
			want:    []string{"A1|-|Kupa|-|-|-|1", "A2|-|Plate|-|-|-|2"},
		},
		{
			kind: 6, says: "columns of a table by language", file: "a.csv",
			content: lines(`sku,name_en,name_tr,price,quantity`, `A1,Mug,Kupa,10.50,1`, `A2,Plate,,20.50,2`),
			want:    []string{"A1|-|Kupa|-|10.5|-|1", "A2|-|Plate|-|20.5|-|2"},
		},
		{
			kind: 6, says: "hostile: thirty languages, ids by turns, and a language that is no name's", file: "a.xml",
			content: func() string {
				names := ""
				for i := range 30 {
					names += language(31-i, fmt.Sprint("Kupa ", 31-i))
				}
				return fmt.Sprintf(presta, `<product><reference>K-1</reference><name>`+names+`</name><language>tr</language><quantity>1</quantity></product>`+
					`<product><reference>K-2</reference><name>`+language(7, "Tabak")+`</name><language>tr</language><quantity>2</quantity></product>`)
			}(),
			want: []string{"K-1|-|Kupa 31|-|-|-|1", "K-2|-|Tabak|-|-|-|2"}, ignored: slices.Concat(twentyOf("name/language")[1:], twentyOf("name/language/@id"), []string{"language"}),
		},
	})
}

func TestKinds_theLanguageOfNamesIsAChoice(t *testing.T) {
	got := choicesOf(t, "a.xml", feed2(`<name lang="en">Mug</name><name lang="tr">Kupa</name>`, `<name lang="tr">Tabak</name>`))
	if want := []string{"column:name=name (tr)"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// twentyOf are the columns of an element that repeats itself without end.
func twentyOf(path string) (all []string) {
	for i := range 20 {
		if i == 0 {
			all = append(all, path)
			continue
		}
		all = append(all, fmt.Sprintf("%s[%d]", path, i+1))
	}
	return all
}

// feed2 are two products with a code, a stock and what is said of each.
func feed2(first, second string) string {
	return declaration + `<products><product><code>A1</code>` + first + `<stock>1</stock></product><product><code>A2</code>` + second + `<stock>2</stock></product></products>`
}

// Sizes of a feed that have nothing of their own but a stock are products told apart by them; no stock is lost.
func TestKinds_ofBareVariants(t *testing.T) {
	const bare = declaration + `<products><product><code>T1</code><name>Tişört</name><price>100.50</price>%s</product><product><code>T2</code><name>Yelek</name><price>200.50</price>%s</product></products>`
	var cases []kindCase
	for _, c := range []struct{ says, first, second string }{
		{
			"elements", `<variants><variant><size>S</size><quantity>3</quantity></variant><variant><size>M</size><quantity>4</quantity></variant></variants>`,
			`<variants><variant><size>L</size><quantity>0</quantity></variant></variants>`,
		},
		{"attributes", `<secenekler><secenek beden="S" stok="3"/><secenek beden="M" stok="4"/></secenekler>`, `<secenekler><secenek beden="L" stok="0"/></secenekler>`},
		{"without a group around them", `<varyant><beden>S</beden><stok>3</stok></varyant><varyant><beden>M</beden><stok>4</stok></varyant>`, `<varyant><beden>L</beden><stok>0</stok></varyant>`},
		{"a text with its stock", `<bedenler><beden stok="3">S</beden><beden stok="4">M</beden></bedenler>`, `<bedenler><beden stok="0">L</beden></bedenler>`},
		{
			"a label and a value", `<options><option><name>Beden</name><value>S</value><stock>3</stock></option><option><name>Beden</name><value>M</value><stock>4</stock></option></options>`,
			`<options><option><name>Beden</name><value>L</value><stock>0</stock></option></options>`,
		},
		{
			"a stock of the product's own beside them", `<stock>7</stock><sizes><item><size>S</size><stock>3</stock></item><item><size>M</size><stock>4</stock></item></sizes>`,
			`<stock>0</stock><sizes><item><size>L</size><stock>0</stock></item></sizes>`,
		},
		{
			"the size's name and its stock", `<sizes><size><name>S</name><stock>3</stock></size><size><name>M</name><stock>4</stock></size></sizes>`,
			`<sizes><size><name>L</name><stock>0</stock></size></sizes>`,
		},
		{
			"attributes that name themselves", `<variants><variant><attributes><attribute name="Beden">S</attribute><attribute name="Renk">Mavi</attribute></attributes><stock>3</stock></variant>` +
				`<variant><attributes><attribute name="Beden">M</attribute><attribute name="Renk">Mavi</attribute></attributes><stock>4</stock></variant></variants>`,
			`<variants><variant><attributes><attribute name="Beden">L</attribute><attribute name="Renk">Mavi</attribute></attributes><stock>0</stock></variant></variants>`,
		},
		{"the size's name beside its count", `<bedenler><beden ad="S">3</beden><beden ad="M">4</beden></bedenler>`, `<bedenler><beden ad="L">0</beden></bedenler>`},
		{
			"an id that is no code", `<variants><variant><id>11</id><size>S</size><color>Mavi</color><quantity>3</quantity></variant><variant><id>12</id><size>M</size><color>Mavi</color><quantity>4</quantity></variant></variants>`,
			`<variants><variant><id>13</id><size>L</size><color>Mavi</color><quantity>0</quantity></variant></variants>`,
		},
	} {
		cases = append(cases, kindCase{kind: 11, says: c.says, file: "a.xml", content: fmt.Sprintf(bare, c.first, c.second)})
	}
	for _, c := range cases {
		t.Run(c.says, func(t *testing.T) {
			f := opened(t, filestest.Written(t, c.file, c.content))
			var got []string
			for r, err := range Products(f, mapping.Of(f.Header())) {
				if err != nil {
					t.Fatal(err)
				}
				size, _, _ := strings.Cut(r.Options, listing.OptionSeparator)
				got = append(got, fmt.Sprintf("%s %s %s", told(r.Product), size, fmt.Sprint(r.Refused, r.NoProduct)))
			}
			want := []string{"T1|-|Tişört|-|100.5|-|3 S false false", "T1|-|Tişört|-|100.5|-|4 M false false", "T2|-|Yelek|-|200.5|-|0 L false false"}
			if right := slices.Equal(got, want); right == c.wrong {
				t.Errorf("%q, want %q (wrong yet: %v)", got, want, c.wrong)
			}
		})
	}
	proveKinds(t, []kindCase{
		{
			kind: 11, says: "hostile: sizes that have no stock are no products", file: "a.xml",
			content: fmt.Sprintf(bare, `<stock>7</stock><variants><variant><size>S</size></variant><variant><size>M</size></variant></variants>`, `<stock>1</stock>`),
			want:    []string{"T1|-|Tişört|-|100.5|-|7", "T2|-|Yelek|-|200.5|-|1"}, ignored: []string{"variants/variant/size", "variants/variant/size[2]"},
		},
		{
			kind: 11, says: "what an option costs is what it costs more", file: "a.xml",
			content: fmt.Sprintf(bare, `<options><option><name>Beden</name><value>S</value><quantity>3</quantity><price>0.0000</price></option><option><name>Beden</name><value>M</value><quantity>4</quantity><price>10.00</price></option></options>`, `<stock>1</stock>`),
			want:    []string{"T1|-|Tişört|-|100.5|-|3", "T1|-|Tişört|-|110.5|-|4", "T2|-|Yelek|-|200.5|-|1"}, notes: []string{"summed price 1"}, ignored: []string{"options/option/name", "options/option/value"},
		},
		{
			kind: 11, says: "what a variant costs is its price", file: "a.xml",
			content: fmt.Sprintf(bare, `<varyantlar><varyant><beden>S</beden><adet>3</adet><fiyat>90.50</fiyat></varyant><varyant><beden>M</beden><adet>4</adet><fiyat/></varyant></varyantlar>`, `<stock>1</stock>`),
			want:    []string{"T1|-|Tişört|-|90.5|-|3", "T1|-|Tişört|-|100.5|-|4", "T2|-|Yelek|-|200.5|-|1"}, ignored: []string{"varyantlar/varyant/beden"},
		},
		{
			kind: 11, says: "hostile: a warehouse's size is none", file: "a.xml",
			content: fmt.Sprintf(bare, `<stocks><stock warehouse="IST">5</stock><stock warehouse="ANK">2</stock></stocks>`, `<stocks><stock warehouse="IST">1</stock></stocks>`),
			want:    []string{"T1|-|Tişört|-|100.5|-|7", "T2|-|Yelek|-|200.5|-|1"}, notes: []string{"summed stock 1"}, ignored: []string{"stocks/stock/@warehouse", "stocks/stock/@warehouse[2]"},
		},
	})
}

// A stock that WooCommerce keeps at the product is that of all its variations, and is said to be shared.
func TestKinds_ofSharedStocks(t *testing.T) {
	const header = `ID,Type,SKU,Name,Stock,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)`
	ignored := []string{"ID", "Type", "Parent", "Attribute 1 name", "Attribute 1 value(s)"}
	proveKinds(t, []kindCase{
		{
			kind: 6, says: "variations without a stock", file: "woo.csv",
			content: lines(header, `1,variable,TS,Tişört,20,,,Beden,"S, M"`, `2,variation,TS-S,Tişört - S,,100.50,TS,Beden,S`, `3,variation,TS-M,Tişört - M,,100.50,TS,Beden,M`),
			want:    []string{"TS-S|-|Tişört - S|-|100.5|-|20", "TS-M|-|Tişört - M|-|100.5|-|20"}, problems: []string{"2 name has-variants"}, noProduct: []int{2},
			notes: []string{"shared Stock 2"}, ignored: ignored,
		},
		{
			kind: 6, says: "by the product's ID, some with a stock of their own, one of them 0", file: "woo.csv",
			content: lines(header, `10,variable,,Bot,7,,,Numara,"42, 43, 44"`, `11,variation,B-42,Bot - 42,,500.50,id:10,Numara,42`, `12,variation,B-43,Bot - 43,2,500.50,id:10,Numara,43`, `13,variation,B-44,Bot - 44,0,500.50,id:10,Numara,44`),
			want:    []string{"B-42|-|Bot - 42|-|500.5|-|7", "B-43|-|Bot - 43|-|500.5|-|2", "B-44|-|Bot - 44|-|500.5|-|0"}, problems: []string{"2 name has-variants"}, noProduct: []int{2},
			notes: []string{"shared Stock 1"}, ignored: ignored,
		},
		{
			kind: 6, says: "in Turkish, the product behind its variations, a fraction", file: "woo.csv",
			content: lines(`Kimlik,Tür,Stok kodu (SKU),İsim,Stok,Normal fiyat,Ebeveyn`, `2,variation,K-1,Kumaş - Mavi,,100.50,K`, `1,variable,K,Kumaş,"12,5",,`, `3,variation,K-2,Kumaş - Sarı,,100.50,K`),
			want:    []string{"K-1|-|Kumaş - Mavi|-|100.5|-|12.5", "K-2|-|Kumaş - Sarı|-|100.5|-|12.5"}, problems: []string{"3 name has-variants"}, noProduct: []int{3},
			notes: []string{"shared Stok 2"}, ignored: []string{"Kimlik", "Tür", "Ebeveyn"},
		},
		{
			kind: 6, says: "nobody counts: the stocks stay as they are", file: "woo.csv",
			content: lines(header, `1,variable,TS,Tişört,,,,Beden,S`, `2,variation,TS-S,Tişört - S,,100.50,TS,Beden,S`, `3,simple,KP,Kupa,5,50.50,,,`),
			want:    []string{"TS-S|-|Tişört - S|-|100.5", "KP|-|Kupa|-|50.5|-|5"}, problems: []string{"2 name has-variants"}, noProduct: []int{2},
			ignored: ignored,
		},
		{
			kind: 6, says: "hostile: a stock that is no number is said once a variation, and parents that are not there", file: "woo.csv",
			content:  lines(header, `1,variable,TS,Tişört,çok,,,Beden,S`, `2,variation,TS-S,Tişört - S,,100.50,TS,Beden,S`, `3,variation,X-S,Yok - S,,10.50,X,Beden,S`),
			want:     []string{"TS-S|-|Tişört - S|-|100.5", "X-S|-|Yok - S|-|10.5"},
			problems: []string{"2 name has-variants", "3 stock bad-number"}, noProduct: []int{2}, ignored: ignored,
		},
	})
}

// In a feed a stock of the product alone is that of all its variants; where one has its own, it is nobody else's.
func TestKinds_ofSharedStocksInFeeds(t *testing.T) {
	const feed = declaration + `<products><product><name>Tişört</name><price>100.50</price><stock>7</stock><variants><variant><sku>T-S</sku><stock>%s</stock></variant><variant><sku>T-M</sku><stock>%s</stock></variant></variants></product>` +
		`<product><name>Yelek</name><price>200.50</price><stock>2</stock><variants><variant><sku>Y</sku><stock></stock></variant></variants></product></products>`
	want := func(first, second string) []string {
		return []string{"T-S|-|Tişört|-|100.5|-|" + first, "T-M|-|Tişört|-|100.5|-|" + second, "Y|-|Yelek|-|200.5|-|2"}
	}
	proveKinds(t, []kindCase{
		{kind: 6, says: "none has its own", file: "a.xml", content: fmt.Sprintf(feed, "", ""), want: want("7", "7"), notes: []string{"shared stock 2"}},
		{kind: 6, says: "each has its own", file: "a.xml", content: fmt.Sprintf(feed, "3", "4"), want: want("3", "4")},
		{kind: 6, says: "one has its own", file: "a.xml", content: fmt.Sprintf(feed, "3", " "), want: []string{"T-S|-|Tişört|-|100.5|-|3", "T-M|-|Tişört|-|100.5", "Y|-|Yelek|-|200.5|-|2"}},
		{kind: 6, says: "hostile: one of them 0", file: "a.xml", content: fmt.Sprintf(feed, "0", "0"), want: want("0", "0")},
	})
}

// Order lists, payment reports and lists of returns and commissions are no products.
func TestKinds_ofPaymentReports(t *testing.T) {
	const payments, returns, ordersOf = "orders.payment-report", "orders.return-list", listing.RefusedOrders
	for _, c := range []struct {
		header, row, want string
	}{
		{"Paket No;Sipariş Numarası;Barkod;Ürün Adı;Hakediş", "1;2;8690632059150;Kupa;80,50", payments},
		{"Sipariş No;Sipariş Tarihi;Stok Kodu;Ürün Adı;Satış Tutarı;Komisyon Oranı;Komisyon Tutarı;Satıcı Hakediş;Vade Tarihi", "1;1.5.2026;A;Kupa;100;10;10;90;1.6.2026", payments},
		{"Sipariş Numarası;Paket Numarası;Barkod;İşlem Tipi;Ödeme Tarihi;Alacak;Borç", "1;2;3;Satış;1.5.2026;10;0", payments},
		{"Kayıt No;İşlem Tipi;Sipariş No;Barkod;Ürün Adı;Komisyon Oranı;TY Hakediş;Satıcı Hakediş;Ödeme Tarihi;Vade Tarihi", "1;Satış;2;8690632059150;Kupa;21;21;79;1;2", payments},
		{"Sipariş Kodu;Ürün;Ürün Bedeli;Komisyon;Kargo Kesintisi;Net Ödeme", "1;Kupa;100;10;5;85", payments},
		{"order id;sku;settlement id;transaction type;total", "1;A;2;Order;10.00", payments},
		{"Order Number;Product Name;Commission;Payout Amount", "1;Mug;1.00;9.00", payments},
		{"SİPARİŞ NO;ÜRÜN ADI;HAKEDİŞ TUTARI", "1;Kupa;9", payments},
		{"Sipariş No;Ürün Adı;Adet;Komisyon", "1;Kupa;2;9", payments},
		{"Fatura No;Sipariş No;Komisyon Faturası Tutarı;Hizmet Bedeli", "1;2;9;1", payments},
		{"Sipariş No;İade Kodu;İade Nedeni;Barkod;Ürün Adı;Adet", "1;2;Kusurlu;8690632059150;Kupa;1", returns},
		{"Sipariş Numarası;İade Talep Tarihi;İade Durumu;Ürün Adı;Stok Kodu", "1;2;Onaylandı;Kupa;A", returns},
		{"İade Takip No;Sipariş No;Talep Tarihi;Ürün;İade Sebebi", "1;2;3;Kupa;x", returns},
		{"Paket No;Sipariş Numarası;Alıcı;Ürün Adı;Barkod;Adet", "1;2;Ali;Kupa;8690632059150;1", ordersOf},
		{"Order ID;Return Reason;SKU;Quantity", "1;x;A;1", returns},
		// What has such a word and lists products.
		{"Barkod;Ürün Adı;Fiyat;Komisyon Oranı", "8690632059150;Kupa;10,50;21", ""},
		{"Barkod;Model Kodu;Ürün Adı;Satış Fiyatı;Komisyon;Hakediş", "8690632059150;M;Kupa;10,50;2,50;8", ""},
		{"Stok Kodu;Ürün Adı;Satış Fiyatı;Stok;İade Kabul;Sipariş Miktarı", "A;Kupa;10,50;1;Evet;5", ""},
		{"Sipariş Kodu;Ürün Adı;Liste Fiyatı;Stok", "A;Kupa;10,50;1", ""},
		{"Stok Kodu;Ürün Adı;Net Fiyat;Hizmet Bedeli;Ödeme", "A;Kupa;10,50;1;Peşin", ""},
	} {
		t.Run(c.header, func(t *testing.T) {
			got := ""
			if f, err := Open(t.Context(), filestest.Written(t, "a.csv", c.header+"\n"+c.row+"\n"+c.row+"\n"), listing.Reading{}); err != nil {
				got = detailOf(err)
			} else if err := f.Close(); err != nil {
				t.Error(err)
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
