package gui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

const consentPage = "https://app.isbasi.com/izin?state=x"

// accepted is what İşbaşı answers to c.
func accepted(c domain.Credentials) domain.SignIn {
	return domain.SignIn{
		Session: domain.Session{Credentials: c, TenantID: "7b0e0c0e"},
		Connection: domain.Connection{
			Authorised: true, UserName: "owner@example.com", FirmName: "Gerçek Firma A.Ş.", KeyTail: c.APIKey.Tail(),
			Licence: domain.Licence{Name: "Standart", EndsAt: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
		},
	}
}

// waitsForConsent is a sign-in that opens the browser and waits for what comes over answers.
func waitsForConsent(answers <-chan error) func(context.Context, domain.Credentials, domain.Browser) (domain.SignIn, error) {
	return func(ctx context.Context, c domain.Credentials, b domain.Browser) (domain.SignIn, error) {
		if c.UserName != "" {
			return accepted(c), nil
		}
		b.Address(consentPage)
		_ = b.Open(consentPage)
		for {
			select {
			case <-ctx.Done():
				return domain.SignIn{}, domain.E(domain.KindCancelled, "authorise", ctx.Err())
			case key := <-b.Pasted:
				if key.Reveal() == "right" {
					return accepted(c), nil
				}
				b.Note(domain.Invalid("callback", "no-key"))
			case err := <-answers:
				switch domain.KindOf(err) {
				case "":
					return accepted(c), nil
				case domain.KindInvalid, domain.KindPortTaken:
					b.Note(err)
				case domain.KindCredentials:
					return domain.SignIn{Session: domain.Session{Credentials: domain.Credentials{UserKey: domain.NewSecret("second")}}}, err
				default:
					return domain.SignIn{}, err
				}
			}
		}
	}
}

// atConsent opens the wizard and goes to its second step.
func (s *stage) atConsent(answers <-chan error) {
	s.t.Helper()
	s.office.signIn = waitsForConsent(answers)
	s.tap("Yetkilendir")
	s.write("API anahtarı", " api-key-0123456789 ")
	s.tap("Devam")
	s.reads("Adım 2 / 3   Tarayıcı", "05:00")
}

func TestAuthorise_throughTheBrowser(t *testing.T) {
	o := newOffice()
	onStage(t, o, sectionAPI, func(s *stage) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		if c := o.asked[0]; c.APIKey.Reveal() != "api-key-0123456789" || c.UserName != "" || c.Environment != domain.EnvironmentLive {
			t.Errorf("asked with %q, %q, %q", c.APIKey.Reveal(), c.UserName, c.Environment)
		}
		if len(s.visited) != 1 || s.visited[0] != consentPage {
			t.Errorf("visited %v", s.visited)
		}
		s.pass(28 * time.Second)
		s.reads("04:32")
		s.tap("Tekrar aç")
		if len(s.visited) != 2 {
			t.Error("the page was not opened again")
		}
		s.tap("Adresi kopyala")
		if got := s.w.cfg.App.Clipboard().Content(); got != consentPage {
			t.Errorf("copied %q", got)
		}
		answers <- nil
		s.settle()
		s.reads("Adım 3 / 3   Bağlandı", "Bu firma mı?", "Gerçek Firma A.Ş.", "owner@example.com", "Standart, 01.01.2027 tarihine kadar")
		if o.connection.Authorised {
			t.Fatal("it was stored before anybody confirmed")
		}
		s.tap("Evet, entegrasyonu aç")
		s.reads("Bağlandı", "Gerçek Firma A.Ş.", "Bağlı · entegrasyon açık")
		if len(o.confirmed) != 1 || !s.saved().IntegrationOn {
			t.Errorf("confirmed %d times, integration %v", len(o.confirmed), s.saved().IntegrationOn)
		}
	})
}

func TestAuthorise_anotherFirmIsRefusedByThePerson(t *testing.T) {
	o := newOffice()
	onStage(t, o, sectionAPI, func(s *stage) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		answers <- nil
		s.settle()
		s.tap("Hayır, vazgeç")
		s.reads("Yetkilendir")
		if len(o.confirmed) != 0 || o.connection.Authorised {
			t.Error("something was stored")
		}
	})
}

