package gui

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// panel gives the decision that is open.
func (d *desk) panel(s *countersSection) *decidePanel {
	d.t.Helper()
	p, ok := s.top().(*decidePanel)
	if !ok {
		d.t.Fatalf("no decision is open; there is: %s", d.words())
	}
	return p
}

// press gives a key to what has the focus, else to the section.
func (d *desk) press(s *countersSection, names ...fyne.KeyName) {
	d.t.Helper()
	for _, n := range names {
		k := &fyne.KeyEvent{Name: n}
		if f := d.win.Canvas().Focused(); f != nil {
			f.TypedKey(k)
		} else {
			s.typedKey(k)
		}
		d.settle()
	}
}

// answer presses a button of the open dialog.
func (d *desk) answer(words string) {
	d.t.Helper()
	if d.e.modal == nil {
		d.t.Fatalf("nothing is asked; there is: %s", d.words())
	}
	content := d.e.modal.popUp.Content
	b := buttonIn(content, words)
	if b == nil {
		d.t.Fatalf("no answer %q", words)
	}
	test.Tap(b)
	d.settle()
}

func (d *desk) unmatched(s *countersSection) *rowList {
	test.Tap(s.cards[2])
	d.settle()
	return s.list
}

func TestDecide_pairsAndGoesOn(t *testing.T) {
	shop, j := newCourt(12, 2)
	j.suggest("3", transfer.ByCode, transfer.ByNameWords)
	j.suggest("4", transfer.ByName)
	inCourt(t, shop, func(d *desk, s *countersSection) {
		d.unmatched(s)
		d.tap("Karar Ver")
		d.reads("ÇAY 00003", "Kod URN-00003 · 35,02 ₺ · Stok 2", "1 / 10 · karar bekleyen 10", "Katalogda karşılığı yok",
			"ÇİKOLATA 1", "Kod KOD-0001 · Barkod 8690504012341 · 249,90 ₺", "Uygunluk 90/100 · kodu aynı, adındaki sözcüklerin çoğu aynı")
		d.press(s, fyne.KeyDown, fyne.KeyReturn) // the second suggestion
		want := []transfer.Decision{{Kind: transfer.DecidePair, Remote: "3", Product: 2}}
		if len(j.batches) != 1 || !slices.Equal(j.batches[0], want) {
			t.Fatalf("decided %+v", j.batches)
		}
		d.reads("Eşleştirildi: ÇAY 00003 = ÇİKOLATA 2", "ÇAY 00004", "1 / 9 · karar bekleyen 9")
		if d.page.fresh == 0 {
			t.Error("the frame was not told")
		}
		d.press(s, fyne.KeyReturn)
		d.reads("Eşleştirildi: ÇAY 00004 = ÇİKOLATA 1", "ÇAY 00005", "Benzer bir katalog ürünü bulunamadı")
		d.press(s, fyne.KeyEscape, fyne.KeyEscape)
		if s.top() != nil {
			t.Fatal("escape does not close")
		}
		if got := []string{s.cards[0].Number(), s.cards[1].Number(), s.cards[2].Number()}; !slices.Equal(got, []string{"12", "4", "8"}) {
			t.Errorf("the cards show %v", got)
		}
	})
}

func TestDecide_takesDecisionsBackTheNewestFirst(t *testing.T) {
	shop, j := newCourt(6, 2)
	j.suggest("3", transfer.ByName)
	inCourt(t, shop, func(d *desk, s *countersSection) {
		d.unmatched(s)
		d.tap("Karar Ver")
		d.press(s, fyne.KeyReturn)
		d.tap("Yoksay")
		d.reads("Yoksayıldı: ÇAY 00004", "ÇAY 00005")
		d.readsNot("%!")
		d.panel(s).search.TypedShortcut(&fyne.ShortcutUndo{}) // the cursor is in the search, which is empty
		d.settle()
		d.reads("1 karar geri alındı.", "ÇAY 00004")
		d.tap("Geri Al")
		d.reads("ÇAY 00003", "Uygunluk 90/100")
		if !slices.Equal(j.backs, []int64{2, 1}) || j.row("3").Decided != "" || j.row("4").Decided != "" {
			t.Errorf("taken back %v", j.backs)
		}
		s.undo()
		d.settle()
		if len(j.backs) != 2 {
			t.Error("something was taken back twice")
		}
		if got := s.cards[1].Number(); got != "2" {
			t.Errorf("%s are matched", got)
		}
	})
}

