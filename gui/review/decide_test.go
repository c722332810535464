package review

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// panel gives the decision that is open.
func panel(d *kittest.TransfersScreen, s *Page) *decidePanel {
	d.T.Helper()
	p, ok := s.Top().(*decidePanel)
	if !ok {
		d.T.Fatalf("no decision is open; there is: %s", d.Words())
	}
	return p
}

// press gives a key to what has the focus, else to the section.
func press(d *kittest.TransfersScreen, s *Page, names ...fyne.KeyName) {
	d.T.Helper()
	for _, n := range names {
		if p, ok := s.Top().(*decidePanel); ok && !p.loaded {
			d.Pass(restTime) // a person looks at what has come
		}
		if f := d.Win.Canvas().Focused(); f != nil {
			kittest.Type(f, n)
		} else {
			s.TypedKey(&fyne.KeyEvent{Name: n})
		}
		d.Settle()
	}
}

func unmatched(d *kittest.TransfersScreen, s *Page) *rowList {
	test.Tap(s.cards[2])
	d.Settle()
	return s.list()
}

func TestDecide_pairsAndGoesOn(t *testing.T) {
	shop, j := kittest.NewFinished(12, 2)
	j.Suggest("3", matching.ByCode, matching.ByNameWords)
	j.Suggest("4", matching.ByName)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		unmatched(d, s)
		d.Tap("Karar Ver")
		d.Reads("ÇAY 00003", "URN-00003", "35,02 ₺", "1 / 10 · karar bekleyen 10", "Katalogda karşılığı yok",
			"ÇİKOLATA 1", "KOD-0001", "8690504012341", "249,90 ₺", "Uygunluk 90/100 · kodu aynı, adı benziyor · fiyatı 7,1 kat")
		press(d, s, fyne.KeyDown, fyne.KeyReturn) // the second suggestion
		want := []transfer.Decision{{Kind: transfer.DecidePair, Remote: "3", Product: 2}}
		if len(j.Batches) != 1 || !slices.Equal(j.Batches[0], want) {
			t.Fatalf("decided %+v", j.Batches)
		}
		d.Reads("Eşleştirildi: ÇAY 00003 = ÇİKOLATA 2", "ÇAY 00004", "1 / 9 · karar bekleyen 9")
		if d.Frame.Fresh == 0 {
			t.Error("the frame was not told")
		}
		press(d, s, fyne.KeyReturn)
		d.Reads("Eşleştirildi: ÇAY 00004 = ÇİKOLATA 1", "ÇAY 00005", "Benzer bir katalog ürünü bulunamadı")
		press(d, s, fyne.KeyEscape, fyne.KeyEscape)
		if s.Top() != nil {
			t.Fatal("escape does not close")
		}
		if got := []string{s.cards[0].Number(), s.cards[1].Number(), s.cards[2].Number()}; !slices.Equal(got, []string{"12", "4", "8"}) {
			t.Errorf("the cards show %v", got)
		}
	})
}

