package signin

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

const consentPage = "https://app.isbasi.com/izin?state=x"

// accepted is what İşbaşı answers to c.
func accepted(c domain.Credentials) domain.SignIn {
	return domain.SignIn{
		Session: domain.Session{Credentials: c},
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
func (s *screen) atConsent(answers <-chan error) {
	s.T.Helper()
	s.SignIn = waitsForConsent(answers)
	s.Tap("Yetkilendir")
	s.Write("API anahtarı", " api-key-0123456789 ")
	s.Tap("Devam")
	s.Reads("Adım 2 / 3   Tarayıcı", "05:00")
}

func TestAuthorise_throughTheBrowser(t *testing.T) {
	o := kittest.NewCompany()
	onPage(t, o, func(s *screen) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		if c := o.Asked[0]; c.APIKey.Reveal() != "api-key-0123456789" || c.UserName != "" || c.Environment != domain.EnvironmentLive {
			t.Errorf("asked with %q, %q, %q", c.APIKey.Reveal(), c.UserName, c.Environment)
		}
		if len(s.Visited) != 1 || s.Visited[0] != consentPage {
			t.Errorf("visited %v", s.Visited)
		}
		s.Pass(28 * time.Second)
		s.Reads("04:32")
		s.Tap("Tekrar Aç")
		if len(s.Visited) != 2 {
			t.Error("the page was not opened again")
		}
		s.Tap("Adresi Kopyala")
		if got := s.E.App.Clipboard().Content(); got != consentPage {
			t.Errorf("copied %q", got)
		}
		answers <- nil
		s.Settle()
		s.Reads("Adım 3 / 3   Bağlandı", "Bu firma mı?", "Gerçek Firma A.Ş.", "owner@example.com", "Standart, 01.01.2027 tarihine kadar")
		if o.Link.Authorised {
			t.Fatal("it was stored before anybody confirmed")
		}
		s.Tap("Evet, Entegrasyonu Aç")
		s.Reads("Bağlandı", "Gerçek Firma A.Ş.")
		if len(o.Confirmed) != 1 || !s.saved().IntegrationOn {
			t.Errorf("confirmed %d times, integration %v", len(o.Confirmed), s.saved().IntegrationOn)
		}
	})
}

// İşbaşı names no firm: it is recognised by what it has, and gets its name here.
func TestAuthorise_firmIsRecognisedByItsProductsAndNamed(t *testing.T) {
	o := kittest.NewCompany()
	o.Sample = domain.FirmSample{Products: 1200, Names: []string{"ÇAY 500 g", "KAHVE", "ŞEKER"}}
	onPage(t, o, func(s *screen) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		s.Reads("1 okuma") // said before
		answers <- nil
		s.Settle()
		s.Reads("1.200 ürün: ÇAY 500 g, KAHVE, ŞEKER", "Standart, 01.01.2027 tarihine kadar")
		name, _ := s.Row("Sopyo’daki adı").Field().(*widgets.Entry)
		if name.Text != "Deneme Ticaret Ltd." || s.E.Win.Canvas().Focused() != fyne.Focusable(name) || name.SelectedText() != name.Text {
			t.Errorf("the name is %q, of which %q is selected; the focus is on %T", name.Text, name.SelectedText(), s.E.Win.Canvas().Focused())
		}
		s.naming = domain.Invalid("name", "name-taken")
		name.SetText("  Yıldız Gıda ")
		s.Tap("Evet, Entegrasyonu Aç")
		if s.Row("Sopyo’daki adı").Wrong() == "" || len(o.Confirmed) != 0 {
			t.Error("a name that is taken is not said at its field")
		}
		s.naming = nil
		name.OnSubmitted("") // Enter
		s.Settle()
		want := domain.Company{ID: "deneme", Name: "Yıldız Gıda"}
		if len(o.Confirmed) != 1 || !slices.Equal(s.named, []string{"Yıldız Gıda", "Yıldız Gıda"}) || !slices.Equal(s.authorised, []domain.Company{want}) {
			t.Errorf("confirmed %d times, named %q, told %+v", len(o.Confirmed), s.named, s.authorised)
		}
	})
}

