package orders

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
)

// table is a file in lines with cells between bars; the first line is 1.
func table(lines ...string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for i, line := range lines {
			cells := strings.Split(line, "|")
			numbers := make([]bool, len(cells))
			for j, c := range cells {
				cells[j], numbers[j] = strings.CutPrefix(c, "=") // =12.5 is a number
			}
			if !yield(Row{Line: i + 1, Cells: cells, Numbers: numbers}, nil) {
				return
			}
		}
	}
}

func read(t *testing.T, lines ...string) Result {
	t.Helper()
	r, err := Read(table(lines...), Profiles(), assets.Districts())
	if err != nil {
		t.Fatal(err)
	}
	if r.Rows != r.Taken+r.Repeated+r.NoLine+r.Refused {
		t.Errorf("%d rows, but %d taken, %d repeated, %d no line, %d refused", r.Rows, r.Taken, r.Repeated, r.NoLine, r.Refused)
	}
	return r
}

// describe writes an order in a line: package, status, total, and its lines as name quantity×unit-discount=net@vat.
func describe(o Order) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s", o.Package, o.Status, o.Total().StringFixed(2))
	if o.StatedTotal.Valid {
		fmt.Fprintf(&b, " of %s", o.StatedTotal.Decimal)
	}
	for _, l := range o.Lines {
		fmt.Fprintf(&b, "; %s %s×%s-%s=%s", l.Name, l.Quantity, l.Unit, l.Discount, l.Net().StringFixed(2))
		if l.VAT.Valid {
			fmt.Fprintf(&b, "@%s", l.VAT.Decimal)
		}
	}
	return b.String()
}

func describeAll(orders []Order) []string {
	var out []string
	for _, o := range orders {
		out = append(out, describe(o))
	}
	return out
}

// The smallest headers of the profiles.
const (
	trendyolHeader = "Paket No|Sipariş Numarası|Sipariş Statüsü|Ürün Adı|Adet|Birim Fiyatı|Satış Tutarı|İndirim Tutarı|Trendyol İndirim Tutarı|Faturalanacak Tutar"
	hbHeader       = "Sipariş Numarası|Paket Numarası|Kalem Numarası|Ürün Adı|Adet|Faturalandırılacak Satış Fiyatı|Paket Durumu|İade edildi mi?|KDV(%)|Alıcı"
	n11Header      = "Sipariş Kodu|Durum|Ürün Adı|Adet|Sipariş Tutarı|Mağaza İndirimi|Kupon"
	pazaramaHeader = "Sipariş Numarası|Ürün Adı|Ürün Tutarı|Satıcının Karşıladığı Kampanya Tutarı|Ürün Miktarı|Sipariş Ürün Durumu"
	amazonHeader   = "amazon-order-id|order-status|product-name|quantity|currency|item-price|item-promotion-discount|shipping-price|ship-promotion-discount|gift-wrap-price"
	shopifyHeader  = "Name|Financial Status|Cancelled at|Lineitem name|Lineitem quantity|Lineitem price|Lineitem discount|Discount Amount|Shipping|Total|Refunded Amount"
	wooHeader      = "Order Number|Order Status|Item Name|Quantity|Order Line Total|Order Line Tax|Order Shipping Amount|Order Total Amount"
	ikasHeader     = "Sipariş Numarası|Sipariş Durumu|Sipariş Ödeme Durumu|Ürün Adı|Ürün Sayısı|Ürün Satış Fiyatı|Kampanya Toplamı|Kargo Fiyatı|Toplam"
)

