package transfer

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// wizardConfirm is step 4: what was chosen, in words, above İşlemi Onayla, which is the wizard's
// button for all its steps (transferWizard.goNext).
type wizardConfirm struct {
	w      *transferWizard
	lines  *fyne.Container
	object fyne.CanvasObject
}

func newWizardConfirm(w *transferWizard) *wizardConfirm {
	v := &wizardConfirm{w: w, lines: container.NewVBox()}
	v.object = container.NewVScroll(v.lines)
	return v
}

func (v *wizardConfirm) Content() fyne.CanvasObject { return v.object }
func (v *wizardConfirm) first() fyne.Focusable      { return nil }
func (v *wizardConfirm) Leave() bool                { return v.w.plan.measured }

func (v *wizardConfirm) Show() {
	e := v.w.e
	form := container.New(layout.NewFormLayout())
	for _, l := range choicesInWords(e, v.w.options, v.w.plan) {
		form.Add(widget.NewLabelWithStyle(l[0], fyne.TextAlignLeading, fyne.TextStyle{}))
		form.Add(widgets.NewBody(l[1]).Bold())
	}
	v.lines.Objects = []fyne.CanvasObject{
		widgets.NewMuted(e.T("wizard.confirm.intro") + " " + e.T("wizard.confirm.no-write")), widgets.NewPanel(form),
	}
	v.lines.Refresh()
}

// choicesInWords says what the transfer will do: pairs of a name and a value.
func choicesInWords(e *env, o transfer.Options, p *wizardPlan) [][2]string {
	products := e.T("wizard.confirm.products", p.cost.Products)
	if o.Limit > 0 {
		products = e.T("wizard.confirm.first", p.cost.Products, o.Limit)
	}
	either := func(on bool, yes, no string) string {
		if on {
			return e.T(yes)
		}
		return e.T(no)
	}
	var match []string
	if o.ByBarcode {
		match = append(match, e.T("wizard.match.barcode"))
	}
	if o.ByCode {
		match = append(match, e.T("wizard.match.code"))
	}
	fields := []string{e.T("wizard.fields.only")}
	for _, f := range []struct {
		on  bool
		key string
	}{{o.TakeName, "name"}, {o.TakeBrand, "brand"}, {o.TakeVAT, "vat"}} {
		if f.on {
			fields = append(fields, e.T("wizard.fields.and."+f.key))
		}
	}
	cost := e.T("wizard.confirm.cost.value", max(0, p.cost.Reads-p.job.Snapshot().APIReads), p.cost.Writes)
	if p.preview != nil {
		cost = e.T("wizard.confirm.cost.none")
	}
	return [][2]string{
		{e.T("wizard.products"), products},
		{e.T("wizard.passive"), either(o.IncludePassive, "wizard.passive.in", "wizard.passive.out")},
		{e.T("wizard.stock"), either(o.OnlyInStock, "wizard.stock.only", "wizard.stock.any")},
		{e.T("wizard.match"), strings.Join(match, ", ")},
		{e.T("wizard.unmatched"), e.T("wizard.unmatched." + string(o.Unmatched))},
		{e.T("wizard.fields"), strings.Join(fields, ", ")},
		{e.T("wizard.price"), e.T("wizard.price.value", o.Currency.Symbol())},
		{e.T("wizard.confirm.cost"), cost},
	}
}
