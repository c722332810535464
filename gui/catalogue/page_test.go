package catalogue

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

func TestProducts_searchWaitsForTheNextLetter(t *testing.T) {
	onPage(t, kittest.NewCatalogue(250), func(s *screen) {
		s.Reads("250 ürün", "KOD-0001", "249,90 ₺", "Satışta", "Bağlı değil")
		s.larder.Asked = nil
		test.Type(s.list().Search, "cikolata 24")
		s.Settle()
		if len(s.larder.Asked) != 0 {
			t.Errorf("asked %+v before the last letter", s.larder.Asked)
		}
		s.Pass(kit.SearchAfter + time.Millisecond)
		want := domain.ProductQuery{Group: domain.ProductsCurrent, Search: "cikolata 24", Most: domain.CountedHits, Limit: table.PageRows}
		if len(s.larder.Asked) != 1 || s.larder.Asked[0] != want {
			t.Errorf("asked %+v, want %+v", s.larder.Asked, want)
		}
		s.Reads("11 ürün")
		s.Tap("Excel’e Aktar")
		s.says("urunler.xlsx")
		want.Limit = 0
		if len(s.larder.Exported) != 1 || s.larder.Exported[0] != want {
			t.Errorf("exported %+v", s.larder.Exported)
		}
		test.Type(s.list().Search, "xyz")
		s.Pass(kit.SearchAfter + time.Millisecond)
		s.Reads("için ürün bulunamadı")
		s.ReadsNot("Kataloğunuz boş")
	})
}

func TestProducts_sortsByHeadAndKeepsColumns(t *testing.T) {
	onPage(t, kittest.NewCatalogue(3), func(s *screen) {
		test.Tap(s.table().Heads()[0])
		s.Settle()
		if q := s.larder.Asked[len(s.larder.Asked)-1]; q.Sort != domain.ProductsByCode {
			t.Errorf("asked %+v", q)
		}
		s.list().toggleColumn("brand")
		s.Settle()
		s.ReadsNot("Marka")
		if kept := s.Kept.M[PreferenceProductColumns]; kept != "brand" {
			t.Errorf("kept %q", kept)
		}
		if id, _ := s.table().Sorted(); id != string(domain.ProductsByCode) || len(s.table().Heads()) != 7 {
			t.Errorf("sorted by %q, %d columns", id, len(s.table().Heads()))
		}
		s.list().toggleColumn("code")
		s.Settle()
		if id, _ := s.table().Sorted(); id != "" {
			t.Errorf("sorted by a column that is hidden: %q", id)
		}
		s.list().toggleColumn("brand")
		s.Settle()
		s.Reads("Marka")
	})
}

func TestProducts_teachWhenThereIsNothing(t *testing.T) {
	onPage(t, kittest.NewCatalogue(0), func(s *screen) {
		s.Reads("Kataloğunuz boş", "İşbaşı’ndan Getir", "Dosyadan Al")
		s.Tap("İşbaşı’ndan Getir")
		s.Asked(kit.PlaceTransfer)
	})
	l := kittest.NewCatalogue(1)
	l.All[0].State = domain.ProductArchived
	onPage(t, l, func(s *screen) {
		s.Reads("Bütün ürünleriniz arşivde.")
		s.ReadsNot("Kataloğunuz boş")
	})
}