func TestRead_amountsOfEachSource(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  []string
	}{
		"trendyol: nothing deducted": {
			[]string{trendyolHeader, "1|9|Teslim Edildi|Termos|3|59,9|179,7|0|0|179,7"},
			[]string{"1 ok 179.70 of 179.7; Termos 3×59.9-0=179.70"},
		},
		"trendyol: what Trendyol gives is reimbursed": {
			[]string{trendyolHeader, "1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.100"},
			[]string{"1 ok 1100.00 of 1100; Kupa 1×1154-54=1100.00"},
		},
		"trendyol: what Trendyol gives is deducted": {
			[]string{trendyolHeader, "1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.000"},
			[]string{"1 ok 1000.00 of 1000; Kupa 1×1154-154=1000.00"},
		},
		"trendyol: a third form leaves lines and total apart": {
			[]string{trendyolHeader, "1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.050"},
			[]string{"1 ok 1100.00 of 1050; Kupa 1×1154-54=1100.00"},
		},
		"trendyol: a sale that is not quantity and unit": {
			[]string{trendyolHeader, "1|9|Teslim Edildi|Kupa|1|1.150|1.154|54|100|1.100"},
			[]string{"1 ok 1100.00 of 1100; Kupa 1×1150-54=1100.00"},
		},
		"trendyol: without the sale": {
			[]string{trendyolHeader, "1|9|Teslim Edildi|Kupa|2|||54||8,01", "2|9|Teslim Edildi|Kupa|2|2,17||0,34||4,00"},
			[]string{"1 ok 8.01 of 8.01; Kupa 2×4.005-0=8.01", "2 ok 4.00 of 4; Kupa 2×2.17-0.34=4.00"},
		},
		"hepsiburada": {
			[]string{hbHeader, "7|5|a|Tabak|2|1.250,5|Teslim edildi|Hayır|10|Ö İ"},
			[]string{"5/7 ok 1250.50; Tabak 2×625.25-0=1250.50@10"},
		},
		"n11: shop discount and coupon": {
			[]string{"Sipariş Bilgileri", n11Header, "", "2|Teslim Edildi|Termos|2|1.807,89|107,89|0,11"},
			[]string{"2 ok 1699.89; Termos 2×903.945-108=1699.89"},
		},
		"pazarama: the campaign is of a unit": {
			[]string{pazaramaHeader, "5|Serum|=1104|=38.64|=2|2 adet Teslim Edildi"},
			[]string{"5 ok 1026.72; Serum 2×552-38.64=1026.72"},
		},
		"amazon: services of every row": {
			[]string{
				amazonHeader, "4|Shipped|Termos|2|TRY|119.80|10.00|29.90|29.90|5", "4|Shipped|Kupa|1|TRY|1,050.25||10.05||0",
				"5|Pending|Kupa|1|TRY|||||", "6|Cancelled|Kupa|0|TRY|||||",
			},
			[]string{
				"4 ok 1175.10; Termos 2×59.9-10=109.80; Kupa 1×1050.25-0=1050.25; Kargo 1×39.95-29.9=10.05@20; Hediye paketi 1×5-0=5.00@20",
				"5 unpaid 0.00; Kupa 1×0-0=0.00", "6 cancelled 0.00",
			},
		},
		"shopify: order fields on one row": {
			[]string{
				shopifyHeader, "#1|paid||Kazak|1|100.00|1.50|20.00|39.90|168.40|", "#1|||Kitap|1|50.00|0.00|||", "#2|refunded|2026-05-03 09:00:00 +0300|Önlük|1|85|0||0|85|85",
				"#3|partially_refunded||Önlük|1|85|0|0|0|85|40",
			},
			[]string{
				"#1 ok 168.40 of 168.4; Kazak 1×100-1.5=98.50; Kitap 1×50-0=50.00; Kargo 1×39.9-0=39.90@20",
				"#2 cancelled 85.00 of 85; Önlük 1×85-0=85.00", "#3 ok 85.00 of 85; Önlük 1×85-0=85.00",
			},
		},
		"woocommerce: without VAT": {
			[]string{wooHeader, "5|Completed|Kazak|1|75.00|15.00|33.25|184.90", "5|Completed|Kitap|2|50.00|5.00|33.25|184.90"},
			[]string{"5 ok 184.90 of 184.9; Kazak 1×90-0=90.00@20; Kitap 2×27.5-0=55.00@10; Kargo 1×39.9-0=39.90@20"},
		},
		"woocommerce: nothing, and shipping that is rounded": {
			[]string{wooHeader, "5|Completed|Hediye|1|0|0|33.33|40"}, []string{"5 ok 40.00 of 40; Hediye 1×0-0=0.00; Kargo 1×40-0=40.00@20"},
		},
		"ikas: order fields on the first row": {
			[]string{ikasHeader, "1|Gönderildi|Ödendi|Kazak|1|200.00|25.00|39.90|264.90", "1|||Çorap|2|25.00|||"},
			[]string{"1 ok 264.90 of 264.9; Kazak 1×200-0=200.00; Çorap 2×25-0=50.00; Kargo 1×39.9-0=39.90@20"},
		},
	} {
		if got := describeAll(read(t, c.lines...).Orders); !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

func TestRead_statuses(t *testing.T) {
	for name, c := range map[string]struct {
		lines   []string
		want    Status
		word    string
		lineNum int
	}{
		"spelled differently":           {[]string{n11Header, "1|TESLİM  EDİLDİ|a|1|5||"}, StatusOK, "TESLİM  EDİLDİ", 1},
		"an unknown word":               {[]string{n11Header, "1|Yolda|a|1|5||"}, StatusUnknown, "Yolda", 1},
		"no word":                       {[]string{n11Header, "1||a|1|5||"}, StatusUnknown, "", 1},
		"undelivered":                   {[]string{trendyolHeader, "1|9|Teslim Edilemedi|a|1|5|5|||5"}, StatusUndelivered, "Teslim Edilemedi", 1},
		"a split parent":                {[]string{trendyolHeader, "1|9|UnPacked|a|1|5|5|||5"}, StatusSplitParent, "UnPacked", 1},
		"returned, says another column": {[]string{hbHeader, "7|5|a|Tabak|1|5|Teslim edildi|Evet|10|"}, StatusReturned, "Teslim edildi", 1},
		"a word that means something in another column": {[]string{hbHeader, "7|5|a|Tabak|1|5|Evet|Evet|10|"}, StatusReturned, "Evet", 1},
		"a quantity of 0, returned":                     {[]string{n11Header, "1|İade Edildi|a|0|5||"}, StatusReturned, "İade Edildi", 0},
		"not returned":                                  {[]string{hbHeader, "7|5|a|Tabak|1|5|Kargoda|Hayır|10|"}, StatusOK, "Kargoda", 1},
		"a line that is cancelled":                      {[]string{n11Header, "1|Teslim Edildi|a|1|5||", "1|İptal Edildi|b|1|5||"}, StatusOK, "Teslim Edildi", 1},
		"all lines are cancelled":                       {[]string{n11Header, "1|İptal Edildi|a|1|5||", "1|İptal Edildi|b|1|5||"}, StatusCancelled, "İptal Edildi", 2},
		"a line that is returned":                       {[]string{n11Header, "1|Teslim Edildi|a|1|5||", "1|İade Edildi|b|1|5||"}, StatusReturned, "", 2},
		"a line that nobody knows of":                   {[]string{n11Header, "1|Yolda|a|1|5||", "1|Teslim Edildi|b|1|5||"}, StatusUnknown, "", 2},
		"without the count":                             {[]string{pazaramaHeader, "5|Serum|1104|0|2|2 adet Teslim Edildi"}, StatusOK, "2 adet Teslim Edildi", 1},
		"a count that is not the quantity":              {[]string{pazaramaHeader, "5|Serum|1104|0|2|1 adet Teslim Edildi"}, StatusUnknown, "1 adet Teslim Edildi", 1},
		"not supplied":                                  {[]string{pazaramaHeader, "5|Serum|1104|0|2|2 adet Tedarik Edilemedi"}, StatusCancelled, "2 adet Tedarik Edilemedi", 1},
		"not paid":                                      {[]string{ikasHeader, "1|Gönderildi|Bekliyor|Kazak|1|200.00|||"}, StatusUnpaid, "Gönderildi", 1},
		"cancelled and not paid":                        {[]string{ikasHeader, "1|İptal Edildi|Bekliyor|Kazak|1|200.00|||"}, StatusCancelled, "İptal Edildi", 1},
		"cancelled on its one full row":                 {[]string{ikasHeader, "1|İptal Edildi|Ödendi|Kazak|1|200.00|||", "1|||Çorap|1|200.00|||"}, StatusCancelled, "İptal Edildi", 2},
		"a quantity of 0, cancelled":                    {[]string{n11Header, "1|İptal Edildi|a|0|5||"}, StatusCancelled, "İptal Edildi", 0},
		"a quantity of 0, sold":                         {[]string{n11Header, "1|Teslim Edildi|a|0|5||"}, StatusOK, "Teslim Edildi", 1},
	} {
		r := read(t, c.lines...)
		if len(r.Orders) != 1 {
			t.Errorf("%s: %d orders", name, len(r.Orders))
			continue
		}
		if o := r.Orders[0]; o.Status != c.want || o.Word != c.word || len(o.Lines) != c.lineNum {
			t.Errorf("%s: %s %q, %d lines; want %s %q, %d", name, o.Status, o.Word, len(o.Lines), c.want, c.word, c.lineNum)
		}
		if c.want == StatusUnknown && (len(r.Unknown) != 1 || r.Unknown[0].Field != FieldStatus || r.Unknown[0].Rows != 1) {
			t.Errorf("%s: unknown words %v", name, r.Unknown)
		}
	}
}

func TestRead_aWordThatWasExplainedIsKnown(t *testing.T) {
	for word, line := range map[string]string{"yolda": "1|Yolda|a|1|5||", "": "1||a|1|5||"} {
		p := n11().WithWord(FieldStatus, word, StatusOpen)
		r, err := Read(table(n11Header, line, "2|Kargoda|a|1|5||"), []Profile{p}, domain.Districts{})
		if err != nil || r.Orders[0].Status != StatusOpen || r.Orders[1].Status != StatusOK || len(r.Unknown) > 0 {
			t.Errorf("%q: %v, %v, unknown %v", word, describeAll(r.Orders), err, r.Unknown)
		}
	}
	if s := n11().States[0].status("yolda"); s != StatusUnknown {
		t.Errorf("the profile itself has learned it: %s", s)
	}
}

func TestRead_whatIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		lines  []string
		orders int
		want   []string // line field reason, "!" for a refused row
	}{
		"a spoilt number": {
			[]string{hbHeader, "4,00000E+09|5|a|Kupa|1|5|Kargoda|Hayır|20|", "8|6|a|Kupa|1|5|Kargoda|Hayır|20|"},
			1,
			[]string{"2 order spoilt-number !"},
		},
		"one that may be a line of another order": {
			[]string{hbHeader, "4,00000E+09|5|a|Kupa|1|5|Kargoda|Hayır|20|", "8|5|b|Kupa|1|5|Kargoda|Hayır|20|"},
			0,
			[]string{"2 order spoilt-number !", "3 order incomplete !"},
		},
		"a number of more digits than a table keeps": {
			[]string{n11Header, "=1234567890123456|Kargoda|a|1|5||", "=123456789012345|Kargoda|a|1|5||"},
			1,
			[]string{"2 order spoilt-number !"},
		},
		"a spoilt order number beside a whole package": {
			[]string{trendyolHeader, "1|1E+10|Teslim Edildi|a|1|5|5|||5"}, 0, []string{"2 order spoilt-number !"},
		},
		"no number":                             {[]string{n11Header, "|Kargoda|Toplam|1|5||"}, 0, []string{"2 order no-key !"}},
		"an apostrophe for a number":            {[]string{n11Header, "'|Kargoda|Toplam|1|5||"}, 0, []string{"2 order no-key !"}},
		"broken letters":                        {[]string{n11Header, "1|Kargoda|Kad?k|1|5||", "2|Kargoda|Ne?|1|5||"}, 1, []string{"2 product broken-letters !"}},
		"lost letters":                          {[]string{n11Header, "1|Kargoda|K\ufffd|1|5||"}, 0, []string{"2 product broken-letters !"}},
		"no quantity":                           {[]string{n11Header, "1|Kargoda|a||5||"}, 0, []string{"2 qty no-quantity !"}},
		"a bad quantity":                        {[]string{n11Header, "1|Kargoda|a|iki|5||"}, 0, []string{"2 qty bad-number !"}},
		"a bad amount":                          {[]string{n11Header, "1|Kargoda|a|1|beş||"}, 0, []string{"2 amount bad-number !"}},
		"no amount":                             {[]string{n11Header, "1|Kargoda|a|1|||"}, 0, []string{"2 amount no-amount !"}},
		"a half order":                          {[]string{n11Header, "1|Kargoda|a|1|5||", "1|Kargoda|b|x|5||"}, 0, []string{"2 order incomplete !", "3 qty bad-number !"}},
		"one of whose rows the first is broken": {[]string{n11Header, "1|Kargoda|b|x|5||", "1|Kargoda|a|1|5||"}, 0, []string{"2 qty bad-number !", "3 order incomplete !"}},
		"question marks that stand where they may": {[]string{n11Header, "1|Kargoda|?a b? 1?c d?1 ?|1|5||"}, 1, nil},
		"other words behind a quantity":            {[]string{n11Header, "1|Kargoda|a|2 Kutu|5||"}, 0, []string{"2 qty bad-number !"}},
		"broken letters and a bad time": {
			[]string{pazaramaHeader + "|Sipariş Tarihi", "5|Ser?m|1|0|1|1 adet Teslim Edildi|dün"}, 0, []string{"2 product broken-letters !", "2 ordered_at bad-time"},
		},
		"contradictions":  {[]string{ikasHeader, "1|Gönderildi|Ödendi|a|1|2||3|5", "1|Gönderildi|Ödendi|b|1|2||4|5"}, 0, []string{"3 shipping disagrees !"}},
		"a bad total":     {[]string{ikasHeader, "1|Gönderildi|Ödendi|a|1|2|||çok"}, 0, []string{"2 stated_total bad-number !"}},
		"a strange money": {[]string{amazonHeader, "1|Shipped|a|1|Lira|5||||"}, 0, []string{"2 currency unknown-currency !"}},
		"a strange tax":   {[]string{wooHeader, "5|Completed|a|1|100|15|0|115"}, 1, []string{"2 tax unknown-rate"}},
	} {
		r := read(t, c.lines...)
		var got []string
		for _, p := range r.Problems {
			s := fmt.Sprintf("%d %s %s", p.Line, p.Field, p.Reason)
			if p.Refused {
				s += " !"
			}
			got = append(got, s)
			if p.Reason == Incomplete && p.Value != "5/8" && p.Value != "1" {
				t.Errorf("%s: order %q is incomplete", name, p.Value)
			}
		}
		if !slices.Equal(got, c.want) || len(r.Orders) != c.orders {
			t.Errorf("%s: %q and %d orders, want %q and %d", name, got, len(r.Orders), c.want, c.orders)
		}
	}
}

