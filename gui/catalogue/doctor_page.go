package catalogue

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// doctorActs is what the doctor does with the page around it.
type doctorActs struct {
	leave     func()
	edit      func(domain.Product)
	looked    func(findings int)
	mended    func() // a repair was written; takenBack: and undone again
	takenBack func(kind widgets.BannerKind, text string)
}

// doctorFound is a question about the findings and its answer, kept so that its pages need no new search.
type doctorFound struct {
	look  int // the report it is about
	query doctor.Query
	// list gives the findings and how many of them have a proposal: the first call takes a moment.
	list func() (findings []doctor.Finding, mendable int)
}

// doctorPage is Barkod doktoru: what is wrong with the barcodes of the catalogue, by kind, and what would
// mend it. It stands in place of the products.
type doctorPage struct {
	*kit.List[*doctorFound]
	e      *env
	acts   doctorActs
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
		d.acts.leave()
	}
}

// doctorSight is what a look at the catalogue gives.
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
	d.state.SetText(lookedWords(d.e, s.report))
	d.acts.looked(len(s.report.Findings))
	d.kinds.draw(s.report, s.last)
	d.drawPaddings()
	d.Table.Unmark()
	d.Table.Renew()
}

// lookedWords says what a look at the catalogue has found, without what is zero.
func lookedWords(e *env, r doctor.Report) string {
	found, proposed := len(r.Findings), len(doctor.FixesOf(r.Findings))
	switch {
	case found == 0:
		return e.T("doctor.looked.none", r.Examined)
	case proposed == 0:
		return e.T("doctor.looked.unproposed", r.Examined, found)
	default:
		return e.T("doctor.looked", r.Examined, found, proposed)
	}
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
		d.acts.edit(domain.Product{ID: id})
	}
}

// applyThese carries out the proposals of findings. One is done at once, because it can be taken back at
// once; several ask first, and show examples.
func (d *doctorPage) applyThese(findings []doctor.Finding) {
	if d.e.Modal != nil || d.task.Busy() {
		return
	}
	r := doctor.RepairOf(findings)
	switch len(r.Fixes) {
	case 0:
	case 1:
		d.repair(r)
	default:
		d.askRepair(r, findings)
	}
}

func (d *doctorPage) askRepair(r doctor.Repair, findings []doctor.Finding) {
	e := d.e
	box := container.NewVBox(widgets.NewBody(e.T("doctor.ask.text")))
	seen := map[doctor.Kind]bool{}
	for _, f := range findings {
		if key := "doctor.ask." + string(f.Kind); f.Proposed != "" && !seen[f.Kind] && e.Has(key) {
			box.Add(widgets.NewMuted(e.T(key)))
		}
		seen[f.Kind] = seen[f.Kind] || f.Proposed != ""
	}
	for _, o := range exampleLines(e, r.Fixes) {
		box.Add(o)
	}
	e.AskWith(e.T("doctor.ask", len(r.Fixes)), widgets.FixedWidth(460, box),
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T("doctor.apply", len(r.Fixes)), Importance: widget.HighImportance, Act: func() { d.repair(r) }})
}

// repair writes what was confirmed, says what came of it, and looks again.
func (d *doctorPage) repair(r doctor.Repair) {
	start(d.task, "repair", d.e.T("doctor.mending"), func(ctx context.Context, c *doctor.Count) (doctor.Repaired, error) {
		return d.e.co.Repair(ctx, r, c)
	}, func(out doctor.Repaired, err error) {
		if err != nil {
			d.refuse(err, "doctor.mend.cancelled")
			return
		}
		text := d.e.T("doctor.mended", out.Done)
		if out.Left > 0 {
			text += " " + d.e.T("doctor.mended.left", out.Left)
		}
		if out.Done == 0 {
			d.Said.Say(widgets.BannerWarning, d.e.T("doctor.mended.none"))
		} else {
			d.last = out
			d.Said.Say(widgets.BannerGood, text, d.back)
			d.acts.mended()
		}
		d.examine()
	})
}

// undo takes the last repair back.
func (d *doctorPage) undo() {
	if d.e.Modal != nil || d.task.Busy() || d.last.ID == 0 {
		return
	}
	last := d.last
	start(d.task, "repair", d.e.T("doctor.undoing"), func(ctx context.Context, c *doctor.Count) (doctor.Repaired, error) {
		return d.e.co.UndoRepair(ctx, last, c)
	}, func(out doctor.Repaired, err error) {
		if err != nil {
			d.refuse(err, "doctor.undo.cancelled")
			return
		}
		d.last = doctor.Repaired{}
		kind, text := widgets.BannerGood, d.e.T("doctor.back", out.Done)
		if out.Left > 0 {
			kind = widgets.BannerWarning
			text += " " + d.e.T("doctor.back.left", out.Left)
		}
		d.acts.takenBack(kind, text)
		d.examine()
	})
}
