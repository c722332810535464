package kit_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// numbers is a list of the numbers below n; those whose digits stand in the search are found.
type numbers struct {
	*kit.List[kit.Asked]
	s        *kittest.Screen
	n        int
	asked    []string                  // what was asked, page by page
	slow     map[string]time.Duration  // how long an answer takes, by the search
	wrong    map[string]error          // what comes instead, by the search
	exported []kit.Asked               // what was written
	writing  func(ctx context.Context) // before it is
	left     int                       // times Esc left
}

func (l *numbers) fetch(_ context.Context, q kit.Asked, limit, offset int) ([]table.Row, int, error) {
	<-time.After(l.slow[q.Search])
	if err := l.wrong[q.Search]; err != nil {
		return nil, 0, err
	}
	var rows []table.Row
	for i := range l.n {
		if text := fmt.Sprint("sayı ", i); kit.HasWords(text, q.Search) {
			rows = append(rows, table.Row{Cells: []string{text}, Key: text, Detail: text + " seçildi"})
		}
	}
	if q.Desc {
		slices.Reverse(rows)
	}
	return kit.PageOf(rows, limit, offset), len(rows), nil
}

// onNumbers runs f with a list of n numbers in view.
func onNumbers(t *testing.T, n int, f func(l *numbers)) {
	t.Helper()
	kittest.Run(t, "tr", func(s *kittest.Screen) {
		l := &numbers{s: s, n: n, slow: map[string]time.Duration{}, wrong: map[string]error{}, writing: func(context.Context) {}}
		l.List = kit.NewList(s.E, kit.Listing[kit.Asked]{
			Columns: []table.Column{{ID: "number", Title: "Sayı", Width: 200}},
			Query:   func(a kit.Asked) kit.Asked { return a },
			Fetch: func(ctx context.Context, q kit.Asked, limit, offset int) ([]table.Row, int, error) {
				return l.fetch(ctx, q, limit, offset)
			},
			Export: func(ctx context.Context, q kit.Asked) (string, error) {
				l.writing(ctx)
				l.exported = append(l.exported, q)
				return "/belgeler/Sopyo/sayilar.xlsx", l.wrong["export"]
			},
			None: func(q kit.Asked) string { return "yok: " + q.Search }, Search: "Ara", Count: "rows.count", Most: 15, Pick: "Bir sayı seçin.",
			Back: func() { l.left++ },
		})
		l.OnLoaded = func(q kit.Asked, total int) {
			l.asked = append(l.asked, fmt.Sprint(q.Search, ":", total))
		}
		object := l.Layout(l.Search, l.Said, container.NewHBox(l.Export))
		s.Win.SetContent(widgets.NewSteady(object))
		s.Win.Resize(fyne.NewSize(kittest.PageWidth, kittest.PageHeight))
		l.Reload()
		s.Settle()
		f(l)
	})
}

func TestList_searchWaitsForTheNextLetter(t *testing.T) {
	onNumbers(t, 20, func(l *numbers) {
		for _, r := range "12" {
			test.Type(l.Search, string(r))
			l.s.Pass(kit.SearchAfter - time.Millisecond)
		}
		if len(l.asked) != 1 {
			t.Errorf("asked %q while letters come", l.asked)
		}
		l.s.Pass(time.Millisecond)
		if want := []string{":20", "12:1"}; !slices.Equal(l.asked, want) {
			t.Errorf("asked %q, want %q", l.asked, want)
		}
		l.Search.SetText("1")
		l.Search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // does not wait
		l.s.Settle()
		l.s.Pass(kit.SearchAfter)
		if want := []string{":20", "12:1", "1:11"}; !slices.Equal(l.asked, want) {
			t.Errorf("asked %q, want %q", l.asked, want)
		}
	})
}

func TestList_saysMoreThanIsCountedOfASearchOnly(t *testing.T) {
	onNumbers(t, 20, func(l *numbers) {
		for _, tt := range []struct{ search, want string }{
			{"", "20 ürün"}, {"1", "11 ürün"}, {"sayı", "15 üründen çok; aramayı daraltın"}, {" ", "20 ürün"},
		} {
			l.Search.SetText(tt.search)
			l.s.Pass(kit.SearchAfter)
			if l.Count.Words() != tt.want {
				t.Errorf("%q: %q, want %q", tt.search, l.Count.Words(), tt.want)
			}
		}
	})
}

