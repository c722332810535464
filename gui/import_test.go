package gui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// importing runs f with Dosyadan Al in view.
func importing(t *testing.T, files *tray, f func(s *stage)) {
	t.Helper()
	onStageWith(t, newOffice(), func(_ *stage, cfg *Config) { cfg.First.Files = files }, func(s *stage) {
		s.w.typedRune('ı')
		s.settle()
		if s.w.view != viewImport {
			t.Fatalf("view %d", s.w.view)
		}
		f(s)
	})
}

// openFile types a path and opens it.
func (s *stage) openFile(path string) {
	s.t.Helper()
	s.w.files.choose.path.SetText("")
	test.Type(s.w.files.choose.path, path)
	s.tap("Dosyayı Aç")
}

// become picks what a column of the file becomes.
func (s *stage) become(column int, words string) {
	s.t.Helper()
	s.w.files.sheet.columns.picks[column].SetSelected(words)
	s.settle()
}

func (s *stage) columns() []string {
	var all []string
	for _, p := range s.w.files.sheet.columns.picks {
		all = append(all, p.Selected)
	}
	return all
}

func TestImport_isNotOfferedWithoutFiles(t *testing.T) {
	onStage(t, newOffice(), sectionGuide, func(s *stage) {
		s.w.typedRune('i')
		s.w.openFileImport()
		s.w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("/a.csv")})
		s.settle()
		s.in(sectionGuide)
		s.readsNot("Geçmiş")
	})
}

func TestImport_writesNothingBeforeItIsConfirmed(t *testing.T) {
	files := newTray()
	importing(t, files, func(s *stage) {
		s.reads("Son dosyalar")
		s.openFile(`"/belgeler/liste.csv"`)
		s.reads("liste.csv", "CSV · başlık 1. satırda", "STOKKODU", "2 satır: 1 yeni, 1 güncellenecek, 0 aynı, 0 alınmayacak", "Henüz hiçbir şey yazılmadı.",
			"Barkod · BARKOD", "ÇİKOLATA", "Sorunlar (1)", "(başlıksız 5. sütun)")
		if got, want := s.columns(), []string{"Stok kodu", "Barkod", "Ürün adı", "Alınmasın", "Alınmasın"}; !slices.Equal(got, want) {
			t.Errorf("columns become %v", got)
		}
		s.tap("Sorunlar (1)")
		s.reads("8,69E+12", "Excel barkodu bozmuş (E’li gösterim); rakamlar geri getirilemez. Barkodu yeniden yazın. Ürün alındı.")
		if len(files.taken) != 0 {
			t.Fatal("something was taken")
		}
		s.tap("İçeri Al")
		s.reads("İçeri alındı: 1 yeni, 1 güncellendi, 0 aynı, 0 alınmadı.", "Hata Dosyası", "Başka Dosya Al")
		if len(files.taken) != 1 || files.taken[0].Stamp != files.found.Stamp || files.taken[0].Path != "/belgeler/liste.csv" {
			t.Errorf("taken %v", files.taken)
		}
		s.tap("Hata Dosyası")
		s.reads("Kaydedildi: /belgeler/Sopyo/liste-hatalar.xlsx", "Klasörü Aç")
		s.w.open(viewAbout)
		s.w.openFileImport()
		s.settle()
		s.reads("Son dosyalar") // not the result of before
		s.openFile("/belgeler/liste.csv")
		s.tap("İçeri Al")
		s.tap("Başka Dosya Al")
		s.reads("Son dosyalar")
	})
}

func TestImport_remembersWhatColumnsBecome(t *testing.T) {
	files := newTray()
	importing(t, files, func(s *stage) {
		s.openFile("/belgeler/liste.csv")
		s.become(3, "Marka")
		s.become(4, "Barkod") // taken away from the column that was it
		if got, want := s.columns(), []string{"Stok kodu", "Alınmasın", "Ürün adı", "Marka", "Barkod"}; !slices.Equal(got, want) {
			t.Errorf("columns become %v", got)
		}
		s.reads("Marka · Raf")
		s.tap("İçeri Al")
		want := listing.Mapping{listing.Code, "", listing.Name, listing.Brand, listing.Barcode}
		if got := files.taken[0].Mapping; !slices.Equal(got, want) {
			t.Errorf("taken with %v", got)
		}
		s.tap("Başka Dosya Al")
		s.openFile("/belgeler/gelecek-ay.csv")
		s.reads("Bu dosya düzeni için geçen seferki seçimleriniz kullanıldı.")
		if got := s.w.files.sheet.mapping; !slices.Equal(got, want) {
			t.Errorf("the next file gets %v", got)
		}
	})
}