func TestProducts_putsMarkedOnesOutOfSaleAndBack(t *testing.T) {
	l := kittest.NewCatalogue(4)
	l.All[3].State = domain.ProductArchived
	onPage(t, l, func(s *screen) {
		s.ReadsNot("Pasife Al", "Satışa Aç")
		s.keys(fyne.KeyHome, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
		s.Reads("2 ürün seçili", "Pasife Al")
		s.ReadsNot("Satışa Aç") // both are
		s.Tap("Pasife Al")
		s.says("2 ürün pasife alındı; pazaryerleri için fiyatı hesaplanmaz.")
		s.ReadsNot("Pasife Al") // nothing is marked any more
		for id, want := range map[domain.ProductID]domain.ProductState{1: domain.ProductPassive, 2: domain.ProductPassive, 3: domain.ProductActive, 4: domain.ProductArchived} {
			if got := l.Product(id).State; got != want {
				t.Errorf("product %d is %s, want %s", id, got, want)
			}
		}
		s.keys(fyne.KeyHome, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace)
		s.Reads("Pasife Al", "Satışa Aç") // one of each
		s.Tap("Satışa Aç")
		s.says("1 ürün satışa açıldı.")
		if got := l.Product(1).State; got != domain.ProductActive {
			t.Errorf("product 1 is %s", got)
		}
		s.page.Undo()
		s.Settle()
		if got := l.Product(1).State; got != domain.ProductPassive {
			t.Errorf("taken back, product 1 is %s", got)
		}
		s.list().group.SetSelectedIndex(slices.Index(productGroups(), domain.ProductsArchived))
		s.Settle()
		s.keys(fyne.KeyHome, fyne.KeySpace)
		s.Reads("1 ürün seçili", "Arşivden Çıkar")
		s.ReadsNot("Pasife Al", "Satışa Aç")
	})
}

func TestProducts_putsOutOfSaleAndBack(t *testing.T) {
	onPage(t, kittest.NewCatalogue(3), func(s *screen) {
		s.page.Edit(s.larder.Product(2))
		s.Settle()
		s.Tap("Pasife Al")
		if s.larder.Product(2).State != domain.ProductPassive {
			t.Fatalf("it is %s", s.larder.Product(2).State)
		}
		s.Reads("ÇİKOLATA 2 (pasif)")
		s.Tap("Satışa Aç")
		if s.larder.Product(2).State != domain.ProductActive {
			t.Fatalf("it is %s", s.larder.Product(2).State)
		}
		s.ReadsNot("ÇİKOLATA 2 (pasif)")
	})
	l := kittest.NewCatalogue(4)
	l.All[1].State, l.All[2].State, l.All[3].State = domain.ProductDraft, domain.ProductPassive, domain.ProductArchived
	onPage(t, l, func(s *screen) {
		s.Reads("Pasif", "Taslak", "Satışta")
		s.page.sell(slices.Clone(l.All), false)
		s.Settle()
		s.says("2 ürün pasife alındı; pazaryerleri için fiyatı hesaplanmaz.")
		s.page.sell(slices.Clone(l.All), true)
		s.Settle()
		s.says("3 ürün satışa açıldı.")
		for id, want := range map[domain.ProductID]domain.ProductState{1: domain.ProductActive, 2: domain.ProductActive, 3: domain.ProductActive, 4: domain.ProductArchived} {
			if got := l.Product(id).State; got != want {
				t.Errorf("product %d is %s, want %s", id, got, want)
			}
		}
	})
}

func TestProducts_archivesAndTakesItBack(t *testing.T) {
	onPage(t, kittest.NewCatalogue(5), func(s *screen) {
		s.keys(fyne.KeyDown, fyne.KeyDelete) // the second one, at once
		s.AsksNothing()
		s.says("1 ürün arşivlendi.")
		if s.larder.Product(2).State != domain.ProductArchived {
			t.Fatal("it is not archived")
		}
		s.Reads("4 ürün")
		test.Tap(s.page.back)
		s.Settle()
		s.says("eski haline")
		if p := s.larder.Product(2); p.State != domain.ProductActive || p.Revision != 3 {
			t.Errorf("taken back: %+v", p)
		}
		s.Undo() // there is nothing more
		if p := s.larder.Product(2); p.Revision != 3 {
			t.Error("undone twice")
		}
	})
}

func TestProducts_archivesSeveralAfterAsking(t *testing.T) {
	onPage(t, kittest.NewCatalogue(5), func(s *screen) {
		s.keys(fyne.KeyHome, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
		s.Reads("2 ürün seçili")
		s.keys(fyne.KeyDelete)
		s.Asks()
		s.Answer("Vazgeç")
		if s.larder.Product(1).State == domain.ProductArchived {
			t.Fatal("archived without consent")
		}
		s.keys(fyne.KeyDelete)
		s.Answer("Arşivle")
		s.says("2 ürün arşivlendi.")
		s.ReadsNot("2 ürün seçili")
		s.Win.Canvas().Unfocus()
		s.Undo()
		for id := domain.ProductID(1); id <= 2; id++ {
			if s.larder.Product(id).State != domain.ProductActive {
				t.Errorf("product %d stays archived", id)
			}
		}
	})
}

func TestProducts_undoYieldsToALaterChange(t *testing.T) {
	onPage(t, kittest.NewCatalogue(2), func(s *screen) {
		s.keys(fyne.KeyDelete)
		s.larder.All[0].Revision++
		s.Undo()
		s.says("Geri alınamadı.")
		if s.larder.Product(1).State != domain.ProductArchived {
			t.Error("the later change is lost")
		}
	})
}

func TestProducts_editsAProduct(t *testing.T) {
	l := kittest.NewCatalogue(3)
	l.Bind(2)
	rule := pricing.Rule{Direction: pricing.Increase, Kind: pricing.Percent, Amount: decimal.NewFromInt(10), Extra: decimal.NewFromInt(20)}
	l.Rules.Global = &rule
	onPage(t, l, func(s *screen) {
		s.keys(fyne.KeyDown, fyne.KeyReturn)
		s.Reads("ÇİKOLATA 2", "Çikolata İşbaşı · kod ISB-1", "Barkodu aynı", "Trendyol", "294,89 ₺", "%10 artış, ek fiyat 20,00 ₺")
		s.page.panel.prices.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
		s.Settle()
		s.Reads("Trendyol: Temel fiyat: 249,90 ₺; %10 artış: 274,89 ₺; 20,00 ₺ ek fiyat eklendi: 294,89 ₺.")
		s.Write("Fiyat", "yüz")
		if got := s.Row("Fiyat").Wrong(); got == "" {
			t.Error("nothing is said at the field")
		}
		s.Tap("Kaydet")
		s.Reads("işaretli alanı düzeltin")
		s.Write("Fiyat", "100")
		s.Pass(kit.SearchAfter + time.Millisecond)
		s.Reads("130,00 ₺") // of what is typed
		s.Write("Barkod", "8,69E+12")
		s.Reads("Excel bu barkodu bozmuş")
		s.Write("Barkod", "12")
		s.Reads("Standart barkod değil")
		s.page.Save()
		s.Settle()
		if p := l.Product(2); !p.Price.Decimal.Equal(decimal.NewFromInt(100)) || p.Barcode != "12" || p.Revision != 2 {
			t.Fatalf("kept %+v", p)
		}
		s.Reads("Kaydedildi")
		s.Tap("Geri")
		s.says("Kaydedildi: ÇİKOLATA 2")
		s.Reads("100,00 ₺")
		s.Tap("Geri Al")
		if p := l.Product(2); p.Barcode != "8690504012341" || p.Revision != 3 {
			t.Errorf("taken back: %+v", p)
		}
	})
}

func TestProducts_savingWhatHasChangedMeanwhileIsRefused(t *testing.T) {
	onPage(t, kittest.NewCatalogue(1), func(s *screen) {
		s.keys(fyne.KeyReturn)
		s.larder.All[0].Revision = 9
		s.Write("Marka", "Ülker")
		s.Tap("Kaydet")
		s.Reads("siz açtıktan sonra değişti")
	})
}

func TestProducts_askBeforeChangesAreLost(t *testing.T) {
	onPage(t, kittest.NewCatalogue(2), func(s *screen) {
		s.keys(fyne.KeyReturn)
		s.Write("Marka", "Ülker")
		s.Frame.Open(kit.PlaceProcess)
		s.Settle()
		s.Asks()
		s.Answer("Bu Bölümde Kal")
		s.Asked()
		s.Tap("Geri")
		s.Asks()
		s.Answer("Kaydet ve Geç")
		if s.page.panel != nil || s.larder.Product(1).Brand != "Ülker" {
			t.Errorf("panel %v, kept %+v", s.page.panel != nil, s.larder.Product(1))
		}
	})
}

func TestProducts_addsAProduct(t *testing.T) {
	onPage(t, kittest.NewCatalogue(1), func(s *screen) {
		s.Tap("Yeni Ürün")
		s.ReadsNot("İşbaşı eşleşmesi", "Arşivle", "Trendyol", "Engellendi")
		s.Reads("Fiyatı yazın")
		s.Write("Fiyat", "100")
		s.Pass(time.Second)
		s.Reads("Trendyol")
		s.Write("Fiyat", "")
		s.Pass(time.Second)
		s.ReadsNot("Trendyol", "Engellendi")
		s.Write("Stok kodu", "YENI-1")
		s.Tap("Kaydet")
		if got := s.Row("Ürün adı").Wrong(); got != "Bu alanı doldurun." {
			t.Errorf("said %q", got)
		}
		s.Write("Ürün adı", "Şekersiz Çikolata")
		s.Tap("Kaydet")
		if p := s.larder.Product(2); p.Name != "Şekersiz Çikolata" || p.Code != "YENI-1" {
			t.Fatalf("kept %+v", p)
		}
		s.Reads("İşbaşı eşleşmesi", "Arşivle")
		s.Write("Marka", "Ülker")
		s.Tap("Kaydet")
		if len(s.larder.All) != 2 || s.larder.Product(2).Brand != "Ülker" {
			t.Errorf("kept %+v", s.larder.All)
		}
	})
}

// menu gives the pop-up menu that is open.
func (s *screen) menu() *widget.PopUpMenu {
	s.T.Helper()
	var found *widget.PopUpMenu
	for _, o := range s.Win.Canvas().Overlays().List() {
		kittest.Walk(o, func(o fyne.CanvasObject) {
			if m, ok := o.(*widget.PopUpMenu); ok {
				found = m
			}
		})
	}
	if found == nil {
		s.T.Fatal("no menu is open")
	}
	return found
}

func TestProducts_menuByKeyboard(t *testing.T) {
	onPage(t, kittest.NewCatalogue(3), func(s *screen) {
		s.keys(fyne.KeyDown, fyne.KeyF10)
		m := s.menu()
		for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn} { // copies the code
			m.TypedKey(&fyne.KeyEvent{Name: k})
		}
		s.Settle()
		if got := s.E.App.Clipboard().Content(); got != "KOD-0002" {
			t.Errorf("copied %q", got)
		}
		s.keys(fyne.KeyF10)
		s.menu().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.Settle()
		s.Reads("ÇİKOLATA 2", "Pazaryeri fiyatları")
	})
}

func TestProducts_keysReachTheWindow(t *testing.T) {
	onPage(t, kittest.NewCatalogue(3), func(s *screen) {
		s.keys(fyne.KeyDown)
		s.Win.Canvas().Focused().TypedRune('f')
		s.Settle()
		if s.Win.Canvas().Focused() != fyne.Focusable(s.list().Search) {
			t.Error("F does not lead to the search")
		}
		s.keys(fyne.KeySpace, fyne.KeyEscape)
		s.ReadsNot("ürün seçili")
	})
}

func TestProducts_fitTheSmallestSize(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		onPageIn(t, lang, kittest.NewCatalogue(3), func(s *screen) {
			for _, what := range []string{"list", "panel"} {
				if m := s.Win.Content().MinSize(); m.Width > kittest.PageWidth || m.Height > kittest.PageHeight {
					t.Errorf("%s: the %s needs %v", lang, what, m)
				}
				s.page.Edit(domain.Product{ID: 1})
				s.Settle()
			}
		})
	}
}