func TestDecide_createsAndComesToTheEnd(t *testing.T) {
	shop, j := newCourt(4, 2)
	inCourt(t, shop, func(d *desk, s *countersSection) {
		d.unmatched(s)
		d.tap("Karar Ver")
		d.tap("Yeni Ürün Oluştur")
		d.reads("Yeni ürün oluşturuldu: ÇAY 00003", "ÇAY 00004")
		d.readsNot("%!") // a word too many
		d.tap("Yoksay")
		d.reads("Karar bekleyen ürün kalmadı.", "Yoksayıldı: ÇAY 00004")
		if j.row("3").Decided != transfer.DecideCreate || j.row("4").Decided != transfer.DecideIgnore {
			t.Errorf("%+v %+v", j.row("3"), j.row("4"))
		}
		d.tap("Listeye Dön")
		d.reads("2 ürün", "Yeni ürün olarak eklediniz", "Yoksaydınız", "Karar bekleyenler (0)", "Yoksayılanlar (1)")
		if !s.list.first.Disabled() {
			t.Error("it offers to decide about nothing")
		}
	})
}

func TestDecide_searchesTheWholeCatalogue(t *testing.T) {
	shop, j := newCourt(4, 2)
	shop.larder = newLarder(30)
	shop.larder.bind(2)
	inCourt(t, shop, func(d *desk, s *countersSection) {
		d.unmatched(s)
		d.tap("Karar Ver")
		p := d.panel(s)
		if d.win.Canvas().Focused() != p.search {
			t.Error("without a suggestion the cursor is not in the search")
		}
		test.Type(p.search, "çikolata")
		d.pass(searchAfter)
		d.reads("30 ürün bulundu, ilk 20 ürün burada.", "Başka bir İşbaşı ürünüyle eşleşmiş")
		p.picks.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // the bound one
		p.picks.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		d.settle()
		if len(j.batches) != 0 {
			t.Fatalf("a product with a partner was paired: %+v", j.batches)
		}
		p.search.SetText("xyz")
		d.pass(searchAfter)
		d.reads("“xyz” için ürün bulunamadı.")
		p.search.SetText("ikolata 30")
		d.pass(searchAfter)
		d.win.Canvas().Focus(p.picks)
		d.press(s, fyne.KeyReturn)
		want := []transfer.Decision{{Kind: transfer.DecidePair, Remote: "3", Product: 30}}
		if len(j.batches) != 1 || !slices.Equal(j.batches[0], want) {
			t.Errorf("decided %+v", j.batches)
		}
	})
}

func TestDecide_saysRefusalsWhereOneLooks(t *testing.T) {
	shop, j := newCourt(5, 2)
	j.suggest("3", transfer.ByName)
	j.refuse["3"] = transfer.RefusedBoundProduct
	inCourt(t, shop, func(d *desk, s *countersSection) {
		d.unmatched(s)
		d.tap("Karar Ver")
		d.press(s, fyne.KeyReturn)
		d.reads("ÇAY 00003", "Katalog ürünü başka bir İşbaşı ürünüyle eşleşmiş.")
		j.refuse["3"] = transfer.RefusedCodeTaken
		d.tap("Yeni Ürün Oluştur")
		d.reads("ÇAY 00003", "Katalogda bu kodla başka bir ürün var")
		j.failing = domain.E(domain.KindDisk, "decide", nil)
		d.tap("Yoksay")
		d.reads("diske yazılamadı")
		if s.decide.last() {
			t.Error("what was refused can be taken back")
		}
	})
}

