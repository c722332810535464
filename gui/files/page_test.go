package files

import (
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// fileScreen is Dosyadan Al over files in memory.
type fileScreen struct {
	*kittest.Screen
	page *Page
}

// importing runs f with Dosyadan Al in view.
func importing(t *testing.T, files *kittest.Files, f func(s *fileScreen)) {
	t.Helper()
	kittest.On(t, "tr", func(e *kit.Env) *Page { return New(e, files) }, func(s *kittest.Screen, p *Page) { f(&fileScreen{s, p}) })
}

// openFile types a path and opens it.
func (s *fileScreen) openFile(path string) {
	s.T.Helper()
	s.page.choose.Path.SetText("")
	test.Type(s.page.choose.Path, path)
	s.Tap("Dosyayı Aç")
}

// become picks what a column of the file becomes.
func (s *fileScreen) become(column int, words string) {
	s.T.Helper()
	s.page.sheet.columns.picks[column].SetSelected(words)
	s.Settle()
}

func (s *fileScreen) columns() []string {
	var all []string
	for _, p := range s.page.sheet.columns.picks {
		all = append(all, p.Selected)
	}
	return all
}

func TestImport_writesNothingBeforeItIsConfirmed(t *testing.T) {
	files := kittest.NewFiles()
	importing(t, files, func(s *fileScreen) {
		s.Reads("Son dosyalar")
		s.openFile(`"/belgeler/liste.csv"`)
		s.Reads("liste.csv", "CSV · başlık 1. satırda", "STOKKODU", "2 satır: 1 yeni, 1 güncellenecek", "Henüz hiçbir şey yazılmadı.",
			"Sorunlar (1)", "(başlıksız 5. sütun)")
		s.Tap("İlk 2 Satır")
		s.Reads("Barkod · BARKOD", "ÇİKOLATA")
		if got, want := s.columns(), []string{"Stok kodu", "Barkod", "Ürün adı", "Alınmasın", "Alınmasın"}; !slices.Equal(got, want) {
			t.Errorf("columns become %v", got)
		}
		s.Tap("Sorunlar (1)")
		s.Reads("8,69E+12", "Excel barkodu bozmuş (E’li gösterim); rakamlar geri getirilemez. Barkodu yeniden yazın. Ürün alındı.")
		if len(files.Taken) != 0 {
			t.Fatal("something was taken")
		}
		s.Tap("İçeri Al")
		s.Reads("İçeri alındı: 1 yeni, 1 güncellendi.", "Hata Dosyası", "Başka Dosya Al")
		if len(files.Taken) != 1 || files.Taken[0].Stamp != files.Found.Stamp || files.Taken[0].Path != "/belgeler/liste.csv" {
			t.Errorf("taken %v", files.Taken)
		}
		s.Tap("Hata Dosyası")
		s.Reads("Kaydedildi: /belgeler/Sopyo/liste-hatalar.xlsx", "Klasörü Aç")
		s.Show(s.page)
		s.Reads("Son dosyalar") // not the result of before
		s.openFile("/belgeler/liste.csv")
		s.Tap("İçeri Al")
		s.Tap("Başka Dosya Al")
		s.Reads("Son dosyalar")
	})
}

// Also on a screen whose scale is 1.25, which leaves 768 of 960 points.
func TestImport_showsReasonsWhole(t *testing.T) {
	files := kittest.NewFiles()
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		s.Tap("Sorunlar (1)")
		for _, width := range []float32{960, 768, 1500} {
			s.Win.Resize(fyne.NewSize(width, 512))
			s.Settle()
			const reason = "Excel barkodu bozmuş (E’li gösterim); rakamlar geri getirilemez. Barkodu yeniden yazın. Ürün alındı."
			found := false
			for _, o := range test.LaidOutObjects(s.page.sheet.tables.problems.table) {
				label, is := o.(*widget.Label)
				if !is || label.Text != reason {
					continue
				}
				found = true
				if label.Truncation != fyne.TextTruncateOff || label.MinSize().Height > label.Size().Height || label.Size().Height > 300 {
					t.Errorf("at %v it needs %v and has %v", width, label.MinSize(), label.Size())
				}
			}
			if !found {
				t.Errorf("at %v the reason is not there", width)
			}
		}
	})
}

