package backup

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// machine is one in memory, and its one company.
type machine struct {
	state    backup.State
	password domain.Secret
	made     []backup.Made
	files    []backup.File
	removed  []backup.Removed
	handed   time.Time
	err      error
	wait     chan struct{} // before each of forty companies; nil: nothing is waited for

	restored   []string // paths
	handedOver []domain.Secret
	erased     []string
	back       []string
}

func (m *machine) BackupState(context.Context) (backup.State, error) { return m.state, nil }

func (m *machine) BackUpAll(ctx context.Context, p *backup.Progress) ([]backup.Made, error) {
	p.Enter(backup.PhaseWriting, 10)
	if m.wait != nil {
		for n := range 40 {
			p.Come(n+1, 40)
			select {
			case <-m.wait:
			case <-ctx.Done():
				return m.made, domain.E(domain.KindCancelled, "back up", ctx.Err())
			}
		}
	}
	return m.made, m.err
}

func (m *machine) SaveBackupPassword(_ context.Context, password, again domain.Secret) (bool, error) {
	if err := backup.CheckPassword(password, again); err != nil {
		return false, err
	}
	m.password, m.state.Protected = password, true
	return false, nil
}

func (m *machine) Backups(context.Context) ([]backup.File, error) { return m.files, nil }

func (m *machine) BackupPassword(context.Context) (domain.Secret, bool, error) {
	return m.password, false, nil
}

func (m *machine) LookIntoBackup(_ context.Context, path string, password domain.Secret) (backup.Restoring, error) {
	if password.Reveal() != "eski parola" {
		return backup.Restoring{}, domain.E(domain.KindBackupPassword, "open", nil)
	}
	alfa := domain.Company{ID: "a", Name: "Alfa"}
	c := backup.Content{ID: "a", Name: "Alfa", Products: 1200, Orders: 3, Invoices: 2, Documents: 1}
	return backup.Restoring{
		Path: path, Manifest: backup.Manifest{MadeAt: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC), Companies: []backup.Content{c}},
		Changes: []backup.Change{{Content: c, Present: &alfa, As: alfa}},
	}, nil
}

func (m *machine) Restore(_ context.Context, path string, _ domain.Secret, _ *backup.Progress) ([]domain.Company, error) {
	m.restored = append(m.restored, path)
	return []domain.Company{{ID: "a", Name: "Alfa"}}, m.err
}

func (m *machine) RemovedCompanies(context.Context) ([]backup.Removed, error) { return m.removed, nil }

func (m *machine) BringBack(_ context.Context, r backup.Removed) (domain.Company, error) {
	m.back, m.removed = append(m.back, r.Path), nil
	return r.Company, m.err
}

func (m *machine) Erase(_ context.Context, r backup.Removed, word string) (backup.Erased, error) {
	m.erased, m.removed = append(m.erased, r.Path+" "+word), nil
	return backup.Erased{Files: 4, Backups: 2}, m.err
}

func (m *machine) HandOver(_ context.Context, path string, password domain.Secret, _ *backup.Progress) (backup.Made, error) {
	if m.err != nil {
		return backup.Made{}, m.err
	}
	m.handed, m.handedOver = time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC), append(m.handedOver, password)
	return backup.Made{Path: "/yedek/Alfa devir.sopyoyedek" + path}, nil
}

func (m *machine) TakeBackHandOver(context.Context) error {
	m.handed = time.Time{}
	return nil
}

func (m *machine) HandedOver(context.Context) (time.Time, error) { return m.handed, nil }

func onBackup(t *testing.T, lang string, m *machine, f func(s *kittest.Screen, p *Page)) {
	t.Helper()
	kittest.On(t, lang, func(e *kit.Env) *Page { return New(e, m, "Alfa", m) }, f)
}

// today is the day of the bubble's clock, at an hour of Istanbul.
func today(hour int) time.Time {
	return time.Date(2000, 1, 1, hour, 0, 0, 0, domain.Istanbul)
}

