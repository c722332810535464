package invoices

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// states are invoices in every state, numbered from 1 on in the order of AttemptStates.
func states() *office {
	o := newOffice()
	for i, s := range invoicing.AttemptStates() {
		o.records = append(o.records, record(int64(i+1), s))
	}
	return o
}

func TestPage_listsTheInvoicesInWordsAndGroups(t *testing.T) {
	o := states()
	onPage(t, o, func(s *screen) {
		s.Reads("Tümü (12)", "Sonucu Bilinmeyen (2)", "Taslak (5)", "Kesilen (2)", "Reddedilen (1)", "Silinen / Bulunamayan (2)",
			"taslak, kesilmeye hazır", "kesildi", "ABC1999000000007", "e-Arşiv", "Alıcı 7", "229,60 ₺", "PKT-7", "12 fatura", "20.12.1999")
		s.page.list.group.SetSelectedIndex(3)
		s.Settle()
		s.Reads("2 fatura", "Alıcı 7", "Alıcı 8")
		s.ReadsNot("Alıcı 4\n")
		s.page.list.group.SetSelectedIndex(0)
		s.page.FocusSearch()
		test.Type(s.page.list.Search, "PKT-10")
		s.Pass(kit.SearchAfter)
		s.Reads("1 fatura", "Alıcı 10")
		s.Tap("Excel’e Aktar")
		s.Reads("Kaydedildi: /belgeler/Sopyo/faturalar.xlsx")
		s.didAll("export tr  PKT-10")
		s.page.list.Search.SetText("hiç")
		s.Pass(kit.SearchAfter)
		s.Reads("“hiç” için fatura bulunamadı.")
	})
}

func TestPage_coloursWhatItSaysInWords(t *testing.T) {
	want := map[invoicing.AttemptState]widget.Importance{
		invoicing.AttemptIntent: widget.WarningImportance, invoicing.AttemptUnknown: widget.WarningImportance, invoicing.AttemptMismatch: widget.WarningImportance,
		invoicing.AttemptLost: widget.WarningImportance, invoicing.AttemptRejected: widget.DangerImportance,
		invoicing.AttemptIssued: widget.SuccessImportance, invoicing.AttemptDocumented: widget.SuccessImportance,
	}
	onPage(t, newOffice(), func(s *screen) {
		for _, state := range invoicing.AttemptStates() {
			tone, ok := want[state]
			if !ok {
				tone = widget.MediumImportance
			}
			row := recordRow(s.page.e, record(1, state))
			if row.Tones[0] != tone || row.Cells[0] != s.E.T("attempt."+string(state)) {
				t.Errorf("%s: %v, %q", state, row.Tones, row.Cells[0])
			}
		}
		cancelled := record(1, invoicing.AttemptIssued)
		cancelled.Cancelled = true
		if row := recordRow(s.page.e, cancelled); row.Tones[0] != widget.WarningImportance {
			t.Errorf("cancelled: %v", row.Tones)
		}
	})
}

func TestPage_teachesWhereInvoicesComeFrom(t *testing.T) {
	onPage(t, newOffice(), func(s *screen) {
		s.Reads("Henüz fatura kesilmedi")
		s.ReadsNot("Resmileştir", "sırada", "bilinmiyor:")
		s.Tap("Siparişlere Git")
		s.Asked(kit.PlaceOrders)
	})
}

func TestPage_looksForUnknownOnesWithItsCostAndSaysWhatCameOfIt(t *testing.T) {
	o := newOffice(record(1, invoicing.AttemptUnknown), record(2, invoicing.AttemptUnknown), record(3, invoicing.AttemptIntent))
	o.lookUp = quota.Cost{Reads: 4}
	o.looked = issuing.Looked{Found: 1, Absent: 2, Spent: quota.Cost{Reads: 5}}
	onPage(t, o, func(s *screen) {
		s.Reads("3 faturanın sonucu bilinmiyor: yanıt gelmeden bağlantı koptu")
		s.Tap("İşbaşı’nda Ara (en az 4 okuma)")
		s.Reads("1 fatura bulundu", "2 fatura bulunamadı; on beş dakika sonra bir kez daha aranmalı.", "Harcanan: 5 okuma.")
		s.didAll("look up")
		s.failing = domain.E(domain.KindNetwork, "look up", nil)
		s.Tap("İşbaşı’nda Ara (en az 4 okuma)")
		s.Reads("İşbaşı’na ulaşılamadı.")
		s.failing = domain.E(domain.KindNeedsSignIn, "look up", nil)
		s.Tap("İşbaşı’nda Ara (en az 4 okuma)")
		s.Tap("API Bilgilerini Tanımlama")
		s.Asked(kit.PlaceAPI)
	})
}

