package history

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func newEntries() *entries {
	at := time.Date(2026, 11, 23, 11, 5, 0, 0, time.UTC)
	return &entries{entries: []history.Entry{
		{At: at, Actor: "ayşe", What: "import", Detail: `{"file":"liste.csv","added":1200,"updated":3,"unchanged":0}`},
		{At: at.Add(-time.Hour), Actor: "mehmet", What: "settings", Detail: `{"currency":"USD","pull":"true","scenario":"commercial","push":""}`},
		{At: at.Add(-2 * time.Hour), Actor: "ayşe", What: "something-of-tomorrow", Detail: `null`},
	}}
}

// entries is a history in memory.
type entries struct {
	entries  []history.Entry
	broken   bool
	exported []history.Entry
	given    int // how many were asked for
}

func (p *entries) History(_ context.Context, n, skip int) ([]history.Entry, int, error) {
	if p.broken {
		return nil, 0, errors.New("broken")
	}
	rest := p.entries[min(skip, len(p.entries)):]
	if n > 0 {
		rest = rest[:min(n, len(rest))]
	}
	p.given += len(rest)
	return rest, len(p.entries), nil
}

func (p *entries) ExportHistory(_ context.Context, _ string, entries []history.Entry) (string, error) {
	p.exported = entries
	return "/belgeler/Sopyo/gecmis.xlsx", nil
}

// onHistory runs f with Geçmiş in view.
func onHistory(t *testing.T, past *entries, f func(s *kittest.Screen, p *Page)) {
	t.Helper()
	kittest.On(t, "tr", func(e *kit.Env) *Page { return New(e, past) }, f)
}

func TestHistory_saysWhoDidWhatAndWhen(t *testing.T) {
	onHistory(t, newEntries(), func(s *kittest.Screen, _ *Page) {
		s.Reads("Geçmiş", "23.11.2026 14:05", "ayşe", "Dosyadan ürün alındı: dosya liste.csv, 1.200 yeni, 3 güncellendi", "mehmet",
			"Süreç seçimleri kaydedildi: para birimi Dolar, İşbaşı’ndaki değişiklikler gelsin: evet, senaryo Ticari", "something-of-tomorrow", "3 kayıt")
	})
}

func TestHistory_findsAndExportsWhatIsFound(t *testing.T) {
	p := newEntries()
	onHistory(t, p, func(s *kittest.Screen, page *Page) {
		page.FocusSearch()
		if s.Win.Canvas().Focused() != page.Search {
			t.Error("F does not search")
		}
		test.Type(page.Search, "DOSYADAN ayse")
		s.Pass(kit.SearchAfter)
		s.Reads("1 kayıt", "liste.csv")
		s.ReadsNot("mehmet")
		s.Tap("Excel’e Aktar")
		s.Reads("Kaydedildi: /belgeler/Sopyo/gecmis.xlsx")
		if len(p.exported) != 1 || p.exported[0].What != "import" {
			t.Errorf("exported %v", p.exported)
		}
		page.Search.SetText("hiç yok")
		s.Pass(kit.SearchAfter)
		s.Reads("“hiç yok” için kayıt bulunamadı.", "0 kayıt")
		s.ReadsNot("Kaydedildi")
	})
}

func TestHistory_comesInPages(t *testing.T) {
	p := &entries{}
	for i := range 250 {
		p.entries = append(p.entries, history.Entry{Actor: "a", What: "import", Detail: fmt.Sprintf(`{"file":"f%d.csv"}`, i)})
	}
	onHistory(t, p, func(s *kittest.Screen, page *Page) {
		s.Reads("250 kayıt", "f0.csv")
		page.Search.SetText("import f249")
		s.Pass(kit.SearchAfter)
		s.Reads("0 kayıt") // it says "Dosyadan ürün alındı"
		page.Search.SetText("f249")
		s.Pass(kit.SearchAfter)
		s.Reads("1 kayıt", "f249.csv")
	})
}

// Sentences are made once: a letter that is typed asks for what is new alone.
func TestHistory_makesEachSentenceOnce(t *testing.T) {
	p := &entries{}
	entry := func(i int) history.Entry {
		return history.Entry{At: time.Date(2026, 11, 23, 11, i, 0, 0, time.UTC), Actor: "Işıl", What: "import", Detail: fmt.Sprintf(`{"file":"f%d.csv"}`, i)}
	}
	for i := range 30 {
		p.entries = append(p.entries, entry(59-i))
	}
	onHistory(t, p, func(s *kittest.Screen, page *Page) {
		search := func(text string, want ...string) {
			t.Helper()
			page.Search.SetText(text)
			s.Pass(kit.SearchAfter)
			s.Reads(want...)
		}
		search("ışıl", "30 kayıt")
		p.given = 0
		search("isil f31", "1 kayıt", "f31.csv")
		search("14:59", "1 kayıt", "f59.csv")
		if p.given > 4 {
			t.Errorf("%d entries were read again", p.given)
		}
		p.entries = append([]history.Entry{entry(61), entry(60)}, p.entries...)
		search("f6", "2 kayıt", "f60.csv", "f61.csv")
		if p.given > 8 {
			t.Errorf("%d entries were read again", p.given)
		}
		search("f", "32 kayıt")
		p.entries = p.entries[7:] // those of another file
		search("f5", "5 kayıt")
		search("ışı", "25 kayıt")
		p.entries = append([]history.Entry{entry(3)}, p.entries[2:]...) // as many less one, others
		search("f3.csv", "1 kayıt", "f3.csv")
		search("f5", "3 kayıt")
	})
}

func TestHistory_saysWhyThereIsNothing(t *testing.T) {
	onHistory(t, &entries{}, func(s *kittest.Screen, _ *Page) { s.Reads("Henüz bir kayıt yok.") })
	onHistory(t, &entries{broken: true}, func(s *kittest.Screen, _ *Page) { s.Reads("Beklenmeyen") })
}
