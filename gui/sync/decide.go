package sync

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// decider carries out what a person says of fields that wait.
type decider struct {
	e *env
	// done is told of every decision, and of one that was taken back; it fetches anew.
	done func()
	send func() // what waits to go to İşbaşı
	last int64  // the run of the last decision, to be taken back by; 0: none
}

// teller says what was done, where the person is.
type teller func(kind widgets.BannerKind, text string, actions ...fyne.CanvasObject)

// group decides about all fields that wait for a reason.
func (d *decider) group(v sync.Verdict, why sync.Why, tell teller) {
	d.ask(v, false, tell, func(ctx context.Context) ([]sync.Open, error) {
		fields, _, err := d.e.co.OpenFields(ctx, sync.OpenQuery{Why: why})
		return fields, err
	})
}

// fields decides about some; remember: so it is from now on.
func (d *decider) fields(v sync.Verdict, fields []sync.Open, remember bool, tell teller) {
	d.ask(v, remember, tell, func(context.Context) ([]sync.Open, error) { return fields, nil })
}

// matter is what a decision is about.
type matter struct {
	fields []sync.Open
	sees   forecast
}

// ask says what a verdict would do and carries it out, after asking if it is about several fields.
func (d *decider) ask(v sync.Verdict, remember bool, tell teller, fields func(context.Context) ([]sync.Open, error)) {
	if d.e.Modal != nil {
		return
	}
	if d.e.runner.Work() != nil {
		tell(widgets.BannerWarning, d.e.T("sync.wait"))
		return
	}
	kit.Background(d.e.Env, func(ctx context.Context) (m matter, err error) {
		if m.fields, err = fields(ctx); err != nil {
			return m, err
		}
		choices, err := d.e.co.Settings(ctx)
		if err != nil {
			return m, err
		}
		around, err := d.e.co.Circumstances(ctx)
		m.sees = foresee(v, m.fields, choices, around)
		return m, err
	}, func(m matter, err error) {
		switch {
		case err != nil:
			tell(widgets.BannerError, d.e.Error(err))
		case len(m.fields) == 1:
			d.carryOut(v, m.sees, remember, tell)
		case len(m.fields) > 1:
			d.confirm(v, m.sees, remember, tell)
		}
	})
}

// askWidth is that of the words of a question.
const askWidth = 460

func (d *decider) confirm(v sync.Verdict, sees forecast, remember bool, tell teller) {
	e := d.e
	if sees.done() == 0 {
		e.Ask(e.T("sync.decide.nothing"), sees.says(e), kit.Answer{Label: e.T("ok"), Importance: widget.HighImportance})
		return
	}
	body := container.NewVBox(widgets.FixedWidth(askWidth, widgets.NewBody(sees.says(e))))
	if v.Owner() != domain.OwnerNobody {
		check := widgets.NewCheck(e.T("sync.remember"), func(on bool) { remember = on })
		check.Checked = remember
		body.Add(check)
		body.Add(widgets.FixedWidth(askWidth, widgets.NewCaption(e.T("sync.remember.help"))))
	}
	e.AskWith(e.T("sync.decide.ask."+string(v), sees.done()), body,
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: verdictLabel(e, v), Importance: widget.HighImportance, Act: func() { d.carryOut(v, sees, remember, tell) }})
}

func (d *decider) carryOut(v sync.Verdict, sees forecast, remember bool, tell teller) {
	co, decision := d.e.co, sync.Decision{Verdict: v, Remember: remember && v.Owner() != domain.OwnerNobody, Keys: sees.keys}
	kit.Act(d.e.Env, "decide", func(ctx context.Context) (sync.Decided, error) { return co.DecideOpen(ctx, decision) },
		func(done sync.Decided, err error) {
			if err != nil {
				tell(widgets.BannerError, d.e.Error(err))
				return
			}
			d.told(done, sees, tell)
			d.done()
		})
}

// told says how many fields were decided and how many were left out, with the way back and the way out.
func (d *decider) told(done sync.Decided, sees forecast, tell teller) {
	e := d.e
	left, why := leftWords(e, done.Left)
	if done.Done == 0 {
		tell(widgets.BannerWarning, e.T("sync.decided.none", why))
		return
	}
	d.last = done.Run.ID
	kind, text := widgets.BannerGood, e.T("sync.decided", done.Done)
	if left > 0 {
		kind, text = widgets.BannerWarning, text+" "+e.T("sync.decided.left", left, why)
	}
	actions := []fyne.CanvasObject{widgets.NewButton(e.T("sync.take-back"), func() { d.takeBack(tell) })}
	if n := sees.stock + sees.price; n > 0 {
		text += " " + e.T("sync.decide.push", n, e.Calls(pushCost(sees.stock, sees.price)))
		actions = append(actions, widgets.NewButton(e.T("sync.send"), d.send))
	}
	tell(kind, text, actions...)
}

// takeBack takes the last decision back.
func (d *decider) takeBack(tell teller) {
	run, co := d.last, d.e.co
	if run == 0 {
		return
	}
	d.last = 0
	kit.Act(d.e.Env, "decide", func(ctx context.Context) (sync.UndoPlan, error) { return co.UndoSync(ctx, run) },
		func(_ sync.UndoPlan, err error) {
			if err != nil {
				tell(widgets.BannerError, d.e.Error(err))
				return
			}
			tell(widgets.BannerInfo, d.e.T("sync.decided.undone"))
			d.done()
		})
}