// A person who cannot see the products decides by the rest; before they have come nobody can.
func TestAuthorise_firmIsNotConfirmedBeforeItCanBeSeen(t *testing.T) {
	o := kittest.NewCompany()
	onPage(t, o, func(s *screen) {
		gate := make(chan struct{}) // of the bubble
		o.Look = func() error {
			<-gate
			return domain.E(domain.KindNetwork, "look", nil)
		}
		answers := make(chan error, 1)
		s.atConsent(answers)
		answers <- nil
		s.Settle()
		s.Reads("Ürünlere bakılıyor")
		if b := s.Button("Evet, Entegrasyonu Aç"); !b.Disabled() {
			t.Error("it can be confirmed unseen")
		}
		s.Key(fyne.KeyReturn)
		close(gate)
		s.Settle()
		s.Reads("Ürünler görülemedi. İşbaşı’na ulaşılamadı.")
		s.Tap("Evet, Entegrasyonu Aç")
		if len(o.Confirmed) != 1 || len(s.named) != 0 {
			t.Errorf("confirmed %d times, named %q", len(o.Confirmed), s.named)
		}
	})
}

func TestAuthorise_anotherFirmIsRefusedByThePerson(t *testing.T) {
	o := kittest.NewCompany()
	onPage(t, o, func(s *screen) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		answers <- nil
		s.Settle()
		s.Tap("Hayır, Vazgeç")
		s.Reads("Yetkilendir")
		if len(o.Confirmed) != 0 || o.Link.Authorised {
			t.Error("something was stored")
		}
	})
}

func TestAuthorise_asksForTheAccountWithoutANewBrowserRound(t *testing.T) {
	o := kittest.NewCompany()
	onPage(t, o, func(s *screen) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		answers <- domain.E(domain.KindCredentials, "sign in", nil)
		s.Settle()
		s.Reads("E-posta", "Şifre", "tarayıcıya yeniden gitmeniz gerekmez")
		s.Tap("Devam") // with nothing typed
		if s.Row("E-posta").Wrong() == "" || len(o.Asked) != 1 {
			t.Error("an empty account went to İşbaşı")
		}
		o.SignIn = func(context.Context, domain.Credentials, domain.Browser) (domain.SignIn, error) {
			return domain.SignIn{}, domain.E(domain.KindWrongPassword, "sign in", nil)
		}
		s.Write("E-posta", "owner@example.com")
		s.Write("Şifre", "yanlış")
		s.Tap("Devam")
		s.Reads("İşbaşı bu e-posta veya şifreyi kabul etmedi.", "E-posta")
		o.SignIn = waitsForConsent(answers)
		s.Write("Şifre", " doğru\r ")
		s.Tap("Devam")
		s.Reads("Bu firma mı?")
		last := o.Asked[len(o.Asked)-1]
		if last.UserKey.Reveal() != "second" || last.UserName != "owner@example.com" || last.Password.Reveal() != "doğru" || last.APIKey.Empty() {
			t.Errorf("the round went on with user %q", last.UserName)
		}
		if len(s.Visited) != 1 {
			t.Errorf("the browser was opened %d times", len(s.Visited))
		}
	})
}

func TestAuthorise_strayCallbacksDoNotEndTheWaiting(t *testing.T) {
	onPage(t, kittest.NewCompany(), func(s *screen) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		answers <- domain.Invalid("callback", "state")
		s.Settle()
		s.Reads("beklemeye devam ediliyor", "Dönüş bu yetkilendirmeye ait değildi.", "Adım 2 / 3")
		answers <- nil
		s.Settle()
		s.Reads("Bu firma mı?")
	})
}