func TestDecide_showsBothSidesOfAConflict(t *testing.T) {
	shop, j := newCourt(6, 2)
	j.suggest("4", transfer.ByBarcode)
	inCourt(t, shop, func(d *desk, s *countersSection) {
		j.reason("4", matching.ReasonConflict, 0)
		j.reason("5", matching.ReasonConflict, 0)
		c := j.choices["4"]
		c.Rivals = []transfer.Listed{{Row: j.row("5")}}
		j.choices["4"] = c
		l := d.unmatched(s)
		l.part.SetSelectedIndex(2)
		d.settle()
		d.reads("2 ürün", "Çelişkili olanlar (2)")
		d.tap("Karar Ver")
		d.reads("ÇAY 00004", "Barkod bir ürünü, kod başka bir ürünü gösteriyor", "Aynı ürünü isteyen öteki İşbaşı ürünleri (1)", "ÇAY 00005")
		d.tap("Buna Geç")
		d.reads("Kod URN-00005")
		d.tap("Yoksay")
		d.reads("Yoksayıldı: ÇAY 00005", "Kod URN-00004")
	})
}

func TestDecide_asksForOtherUnitsOnDemand(t *testing.T) {
	shop, j := newCourt(4, 2)
	j.units["3"] = []transfer.Suggestion{{Product: shop.larder.products[0], Score: 60, Why: []transfer.SuggestedBy{transfer.ByOtherUnit}}}
	inCourt(t, shop, func(d *desk, s *countersSection) {
		d.unmatched(s)
		d.tap("Karar Ver")
		if j.asked != 0 {
			t.Fatal("a read was spent unasked")
		}
		d.tap("Öteki birimlerin barkodlarına bak (1 okuma)")
		d.reads("1 okuma harcandı. 1 yeni öneri var.", "başka bir biriminin barkodu aynı")
		d.tap("Yoksay")
		d.tap("Öteki birimlerin barkodlarına bak (1 okuma)")
		d.reads("1 okuma harcandı. Öteki birimlerin barkodları yeni bir öneri getirmedi.")
		if j.asked != 2 {
			t.Errorf("%d reads were spent", j.asked)
		}
	})
}

func TestDecide_walksThroughTheListAsItIsSeen(t *testing.T) {
	shop, _ := newCourt(320, 2)
	inCourt(t, shop, func(d *desk, s *countersSection) {
		l := d.unmatched(s)
		test.Tap(l.table.Heads()[3])
		test.Tap(l.table.Heads()[3]) // the dearest first
		d.settle()
		l.search.SetText("ÇAY 000")
		d.pass(searchAfter)
		d.tap("Karar Ver")
		d.reads("ÇAY 00099", "1 / 97 · karar bekleyen 318")
		p := d.panel(s)
		test.Tap(p.next)
		d.settle()
		d.reads("ÇAY 00098", "2 / 97")
		d.tap("Yoksay")
		d.reads("ÇAY 00097", "3 / 97 · karar bekleyen 317")
		test.Tap(p.prev)
		test.Tap(p.prev)
		d.settle()
		d.reads("2 / 97")
		if !p.ignore.Disabled() {
			t.Error("what is ignored can be ignored")
		}
	})
}

