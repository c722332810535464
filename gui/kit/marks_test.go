package kit_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

func TestMarks_whatCommandsAreFor(t *testing.T) {
	row := func(n int) widgets.TableRow { return widgets.TableRow{Key: fmt.Sprint(n), Data: n} }
	table := widgets.NewDataTable([]widgets.Column{{Title: "Sayı", Width: 80}}, func(_ widgets.PageQuery, done func([]widgets.TableRow, int, bool)) {
		done([]widgets.TableRow{row(0), row(1), row(2)}, 3, true)
	})
	if got := kit.Chosen[int](table); got != nil {
		t.Errorf("%v of an empty table", got)
	}
	table.Reload()
	table.GoTo(1)
	if got := kit.Chosen[int](table); !slices.Equal(got, []int{1}) {
		t.Errorf("%v is chosen, where the keyboard stands", got)
	}
	table.Mark("0", "2")
	for _, got := range [][]int{kit.Chosen[int](table), kit.Marked[int](table), kit.MarkedAt[int](table, row(2))} {
		if !slices.Equal(got, []int{0, 2}) {
			t.Errorf("%v, want those that are marked", got)
		}
	}
	if got := kit.MarkedAt[int](table, row(1)); !slices.Equal(got, []int{1}) {
		t.Errorf("the menu of an unmarked row is for %v", got)
	}
	if got := kit.MadeOf[string](row(1)); got != "" {
		t.Errorf("made of %q", got)
	}
}
