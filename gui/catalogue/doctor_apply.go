package catalogue

import (
	"context"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

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
			d.last, d.p.mended = out, true
			d.say(text)
		}
		d.examine()
	})
}

// say tells what was mended, here and in the list, with the way back.
func (d *doctorPage) say(text string) {
	d.Said.Say(widgets.BannerGood, text, d.back)
	d.p.list.Said.Hide()
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
		d.p.mended, d.last = false, doctor.Repaired{}
		kind, text := widgets.BannerGood, d.e.T("doctor.back", out.Done)
		if out.Left > 0 {
			kind = widgets.BannerWarning
			text += " " + d.e.T("doctor.back.left", out.Left)
		}
		d.p.tell(kind, text)
		if !d.p.atDoctor {
			d.p.list.Table.Renew()
		}
		d.examine()
	})
}
