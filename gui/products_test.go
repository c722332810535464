package gui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func TestProducts_areNotOfferedWithoutACatalogue(t *testing.T) {
	onStage(t, newOffice(), sectionGuide, func(s *stage) {
		if s.w.menu.goods.Visible() {
			t.Error("the menu leads to a screen that is not there")
		}
	})
}

func TestProducts_searchWaitsForTheNextLetter(t *testing.T) {
	inLarder(t, newLarder(250), func(s *shelfStage) {
		s.reads("250 ürün", "KOD-0001", "249,90 ₺", "Satışta", "Bağlı değil")
		s.larder.asked = nil
		test.Type(s.list().search, "cikolata 24")
		s.settle()
		if len(s.larder.asked) != 0 {
			t.Errorf("asked %+v before the last letter", s.larder.asked)
		}
		s.pass(searchAfter + time.Millisecond)
		want := domain.ProductQuery{Group: domain.ProductsCurrent, Search: "cikolata 24", Limit: widgets.PageRows}
		if len(s.larder.asked) != 1 || s.larder.asked[0] != want {
			t.Errorf("asked %+v, want %+v", s.larder.asked, want)
		}
		s.reads("11 ürün")
		s.tap("Excel’e Aktar")
		s.says("urunler.xlsx")
		want.Limit = 0
		if len(s.larder.exported) != 1 || s.larder.exported[0] != want {
			t.Errorf("exported %+v", s.larder.exported)
		}
		test.Type(s.list().search, "xyz")
		s.pass(searchAfter + time.Millisecond)
		s.reads("için ürün bulunamadı")
		s.readsNot("Kataloğunuz boş")
	})
}

func TestProducts_sortsByHeadAndKeepsColumns(t *testing.T) {
	inLarder(t, newLarder(3), func(s *shelfStage) {
		test.Tap(s.table().Heads()[0])
		s.settle()
		if q := s.larder.asked[len(s.larder.asked)-1]; q.Sort != domain.ProductsByCode {
			t.Errorf("asked %+v", q)
		}
		s.list().toggleColumn("brand")
		s.settle()
		s.readsNot("Marka")
		if kept := s.drawer.m[PreferenceProductColumns]; kept != "brand" {
			t.Errorf("kept %q", kept)
		}
		if id, _ := s.table().Sorted(); id != string(domain.ProductsByCode) || len(s.table().Heads()) != 7 {
			t.Errorf("sorted by %q, %d columns", id, len(s.table().Heads()))
		}
		s.list().toggleColumn("code")
		s.settle()
		if id, _ := s.table().Sorted(); id != "" {
			t.Errorf("sorted by a column that is hidden: %q", id)
		}
		s.list().toggleColumn("brand")
		s.settle()
		s.reads("Marka")
	})
}

func TestProducts_teachWhenThereIsNothing(t *testing.T) {
	inLarder(t, newLarder(0), func(s *shelfStage) {
		s.reads("Kataloğunuz boş", "sopyo --demo")
		s.readsNot("Dosyadan Al") // this company takes no files
		s.tap("İşbaşı’ndan Getir")
		s.in(sectionTransfer)
	})
	l := newLarder(1)
	l.products[0].State = domain.ProductArchived
	inLarder(t, l, func(s *shelfStage) {
		s.reads("Bütün ürünleriniz arşivde.")
		s.readsNot("Kataloğunuz boş")
	})
}

func TestProducts_archivesAndTakesItBack(t *testing.T) {
	inLarder(t, newLarder(5), func(s *shelfStage) {
		s.key(fyne.KeyDown, fyne.KeyDelete) // the second one, at once
		s.asksNothing()
		s.says("1 ürün arşivlendi.")
		if s.larder.product(2).State != domain.ProductArchived {
			t.Fatal("it is not archived")
		}
		s.reads("4 ürün")
		test.Tap(s.w.goods.back)
		s.settle()
		s.says("eski haline")
		if p := s.larder.product(2); p.State != domain.ProductActive || p.Revision != 3 {
			t.Errorf("taken back: %+v", p)
		}
		s.w.undo() // there is nothing more
		s.settle()
		if p := s.larder.product(2); p.Revision != 3 {
			t.Error("undone twice")
		}
	})
}

