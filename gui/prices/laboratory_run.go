package prices

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// labRun is a laboratory at work: how far it is, the time that is left, and a button that stops it.
type labRun struct {
	e      *env
	task   kit.Task
	object fyne.CanvasObject
	far    *widgets.Text
	left   *widgets.Text
	bar    *widgets.Progress
	stop   *widgets.Button
	began  time.Time
}

func newLabRun(e *env) *labRun {
	r := &labRun{e: e, far: widgets.NewBody("").OneLine(), left: widgets.NewMuted("").OneLine(), bar: kit.NewProgress(e.Env)}
	r.task.E = e.Env
	r.stop = widgets.NewButton(e.T("lab.stop"), r.task.Quit)
	r.object = widgets.MaxWidth(640, widgets.NewPanel(container.NewVBox(
		widgets.NewBorder(nil, nil, widgets.NewBody(e.T("lab.working")).OneLine().Bold(), r.far), r.bar,
		widgets.NewBorder(nil, nil, r.left, r.stop))))
	r.object.Hide()
	return r
}

// start tries rules out; ended is told what came of it, KindCancelled when it was stopped.
func (r *labRun) start(rules pricing.Rules, ended func(*pricing.Laboratory, error)) {
	r.began = r.e.Now()
	r.far.SetText(r.e.T("lab.starting"))
	r.left.SetText("")
	r.bar.Set(0, 0)
	r.object.Show()
	kit.StartTask(&r.task, "", func(ctx context.Context, w *pricing.Watch) (*pricing.Laboratory, error) {
		return r.e.co.TryRules(ctx, rules, w)
	}, r.draw, func(lab *pricing.Laboratory, err error) {
		r.bar.Rest()
		r.object.Hide()
		ended(lab, err)
	})
}

func (r *labRun) draw(w *pricing.Watch) {
	done, of := w.Snapshot()
	if of == 0 {
		return
	}
	r.far.SetText(r.e.T("lab.count", r.e.Count(done), r.e.Count(of)))
	r.bar.Set(done, of)
	if done > 0 {
		left := time.Duration(float64(r.e.Now().Sub(r.began)) / float64(done) * float64(of-done))
		r.left.SetText(r.e.T("status.left", r.e.Duration(left)))
	}
}

// end stops it, and nobody is told.
func (r *labRun) end() {
	r.task.Stop()
	r.bar.Rest()
	r.object.Hide()
}