// What is not sure is never decided by a key that somebody holds down: nothing is blue, nothing has the focus, and Enter does
// nothing until a suggestion was chosen.
func TestDecide_preselectsOnlyWhatIsSure(t *testing.T) {
	for name, c := range map[string]struct {
		score   int
		against []matching.Evidence
		sure    bool
	}{
		"just sure":         {80, nil, true},
		"not quite":         {79, nil, false},
		"another barcode":   {90, []matching.Evidence{matching.AgainstBarcode}, false},
		"another size":      {90, []matching.Evidence{matching.AgainstNumbers}, false},
		"taken apart once":  {90, []matching.Evidence{matching.AgainstPerson}, false},
		"hardly any reason": {19, []matching.Evidence{matching.AgainstBarcode}, false},
	} {
		shop, j := kittest.NewFinished(4, 2)
		j.Could["3"] = transfer.Choices{Suggestions: []transfer.Suggestion{
			{Product: shop.All[0], Score: c.score, Why: []matching.Evidence{matching.ByNameWords}, Against: c.against},
			{Product: shop.All[1], Score: 10, Why: []matching.Evidence{matching.ByNameWords}},
		}}
		onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
			unmatched(d, s)
			d.Tap("Karar Ver")
			p := panel(d, s)
			if focused, blue := d.Win.Canvas().Focused() == p.local, p.pair.Importance == widget.HighImportance && !p.pair.Disabled(); focused != c.sure || blue != c.sure {
				t.Errorf("%s: focused %t, blue %t", name, focused, blue)
			}
			if !c.sure {
				p.local.rows[0].DoubleTapped(nil) // picks it, and no more
				d.Settle()
				if len(j.Batches) != 0 || p.local.Picked() != 0 {
					t.Errorf("%s: a double click decided %+v, picked %d", name, j.Batches, p.local.Picked())
				}
				p.Show() // as it came
				d.Settle()
			}
			press(d, s, fyne.KeyReturn, fyne.KeyEnter)
			if c.sure {
				if len(j.Batches) != 1 {
					t.Errorf("%s: decided %+v", name, j.Batches)
				}
				return
			}
			if len(j.Batches) != 0 {
				t.Fatalf("%s: Enter decided %+v", name, j.Batches)
			}
			press(d, s, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // the arrows choose, and Enter takes what was chosen
			want := []transfer.Decision{{Kind: transfer.DecidePair, Remote: "3", Product: shop.All[1].ID}}
			if len(j.Batches) != 1 || !slices.Equal(j.Batches[0], want) {
				t.Errorf("%s: decided %+v", name, j.Batches)
			}
		})
	}
}

// What holds for a row was not meant for the next one: neither a key that is held nor the second half of a double click decides
// about it.
func TestDecide_oneActDecidesAboutOneRow(t *testing.T) {
	suggested := func() (*kittest.Transfers, *kittest.Decisions) {
		shop, j := kittest.NewFinished(6, 2)
		for _, id := range []domain.RemoteID{"3", "4", "5", "6"} {
			j.Suggest(id, matching.ByCode)
		}
		return shop, j
	}
	shop, j := suggested()
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		unmatched(d, s)
		d.Tap("Karar Ver")
		p := panel(d, s)
		k := &fyne.KeyEvent{Name: fyne.KeyReturn}
		p.local.KeyDown(k)
		for range 20 { // held for two seconds
			p.local.TypedKey(k)
			d.Pass(100 * time.Millisecond)
		}
		p.local.KeyUp(k)
		if len(j.Batches) != 1 {
			t.Fatalf("a held key decided %d times", len(j.Batches))
		}
		press(d, s, fyne.KeyReturn)
		if len(j.Batches) != 2 {
			t.Errorf("a new press decided %d times", len(j.Batches)-1)
		}
	})
	shop, j = suggested()
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		unmatched(d, s)
		d.Tap("Karar Ver")
		p := panel(d, s)
		for range 2 {
			test.Tap(p.pair)
			d.Settle()
		}
		if len(j.Batches) != 1 {
			t.Fatalf("a double click decided %d times", len(j.Batches))
		}
		d.ReadsNot("Yeni ürün geldi")
		kittest.Type(p.local, fyne.KeyReturn)
		d.Settle()
		d.Reads("Yeni ürün geldi; ona bakıp yeniden basın.") // a key is not lost without a word
		if p.pair.Importance != widget.HighImportance || !p.pair.Disabled() || !p.create.Disabled() || !p.ignore.Disabled() {
			t.Error("what cannot be pressed yet is not drawn so")
		}
		d.Pass(restTime)
		d.ReadsNot("Yeni ürün geldi")
		test.Tap(p.pair)
		d.Settle()
		if len(j.Batches) != 2 {
			t.Errorf("a later click decided %d times", len(j.Batches)-1)
		}
	})
}

