package kit_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

func TestMarks_whatCommandsAreFor(t *testing.T) {
	row := func(n int) table.Row { return table.Row{Key: fmt.Sprint(n), Data: n} }
	shown := table.New([]table.Column{{Title: "Sayı", Width: 80}}, func(_ table.Query, done func([]table.Row, int, bool)) {
		done([]table.Row{row(0), row(1), row(2)}, 3, true)
	})
	if got := kit.Chosen[int](shown); got != nil {
		t.Errorf("%v of an empty table", got)
	}
	shown.Reload()
	shown.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if got := kit.Chosen[int](shown); !slices.Equal(got, []int{1}) {
		t.Errorf("%v is chosen, where the keyboard stands", got)
	}
	shown.Mark("0", "2")
	for _, got := range [][]int{kit.Chosen[int](shown), kit.Marked[int](shown), kit.MarkedAt[int](shown, row(2))} {
		if !slices.Equal(got, []int{0, 2}) {
			t.Errorf("%v, want those that are marked", got)
		}
	}
	if got := kit.MarkedAt[int](shown, row(1)); !slices.Equal(got, []int{1}) {
		t.Errorf("the menu of an unmarked row is for %v", got)
	}
	if got := kit.MadeOf[string](row(1)); got != "" {
		t.Errorf("made of %q", got)
	}
}
