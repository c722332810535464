package history

import (
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// What was done has a page, but for what is not done on one.
func TestPlaceOf_knowsEveryEntryThatHasWords(t *testing.T) {
	text, err := assets.NewText("tr")
	if err != nil {
		t.Fatal(err)
	}
	nowhere := map[string]bool{"quota-limits": true, "quota-exhausted": true, "quota-reopened": true}
	own := map[string]bool{"title": true, "text": true, "search": true, "when": true, "who": true, "what": true, "count": true, "none": true, "pick": true, "open": true}
	entries := 0
	for _, key := range text.Keys() {
		what, ok := strings.CutPrefix(key, "history.")
		if !ok || own[what] || strings.Contains(what, ".") {
			continue
		}
		entries++
		place, ok := placeOf(history.Entry{What: what})
		if ok == nowhere[what] || ok && !place.Known() {
			t.Errorf("%s leads to %v, %v", what, place, ok)
		}
	}
	if entries < 60 {
		t.Errorf("%d entries have words", entries)
	}
}

func TestHistory_leadsToWhereItIsTakenBack(t *testing.T) {
	p := &entries{entries: []history.Entry{
		{Actor: "a", What: "transfer", Detail: `{"transfer":3,"transferred":240}`},
		{Actor: "a", What: "product-changed", Detail: `{"product":7,"code":"K-1","changes":{"price":["10","12"]}}`},
		{Actor: "a", What: "quota-limits", Detail: `{"reads":3000}`},
		{Actor: "a", What: "import", Detail: `{"file":"liste.csv","updated":300}`},
	}}
	onHistory(t, p, func(s *kittest.Screen, page *Page) {
		s.ReadsNot("Aç: ")
		page.Table.OnSelected(table.Row{Data: p.entries[0]})
		s.Tap("Aç: Aktarım Detayları")
		page.Table.OnSelected(table.Row{Data: p.entries[1]})
		s.Tap("Aç: Ürünler")
		page.Table.OnSelected(table.Row{Data: p.entries[2]})
		s.ReadsNot("Aç: ")
		page.Table.OnSelected(table.Row{Data: p.entries[3]})
		s.Tap("Aç: Dosyadan Ürün Al")
		if !slices.Equal(s.Frame.Opened, []kit.Place{kit.PlaceReview, kit.PlaceFiles}) || !slices.Equal(s.Frame.Products, []domain.ProductID{7}) {
			t.Errorf("opened %v and product %d", s.Frame.Opened, s.Frame.Products)
		}
	})
}