func TestPage_letsLostOnesBeIssuedAgainOnlyAfterAsking(t *testing.T) {
	o := newOffice(record(1, invoicing.AttemptLost), record(2, invoicing.AttemptLost), record(3, invoicing.AttemptIssued))
	onPage(t, o, func(s *screen) {
		s.Reads("2 fatura iki kez arandı, bulunamadı: yeniden kesebilirsiniz.")
		s.Tap("Yeniden Kes")
		s.Asks("2 siparişin faturası yeniden kesilsin mi?", "Alıcı 1 · PKT-1 · 229,60 ₺", "Alıcı 2")
		s.Answer("Vazgeç")
		s.didAll()
		s.Tap("Yeniden Kes")
		s.Key(fyne.KeyReturn) // Enter must not do it
		s.Asks()
		s.Answer("Yeniden Kes")
		s.didAll("free 1", "free 2")
		s.Reads("2 sipariş yeniden kesilebilir.")
		s.ReadsNot("iki kez arandı, bulunamadı: yeniden")
		s.Tap("Siparişlere Git")
		s.Asked(kit.PlaceOrders)
	})
}

func TestPage_saysWhatWaitsInTheQueueAndEmptiesIt(t *testing.T) {
	o := newOffice(record(1, invoicing.AttemptIssued))
	o.queued = 7
	onPage(t, o, func(s *screen) {
		s.Reads("7 sipariş fatura sırasında bekliyor")
		s.Tap("Kuyruğu Boşalt")
		s.Asks("7 sipariş sıradan çıkarılsın mı?")
		s.Answer("Kuyruğu Boşalt")
		s.didAll("drop")
		s.Reads("Kuyruk boşaltıldı.")
		s.ReadsNot("fatura sırasında bekliyor")
	})
}

func TestPage_saysWhyTheQueueWaitsAndUntilWhen(t *testing.T) {
	o := newOffice(record(1, invoicing.AttemptIssued))
	o.queued, o.hindrance, o.goesOn = 3, domain.E(domain.KindNetwork, "work on the queue", nil), time.Date(2000, 1, 1, 1, 30, 0, 0, time.UTC)
	onPage(t, o, func(s *screen) {
		s.Reads("3 sipariş fatura sırasında bekliyor", "İşbaşı’na ulaşılamadı.", "Saat 04:30 itibarıyla kendiliğinden sürer.")
		s.ReadsNot("Devam Et")
		o.hindrance, o.goesOn = domain.E(domain.KindNeedsSignIn, "work on the queue", nil), time.Time{}
		s.page.Show()
		s.Settle()
		s.Tap("Yeniden Yetkilendir")
		s.Asked(kit.PlaceAPI)
		o.hindrance = domain.E(domain.KindCancelled, "work on the queue", nil)
		s.page.Show()
		s.Settle()
		s.Reads("3 sipariş fatura sırasında; kesimi siz durdurdunuz.")
		s.Tap("Devam Et")
		s.didAll("start formalise [{n11 1} {n11 3}]")
	})
}

func TestPage_saysThatTheFileWasRestored(t *testing.T) {
	o := newOffice()
	o.restored = true
	onPage(t, o, func(s *screen) {
		s.Reads("Yedekten dönülmüş görünüyor", "o zamana kadar hiçbir şey kesilmez.")
	})
}

func TestFormalise_needsTheWordAndNamesEveryInvoice(t *testing.T) {
	o := newOffice(record(1, invoicing.AttemptChecked), record(2, invoicing.AttemptChecked), record(3, invoicing.AttemptDrafted), record(4, invoicing.AttemptIssued))
	o.usage.Writes = 6_900
	onPage(t, o, func(s *screen) {
		s.Tap("Resmileştir (2)")
		s.Reads("Resmileştirilecek faturalar", "2 fatura, toplam 459,20 ₺", "geri alınamaz", "Alıcı 1", "Alıcı 2", "Maliyeti en az 2 okuma, 2 yazma.",
			"Bu ay kalan: 2.800 okuma, 0 yazma. Ayrıca faturalara ayrılan: 200 okuma, 100 yazma.")
		s.ReadsNot("Alıcı 3", "Alıcı 4")
		sheet, _ := s.page.Top().(*formaliseSheet)
		if !sheet.start.Disabled() {
			t.Error("nothing was typed, and it can be sent")
		}
		test.Type(sheet.word, "resmileştir")
		if sheet.start.Disabled() {
			t.Fatal("the word was typed, and nothing can be sent")
		}
		test.Type(sheet.word, "x")
		if !sheet.start.Disabled() {
			t.Error("another word does, too")
		}
		sheet.word.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.Settle()
		s.didAll()
		sheet.word.SetText("RESMİLEŞTİR")
		sheet.word.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.Settle()
		s.didAll("formalise [1 2]")
		s.Reads("Faturalarla ilgili başka bir iş sürüyor; bitince yeniden deneyin.")
	})
}

