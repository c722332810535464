package kit_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// note is a leaf that says what is asked of it.
type note struct {
	object fyne.CanvasObject
	did    []string
}

func (n *note) Content() fyne.CanvasObject { return n.object }

func (n *note) Show() {}

// form is a leaf that was edited.
type form struct{ note }

func (f *form) Dirty() bool { return true }

func (f *form) Save() { f.did = append(f.did, "save") }

func (f *form) SaveThen(then func()) {
	f.did = append(f.did, "save then")
	then()
}

// What is edited is the leaf in front; where it is none that can be, nothing is.
func TestLeaves_editWhatIsInFront(t *testing.T) {
	test.NewTempApp(t)
	l := &kit.Leaves{Root: container.NewStack(), Sheet: container.NewStack(), Said: widgets.NewBanner(), Uncovered: func() {}}
	var page kit.Editor = l
	left := 0
	then := func() { left++ }
	if page.Save(); page.Dirty() {
		t.Error("the sheet is dirty")
	}
	page.SaveThen(then)
	edited, list := &form{note{object: container.NewStack()}}, &note{object: container.NewStack()}
	l.Push(edited)
	if page.Save(); !page.Dirty() {
		t.Error("the form is not")
	}
	page.SaveThen(then)
	l.Push(list)
	if page.Save(); page.Dirty() {
		t.Error("the list is dirty")
	}
	if !slices.Equal(edited.did, []string{"save", "save then"}) || left != 1 {
		t.Errorf("%v, left %d times", edited.did, left)
	}
}
