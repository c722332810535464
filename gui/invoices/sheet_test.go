package invoices

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestSheet_showsTheInvoiceAsItsBuyerSeesItAndWhatHappenedToIt(t *testing.T) {
	r := record(1, invoicing.AttemptIssued)
	r.Kind, r.Draft.Scenario, r.Scenario = domain.InvoiceEInvoice, domain.ScenarioBasic, domain.ScenarioCommercial
	r.TaxNumber, r.Draft.Customer.TaxOffice = "4540536920", "Kadıköy"
	onPage(t, newOffice(r), func(s *screen) {
		s.open(1)
		s.Reads("ABC1999000000001 · Alıcı 1", "Kadıköy 4540536920", "Moda Cad. 5", "34000 Kadıköy İstanbul", "Trendyol siparişi",
			"Filtre Kahve", "3 × 59,90 ₺ · KDV %20", "179,70 ₺", "Çay Bardağı", "1 × 49,90 ₺ · KDV %10",
			"Matrah, KDV %20", "149,75 ₺", "KDV %20", "29,95 ₺", "Matrah, KDV %10", "45,36 ₺", "4,54 ₺", "229,60 ₺",
			"kesildi", "e-Fatura, Ticari", "ettn-1", "[SM:aaaaaaa1]", "Onaylandı", "PKT-1",
			"20.12.1999 12:01: İşbaşı’na gönderildi", "20.12.1999 12:02: resmileştirmeye gönderildi", "20.12.1999 12:03: kesildi")
		s.ReadsNot("Taslakları Sil", "Yeniden Kes")
		s.Key(fyne.KeyEscape)
		s.Reads("Faturalar")
	})
}

func TestSheet_saysWhyItWasRejectedAndHowOftenItWasMissed(t *testing.T) {
	rejected, lost := record(1, invoicing.AttemptRejected), record(2, invoicing.AttemptLost)
	rejected.Cause, rejected.Detail, rejected.Number = domain.KindRejected, "Vergi dairesi bulunamadı", ""
	lost.Missed, lost.MissedAt = 2, lost.IntentAt.Add(20*time.Minute)
	lost.AskedAt = lost.MissedAt
	onPage(t, newOffice(rejected, lost), func(s *screen) {
		s.open(1)
		s.Reads("Taslak · Alıcı 1", "Vergi dairesi bulunamadı", "geri çevrildi", "Nedenini giderin")
		s.ReadsNot("PDF", "UBL", "İade Gir", "Fatura no")
		s.page.Pop()
		s.open(2)
		s.Reads("20.12.1999 12:22: arandı, bulunamadı (2. kez)", "durumu son kez soruldu", "İki kez arandı, bulunamadı.")
		s.Tap("Yeniden Kes")
		s.Asks("1 siparişin faturası yeniden kesilsin mi?")
		s.Answer("Yeniden Kes")
		s.didAll("free 2")
		s.Reads("1 sipariş yeniden kesilebilir.", "Tümü (2)")
	})
}

func TestSheet_saysBothTotalsOfADraftThatDiffersAndDeletesIt(t *testing.T) {
	r := record(1, invoicing.AttemptMismatch)
	r.Read = decimal.NewNullDecimal(decimal.RequireFromString("229.61"))
	onPage(t, newOffice(r), func(s *screen) {
		s.open(1)
		s.Reads("Gönderilen toplam 229,60 ₺, İşbaşı’ndaki 229,61 ₺: fark 0,01 ₺.")
		s.Tap("Taslağı Sil")
		s.Answer("Taslakları Sil (1)")
		s.didAll("take back [1]")
		s.Reads("1 taslak silindi", "Silinen / Bulunamayan (1)")
	})
}