func TestProductDraft_losesNoDecimals(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		for _, n := range []string{"1.234", "159.11999999", "0.5", "1000", "12.50", "-3"} {
			p := domain.Product{Name: "A", Stock: decimal.NewNullDecimal(decimal.RequireFromString(n))}
			if n != "-3" {
				p.Price = p.Stock
			}
			d := draftOfProduct(p, pricing.Guards{}, lang)
			d.name = "B"
			got, err := d.product(lang)
			if err != nil || !got.Stock.Decimal.Equal(p.Stock.Decimal) || !got.Price.Decimal.Equal(p.Price.Decimal) {
				t.Errorf("%s: %s came back as %v and %v (%v)", lang, n, got.Stock, got.Price, err)
			}
		}
	}
}

func TestProductWords_composedKeysHaveWords(t *testing.T) {
	var keys []string
	for _, g := range productGroups() {
		keys = append(keys, "products.group."+cmp.Or(string(g), "all"), "products.none."+cmp.Or(string(g), "all"))
	}
	for _, c := range []domain.BarcodeClass{
		domain.BarcodeNone, domain.BarcodeGTIN, domain.BarcodeRestored, domain.BarcodeOther, domain.BarcodeRestricted, domain.BarcodeInvalid, domain.BarcodeSeveral,
	} {
		keys = append(keys, "products.barcode."+barcodeKey(c))
	}
	for _, st := range []domain.ProductState{domain.ProductActive, domain.ProductPassive, domain.ProductDraft, domain.ProductArchived} {
		keys = append(keys, "products.state."+string(st))
	}
	for _, f := range []string{"name", "code", "barcode", "brand", "price", "stock", "vat_rate"} {
		keys = append(keys, "products."+f, "products."+f+".hint", "products."+f+".help")
	}
	keys = append(keys, "invalid.changed", "invalid.code-taken", "invalid.percent", "products.archived", "products.restored", "products.passive", "products.on-sale")
	kittest.HaveWords(t, keys...)
}

