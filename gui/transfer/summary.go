package transfer

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// wizardSummary is the wizard as it opens: what will happen, in two sentences, and the ways to look closer.
type wizardSummary struct {
	w      *transferWizard
	object fyne.CanvasObject
	reads  *widgets.Text // what is read and what becomes of it
	rest   *widgets.Text // what becomes of the others
	only   *widgets.Text // what was chosen besides
	cost   *widgets.Text
	wrong  *widgets.Banner
}

func newWizardSummary(w *transferWizard) *wizardSummary {
	e := w.e
	v := &wizardSummary{w: w, reads: widgets.NewBody(""), rest: widgets.NewBody(""), only: widgets.NewMuted(""), cost: widgets.NewMuted(""), wrong: widgets.NewBanner()}
	rules := widgets.NewButton(e.T("wizard.rules.open"), w.openRules)
	preview := widgets.NewIconButton(e.T("wizard.preview.start"), theme.VisibilityIcon(), func() { w.show(stepPreview) })
	change := widgets.NewIconButton(e.T("wizard.change"), theme.NavigateNextIcon(), func() { w.show(stepOptions) })
	change.Importance, change.IconPlacement = widget.LowImportance, widget.ButtonIconTrailingText
	for _, b := range []*widgets.Button{rules, preview, change} {
		b.SetEscape(w.goBack)
	}
	v.object = widgets.Scrolled(widgets.MaxWidth(summaryWidth, container.NewVBox(
		v.wrong, widgets.NewPanel(widgets.Tight(v.reads, v.rest, v.only, v.cost)), widgets.Gap(4),
		widgets.NewRow(e.T("wizard.rules"), container.NewHBox(rules), e.T("wizard.rules.help")),
		container.NewHBox(preview, change, layout.NewSpacer()))))
	return v
}

// summaryWidth is the longest line that is read with ease.
const summaryWidth = 720

func (v *wizardSummary) Content() fyne.CanvasObject { return v.object }
func (v *wizardSummary) first() fyne.Focusable      { return nil }
func (v *wizardSummary) Leave() bool                { return true }

func (v *wizardSummary) Show() {
	e, o := v.w.e, v.w.options
	v.wrong.Hide()
	v.reads.SetText(e.T("wizard.will.read", e.T("wizard.will.by."+matchKey(o)), strings.Join(fieldsInWords(e, o), ", ")))
	v.rest.SetText(e.T("wizard.will." + string(o.Unmatched)))
	widgets.SetOrHide(v.only, strings.Join(besides(e, o), " · "))
	v.cost.SetText(v.w.costAhead())
	v.object.Refresh()
}

// matchKey names what the products are matched by.
func matchKey(o transfer.Options) string {
	switch {
	case !o.ByCode:
		return "barcode"
	case !o.ByBarcode:
		return "code"
	default:
		return "both"
	}
}

// fieldsInWords are what is taken of a product that matches.
func fieldsInWords(e *env, o transfer.Options) []string {
	fields := []string{e.T("wizard.will.fields")}
	for _, f := range []struct {
		on  bool
		key string
	}{{o.TakeName, "name"}, {o.TakeBrand, "brand"}, {o.TakeVAT, "vat"}} {
		if f.on {
			fields = append(fields, e.T("wizard.fields.and."+f.key))
		}
	}
	return fields
}

// besides says what was chosen that is not usual.
func besides(e *env, o transfer.Options) []string {
	var all []string
	if o.IncludePassive {
		all = append(all, e.T("wizard.passive.in"))
	}
	if o.OnlyInStock {
		all = append(all, e.T("wizard.stock.only"))
	}
	if o.Limit > 0 {
		all = append(all, e.T("wizard.will.first", o.Limit))
	}
	if o.ReportTo != "" {
		all = append(all, e.T("wizard.will.report", o.ReportTo))
	}
	return all
}

// optionsLine is the same in few words, beside the button that opens the wizard.
func optionsLine(e *env, o transfer.Options) string {
	parts := append([]string{e.T("transfer.options.by." + matchKey(o)), e.T("transfer.options." + string(o.Unmatched))}, besides(e, o)...)
	return strings.Join(parts, " · ")
}

// costAhead says what the transfer spends: what was measured, else what the last one had to read.
func (w *transferWizard) costAhead() string {
	e, left := w.e, w.found.usage.Left(quota.Read, quota.Ordinary)
	switch {
	case w.prepared():
		return costLine(e, w.plan)
	case w.found.hasLast && w.found.last.Total > 0:
		return e.T("wizard.will.cost.about", listReads(w.found.last.Total), left)
	default:
		return e.T("wizard.will.cost", left)
	}
}

// prepared tells whether there is a job for the choices as they are.
func (w *transferWizard) prepared() bool {
	return w.plan.job != nil && w.plan.measured && w.plan.options == w.options
}

// approve starts what was prepared, or a new job. A second press finds the button off.
func (w *transferWizard) approve() {
	w.next.Disable()
	if w.prepared() {
		w.start(w.plan.job)
		return
	}
	co, o := w.e.co, w.options
	kit.Background(w.e.Env, func(ctx context.Context) (*transfer.Job, error) { return co.New(ctx, o) }, func(j *transfer.Job, err error) {
		switch {
		case w.over:
		case err != nil:
			w.next.Enable()
			w.summary.wrong.Say(widgets.BannerError, w.e.Error(err))
		default:
			w.start(j)
		}
	})
}