func TestAuthorise_portTakenOffersTheBox(t *testing.T) {
	onPage(t, kittest.NewCompany(), func(s *screen) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		s.ReadsNot("Dönüş anahtarı")
		answers <- domain.E(domain.KindPortTaken, "listen", nil)
		s.Settle()
		s.Reads("Dönüş anahtarı", "127.0.0.1:47813")
		s.Write("Dönüş anahtarı", "wrong")
		s.Tap("Gönder")
		s.Reads("Dönüşte anahtar yoktu.")
		s.Write("Dönüş anahtarı", " right ")
		s.Tap("Gönder")
		s.Reads("Bu firma mı?")
	})
}

func TestAuthorise_browserThatDoesNotOpenIsNotTheEnd(t *testing.T) {
	onPage(t, kittest.NewCompany(), func(s *screen) {
		s.Refuse = errors.New("no browser")
		answers := make(chan error, 1)
		s.atConsent(answers)
		s.Reads("Tarayıcı açılamadı.")
		answers <- nil
		s.Settle()
		s.Reads("Bu firma mı?")
	})
}

func TestAuthorise_everyFailureIsASentenceAndAWayOn(t *testing.T) {
	for kind, says := range map[domain.Kind]string{
		domain.KindWrongKey: "İşbaşı bu API anahtarını tanımıyor.", domain.KindForbidden: "API anahtarınızın bu işe yetkisi yok.", domain.KindConsentRefused: "İşbaşı sayfasında izin verilmedi.",
		domain.KindTimeout: "Beş dakika içinde yanıt gelmedi.", domain.KindOtherFirm: "Bu oturum başka bir İşbaşı firmasına ait.",
		domain.KindNetwork: "İşbaşı’na ulaşılamadı.", domain.KindBadAnswer: "Gelen yanıt İşbaşı’nın yanıtına benzemiyor.",
	} {
		onPage(t, kittest.NewCompany(), func(s *screen) {
			answers := make(chan error, 1)
			s.atConsent(answers)
			answers <- domain.E(kind, "authorise", nil)
			s.Settle()
			s.Reads("Adım 1 / 3", says)
			if e, _ := s.Row("API anahtarı").Field().(*widgets.Entry); !strings.Contains(e.Text, "api-key") {
				t.Errorf("%s: what was typed is gone", kind)
			}
			s.Tap("Devam") // and again
			answers <- nil
			s.Settle()
			s.Reads("Bu firma mı?")
		})
	}
}

func TestAuthorise_cancelIsNoError(t *testing.T) {
	o := kittest.NewCompany()
	onPage(t, o, func(s *screen) {
		ended := false
		s.atConsent(make(chan error))
		inner := o.SignIn
		o.SignIn = func(ctx context.Context, c domain.Credentials, b domain.Browser) (domain.SignIn, error) {
			in, err := inner(ctx, c, b)
			ended = domain.KindOf(err) == domain.KindCancelled
			return in, err
		}
		s.Tap("Vazgeç")
		s.Tap("Devam")
		s.Key(fyne.KeyEscape)
		s.Reads("Adım 1 / 3")
		s.ReadsNot("Vazgeçildi")
		if !ended {
			t.Error("the sign-in still waits")
		}
		s.Key(fyne.KeyEscape)
		s.Reads("Yetkilendir")
		s.ReadsNot("Adım 1 / 3")
	})
}

func TestAuthorise_whoHasNoKeyWritesForOne(t *testing.T) {
	onPage(t, kittest.NewCompany(), func(s *screen) {
		s.Tap("Yetkilendir")
		s.Tap("Anahtarım Yok: E-postayı Hazırla")
		if len(s.Visited) != 1 || !strings.HasPrefix(s.Visited[0], "mailto:") {
			t.Errorf("visited %q", s.Visited)
		}
	})
	known := kittest.NewCompany().Authorised()
	onPage(t, known, func(s *screen) {
		s.Tap("Yeniden Yetkilendir")
		s.ReadsNot("Anahtarım Yok")
	})
}

