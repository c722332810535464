package review

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// grouped opens the groups of twelve rows: seven surely new, two ambiguous, one vetoed.
func grouped(t *testing.T, f func(d *kittest.TransfersScreen, s *Page, g *groupList, j *kittest.Decisions)) {
	t.Helper()
	shop, j := kittest.NewFinished(12, 2)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		j.Reason("4", matching.ReasonAmbiguous, 2)
		j.Reason("5", matching.ReasonAmbiguous, 3)
		for i := range j.KeptRows {
			if j.KeptRows[i].Remote.ID == "6" {
				j.KeptRows[i].Flag = matching.FlagVetoed
			}
		}
		s.Show()
		d.Settle()
		d.Tap("10 Ürüne Karar Ver")
		g, ok := s.Top().(*groupList)
		if !ok {
			t.Fatal("no groups are open")
		}
		f(d, s, g, j)
	})
}

// The action of a group takes the group and nothing else, and says before what stays outside and why.
func TestGroups_createOnlyWhatIsSurelyNew(t *testing.T) {
	grouped(t, func(d *kittest.TransfersScreen, s *Page, g *groupList, j *kittest.Decisions) {
		d.Reads("10 karar bekliyor", "Katalogda karşılığı yok", "Kod aynı, barkod farklı", "Birden çok adayı var", "7 Yeni Ürün Oluştur")
		j.Refuse["7"] = transfer.RefusedCodeTaken
		if d.Win.Canvas().Focused() != g.first || g.first.Importance != widget.HighImportance {
			t.Error("the keyboard is not on the button that stands out")
		}
		press(d, s, fyne.KeyReturn)
		d.Asks("7 yeni ürün oluşturulsun mu?", "3 ürün dışarıda kalır: Kod aynı, barkod farklı: 1 · Birden çok adayı var: 2.", "Kodu ya da barkodu katalogda olan ürün oluşturulmaz")
		d.Answer("Vazgeç")
		if len(j.Batches) != 0 {
			t.Fatal("created without consent")
		}
		press(d, s, fyne.KeyReturn)
		d.Answer("Yeni Ürün Oluştur")
		if len(j.Batches) != 1 || len(j.Batches[0]) != 7 {
			t.Fatalf("decided %+v", j.Batches)
		}
		for _, decided := range j.Batches[0] {
			row := j.Row(decided.Remote)
			if decided.Kind != transfer.DecideCreate || decisions.PartOf(row.Reason, row.Flag) != decisions.PartNew {
				t.Errorf("%+v of %s %s", decided, row.Reason, row.Flag)
			}
		}
		d.Reads("6 yeni ürün oluşturuldu.", "1 ürün kaldı: Katalogda bu kodla başka bir ürün var", "4 karar bekliyor", "1 Yeni Ürün Oluştur")
		d.Tap("Geri Al")
		d.Reads("karar geri alındı.", "10 karar bekliyor")
		d.Tap("Geri")
		d.Uncovered()
	})
}

// The key that opens the question does not answer it, however long it is held.
func TestGroups_heldKeyDoesNotApplyToAll(t *testing.T) {
	grouped(t, func(d *kittest.TransfersScreen, _ *Page, g *groupList, j *kittest.Decisions) {
		k := &fyne.KeyEvent{Name: fyne.KeyReturn}
		g.first.KeyDown(k)
		g.first.TypedKey(k)
		d.Settle()
		d.Asks("7 yeni ürün oluşturulsun mu?")
		for range 10 {
			d.E.ModalKey(k)
			d.Settle()
		}
		if len(j.Batches) != 0 || d.E.Modal == nil {
			t.Fatalf("a held key decided %+v", j.Batches)
		}
		d.Key(fyne.KeyReturn) // pressed anew
		if len(j.Batches) != 1 {
			t.Error("Enter does not answer the question")
		}
	})
}

