package files

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// toldFile is a file of which there is something to say in every part of its account.
func toldFile() *kittest.Files {
	files := kittest.NewFiles()
	files.Result.Account = listing.Account{
		Rows: 9, Refused: 1, NoProduct: 2, Columns: map[listing.Field]string{listing.Code: "STOKKODU", listing.Barcode: "BARKOD"},
		Fallbacks: map[listing.Field][]string{listing.Barcode: {"EAN", ""}},
		Ignored:   []listing.Ignored{{Header: "Raf", Filled: 1200, Sample: "A3"}},
		Sheets:    []listing.Sheet{{Name: "Yaz", Rows: 9, Read: true}, {Name: "Kış", Rows: 30}},
		Notes:     []listing.Note{{Kind: listing.NoteUnit, Column: "Stok", Count: 5, Sample: "3 Adet"}},
	}
	files.Result.Repeated = 1
	files.Result.Problems = append(files.Result.Problems,
		listing.Noted{Problem: listing.Problem{Field: listing.Name, Reason: listing.NothingToKnowBy}, Line: 4, Refused: true},
		listing.Noted{Problem: listing.Problem{Value: "TOPLAM", Reason: listing.NothingToKnowBy}, Line: 8, NoProduct: true},
		listing.Noted{Problem: listing.Problem{Value: "K-1", Reason: listing.BadNumber}, Line: 9, Repeated: true})
	files.Result.ProblemCount = 4
	return files
}

func TestImport_accountsForTheWholeFileBeforeItIsTaken(t *testing.T) {
	files := toldFile()
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		s.Reads("Dosyadaki 9 satır", "5 ürün alınacak", "1 satır, üstteki bir satırın ürününü yineliyor", "1 satır alınamıyor", "2 satır ürün değil",
			"Stok kodu: STOKKODU", "Barkod: BARKOD, o boşsa EAN, o boşsa (başlıksız)", "Raf: 1.200 dolu hücre, örneğin A3", "Kış: 30 satır",
			"Stok: 5 hücrede sayının yanındaki birim ya da para işareti ayrıldı. Örneğin: 3 Adet")
		s.ReadsNot("Yaz: 9 satır", "Önce bunları yanıtlayın")
		if len(files.Taken) != 0 {
			t.Error("something was taken")
		}
	})
}

func TestImport_listsTheRowsThatAreNotTakenWithLineAndReason(t *testing.T) {
	importing(t, toldFile(), func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		list := s.page.sheet.tables.problems
		lines := func() (all []int) {
			for _, n := range list.shown {
				all = append(all, n.Line)
			}
			return all
		}
		for i, want := range [][]int{{9}, {4}, {8}} { // repeated, refused, no product
			s.page.sheet.tables.bring(viewAccount)
			var shows []*widgets.Button
			kittest.Walk(s.page.sheet.tables.account.object, func(o fyne.CanvasObject) {
				if b, ok := o.(*widgets.Button); ok && b.Text == "Göster" && !slices.Contains(shows, b) {
					shows = append(shows, b)
				}
			})
			if len(shows) != 3 {
				t.Fatalf("%d lists", len(shows))
			}
			shows[i].OnTapped()
			s.Settle()
			if !slices.Equal(lines(), want) {
				t.Errorf("list %d shows the lines %v", i, lines())
			}
		}
		s.Reads("TOPLAM", "Ürün değil", "Kod, barkod ve ad boş; satır alınmadı.")
		list.pick.SetSelected("Hepsi")
		if !slices.Equal(lines(), []int{3, 4, 8, 9}) {
			t.Errorf("all of them are %v", lines())
		}
		s.Reads("Alınır", "Alınamaz", "Yineleme")
	})
}

// choices are the questions in view, by their IDs.
func (s *fileScreen) choices() map[string]*questionView { return s.page.sheet.tables.account.asked }

