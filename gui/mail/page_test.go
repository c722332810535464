package mail

import (
	"slices"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// onMail runs f with E-posta in view.
func onMail(t *testing.T, p *kittest.Mail, f func(s *kittest.Screen, page *Page)) {
	t.Helper()
	kittest.On(t, "tr", func(e *kit.Env) *Page { return New(e, p) }, f)
}

func TestMail_isSetUpTestedAndKept(t *testing.T) {
	p := kittest.NewMail()
	onMail(t, p, func(s *kittest.Screen, page *Page) {
		s.Reads("E-posta henüz ayarlanmadı.")
		s.Tap("Sına")
		s.Reads("Bu alanı doldurun.")
		s.ReadsNot("Kaydedilmedi")
		s.Write("Giden posta sunucusu", "smtp.example.com")
		s.Choose("Güvenlik", "TLS")
		s.Write("Kullanıcı adı", "ayse")
		s.Write("Şifre", "çok gizli\r ")
		s.Write("Gönderen", "Ayşe <ayse@example.com>")
		s.Write("Raporlar kime gitsin", "ali")
		s.Tap("Ayarları Kaydet")
		s.Reads("Bu bir e-posta adresi değil.", "Kaydedilmedi")
		s.Write("Raporlar kime gitsin", "ali@example.com")
		s.Tap("Sına")
		s.Reads("Sınama iletisi ali@example.com adresine gönderildi. Sunucunun yanıtı: 250 tamam")
		s.Tap("Ayarları Kaydet")
		s.Reads("Kaydedildi", "Anahtarlıkta saklı.")
		want := mail.Settings{Host: "smtp.example.com", Port: 465, Security: mail.SecurityTLS, User: "ayse", From: "Ayşe <ayse@example.com>", To: "ali@example.com"}
		if p.Sender != want || p.Password != "çok gizli" || len(p.Tested) != 1 || p.Tested[0] != want {
			t.Errorf("kept %+v, tested %+v", p.Sender, p.Tested)
		}
		if e, _ := s.Row("Şifre").Field().(*widgets.Entry); e.Text != "" {
			t.Errorf("the password stays in the field")
		}
		if page.Dirty() {
			t.Error("there is something to save after saving")
		}
	})
}

func TestMail_serviceFillsInWhatItsServerWants(t *testing.T) {
	onMail(t, kittest.NewMail(), func(s *kittest.Screen, page *Page) {
		for _, c := range []struct {
			service, host, port string
			security            mail.Security
		}{
			{"Gmail", "smtp.gmail.com", "587", mail.SecurityStartTLS},
			{"Yandex", "smtp.yandex.com.tr", "465", mail.SecurityTLS},
			{"Outlook", "smtp.office365.com", "587", mail.SecurityStartTLS},
		} {
			s.Choose("E-posta hizmeti", c.service)
			if v := page.Now; v.settings.Host != c.host || v.port != c.port || v.settings.Security != c.security || !page.Dirty() {
				t.Errorf("%s: %+v", c.service, v)
			}
		}
		s.Choose("E-posta hizmeti", "Diğer")
		if v := page.Now; v.settings.Host != "" || s.Win.Canvas().Focused() != page.texts["host"] {
			t.Errorf("another service: %+v", v)
		}
		for host, want := range map[string]string{"posta.example.com": "Diğer", "smtp.gmail.com": "Gmail"} {
			s.Write("Giden posta sunucusu", host)
			if page.kind.Selected != want || page.Now.settings.Host != host {
				t.Errorf("%s is of %q, kept %q", host, page.kind.Selected, page.Now.settings.Host)
			}
		}
	})
}

func TestMail_warnsOfALineThatIsNotProtectedAboveTheNextField(t *testing.T) {
	onMail(t, kittest.NewReadyMail(), func(s *kittest.Screen, page *Page) {
		s.Choose("Güvenlik", "Yok")
		warning := page.open
		if !warning.Visible() || warning.Size().Height < warning.MinSize().Height {
			t.Errorf("the warning needs %v and has %v", warning.MinSize(), warning.Size())
		}
		s.Choose("Güvenlik", "TLS")
		if warning.Visible() {
			t.Error("the warning stays")
		}
		s.Choose("Güvenlik", "Yok") // InOrder looks at the page with it
	})
}

func TestMail_saysWhatTheServerSays(t *testing.T) {
	p := kittest.NewReadyMail()
	p.Refuse = &domain.Error{Kind: domain.KindMailSignIn, Detail: "535 5.7.8 bad credentials"}
	onMail(t, p, func(s *kittest.Screen, _ *Page) {
		s.Tap("Sına")
		s.Reads("E-posta sunucusu kullanıcıyı ya da şifreyi kabul etmedi. (535 5.7.8 bad credentials)")
	})
}

func TestMail_warnsOfALineInTheOpenAndTakesTheUsualPort(t *testing.T) {
	onMail(t, kittest.NewReadyMail(), func(s *kittest.Screen, _ *Page) {
		s.ReadsNot("ağda açık gider")
		s.Choose("Güvenlik", "Yok")
		s.Reads("ağda açık gider")
		s.Write("Kapı (port)", "2525")
		s.Choose("Güvenlik", "STARTTLS (önerilen)")
		s.ReadsNot("ağda açık gider")
		if e, _ := s.Row("Kapı (port)").Field().(*widgets.Entry); e.Text != "2525" {
			t.Errorf("a port that was typed became %s", e.Text)
		}
		s.Write("Kapı (port)", "çok")
		s.Tap("Ayarları Kaydet")
		s.Reads("Kapı 1 ile 65535 arasında bir sayıdır")
	})
}

func TestMail_isTakenAway(t *testing.T) {
	p := kittest.NewReadyMail()
	onMail(t, p, func(s *kittest.Screen, _ *Page) {
		s.Tap("E-posta Ayarını Kaldır")
		s.Answer("E-posta Ayarını Kaldır")
		s.Reads("E-posta henüz ayarlanmadı.")
		if p.Sender.Ready() || p.Password != "" {
			t.Errorf("%+v", p.Sender)
		}
	})
}

func TestMail_aPersonDecidesOfLettersThatMayHaveArrived(t *testing.T) {
	p := kittest.NewReadyMail()
	p.Queue = []mail.Letter{
		{ID: 2, To: "ali@example.com", State: mail.StateUnknown, Cause: domain.KindMailUnknown, CreatedAt: time.Date(2026, 11, 24, 11, 5, 0, 0, time.UTC)},
		{ID: 1, To: "veli@example.com", State: mail.StateSent},
	}
	onMail(t, p, func(s *kittest.Screen, page *Page) {
		s.Reads("1 ileti için karar vermeniz gerekiyor.")
		s.Tap("Gönderilere Bak")
		s.Reads("24.11.2026 14:05", "ali@example.com", "belirsiz: Bağlantı, sunucu iletiyi aldığını söylemeden koptu.", "veli@example.com", "gönderildi", "2 ileti")
		l := page.list
		if !l.again.Disabled() || !l.dismiss.Disabled() {
			t.Error("something can be done with no letter")
		}
		l.Table.OnSelected(table.Row{Data: p.Queue[0]})
		s.Tap("Yeniden Gönder")
		s.Asks()
		s.Answer("Gönderme")
		if len(p.Again) != 0 {
			t.Fatal("it was sent although the person said no")
		}
		s.Tap("Yeniden Gönder")
		s.Answer("Yeniden Gönder")
		s.Reads("ali@example.com adresine gönderildi.")
		if !slices.Equal(p.Again, []int64{2}) {
			t.Errorf("sent again %v", p.Again)
		}
		l.Table.OnSelected(table.Row{Data: mail.Letter{ID: 3, State: mail.StateRefused}})
		s.Tap("Vazgeç")
		if !slices.Equal(p.Dropped, []int64{3}) {
			t.Errorf("dismissed %v", p.Dropped)
		}
		l.Table.OnSelected(table.Row{Data: p.Queue[1]})
		if !l.again.Disabled() {
			t.Error("a letter that was sent can be sent again")
		}
	})
}
