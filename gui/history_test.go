package gui

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain/history"
)

func newPast() *past {
	at := time.Date(2026, 11, 23, 11, 5, 0, 0, time.UTC)
	return &past{entries: []history.Entry{
		{At: at, Actor: "ayşe", What: "import", Detail: `{"file":"liste.csv","added":1200,"updated":3,"unchanged":0}`},
		{At: at.Add(-time.Hour), Actor: "mehmet", What: "settings", Detail: `{"currency":"USD","pull":"true","scenario":"commercial","push":""}`},
		{At: at.Add(-2 * time.Hour), Actor: "ayşe", What: "something-of-tomorrow", Detail: `null`},
	}}
}

func inHistory(t *testing.T, p *past, f func(s *stage)) {
	t.Helper()
	onStageWith(t, newOffice(), func(_ *stage, cfg *Config) { cfg.First.History = p }, func(s *stage) {
		s.w.open(viewHistory)
		s.settle()
		f(s)
	})
}

func TestHistory_saysWhoDidWhatAndWhen(t *testing.T) {
	inHistory(t, newPast(), func(s *stage) {
		s.reads("Geçmiş", "23.11.2026 14:05", "ayşe", "Dosyadan ürün alındı: dosya liste.csv, 1.200 yeni, 3 güncellendi, 0 aynı", "mehmet",
			"Süreç seçimleri kaydedildi: para birimi Dolar, İşbaşı’ndaki değişiklikler gelsin: evet, senaryo Ticari", "something-of-tomorrow", "3 kayıt")
	})
}

func TestHistory_findsAndExportsWhatIsFound(t *testing.T) {
	p := newPast()
	inHistory(t, p, func(s *stage) {
		s.w.typedRune('f')
		if s.win.Canvas().Focused() != s.w.past.search {
			t.Error("F does not search")
		}
		test.Type(s.w.past.search, "DOSYADAN ayse")
		s.pass(searchAfter)
		s.reads("1 kayıt", "liste.csv")
		s.readsNot("mehmet")
		s.tap("Excel’e Aktar")
		s.reads("Kaydedildi: /belgeler/Sopyo/gecmis.xlsx")
		if len(p.exported) != 1 || p.exported[0].What != "import" {
			t.Errorf("exported %v", p.exported)
		}
		s.w.past.search.SetText("hiç yok")
		s.pass(searchAfter)
		s.reads("“hiç yok” için kayıt bulunamadı.", "0 kayıt")
	})
}

func TestHistory_comesInPages(t *testing.T) {
	p := &past{}
	for i := range 250 {
		p.entries = append(p.entries, history.Entry{Actor: "a", What: "import", Detail: fmt.Sprintf(`{"file":"f%d.csv"}`, i)})
	}
	inHistory(t, p, func(s *stage) {
		s.reads("250 kayıt", "f0.csv")
		s.w.past.search.SetText("import f249")
		s.pass(searchAfter)
		s.reads("0 kayıt") // it says "Dosyadan ürün alındı"
		s.w.past.search.SetText("f249")
		s.pass(searchAfter)
		s.reads("1 kayıt", "f249.csv")
	})
}

func TestHistory_saysWhyThereIsNothing(t *testing.T) {
	inHistory(t, &past{}, func(s *stage) { s.reads("Henüz bir kayıt yok.") })
	inHistory(t, &past{broken: true}, func(s *stage) { s.reads("Beklenmeyen") })
}
