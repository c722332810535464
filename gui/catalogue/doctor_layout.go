package catalogue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// newDoctorPage makes the page, which looks when it is shown.
func newDoctorPage(e *env, acts doctorActs) *doctorPage {
	d := &doctorPage{e: e, acts: acts, state: widgets.NewMuted(""), paddings: container.NewVBox()}
	d.task = newDoctorTask(e, d.state)
	d.kinds = newDoctorKinds(e, func() { d.Table.Unmark(); d.Reload() }, func() { d.pad(doctor.Code, 0) }, d.undo, d.escape)
	d.detail = newDoctorDetail(e, d.applyThese, d.open, d.escape)
	d.List = d.newList()
	d.apply = widgets.NewIconButton(e.T("doctor.apply", 0), theme.ConfirmIcon(), d.applyListed).Primary()
	d.again = widgets.NewIconButton(e.T("doctor.again"), theme.ViewRefreshIcon(), d.examine)
	d.back = widgets.NewIconButton(e.T("products.undo"), theme.ContentUndoIcon(), d.undo)
	d.makeMarks()
	d.object = d.layOut()
	return d
}

func (d *doctorPage) layOut() fyne.CanvasObject {
	e := d.e
	leave := widgets.NewIconButton(e.T("menu.products"), theme.NavigateBackIcon(), d.acts.leave)
	for _, b := range []*widgets.Button{leave, d.again, d.apply, d.mend, d.back} {
		b.SetEscape(d.escape)
	}
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, leave, container.NewHBox(d.again, d.Export), widgets.NewTitle(e.T("doctor.title")).OneLine()),
		container.NewStack(d.state, d.task.object), d.Said, d.paddings)
	list := widgets.NewBorder(
		container.NewVBox(widgets.NewBorder(nil, nil, nil, d.apply, d.Search), d.marks),
		container.NewVBox(d.detail.object, widget.NewSeparator(), container.NewHBox(layout.NewSpacer(), d.Count)), nil, nil,
		d.Body)
	head.Add(widgets.Gap(2))
	return widgets.NewBorder(head, nil, d.kinds.object, nil, widgets.NewBorder(nil, nil, widgets.Gap(2), nil, list))
}

// makeMarks makes the line that appears while findings are marked.
func (d *doctorPage) makeMarks() {
	e := d.e
	d.marked = widgets.NewBody("").OneLine()
	d.mend = widgets.NewIconButton("", theme.ConfirmIcon(), func() { d.applyThese(kit.Marked[doctor.Finding](d.Table)) })
	none := widgets.NewIconButton(e.T("products.unmark"), theme.CancelIcon(), func() { d.Table.Unmark() })
	d.marks = container.NewHBox(widgets.Centred(d.marked), d.mend, none, layout.NewSpacer())
	d.marks.Hide()
}