func TestBackup_saysHowItStandsInOneSentence(t *testing.T) {
	const folder = "/belgeler/Sopyo/Yedek"
	last := backup.Standing{Company: domain.Company{ID: "a"}, MadeAt: today(1), CheckedAt: today(1)}
	for name, tt := range map[string]struct {
		state backup.State
		says  string
	}{
		"no password":       {backup.State{Folder: folder}, "Yedek alınmıyor: önce aşağıda bir şifre belirleyin."},
		"the password lost": {backup.State{Folder: folder, Companies: []backup.Standing{last}}, "Yedek alınmıyor: aşağıda şifreyi yeniden yazın. Son yedek 01.01.2000 01:00 tarihinde alındı."},
		"none yet":          {backup.State{Folder: folder, Protected: true, Companies: []backup.Standing{{}}}, "Henüz yedek yok; ilki birazdan " + folder + " klasörüne alınacak."},
		"made today":        {backup.State{Folder: folder, Protected: true, Companies: []backup.Standing{last}}, "Son yedek 01.01.2000 01:00 tarihinde alındı. Yedekler " + folder + " klasöründe. Sıradaki: 02.01.2000."},
		"due":               {backup.State{Folder: folder, Protected: true, Companies: []backup.Standing{{MadeAt: today(1).AddDate(0, 0, -2)}}}, "Bugünkü yedek birazdan alınacak."},
		"failed":            {backup.State{Folder: folder, Protected: true, Companies: []backup.Standing{{MadeAt: today(1), Failed: domain.KindDisk}}}, "Son yedek alınamadı. Veriler diske yazılamadı."},
	} {
		t.Run(name, func(t *testing.T) {
			onBackup(t, "tr", &machine{state: tt.state}, func(s *kittest.Screen, p *Page) {
				s.Reads(tt.says, "Şimdi Yedekle", "Başka Bilgisayara Devret", "Kaldırılan Şirketler")
				if p.now.Disabled() == tt.state.Protected {
					t.Error("the button does not go with the password")
				}
			})
		})
	}
}

func TestBackup_isMadeAtOnePress(t *testing.T) {
	m := &machine{state: backup.State{Folder: "/y", Protected: true}, made: make([]backup.Made, 2)}
	onBackup(t, "tr", m, func(s *kittest.Screen, _ *Page) {
		s.Tap("Şimdi Yedekle")
		s.Reads("2 yedek alındı ve yeniden okunarak denetlendi: /y")
		m.made = nil
		s.Tap("Şimdi Yedekle")
		s.Reads("Son yedekten beri değişen bir şey yok")
		m.err = &domain.Error{Kind: domain.KindDisk, Detail: "full"}
		s.Tap("Şimdi Yedekle")
		s.Reads("Diskte yer kalmadı. Yer açıp yeniden deneyin")
	})
}

// Forty companies take minutes: how many are done, and how long the others will take, stands beside the button that ends it.
func TestBackup_saysHowFarItIsAndStops(t *testing.T) {
	m := &machine{state: backup.State{Folder: "/y", Protected: true}}
	onBackup(t, "tr", m, func(s *kittest.Screen, p *Page) {
		m.wait = make(chan struct{})
		s.Tap("Şimdi Yedekle")
		s.Pass(time.Second)
		s.Reads("Şirket 1 / 40 · Şifrelenip yazılıyor: %0")
		for range 10 {
			m.wait <- struct{}{}
		}
		s.Pass(9 * time.Second)
		s.Reads("Şirket 11 / 40 · Şifrelenip yazılıyor: %0 · yaklaşık 30 sn kaldı", "%25")
		s.Tap("Durdur")
		s.ReadsNot("11 / 40", "Durdur")
		if p.task.Busy() || p.now.Disabled() {
			t.Error("it goes on, or cannot be done again")
		}
	})
}

// The menu leads to the page, not to the list of it that was open last.
func TestBackup_menuLeadsToThePage(t *testing.T) {
	onBackup(t, "tr", &machine{}, func(s *kittest.Screen, p *Page) {
		s.Tap("Kaldırılan Şirketler")
		s.Reads("Kaldırılmış şirket yok.")
		p.Home()
		p.Show()
		s.Settle()
		s.Reads("Şimdi Yedekle")
		s.ReadsNot("Kaldırılmış şirket yok.")
	})
}