func TestAuthorise_byAccountOpensNoBrowser(t *testing.T) {
	o := kittest.NewCompany()
	onPage(t, o, func(s *screen) {
		o.SignIn = waitsForConsent(nil)
		s.Tap("Yetkilendir")
		s.Choose("Bağlanma yolu", "API anahtarı ve hesapla bağlan")
		s.Choose("Ortam", "Test")
		s.Tap("Devam")
		if s.Row("API anahtarı").Wrong() == "" {
			t.Error("an empty key is not refused at its field")
		}
		s.Write("API anahtarı", "api-key-0123456789")
		s.Tap("Devam")
		if s.Row("E-posta").Wrong() == "" {
			t.Error("an empty e-mail is not refused at its field")
		}
		s.Write("E-posta", "owner@example.com")
		s.Write("Şifre", "s3cret")
		s.Tap("Devam")
		s.Reads("Bu firma mı?")
		if len(s.Visited) != 0 || o.Asked[0].Environment != domain.EnvironmentTest || o.Asked[0].Password.Reveal() != "s3cret" {
			t.Errorf("visited %v, environment %q", s.Visited, o.Asked[0].Environment)
		}
	})
}

func TestAuthorise_keptKeyNeedNotBeTyped(t *testing.T) {
	o := kittest.NewCompany().Authorised()
	onPage(t, o, func(s *screen) {
		o.SignIn = waitsForConsent(make(chan error))
		s.Tap("Yeniden Yetkilendir")
		s.Reads("••••••••3f9a")
		s.Tap("Devam")
		if len(o.Asked) != 1 || !o.Asked[0].APIKey.Empty() {
			t.Error("the kept key was not used")
		}
	})
}

func TestAuthorise_goesOnWhileAnotherPageIsInView(t *testing.T) {
	onPage(t, kittest.NewCompany(), func(s *screen) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		answers <- nil
		s.Settle()
		s.Screen.Asked() // nothing moves by itself
		s.Show(s.page)
		s.Reads("Bu firma mı?")
	})
}

func TestAuthorise_failedConfirmationCanBeRepeated(t *testing.T) {
	o := kittest.NewCompany()
	o.ConfirmFails = domain.E(domain.KindKeyring, "confirm", nil)
	onPage(t, o, func(s *screen) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		answers <- nil
		s.Settle()
		s.Tap("Evet, Entegrasyonu Aç")
		s.Reads("Bilgisayarınızın anahtarlığına ulaşılamıyor.", "Bu firma mı?")
		o.ConfirmFails = nil
		s.Tap("Evet, Entegrasyonu Aç")
		s.Reads("Gerçek Firma A.Ş.")
	})
}

func TestAuthorise_anotherHostOfThePageIsThePersonsToSay(t *testing.T) {
	o := kittest.NewCompany()
	onPage(t, o, func(s *screen) {
		answers := make(chan error, 1)
		s.atConsent(answers)
		var agreed []string
		consents := o.SignIn
		o.SignIn = func(ctx context.Context, c domain.Credentials, b domain.Browser) (domain.SignIn, error) {
			if agreed = append(agreed, b.ConsentHost); b.ConsentHost != "giris.example.com" {
				return domain.SignIn{}, &domain.Error{Kind: domain.KindConsentHost, Op: "authorise", Detail: "giris.example.com"}
			}
			return consents(ctx, c, b)
		}
		s.Tap("Vazgeç")
		visited := len(s.Visited)
		s.Tap("Devam")
		s.Reads("İzin sayfasının adresi", "giris.example.com", "şifrenizi ister")
		s.Key(fyne.KeyReturn) // is no yes
		s.Reads("Bu Adresi Aç")
		s.Tap("Vazgeç")
		s.Reads("Adım 1 / 3")
		s.Tap("Devam")
		s.Key(fyne.KeyEscape)
		s.Reads("Adım 1 / 3")
		if len(s.Visited) != visited {
			t.Fatalf("visited %v before anybody agreed", s.Visited)
		}
		s.Tap("Devam")
		s.Tap("Bu Adresi Aç")
		s.Reads("Adım 2 / 3   Tarayıcı")
		answers <- nil
		s.Settle()
		s.Reads("Bu firma mı?")
		if len(s.Visited) != visited+1 || !slices.Equal(agreed, []string{"", "", "", "giris.example.com"}) {
			t.Errorf("visited %v, agreed to %q", s.Visited, agreed)
		}
	})
}