// What a person has searched for is chosen by the person.
func TestDecide_preselectsNothingThatWasSearchedFor(t *testing.T) {
	shop, j := kittest.NewFinished(4, 2)
	j.Suggest("3", matching.ByCode)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		unmatched(d, s)
		d.Tap("Karar Ver")
		p := panel(d, s)
		p.search.SetText("çikolata")
		d.Pass(kit.SearchAfter)
		if p.local.Len() == 0 || p.local.Picked() >= 0 || !p.pair.Disabled() {
			t.Errorf("%d are offered, %d is picked", p.local.Len(), p.local.Picked())
		}
		d.Win.Canvas().Unfocus()
		press(d, s, fyne.KeyReturn)
		if len(j.Batches) != 0 {
			t.Errorf("decided %+v", j.Batches)
		}
	})
}

func TestDecide_takesDecisionsBackTheNewestFirst(t *testing.T) {
	shop, j := kittest.NewFinished(6, 2)
	j.Suggest("3", matching.ByName)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		unmatched(d, s)
		d.Tap("Karar Ver")
		press(d, s, fyne.KeyReturn)
		d.Tap("Yoksay")
		d.Reads("Yoksayıldı: ÇAY 00004", "ÇAY 00005")
		d.ReadsNot("%!")
		panel(d, s).search.TypedShortcut(&fyne.ShortcutUndo{}) // the cursor is in the search, which is empty
		d.Settle()
		d.Reads("1 karar geri alındı.", "ÇAY 00004")
		d.Tap("Geri Al")
		d.Reads("ÇAY 00003", "Uygunluk 90/100")
		if !slices.Equal(j.Backs, []int64{2, 1}) || j.Row("3").Decided != "" || j.Row("4").Decided != "" {
			t.Errorf("taken back %v", j.Backs)
		}
		s.Undo()
		d.Settle()
		if len(j.Backs) != 2 {
			t.Error("something was taken back twice")
		}
		if got := s.cards[1].Number(); got != "2" {
			t.Errorf("%s are matched", got)
		}
	})
}

func TestDecide_createsAndComesToTheEnd(t *testing.T) {
	shop, j := kittest.NewFinished(4, 2)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		unmatched(d, s)
		d.Tap("Karar Ver")
		d.Tap("Yeni Ürün")
		d.Reads("Yeni ürün oluşturuldu: ÇAY 00003", "ÇAY 00004")
		d.ReadsNot("%!") // a word too many
		d.Tap("Yoksay")
		d.Reads("Karar bekleyen ürün kalmadı.", "Yoksayıldı: ÇAY 00004")
		if j.Row("3").Decided != transfer.DecideCreate || j.Row("4").Decided != transfer.DecideIgnore {
			t.Errorf("%+v %+v", j.Row("3"), j.Row("4"))
		}
		d.Tap("Listeye Dön")
		d.Reads("2 ürün", "Yeni ürün olarak eklediniz", "Yoksaydınız", "Karar bekleyenler (0)", "Yoksayılanlar (1)")
		if !s.list().first.Disabled() {
			t.Error("it offers to decide about nothing")
		}
	})
}

