package catalogue

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// doctorTask is a look at the catalogue, or a repair, under way.
type doctorTask struct {
	kit.Task
	object fyne.CanvasObject
	behind fyne.CanvasObject // hidden while the task is shown in its place
	what   *widgets.Text
	bar    *widgets.Progress
}

func newDoctorTask(e *env, behind fyne.CanvasObject) *doctorTask {
	t := &doctorTask{Task: kit.Task{E: e.Env}, behind: behind, what: widgets.NewMuted("").OneLine(), bar: kit.NewProgress(e.Env)}
	t.object = widgets.NewBorder(nil, nil, t.what, widgets.NewButton(e.T("cancel"), t.Quit), widgets.Centred(t.bar))
	t.object.Hide()
	return t
}

// start carries do out in place of what was under way; ended is told what came of it. A look has no key; see
// kit.Env.Begin.
func start[T any](t *doctorTask, key, what string, do func(ctx context.Context, c *doctor.Count) (T, error), ended func(T, error)) {
	kit.StartTask(&t.Task, key, do, func(c *doctor.Count) {
		t.what.SetText(what)
		t.bar.Set(c.Snapshot())
		t.show(true)
	}, func(v T, err error) {
		t.bar.Rest()
		t.show(false)
		ended(v, err)
	})
}

func (t *doctorTask) show(on bool) {
	if t.object.Visible() != on {
		widgets.ShowIf(t.object, on)
		widgets.ShowIf(t.behind, !on)
	}
}
