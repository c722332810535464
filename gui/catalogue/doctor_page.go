package catalogue

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// doctorPage is Barkod doktoru: what is wrong with the barcodes of the catalogue, by kind, and what would
// mend it. It stands in place of the products.
type doctorPage struct {
	*kit.List[*doctorFound]
	e      *env
	p      *Page
	object fyne.CanvasObject

	task   *doctorTask
	report doctor.Report
	looks  int // numbers the reports
	last   doctor.Repaired
	found  *doctorFound // of the list in view; nil before there is one

	state    *widgets.Text
	kinds    *doctorKinds
	paddings *fyne.Container
	apply    *widgets.Button // every proposal that is listed
	again    *widgets.Button
	back     *widgets.Button // Geri Al, in the banner
	marks    fyne.CanvasObject
	marked   *widgets.Text
	mend     *widgets.Button // the marked ones
	detail   *doctorDetail
}

func newDoctorPage(p *Page) *doctorPage {
	e := p.e
	d := &doctorPage{e: e, p: p, state: widgets.NewMuted(""), paddings: container.NewVBox()}
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
	leave := widgets.NewIconButton(e.T("menu.products"), theme.NavigateBackIcon(), d.p.leaveDoctor)
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

// show looks at the catalogue, and puts the cursor into the search.
func (d *doctorPage) show() {
	d.examine()
	d.FocusSearch()
}

// escape cancels the smallest open thing: work under way, marks, the page.
func (d *doctorPage) escape() {
	switch {
	case d.task.Busy() && d.task.object.Visible():
		d.task.Quit()
	case len(d.Table.Marked()) > 0:
		d.Table.Unmark()
	default:
		d.p.leaveDoctor()
	}
}

// sight is what a look at the catalogue gives.
type doctorSight struct {
	report doctor.Report
	last   doctor.Repaired // ID 0: there is none to take back
}

// examine looks at the catalogue in place of what is under way; what is shown stays until it comes.
func (d *doctorPage) examine() {
	if d.looks == 0 {
		d.state.SetText(d.e.T("doctor.looking"))
		d.apply.Disable()
	}
	start(d.task, "", d.e.T("doctor.looking"), func(ctx context.Context, c *doctor.Count) (doctorSight, error) {
		report, err := d.e.co.Examine(ctx, c)
		if err != nil {
			return doctorSight{}, err
		}
		last, _, err := d.e.co.LastRepair(ctx)
		return doctorSight{report, last}, err
	}, d.showSight)
}

func (d *doctorPage) showSight(s doctorSight, err error) {
	if err != nil {
		d.refuse(err, "doctor.look.cancelled")
		return
	}
	d.report, d.last = s.report, s.last
	d.looks++
	d.Waits = false
	d.state.SetText(d.e.T("doctor.looked", s.report.Examined, len(s.report.Findings), len(doctor.FixesOf(s.report.Findings))))
	d.p.list.showFindings(len(s.report.Findings))
	d.kinds.draw(s.report, s.last)
	d.drawPaddings()
	d.Table.Unmark()
	d.Table.Renew()
}

// refuse says what went wrong; cancelled is the key for work that a person has ended.
func (d *doctorPage) refuse(err error, cancelled string) {
	if d.looks == 0 {
		d.state.SetText("")
	}
	if domain.KindOf(err) == domain.KindCancelled {
		d.Said.Say(widgets.BannerInfo, d.e.T(cancelled))
	} else {
		d.Said.Say(widgets.BannerError, d.e.Error(err))
	}
	d.object.Refresh()
}

// drawPaddings offers to fill up the columns that seem to have lost their zeros.
func (d *doctorPage) drawPaddings() {
	d.paddings.Objects = nil
	lost := d.report.Counts()[doctor.LostZero]
	for _, p := range d.report.Paddings {
		if p.Column == doctor.Barcode && p.Short+p.Clashes <= lost {
			continue // each of them is a finding already
		}
		b, look := widgets.NewBanner(), widgets.NewIconButton(d.e.T("doctor.padding.look"), theme.VisibilityIcon(), func() { d.pad(p.Column, p.Width) })
		look.SetEscape(d.escape)
		b.Say(widgets.BannerWarning, d.e.T("doctor.padding.banner."+string(p.Column), p.Short, p.Values, p.Width), look)
		d.paddings.Add(b)
	}
	d.paddings.Refresh()
}

// pad asks about the zeros of a column; width 0 takes the one that is proposed.
func (d *doctorPage) pad(column doctor.Column, width int) {
	if d.e.Modal == nil && !d.task.Busy() {
		askPadding(d.e, d.report.Paddings, column, width, d.repair)
	}
}

// open brings a product into view, to be mended by hand.
func (d *doctorPage) open(id domain.ProductID) {
	if d.e.Modal == nil {
		d.p.Edit(domain.Product{ID: id})
	}
}