func TestRowList_decidesAboutSeveral(t *testing.T) {
	shop, j := newCourt(8, 2)
	j.refuse["4"] = transfer.RefusedCodeTaken
	inCourt(t, shop, func(d *desk, s *countersSection) {
		l := d.unmatched(s)
		d.win.Canvas().Focus(l.table.Focusable())
		d.press(s, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
		d.reads("İşlemler (3 seçili)")
		l.decide(transfer.DecideCreate, l.chosen())
		d.answer("Vazgeç")
		if len(j.batches) != 0 {
			t.Fatal("decided without consent")
		}
		l.decide(transfer.DecideCreate, l.chosen())
		d.answer("Yeni Ürün Oluştur")
		d.reads("2 yeni ürün oluşturuldu. 1 üründe yapılamadı; nedeni satırında yazıyor.", "Katalogda bu kodla başka bir ürün var", "İşlemler (1 seçili)")
		if got := l.chosen(); len(got) != 1 || got[0].Remote.ID != "4" {
			t.Errorf("marked: %+v", got)
		}
		d.tap("Geri Al")
		d.reads("karar geri alındı.", "İşlemler")
		d.readsNot("seçili", "Yeni ürün olarak eklediniz")
		d.press(s, fyne.KeyDelete)
		if j.row("5").Decided != transfer.DecideIgnore {
			t.Errorf("delete does not ignore the row one stands on: %+v", j.batches)
		}
	})
}

func TestRowList_separatesAfterAsking(t *testing.T) {
	shop, j := newCourt(4, 3)
	inCourt(t, shop, func(d *desk, s *countersSection) {
		test.Tap(s.cards[1])
		d.settle()
		l := s.list
		l.decide(transfer.DecideSeparate, suitable(transfer.DecideSeparate, l.chosen()))
		if d.e.modal == nil {
			t.Fatal("nothing is asked")
		}
		d.answer("Eşleşmeyi Ayır")
		d.reads("1 eşleşme ayrıldı.", "2 ürün")
		if r := j.row("1"); r.Outcome != transfer.OutcomeUnmatched || r.Decided != transfer.DecideSeparate {
			t.Errorf("%+v", r)
		}
		d.tap("Geri")
		if got := []string{s.cards[0].Number(), s.cards[1].Number(), s.cards[2].Number()}; !slices.Equal(got, []string{"4", "2", "2"}) {
			t.Errorf("the cards show %v", got)
		}
		s.undo()
		d.settle()
		d.reads("1 karar geri alındı.")
		if s.cards[1].Number() != "3" {
			t.Errorf("%s are matched", s.cards[1].Number())
		}
	})
}

func TestRowList_opensRowsAndTheirProducts(t *testing.T) {
	shop, _ := newCourt(4, 2)
	inCourt(t, shop, func(d *desk, s *countersSection) {
		test.Tap(s.cards[0])
		d.settle()
		d.win.Canvas().Focus(s.list.table.Focusable())
		d.press(s, fyne.KeyDown, fyne.KeyReturn)
		if !slices.Equal(d.page.goods, []domain.ProductID{2}) {
			t.Errorf("opened %v", d.page.goods)
		}
		d.press(s, fyne.KeyDown, fyne.KeyReturn)
		d.reads("Kod URN-00003")
	})
}

func TestRowList_hasNoCommandsWhereNothingCanBeDecided(t *testing.T) {
	shop, _ := newCourt(6, 2)
	shop.remote[5].Active = false
	inCourt(t, shop, func(d *desk, s *countersSection) {
		d.tap("Atlanan: 1")
		d.readsNot("İşlemler", "Karar Ver")
		d.tap("Geri")
		shop.runs[0].UndoneAt = shop.runs[0].FinishedAt
		s.pick(shop.runs[0])
		d.settle()
		d.unmatched(s)
		d.readsNot("İşlemler", "Karar Ver")
		if d.button("Geri Al") != nil {
			t.Error("an undone transfer can be undone")
		}
	})
}

func TestWalker_findsWhatWaits(t *testing.T) {
	shop, j := newCourt(500, 0)
	inCourt(t, shop, func(_ *desk, _ *countersSection) {
		var all []transfer.Decision
		for _, r := range shop.rows {
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
			if err != nil || s.row.Remote.ID != c.want || s.ok != (c.want != "") || s.waiting != 2 {
				t.Errorf("%+v: %+v %v", c, s, err)
			}
		}
	})
}