func TestProducts_guardsAreSavedAndTakenBack(t *testing.T) {
	onPage(t, kittest.NewCatalogue(2), func(s *screen) {
		s.page.Edit(s.larder.Product(1))
		s.Settle()
		s.Reads("249,90 ₺")
		s.Write("En düşük fiyat", "300")
		s.Pass(kit.SearchAfter + time.Millisecond)
		s.Reads("engellendi", "Fiyat, ürünün en düşük fiyatının altında")
		s.Write("Maliyet", "-5")
		if s.Row("Maliyet").Wrong() != "Eksi bir sayı olamaz." {
			t.Errorf("says %q", s.Row("Maliyet").Wrong())
		}
		s.Write("Maliyet", "1.234,5")
		s.Tap("Kaydet")
		if g := s.larder.Guards[1]; g.Minimum.Decimal.String() != "300" || g.Cost.Decimal.String() != "1234.5" {
			t.Errorf("kept %+v", g)
		}
		if s.larder.Product(1).Revision != 2 {
			t.Log(s.larder.Product(1).Revision)
		}
		s.Undo()
		if g := s.larder.Guards[1]; g.Minimum.Valid || g.Cost.Valid {
			t.Errorf("undone to %+v", g)
		}
	})
}

func TestPanel_saysWhatIsSoldAndWhatMarketplacesAreShown(t *testing.T) {
	l := kittest.NewCatalogue(2)
	for id, stock := range map[int]int64{1: 10, 2: 2} {
		l.All[id-1].Stock = decimal.NewNullDecimal(decimal.NewFromInt(stock))
	}
	l.Sold = map[domain.ProductID]decimal.Decimal{1: decimal.NewFromInt(3), 2: decimal.NewFromInt(5)}
	for id, want := range map[domain.ProductID]string{1: "Açık siparişlerde 3; pazaryerlerine kalan 7.", 2: "Açık siparişlerde 5; pazaryerlerine kalan 0."} {
		onPage(t, l, func(s *screen) {
			s.page.Edit(l.Product(id))
			s.Settle()
			s.Reads(want)
		})
	}
	l.Sold = nil
	onPage(t, l, func(s *screen) {
		s.page.Edit(l.Product(1))
		s.Settle()
		s.ReadsNot("Açık siparişlerde")
	})
}

