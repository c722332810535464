package transfer

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// firstTry is how many products "try first" writes.
const firstTry = 20

// wizardOptions are the choices of a transfer: what comes, how it finds its partner, and what becomes of the rest.
type wizardOptions struct {
	w         *transferWizard
	object    fyne.CanvasObject
	passive   *widgets.Check
	stock     *widgets.Check
	try       *widgets.Check
	report    *wizardReport
	barcode   *widgets.Check
	code      *widgets.Check
	match     *widgets.Row
	unmatched *widgets.Choice
	name      *widgets.Check
	brand     *widgets.Check
	vat       *widgets.Check
}

func newWizardOptions(w *transferWizard) *wizardOptions {
	e, o := w.e, &w.options
	v := &wizardOptions{w: w}
	check := func(key string, into *bool) *widgets.Check {
		c := widgets.NewCheck(e.T(key), func(on bool) { *into = on; v.complain() })
		c.Checked = *into
		return c
	}
	v.barcode, v.code = check("wizard.match.barcode", &o.ByBarcode), check("wizard.match.code", &o.ByCode)
	v.match = widgets.NewRow(e.T("wizard.match"), container.NewVBox(v.barcode, v.code), e.T("wizard.match.help"))
	var words []string
	for _, c := range unmatchedChoices() {
		words = append(words, e.T("wizard.unmatched."+string(c)))
	}
	v.unmatched = widgets.NewChoice(words, func(i int) { o.Unmatched = unmatchedChoices()[i] })
	v.unmatched.SetSelected(max(0, slices.Index(unmatchedChoices(), o.Unmatched)))
	v.name, v.brand, v.vat = check("wizard.fields.name", &o.TakeName), check("wizard.fields.brand", &o.TakeBrand), check("wizard.fields.vat", &o.TakeVAT)
	v.passive, v.stock = check("wizard.passive.check", &o.IncludePassive), check("wizard.stock.check", &o.OnlyInStock)
	v.try = widgets.NewCheck(e.T("wizard.try.check", firstTry), func(on bool) {
		o.Limit = 0
		if on {
			o.Limit = firstTry
		}
	})
	v.try.Checked = o.Limit > 0
	v.report = newWizardReport(w)
	w.bind(v.barcode, v.code, v.unmatched, v.name, v.brand, v.vat, v.passive, v.stock, v.try)
	v.object = widgets.Scrolled(
		v.match,
		widgets.NewRow(e.T("wizard.unmatched"), v.unmatched, e.T("wizard.unmatched.help")),
		widgets.NewRow(e.T("wizard.fields"), container.NewVBox(widgets.NewBody(e.T("wizard.fields.always")), v.name, v.brand, v.vat), e.T("wizard.fields.help")),
		widgets.NewRow(e.T("wizard.products"), widgets.NewBody(e.T("wizard.products.value")), e.T("wizard.products.help")),
		widgets.NewRow(e.T("wizard.passive"), v.passive, e.T("wizard.passive.help")),
		widgets.NewRow(e.T("wizard.stock"), v.stock, e.T("wizard.stock.help")),
		widgets.NewRow(e.T("wizard.price"), widgets.NewBody(e.T("wizard.price.value", o.Currency.Symbol())), e.T("wizard.price.help")),
		widgets.NewRow(e.T("wizard.try"), v.try, e.T("wizard.try.help", firstTry)),
		v.report.object(),
	)
	return v
}

func unmatchedChoices() []transfer.Unmatched {
	return []transfer.Unmatched{transfer.UnmatchedListed, transfer.UnmatchedDraft, transfer.UnmatchedCreated}
}

func (v *wizardOptions) Content() fyne.CanvasObject { return v.object }
func (v *wizardOptions) Show()                      { v.complain() }
func (v *wizardOptions) first() fyne.Focusable      { return v.barcode }

// Leave asks the domain whether the choices can match anything.
func (v *wizardOptions) Leave() bool {
	if v.complain() {
		v.w.focus(v.barcode)
		return false
	}
	return v.report.leave()
}

// complain says at the field what the domain refuses, and tells whether it does.
func (v *wizardOptions) complain() bool {
	if v.w.options.Validate() == nil {
		v.match.SetError("")
		return false
	}
	v.match.SetError(v.w.e.T("wizard.match.none"))
	return true
}
