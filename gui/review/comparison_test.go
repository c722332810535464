package review

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// What tells two products apart stands at the end of their names: a long one takes a second line, and no "…".
func TestComparison_showsLongNamesWhole(t *testing.T) {
	test.NewTempApp(t)
	c := newComparison()
	c.set([]compared{
		{cells: [comparedColumns]string{comparedName: "Ilgınsu Filtre Kahve", comparedCode: "ÇAY.00008"}, why: "kodu aynı"},
		{cells: [comparedColumns]string{comparedName: "Ilgınsu Özel Harman Bergamotlu Çay 500 g (Mağazaya Özel) 2 m", comparedCode: "ÇAY.00009"}, why: "kodu aynı"},
	}, -1)
	w := test.NewTempWindow(t, c)
	w.Resize(fyne.NewSize(960, 400))
	c.box.Refresh()
	short, long := c.rows[0], c.rows[1]
	if long.Size().Height < short.Size().Height+10 {
		t.Errorf("%v high, a short name %v", long.Size().Height, short.Size().Height)
	}
	if name := long.cells[comparedName]; name.MinSize().Height > name.Size().Height {
		t.Errorf("the name is %v high in %v", name.MinSize(), name.Size())
	}
	if why := long.why; why.Position().Y < long.cells[comparedName].MinSize().Height-15 {
		t.Errorf("what speaks for it lies over the name: %v", why.Position())
	}
}