func TestList_olderAnswersAreNotHeard(t *testing.T) {
	onNumbers(t, 20, func(l *numbers) {
		l.slow["slow"], l.slow["bad"] = time.Minute, time.Minute
		l.wrong["bad"] = errors.New("broken")
		for _, search := range []string{"slow", "bad", "19"} {
			l.Search.SetText(search)
			l.s.Pass(kit.SearchAfter)
		}
		l.s.Pass(time.Hour)
		if want := []string{":20", "19:1"}; !slices.Equal(l.asked, want) {
			t.Errorf("asked %q, want %q", l.asked, want)
		}
		if l.Said.Words() != "" {
			t.Errorf("says %q of a question nobody asks any more", l.Said.Words())
		}
	})
}

func TestList_allPagesAnswerOneQuestion(t *testing.T) {
	onNumbers(t, 1000, func(l *numbers) {
		l.Search.SetText("99") // not asked yet
		l.Table.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
		l.s.Settle()
		if r, ok := l.Table.Current(); !ok || r.Cells[0] != "sayı 999" {
			t.Errorf("the end is %v", r.Cells)
		}
		l.s.Pass(kit.SearchAfter)
		if n := l.Table.Total(); n != 19 {
			t.Errorf("%d are found", n)
		}
	})
}

func TestList_saysWhatThereIs(t *testing.T) {
	onNumbers(t, 20, func(l *numbers) {
		l.s.Reads("20 ürün", "Bir sayı seçin.")
		l.Table.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		l.s.Reads("sayı 1 seçildi")
		l.Search.SetText(" kırk ")
		l.s.Pass(kit.SearchAfter)
		l.s.Reads("yok: kırk", "0 ürün")
		l.s.ReadsNot("Bir sayı seçin.", "seçildi")
		if !l.Export.Disabled() {
			t.Error("nothing can be exported")
		}
		l.wrong["kötü"] = errors.New("broken")
		l.Search.SetText("kötü")
		l.s.Pass(kit.SearchAfter)
		l.s.Reads("Beklenmeyen")
	})
}

func TestList_sorts(t *testing.T) {
	onNumbers(t, 20, func(l *numbers) {
		for _, want := range []string{"sayı 0", "sayı 19"} {
			test.Tap(l.Table.Heads()[0])
			l.s.Settle()
			if r, _ := l.Table.Current(); r.Cells[0] != want {
				t.Errorf("the first is %v, want %s", r.Cells, want)
			}
		}
		if want := (kit.Asked{Sort: "number", Desc: true}); l.Query() != want {
			t.Errorf("asks %+v", l.Query())
		}
	})
}

func TestList_exportSaysWhereTheFileIs(t *testing.T) {
	onNumbers(t, 20, func(l *numbers) {
		test.Tap(l.Table.Heads()[0])
		l.Search.SetText(" 1 ")
		l.s.Pass(kit.SearchAfter)
		l.s.Tap("Excel’e Aktar")
		l.s.Reads("Kaydedildi: /belgeler/Sopyo/sayilar.xlsx")
		if want := []kit.Asked{{Search: "1", Sort: "number"}}; !slices.Equal(l.exported, want) {
			t.Errorf("exported %+v, want %+v", l.exported, want)
		}
		l.s.Tap("Klasörü Aç")
		if len(l.s.Visited) != 1 {
			t.Errorf("the folder is not shown: %v", l.s.Visited)
		}
		l.wrong["export"] = errors.New("broken")
		l.s.Tap("Excel’e Aktar")
		l.s.Reads("Beklenmeyen")
		l.s.ReadsNot("Kaydedildi")
	})
}

