package about

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

// desk makes support files that are none.
type desk struct{ err error }

func (d *desk) SupportFile(context.Context) (string, error) {
	return "/belgeler/Sopyo/Destek/x.txt", d.err
}

// onAbout runs f with Hakkında in view.
func onAbout(t *testing.T, f func(s *kittest.Screen, p *Page)) {
	t.Helper()
	kittest.On(t, "tr", func(e *kit.Env) *Page { return New(e, "1.2.3", &desk{}, &found{on: true}) }, f)
}

// found is what the asking for newer versions has found.
type found struct {
	newer string
	on    bool
	err   error
}

func (u *found) Newer(context.Context) (string, error) {
	if !u.on {
		return "", u.err
	}
	return u.newer, u.err
}

func (u *found) Checks(context.Context) (bool, error) { return u.on, u.err }

func (u *found) SetChecks(_ context.Context, on bool) error {
	u.on = on
	return u.err
}

func TestAbout_tellsQuietlyOfANewerVersion(t *testing.T) {
	u := &found{on: true, newer: "1.3"}
	kittest.On(t, "tr", func(e *kit.Env) *Page { return New(e, "1.2.3", &desk{}, u) }, func(s *kittest.Screen, p *Page) {
		s.Tap("Yeni Sürüm 1.3: Neler Değişti")
		if !slices.Equal(s.Visited, []string{assets.ReleasesURL()}) {
			t.Errorf("opened %q", s.Visited)
		}
		s.Tap("Yeni Sürümleri Sorma")
		s.Reads("Yeni Sürümleri Günde Bir Sor")
		s.ReadsNot("Neler Değişti")
		s.Tap("Yeni Sürümleri Günde Bir Sor")
		s.Reads("Neler Değişti")
		u.err = domain.E(domain.KindDisk, "read", nil)
		s.Tap("Yeni Sürümleri Sorma")
		s.Reads("diske yazılamadı")
		p.Show() // what cannot be read troubles nobody
		s.Settle()
		s.ReadsNot("Bilinmeyen")
	})
}

func TestAbout_showsTheLicencesOfEveryWork(t *testing.T) {
	onAbout(t, func(s *kittest.Screen, p *Page) {
		s.Reads("Sürüm: 1.2.3")
		s.Tap("Açık Kaynak Lisansları")
		s.Reads(s.E.T("about.works.count", len(assets.Works())), "filippo.io/age v1.3.2")
		list, ok := p.Top().(*workList)
		if !ok {
			t.Fatalf("%T is in front", p.Top())
		}
		if !list.read.Disabled() {
			t.Error("a licence can be read though nothing was chosen")
		}
		list.Search.SetText("glfw/v3.4")
		s.Pass(kit.SearchAfter)
		list.Table.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		s.Settle()
		s.Tap("Lisansını Oku")
		s.Reads("github.com/go-gl/glfw/v3.4/glfw", "Copyright (c) 2012 The glfw3-go Authors.")
		s.Win.Resize(fyne.NewSize(kittest.PageWidth, kittest.PageHeight))
		if m := p.Content().MinSize(); m.Width > kittest.PageWidth || m.Height > kittest.PageHeight {
			t.Errorf("it needs %v", m)
		}
		s.Key(fyne.KeyEscape)
		s.Key(fyne.KeyEscape)
		s.Reads("Sürüm: 1.2.3")
	})
}

func TestAbout_breaksLongLinesBetweenWords(t *testing.T) {
	long := strings.Repeat("abcd ", 5) + "e"
	got := broken("kısa\n"+long+"\n\n"+strings.Repeat("x", 25), 12)
	want := []string{"kısa", "abcd abcd", "abcd abcd", "abcd e", "", "xxxxxxxxxxxx", "xxxxxxxxxxxx", "x"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAbout_makesASupportFileAtOnePress(t *testing.T) {
	onAbout(t, func(s *kittest.Screen, p *Page) {
		s.Tap("Destek Dosyası Hazırla")
		s.Reads("Destek dosyası hazır: /belgeler/Sopyo/Destek/x.txt.", "Klasörü Aç")
		p.support = &desk{domain.E(domain.KindDisk, "x", nil)}
		s.Tap("Açık Kaynak Lisansları")
		p.MakeSupportFile() // of the menu, from wherever the page is
		s.Settle()
		s.Reads("Veriler diske yazılamadı.")
		s.ReadsNot("x.txt")
	})
}