func TestImport_takesNothingBeforeItsQuestionsAreAnswered(t *testing.T) {
	files := toldFile()
	files.Result.Questions = []listing.Question{
		listing.Answers{}.Ask(listing.AskDecimals, "Fiyat", "", []string{"thousands", "decimals"}, []string{"129.900"}),
		listing.Answers{}.Ask(listing.AskColumn, "price", "Satış", []string{"Satış", "Liste"}, nil),
		listing.Answers{}.Ask(listing.AskZero, "Fiyat", "", []string{"leave", "take"}, nil),
	}
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		s.Reads("Önce bunları yanıtlayın", "Henüz hiçbir şey yazılmadı. Önce 2 soruyu yanıtlayın.", "“Fiyat” sütunundaki sayılarda",
			"Binlik ayırıcı: 129.900 = 129900", "Hangi sütun geçerli?", "Fiyat 0 olsun")
		if !s.Button("İçeri Al").Disabled() {
			t.Fatal("it can be taken")
		}
		if c := s.choices()["column:price"].choice; c.Selected() != 0 {
			t.Errorf("what is usual is not shown: %d", c.Selected())
		}
		decimals := s.choices()["decimals:Fiyat"].choice
		decimals.Choose(1)
		s.Settle()
		s.Reads("Önce 1 soruyu yanıtlayın.")
		if s.choices()["decimals:Fiyat"].choice != decimals || decimals.Selected() != 1 || !s.Button("İçeri Al").Disabled() {
			t.Error("the answer is not kept in place, or it can be taken with one open")
		}
		s.choices()["zero:Fiyat"].choice.Choose(0)
		s.Settle()
		s.choices()["column:price"].choice.Choose(1)
		s.Settle()
		s.Reads("Seçilenler; değiştirebilirsiniz", "Henüz hiçbir şey yazılmadı.")
		s.Tap("İçeri Al")
		s.Reads("İçeri alındı: 1 yeni")
		want := listing.Answers{"decimals:Fiyat": "decimals", "zero:Fiyat": "leave", "column:price": "Liste"}
		if len(files.Taken) != 1 || !reflect.DeepEqual(files.Taken[0].Reading.Answers, want) {
			t.Errorf("taken %+v", files.Taken)
		}
		if len(files.Asked) != 1 {
			t.Errorf("the file was looked at %d times", len(files.Asked))
		}
	})
}

func TestImport_whatIsAnsweredStaysWhereItIs(t *testing.T) {
	importing(t, kittest.NewFiles(), func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		v := s.page.sheet.tables.account
		ask := func(chosen string, samples ...string) *questionView {
			q := listing.Answers{}.Ask(listing.AskDecimals, "Fiyat", chosen, []string{"thousands", "decimals"}, samples)
			v.show(&listing.Result{Account: listing.Account{Questions: []listing.Question{q}}}, true)
			return v.asked["decimals:Fiyat"]
		}
		open := ask("", "129.900", "212.500")
		sign := open.lead.Resource.Name()
		if answered := ask("thousands", "129.900"); answered != open || answered.lead.Resource.Name() == sign { // the reader stops looking for samples
			t.Error("the question is another, or looks open")
		}
		if other := ask("", "1.250", "2.500"); other == open {
			t.Error("other samples are not shown")
		}
	})
}

func TestImport_aColumnThatIsAskedForBecomesItsField(t *testing.T) {
	files := kittest.NewFiles()
	files.Result.Questions = []listing.Question{listing.Answers{}.Ask(listing.AskUnused, "Raf", "", []string{"ignore", "stock"}, []string{"3"})}
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		s.Reads("“Raf” sütunu dolu ama ondan hiçbir şey alınmıyor.", "Stok olarak alınsın")
		q := s.choices()["unused:Raf"]
		q.choice.Choose(0)
		s.Settle()
		if got := s.columns()[3]; got != "Alınmasın" || s.Button("İçeri Al").Disabled() {
			t.Errorf("it became %q", got)
		}
		q.choice.Choose(1)
		s.Settle()
		if got := s.columns()[3]; got != "Stok" {
			t.Errorf("it became %q", got)
		}
		if last := files.Plans[len(files.Plans)-1]; last.Mapping[3] != listing.Stock || last.Reading.Answers["unused:Raf"] != "stock" {
			t.Errorf("planned %+v", last)
		}
	})
}

func TestImport_aSheetThatIsAskedForIsLookedAt(t *testing.T) {
	files := kittest.NewFiles()
	files.Found.Format, files.Found.Sheets, files.Found.Reading.Sheet = "xlsx", []string{"Yaz", "Kış"}, ""
	files.Result.Questions = []listing.Question{listing.Answers{}.Ask(listing.AskSheet, "", "", []string{"Yaz", "Kış", "all"}, nil)}
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		s.choices()["sheet"].choice.Choose(2)
		s.Settle()
		if got := files.Asked[len(files.Asked)-1]; len(files.Asked) != 2 || !reflect.DeepEqual(got.Answers, listing.Answers{"sheet": "all"}) {
			t.Errorf("asked for %+v", files.Asked)
		}
		if got := s.pickOf("Bütün sayfalar").Selected; got != "Bütün sayfalar" {
			t.Errorf("%q is shown as the sheet", got)
		}
	})
}

// pickOf finds the drop-down that offers words.
func (s *fileScreen) pickOf(words string) (found *widgets.Select) {
	s.T.Helper()
	kittest.Walk(s.Win.Content(), func(o fyne.CanvasObject) {
		if x, ok := o.(*widgets.Select); ok && slices.Contains(x.Options, words) {
			found = x
		}
	})
	if found == nil {
		s.T.Fatalf("%q is not offered", words)
	}
	return found
}