func TestList_exportStaysOffWhenNothingIsLeft(t *testing.T) {
	onNumbers(t, 20, func(l *numbers) {
		l.writing = func(context.Context) { <-time.After(time.Minute) }
		l.s.Tap("Excel’e Aktar")
		if !l.Export.Disabled() {
			t.Error("it can be exported twice at once")
		}
		l.Search.SetText("kırk")
		l.s.Pass(kit.SearchAfter)
		l.s.Pass(time.Hour)
		if !l.Export.Disabled() {
			t.Error("nothing can be exported")
		}
		l.Search.SetText("")
		l.s.Pass(kit.SearchAfter)
		if l.Export.Disabled() {
			t.Error("what came back cannot be exported")
		}
	})
}

func TestList_escapeClearsTheSearchFirst(t *testing.T) {
	onNumbers(t, 20, func(l *numbers) {
		l.Search.SetText("1")
		l.Search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if l.Search.Text != "" || l.left != 0 {
			t.Errorf("searches %q, left %d times", l.Search.Text, l.left)
		}
		l.Search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		l.Table.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		l.Export.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if l.left != 3 {
			t.Errorf("left %d times", l.left)
		}
	})
}

func TestList_asksNothingWhileItWaits(t *testing.T) {
	onNumbers(t, 20, func(l *numbers) {
		l.Waits = true
		l.Search.SetText("1")
		l.s.Pass(kit.SearchAfter)
		if len(l.asked) != 1 || l.Table.Total() != 20 {
			t.Errorf("asked %q", l.asked)
		}
	})
}

func TestHasWords(t *testing.T) {
	for _, c := range []struct {
		text, sought string
		want         bool
	}{
		{"Çikolata Kutusu", "", true},
		{"Çikolata Kutusu", "KUTUSU cikolata", true},
		{"ISPARTA ışık", "ısparta IŞIK", true},
		{"Çikolata", "çikolata kutu", false},
	} {
		if got := kit.HasWords(c.text, c.sought); got != c.want {
			t.Errorf("%q in %q: %v", c.sought, c.text, got)
		}
	}
}

func TestPageOf(t *testing.T) {
	all := []int{0, 1, 2, 3, 4}
	for _, c := range []struct {
		limit, offset int
		want          []int
	}{{2, 0, []int{0, 1}}, {2, 4, []int{4}}, {2, 9, nil}, {9, 0, all}} {
		if got := kit.PageOf(all, c.limit, c.offset); !slices.Equal(got, c.want) {
			t.Errorf("%d from %d: %v", c.limit, c.offset, got)
		}
	}
}

func TestSortCells_theTurkishWay(t *testing.T) {
	for _, c := range []struct {
		asked kit.Asked
		want  string
	}{
		{kit.Asked{}, "zil çam cam"},
		{kit.Asked{Sort: "other"}, "zil çam cam"},
		{kit.Asked{Sort: "name"}, "cam çam zil"},
		{kit.Asked{Sort: "name", Desc: true}, "zil çam cam"},
	} {
		rows := []table.Row{{Cells: []string{"1", "zil"}}, {Cells: []string{"1", "çam"}}, {Cells: []string{"1", "cam"}}}
		kit.SortCells(rows, map[string]int{"name": 1}, c.asked)
		if got := fmt.Sprintf("%s %s %s", rows[0].Cells[1], rows[1].Cells[1], rows[2].Cells[1]); got != c.want {
			t.Errorf("%+v: %s, want %s", c.asked, got, c.want)
		}
	}
}

func TestNewest_onlyTheNewestAnswerIsShown(t *testing.T) {
	kittest.Run(t, "tr", func(s *kittest.Screen) {
		var n int
		var shown []string
		ask := func(answer string, after time.Duration) {
			kit.Newest(s.E, &n, func(context.Context) (string, error) { <-time.After(after); return answer, nil },
				func(v string, _ error) { shown = append(shown, v) })
		}
		ask("slow", time.Second)
		ask("quick", time.Millisecond)
		s.Pass(2 * time.Second)
		ask("next", time.Millisecond)
		s.Pass(time.Second)
		if !slices.Equal(shown, []string{"quick", "next"}) {
			t.Errorf("shown %q", shown)
		}
	})
}