func TestPanel_saysWherePriceAndStockComeFrom(t *testing.T) {
	l := kittest.NewCatalogue(2)
	at := time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)
	l.From = map[domain.ProductID]domain.Origins{1: {
		Price: domain.Origin{At: at, From: domain.SourceSync}, Stock: domain.Origin{At: at, From: domain.SourcePerson, By: "ayşe"},
	}}
	onPage(t, l, func(s *screen) {
		s.page.Edit(l.Product(1))
		s.Settle()
		s.Reads("Neden? 26.11.2026 09:00, eşitlemeyle İşbaşı’ndan", "Neden? 26.11.2026 09:00, elle; yazan: ayşe")
	})
	onPage(t, l, func(s *screen) {
		s.page.Edit(l.Product(2))
		s.Settle()
		s.ReadsNot("Neden? 2", "elle")
	})
}

// From the menu the page leads to its list, whatever was open in front of it.
func TestProducts_homeIsTheList(t *testing.T) {
	l := kittest.NewCatalogue(2)
	onPage(t, l, func(s *screen) {
		s.page.Edit(l.Product(1))
		s.Settle()
		s.page.Home()
		s.page.Show()
		s.Settle()
		s.Reads("Yeni Ürün", "2 ürün")
		s.page.Edit(l.Product(1))
		s.Settle()
		s.Write("Ürün adı", "Başka")
		s.page.Home()
		s.Settle()
		if s.page.panel == nil {
			t.Error("a product that is being edited is left")
		}
		s.ReadsNot("Yeni Ürün")
	})
	onPage(t, l, func(s *screen) {
		s.page.OpenDoctor()
		s.page.Show()
		s.Settle()
		s.page.Home()
		s.page.Show()
		s.Settle()
		if s.page.ShowsDoctor() {
			t.Error("the doctor is still there")
		}
		s.Reads("Yeni Ürün")
	})
}