func TestDecide_searchesTheWholeCatalogue(t *testing.T) {
	shop, j := kittest.NewFinished(4, 2)
	shop.Catalogue = kittest.NewCatalogue(30)
	shop.Bind(2)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		unmatched(d, s)
		d.Tap("Karar Ver")
		p := panel(d, s)
		if d.Win.Canvas().Focused() != p.search {
			t.Error("without a suggestion the cursor is not in the search")
		}
		test.Type(p.search, "çikolata")
		d.Pass(kit.SearchAfter)
		d.Reads("30 ürün bulundu, ilk 20 ürün burada.", "Başka bir İşbaşı ürünüyle eşleşmiş")
		p.local.tap(1) // the bound one
		p.local.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		p.local.rows[1].DoubleTapped(nil)
		d.Settle()
		if len(j.Batches) != 0 {
			t.Fatalf("a product with a partner was paired: %+v", j.Batches)
		}
		p.local.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		p.local.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // over it
		if p.local.Picked() != 2 {
			t.Errorf("%d is picked", p.local.Picked())
		}
		p.search.SetText("xyz")
		d.Pass(kit.SearchAfter)
		d.Reads("“xyz” için ürün bulunamadı.")
		p.search.SetText("ikolata 30")
		d.Pass(kit.SearchAfter)
		d.Win.Canvas().Focus(p.local)
		press(d, s, fyne.KeyDown, fyne.KeyReturn)
		want := []transfer.Decision{{Kind: transfer.DecidePair, Remote: "3", Product: 30}}
		if len(j.Batches) != 1 || !slices.Equal(j.Batches[0], want) {
			t.Errorf("decided %+v", j.Batches)
		}
	})
}

func TestDecide_saysRefusalsWhereOneLooks(t *testing.T) {
	shop, j := kittest.NewFinished(5, 2)
	j.Suggest("3", matching.ByName)
	j.Refuse["3"] = transfer.RefusedBoundProduct
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		unmatched(d, s)
		d.Tap("Karar Ver")
		press(d, s, fyne.KeyReturn)
		d.Reads("ÇAY 00003", "Katalog ürünü başka bir İşbaşı ürünüyle eşleşmiş.")
		j.Refuse["3"] = transfer.RefusedCodeTaken
		d.Tap("Yeni Ürün")
		d.Reads("ÇAY 00003", "Katalogda bu kodla başka bir ürün var")
		j.Failing = domain.E(domain.KindDisk, "decide", nil)
		d.Tap("Yoksay")
		d.Reads("diske yazılamadı")
		if s.decide.last() {
			t.Error("what was refused can be taken back")
		}
	})
}

// A new product that the code of another stands in the way of leads to that one.
func TestDecide_leadsToWhatIsInTheWayOfANewProduct(t *testing.T) {
	shop, j := kittest.NewFinished(5, 2)
	j.Refuse["3"] = transfer.RefusedCodeTaken
	shop.Catalogue = kittest.NewCatalogue(30)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		all, _, err := shop.ListProducts(t.Context(), domain.ProductQuery{Limit: 1})
		if err != nil || len(all) == 0 {
			t.Fatal(err)
		}
		taken := all[0].Product
		for i := range j.KeptRows {
			if j.KeptRows[i].Remote.ID == "3" {
				j.KeptRows[i].Remote.Code = taken.Code
			}
		}
		unmatched(d, s)
		d.Tap("Karar Ver")
		d.Tap("Yeni Ürün")
		d.Reads("Katalogda bu kodla başka bir ürün var.", "Önündeki ürün: "+taken.Name)
		if p := panel(d, s); len(p.offered) == 0 || p.offered[0].ID != taken.ID || p.create.Disabled() {
			t.Errorf("offered %+v", p.offered)
		}
		d.Tap("O Ürünü Aç")
		if got := d.Frame.Products; len(got) != 1 || got[0] != taken.ID {
			t.Errorf("opened %v", got)
		}
	})
}