func TestRead_whichFileItIs(t *testing.T) {
	title := "Tüm Siparişler"
	for name, c := range map[string]struct {
		lines []string
		want  string // profile, or what it is refused as
	}{
		"trendyol in row 1":                      {[]string{trendyolHeader, "1|9|Teslim Edildi|a|1|5|5|||5"}, "trendyol"},
		"in row 2":                               {[]string{title, trendyolHeader, "1|9|Teslim Edildi|a|1|5|5|||5"}, "trendyol"},
		"in row 10":                              {append(slices.Repeat([]string{title}, 9), n11Header, "1|Kargoda|a|1|5||"), "n11"},
		"in row 11":                              {append(slices.Repeat([]string{title}, 10), n11Header, "1|Kargoda|a|1|5||"), RefusedUnknown},
		"with a mark and blanks":                 {[]string{"\ufeff Sipariş  Kodu |DURUM|ürün adı|Adet|Sipariş Tutarı", "1|Kargoda|a|1|5"}, "n11"},
		"in other letters":                       {[]string{"Siparis Kodu|Durum|Urun Adi|Adet|Siparis Tutari", "1|Kargoda|a|1|5"}, RefusedUnknown},
		"two mandatory names":                    {[]string{"Sipariş Kodu|Durum|x", "1|Kargoda|a"}, RefusedUnknown},
		"mandatory names missing":                {[]string{"Sipariş Kodu|Durum|Adet", "1|Kargoda|a"}, "Ürün Adı, Sipariş Tutarı"},
		"a row of three names before the header": {[]string{"Ürün Adı|Adet|Durum", n11Header, "1|Kargoda|a|1|5||"}, "Sipariş Kodu, Sipariş Tutarı"},
		"letters lost in what is not mandatory":  {[]string{n11Header + "|Sipari? Numaras?|?l?e|Al?c?", "1|Kargoda|a|1|5||"}, RefusedLetters},
		"a payment report":                       {[]string{"Sipariş No|Komisyon|Net Tutar", "1|2|3"}, RefusedPayments},
		"one by its times":                       {[]string{"x", "Tarih/Saat|sku", "1|2"}, RefusedPayments},
		"the commission alone":                   {[]string{n11Header + "|Komisyon", "1|Kargoda|a|1|5|||1"}, "n11"},
		"unshipped orders":                       {[]string{"order-id|order-item-id|quantity-purchased", "1|2|3"}, RefusedNoPrices},
		"a part of unshipped orders":             {[]string{"order-id|quantity-purchased|x", "1|2|3"}, RefusedUnknown},
		"unshipped orders that say it":           {[]string{"order-id|order-item-id|quantity-purchased|item-price", "1|2|3|4"}, RefusedUnknown},
		"letters lost in the header":             {[]string{"Paket No;|Sipari? Numaras?|Sipari? Stat?s?|?r?n Ad?|Adet", "1"}, RefusedLetters},
		"lost beside mandatory names":            {[]string{"Paket No|Adet|Faturalanacak Tutar|Sipari? Numaras?|Sipari? Stat\ufffds?|\ufffdr\ufffdn Ad?", "1"}, RefusedLetters},
		"question marks for plain letters":       {[]string{"P?ket No|?det|Barko?|S?tış Tutarı", "1"}, RefusedUnknown},
		"nothing below the header":               {[]string{n11Header, "|||"}, refusedEmpty},
		"an empty file":                          {nil, RefusedUnknown},
	} {
		r, err := Read(table(c.lines...), Profiles(), domain.Districts{})
		got, e := r.Profile.Name, new(domain.Error)
		if errors.As(err, &e) {
			if got = e.Detail; e.Field == "map" {
				got = e.Err.Error()
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestRead_saysWhatItReadAndWhatNot(t *testing.T) {
	r := read(t, "", trendyolHeader+"|Komisyon|Boş| Marka ", "1|9|Teslim Edildi|a|1|5|5|||5|1||x", "1|9|Teslim Edildi|a|1|5|5|||5|1||x", "2|9|Teslim Edildi|a|1|5|5|||5|||y")
	if r.FirstRow != 2 || r.Rows != 3 || r.Taken != 2 || r.Repeated != 1 || len(r.Orders) != 2 {
		t.Errorf("header %d, %d rows, %d taken, %d repeated, %d orders", r.FirstRow, r.Rows, r.Taken, r.Repeated, len(r.Orders))
	}
	if want := []Column{{"Komisyon", 2, "1"}, {"Marka", 3, "x"}}; !slices.Equal(r.Ignored, want) {
		t.Errorf("ignored %v, want %v", r.Ignored, want)
	}
	if got := r.Columns[FieldInvoiced]; !slices.Equal(got, []string{"Faturalanacak Tutar"}) || len(r.Columns) != 10 {
		t.Errorf("columns %v", r.Columns)
	}
}

func TestRead_ofFilesThatWerePutTogether(t *testing.T) {
	r := read(t, n11Header, "1|Kargoda|a|1|5||", " "+n11Header, n11Header+"|x", "2|Kargoda|a|1|5||", n11Header+"| ", strings.TrimSuffix(n11Header, "|Mağaza İndirimi|Kupon"))
	if r.NoLine != 3 || r.Refused != 1 || r.Taken != 2 { // the one with something behind it is no header
		t.Errorf("%d no line, %d refused, %d taken", r.NoLine, r.Refused, r.Taken)
	}
}

func TestRead_emptyFilesAreOfTheirKind(t *testing.T) {
	if _, err := Read(table(n11Header), Profiles(), domain.Districts{}); domain.KindOf(err) != domain.KindEmptyFile {
		t.Error(err)
	}
}

// A file in which no cell is a number says nothing of numbers.
func TestRead_rowsOfText(t *testing.T) {
	r, err := Read(func(yield func(Row, error) bool) {
		for row, err := range table(n11Header, "1|Kargoda|a|1|1.500||") {
			if row.Numbers = nil; !yield(row, err) {
				return
			}
		}
	}, Profiles(), domain.Districts{})
	if err != nil || r.Orders[0].Total().String() != "1500" {
		t.Errorf("%v, %v", describeAll(r.Orders), err)
	}
}

func TestRead_ofMoreRowsThanAFileHas(t *testing.T) {
	for n, want := range map[int]string{maxRows: "", maxRows + 1: refusedTooLong} {
		r, err := Read(table(append([]string{trendyolHeader}, slices.Repeat([]string{"1|9|Teslim Edildi|a|1|5|5|||5"}, n)...)...), Profiles(), domain.Districts{})
		e := new(domain.Error)
		if errors.As(err, &e); e.Detail != want || want == "" && (r.Rows != n || r.Repeated != n-1) {
			t.Errorf("%d: %v, %d rows", n, err, r.Rows)
		}
	}
}

func TestRead_ratesOfATax(t *testing.T) {
	for tax, want := range map[string]string{"19.50": "20", "19.49": "", "20.50": "20", "20.51": "", "18.49": "18", "0": "0", "0.51": "1", "": ""} {
		r := read(t, wooHeader, "5|Completed|a|1|100|"+tax+"|0|")
		if got := stated(r.Orders[0].Lines[0].VAT); got != want {
			t.Errorf("%s: %q, want %q", tax, got, want)
		}
	}
}

func TestRead_endsWithTheError(t *testing.T) {
	torn := errors.New("torn")
	for n := range 12 {
		_, err := Read(func(yield func(Row, error) bool) {
			for row, err := range table(append([]string{n11Header}, slices.Repeat([]string{"1|Kargoda|a|1|5||"}, n)...)...) {
				if !yield(row, err) {
					return
				}
			}
			yield(Row{}, torn)
		}, Profiles(), domain.Districts{})
		if !errors.Is(err, torn) {
			t.Errorf("after %d rows: %v", n, err)
		}
	}
}

func TestRead_times(t *testing.T) {
	at := func(s string) time.Time {
		m, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for cell, want := range map[string]time.Time{
		"01.05.2026 23:59": at("2026-05-01T20:59:00Z"), "1.5.2026 2:14:05": at("2026-04-30T23:14:05Z"), "02-05-2026 02:14:05": at("2026-05-01T23:14:05Z"),
		"2026-05-01T20:59:30+00:00": at("2026-05-01T20:59:30Z"), "2026-05-01T21:00:10Z": at("2026-05-01T21:00:10Z"),
		"2026-05-02 12:36:08 +0100": at("2026-05-02T11:36:08Z"), "2026-05-02 12:00": at("2026-05-02T09:00:00Z"), "2026-05-02": at("2026-05-01T21:00:00Z"),
		"=46143.99930555556": at("2026-05-01T20:59:00Z"), "=1": at("1899-12-30T21:00:00Z"),
		"31.02.2026": {}, "05/01/2026": {}, "dün": {}, "=0": {}, "=2958466": {}, "=-1": {}, "=1e999999999": {},
	} {
		r := read(t, pazaramaHeader+"|Sipariş Tarihi", "5|Serum|1|0|1|1 adet Teslim Edildi|"+cell)
		if got := r.Orders[0].OrderedAt; !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%s is %v, want %v", cell, got, want)
		}
		if bad := len(r.Problems) == 1 && r.Problems[0].Reason == BadTime; bad != want.IsZero() {
			t.Errorf("%s: problems %v", cell, r.Problems)
		}
	}
	// 2026-05-01T20:59:30Z is 1 May in Istanbul, 21:00:10Z is 2 May.
	r := read(t, trendyolHeader+"|Sipariş Tarihi|Kargoya Teslim Tarihi|Teslim Tarihi",
		"1|9|Teslim Edildi|a|1|5|5|||5|2026-05-01T21:00:10Z|03.05.2026 10:00|", "1|9|Teslim Edildi|b|1|5|5|||5|2026-05-01T20:59:30Z|04.05.2026 10:00|05.05.2026 11:02",
		"1|9|Teslim Edildi|c|1|5|5|||5|2026-05-01T21:00:10Z|03.05.2026 10:00|04.05.2026 11:02")
	if first := read(t, trendyolHeader+"|Sipariş Tarihi", "1|9|Teslim Edildi|a|1|5|5|||5|2026-05-01", "1|9|Teslim Edildi|b|1|5|5|||5|").Orders[0].OrderedAt; first.IsZero() {
		t.Error("a row that says nothing has taken the time away")
	}
	o := r.Orders[0]
	if got := domain.FormatTime(o.OrderedAt, "tr") + ", " + domain.FormatTime(o.ShippedAt, "tr") + ", " + domain.FormatTime(o.DeliveredAt, "tr"); got != "01.05.2026 23:59, 04.05.2026 10:00, 05.05.2026 11:02" {
		t.Error(got)
	}
}

func TestRead_whatAnOrderIsCalled(t *testing.T) {
	for name, c := range map[string]struct{ header, row, number, pack string }{
		"its package is another number":    {trendyolHeader, "1|9|Teslim Edildi|a|1|5|5|||5", "9", "1"},
		"its package may hold others":      {hbHeader, "7|5|a|A|1|5|Kargoda|Hayır|20|", "5/7", "5/7"},
		"it has no package":                {n11Header, "'7|Kargoda|a|1|5||", "7", "7"},
		"its package alone has a number":   {trendyolHeader, "1||Teslim Edildi|a|1|5|5|||5", "1", "1"},
		"with what stands before a number": {shopifyHeader, "#1001|paid||a|1|5|||||", "#1001", "#1001"},
	} {
		if o := read(t, c.header, c.row).Orders[0]; o.Number != c.number || o.Package != c.pack {
			t.Errorf("%s: %q, %q", name, o.Number, o.Package)
		}
	}
}

func TestRead_kindsOfLines(t *testing.T) {
	var kinds []LineKind
	for _, l := range read(t, amazonHeader, "4|Shipped|Termos|2|TRY|119.80|10.00|29.90|29.90|5").Orders[0].Lines {
		kinds = append(kinds, l.Kind)
	}
	if !slices.Equal(kinds, []LineKind{LineGoods, LineShipping, LineWrap}) {
		t.Error(kinds)
	}
}

func TestRead_refunds(t *testing.T) {
	for row, want := range map[string]string{
		"#1|partially_refunded||a|1|85|0|0|0|85|40.50": "40.5", "#1|paid||a|1|85|0|0|0|85|": "0",
		"#1|refunded||a|1|85|0|0|0|85|85": "0", "#1|paid|2026-05-03 09:00:00 +0300|a|1|85|0|0|0|85|85": "0",
	} {
		if got := read(t, shopifyHeader, row).Orders[0].Refunded.String(); got != want {
			t.Errorf("%s: %s, want %s", row, got, want)
		}
	}
}

// What the marketplace pays is known, and lowers no invoice but Trendyol's where it says so.
func TestRead_whatTheMarketplacePays(t *testing.T) {
	for name, c := range map[string]struct{ header, row, platform, total string }{
		"hepsiburada":      {hbHeader + "|HB'nin karşıladığı kampanya tutarı (KDV dahil)", "7|5|a|Tabak|2|4.998,37|Kargoda|Hayır|20||1.400,63", "1400.63", "4998.37"},
		"pazarama, a unit": {pazaramaHeader + "|Pazarama'nın Karşıladığı Kampanya Tutarı", "5|Serum|1104|38,64|2|2 adet Teslim Edildi|100", "200", "1026.72"},
		"trendyol":         {trendyolHeader, "1|9|Teslim Edildi|Kupa|1|1.154|1.154|54|100|1.100", "100", "1100"},
	} {
		o := read(t, c.header, c.row).Orders[0]
		if got := o.Lines[0].Platform.String(); got != c.platform || o.Total().String() != c.total {
			t.Errorf("%s: %s of %s, want %s of %s", name, got, o.Total(), c.platform, c.total)
		}
	}
}

func TestRead_amountsAsTheyAreWritten(t *testing.T) {
	for cell, want := range map[string]string{
		"2,17": "2.17", "1.154": "1154", "1.807,89": "1807.89", "=1.154": "1.154", "=1104": "1104", "59.90": "59.9", "₺ 5": "5", "1.234.567,89": "1234567.89",
	} {
		if got := read(t, n11Header, "1|Kargoda|a|1|"+cell+"||").Orders[0].Lines[0].Unit.String(); got != want {
			t.Errorf("%s is %s, want %s", cell, got, want)
		}
	}
	for cell, want := range map[string]string{"2 Adet": "2", "1 ADET": "1", "0,5": "0.5", "=3": "3"} {
		if got := read(t, n11Header, "1|Kargoda|a|"+cell+"|5||").Orders[0].Lines[0].Quantity.String(); got != want {
			t.Errorf("%s is %s, want %s", cell, got, want)
		}
	}
}

// The order of a file's rows decides nothing: neither which orders there are nor what they say.
func TestRead_rowsInAnyOrder(t *testing.T) {
	for name, lines := range map[string][]string{
		"trendyol":    {trendyolHeader, "1|9|Teslim Edildi|a|1|5|5|||5", "1|9|Teslim Edildi|b|2|5|10|1||9", "2|9|İptal Edildi|a|1|5|5|||5", "1|9|Teslim Edildi|a|1|5|5|||5", "2|9|Yolda|c|1|5|5|||5"},
		"hepsiburada": {hbHeader, "7|5|a|A|1|5|Kargoda|Hayır|20|x y", "7|5|b|B|1|5|Kargoda|Evet|20|x y", "4,0E+09|6|c|C|1|5|Kargoda|Hayır|20|x y", "9|6|d|D|1|5|Kargoda|Hayır|20|x y", "8|5|e|E|1|5|Kargoda|Hayır|20|x y"},
		"shopify":     {shopifyHeader, "#1|paid||Kazak|1|100.00|1.50|20.00|39.90|168.40|", "#1|||Kitap|1|50.00|0.00|||", "#1|||Kitap|1|x|0.00|||", "#2|paid||A|1|5|||||", "#2|||B|2|5|||||"},
		"ikas":        {ikasHeader, "1|Gönderildi|Ödendi|Kazak|1|200.00|25.00|39.90|264.90", "1|||Çorap|2|25.00|||", "2|||Çorap|2|25.00|||", "3|Gönderildi|Ödendi|a|1|2||3|5", "3|Gönderildi|Ödendi|b|1|2||4|5"},
		"amazon":      {amazonHeader, "4|Shipped|A|2|TRY|119.80|10.00|29.90|29.90|5", "4|Shipped|B|1|TRY|50||10.05||0", "4|Cancelled|C|1|TRY|50||10.05||0"},
	} {
		// What is set apart for each package, and the account: the same whatever the order.
		summary := func(lines []string) (map[string]string, [4]int) {
			r := read(t, lines...)
			out := map[string]string{}
			for _, o := range r.Orders {
				out[o.Package] = string(o.Status) + " " + o.Fingerprint()
			}
			return out, [4]int{r.Taken, r.Repeated, r.NoLine, r.Refused}
		}
		want, account := summary(lines)
		rows := slices.Clone(lines)
		random := rand.New(rand.NewPCG(1, 2))
		for range 100 {
			random.Shuffle(len(rows)-1, func(i, j int) { rows[i+1], rows[j+1] = rows[j+1], rows[i+1] })
			if got, counted := summary(rows); fmt.Sprint(got) != fmt.Sprint(want) || counted != account {
				t.Fatalf("%s: %q gives %v %v, want %v %v", name, rows, got, counted, want, account)
			}
		}
	}
}

func TestLine_Net(t *testing.T) {
	d := decimal.RequireFromString
	for name, c := range map[string]struct {
		l    Line
		want string
	}{
		"the amount of the file":   {Line{Quantity: d("3"), Unit: d("1"), Amount: decimal.NewNullDecimal(d("179.705"))}, "179.71"},
		"quantity and unit":        {Line{Quantity: d("3"), Unit: d("59.9"), Discount: d("0.01")}, "179.69"},
		"discounts of a unit":      {Line{Quantity: d("2"), Unit: d("552"), Discount: d("38.64"), PerUnit: true}, "1026.72"},
		"half a kuruş of discount": {Line{Quantity: d("1"), Unit: d("10"), Discount: d("0.005")}, "9.99"},
		"of a unit, rounded after": {Line{Quantity: d("3"), Unit: d("10"), Discount: d("0.3333"), PerUnit: true}, "29"},
	} {
		if got := c.l.Net().String(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