func TestBackup_takesAPasswordThatWasTypedTwice(t *testing.T) {
	m := &machine{}
	onBackup(t, "tr", m, func(s *kittest.Screen, p *Page) {
		if !p.save.Disabled() {
			t.Error("nothing can be saved")
		}
		s.Write("Şifre", "kısa")
		s.Write("Şifre (yeniden)", "kısa")
		s.Tap("Şifreyi Kaydet")
		s.Reads("Şifre en az 8 karakter olmalı.")
		s.Write("Şifre", "yeterince uzun")
		s.Write("Şifre (yeniden)", "yeterince uzum")
		s.Tap("Şifreyi Kaydet")
		s.Reads("İki şifre aynı değil")
		s.Write("Şifre (yeniden)", "yeterince uzun")
		s.Tap("Şifreyi Kaydet")
		s.Reads("Şifre kaydedildi.", "Şifre kayıtlı. Değiştirmek için yenisini yazın.")
		if m.password.Reveal() != "yeterince uzun" || p.password.Text != "" || p.again.Text != "" || p.now.Disabled() {
			t.Errorf("%q is kept", m.password.Reveal())
		}
	})
}

// typeIntoDialog writes into a row of the open dialog.
func typeIntoDialog(s *kittest.Screen, label, text string) {
	s.T.Helper()
	found := false
	kittest.Walk(s.E.Modal.PopUp.Content, func(o fyne.CanvasObject) {
		if r, ok := o.(*widgets.Row); ok && r.Label() == label {
			e, _ := r.Field().(*widgets.Entry)
			e.SetText(text)
			found = true
		}
	})
	if !found {
		s.T.Fatalf("the dialog has no field %q", label)
	}
}

// pick picks the first row of the list in front.
func pick(s *kittest.Screen, list *table.Table) {
	s.T.Helper()
	s.Win.Canvas().Focus(list.Focusable())
	list.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	s.Settle()
}

func TestBackup_isRestoredOnceThePersonHasSeenWhatItHolds(t *testing.T) {
	m := &machine{
		state: backup.State{Protected: true}, password: domain.NewSecret("yeni parola"),
		files: []backup.File{{Path: "/y/Alfa 2026-11-20 (2).sopyoyedek", Stem: "Alfa", Day: time.Date(2026, 11, 20, 0, 0, 0, 0, domain.Istanbul), Number: 2, Size: 3 << 20}},
	}
	onBackup(t, "tr", m, func(s *kittest.Screen, p *Page) {
		s.Tap("Yedekler")
		s.Reads("20.11.2026 (2)", "Alfa", "3 MB", "1 yedek")
		list, _ := p.Top().(*fileList)
		if !list.restore.Disabled() {
			t.Error("nothing is picked")
		}
		pick(s, list.Table)
		s.Tap("Geri Yükle")
		s.Asks("Bu dosya kayıtlı şifreyle açılmadı.")
		s.AskedField().SetText("eski parola")
		s.Answer("Aç")
		s.Asks("Alfa: 1.200 ürün, 3 sipariş, 2 fatura, 1 belge", "önce bugünkü durumun yedeği alınır", "İşbaşı’na sorulana kadar bekler")
		s.Answer("Vazgeç")
		if len(m.restored) > 0 {
			t.Fatal("restored all the same")
		}
		m.password = domain.NewSecret("eski parola") // which opens it
		s.Tap("Geri Yükle")
		s.Answer("Geri Yükle")
		if len(m.restored) != 1 || m.restored[0] != m.files[0].Path || len(s.Frame.Reopened) != 1 || s.Frame.Reopened[0] != "a" || p.Top() != nil {
			t.Errorf("%v, reopened %v", m.restored, s.Frame.Reopened)
		}
	})
}