func TestImport_remembersWhatColumnsBecome(t *testing.T) {
	files := kittest.NewFiles()
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		s.become(3, "Marka")
		s.become(4, "Barkod") // as the second column is
		if got, want := s.columns(), []string{"Stok kodu", "Barkod", "Ürün adı", "Marka", "Barkod"}; !slices.Equal(got, want) {
			t.Errorf("columns become %v", got)
		}
		s.Tap("İlk 2 Satır")
		s.Reads("Marka · Raf")
		s.Tap("İçeri Al")
		want := listing.Mapping{listing.Code, listing.Barcode, listing.Name, listing.Brand, listing.Barcode}
		if got := files.Taken[0].Mapping; !slices.Equal(got, want) {
			t.Errorf("taken with %v", got)
		}
		s.Tap("Başka Dosya Al")
		s.openFile("/belgeler/gelecek-ay.csv")
		s.Reads("Bu dosya düzeni için geçen seferki seçimleriniz kullanıldı.")
		if got := s.page.sheet.mapping; !slices.Equal(got, want) {
			t.Errorf("the next file gets %v", got)
		}
	})
}

func TestImport_needsAColumnThatProductsAreKnownBy(t *testing.T) {
	files := kittest.NewFiles()
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		for column := range 3 {
			s.become(column, "Alınmasın")
		}
		s.Reads("Ürünler tanınabilsin diye Stok kodu, Barkod ya da Ürün adı için en az bir sütun seçin. Başlık başka bir satırdaysa onu yukarıdan seçin.")
		if !s.Button("İçeri Al").Disabled() || s.page.sheet.tables.view != viewFirst {
			t.Error("it can be imported, or the first rows are not in view")
		}
		s.become(2, "Ürün adı")
		if s.Button("İçeri Al").Disabled() || s.page.sheet.tables.view != viewAccount {
			t.Error("it cannot be imported, or its account is not in view")
		}
	})
}

func TestImport_saysWhyAFileCannotBeOpened(t *testing.T) {
	files := kittest.NewFiles()
	files.Opening = &domain.Error{Kind: domain.KindFile, Detail: "file.nul", Field: "7"}
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/bozuk.csv")
		s.Reads("bozuk.csv: Dosyada metin olmayan baytlar var. Dosyayı yeniden dışa aktarın ya da CSV olarak kaydedin. (7. satır)")
		files.Opening = nil
		s.Tap("Dosyayı Aç")
		s.Reads("CSV · başlık 1. satırda")
	})
}

func TestImport_readsAnewAsAPersonSays(t *testing.T) {
	files := kittest.NewFiles()
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		s.become(3, "Marka")
		var separator *widgets.Select
		kittest.Walk(s.Win.Content(), func(o fyne.CanvasObject) {
			if x, ok := o.(*widgets.Select); ok && slices.Contains(x.Options, "Sekme") {
				separator = x
			}
		})
		if separator == nil || separator.Selected != "Noktalı virgül ;" {
			t.Fatal("the separator is not shown")
		}
		separator.SetSelected("Sekme")
		s.Settle()
		if got := files.Asked[len(files.Asked)-1]; !reflect.DeepEqual(got, listing.Reading{Separator: "\t"}) {
			t.Errorf("asked for %+v", got)
		}
		if got := s.columns()[3]; got != "Marka" {
			t.Errorf("the choice of before became %q", got)
		}
		if got := files.Plans[len(files.Plans)-1].Reading; got.Separator != "\t" {
			t.Errorf("planned with %+v", got)
		}
	})
}

func TestImport_saysWhatTheFileRepeats(t *testing.T) {
	files := kittest.NewFiles()
	files.Result.Rows, files.Result.Repeated = 5, 3
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		const words = "Üstteki bir satırın ürününü yineleyen satır: 3. Son satırın değerleri geçerli."
		s.Reads("Henüz hiçbir şey yazılmadı. " + words)
		s.Tap("İçeri Al")
		s.Reads(words)
	})
}

func TestImport_lookingAtAFileCanBeCancelled(t *testing.T) {
	files := kittest.NewFiles()
	importing(t, files, func(s *fileScreen) {
		files.Looking = make(chan struct{})
		for i, leave := range []func(){
			func() { s.Tap("Vazgeç") },
			func() { s.page.choose.Path.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) },
		} {
			s.openFile("/belgeler/iki-gb.xml")
			s.Reads("Dosyaya bakılıyor…")
			leave()
			s.Settle()
			s.Reads("Son dosyalar")
			s.ReadsNot("Dosyaya bakılıyor…")
			if files.Left != i+1 || s.Button("Dosyayı Aç").Disabled() {
				t.Errorf("%d of %d looks ended", files.Left, i+1)
			}
		}
		close(files.Looking)
		s.openFile("/belgeler/liste.csv")
		s.Reads("İçeri Al")
	})
}

