package catalogue

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestDoctor_listsWhatIsWrongByKind(t *testing.T) {
	l := sick("36000291452", "8,69E+12", "8690632059157", "18690632059157", "2000000000008", "4006381333931", "4006381333931", "96385074")
	atDoctor(t, l, func(s *doctorScreen) {
		s.Reads("8 ürüne bakıldı: 7 bulgu, 1 tanesi için öneri var.", "Baştaki sıfırı kayıp", "036000291452", "Elle düzeltilir", "7 bulgu", "1 Öneriyi Uygula")
		if got := s.counts(); got != "7 1 1 0 1 0 0 0 0 1 1 2" {
			t.Errorf("counts %s", got)
		}
		s.kind("Birden çok üründe")
		s.Reads("2 bulgu", "4006381333931")
		s.ReadsNot("036000291452", "Öneriyi Uygula")
		s.kind("Bozuk sayı")
		s.Reads("Bu türden bir bulgu yok.", "0 bulgu")
		s.kind("Bütün bulgular")
		test.Type(s.page().Search, "kod-0002")
		s.Pass(kit.SearchAfter)
		s.Reads("1 bulgu", "8,69E+12")
		s.page().Search.SetText("çukulata")
		s.Pass(kit.SearchAfter)
		s.Reads("“çukulata” için bulgu yok.")
	})
}

func TestDoctor_saysWhatIsWrongAndMendsOne(t *testing.T) {
	l := sick("36000291452", "12345678905", "8690632059157", "18690632059157")
	atDoctor(t, l, func(s *doctorScreen) {
		s.keyIn(fyne.KeyHome)
		s.Reads("Baştaki sıfır eklenince geçerli bir barkod oluyor.", "ÇİKOLATA 1")
		s.Tap("Düzelt")
		s.barcode(1, "036000291452")
		s.barcode(2, "12345678905")
		s.says("1 değer düzeltildi.")
		s.Reads("3 bulgu", "Son düzeltme 23.11.2026 14:05, 1 değer")
		s.kind("Koli barkodu")
		s.keyIn(fyne.KeyHome)
		s.Reads("Düzeltilince birden çok ürünün barkodu aynı olurdu", "Diğer ürün: KOD-0003.")
		s.ReadsNot("Düzelt:")
	})
}

func TestDoctor_mendsAKindAfterAYesAndTakesItBack(t *testing.T) {
	l := sick("36000291452", "12345678905", "8690632059157")
	atDoctor(t, l, func(s *doctorScreen) {
		s.kind("Baştaki sıfırı kayıp")
		s.Tap("2 Öneriyi Uygula")
		s.Asks()
		s.Answer("Vazgeç")
		s.barcode(1, "36000291452")
		s.Tap("2 Öneriyi Uygula")
		s.Answer("2 Öneriyi Uygula")
		s.barcode(1, "036000291452")
		s.barcode(2, "012345678905")
		s.barcode(3, "8690632059157")
		s.says("2 değer düzeltildi.")
		if r := s.surgery.repairs[0]; r.What != "lost-zero" || r.Width != 0 {
			t.Errorf("%+v", r)
		}
		l.Write([]doctor.Fix{{Product: 2, Column: doctor.Barcode, From: "012345678905", To: "4006381333931"}}) // somebody has changed it
		s.undoes()
		s.barcode(1, "36000291452")
		s.barcode(2, "4006381333931")
		s.says("1 değer eski haline getirildi. 1 değer olduğu gibi bırakıldı")
		s.undoes() // there is nothing left
		if len(s.surgery.open) != 0 || s.page().kinds.undo.Visible() {
			t.Error("it can be taken back twice")
		}
	})
}

func TestDoctor_mendsWhatIsMarked(t *testing.T) {
	l := sick("36000291452", "12345678905", "8690632059157,0", "8,69E+12")
	atDoctor(t, l, func(s *doctorScreen) {
		s.keyIn(fyne.KeyHome, fyne.KeySpace, fyne.KeyEnd, fyne.KeySpace)
		s.Reads("2 bulgu seçili")
		test.Tap(s.page().mend)
		s.Settle()
		s.barcode(1, "036000291452")
		s.barcode(2, "12345678905")
		if len(s.surgery.repairs) != 1 || len(s.surgery.repairs[0].Fixes) != 1 {
			t.Errorf("%+v", s.surgery.repairs)
		}
	})
}

