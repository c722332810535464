package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// A frame asks for the least size of all of a window, and nothing else.
func TestSteady_makesRoomForWhatIsShown(t *testing.T) {
	test.NewTempApp(t)
	warning, entry, after := NewBanner(), NewEntry(""), NewButton("Kaydet", nil)
	scroll := container.NewVScroll(container.NewVBox(MaxWidth(300, warning), entry, after))
	root := NewSteady(scroll)
	w := test.NewTempWindow(t, root)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 120))
	root.MinSize()
	free := entry.Position().Y
	warning.Say(BannerWarning, strings.Repeat("Bağlantı korunmuyor. ", 8))
	entry.SetText("25") // what makes Fyne forget
	root.MinSize()
	if warning.Size().Height < warning.MinSize().Height || warning.MinSize().Height < 60 {
		t.Errorf("the warning needs %v and has %v", warning.MinSize(), warning.Size())
	}
	if entry.Position().Y < warning.Size().Height {
		t.Errorf("the field stands at %v under a warning of %v", entry.Position(), warning.Size())
	}
	if got, want := scroll.Content.Size().Height, scroll.Content.MinSize().Height; got != want {
		t.Errorf("%v can be scrolled through, want %v", got, want)
	}
	warning.Hide()
	root.MinSize()
	if entry.Position().Y != free {
		t.Errorf("the field stands at %v, want %v again", entry.Position().Y, free)
	}
}

// What has been scrolled down and gets shorter comes back into view.
func TestSteady_scrollsBackWhenThereIsLess(t *testing.T) {
	test.NewTempApp(t)
	long, first := Gap(900), NewButton("Kaydet", nil)
	scroll := container.NewVScroll(container.NewVBox(first, Gap(100), long))
	root := NewSteady(scroll)
	w := test.NewTempWindow(t, root)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))
	root.MinSize()
	scroll.ScrollToBottom()
	long.Hide()
	root.MinSize()
	if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(first).Y; at != 0 || scroll.Offset.Y != 0 {
		t.Errorf("the first button stands at %v, scrolled by %v", at, scroll.Offset.Y)
	}
}

func TestSteady_growsWithTextsThatWrap(t *testing.T) {
	test.NewTempApp(t)
	text, under := NewBody(strings.Repeat("Seçilen ürünler bugün pazaryerlerine gider. ", 6)), NewButton("Devam", nil)
	root := NewSteady(container.NewVBox(text, under))
	w := test.NewTempWindow(t, root)
	w.SetPadded(false)
	for _, width := range []float32{600, 240, 400} {
		w.Resize(fyne.NewSize(width, 500))
		root.MinSize()
		if text.Size().Height != text.MinSize().Height || under.Position().Y < text.Size().Height {
			t.Errorf("at %v the text needs %v and has %v; what is under it stands at %v", width, text.MinSize(), text.Size(), under.Position())
		}
	}
}

func TestChoice_standsUnderEachOtherWhereThereIsNoRoom(t *testing.T) {
	test.NewTempApp(t)
	c := NewRowChoice([]string{"Entegrasyon Açık", "Entegrasyon Kapalı"}, nil)
	r := NewRow("Entegrasyon Durumu", c, "Açıkken çalışır.")
	w := test.NewTempWindow(t, NewSteady(container.NewVBox(r)))
	w.SetPadded(false)
	for width, lines := range map[float32]int{720: 1, 460: 2} {
		w.Resize(fyne.NewSize(width, 300))
		places := c.places()
		under := places[1].pos.Y > 0
		if under != (lines == 2) || places[1].pos.X+places[1].size.Width > c.Size().Width || places[1].pos.Y+places[1].size.Height > c.Size().Height {
			t.Errorf("at %v the second option stands at %v, %v of %v", width, places[1].pos, places[1].size, c.Size())
		}
	}
}
