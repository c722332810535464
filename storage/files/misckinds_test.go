package files

import (
	"strings"
	"testing"
)

// Kind 14: products that are out of sale.
func TestKinds_ofStates(t *testing.T) {
	many := strings.Repeat("A1;Kupa;Yeni\n", 3*markSample)
	proveKinds(t, []kindCase{
		{
			kind: 14, says: "Turkish words", file: "a.csv",
			content: "Stok Kodu;Ürün Adı;Fiyat;Durum\nA1;Kupa;129,90;PASİF\nA2;Tabak;9,90;aktif\nA3;Çatal;9,90; Satış dışı \nA4;Kaşık;9,90;Satışta\nA5;Bıçak;9,90;Taslak\nA6;Tava;9,90;Arşivde\nA7;Cam;9,90;\n",
			want:    []string{"A1|-|Kupa|-|129.9|-|-|-|passive", "A2|-|Tabak|-|9.9", "A3|-|Çatal|-|9.9|-|-|-|passive", "A4|-|Kaşık|-|9.9", "A5|-|Bıçak|-|9.9|-|-|-|draft", "A6|-|Tava|-|9.9|-|-|-|archived", "A7|-|Cam|-|9.9"},
		},
		{
			kind: 14, says: "one and nought", file: "a.csv",
			content: "STOK_KODU,AD,AKTIF\nA1,Kupa,0\nA2,Tabak,1\nA3,Çatal,H\nA4,Kaşık,E\nA5,Bıçak,FALSE\nA6,Tava,Evet\n",
			want:    []string{"A1|-|Kupa|-|-|-|-|-|passive", "A2|-|Tabak", "A3|-|Çatal|-|-|-|-|-|passive", "A4|-|Kaşık", "A5|-|Bıçak|-|-|-|-|-|passive", "A6|-|Tava"},
		},
		{
			kind: 14, says: "WooCommerce's Published", file: "a.csv",
			content: "SKU,Name,Published,Regular price\nA1,Kupa,-1,10.50\nA2,Tabak,0,11.50\nA3,Çatal,1,12.50\n",
			want:    []string{"A1|-|Kupa|-|10.5|-|-|-|draft", "A2|-|Tabak|-|11.5|-|-|-|passive", "A3|-|Çatal|-|12.5"},
		},
		{
			kind: 14, says: "Shopify's Status", file: "a.csv",
			content: "Title,SKU,Price,Status\nKupa,A1,10.50,draft\nTabak,A2,11.50,archived\nÇatal,A3,12.50,active\n",
			want:    []string{"A1|-|Kupa|-|10.5|-|-|-|draft", "A2|-|Tabak|-|11.5|-|-|-|archived", "A3|-|Çatal|-|12.5"},
		},
		{
			kind: 14, says: "a feed that says isActive", file: "a.xml",
			content: "<products><product><sku>A1</sku><name>Kupa</name><isActive>false</isActive></product><product><sku>A2</sku><name>Tabak</name><isActive>true</isActive></product></products>",
			want:    []string{"A1|-|Kupa|-|-|-|-|-|passive", "A2|-|Tabak"},
		},
		{
			kind: 14, says: "a column that says the contrary", file: "a.csv",
			content: "Kod;Ad;Pasif\nA1;Kupa;1\nA2;Tabak;0\nA3;Çatal;Hayır\nA4;Kaşık;Pasif\nA5;Bıçak;Aktif\n",
			want:    []string{"A1|-|Kupa|-|-|-|-|-|passive", "A2|-|Tabak", "A3|-|Çatal", "A4|-|Kaşık|-|-|-|-|-|passive", "A5|-|Bıçak"},
		},
		{
			kind: 14, says: "hostile: a word that is no state, and a number that is none", file: "a.csv",
			content: "Kod;Ad;Aktif\nA1;Kupa;belki\nA2;Tabak;2\nA3;Çatal;-1\nA4;Kaşık;0\nA5;Bıçak;#YOK\n",
			want:    []string{"A1|-|Kupa", "A2|-|Tabak", "A3|-|Çatal", "A4|-|Kaşık|-|-|-|-|-|passive", "A5|-|Bıçak"},
			problems: []string{
				"2 state unknown-state", "3 state unknown-state", "4 state unknown-state", "6 state cell-error",
			},
		},
		{
			kind: 14, says: "more words, of people and of programs", file: "a.csv",
			content: "Kod;Ad;Statü\nA1;Kupa;İnaktif\nA2;Tabak;Askıya Alındı\nA3;Çatal;Onaylı\nA4;Kaşık;DEVRE DIŞI\nA5;Bıçak;Pasife alındı\n",
			want:    []string{"A1|-|Kupa|-|-|-|-|-|passive", "A2|-|Tabak|-|-|-|-|-|passive", "A3|-|Çatal", "A4|-|Kaşık|-|-|-|-|-|passive", "A5|-|Bıçak|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "a letter for each", file: "a.csv",
			content: "Kod;Ad;Aktif / Pasif\nA1;Kupa;A\nA2;Tabak;P\n",
			want:    []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "a cross at those that are out", file: "a.csv",
			content: "Kod;Ad;Pasif\nA1;Kupa;X\nA2;Tabak;\n",
			want:    []string{"A1|-|Kupa|-|-|-|-|-|passive", "A2|-|Tabak"},
		},
		{
			kind: 14, says: "in use", file: "a.csv",
			content: "KOD;AD;KULLANIM DURUMU\nA1;Kupa;Kullanımda\nA2;Tabak;Kullanım Dışı\n",
			want:    []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "Hepsiburada's, n11's, ikas' and WooCommerce's names", file: "a.csv",
			content: "SKU;Name;Satışa Açık/Kapalı;Silindi mi?;Yayımlanmış\nA1;Kupa;Satışa Açık;false;1\nA2;Tabak;Satışa Kapalı;false;1\nA3;Çatal;Satışa Açık;true;1\nA4;Kaşık;Satışa Açık;false;-1\n",
			want:    []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive", "A3|-|Çatal|-|-|-|-|-|passive", "A4|-|Kaşık|-|-|-|-|-|draft"},
		},
		{
			kind: 14, says: "an active variant of a passive product: Ticimax", file: "a.csv",
			content: "STOKKODU;URUNADI;URUNKARTIAKTIF;URUNAKTIF\nA1;Kupa;0;1\nA2;Tabak;1;0\nA3;Çatal;1;1\n",
			want:    []string{"A1|-|Kupa|-|-|-|-|-|passive", "A2|-|Tabak|-|-|-|-|-|passive", "A3|-|Çatal"},
		},
		{
			kind: 14, says: "Shopify's Status goes over Published", file: "a.csv",
			content: "Handle,Title,Published,Variant SKU,Status\na,Kupa,true,A1,archived\nb,Tabak,false,A2,draft\nc,Çatal,true,A3,active\n",
			want:    []string{"A1|-|Kupa|-|-|-|-|-|archived", "A2|-|Tabak|-|-|-|-|-|draft", "A3|-|Çatal"},
		},
		{
			kind: 14, says: "hostile: Durum is what is in stock", file: "a.csv",
			content: "Kod;Ad;Durum\nA1;Kupa;Var\nA2;Tabak;Yok\n",
			want:    []string{"A1|-|Kupa", "A2|-|Tabak"}, ignored: []string{"Durum"},
		},
		{
			kind: 14, says: "hostile: Durum is new or used", file: "a.csv",
			content: "Kod;Ad;Durum\nA1;Kupa;Sıfır\nA2;Tabak;2. el\n",
			want:    []string{"A1|-|Kupa", "A2|-|Tabak"}, ignored: []string{"Durum"},
		},
		{
			kind: 14, says: "hostile: a state at the end of a long column of something else", file: "a.csv",
			content: "Kod;Ad;Durum\n" + many + "A2;Tabak;Pasif\n",
			want:    append(strings.Split(strings.TrimSuffix(strings.Repeat("A1|-|Kupa\n", 3*markSample), "\n"), "\n"), "A2|-|Tabak"), ignored: []string{"Durum"},
		},
		{
			kind: 14, says: "hostile: a header in title case of Turkish, and states with dots and blanks that break nowhere", file: "a.csv",
			content: "KOD;AD;ÜRÜN DURUMU\nA1;Kupa;\u00a0PASIF.\u200b\nA2;Tabak;SATIŞTA DEĞİL\nA3;Çatal;aktif\u00a0değil\n",
			want:    []string{"A1|-|Kupa|-|-|-|-|-|passive", "A2|-|Tabak|-|-|-|-|-|passive", "A3|-|Çatal|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "headers of other words", file: "a.csv",
			content: "Kod;Ad;Ürün Statüsü\nA1;Kupa;Aktif\nA2;Tabak;Satışa Kapalı\n",
			want:    []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "a header that says how it is filled in", file: "a.csv",
			content: "Kod;Ad;AKTİF(E/H)\nA1;Kupa;E\nA2;Tabak;H\n",
			want:    []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "in use or not", file: "a.csv",
			content: "Kod;Ad;Kullanım Durumu\nA1;Kupa;Kullanımda\nA2;Tabak;Kullanım Dışı\n",
			want:    []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "WooCommerce's Published in Turkish", file: "a.csv",
			content: "SKU,İsim,Yayımlanmış\nA1,Kupa,1\nA2,Tabak,-1\nA3,Kase,0\n",
			want:    []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|draft", "A3|-|Kase|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "deleted", file: "a.csv",
			content: "SKU,İsim,Silindi mi?\nA1,Kupa,false\nA2,Tabak,true\n",
			want:    []string{"A1|-|Kupa", "A2|-|Tabak|-|-|-|-|-|passive"},
		},
		{
			kind: 14, says: "one of two says that it is out of sale", file: "a.csv",
			content: "Kod;Ad;Published;Status\nA1;Kupa;true;draft\nA2;Tabak;true;active\nA3;Kase;false;active\nA4;Tava;;archived\n",
			want:    []string{"A1|-|Kupa|-|-|-|-|-|draft", "A2|-|Tabak", "A3|-|Kase|-|-|-|-|-|passive", "A4|-|Tava|-|-|-|-|-|archived"},
		},
	})
}