func TestFormalise_asksForNoWordWhereItWasChosenAndSendsTheMarkedOnes(t *testing.T) {
	o := newOffice(record(1, invoicing.AttemptChecked), record(2, invoicing.AttemptChecked), record(3, invoicing.AttemptMismatch))
	o.choices.AutoFormalise = true
	o.failing = domain.E(domain.KindNetwork, "formalise", nil)
	onPage(t, o, func(s *screen) {
		s.mark(2, 3)
		s.Tap("Resmileştir (1)")
		s.Reads("Süreç Seçimleri’nde otomatik resmileştirmeyi seçtiğiniz için sözcük sorulmaz.", "1 fatura, toplam 229,60 ₺")
		s.Tap("Resmileştir (1)")
		s.didAll("formalise [2]")
		s.Reads("İşbaşı’na ulaşılamadı.")
	})
}

func TestFormalise_doesNotOfferWhatIsNoCheckedDraft(t *testing.T) {
	onPage(t, newOffice(record(1, invoicing.AttemptMismatch), record(2, invoicing.AttemptIssued), record(3, invoicing.AttemptChecked)), func(s *screen) {
		s.mark(1, 2)
		if b := s.Button("Resmileştir (0)"); b == nil || !b.Disabled() {
			t.Error("a draft whose total differs can be sent")
		}
	})
}

func TestFormalise_leavesOutWhatWasCancelledOrChangedAndSaysSo(t *testing.T) {
	o := newOffice(record(1, invoicing.AttemptChecked), record(2, invoicing.AttemptChecked), record(3, invoicing.AttemptChecked))
	o.records[1].Changed = "anders"
	o.tasks = []invoicing.Task{task(1, o.records[2], invoicing.TaskCancelled)}
	onPage(t, o, func(s *screen) {
		s.Tap("Resmileştir (1)")
		s.Reads("1 fatura, toplam 229,60 ₺", "Alıcı 1", "2 fatura bu listede yok")
		s.ReadsNot("Alıcı 2", "Alıcı 3")
		s.page.Pop()
		s.Settle()
		s.mark(2, 3)
		if b := s.Button("Resmileştir (0)"); b == nil || !b.Disabled() {
			t.Error("what was cancelled can be sent")
		}
	})
}

func TestDrafts_areDeletedTogetherAfterAsking(t *testing.T) {
	o := newOffice(record(1, invoicing.AttemptChecked), record(2, invoicing.AttemptMismatch), record(3, invoicing.AttemptDrafted), record(4, invoicing.AttemptIssued))
	o.records[2].Remote = "gone"
	onPage(t, o, func(s *screen) {
		s.ReadsNot("Taslakları Sil")
		s.mark(1, 2, 4)
		s.Tap("Taslakları Sil (2)")
		s.Asks("2 taslak İşbaşı’ndan silinsin mi?", "en az 1 yazma", "Siparişleri Siparişler sayfasına döner")
		s.Answer("Vazgeç")
		s.didAll()
		s.Tap("Taslakları Sil (2)")
		s.Answer("Taslakları Sil (2)")
		s.Reads("2 taslak silindi; siparişleri Siparişler sayfasında.", "taslak geri alındı")
		s.mark(3)
		s.Tap("Taslakları Sil (1)")
		s.Answer("Taslakları Sil (1)")
		s.Reads("0 taslak silindi. 1 fatura artık taslak olmadığı için silinmedi")
		if len(s.done) != 2 || s.done[1] != "take back [3]" || !strings.Contains(s.done[0], "1") || strings.Contains(s.done[0], "4") {
			t.Errorf("asked for %q", s.done)
		}
	})
}

func TestPage_openRowsOfferWhatCanBeDone(t *testing.T) {
	onPage(t, states(), func(s *screen) {
		can := func(r invoicing.Record) (all []string) {
			for _, i := range s.page.commands(r, []invoicing.Record{r}) {
				if !i.IsSeparator && !i.Disabled {
					all = append(all, i.Label)
				}
			}
			return all
		}
		for state, want := range map[invoicing.AttemptState]string{
			invoicing.AttemptChecked:  "Aç, Resmileştir (1), Taslakları Sil (1), ETTN’yi Kopyala, Sipariş No’yu Kopyala",
			invoicing.AttemptMismatch: "Aç, Taslakları Sil (1), ETTN’yi Kopyala, Sipariş No’yu Kopyala",
			invoicing.AttemptIssued:   "Aç, Fatura No’yu Kopyala, ETTN’yi Kopyala, Sipariş No’yu Kopyala",
			invoicing.AttemptLost:     "Aç, Yeniden Kes, ETTN’yi Kopyala, Sipariş No’yu Kopyala",
		} {
			if got := strings.Join(can(record(1, state)), ", "); got != want {
				t.Errorf("%s offers %s\nwant %s", state, got, want)
			}
		}
	})
}