func TestAuthorise_asksForTheAccountWithoutANewBrowserRound(t *testing.T) {
	o := newOffice()
	onStage(t, o, sectionAPI, func(s *stage) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		answers <- domain.E(domain.KindCredentials, "sign in", nil)
		s.settle()
		s.reads("E-posta", "Şifre", "tarayıcıya yeniden gitmeniz gerekmez")
		s.tap("Devam") // with nothing typed
		if s.row("E-posta").Wrong() == "" || len(o.asked) != 1 {
			t.Error("an empty account went to İşbaşı")
		}
		o.signIn = func(context.Context, domain.Credentials, domain.Browser) (domain.SignIn, error) {
			return domain.SignIn{}, domain.E(domain.KindWrongPassword, "sign in", nil)
		}
		s.write("E-posta", "owner@example.com")
		s.write("Şifre", "yanlış")
		s.tap("Devam")
		s.reads("İşbaşı bu e-posta veya şifreyi kabul etmedi.", "E-posta")
		o.signIn = waitsForConsent(answers)
		s.write("Şifre", "doğru")
		s.tap("Devam")
		s.reads("Bu firma mı?")
		last := o.asked[len(o.asked)-1]
		if last.UserKey.Reveal() != "second" || last.UserName != "owner@example.com" || last.Password.Reveal() != "doğru" || last.APIKey.Empty() {
			t.Errorf("the round went on with user %q", last.UserName)
		}
		if len(s.visited) != 1 {
			t.Errorf("the browser was opened %d times", len(s.visited))
		}
	})
}

func TestAuthorise_strayCallbacksDoNotEndTheWaiting(t *testing.T) {
	onStage(t, newOffice(), sectionAPI, func(s *stage) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		answers <- domain.Invalid("callback", "state")
		s.settle()
		s.reads("beklemeye devam ediliyor", "Dönüş bu yetkilendirmeye ait değildi.", "Adım 2 / 3")
		answers <- nil
		s.settle()
		s.reads("Bu firma mı?")
	})
}

func TestAuthorise_portTakenOffersTheBox(t *testing.T) {
	onStage(t, newOffice(), sectionAPI, func(s *stage) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		s.readsNot("Dönüş anahtarı")
		answers <- domain.E(domain.KindPortTaken, "listen", nil)
		s.settle()
		s.reads("Dönüş anahtarı", "127.0.0.1:47813")
		s.write("Dönüş anahtarı", "wrong")
		s.tap("Gönder")
		s.reads("Dönüşte anahtar yoktu.")
		s.write("Dönüş anahtarı", " right ")
		s.tap("Gönder")
		s.reads("Bu firma mı?")
	})
}

func TestAuthorise_browserThatDoesNotOpenIsNotTheEnd(t *testing.T) {
	onStage(t, newOffice(), sectionAPI, func(s *stage) {
		s.refuse = errors.New("no browser")
		answers := make(chan error, 1)
		s.atConsent(answers)
		s.reads("Tarayıcı açılamadı.")
		answers <- nil
		s.settle()
		s.reads("Bu firma mı?")
	})
}

func TestAuthorise_everyFailureIsASentenceAndAWayOn(t *testing.T) {
	for kind, says := range map[domain.Kind]string{
		domain.KindWrongKey: "İşbaşı bu API anahtarını tanımıyor.", domain.KindConsentRefused: "İşbaşı sayfasında izin verilmedi.",
		domain.KindTimeout: "Beş dakika içinde yanıt gelmedi.", domain.KindOtherFirm: "Bu oturum başka bir İşbaşı firmasına ait.",
		domain.KindNetwork: "İşbaşı’na ulaşılamadı.", domain.KindBadAnswer: "Gelen yanıt İşbaşı’nın yanıtına benzemiyor.",
	} {
		onStage(t, newOffice(), sectionAPI, func(s *stage) {
			answers := make(chan error, 1)
			s.atConsent(answers)
			answers <- domain.E(kind, "authorise", nil)
			s.settle()
			s.reads("Adım 1 / 3", says)
			if e, _ := s.row("API anahtarı").Field().(*widgets.Entry); !strings.Contains(e.Text, "api-key") {
				t.Errorf("%s: what was typed is gone", kind)
			}
			s.tap("Devam") // and again
			answers <- nil
			s.settle()
			s.reads("Bu firma mı?")
		})
	}
}