func TestImport_canBeCancelled(t *testing.T) {
	files := kittest.NewFiles()
	importing(t, files, func(s *fileScreen) {
		files.Block = make(chan struct{})
		s.openFile("/belgeler/liste.csv")
		s.Tap("İçeri Al")
		s.Pass(kit.DrawEvery)
		s.Reads("Kataloğa yazılıyor… 1 / 2", "Vazgeç")
		s.ReadsNot("Henüz hiçbir şey yazılmadı.")
		if s.E.UnderWay() != "import" {
			t.Error("the window does not know that it writes")
		}
		s.page.Back() // nor away from the file
		s.Tap("Vazgeç")
		s.Reads("Vazgeçildi; kataloğunuz olduğu gibi kaldı.", "2 satır: 1 yeni")
		if len(files.Taken) != 0 || s.E.UnderWay() != "" {
			t.Error("something was taken, or it still works")
		}
	})
}

func TestImport_onlyTheLastPlanCounts(t *testing.T) {
	files := kittest.NewFiles()
	importing(t, files, func(s *fileScreen) {
		files.PlanWait = make(chan struct{})
		s.openFile("/belgeler/liste.csv")
		s.Pass(kit.DrawEvery)
		s.Reads("Ne değişeceği hesaplanıyor… 1 satır okundu")
		s.become(3, "Marka")
		if !s.Button("İçeri Al").Disabled() {
			t.Error("it can be imported before it is planned")
		}
		close(files.PlanWait)
		s.Settle()
		s.Reads("2 satır: 1 yeni")
		if n := len(files.Plans); n != 2 || files.Plans[1].Mapping[3] != listing.Brand {
			t.Errorf("%d plans", n)
		}
	})
}

func TestImport_saysWhatFailedAndPlansAnew(t *testing.T) {
	files := kittest.NewFiles()
	files.Taking = domain.Invalid("path", "file-changed")
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		s.Tap("İçeri Al")
		s.Reads("Dosya siz baktıktan sonra değişti. Dosyayı yeniden açın.")
		if len(files.Plans) != 2 {
			t.Errorf("%d plans", len(files.Plans))
		}
	})
}

func TestImport_looksThroughFolders(t *testing.T) {
	files := kittest.NewFiles()
	importing(t, files, func(s *fileScreen) {
		s.Tap("Göz At…")
		s.Reads("/ev")
		s.Item("Üst klasör")
		test.Tap(s.Item("Belgeler"))
		s.Settle()
		if sub := s.Item("urunler.xml").Sub(); sub != "– · 3 MB · "+filepath.FromSlash("/ev/Belgeler") {
			t.Errorf("%q", sub)
		}
		test.Tap(s.Item("urunler.xml"))
		s.Settle()
		s.Reads("urunler.xml", "İçeri Al")
	})
}

// A first list of products is one step of the set-up: the blue button goes on with it until products have come from İşbaşı.
func TestImport_leadsOnWithTheSetUp(t *testing.T) {
	importing(t, kittest.NewFiles(), func(s *fileScreen) {
		for _, c := range []struct {
			facts kit.Facts
			blue  string
			leads kit.Place
		}{
			{kit.Facts{}, "Devam: Bugün", kit.PlaceToday},
			{kit.Facts{HasRun: true, Run: transfer.Run{Counters: transfer.Counters{Transferred: 1}}}, "Ürünlere Git", kit.PlaceProducts},
		} {
			s.page.ShowFacts(c.facts)
			s.Show(s.page)
			s.openFile("/belgeler/liste.csv")
			s.Tap("İçeri Al")
			if b := s.Button(c.blue); b.Importance != widget.HighImportance {
				t.Errorf("%s is not blue", c.blue)
			}
			s.Tap(c.blue)
			if n := len(s.Frame.Opened); n == 0 || s.Frame.Opened[n-1] != c.leads {
				t.Errorf("%s leads to %v", c.blue, s.Frame.Opened)
			}
		}
		s.ReadsNot("Devam: Bugün")
	})
}