func TestSettings_areAskedOnceAndValidatedBesideTheField(t *testing.T) {
	o := newOffice()
	onPage(t, o, func(s *screen) {
		s.Tap("Ayarlar")
		s.Reads("Fatura Ayarları", "Gerekmedi, sorulmadı")
		s.Write("İnternet adresi", "ornek.com")
		s.Write("Kargo firmasının VKN’si", "1234567891")
		s.Tap("Ayarları Kaydet")
		if wrong := s.Row("Kargo firmasının VKN’si").Wrong(); wrong == "" || strings.Contains(wrong, "tax-number") {
			t.Errorf("%q", wrong)
		}
		s.Write("Kargo firmasının VKN’si", "4540536920")
		s.Write("Kargo firması", "Hızlı Kargo A.Ş.")
		s.Write("Kargo ve hizmetlerin KDV oranı", "20") // the clock of the test stands in 2000
		s.Tap("Ayarları Kaydet")
		if wrong := s.Row("Kargo ve hizmetlerin KDV oranı").Wrong(); wrong == "" || strings.Contains(wrong, "in-force") {
			t.Errorf("%q", wrong)
		}
		s.Write("Kargo ve hizmetlerin KDV oranı", "yirmi")
		s.Tap("Ayarları Kaydet")
		if wrong := s.Row("Kargo ve hizmetlerin KDV oranı").Wrong(); !strings.Contains(wrong, "Bir sayı yazın") {
			t.Errorf("%q", wrong)
		}
		s.Write("Kargo ve hizmetlerin KDV oranı", "8")
		s.Write("KDV 0 için istisna kodu", "351a")
		s.Tap("Ayarları Kaydet")
		if wrong := s.Row("KDV 0 için istisna kodu").Wrong(); wrong == "" || strings.Contains(wrong, "code") {
			t.Errorf("%q", wrong)
		}
		s.Write("KDV 0 için istisna kodu", "351")
		s.Choose("Hediye kartı", "İndirim")
		s.Choose("Boş posta kodu ilden türetilsin mi?", "Hayır")
		s.Choose("ikas kargo bedeli KDV hariç mi?", "Evet")
		s.Choose("Trendyol’un karşıladığı indirim", "Faturadan düşülür")
		s.Choose("Tüketici iadesinin belgesi", "Gider pusulası düzenlenir")
		s.Tap("Ayarları Kaydet")
		s.Reads("Kaydedildi")
		want := invoicing.Settings{
			Website: "ornek.com", Carrier: invoicing.Carrier{Name: "Hızlı Kargo A.Ş.", TaxNumber: "4540536920"}, ServiceVAT: decimal.NewFromInt(8),
			GiftCard: invoicing.GiftCardDiscount, KeepPostalCode: true, Exemption: "351", ShippingNet: true, Trendyol: invoicing.TrendyolDeducted, Returns: invoicing.ReturnSlip,
		}
		got := o.settings
		if !got.ServiceVAT.Equal(want.ServiceVAT) {
			t.Errorf("VAT %s", got.ServiceVAT)
		}
		got.ServiceVAT = want.ServiceVAT
		if got != want {
			t.Errorf("saved %+v\nwant %+v", got, want)
		}
		s.Write("İnternet adresi", "baska.com")
		s.Key(fyne.KeyEscape)
		s.Asks()
		s.Answer("Kaydetmeden Geç")
		s.Reads("Faturalar")
		s.Tap("Ayarlar")
		if e := s.page.Top().(*settingsSheet).entries["website"].Text; e != "ornek.com" {
			t.Errorf("%q is shown", e)
		}
	})
}

func TestWords_invoicesHaveWords(t *testing.T) {
	keys := []string{"work.invoicing.title", "work.invoicing.switch", "work.invoicing.close", "invalid.tax-number", "invalid.not-in-force", "invalid.code", "invalid.choose", "invalid.date", "invalid.past", "invalid.taken"}
	for _, g := range groups() {
		name := string(g)
		if name == "" {
			name = "all"
		}
		keys = append(keys, "invoices.group."+name, "invoices.none."+name)
	}
	for _, c := range giftCards() {
		keys = append(keys, "invoices.set.gift_card."+string(c))
	}
	for _, p := range papers() {
		keys = append(keys, "invoices.set.returns."+string(p))
	}
	for _, k := range documentKinds() {
		keys = append(keys, "invoices.file."+string(k))
	}
	kittest.HaveWords(t, keys...)
}