func TestImport_needsAColumnThatProductsAreKnownBy(t *testing.T) {
	files := newTray()
	importing(t, files, func(s *stage) {
		s.openFile("/belgeler/liste.csv")
		for column := range 3 {
			s.become(column, "Alınmasın")
		}
		s.reads("Ürünler tanınabilsin diye Stok kodu, Barkod ya da Ürün adı için en az bir sütun seçin.")
		if !s.button("İçeri Al").Disabled() {
			t.Error("it can be imported")
		}
	})
}

func TestImport_saysWhyAFileCannotBeOpened(t *testing.T) {
	files := newTray()
	files.opening = &domain.Error{Kind: domain.KindFile, Detail: "file.nul", Field: "7"}
	importing(t, files, func(s *stage) {
		s.openFile("/belgeler/bozuk.csv")
		s.reads("bozuk.csv: Dosyada metin olmayan baytlar var. Dosyayı yeniden dışa aktarın ya da CSV olarak kaydedin. (7. satır)")
		files.opening = nil
		s.tap("Dosyayı Aç")
		s.reads("CSV · başlık 1. satırda")
	})
}

func TestImport_readsAnewAsAPersonSays(t *testing.T) {
	files := newTray()
	importing(t, files, func(s *stage) {
		s.openFile("/belgeler/liste.csv")
		s.become(3, "Marka")
		var separator *widgets.Select
		walk(s.win.Content(), func(o fyne.CanvasObject) {
			if x, ok := o.(*widgets.Select); ok && slices.Contains(x.Options, "Sekme") {
				separator = x
			}
		})
		if separator == nil || separator.Selected != "Noktalı virgül ;" {
			t.Fatal("the separator is not shown")
		}
		separator.SetSelected("Sekme")
		s.settle()
		if got := files.asked[len(files.asked)-1]; got != (listing.Reading{Separator: "\t"}) {
			t.Errorf("asked for %+v", got)
		}
		if got := s.columns()[3]; got != "Marka" {
			t.Errorf("the choice of before became %q", got)
		}
		if got := files.plans[len(files.plans)-1].Reading; got.Separator != "\t" {
			t.Errorf("planned with %+v", got)
		}
	})
}

func TestImport_saysWhatTheFileRepeats(t *testing.T) {
	files := newTray()
	files.result.Rows, files.result.Repeated = 5, 3
	importing(t, files, func(s *stage) {
		s.openFile("/belgeler/liste.csv")
		const words = "Üstteki bir satırın ürününü yineleyen satır: 3. Son satırın değerleri geçerli."
		s.reads("Henüz hiçbir şey yazılmadı. " + words)
		s.tap("İçeri Al")
		s.reads(words)
	})
}

func TestImport_lookingAtAFileCanBeCancelled(t *testing.T) {
	files := newTray()
	importing(t, files, func(s *stage) {
		files.looking = make(chan struct{})
		for i, leave := range []func(){
			func() { s.tap("Vazgeç") },
			func() { s.w.files.choose.path.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) },
		} {
			s.openFile("/belgeler/iki-gb.xml")
			s.reads("Dosyaya bakılıyor…")
			leave()
			s.settle()
			s.reads("Son dosyalar")
			s.readsNot("Dosyaya bakılıyor…")
			if files.left != i+1 || s.button("Dosyayı Aç").Disabled() {
				t.Errorf("%d of %d looks ended", files.left, i+1)
			}
		}
		close(files.looking)
		s.openFile("/belgeler/liste.csv")
		s.reads("İçeri Al")
	})
}

func TestImport_canBeCancelled(t *testing.T) {
	files := newTray()
	importing(t, files, func(s *stage) {
		files.block = make(chan struct{})
		s.openFile("/belgeler/liste.csv")
		s.tap("İçeri Al")
		s.pass(drawEvery)
		s.reads("Kataloğa yazılıyor… 1 / 2", "Vazgeç")
		s.readsNot("Henüz hiçbir şey yazılmadı.")
		s.w.setLang("en")
		s.settle()
		s.asks() // not while it writes
		s.answer("Tamam")
		s.w.files.back() // nor away from the file
		s.tap("Vazgeç")
		s.reads("Vazgeçildi; kataloğunuz olduğu gibi kaldı.", "2 satır: 1 yeni")
		if len(files.taken) != 0 || s.w.files.busy() {
			t.Error("something was taken, or it still works")
		}
	})
}

