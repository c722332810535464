package transfer

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// listHeight is what the list of the preview keeps in a small window; the step then scrolls.
const listHeight = 240

// wizardPreview is step 3, Önizleme: first what it costs, then, by choice, what would happen.
type wizardPreview struct {
	w      *transferWizard
	object fyne.CanvasObject

	asking    *fyne.Container
	activity  *widget.Activity
	wrong     *widgets.Banner
	retry     *widgets.Button
	signIn    *widgets.Button
	cost      *widgets.Text
	examples  *widgets.Text
	offer     *widgets.Text
	preview   *widgets.Button
	working   fyne.CanvasObject
	line      *widgets.Text
	figure    *widgets.Text
	bar       *widgets.Progress
	halt      *widgets.Button
	speed     *widgets.Text
	figures   *planFigures
	keep      *planSaver
	head      fyne.CanvasObject // the figures, and what saves the plan
	firstLine *widgets.Text
	table     *table.Table
	detail    *widgets.Text     // the whole of the row that was chosen
	list      fyne.CanvasObject // the table, at least listHeight tall
}

func newWizardPreview(w *transferWizard) *wizardPreview {
	e := w.e
	v := &wizardPreview{
		w: w, wrong: widgets.NewBanner(), cost: widgets.NewBody(""), examples: widgets.NewMuted(""),
		offer: widgets.NewMuted(e.T("wizard.preview.offer")), line: widgets.NewBody(""), bar: kit.NewProgress(e.Env),
		figure: widgets.NewBody("").OneLine(), speed: widgets.NewMuted("").OneLine(), figures: newPlanFigures(e),
		firstLine: widgets.NewMuted(""), detail: widgets.NewMuted(""), activity: widget.NewActivity(),
	}
	v.speed.Truncation = fyne.TextTruncateEllipsis // a long name must not make the page jump
	v.keep = newPlanSaver(e, w.goBack)
	v.head = container.NewVBox(widgets.NewBorder(nil, nil, nil, v.keep.button, v.figures.row), v.figures.reasons, v.keep.saved)
	v.asking = widgets.NewBorder(nil, nil, v.activity, nil, widgets.NewMuted(e.T("wizard.measuring")))
	v.retry = widgets.NewButton(e.T("transfer.retry"), v.Show)
	v.signIn = widgets.NewButton(e.T("transfer.reauthorise"), func() { w.e.Frame.Open(kit.PlaceAPI) })
	v.preview = widgets.NewIconButton(e.T("wizard.preview.start"), theme.VisibilityIcon(), v.start)
	v.halt = widgets.NewIconButton(e.T("status.stop"), theme.MediaStopIcon(), func() {
		v.halt.Disable()
		w.running.Stop()
	})
	v.working = widgets.NewPanel(container.NewVBox(
		widgets.NewBorder(nil, nil, nil, v.figure, v.line), v.bar, v.speed, container.NewHBox(layout.NewSpacer(), v.halt)))
	v.table = table.New(planColumns(e), v.fetch)
	v.table.OnSelected = func(r table.Row) { v.detail.SetText(r.Detail) }
	for _, k := range []interface{ SetEscape(func()) }{v.preview, v.retry, v.signIn, v.table} {
		k.SetEscape(w.goBack)
	}
	v.list = widgets.NewBorder(nil, v.detail, nil, nil, widgets.FixedHeight(listHeight, v.table))
	v.object = container.NewVScroll(widgets.NewBorder(container.NewVBox(
		v.asking, v.wrong, v.cost, v.examples, v.offer,
		container.NewHBox(v.preview, layout.NewSpacer()),
		v.working, v.head, v.firstLine), nil, nil, nil, v.list))
	return v
}

func (v *wizardPreview) Content() fyne.CanvasObject { return v.object }
func (v *wizardPreview) first() fyne.Focusable      { return nil }
func (v *wizardPreview) Leave() bool                { return v.w.plan.measured && !v.w.running.IsBusy() }

// Show asks for the cost, which is one read; the page it reads is not read again.
func (v *wizardPreview) Show() {
	v.draw(true, nil)
	v.w.measure(func(err error) { v.draw(false, err) })
}

