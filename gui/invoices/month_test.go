package invoices

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// monthly is an office with a month.
func monthly() *office {
	o := newOffice()
	o.plan = monthend.Plan{Invoices: 45, Missing: 9, Open: 1, NoPDF: 45, NoUBL: 44, List: 2, Left: 2310}
	return o
}

// made passes the time in which the package is made.
func (s *screen) made() {
	s.T.Helper()
	s.Pass(2 * kit.DrawEvery)
}

func TestMonth_saysWhatThePackageHoldsAndCostsAndSavesIt(t *testing.T) {
	o := monthly()
	onPage(t, o, func(s *screen) {
		s.Tap("Ay Sonu Paketi")
		s.Reads("45 fatura · 9 faturası kesilmemiş sipariş · 1 açık iptal ya da iade işi", "Aralık 1999", "Ocak 2000",
			"Burada olmayan 89 PDF ve UBL’yi İşbaşı’ndan al: 89 okuma (kalan 2.310)", "İşbaşı’daki faturalarla karşılaştır: en az 2 okuma")
		if !s.Button("Gönderildi Olarak İşaretle").Disabled() {
			t.Error("a month can be marked as sent before there is a package")
		}
		s.Tap("Paketi Hazırla")
		s.made()
		s.didAll("save zip=false 1999-12 documents=false list=false")
		s.Reads("Kaydedildi: /belgeler/Sopyo/1999-12")
		sheet, _ := s.page.Top().(*monthSheet)
		sheet.documents.SetChecked(true)
		sheet.list.SetChecked(true)
		s.Choose("Nereye", "Zip dosyası olarak kaydet")
		s.Choose("Ay", "Kasım 1999")
		s.Tap("Paketi Hazırla")
		s.made()
		s.didAll("save zip=true 1999-11 documents=true list=true")
		s.Tap("Gönderildi Olarak İşaretle")
		s.Asks("Kasım 1999 gönderildi olarak işaretlensin mi?")
		s.Answer("Gönderildi Olarak İşaretle")
		s.Reads("Kasım 1999 gönderildi olarak işaretlendi.", "Deneme: 01.01.2000 03:00 tarihinde gönderildi.")
	})
}

func TestMonth_isMadeOfAllCompaniesAtOnce(t *testing.T) {
	o := monthly()
	onPage(t, o, func(s *screen) {
		s.Tap("Ay Sonu Paketi")
		s.Choose("Şirket", "Bütün şirketler")
		s.Reads("Deneme: 45 fatura", "Öteki: 3 fatura", "Deneme şirketi pakete girmez (başka şirketiniz yoksa girer).", "Burada olmayan 178 PDF", "en az 4 okuma")
		s.Tap("Paketi Hazırla")
		s.made()
		s.Reads("Kaydedildi: /belgeler/Sopyo/hepsi")
		s.Tap("Gönderildi Olarak İşaretle")
		s.Answer("Gönderildi Olarak İşaretle")
		s.Choose("Nereye", "E-postayla gönder")
		s.Tap("Paketi Hazırla")
		s.made()
		s.didAll("save all zip=false 1999-12 documents=false list=false", "send all", "mail all 1999-12 documents=false list=false")
		s.Reads("2 e-posta muhasebe@example.com adresine gönderilmek üzere sırada")
	})
}

func TestMonth_goesByMailOrAsADraft(t *testing.T) {
	o := monthly()
	onPage(t, o, func(s *screen) {
		s.Tap("Ay Sonu Paketi")
		s.Choose("Nereye", "E-postayla gönder")
		s.ReadsNot("Gönderildi Olarak İşaretle")
		s.Tap("Paketi Hazırla")
		s.made()
		s.Reads("1 e-posta muhasebe@example.com adresine")
		o.draft = "/belgeler/Sopyo/paket.eml"
		s.Tap("Paketi Hazırla")
		s.made()
		s.Reads("E-posta ayarı yok: taslak " + filepath.FromSlash("/belgeler/Sopyo") + " klasörüne yazıldı.")
		s.failing = domain.Invalid("size", "mail-size")
		s.Tap("Paketi Hazırla")
		s.made()
		s.Reads("Paket e-postayla gönderilemeyecek kadar büyük.")
	})
}

func TestMonth_isCancelledByAPersonAndLeavesNothingHalf(t *testing.T) {
	o := monthly()
	onPage(t, o, func(s *screen) {
		o.gate = make(chan struct{})
		s.Tap("Ay Sonu Paketi")
		s.Tap("Paketi Hazırla")
		s.made()
		if !s.Button("Paketi Hazırla").Disabled() {
			t.Error("a second package can be begun beside the first")
		}
		if s.E.UnderWay() != "month" {
			t.Error("closing the window would not ask")
		}
		s.Tap("Vazgeç")
		s.made()
		s.Reads("Durduruldu; yarım kalmış bir paket bırakılmadı.")
		if s.E.UnderWay() != "" {
			t.Error("it is still under way")
		}
		s.Key(fyne.KeyEscape)
		s.Reads("Henüz fatura kesilmedi")
	})
}