func TestImport_closingAsksAndTakesNothing(t *testing.T) {
	files := newTray()
	importing(t, files, func(s *stage) {
		files.block = make(chan struct{})
		s.openFile("/belgeler/liste.csv")
		s.tap("İçeri Al")
		s.w.askClose()
		s.settle()
		s.answer("Pencerede kal")
		s.w.askClose()
		s.settle()
		s.answer("Vazgeç ve kapat")
		if s.gone != 1 || len(files.taken) != 0 {
			t.Errorf("closed %d times, taken %d", s.gone, len(files.taken))
		}
	})
}

func TestImport_onlyTheLastPlanCounts(t *testing.T) {
	files := newTray()
	importing(t, files, func(s *stage) {
		files.planWait = make(chan struct{})
		s.openFile("/belgeler/liste.csv")
		s.pass(drawEvery)
		s.reads("Ne değişeceği hesaplanıyor… 1 satır okundu")
		s.become(3, "Marka")
		if !s.button("İçeri Al").Disabled() {
			t.Error("it can be imported before it is planned")
		}
		close(files.planWait)
		s.settle()
		s.reads("2 satır: 1 yeni")
		if n := len(files.plans); n != 2 || files.plans[1].Mapping[3] != listing.Brand {
			t.Errorf("%d plans", n)
		}
	})
}

func TestImport_saysWhatFailedAndPlansAnew(t *testing.T) {
	files := newTray()
	files.taking = domain.Invalid("path", "file-changed")
	importing(t, files, func(s *stage) {
		s.openFile("/belgeler/liste.csv")
		s.tap("İçeri Al")
		s.reads("Dosya siz baktıktan sonra değişti. Dosyayı yeniden açın.")
		if len(files.plans) != 2 {
			t.Errorf("%d plans", len(files.plans))
		}
	})
}

func TestImport_takesADroppedFile(t *testing.T) {
	files := newTray()
	onStageWith(t, newOffice(), func(_ *stage, cfg *Config) { cfg.First.Files = files }, func(s *stage) {
		s.w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI("/indirilenler/yeni.csv")})
		s.settle()
		s.reads("yeni.csv", "İçeri Al")
		s.w.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.settle()
		s.reads("Son dosyalar")
		s.w.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.settle()
		s.in(sectionGuide)
	})
}

func TestImport_looksThroughFolders(t *testing.T) {
	files := newTray()
	importing(t, files, func(s *stage) {
		s.tap("Göz At…")
		s.reads("/ev")
		item := func(title string) *widgets.Item {
			var found *widgets.Item
			walk(s.win.Content(), func(o fyne.CanvasObject) {
				if i, ok := o.(*widgets.Item); ok && i.Title() == title {
					found = i
				}
			})
			if found == nil {
				t.Fatalf("no %q", title)
			}
			return found
		}
		item("Üst klasör")
		test.Tap(item("Belgeler"))
		s.settle()
		if sub := item("urunler.xml").Sub(); sub != "– · 3 MB · /ev/Belgeler" {
			t.Errorf("%q", sub)
		}
		test.Tap(item("urunler.xml"))
		s.settle()
		s.reads("urunler.xml", "İçeri Al")
	})
}

func TestCleanPath(t *testing.T) {
	for pasted, want := range map[string]string{
		" /a/b.csv \n":                       "/a/b.csv",
		`"C:\Users\Ayşe\ürün listesi.xlsx"`:  `C:\Users\Ayşe\ürün listesi.xlsx`,
		"file:///home/a/%C3%BCr%C3%BCn.csv":  "/home/a/ürün.csv",
		"file:///C:/Users/a/liste%20(1).csv": "C:/Users/a/liste (1).csv",
		"'/a/it''s.csv'":                     "/a/it''s.csv",
		"":                                   "",
		`"`:                                  `"`,
		"/a.csv\n/b.csv":                     "/a.csv",
	} {
		if got := cleanPath(pasted); got != want {
			t.Errorf("%q became %q, want %q", pasted, got, want)
		}
	}
}