func TestPanel_saysWhichFileAPriceIsOfAndWhatItWas(t *testing.T) {
	l := kittest.NewCatalogue(2)
	at := time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC)
	file := domain.Origin{At: at, From: domain.SourceFile, By: "ayşe"}
	l.From = map[domain.ProductID]domain.Origins{1: {Price: file, Stock: file}}
	of := func(at time.Time, name, price string) listing.Former {
		f := listing.Former{Imported: listing.Imported{At: at, File: name}}
		if price != "" {
			f.Was.Price, f.Was.Currency = decimal.NewNullDecimal(decimal.RequireFromString(price)), domain.TRY
		}
		return f
	}
	l.Formerly = map[domain.ProductID][]listing.Former{1: {of(at.Add(time.Hour), "açıklamalar.csv", "9"), of(at, "tedarikçi.csv", "221.29"), of(at.Add(-time.Hour), "ilk.csv", "")}}
	onPage(t, l, func(s *screen) {
		s.page.Edit(l.Product(1))
		s.Settle()
		s.Reads("Neden? 26.11.2026 09:00, dosyadan; alan: ayşe (tedarikçi.csv, önceki: 221,29 ₺)", "Neden? 26.11.2026 09:00, dosyadan; alan: ayşe (tedarikçi.csv)")
	})
}

// A name that an older program let in is drawn on its line in the list, and in the product that is opened.
func TestProducts_drawForeignNamesOnTheirLine(t *testing.T) {
	goods := kittest.NewCatalogue(3)
	goods.All[0].Name, goods.All[0].Brand = "Çay\nSAHTE\u202Efdp\x1b[2J", "x\nSAHTE"
	onPage(t, goods, func(s *screen) {
		check := func() {
			s.T.Helper()
			for line := range strings.Lines(s.Words()) {
				if strings.HasPrefix(line, "SAHTE") || strings.ContainsAny(line, "\u202E\x1b") {
					s.T.Errorf("%q", line)
				}
			}
		}
		s.Reads("Çay SAHTEfdp[2J")
		check()
		s.keys(fyne.KeyDown, fyne.KeyReturn)
		check()
	})
}