func TestDoctor_opensAProductToMendItByHand(t *testing.T) {
	l := sick("8,69E+12")
	atDoctor(t, l, func(s *doctorScreen) {
		s.keyIn(fyne.KeyHome, fyne.KeyReturn)
		s.Reads("ÇİKOLATA 1", "Barkod")
		s.Write("Barkod", "8690632059150")
		s.Tap("Kaydet")
		s.Key(fyne.KeyEscape)
		s.Reads("Barkodlarda ve stok kodlarında düzeltilecek bir şey bulunmadı.", "0 bulgu")
		s.undoes() // now it is the product's change that is taken back
		s.barcode(1, "8,69E+12")
		s.Reads("1 bulgu")
	})
}

func TestDoctor_escapeLeadsBackToTheProducts(t *testing.T) {
	atDoctor(t, sick("36000291452"), func(s *doctorScreen) {
		s.keyIn(fyne.KeyHome, fyne.KeySpace, fyne.KeyEscape)
		if len(s.page().Table.Marked()) > 0 || !s.screen.page.atDoctor {
			t.Error("Esc does not take the marks away first")
		}
		s.keyIn(fyne.KeyEscape)
		s.Reads("Barkod Doktoru (1)", "Sütunlar")
	})
}

func TestDoctor_exportsWhatIsListed(t *testing.T) {
	atDoctor(t, sick("36000291452", "8,69E+12"), func(s *doctorScreen) {
		s.kind("E+12 olmuş")
		s.Tap("Excel’e Aktar")
		s.Reads("Kaydedildi: /belgeler/Sopyo/barkod-doktoru.xlsx")
		if len(s.surgery.exported) != 1 || s.surgery.exported[0].Kind != doctor.Exponent {
			t.Errorf("%+v", s.surgery.exported)
		}
	})
}

func TestDoctor_showsHowFarItIsAndCanBeStopped(t *testing.T) {
	l := sick("36000291452")
	atDoctor(t, l, func(s *doctorScreen) {
		s.surgery.mu.Lock()
		s.surgery.slow = time.Minute
		s.surgery.mu.Unlock()
		looks := s.surgery.looks
		s.Tap("Yeniden Bak")
		s.ReadsNot("Barkodlara bakılıyor…")
		s.Pass(kit.DrawEvery)
		s.Reads("Barkodlara bakılıyor…")
		if v := s.page().task.bar.Value(); v != 0.25 {
			t.Errorf("the bar stands at %v", v)
		}
		s.Tap("Vazgeç")
		s.ReadsNot("Barkodlara bakılıyor…")
		s.says("Bakma yarıda kesildi")
		s.Reads("1 bulgu")
		if s.surgery.looks != looks {
			t.Error("it was not stopped")
		}
		test.Tap(s.page().detail.mend) // hidden: nothing is chosen
		s.Tap("1 Öneriyi Uygula")
		s.Pass(kit.DrawEvery)
		s.Reads("Düzeltiliyor…")
		s.keyIn(fyne.KeyEscape)
		s.says("Vazgeçildi; hiçbir değer değişmedi.")
		s.barcode(1, "36000291452")
	})
}

func TestDoctor_saysWhyItCannotLook(t *testing.T) {
	atDoctor(t, sick("36000291452"), func(s *doctorScreen) {
		s.surgery.failing = domain.E(domain.KindDisk, "look", nil)
		s.Tap("Yeniden Bak")
		s.says("Veriler diske yazılamadı.")
		s.Reads("1 bulgu") // of the look before
	})
}

func TestDoctor_teachesWithoutProducts(t *testing.T) {
	atDoctor(t, kittest.NewCatalogue(0), func(s *doctorScreen) { s.Reads("Katalogda bakılacak ürün yok.") })
}

// lostCodes is a catalogue whose codes have lost their zeros.
func lostCodes() *kittest.Catalogue {
	l := kittest.NewCatalogue(22)
	for i := range l.All {
		l.All[i].Barcode = ""
		l.All[i].Code = domain.Code(fmt.Sprint(20_000_000 + i))
	}
	l.All[20].Code, l.All[21].Code = "7000001", "123"
	l.All[20].Name = "KISA"
	return l
}