// A group opens where it stands, and each product in it can be decided about from there.
func TestGroups_unfoldInPlace(t *testing.T) {
	grouped(t, func(d *kittest.TransfersScreen, _ *Page, g *groupList, j *kittest.Decisions) {
		d.ReadsNot("ÇAY 00004")
		g.unfold(decisions.PartNew)
		d.Settle()
		d.Reads("ÇAY 00007", "… ve 2 ürün daha", "7 Yeni Ürün Oluştur", "Birden çok adayı var")
		g.unfold(decisions.PartSeveral) // one at a time
		d.Settle()
		d.Reads("ÇAY 00004", "ÇAY 00005")
		d.ReadsNot("ÇAY 00007", "ürün daha")
		d.Tap("Karar Ver") // of the last one
		d.Reads("ÇAY 00005", "2 / 2 · karar bekleyen 10")
		d.Tap("Yoksay")
		d.Tap("Geri")
		d.Reads("9 karar bekliyor", "ÇAY 00004")
		d.ReadsNot("ÇAY 00005")
		g.unfold(decisions.PartSeveral)
		d.Settle()
		d.ReadsNot("ÇAY 00004")
		if len(j.Batches) != 1 {
			t.Errorf("decided %+v", j.Batches)
		}
	})
}

func TestGroups_goThroughAGroupOneByOne(t *testing.T) {
	grouped(t, func(d *kittest.TransfersScreen, s *Page, g *groupList, j *kittest.Decisions) {
		g.decideEach(decisions.PartSeveral)
		d.Settle()
		d.Reads("Birden çok adayı var", "ÇAY 00004", "1 / 2 · karar bekleyen 10")
		d.Tap("Yoksay")
		d.Reads("ÇAY 00005")
		d.Tap("Yoksay")
		d.Reads("Bu gruptaki ürünlerin hepsi karara bağlandı.", "8 ürün daha karar bekliyor.", "Sıradaki Grup: Kod aynı, barkod farklı (1)")
		d.ReadsNot("Karar bekleyen ürün kalmadı.")
		press(d, s, fyne.KeyReturn)
		d.Reads("Kod aynı, barkod farklı", "ÇAY 00006", "1 / 1 · karar bekleyen 8")
		press(d, s, fyne.KeyEscape)
		d.Reads("8 karar bekliyor")
		d.ReadsNot("Birden çok adayı var")
		s.Undo()
		d.Settle()
		d.Reads("9 karar bekliyor", "Birden çok adayı var")
		if j.Row("5").Decided != "" {
			t.Error("the last decision stands")
		}
	})
}

// Goods with in-store numbers are created or ignored all at once.
func TestGroups_inStoreNumbersTogether(t *testing.T) {
	grouped(t, func(d *kittest.TransfersScreen, s *Page, g *groupList, j *kittest.Decisions) {
		for i := range j.KeptRows {
			if r := &j.KeptRows[i]; decisions.Waits(*r) {
				r.Flag, r.Reason = matching.FlagRestricted, matching.ReasonNoCandidate
			}
		}
		g.Show()
		d.Settle()
		d.Tap("10 Yeni Ürün Oluştur")
		d.Answer("Yeni Ürün Oluştur")
		if len(j.Batches) != 1 || len(j.Batches[0]) != 10 || j.Batches[0][0].Kind != transfer.DecideCreate {
			t.Fatalf("decided %+v", j.Batches)
		}
		s.Undo()
		d.Settle()
		d.Tap("Hepsini Yoksay")
		d.Asks("10 ürün yoksayılsın mı?", "sonraki aktarımlarda da sorulmaz")
		d.Answer("Yoksay")
		if len(j.Batches) != 2 || len(j.Batches[1]) != 10 || j.Batches[1][0].Kind != transfer.DecideIgnore {
			t.Errorf("decided %+v", j.Batches)
		}
		d.Reads("Karar bekleyen ürün kalmadı.")
	})
}