// What was ignored is asked about again where a person wants it, and nothing can be pressed that is for no row.
func TestRowList_asksAgainAboutWhatIsIgnored(t *testing.T) {
	shop, j := kittest.NewFinished(5, 2)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		l := unmatched(d, s)
		rows := kit.Chosen[transfer.Listed](l.Table)
		l.decide(transfer.DecideIgnore, rows)
		d.Settle()
		d.Reads("Yoksayılanlar (1)", "Karar bekleyenler (2)")
		j.Reason("4", matching.ReasonAmbiguous, 2)
		j.Reason("5", matching.ReasonAmbiguous, 2)
		l.part.SetSelectedIndex(4)
		d.Settle()
		of := func(label string, rows []transfer.Listed) *fyne.MenuItem {
			for _, i := range l.acts(rows) {
				if i.Label == label {
					return i
				}
			}
			return nil
		}
		again := of("Yeniden Sor", kit.Chosen[transfer.Listed](l.Table))
		if again == nil {
			t.Fatal("nothing asks again")
		}
		waiting := []transfer.Listed{{Row: j.Row("4")}, {Row: j.Row("5")}}
		if i := of("Yeni Ürün Oluştur", waiting); i == nil || !i.Disabled || of("Yeniden Sor", waiting) != nil {
			t.Error("what is for no row can be pressed")
		}
		again.Action()
		d.Settle()
		if j.Row(rows[0].Remote.ID).Decided != "" {
			t.Errorf("%+v", j.Row(rows[0].Remote.ID))
		}
		d.Reads("yeniden karar bekliyor.", "Yoksayılanlar (0)", "Karar bekleyenler (3)")
	})
}

func TestDecide_showsBothSidesOfAConflict(t *testing.T) {
	shop, j := kittest.NewFinished(6, 2)
	j.Suggest("4", matching.ByBarcode)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		j.Reason("4", matching.ReasonConflict, 0)
		j.Reason("5", matching.ReasonConflict, 0)
		c := j.Could["4"]
		c.Rivals = []transfer.Listed{{Row: j.Row("5")}}
		j.Could["4"] = c
		l := unmatched(d, s)
		l.part.SetSelectedIndex(2)
		d.Settle()
		d.Reads("2 ürün", "Çelişkili olanlar (2)")
		d.Tap("Karar Ver")
		d.Reads("ÇAY 00004", "Barkod ve kod ayrı ürünleri gösteriyor", "Aynı ürünü isteyen diğer İşbaşı ürünleri (1)", "ÇAY 00005")
		d.Tap("Buna Geç")
		if got := panel(d, s).stop.row.Remote.Code; got != "URN-00005" {
			t.Errorf("went to %s", got)
		}
		d.Tap("Yoksay")
		d.Reads("Yoksayıldı: ÇAY 00005", "URN-00004")
	})
}

func TestDecide_asksForOtherUnitsOnDemand(t *testing.T) {
	shop, j := kittest.NewFinished(4, 2)
	j.Units["3"] = []transfer.Suggestion{{Product: shop.All[0], Score: 60, Why: []matching.Evidence{matching.ByOtherUnit}}}
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		unmatched(d, s)
		d.Tap("Karar Ver")
		if j.Asked != 0 {
			t.Fatal("a read was spent unasked")
		}
		d.Tap("Diğer Birimlere Bak (1 okuma)")
		d.Reads("1 okuma harcandı. 1 yeni öneri var.", "başka bir biriminin barkodu aynı")
		d.Tap("Yoksay")
		d.Tap("Diğer Birimlere Bak (1 okuma)")
		d.Reads("1 okuma harcandı. Diğer birimlerin barkodları yeni bir öneri getirmedi.")
		if j.Asked != 2 {
			t.Errorf("%d reads were spent", j.Asked)
		}
	})
}

func TestDecide_walksThroughTheListAsItIsSeen(t *testing.T) {
	shop, _ := kittest.NewFinished(320, 2)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		l := unmatched(d, s)
		test.Tap(l.Table.Heads()[3])
		test.Tap(l.Table.Heads()[3]) // the dearest first
		d.Settle()
		l.Search.SetText("ÇAY 000")
		d.Pass(kit.SearchAfter)
		d.Tap("Karar Ver")
		d.Reads("ÇAY 00099", "1 / 97 · karar bekleyen 318")
		p := panel(d, s)
		test.Tap(p.next)
		d.Settle()
		d.Reads("ÇAY 00098", "2 / 97")
		d.Tap("Yoksay")
		d.Reads("ÇAY 00097", "3 / 97 · karar bekleyen 317")
		test.Tap(p.prev)
		test.Tap(p.prev)
		d.Settle()
		d.Reads("2 / 97")
		if !p.ignore.Disabled() {
			t.Error("what is ignored can be ignored")
		}
	})
}