func TestProducts_archivesSeveralAfterAsking(t *testing.T) {
	inLarder(t, newLarder(5), func(s *shelfStage) {
		s.key(fyne.KeyHome, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
		s.reads("2 ürün seçili")
		s.key(fyne.KeyDelete)
		s.asks()
		s.answer("Vazgeç")
		if s.larder.product(1).State == domain.ProductArchived {
			t.Fatal("archived without consent")
		}
		s.key(fyne.KeyDelete)
		s.answer("Arşivle")
		s.says("2 ürün arşivlendi.")
		s.readsNot("2 ürün seçili")
		s.win.Canvas().Unfocus()
		s.w.undo()
		s.settle()
		for id := domain.ProductID(1); id <= 2; id++ {
			if s.larder.product(id).State != domain.ProductActive {
				t.Errorf("product %d stays archived", id)
			}
		}
	})
}

func TestProducts_undoYieldsToALaterChange(t *testing.T) {
	inLarder(t, newLarder(2), func(s *shelfStage) {
		s.key(fyne.KeyDelete)
		s.larder.products[0].Revision++
		s.w.undo()
		s.settle()
		s.says("Geri alınamadı.")
		if s.larder.product(1).State != domain.ProductArchived {
			t.Error("the later change is lost")
		}
	})
}

func TestProducts_editsAProduct(t *testing.T) {
	l := newLarder(3)
	l.bind(2)
	rule := pricing.Rule{Direction: pricing.Increase, Kind: pricing.Percent, Amount: decimal.NewFromInt(10), Extra: decimal.NewFromInt(20)}
	l.rules.Global = &rule
	inLarder(t, l, func(s *shelfStage) {
		s.key(fyne.KeyDown, fyne.KeyReturn)
		s.reads("ÇİKOLATA 2", "Çikolata İşbaşı · kod ISB-1 · İşbaşı no 4711", "Barkodu aynı", "Trendyol", "294,89 ₺")
		s.w.goods.panel.prices.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
		s.settle()
		s.reads("Trendyol: Temel fiyat: 249,90 ₺; %10 artış: 274,89 ₺; 20,00 ₺ ek fiyat eklendi: 294,89 ₺.")
		s.write("Fiyat", "yüz")
		if got := s.row("Fiyat").Wrong(); got == "" {
			t.Error("nothing is said at the field")
		}
		s.tap("Kaydet")
		s.reads("işaretli alanı düzeltin")
		s.write("Fiyat", "100")
		s.pass(searchAfter + time.Millisecond)
		s.reads("130,00 ₺") // of what is typed
		s.write("Barkod", "8,69E+12")
		s.reads("Excel bu barkodu bozmuş")
		s.write("Barkod", "12")
		s.reads("Standart barkod değil")
		s.w.save()
		s.settle()
		if p := l.product(2); !p.Price.Decimal.Equal(decimal.NewFromInt(100)) || p.Barcode != "12" || p.Revision != 2 {
			t.Fatalf("kept %+v", p)
		}
		s.reads("Kaydedildi")
		s.tap("Geri")
		s.says("Kaydedildi: ÇİKOLATA 2")
		s.reads("100,00 ₺")
		s.tap("Geri Al")
		if p := l.product(2); p.Barcode != "8690504012341" || p.Revision != 3 {
			t.Errorf("taken back: %+v", p)
		}
	})
}

func TestProducts_savingWhatHasChangedMeanwhileIsRefused(t *testing.T) {
	inLarder(t, newLarder(1), func(s *shelfStage) {
		s.key(fyne.KeyReturn)
		s.larder.products[0].Revision = 9
		s.write("Marka", "Ülker")
		s.tap("Kaydet")
		s.reads("siz açtıktan sonra değişti")
	})
}

func TestProducts_askBeforeChangesAreLost(t *testing.T) {
	inLarder(t, newLarder(2), func(s *shelfStage) {
		s.key(fyne.KeyReturn)
		s.write("Marka", "Ülker")
		s.w.typedRune('3')
		s.settle()
		s.asks()
		s.answer("Bu bölümde kal")
		if s.w.view != viewProducts {
			t.Fatal("it left")
		}
		s.tap("Geri")
		s.asks()
		s.answer("Kaydet ve geç")
		if s.w.goods.panel != nil || s.larder.product(1).Brand != "Ülker" {
			t.Errorf("panel %v, kept %+v", s.w.goods.panel != nil, s.larder.product(1))
		}
	})
}

func TestProducts_addsAProduct(t *testing.T) {
	inLarder(t, newLarder(1), func(s *shelfStage) {
		s.tap("Yeni Ürün")
		s.readsNot("İşbaşı eşleşmesi", "Arşivle")
		s.write("Stok kodu", "YENI-1")
		s.tap("Kaydet")
		if got := s.row("Ürün adı").Wrong(); got != "Bu alanı doldurun." {
			t.Errorf("said %q", got)
		}
		s.write("Ürün adı", "Şekersiz Çikolata")
		s.tap("Kaydet")
		if p := s.larder.product(2); p.Name != "Şekersiz Çikolata" || p.Code != "YENI-1" {
			t.Fatalf("kept %+v", p)
		}
		s.reads("İşbaşı eşleşmesi", "Arşivle")
		s.write("Marka", "Ülker")
		s.tap("Kaydet")
		if len(s.larder.products) != 2 || s.larder.product(2).Brand != "Ülker" {
			t.Errorf("kept %+v", s.larder.products)
		}
	})
}

// menu gives the pop-up menu that is open.
func (s *shelfStage) menu() *widget.PopUpMenu {
	s.t.Helper()
	var found *widget.PopUpMenu
	for _, o := range s.win.Canvas().Overlays().List() {
		walk(o, func(o fyne.CanvasObject) {
			if m, ok := o.(*widget.PopUpMenu); ok {
				found = m
			}
		})
	}
	if found == nil {
		s.t.Fatal("no menu is open")
	}
	return found
}

func TestProducts_menuByKeyboard(t *testing.T) {
	inLarder(t, newLarder(3), func(s *shelfStage) {
		s.key(fyne.KeyDown, fyne.KeyF10)
		m := s.menu()
		for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn} { // copies the code
			m.TypedKey(&fyne.KeyEvent{Name: k})
		}
		s.settle()
		if got := s.w.cfg.App.Clipboard().Content(); got != "KOD-0002" {
			t.Errorf("copied %q", got)
		}
		s.key(fyne.KeyF10)
		s.menu().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.settle()
		s.reads("ÇİKOLATA 2", "Pazaryeri fiyatları")
	})
}