func TestAuthorise_cancelIsNoError(t *testing.T) {
	o := newOffice()
	onStage(t, o, sectionAPI, func(s *stage) {
		ended := false
		s.atConsent(make(chan error))
		inner := o.signIn
		o.signIn = func(ctx context.Context, c domain.Credentials, b domain.Browser) (domain.SignIn, error) {
			in, err := inner(ctx, c, b)
			ended = domain.KindOf(err) == domain.KindCancelled
			return in, err
		}
		s.tap("Vazgeç")
		s.tap("Devam")
		s.w.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.settle()
		s.reads("Adım 1 / 3")
		s.readsNot("Vazgeçildi")
		if !ended {
			t.Error("the sign-in still waits")
		}
		s.w.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		s.settle()
		s.reads("Yetkilendir", "Bağlantıyı Sına")
	})
}

func TestAuthorise_byAccountOpensNoBrowser(t *testing.T) {
	o := newOffice()
	onStage(t, o, sectionAPI, func(s *stage) {
		o.signIn = waitsForConsent(nil)
		s.tap("Yetkilendir")
		s.choose("Bağlanma yolu", "API anahtarı ve hesapla bağlan")
		s.choose("Ortam", "Test")
		s.tap("Devam")
		if s.row("API anahtarı").Wrong() == "" {
			t.Error("an empty key is not refused at its field")
		}
		s.write("API anahtarı", "api-key-0123456789")
		s.tap("Devam")
		if s.row("E-posta").Wrong() == "" {
			t.Error("an empty e-mail is not refused at its field")
		}
		s.write("E-posta", "owner@example.com")
		s.write("Şifre", "s3cret")
		s.tap("Devam")
		s.reads("Bu firma mı?")
		if len(s.visited) != 0 || o.asked[0].Environment != domain.EnvironmentTest || o.asked[0].Password.Reveal() != "s3cret" {
			t.Errorf("visited %v, environment %q", s.visited, o.asked[0].Environment)
		}
	})
}

func TestAuthorise_keptKeyNeedNotBeTyped(t *testing.T) {
	o := newOffice().authorised()
	onStage(t, o, sectionAPI, func(s *stage) {
		o.signIn = waitsForConsent(make(chan error))
		s.tap("Yeniden Yetkilendir")
		s.reads("••••••••3f9a")
		s.tap("Devam")
		if len(o.asked) != 1 || !o.asked[0].APIKey.Empty() {
			t.Error("the kept key was not used")
		}
	})
}

func TestAuthorise_goesOnWhileAnotherSectionIsInView(t *testing.T) {
	onStage(t, newOffice(), sectionAPI, func(s *stage) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		s.w.openSection(sectionGuide)
		answers <- nil
		s.settle()
		s.in(sectionGuide) // nothing moves by itself
		s.w.openSection(sectionAPI)
		s.settle()
		s.reads("Bu firma mı?")
	})
}

func TestAuthorise_failedConfirmationCanBeRepeated(t *testing.T) {
	o := newOffice()
	o.confirm = domain.E(domain.KindKeyring, "confirm", nil)
	onStage(t, o, sectionAPI, func(s *stage) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		answers <- nil
		s.settle()
		s.tap("Evet, entegrasyonu aç")
		s.reads("Bilgisayarınızın parola kasasına ulaşılamıyor.", "Bu firma mı?")
		o.confirm = nil
		s.tap("Evet, entegrasyonu aç")
		s.reads("Bağlı · entegrasyon açık")
	})
}

func TestAuthorise_windowThatClosesEndsTheWaiting(t *testing.T) {
	onStage(t, newOffice(), sectionAPI, func(s *stage) {
		s.atConsent(make(chan error))
		s.w.askClose()
		s.settle()
		if s.gone != 1 {
			t.Error("it did not close")
		}
	})
}