// draw shows what is known of the plan.
func (v *wizardPreview) draw(asking bool, err error) {
	e, p := v.w.e, v.w.plan
	working := v.w.running.IsBusy()
	known := p.measured && !asking && p.options == v.w.options
	widgets.ShowIf(v.asking, asking)
	if asking {
		v.activity.Start()
	} else {
		v.activity.Stop()
	}
	v.complain(err)
	widgets.ShowIf(v.cost, known && p.preview == nil)
	widgets.ShowIf(v.working, working)
	widgets.ShowIf(v.offer, known && p.preview == nil && !working)
	widgets.ShowIf(v.preview, known && p.preview == nil && !working && p.cost.Products > 0)
	widgets.ShowIf(v.head, known && p.preview != nil)
	widgets.ShowIf(v.firstLine, known && p.preview != nil && len(p.preview.first) > 0)
	widgets.ShowIf(v.list, v.firstLine.Visible())
	v.examples.Hide()
	if known {
		v.cost.SetText(costLine(e, p))
		widgets.SetOrHide(v.examples, examplesLine(e, p.examples))
	}
	if v.head.Visible() {
		c := p.preview
		v.figures.set(c.plan)
		v.keep.set(c.plan.RunID)
		v.detail.SetText(e.T("rows.pick"))
		v.firstLine.SetText(e.T("wizard.preview.first", len(c.first)))
		v.examples.Hide() // the list shows more
		v.table.Reload()
	}
	v.object.Refresh() // what is shown for the first time is painted by it
	if v.w.at != stepPreview || v.w.rules != nil {
		return
	}
	v.enable(known && !working)
	for _, b := range []*widgets.Button{v.w.cancel, v.w.back} {
		widgets.EnableIf(b, !working)
	}
}

func (v *wizardPreview) enable(on bool) {
	widgets.EnableIf(v.w.next, on)
}

func (v *wizardPreview) complain(err error) {
	switch {
	case err == nil:
		v.wrong.Hide()
	case domain.KindOf(err).AtSignIn():
		v.wrong.Say(widgets.BannerError, v.w.e.Error(err), v.signIn)
	case v.w.plan.measured:
		v.wrong.Say(widgets.BannerError, v.w.e.Error(err))
	default:
		v.wrong.Say(widgets.BannerError, v.w.e.Error(err), v.retry)
	}
}

// start reads and matches, and writes nothing.
func (v *wizardPreview) start() {
	e, p := v.w.e, v.w.plan
	if v.w.running.IsBusy() || !p.measured {
		return
	}
	v.halt.Enable()
	v.progress(p.job.Snapshot(), false)
	v.w.running.Follow(e.runner.Preview(p.job), v.progress, func(err error) {
		v.bar.Rest()
		if state := p.job.Snapshot().State; err != nil || state != transfer.StatePlanned {
			v.draw(false, err)
			if state == transfer.StateStopped {
				v.preview.SetText(e.T("wizard.preview.again"))
				v.wrong.Say(widgets.BannerInfo, e.T("wizard.preview.stopped"))
			}
			return
		}
		v.count()
	})
	v.draw(false, nil)
}

// progress draws the preview at work.
func (v *wizardPreview) progress(now transfer.Snapshot, stopping bool) {
	e := v.w.e
	v.line.SetText(e.T(lineOf(now)))
	if stopping {
		v.line.SetText(e.T("status.stopping"))
	}
	v.speed.SetText(speedLine(e, now))
	if now.Phase == transfer.PhaseRead && now.Of > 0 {
		v.bar.Set(now.Done, now.Of)
		v.figure.SetText(e.T("status.of", now.Done, now.Of))
		return
	}
	v.bar.Set(0, 0)
	v.figure.SetText("")
}

// count fetches what came of the preview.
func (v *wizardPreview) count() {
	p := v.w.plan
	runID := p.job.Snapshot().ID
	kit.Background(v.w.e.Env, func(ctx context.Context) (*preview, error) {
		return previewOf(ctx, v.w.e.co, runID)
	}, func(c *preview, err error) {
		if err == nil {
			p.preview = c
		}
		v.draw(false, err)
	})
}

// fetch gives the table the rows of the preview; there are few, and they do not come in pages.
func (v *wizardPreview) fetch(q table.Query, done func([]table.Row, int, bool)) {
	p := v.w.plan
	if p.preview == nil {
		done(nil, 0, true)
		return
	}
	rows := p.preview.first
	done(planRows(v.w.e, kit.PageOf(rows, q.Limit, q.Offset)), len(rows), true)
}

// costLine says what the transfer spends, and whether the month has it left.
func costLine(e *env, p *wizardPlan) string {
	if p.cost.Products == 0 {
		return e.T("wizard.preview.empty")
	}
	words := e.T("wizard.cost", p.cost.Products, p.cost.Reads)
	left := p.usage.Left(quota.Read, quota.Ordinary)
	if still := p.cost.Reads - p.job.Snapshot().APIReads; still > left {
		return words + " " + e.T("wizard.cost.short", left)
	}
	return words + " " + e.T("wizard.cost.left", left)
}

// examplesLine shows real prices of the page that was read, for a person to recognise them.
func examplesLine(e *env, rows []transfer.Listed) string {
	var parts []string
	for _, r := range rows {
		if price := e.MoneyIf(r.Remote.Price, r.Remote.Currency); price != "" && len(parts) < exampleRows {
			parts = append(parts, e.T("wizard.example", r.Remote.Name, price))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return e.T("wizard.examples") + ": " + strings.Join(parts, " · ")
}
