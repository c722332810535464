package widgets

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

func TestProgress_wordsStandBesideTheBar(t *testing.T) {
	test.NewTempApp(t)
	p := NewProgress(func(percent int) string { return fmt.Sprintf("%%%d", percent) })
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 40))
	for _, c := range []struct {
		done, of int
		says     string
	}{{0, 7, "%0"}, {3, 7, "%42"}, {7, 7, "%100"}, {9, 7, "%100"}, {0, 0, ""}, {7, 7, "%100"}} {
		p.Set(c.done, c.of)
		objects := test.WidgetRenderer(p).Objects()
		track, bar, text := objects[0], objects[1], objects[2].(*canvas.Text)
		if text.Text != c.says {
			t.Errorf("%d of %d says %q, want %q", c.done, c.of, text.Text, c.says)
		}
		if end := track.Position().X + track.Size().Width; text.Position().X < end || bar.Position().X+bar.Size().Width > end {
			t.Errorf("%d of %d: the bar ends at %.0f within %.0f, the words begin at %.0f", c.done, c.of, bar.Position().X+bar.Size().Width, end, text.Position().X)
		}
		if room := text.Size().Width; room < text.MinSize().Width {
			t.Errorf("%q has %.0f of %.0f", text.Text, room, text.MinSize().Width)
		}
		if c.of > 0 {
			if got, want := bar.Size().Width, track.Size().Width*float32(min(c.done, c.of))/float32(c.of); max(got-want, want-got) > 0.01 {
				t.Errorf("%d of %d fills %.2f, want %.2f", c.done, c.of, got, want)
			}
		}
	}
}

func TestProgress_unknownEndMovesUntilItRests(t *testing.T) {
	test.NewTempApp(t)
	p := NewEndless()
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 40))
	r := test.WidgetRenderer(p).(*progressRenderer)
	if !r.moves {
		t.Error("it does not move")
	}
	r.move(0)
	from := r.bar.Position().X
	r.move(1)
	if end := r.bar.Position().X + r.bar.Size().Width; from != 0 || end < 399 || end > 400 {
		t.Errorf("it moves from %.0f to %.0f of 400", from, end)
	}
	p.Rest()
	if r.moves {
		t.Error("it moves on")
	}
}
