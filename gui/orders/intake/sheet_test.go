package intake

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/storage/files"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// shop is a company over a real store, whose orders are ready as soon as they are judged.
type shop struct {
	*sqlitetest.Company
	*orders.Importer
	files.Folders
	dir    string
	beside []orders.Elsewhere
}

func (s *shop) OrdersElsewhere(context.Context, []orders.Order) ([]orders.Elsewhere, error) {
	return s.beside, nil
}

func newShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{Company: sqlitetest.NewCompany(t), dir: t.TempDir(), Folders: files.Folders{Districts: assets.Districts()}}
	s.Folders.Own = func() (string, error) { return s.dir, nil }
	s.Importer = orders.NewImporter(s.Folders, s.Company, func(ctx context.Context, keys ...orders.Key) error {
		of := map[int64]orders.Verdict{}
		for _, k := range keys {
			o, err := s.Order(ctx, k)
			if err != nil {
				return err
			}
			of[o.ID] = orders.Verdict{Stage: orders.StageHeld}
			if o.Status == orders.StatusOK {
				of[o.ID] = orders.Verdict{Stage: orders.StageReady}
			}
		}
		return s.SaveVerdicts(ctx, of)
	}, nil)
	return s
}

// write puts a file into the shop's folder and gives its path.
func (s *shop) write(t *testing.T, name string, lines ...string) string {
	t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, []byte("\ufeff"+strings.Join(lines, "\r\n")+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// page is what the sheet stands in front of.
type page struct {
	*kit.Leaves
	e      *kit.Env
	shop   *shop
	taken  []string
	undone int
}

func (p *page) Content() fyne.CanvasObject { return p.Root }
func (p *page) Show()                      {}

// open puts the sheet in front, of a file or of none.
func (p *page) open(path string) *Sheet {
	p.Close()
	s := New(p.e, p.shop, p.Leaves, path, func(words string, _ int) {
		p.taken = append(p.taken, words)
		p.Close()
	}, func() { p.undone++ })
	p.Push(s)
	return s
}

// onPage runs f with an empty page in view, in Turkish.
func onPage(t *testing.T, f func(s *kittest.Screen, p *page, shop *shop)) {
	t.Helper()
	shop := newShop(t) // outside the bubble: the store's connections outlive it
	kittest.Run(t, "tr", func(s *kittest.Screen) {
		sheet := widgets.NewBody("liste")
		p := &page{Leaves: &kit.Leaves{Said: widgets.NewBanner(), Sheet: sheet, Root: container.NewStack(sheet), Uncovered: func() {}}, e: s.E, shop: shop}
		s.Show(p)
		f(s, p, shop)
	})
}

// said fails unless that is what was said last of what came.
func (p *page) said(t *testing.T, want string) {
	t.Helper()
	if len(p.taken) == 0 || p.taken[len(p.taken)-1] != want {
		t.Errorf("said %q, want %q", p.taken, want)
	}
}

const trendyolHead = "Paket No;Sipariş Numarası;Sipariş Tarihi;Kargoya Teslim Tarihi;Sipariş Statüsü;Alıcı;Fatura Adresi;İl;İlçe;Ülke;Stok Kodu;Ürün Adı;Adet;Birim Fiyatı;Satış Tutarı;İndirim Tutarı;Trendyol İndirim Tutarı;Faturalanacak Tutar;Notum"

func trendyolRow(number, status, amount string) string {
	return number + ";109" + number + ";02.05.2026 09:15;04.05.2026 14:10;" + status + ";Deniz Örnekoğlu;Deneme Mah. No:1;İstanbul;Kadıköy;Türkiye;TRM-500;Termos;3;59,9;179,7;0;0;" + amount + ";özel"
}

func TestTake_showsWhatIsInAFileBeforeAnythingIsKept(t *testing.T) {
	onPage(t, func(s *kittest.Screen, p *page, shop *shop) {
		if _, err := shop.TakeOrders(t.Context(), orders.SourceFile, "x", []orders.Order{{
			Marketplace: "trendyol", Number: "1091", Package: "1", Status: orders.StatusOK, Currency: domain.TRY,
			Lines: []orders.Line{{Name: "Termos", Quantity: decimal.NewFromInt(2), Unit: decimal.NewFromInt(5), Kind: orders.LineGoods}},
		}}); err != nil {
			t.Fatal(err)
		}
		path := shop.write(t, "siparisler.csv", trendyolHead, trendyolRow("1", "Teslim Edildi", "179,7"), trendyolRow("5", "Teslim Edildi", "179,7"),
			trendyolRow("6", "Depoda Bekliyor", "179,7"), trendyolRow("7", "Teslim Edildi", "yüz"))
		p.open("")
		s.Settle()
		s.Reads("Onaylamadan hiçbir şey alınmaz.")
		p.open(path)
		s.Settle()
		s.Reads("siparisler.csv", "Trendyol: 3 sipariş", "2 yeni · 1 değişmiş", "4 satır", "1 satır alınamadı", "“Depoda Bekliyor” (1 satır)", "1 sorun", "yüz",
			"Sayı okunamadı; satır alınmadı.", "Faturalanacak tutar", "Notum", "3 Siparişi Al")
		if n := shop.count(t); n != 1 {
			t.Errorf("%d orders are kept", n)
		}
	})
}

// Who keeps the books of several firms is told that a file may be another one's, before it is taken.
func TestTake_warnsOfOrdersThatAnotherCompanyHas(t *testing.T) {
	onPage(t, func(s *kittest.Screen, p *page, shop *shop) {
		path := shop.write(t, "siparisler.csv", trendyolHead, trendyolRow("1", "Teslim Edildi", "179,7"))
		shop.beside = []orders.Elsewhere{{Company: "Akın", Number: "1091"}, {Company: "Bal", Number: "1091"}, {Company: "Çay", Number: "1"}, {Company: "Dut", Number: "1"}, {Company: "Ege", Number: "1"}}
		p.open(path)
		s.Settle()
		s.Reads("Bu dosyadaki siparişler (örneğin 1091) başka bir şirketinizde de var: Akın, Bal, Çay, 2 şirket daha.", "1 Siparişi Al")
		shop.beside = shop.beside[:1]
		p.open(path)
		s.Settle()
		s.Reads("başka bir şirketinizde de var: Akın.")
	})
}

func TestTake_keepsTheOrdersAndTheAnswers(t *testing.T) {
	onPage(t, func(s *kittest.Screen, p *page, shop *shop) {
		path := shop.write(t, "siparisler.csv", trendyolHead, trendyolRow("5", "Teslim Edildi", "179,7"), trendyolRow("6", "Depoda Bekliyor", "179,7"))
		p.open(path)
		s.Settle()
		s.Choose("“Depoda Bekliyor” (1 satır)", "Faturalansın")
		s.Settle()
		s.Key(fyne.KeyReturn)
		p.said(t, "siparisler.csv alındı: 2 yeni. 2 sipariş hazır.")
		again := shop.write(t, "yine.csv", trendyolHead, trendyolRow("5", "Teslim Edildi", "179,7"), trendyolRow("8", "Depoda Bekliyor", "179,7"))
		p.open(again)
		s.Settle()
		s.Reads("1 yeni · 1 aynı")
		s.ReadsNot("Bu durumlar ne demek?") // it was answered once
		s.Tap("1 Siparişi Al")
		p.said(t, "yine.csv alındı: 1 yeni, 1 aynı. 2 sipariş hazır.")
		cancelled := shop.write(t, "iptal.csv", trendyolHead, trendyolRow("5", "İptal Edildi", "179,7"), trendyolRow("8", "Depoda Bekliyor", "179,7"))
		p.open(cancelled)
		s.Settle()
		s.Reads("1 değişmiş · 1 aynı")
		s.Tap("1 Siparişi Al")
		p.said(t, "iptal.csv alındı: 1 değişmiş, 1 aynı. 1 sipariş hazır, 1 sipariş faturalanmayacak.")
		later := shop.write(t, "sonra.csv", trendyolHead, strings.Replace(trendyolRow("8", "Depoda Bekliyor", "179,7"), "04.05.2026 14:10", "05.05.2026 09:00", 1))
		p.open(later)
		s.Settle()
		s.Reads("1 değişmiş")
		s.Tap("1 Siparişi Al")
		p.said(t, "sonra.csv alındı: 1 değişmiş. 1 sipariş hazır.")
		p.open(later) // nothing of it is new any more
		s.Settle()
		s.Reads("1 aynı")
		if !s.Button("Alınacak Yeni Sipariş Yok").Disabled() {
			t.Error("what is here already can be taken again")
		}
	})
}

func TestTake_columnsOfAnUnknownFileAreMapped(t *testing.T) {
	onPage(t, func(s *kittest.Screen, p *page, shop *shop) {
		path := shop.write(t, "liste.csv", "Fiş;Mal;Miktar;Bedel;Kim", "77;Termos 500 ml;3;179,70;Deniz Örnekoğlu")
		p.open(path)
		s.Settle()
		s.Reads("Dosya tanınan bir sipariş listesi değil", "Sipariş no", "Ürün adı", "Fiş", "Miktar")
		if !s.Button("Devam").Disabled() {
			t.Error("a file of nobody can be read")
		}
		view := p.Top().(*Sheet).cols
		view.market.SetSelectedIndex(len(orders.Profiles()))
		s.Write("Pazaryerinin adı", "Yerel Pazar")
		pick := func(f orders.Field, column string) { view.fields[f].pick.SetSelected(column) }
		pick(orders.FieldProduct, "Mal")
		pick(orders.FieldQuantity, "Miktar")
		pick(orders.FieldAmount, "Bedel")
		pick(orders.FieldBuyer, "Kim")
		s.Settle()
		s.Reads("Termos 500 ml", "179,70")
		s.Tap("Devam")
		s.Reads("Sipariş no: Bu alanı doldurun.")
		pick(orders.FieldNumber, "Fiş")
		s.Tap("Devam")
		s.Reads("Yerel Pazar: 1 sipariş", "1 yeni")
		s.Tap("1 Siparişi Al")
		p.said(t, "liste.csv alındı: 1 yeni. 1 sipariş bekliyor.")
		if k, err := shop.Order(t.Context(), orders.Key{Marketplace: "Yerel Pazar", Package: "77"}); err != nil || k.Buyer.FullName() != "Deniz Örnekoğlu" {
			t.Errorf("%+v, %v", k, err)
		}
		p.open(path)
		s.Settle()
		s.Reads("Yerel Pazar: 1 sipariş", "1 aynı") // the mapping was remembered
	})
}

func TestTake_missingColumnsAreNamed(t *testing.T) {
	onPage(t, func(s *kittest.Screen, p *page, shop *shop) {
		path := shop.write(t, "eksik.csv", "Paket No;Sipariş Numarası;Sipariş Statüsü;Ürün Adı;Adet", "1;2;Teslim Edildi;Termos;3")
		p.open(path)
		s.Settle()
		s.Reads("Dosyada zorunlu sütunlar yok", "Faturalanacak Tutar")
	})
}

func TestTake_aFileOfProductsLeadsToProducts(t *testing.T) {
	onPage(t, func(s *kittest.Screen, p *page, shop *shop) {
		p.open(shop.write(t, "odeme.csv", "Tarih/Saat;Net Tutar;Komisyon", "1;2;3"))
		s.Settle()
		s.Reads("odeme.csv: Bu bir ödeme (hakediş) raporu")
		s.Tap("Ürün Dosyası Olarak Aç")
		s.Asked(kit.PlaceFiles)
	})
}

func TestTake_aFileWithoutBuyersSaysSo(t *testing.T) {
	onPage(t, func(s *kittest.Screen, p *page, shop *shop) {
		path := shop.write(t, "pazarama.csv", "Sipariş Numarası;Sipariş Ürün Durumu;Ürün Adı;Ürün Miktarı;Ürün Tutarı;Satıcının Karşıladığı Kampanya Tutarı;Kime", "1;1 adet Teslim Edildi;Termos;1;59,90;0;Deniz Örnekoğlu")
		p.open(path)
		s.Settle()
		s.Reads("alıcının adı yok")
		s.Tap("Sütunları Eşle")
		view := p.Top().(*Sheet).cols
		if view.builtIn() != "pazarama" || view.fields[orders.FieldQuantity].pick.Selected != "Ürün Miktarı" {
			t.Errorf("profile %q, quantity in %q", view.builtIn(), view.fields[orders.FieldQuantity].pick.Selected)
		}
		view.fields[orders.FieldBuyer].pick.SetSelected("Kime")
		s.Tap("Devam")
		s.Reads("Pazarama: 1 sipariş")
		s.ReadsNot("alıcının adı yok")
	})
}

// count is how many orders are kept.
func (s *shop) count(t *testing.T) int {
	t.Helper()
	_, n, err := s.ListOrders(t.Context(), orders.Query{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The file of another company has come in by mistake.
func TestSheet_takesTheLastFileBack(t *testing.T) {
	onPage(t, func(s *kittest.Screen, p *page, shop *shop) {
		p.open("")
		s.Settle()
		s.ReadsNot("Geri Al")
		order := func(pkg string) orders.Order {
			return orders.Order{Marketplace: "trendyol", Number: pkg, Package: pkg, Status: orders.StatusOK, Currency: domain.TRY}
		}
		if _, err := shop.TakeOrders(t.Context(), orders.SourceFile, "başkasının.csv", []orders.Order{order("1"), order("2")}); err != nil {
			t.Fatal(err)
		}
		p.open("")
		s.Settle()
		s.Reads("Son alınan dosya: başkasının.csv · ", " · 2 yeni")
		s.Tap("Geri Al")
		s.Asks("başkasının.csv geri alınsın mı?", "Dosyanın getirdiği 2 sipariş listeden kalkar.")
		s.Answer("Geri Al")
		s.Reads("başkasının.csv geri alındı. 2 sipariş listeden kalktı.")
		s.ReadsNot("Geri Al")
		if left, n, err := shop.ListOrders(t.Context(), orders.Query{}); err != nil || n != 0 || p.undone != 1 {
			t.Errorf("%v, %v, told %d times", left, err, p.undone)
		}
	})
}