func TestProducts_keysReachTheWindow(t *testing.T) {
	inLarder(t, newLarder(3), func(s *shelfStage) {
		s.key(fyne.KeyDown)
		s.win.Canvas().Focused().TypedRune('f')
		s.settle()
		if s.win.Canvas().Focused() != fyne.Focusable(s.list().search) {
			t.Error("F does not lead to the search")
		}
		s.key(fyne.KeySpace, fyne.KeyEscape)
		s.readsNot("ürün seçili")
	})
}

func TestProducts_fitTheSmallestSize(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		onStageWith(t, newOffice(), func(_ *stage, cfg *Config) { cfg.First.Catalogue, cfg.Lang = newLarder(3), lang }, func(s *stage) {
			s.w.open(viewProducts)
			s.settle()
			s.win.Resize(fyne.NewSize(minWidth, minHeight))
			for _, what := range []string{"list", "panel"} {
				if m := s.win.Content().MinSize(); m.Width > minWidth || m.Height > minHeight {
					t.Errorf("%s: the %s needs %v", lang, what, m)
				}
				s.w.goods.edit(domain.Product{ID: 1})
				s.settle()
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
		keys = append(keys, "products.group."+groupKey(g), "products.none."+groupKey(g))
	}
	for _, c := range []domain.BarcodeClass{
		domain.BarcodeNone, domain.BarcodeGTIN, domain.BarcodeRestored, domain.BarcodeOther, domain.BarcodeRestricted, domain.BarcodeInvalid,
	} {
		keys = append(keys, "products.barcode."+barcodeKey(c))
	}
	for _, st := range []domain.ProductState{domain.ProductActive, domain.ProductDraft, domain.ProductArchived} {
		keys = append(keys, "products.state."+string(st))
	}
	for _, f := range []string{"name", "code", "barcode", "brand", "price", "stock", "vat_rate"} {
		keys = append(keys, "products."+f, "products."+f+".hint", "products."+f+".help")
	}
	keys = append(keys, "invalid.changed", "invalid.code-taken", "invalid.percent", "products.archived", "products.restored")
	for _, text := range texts(t) {
		for _, k := range keys {
			if !text.Has(k) {
				t.Errorf("%q has no words in %s", k, text.Lang)
			}
		}
	}
}