func TestAuthorise_keyThatMayNotUseTheBrowserIsOfferedTheAccount(t *testing.T) {
	for user, focus := range map[string]string{"": "E-posta", "owner@example.com": "Şifre"} {
		o := kittest.NewCompany()
		o.Link.UserName = user
		onPage(t, o, func(s *screen) {
			answers := make(chan error, 1)
			s.atConsent(answers)
			answers <- &domain.Error{Kind: domain.KindNoBrowser, Op: "authorise", Detail: "API yetkilendirilmedi"}
			s.Settle()
			s.Reads("Adım 1 / 3", "tarayıcıdan girişe izin vermiyor", "API yetkilendirilmedi", "E-posta", "Şifre")
			s.ReadsNot("İşbaşı bu API anahtarını tanımıyor.")
			for label, want := range map[string]string{"API anahtarı": "api-key-0123456789", "E-posta": user} {
				if e, _ := s.Row(label).Field().(*widgets.Entry); strings.TrimSpace(e.Text) != want {
					t.Errorf("%s holds %q", label, e.Text)
				}
			}
			if s.E.Win.Canvas().Focused() != fyne.Focusable(s.Row(focus).Field().(*widgets.Entry)) {
				t.Errorf("%s is not where the cursor is", focus)
			}
			s.Write("E-posta", "owner@example.com")
			s.Write("Şifre", "s3cret")
			s.Tap("Devam")
			s.Reads("Bu firma mı?")
			if c := o.Asked[len(o.Asked)-1]; c.APIKey.Reveal() != "api-key-0123456789" || c.UserName != "owner@example.com" || c.Password.Reveal() != "s3cret" {
				t.Errorf("asked with %+v", c)
			}
		})
	}
}

func TestAuthorise_firmIsAskedForByItsNumber(t *testing.T) {
	for way, extra := range map[string]func(*screen){
		"Tarayıcıda yetkilendir (önerilen)": func(*screen) {},
		"API anahtarı ve hesapla bağlan": func(s *screen) {
			s.Write("E-posta", "owner@example.com")
			s.Write("Şifre", "s3cret")
		},
	} {
		o := kittest.NewCompany().Authorised()
		o.Link.TenantID = "7b0e0c0e-kendi"
		onPage(t, o, func(s *screen) {
			for _, refused := range []error{
				&domain.Error{Kind: domain.KindOtherFirm, Op: "authorise"},
				&domain.Error{Kind: domain.KindOtherFirm, Op: "authorise", Detail: "not-the-asked"},
				&domain.Error{Kind: domain.KindOtherFirm, Op: "authorise", Detail: "no-such-firm"},
				domain.Invalid("tenant_id", "firm-no"), nil,
			} {
				o.SignIn = func(_ context.Context, c domain.Credentials, _ domain.Browser) (domain.SignIn, error) {
					return accepted(c), refused
				}
				if len(o.Asked) == 0 {
					s.Tap("Yeniden Yetkilendir")
					s.Choose("Bağlanma yolu", way)
					if e, _ := s.Row("Firma no").Field().(*widgets.Entry); e.Text != "7b0e0c0e-kendi" {
						t.Errorf("%s: the company's own firm is not asked for, but %q", way, e.Text)
					}
					s.Write("Firma no", " 7b0e0c0e-öteki ")
					extra(s)
				}
				s.Tap("Devam")
				if c := o.Asked[len(o.Asked)-1]; c.TenantID != "7b0e0c0e-öteki" {
					t.Errorf("%s: asked for %q", way, c.TenantID)
				}
				if refused == nil {
					s.Reads("Bu firma mı?")
					continue
				}
				s.Reads("Adım 1 / 3")
				if s.Row("Firma no").Wrong() == "" {
					t.Errorf("%s: %v is not said at the field", way, refused)
				}
			}
		})
	}
}