func TestRowList_decidesAboutSeveral(t *testing.T) {
	shop, j := kittest.NewFinished(8, 2)
	j.Refuse["4"] = transfer.RefusedCodeTaken
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		l := unmatched(d, s)
		d.Win.Canvas().Focus(l.Table.Focusable())
		press(d, s, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
		d.Reads("İşlemler (3 seçili)")
		l.decide(transfer.DecideCreate, kit.Chosen[transfer.Listed](l.Table))
		d.Answer("Vazgeç")
		if len(j.Batches) != 0 {
			t.Fatal("decided without consent")
		}
		l.decide(transfer.DecideCreate, kit.Chosen[transfer.Listed](l.Table))
		d.Answer("Yeni Ürün Oluştur")
		d.Reads("2 yeni ürün oluşturuldu. 1 üründe yapılamadı; nedeni satırında yazıyor.", "Katalogda bu kodla başka bir ürün var", "İşlemler (1 seçili)")
		if got := kit.Chosen[transfer.Listed](l.Table); len(got) != 1 || got[0].Remote.ID != "4" {
			t.Errorf("marked: %+v", got)
		}
		d.Tap("Geri Al")
		d.Reads("karar geri alındı.", "İşlemler")
		d.ReadsNot("seçili", "Yeni ürün olarak eklediniz")
		press(d, s, fyne.KeyDelete)
		if j.Row("5").Decided != transfer.DecideIgnore {
			t.Errorf("delete does not ignore the row one stands on: %+v", j.Batches)
		}
	})
}

func TestRowList_separatesAfterAsking(t *testing.T) {
	shop, j := kittest.NewFinished(4, 3)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		test.Tap(s.cards[1])
		d.Settle()
		l := s.list()
		l.decide(transfer.DecideSeparate, suitable(transfer.DecideSeparate, kit.Chosen[transfer.Listed](l.Table)))
		if d.E.Modal == nil {
			t.Fatal("nothing is asked")
		}
		d.Answer("Eşleşmeyi Ayır")
		d.Reads("1 eşleşme ayrıldı.", "2 ürün")
		d.Undo() // in the list
		d.Reads("1 karar geri alındı.", "3 ürün")
		l.decide(transfer.DecideSeparate, suitable(transfer.DecideSeparate, kit.Chosen[transfer.Listed](l.Table)))
		d.Answer("Eşleşmeyi Ayır")
		if r := j.Row("1"); r.Outcome != transfer.OutcomeUnmatched || r.Decided != transfer.DecideSeparate {
			t.Errorf("%+v", r)
		}
		d.Tap("Geri")
		if got := []string{s.cards[0].Number(), s.cards[1].Number(), s.cards[2].Number()}; !slices.Equal(got, []string{"4", "2", "2"}) {
			t.Errorf("the cards show %v", got)
		}
		s.Undo()
		d.Settle()
		d.Reads("1 karar geri alındı.")
		if s.cards[1].Number() != "3" {
			t.Errorf("%s are matched", s.cards[1].Number())
		}
	})
}

func TestRowList_opensRowsAndTheirProducts(t *testing.T) {
	shop, _ := kittest.NewFinished(4, 2)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		test.Tap(s.cards[0])
		d.Settle()
		d.Win.Canvas().Focus(s.list().Table.Focusable())
		press(d, s, fyne.KeyDown, fyne.KeyReturn)
		if !slices.Equal(d.Frame.Products, []domain.ProductID{2}) {
			t.Errorf("opened %v", d.Frame.Products)
		}
		press(d, s, fyne.KeyDown, fyne.KeyReturn)
		if got := panel(d, s).stop.row.Remote.Code; got != "URN-00003" {
			t.Errorf("the decision is about %s", got)
		}
	})
}

