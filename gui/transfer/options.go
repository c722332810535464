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

// wizardWhat is step 1, Neler aktarılsın.
type wizardWhat struct {
	w       *transferWizard
	object  fyne.CanvasObject
	passive *widgets.Check
	stock   *widgets.Check
	try     *widgets.Check
	report  *wizardReport
}

func newWizardWhat(w *transferWizard) *wizardWhat {
	e, o := w.e, &w.options
	v := &wizardWhat{w: w}
	v.passive = widgets.NewCheck(e.T("wizard.passive.check"), func(on bool) { o.IncludePassive = on })
	v.stock = widgets.NewCheck(e.T("wizard.stock.check"), func(on bool) { o.OnlyInStock = on })
	v.try = widgets.NewCheck(e.T("wizard.try.check", firstTry), func(on bool) {
		o.Limit = 0
		if on {
			o.Limit = firstTry
		}
	})
	v.passive.Checked, v.stock.Checked, v.try.Checked = o.IncludePassive, o.OnlyInStock, o.Limit > 0
	w.bind(v.passive, v.stock, v.try)
	v.report = newWizardReport(w)
	v.object = container.NewVScroll(container.NewVBox(
		widgets.NewRow(e.T("wizard.products"), widgets.NewBody(e.T("wizard.products.value")), e.T("wizard.products.help")),
		widgets.NewRow(e.T("wizard.passive"), v.passive, e.T("wizard.passive.help")),
		widgets.NewRow(e.T("wizard.stock"), v.stock, e.T("wizard.stock.help")),
		widgets.NewRow(e.T("wizard.price"), widgets.NewBody(e.T("wizard.price.value", o.Currency.Symbol())), e.T("wizard.price.help")),
		widgets.NewRow(e.T("wizard.try"), v.try, e.T("wizard.try.help", firstTry)),
		v.report.object(),
	))
	return v
}

func (v *wizardWhat) Content() fyne.CanvasObject { return v.object }
func (v *wizardWhat) Show()                      {}
func (v *wizardWhat) Leave() bool                { return v.report.leave() }
func (v *wizardWhat) first() fyne.Focusable      { return v.passive }

// wizardHow is step 2, Nasıl eşleşsin.
type wizardHow struct {
	w         *transferWizard
	object    fyne.CanvasObject
	barcode   *widgets.Check
	code      *widgets.Check
	match     *widgets.Row
	unmatched *widgets.Choice
	name      *widgets.Check
	brand     *widgets.Check
	vat       *widgets.Check
	rules     *widgets.Button
}

func newWizardHow(w *transferWizard) *wizardHow {
	e, o := w.e, &w.options
	v := &wizardHow{w: w}
	v.barcode = widgets.NewCheck(e.T("wizard.match.barcode"), func(on bool) { o.ByBarcode = on; v.complain() })
	v.code = widgets.NewCheck(e.T("wizard.match.code"), func(on bool) { o.ByCode = on; v.complain() })
	v.barcode.Checked, v.code.Checked = o.ByBarcode, o.ByCode
	v.match = widgets.NewRow(e.T("wizard.match"), container.NewVBox(v.barcode, v.code), e.T("wizard.match.help"))

	choices := []transfer.Unmatched{transfer.UnmatchedListed, transfer.UnmatchedDraft, transfer.UnmatchedCreated}
	var words []string
	for _, c := range choices {
		words = append(words, e.T("wizard.unmatched."+string(c)))
	}
	v.unmatched = widgets.NewChoice(words, func(i int) { o.Unmatched = choices[i] })
	v.unmatched.SetSelected(max(0, slices.Index(choices, o.Unmatched)))

	v.name = widgets.NewCheck(e.T("wizard.fields.name"), func(on bool) { o.TakeName = on })
	v.brand = widgets.NewCheck(e.T("wizard.fields.brand"), func(on bool) { o.TakeBrand = on })
	v.vat = widgets.NewCheck(e.T("wizard.fields.vat"), func(on bool) { o.TakeVAT = on })
	v.name.Checked, v.brand.Checked, v.vat.Checked = o.TakeName, o.TakeBrand, o.TakeVAT
	v.rules = widgets.NewButton(e.T("wizard.rules.open"), w.openRules)
	w.bind(v.barcode, v.code, v.unmatched, v.name, v.brand, v.vat)
	v.rules.SetEscape(w.goBack)
	v.object = container.NewVScroll(container.NewVBox(
		v.match,
		widgets.NewRow(e.T("wizard.unmatched"), v.unmatched, e.T("wizard.unmatched.help")),
		widgets.NewRow(e.T("wizard.fields"), container.NewVBox(
			widgets.NewBody(e.T("wizard.fields.always")), v.name, v.brand, v.vat),
			e.T("wizard.fields.help")),
		widgets.NewRow(e.T("wizard.rules"), container.NewHBox(v.rules), e.T("wizard.rules.help")),
	))
	return v
}

func (v *wizardHow) Content() fyne.CanvasObject { return v.object }
func (v *wizardHow) Show()                      { v.complain() }
func (v *wizardHow) first() fyne.Focusable      { return v.barcode }

// Leave asks the domain whether the choices can match anything.
func (v *wizardHow) Leave() bool {
	if v.complain() {
		v.w.focus(v.barcode)
		return false
	}
	return true
}

// complain says at the field what the domain refuses, and tells whether it does.
func (v *wizardHow) complain() bool {
	if v.w.options.Validate() == nil {
		v.match.SetError("")
		return false
	}
	v.match.SetError(v.w.e.T("wizard.match.none"))
	return true
}
