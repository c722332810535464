package gui

import (
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func inMail(t *testing.T, p *postOffice, f func(s *stage)) {
	t.Helper()
	onStageWith(t, newOffice(), func(_ *stage, cfg *Config) { cfg.First.Mail = p }, func(s *stage) {
		s.w.open(viewMail)
		s.settle()
		f(s)
	})
}

func TestMail_isSetUpTestedAndKept(t *testing.T) {
	p := newPost()
	inMail(t, p, func(s *stage) {
		s.reads("E-posta henüz ayarlanmadı.")
		s.tap("Sına")
		s.reads("Bu alanı doldurun.")
		s.readsNot("Kaydedilmedi")
		s.write("Giden posta sunucusu", "smtp.example.com")
		s.choose("Güvenlik", "TLS")
		s.write("Kullanıcı adı", "ayse")
		s.write("Şifre", "çok gizli")
		s.write("Gönderen", "Ayşe <ayse@example.com>")
		s.write("Raporlar kime gitsin", "ali")
		s.tap("Ayarları Kaydet")
		s.reads("Bu bir e-posta adresi değil.", "Kaydedilmedi")
		s.write("Raporlar kime gitsin", "ali@example.com")
		s.tap("Sına")
		s.reads("Sınama iletisi ali@example.com adresine gönderildi. Sunucunun yanıtı: 250 tamam")
		s.tap("Ayarları Kaydet")
		s.reads("Kaydedildi", "Anahtarlıkta saklı.")
		want := mail.Settings{Host: "smtp.example.com", Port: 465, Security: mail.SecurityTLS, User: "ayse", From: "Ayşe <ayse@example.com>", To: "ali@example.com"}
		if p.settings != want || p.password != "çok gizli" || len(p.tested) != 1 || p.tested[0] != want {
			t.Errorf("kept %+v, tested %+v", p.settings, p.tested)
		}
		if e, _ := s.row("Şifre").Field().(*widgets.Entry); e.Text != "" {
			t.Errorf("the password stays in the field")
		}
		if s.w.mail.dirty() {
			t.Error("there is something to save after saving")
		}
	})
}

func TestMail_saysWhatTheServerSays(t *testing.T) {
	p := setUp()
	p.refuse = &domain.Error{Kind: domain.KindMailSignIn, Detail: "535 5.7.8 bad credentials"}
	inMail(t, p, func(s *stage) {
		s.tap("Sına")
		s.reads("E-posta sunucusu kullanıcıyı ya da şifreyi kabul etmedi. (535 5.7.8 bad credentials)")
	})
}

func TestMail_warnsOfALineInTheOpenAndTakesTheUsualPort(t *testing.T) {
	inMail(t, setUp(), func(s *stage) {
		s.readsNot("ağda açık gider")
		s.choose("Güvenlik", "Yok")
		s.reads("ağda açık gider")
		s.write("Kapı (port)", "2525")
		s.choose("Güvenlik", "STARTTLS (önerilen)")
		s.readsNot("ağda açık gider")
		if e, _ := s.row("Kapı (port)").Field().(*widgets.Entry); e.Text != "2525" {
			t.Errorf("a port that was typed became %s", e.Text)
		}
		s.write("Kapı (port)", "çok")
		s.tap("Ayarları Kaydet")
		s.reads("Kapı 1 ile 65535 arasında bir sayıdır")
	})
}

func TestMail_isTakenAway(t *testing.T) {
	p := setUp()
	inMail(t, p, func(s *stage) {
		s.tap("E-posta Ayarını Kaldır")
		s.answer("E-posta Ayarını Kaldır")
		s.reads("E-posta henüz ayarlanmadı.")
		if p.settings.Ready() || p.password != "" {
			t.Errorf("%+v", p.settings)
		}
	})
}

func TestMail_aPersonDecidesOfLettersThatMayHaveArrived(t *testing.T) {
	p := setUp()
	p.letters = []mail.Letter{
		{ID: 2, To: "ali@example.com", State: mail.StateUnknown, Cause: domain.KindMailUnknown, CreatedAt: time.Date(2026, 11, 24, 11, 5, 0, 0, time.UTC)},
		{ID: 1, To: "veli@example.com", State: mail.StateSent},
	}
	inMail(t, p, func(s *stage) {
		s.reads("1 ileti için karar vermeniz gerekiyor.")
		s.tap("Gönderilere Bak")
		s.reads("24.11.2026 14:05", "ali@example.com", "belirsiz: Bağlantı, sunucu iletiyi aldığını söylemeden koptu.", "veli@example.com", "gönderildi", "2 ileti")
		l := s.w.mail.list
		if !l.again.Disabled() || !l.dismiss.Disabled() {
			t.Error("something can be done with no letter")
		}
		l.table.OnSelected(widgets.TableRow{Data: p.letters[0]})
		s.tap("Yeniden Gönder")
		s.asks()
		s.answer("Gönderme")
		if len(p.again) != 0 {
			t.Fatal("it was sent although the person said no")
		}
		s.tap("Yeniden Gönder")
		s.answer("Yeniden Gönder")
		s.reads("ali@example.com adresine gönderildi.")
		if !slices.Equal(p.again, []int64{2}) {
			t.Errorf("sent again %v", p.again)
		}
		l.table.OnSelected(widgets.TableRow{Data: mail.Letter{ID: 3, State: mail.StateRefused}})
		s.tap("Vazgeç")
		if !slices.Equal(p.dropped, []int64{3}) {
			t.Errorf("dismissed %v", p.dropped)
		}
		l.table.OnSelected(widgets.TableRow{Data: p.letters[1]})
		if !l.again.Disabled() {
			t.Error("a letter that was sent can be sent again")
		}
	})
}

func inReports(t *testing.T, p *postOffice, r transfer.Run, f func(s *stage)) {
	t.Helper()
	o := newOffice().authorised()
	o.run = &r
	onStageWith(t, o, func(s *stage, cfg *Config) {
		cfg.First.Reports, cfg.First.Mail = p, p
		s.drawer.m[PreferenceSection] = "6"
	}, f)
}

func doneRun() transfer.Run {
	return transfer.Run{ID: 7, State: transfer.StateDone, Phase: transfer.PhaseEnd, Counters: transfer.Counters{Read: 3, Transferred: 3, Matched: 2, Unmatched: 1}}
}

func TestReport_opensInTheBrowserAndIsMailed(t *testing.T) {
	p := setUp()
	p.becomes = mail.Letter{State: mail.StateSent}
	inReports(t, p, doneRun(), func(s *stage) {
		s.tap("Raporu Aç")
		if !slices.Equal(s.visited, []string{"file:///belgeler/Sopyo/Raporlar/Deneme%20%231/rapor.html"}) || !slices.Equal(p.reported, []int64{7}) {
			t.Errorf("visited %v, reported %v", s.visited, p.reported)
		}
		s.tap("E-posta Gönder")
		s.asks()
		s.answer("Gönder") // to whom the settings propose
		s.reads("ali@example.com adresine gönderildi.")
		p.becomes = mail.Letter{State: mail.StateRefused, Cause: domain.KindMailRefused, Detail: "550 yok"}
		s.tap("E-posta Gönder")
		s.answer("Gönder")
		s.reads("ali@example.com adresine gönderilemedi. E-posta sunucusu iletiyi kabul etmedi. (550 yok)")
		if !slices.Equal(p.sentTo, []string{"ali@example.com", "ali@example.com"}) {
			t.Errorf("sent to %v", p.sentTo)
		}
	})
}

func TestReport_withoutAServerADraftIsOpened(t *testing.T) {
	p := newPost()
	p.draft = "/belgeler/bekleyen.eml"
	r := doneRun()
	r.Options.ReportTo = "mudur@example.com"
	inReports(t, p, r, func(s *stage) {
		s.reads("mudur@example.com adresine gidecek rapor taslak olarak bekliyor.")
		s.tap("E-posta Gönder")
		s.answer("Taslağı Aç")
		if !slices.Equal(p.sentTo, []string{"mudur@example.com"}) || !slices.Equal(s.visited, []string{"file:///belgeler/rapor.eml"}) {
			t.Errorf("sent to %v, visited %v", p.sentTo, s.visited)
		}
	})
}

func TestReport_isNotOfferedWhileTheTransferWorks(t *testing.T) {
	r := doneRun()
	r.State = transfer.StateApplying
	inReports(t, setUp(), r, func(s *stage) { s.readsNot("Raporu Aç") })
}

func TestTransferWizard_asksWhoGetsTheReport(t *testing.T) {
	shop := newMemoryShop(10, 1)
	inDesk(t, shop, func(d *desk) {
		d.e.co.Mail = setUp()
		s := d.transfers()
		d.tap("Ürünleri Aktar")
		what, _ := s.wizard.steps[stepWhat].(*wizardWhat)
		if what.report.entry.Text != "ali@example.com" {
			t.Errorf("the settings' address is not proposed: %q", what.report.entry.Text)
		}
		what.report.entry.SetText("ali")
		d.tap("Devam")
		d.reads("Adım 1 / 4", "Bu bir e-posta adresi değil.")
		what.report.entry.SetText(" veli@example.com ")
		d.tap("Devam")
		d.reads("Adım 2 / 4")
		if to := s.wizard.options.ReportTo; to != "veli@example.com" {
			t.Errorf("the report goes to %q", to)
		}
	})
}