func TestSheet_looksAtIsbasiOnceMore(t *testing.T) {
	r := record(1, invoicing.AttemptMismatch)
	r.Read = decimal.NewNullDecimal(decimal.RequireFromString("229.61"))
	onPage(t, newOffice(r), func(s *screen) {
		s.open(1)
		s.failing = domain.E(domain.KindNetwork, "read", nil)
		s.Tap("İşbaşı’nda Bak (1 okuma)")
		s.Reads("İşbaşı’na ulaşılamadı.", "fark 0,01 ₺.")
		s.failing = nil
		s.Tap("İşbaşı’nda Bak (1 okuma)")
		s.Reads("İşbaşı’nda şimdi: taslak, kesilmeye hazır.")
		s.ReadsNot("fark 0,01 ₺.")
		s.Tap("İşbaşı’nda Bak (1 okuma)")
		s.Reads("İşbaşı’nda da böyle.")
		s.didAll("read 1", "read 1", "read 1")
	})
}

func TestSheet_fetchesADocumentOnceAndSaysWhatThatCosts(t *testing.T) {
	o := newOffice(record(1, invoicing.AttemptIssued))
	onPage(t, o, func(s *screen) {
		s.open(1)
		s.failing = domain.E(domain.KindState, "fetch", nil)
		s.Tap("PDF’yi Aç (1 okuma)")
		s.Reads("İşbaşı bu belgeyi henüz hazırlamamış.")
		s.failing = domain.E(domain.KindNetwork, "fetch", nil)
		s.Tap("PDF’yi Aç (1 okuma)")
		s.Reads("İşbaşı’na ulaşılamadı.")
		if len(s.Visited) != 0 {
			t.Errorf("opened %v", s.Visited)
		}
		s.failing = nil
		s.Tap("PDF’yi Aç (1 okuma)")
		s.Reads("Kaydedildi: /belgeler/Sopyo/1.pdf", "UBL’yi Kaydet (1 okuma)")
		if len(s.Visited) != 1 || s.Visited[0] != "/belgeler/Sopyo/1.pdf" {
			t.Errorf("opened %v", s.Visited)
		}
		s.Tap("PDF’yi Aç") // it is kept now
		s.Tap("UBL’yi Kaydet (1 okuma)")
		s.Asks("UBL nereye kaydedilsin?", "1 okuma harcar")
		field := s.AskedField()
		if field.Text != "/belgeler/Sopyo/1.ubl" {
			t.Errorf("%q is proposed", field.Text)
		}
		field.SetText(" ")
		s.Answer("Kaydet")
		s.Asks("Bu alanı doldurun.")
		field.SetText("/usb/fatura.zip")
		s.Answer("Kaydet")
		s.Reads("Kaydedildi: /usb/fatura.zip", "UBL’yi Kaydet")
		s.ReadsNot("1 okuma")
		s.Tap("Farklı Kaydet…")
		s.Answer("Vazgeç")
		if got := strings.Join(s.saved, " "); got != "/belgeler/Sopyo/1.pdf /belgeler/Sopyo/1.pdf /usb/fatura.zip" {
			t.Errorf("saved %s", got)
		}
	})
}

// task is one about the whole of an invoice.
func task(id int64, r invoicing.Record, what invoicing.TaskKind) invoicing.Task {
	return invoicing.Task{ID: id, Record: r, What: what}
}

