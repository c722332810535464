package catalogue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// doctorKinds is the left side of Barkod doktoru: the kinds of findings with their numbers, and below them
// what concerns the whole catalogue.
type doctorKinds struct {
	e      *env
	picked func() // another kind was
	object fyne.CanvasObject
	chosen doctor.Kind // "" = all
	all    *widgets.Item
	items  map[doctor.Kind]*widgets.Item
	undo   *widgets.Button
	last   *widgets.Text
}

const kindsWidth = 214

func newDoctorKinds(e *env, picked, pad, undo, escape func()) *doctorKinds {
	k := &doctorKinds{e: e, picked: picked, items: map[doctor.Kind]*widgets.Item{}, last: widgets.NewCaption("")}
	list := container.NewVBox()
	add := func(kind doctor.Kind, title string) *widgets.Item {
		i := widgets.NewItem("", title, nil, func() { k.choose(kind) })
		i.SetEscape(escape)
		list.Add(i)
		return i
	}
	k.all = add("", e.T("doctor.kind.all"))
	k.all.SetSelected(true)
	for _, kind := range doctor.Kinds() {
		k.items[kind] = add(kind, e.T("doctor.kind.title."+string(kind)))
	}
	fill := widgets.NewIconButton(e.T("doctor.pad"), theme.ContentAddIcon(), pad)
	k.undo = widgets.NewIconButton(e.T("products.undo"), theme.ContentUndoIcon(), undo)
	k.undo.SetEscape(escape)
	fill.SetEscape(escape)
	k.undo.Hide()
	k.last.Hide()
	k.object = container.NewHBox(widgets.FixedWidth(kindsWidth, widgets.NewBorder(nil,
		container.NewVBox(widget.NewSeparator(), fill, k.last, k.undo), nil, nil, container.NewVScroll(list))), widget.NewSeparator())
	return k
}

// choose lists one kind, or all of them.
func (k *doctorKinds) choose(kind doctor.Kind) {
	k.chosen = kind
	k.all.SetSelected(kind == "")
	for of, i := range k.items {
		i.SetSelected(of == kind)
	}
	k.picked()
}

// draw shows how many there are of each kind, and what can be taken back.
func (k *doctorKinds) draw(report doctor.Report, last doctor.Repaired) {
	e, counts := k.e, report.Counts()
	number := e.Count
	k.all.SetCount(number(len(report.Findings)))
	for kind, i := range k.items {
		i.SetCount(number(counts[kind]))
	}
	widgets.ShowIf(k.undo, last.ID != 0)
	widgets.ShowIf(k.last, last.ID != 0)
	if last.ID != 0 {
		k.last.SetText(e.T("doctor.last", e.Moment(last.At), last.Done))
	}
	k.object.Refresh()
}