func TestRowList_hasNoCommandsWhereNothingCanBeDecided(t *testing.T) {
	shop, _ := kittest.NewFinished(6, 2)
	shop.Remote[5].Active = false
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		d.Tap("Atlanan: 1")
		d.ReadsNot("İşlemler", "Karar Ver")
		d.Tap("Geri")
		shop.KeptRuns[0].UndoneAt = shop.KeptRuns[0].FinishedAt
		s.pick(shop.KeptRuns[0])
		d.Settle()
		unmatched(d, s)
		d.ReadsNot("İşlemler", "Karar Ver")
		if d.Button("Geri Al") != nil {
			t.Error("an undone transfer can be undone")
		}
	})
}

func TestWalker_findsWhatWaits(t *testing.T) {
	shop, j := kittest.NewFinished(500, 0)
	onFinished(t, shop, func(_ *kittest.TransfersScreen, _ *Page) {
		var all []transfer.Decision
		for _, r := range shop.KeptRows {
			if r.Remote.ID != "7" && r.Remote.ID != "450" {
				all = append(all, transfer.Decision{Kind: transfer.DecideIgnore, Remote: r.Remote.ID})
			}
		}
		if _, err := j.Decide(t.Context(), 1, all); err != nil {
			t.Fatal(err)
		}
		q := transfer.Query{RunID: 1, Outcome: transfer.OutcomeUnmatched}
		for _, c := range []struct {
			from int
			but  domain.RemoteID
			part transfer.Part
			want domain.RemoteID
		}{
			{0, "", "", "7"},
			{7, "", "", "450"},
			{6, "7", "", "450"},
			{460, "", "", "7"},
			{449, "450", "", "7"},
			{0, "", transfer.PartUndecided, "7"},
			{1, "", transfer.PartUndecided, "450"},
			{1, "450", transfer.PartUndecided, "7"},
			{0, "", transfer.PartIgnored, "1"},
			{0, "", transfer.PartConflict, ""},
		} {
			q.Part = c.part
			s, err := rowWalk{shop, q}.next(context.Background(), c.from, c.but)
			if err != nil || s.row.Remote.ID != c.want || s.ok != (c.want != "") {
				t.Errorf("%+v: %+v %v", c, s, err)
			}
			if n, err := (rowWalk{shop, q}).waiting(context.Background()); err != nil || n != 2 {
				t.Errorf("%+v: %d wait, %v", c, n, err)
			}
		}
	})
}

// What may double something is left out of what is created together, and the person is told how many and why.
func TestRows_createTogetherOnlyWhatIsSurelyNew(t *testing.T) {
	shop, j := kittest.NewFinished(8, 2)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		j.Reason("4", matching.ReasonAmbiguous, 2)
		j.Reason("5", matching.ReasonRepeatedRemote, 2)
		l := unmatched(d, s)
		var all []transfer.Listed
		for _, id := range []domain.RemoteID{"3", "4", "5", "6", "7", "8"} {
			all = append(all, transfer.Listed{Row: j.Row(id)})
		}
		l.decide(transfer.DecideCreate, all)
		d.Settle()
		d.Asks("4 yeni ürün oluşturulsun mu?", "2 satır dışarıda kalır")
		d.Answer("Yeni Ürün Oluştur")
		if len(j.Batches) != 1 || len(j.Batches[0]) != 4 {
			t.Fatalf("decided %+v", j.Batches)
		}
		for _, decided := range j.Batches[0] {
			if decided.Kind != transfer.DecideCreate || decided.Remote == "4" || decided.Remote == "5" {
				t.Errorf("decided %+v", decided)
			}
		}
		l.decide(transfer.DecideCreate, []transfer.Listed{{Row: j.Row("4")}, {Row: j.Row("5")}})
		d.Settle()
		d.Reads("tek tek bakın")
		if len(j.Batches) != 1 {
			t.Errorf("decided %+v", j.Batches)
		}
	})
}
