package catalogue

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// doctorWork is a look at the catalogue, or a repair, under way.
type doctorWork struct {
	kit.Work
	object fyne.CanvasObject
	behind fyne.CanvasObject // hidden while the work is shown in its place
	what   *widgets.Text
	bar    *widgets.Progress
}

func newDoctorWork(e *env, behind fyne.CanvasObject) *doctorWork {
	w := &doctorWork{Work: kit.Work{E: e.Env}, behind: behind, what: widgets.NewMuted("").OneLine(), bar: kit.NewProgress(e.Env)}
	w.object = widgets.NewBorder(nil, nil, w.what, widgets.NewButton(e.T("cancel"), w.Quit), widgets.Centred(w.bar))
	w.object.Hide()
	return w
}

// run carries do out in place of what was under way; ended is told what came of it. A look has no key; see
// busy.
func run[T any](w *doctorWork, key, what string, do func(ctx context.Context, c *doctor.Count) (T, error), ended func(T, error)) {
	kit.StartWork(&w.Work, key, do, func(c *doctor.Count) {
		w.what.SetText(what)
		w.bar.Set(c.Snapshot())
		w.show(true)
	}, func(v T, err error) {
		w.bar.Rest()
		w.show(false)
		ended(v, err)
	})
}

func (w *doctorWork) show(on bool) {
	if w.object.Visible() != on {
		widgets.ShowIf(w.object, on)
		widgets.ShowIf(w.behind, !on)
	}
}