func TestImport_listsProblemsInTheOrderOfTheFileWithSheetAndProposal(t *testing.T) {
	files := kittest.NewFiles()
	files.Result.Problems = []listing.Noted{
		{Problem: listing.Problem{Field: listing.Code, Value: "1,23000E+05", Reason: listing.CodeExponent, Proposed: "123000"}, Line: 9, Sheet: "Yaz"},
		{Problem: listing.Problem{Field: listing.Stock, Value: "1250.5", Reason: listing.RowDiffers}, Line: 2, Sheet: "Kış", Repeated: true},
		{Problem: listing.Problem{Value: "K-1", Reason: listing.RowRepeated}, Line: 4, Sheet: "Yaz", Repeated: true},
	}
	files.Result.ProblemCount = 3
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.xlsx")
		tables := s.page.sheet.tables
		tables.bring(viewProblems)
		s.Settle()
		var got [][]string
		tables.problems.fetch(table.Query{Limit: 9}, func(rows []table.Row, _ int, _ bool) {
			for _, r := range rows {
				got = append(got, r.Cells[:2])
			}
		})
		if want := [][]string{{"Yaz", "4"}, {"Yaz", "9"}, {"Kış", "2"}}; !reflect.DeepEqual(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		s.Reads("Sayfa", "Öneri: 123000. ", "1.250,5")
	})
}

func TestImport_theRowOfTheHeaderCanBeSaid(t *testing.T) {
	files := kittest.NewFiles()
	files.Above = []listing.Row{{Line: 1, Cells: []string{"FİYAT LİSTESİ", "", "2026"}}, {Line: 3, Cells: []string{"Kalem", "Bedel"}}}
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		s.become(3, "Marka")
		pick := s.pickOf("3. satır: Kalem · Bedel")
		if pick.Selected != "1. satır: FİYAT LİSTESİ…" {
			t.Errorf("%q is taken for the header", pick.Selected)
		}
		pick.SetSelected("3. satır: Kalem · Bedel")
		s.Settle()
		if now := s.pickOf("3. satır: Kalem · Bedel").Selected; now != "3. satır: Kalem · Bedel" {
			t.Errorf("%q is shown as the header", now)
		}
		if got := files.Asked[len(files.Asked)-1]; !reflect.DeepEqual(got, listing.Reading{HeaderRow: 3}) {
			t.Errorf("asked for %+v", got)
		}
		if got := s.columns()[3]; got != "Alınmasın" {
			t.Errorf("what the columns of another header became stays: %q", got)
		}
		s.become(3, "Fiyat")
		s.Tap("İçeri Al")
		if got := files.Taken[0]; got.Reading.HeaderRow != 3 || got.Mapping[3] != listing.Price {
			t.Errorf("taken %+v", got)
		}
	})
}

func TestImport_allSheetsCanBeRead(t *testing.T) {
	files := kittest.NewFiles()
	files.Found.Format, files.Found.Sheets, files.Found.Reading = "xlsx", []string{"Yaz", "Kış"}, listing.Reading{Sheet: "Yaz"}
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.xlsx")
		s.pickOf("Bütün sayfalar").SetSelected("Bütün sayfalar")
		s.Settle()
		if got := files.Asked[len(files.Asked)-1]; got.Sheet != listing.AllSheets {
			t.Errorf("asked for %+v", got)
		}
	})
}

func TestColumnCalled_byHeaderElseByLetter(t *testing.T) {
	header := make([]string, 30)
	header[0], header[4], header[5] = "Kod", "B", ""
	for about, want := range map[string]int{"Kod": 0, "B": 4, "A": 0, "F": 5, "AD": 29, "AE": -1, "ZZZZZZZZZZZZZZZ": -1, "Ş": -1} {
		if got := columnCalled(header, about); got != want {
			t.Errorf("%q: column %d, want %d", about, got, want)
		}
	}
}

func TestImport_warnsOfPricesThatMoveFar(t *testing.T) {
	files := kittest.NewFiles()
	for i := range 7 {
		files.Result.Jumps = append(files.Result.Jumps, listing.Jump{
			Code: domain.Code(fmt.Sprintf("ELK/%d", i)), Name: "Ekran Koruyucu", Was: decimal.RequireFromString("221.29"), Is: decimal.RequireFromString("22.13"), Currency: domain.TRY,
		})
	}
	files.Result.JumpCount = 300
	importing(t, files, func(s *fileScreen) {
		s.openFile("/belgeler/liste.csv")
		s.Reads("300 ürünün fiyatı yarıdan çok değişiyor. Virgül ya da sütun yanlış olabilir; almadan önce bakın.",
			"ELK/0 · Ekran Koruyucu: 221,29 ₺ yerine 22,13 ₺", "ELK/4 · ")
		s.ReadsNot("ELK/5")
	})
}