func TestBackup_saysWhyAFileIsNotRestored(t *testing.T) {
	m := &machine{password: domain.NewSecret("eski parola")}
	onBackup(t, "tr", m, func(s *kittest.Screen, p *Page) {
		s.Tap("Yedekler")
		s.Reads("Bu klasörde yedek yok.")
		list, _ := p.Top().(*fileList)
		list.path.SetText(` "/usb/Alfa devir.sopyoyedek" `)
		s.Tap("Aç")
		m.err = domain.E(domain.KindBackupDamaged, "read", nil)
		s.Answer("Geri Yükle")
		s.Reads("Yedek dosyası bozulmuş")
		if m.restored[0] != "/usb/Alfa devir.sopyoyedek" || len(s.Frame.Reopened) > 0 {
			t.Errorf("%q", m.restored)
		}
		s.Tap("Yedekler")
		s.Key("Escape")
		if p.Top() != nil {
			t.Error("Esc does not close the list")
		}
	})
}

func TestBackup_handsTheCompanyOverAndTakesItBack(t *testing.T) {
	m := &machine{state: backup.State{Protected: true}}
	onBackup(t, "tr", m, func(s *kittest.Screen, _ *Page) {
		s.Tap("Başka Bilgisayara Devret")
		s.Asks("Alfa devredilsin mi?")
		s.Asks("faturaları bundan sonra burada kesilmez")
		s.Answer("Devret")
		s.Asks("Bu alanı doldurun.")
		typeIntoDialog(s, "Dosyanın şifresi", "devir parolası")
		typeIntoDialog(s, "Şifre (yeniden)", "devir parolası")
		s.Answer("Devret")
		s.Reads("Devir dosyası hazır: /yedek/Alfa devir.sopyoyedek", "Bu şirket 26.11.2026 12:00 tarihinde devredildi", "Devri Geri Al")
		if len(m.handedOver) != 1 || m.handedOver[0].Reveal() != "devir parolası" {
			t.Errorf("%d", len(m.handedOver))
		}
		s.Tap("Devri Geri Al")
		s.Answer("Devri Geri Al")
		s.ReadsNot("tarihinde devredildi")
		if !m.handed.IsZero() {
			t.Error("it is handed over still")
		}
	})
}

func TestBackup_takesRemovedCompaniesBackOrErasesThem(t *testing.T) {
	gone := backup.Removed{Company: domain.Company{ID: "x", Name: "Eski Firma"}, RemovedAt: time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC), Path: "/r/x.db", Size: 1 << 20}
	m := &machine{removed: []backup.Removed{gone}}
	onBackup(t, "tr", m, func(s *kittest.Screen, p *Page) {
		s.Tap("Kaldırılan Şirketler")
		s.Reads("Eski Firma", "01.11.2026 12:00", "1 şirket")
		list, _ := p.Top().(*removedList)
		pick(s, list.Table)
		s.Tap("Bütünüyle Sil")
		s.Asks("Eski Firma bütünüyle silinsin mi?", "SİL yazın")
		s.AskedField().SetText("evet")
		s.Answer("Bütünüyle Sil")
		s.Asks("Silmek için SİL yazın.")
		s.AskedField().SetText("sil")
		s.Answer("Bütünüyle Sil")
		s.Reads("Eski Firma silindi: 4 dosya, 2 yedek.", "Kaldırılmış şirket yok.")
		if strings.Join(m.erased, "") != "/r/x.db sil" {
			t.Errorf("%q", m.erased)
		}
		m.removed = []backup.Removed{gone}
		list.Reload()
		s.Settle()
		pick(s, list.Table)
		s.Tap("Geri Al")
		s.Reads("Eski Firma geri alındı")
		s.Tap("Şirketi Aç")
		if len(m.back) != 1 || len(s.Frame.Reopened) != 1 || s.Frame.Reopened[0] != "x" {
			t.Errorf("%v, %v", m.back, s.Frame.Reopened)
		}
	})
}

func TestBackup_speaksEnglish(t *testing.T) {
	onBackup(t, "en", &machine{state: backup.State{Folder: "/y", Protected: true, Companies: []backup.Standing{{MadeAt: today(1), CheckedAt: today(1)}}}}, func(s *kittest.Screen, _ *Page) {
		s.Reads("Back Up Now", "The last backup was made at", "Hand Over to Another Computer", "Removed Companies")
	})
}