func TestGroups_listSearchAndExport(t *testing.T) {
	grouped(t, func(d *kittest.TransfersScreen, s *Page, g *groupList, _ *kittest.Decisions) {
		d.Tap("Excel’e Aktar")
		want := transfer.Query{RunID: 1, Outcome: transfer.OutcomeUnmatched, Part: transfer.PartUndecided}
		if len(d.Shop.Exported) != 1 || d.Shop.Exported[0] != want {
			t.Errorf("exported %+v", d.Shop.Exported)
		}
		d.Reads("Kaydedildi")
		d.Tap("Listele") // of the last group
		d.Reads("Birden çok adayı var", "2 ürün")
		d.Tap("Karar Ver")
		d.Reads("1 / 2")
		press(d, s, fyne.KeyEscape, fyne.KeyEscape)
		g.FocusSearch()
		g.search.SetText("00007")
		press(d, s, fyne.KeyReturn)
		d.Reads("Karar bekleyenler", "1 ürün", "ÇAY 00007")
		press(d, s, fyne.KeyEscape, fyne.KeyEscape)
		if _, ok := s.Top().(*groupList); !ok {
			t.Error("the way back does not lead to the groups")
		}
	})
}

func TestGroups_sayWhenNothingWaits(t *testing.T) {
	grouped(t, func(d *kittest.TransfersScreen, _ *Page, g *groupList, j *kittest.Decisions) {
		var all []transfer.Decision
		for _, r := range j.KeptRows {
			if decisions.Waits(r) {
				all = append(all, transfer.Decision{Kind: transfer.DecideIgnore, Remote: r.Remote.ID})
			}
		}
		if _, err := j.Decide(context.Background(), 1, all); err != nil {
			t.Fatal(err)
		}
		g.Show()
		d.Settle()
		d.Reads("Karar bekleyen ürün kalmadı.")
		if !g.export.Disabled() {
			t.Error("nothing can be exported")
		}
		d.Tap("Kapat")
		d.Uncovered()
		d.Reads("10 yoksayıldı")
	})
}

func TestGroups_sayWhatWentWrong(t *testing.T) {
	grouped(t, func(d *kittest.TransfersScreen, s *Page, _ *groupList, j *kittest.Decisions) {
		j.Failing = domain.E(domain.KindDisk, "decide", nil)
		d.Tap("7 Yeni Ürün Oluştur")
		d.Answer("Yeni Ürün Oluştur")
		d.Reads("diske yazılamadı", "10 karar bekliyor")
		if s.decide.last() {
			t.Error("what failed can be taken back")
		}
	})
}

func TestGroups_everyPartHasWords(t *testing.T) {
	keys := []string{"group." + string(transfer.PartUndecided)}
	for _, p := range decisions.Parts() {
		keys = append(keys, "group."+string(p))
	}
	kittest.HaveWords(t, keys...)
}

// The pages of a decision are read again and again: they are short.
func TestDecide_hasFewWords(t *testing.T) {
	const most = 90
	shop, j := kittest.NewFinished(12, 2)
	for i := range shop.Catalogue.All {
		shop.Catalogue.All[i].Name, shop.Catalogue.All[i].Brand = "Klasik Filtre Kahve 1000 g", "Ilgınsu"
	}
	j.Suggest("3", matching.ByCode, matching.ByNameWords)
	onFinished(t, shop, func(d *kittest.TransfersScreen, s *Page) {
		d.Win.Resize(fyne.NewSize(1180, 760))
		if n := kittest.WordCount(s.Content()); n == 0 || n > most {
			t.Errorf("the sections: %d words", n)
		}
		d.Tap("10 Ürüne Karar Ver")
		if n := kittest.WordCount(d.Frame.Covering.Content()); n == 0 || n > most {
			t.Errorf("the groups: %d words", n)
		}
		d.Tap("Listele")
		d.Tap("Karar Ver")
		if n := kittest.WordCount(d.Frame.Covering.Content()); n < 20 || n > most {
			t.Errorf("a decision: %d words:\n%s", n, d.Words())
		}
	})
}