func TestDoctor_fillsUpAColumnAfterAYes(t *testing.T) {
	l := lostCodes()
	l.All[21].Code = "7000002"
	atDoctor(t, l, func(s *doctorScreen) {
		s.Reads("Stok kodları baştaki sıfırlarını kaybetmiş olabilir: 2 / 22 kod 8 haneye tamamlanabilir.")
		s.Tap("İncele")
		s.Pass(kit.SearchAfter)
		s.Asks("2 değer değişecek, 0 değer çakıştığı için kalacak.", "7000001", "07000001")
		s.Answer("Sıfırları Ekle")
		if got := l.Product(21).Code; got != "07000001" {
			t.Errorf("code %s", got)
		}
		if r := s.surgery.repairs[0]; r.What != "pad-code" || r.Width != 8 {
			t.Errorf("%+v", r)
		}
		s.says("2 değer düzeltildi.")
		s.undoes()
		if got := l.Product(21).Code; got != "7000001" {
			t.Errorf("code %s", got)
		}
	})
}

func TestDoctor_proposesNoWidthThatNothingSpeaksFor(t *testing.T) {
	atDoctor(t, kittest.NewCatalogue(3), func(s *doctorScreen) { // KOD-0001 and so on
		s.Tap("Başa Sıfır Ekle…")
		if width := s.AskedField().Text; width != "" {
			t.Errorf("%q is proposed", width)
		}
		s.Asks("arasında bir hane sayısı yazın")
	})
}

func TestDoctor_namesWhatClashes(t *testing.T) {
	l := lostCodes()
	l.All[0].Code = "0123"
	atDoctor(t, l, func(s *doctorScreen) {
		s.Tap("Başa Sıfır Ekle…")
		width := s.AskedField()
		width.SetText("4")
		s.Pass(kit.SearchAfter)
		s.Asks("0 değer değişecek, 1 değer çakıştığı için kalacak.", "123: 0123 olurdu, ama başka bir üründe 0123 var.")
		s.Answer("Sıfırları Ekle")
		s.Asks() // there is nothing to do
		width.SetText("çok")
		s.Pass(kit.SearchAfter)
		s.Asks("1 ile 64 arasında bir hane sayısı yazın.")
		s.Answer("Sıfırları Ekle")
		s.Asks()
		s.Answer("Vazgeç")
		if len(s.surgery.repairs) > 0 {
			t.Errorf("%+v", s.surgery.repairs)
		}
	})
}

func TestDoctor_buttonCountsFindings(t *testing.T) {
	onPage(t, sick("36000291452", "8,69E+12"), func(s *screen) {
		s.Tap("Barkod Doktoru (2)")
		s.Reads("2 bulgu")
	})
}

func TestDoctor_speaksEnglish(t *testing.T) {
	atDoctorIn(t, "en", sick("36000291452", "8,69E+12"), func(s *doctorScreen) {
		s.Reads("Barcode Doctor", "2 products looked at: 2 findings, 1 with a proposal.", "Leading zero lost", "By hand")
	})
}

func TestWords_doctorHasWords(t *testing.T) {
	for _, text := range kittest.Texts(t) {
		for _, k := range doctor.Kinds() {
			for _, prefix := range []string{"doctor.kind.", "doctor.kind.title.", "history.value.what."} {
				if !text.Has(prefix + string(k)) {
					t.Errorf("%s: %s%s", text.Lang, prefix, k)
				}
			}
		}
		for _, r := range []doctor.Reason{
			doctor.ReasonLostZero, doctor.ReasonDigitsLost, doctor.ReasonDigitsWhole, doctor.ReasonDecimals, doctor.ReasonMarks, doctor.ReasonCheckDigit,
			doctor.ReasonOwnNumbers, doctor.ReasonBox, doctor.ReasonBoxOfAnother, doctor.ReasonInStore, doctor.ReasonDoubled, doctor.ReasonTakenProposal, doctor.ReasonSameProposal,
			doctor.ReasonDate, doctor.ReasonSeveral, doctor.ReasonDecorated, doctor.ReasonISBN, doctor.ReasonCodeLost, doctor.ReasonCodeWhole, doctor.ReasonCodeDecimals, doctor.ReasonCodeDate,
			doctor.ReasonTakenCode, doctor.ReasonSameCode,
		} {
			if said := doctor.Sentence(text, doctor.Finding{Reason: r, Others: []doctor.Other{{Name: "x"}}, OtherCount: 3}); strings.Contains(said, "doctor.") {
				t.Errorf("%s: %s", text.Lang, said)
			}
		}
		for _, column := range paddingColumns() {
			if !text.Has("doctor.padding.banner." + string(column)) {
				t.Errorf("%s: %s", text.Lang, column)
			}
		}
	}
}