func TestTask_saysWhatToDoByTheKindOfTheInvoice(t *testing.T) {
	fresh := func(id int64) invoicing.Record {
		r := record(id, invoicing.AttemptIssued)
		r.Draft.Date = time.Date(2000, 1, 1, 0, 0, 0, 0, domain.Istanbul)
		return r
	}
	archive, old, commercial, basic := fresh(1), record(2, invoicing.AttemptIssued), fresh(3), fresh(4)
	commercial.Kind, commercial.Scenario = domain.InvoiceEInvoice, domain.ScenarioCommercial
	basic.Kind, basic.Scenario = domain.InvoiceEInvoice, domain.ScenarioBasic
	o := newOffice(archive, old, commercial, basic, record(5, invoicing.AttemptChecked))
	for i, r := range o.records {
		o.tasks = append(o.tasks, task(int64(i+1), r, invoicing.TaskCancelled))
	}
	onPage(t, o, func(s *screen) {
		s.Reads("5 iptal ya da iade için yapılacak iş var.")
		for id, want := range map[int64]string{
			1: "İşbaşı’nın ekranında iptal edin", 2: "İade belgesi düzenleyin", 3: "Alıcı sekiz gün içinde reddedebilir", 4: "Alıcının iade faturasını isteyin", 5: "Taslağı geri alın",
		} {
			s.open(id)
			s.Reads(want, "sipariş iptal edildi · 229,60 ₺", "KDV %10: 45,36 ₺ + 4,54 ₺ · KDV %20: 149,75 ₺ + 29,95 ₺")
			s.page.Pop()
			s.Settle()
		}
		s.open(5)
		s.ReadsNot("Görevi Kapat")
		s.Tap("Taslağı Sil") // there is one
		s.Answer("Taslakları Sil (1)")
		s.didAll("take back [5]")
	})
}

func TestTask_isClosedWithANumberAndADayOnly(t *testing.T) {
	o := newOffice(record(1, invoicing.AttemptIssued))
	o.tasks = []invoicing.Task{task(1, o.records[0], invoicing.TaskCancelled)}
	onPage(t, o, func(s *screen) {
		s.Tap("Göster")
		s.Reads("sipariş iptal edildi", "İade belgesi düzenleyin", "1 iş")
		s.Tap("Aç")
		if !s.Button("Görevi Kapat").Disabled() {
			t.Error("it can be closed without a document")
		}
		s.Write("Belge no", "GP-17")
		if !s.Button("Görevi Kapat").Disabled() {
			t.Error("it can be closed without a day")
		}
		s.Write("Belge tarihi", "dün")
		s.Tap("Görevi Kapat")
		if wrong := s.Row("Belge tarihi").Wrong(); !strings.Contains(wrong, "Bir gün yazın") {
			t.Errorf("%q", wrong)
		}
		s.Write("Belge tarihi", "2.1.2000")
		s.Tap("Görevi Kapat")
		if wrong := s.Row("Belge tarihi").Wrong(); !strings.Contains(wrong, "ileride olamaz") {
			t.Errorf("%q", wrong)
		}
		s.Write("Belge tarihi", "31.12.1999")
		s.Write("Not", "imzalı nüsha dolapta")
		s.failing = domain.Invalid("document", "required")
		s.Tap("Görevi Kapat")
		if wrong := s.Row("Belge no").Wrong(); wrong == "" {
			t.Error("what the store refuses is not said at its field")
		}
		s.failing = nil
		s.Tap("Görevi Kapat")
		s.Reads("Görev GP-17 ile kapatıldı.", "Kapandı: GP-17, 31.12.1999", "imzalı nüsha dolapta")
		closed := o.tasks[0]
		if closed.Document != "GP-17" || !closed.DocumentOn.Equal(time.Date(1999, 12, 31, 0, 0, 0, 0, domain.Istanbul)) || closed.Note != "imzalı nüsha dolapta" {
			t.Errorf("closed with %+v", closed)
		}
		s.page.Pop()
		s.Settle()
		s.Reads("Yapılacak iş yok.")
		list, _ := s.page.Top().(*taskList)
		list.all.SetChecked(true)
		s.Settle()
		s.Reads("Kapandı: GP-17, 31.12.1999", "1 iş")
		s.page.Pop()
		s.Settle()
		s.ReadsNot("yapılacak iş var.")
	})
}

func TestReturn_computesWhileItIsTypedAndAddsUp(t *testing.T) {
	o := newOffice(record(1, invoicing.AttemptIssued))
	onPage(t, o, func(s *screen) {
		s.open(1)
		s.Tap("İade Gir")
		s.Reads("İade · ABC1999000000001 · Alıcı 1", "Satılan 3 · 179,70 ₺", "İade edilen 0,00 ₺ = matrah 0,00 ₺ + KDV 0,00 ₺")
		s.Write("Filtre Kahve", "1")
		s.Reads("İade edilen 59,90 ₺ = matrah 49,92 ₺ + KDV 9,98 ₺", "KDV %20: 49,92 ₺ + 9,98 ₺")
		if !s.Button("İadeyi Kaydet").Disabled() {
			t.Error("a return without a number can be saved")
		}
		s.Write("İade no", "R-1")
		s.Write("Filtre Kahve", "4")
		if wrong := s.Row("Filtre Kahve").Wrong(); !strings.Contains(wrong, "Satılandan fazlası") || !s.Button("İadeyi Kaydet").Disabled() {
			t.Errorf("%q", wrong)
		}
		s.Write("Filtre Kahve", "bir")
		if wrong := s.Row("Filtre Kahve").Wrong(); !strings.Contains(wrong, "Bir sayı yazın") {
			t.Errorf("%q", wrong)
		}
		s.Write("Filtre Kahve", "1")
		s.failing = domain.E(domain.KindDisk, "save", nil)
		s.Tap("İadeyi Kaydet")
		s.Reads("Veriler diske yazılamadı.")
		s.failing = nil
		s.Tap("İadeyi Kaydet")
		s.Reads("59,90 ₺ tutarında iade kaydedildi.", "sipariş iade edildi (iade no R-1) · 59,90 ₺", "İade belgesi düzenleyin")
		s.Tap("İade Gir")
		s.Reads("Satılan 3, önceden dönen 1 · 179,70 ₺")
		s.Tap("Kalanın Hepsi")
		s.Reads("İade edilen 169,70 ₺")
		s.Write("İade no", "R-1")
		s.Tap("İadeyi Kaydet")
		if wrong := s.Row("İade no").Wrong(); !strings.Contains(wrong, "daha önce girilmiş") {
			t.Errorf("%q", wrong)
		}
		s.Write("İade no", "R-2")
		s.Tap("İadeyi Kaydet")
		back := o.tasks[0].Amounts.Total.Add(o.tasks[1].Amounts.Total)
		if vat := o.tasks[0].Amounts.VAT.Add(o.tasks[1].Amounts.VAT); !back.Equal(o.records[0].Amounts.Total) || !vat.Equal(o.records[0].Amounts.VAT) {
			t.Errorf("the returns come to %s with VAT %s", back, vat)
		}
	})
}

// In the smallest window everything that waits stands over the list, and the page asks for no more room than there is.
func TestPage_fitsTheSmallestWindow(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		o := states()
		o.queued, o.restored = 7, true
		o.tasks = []invoicing.Task{task(1, o.records[6], invoicing.TaskReturned)}
		kittest.On(t, lang, func(e *kit.Env) *Page { return New(e, o, allMonths{o}) }, func(s *kittest.Screen, p *Page) {
			s.Win.Resize(fyne.NewSize(kittest.PageWidth, kittest.PageHeight))
			p.list.Table.Mark("4", "5")
			s.Settle()
			fits := func(what string) {
				t.Helper()
				if m := p.Content().MinSize(); m.Width > kittest.PageWidth || m.Height > kittest.PageHeight {
					t.Errorf("%s, %s: wants %v", lang, what, m)
				}
			}
			fits("list")
			for _, r := range o.records {
				p.open(r)
				s.Settle()
				fits(string(r.State))
				p.Pop()
				s.Settle()
			}
			p.openFormalise()
			s.Settle()
			fits("formalise")
			p.Pop()
			s.Settle()
			p.openTasks()
			s.Settle()
			fits("tasks")
			p.openMonth()
			s.Settle()
			fits("month")
		})
	}
}
