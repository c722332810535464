package transfer

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// wizardReport is the line of the options that says who gets the report; nobody where it is empty.
type wizardReport struct {
	w     *transferWizard
	entry *widgets.Entry
	row   *widgets.Row
}

func newWizardReport(w *transferWizard) *wizardReport {
	e := w.e
	r := &wizardReport{w: w, entry: widgets.NewEntry(e.T("mail.to.example"))}
	r.entry.SetText(w.options.ReportTo)
	r.entry.OnChanged = func(text string) {
		r.row.SetError("")
		w.options.ReportTo = strings.TrimSpace(text)
	}
	r.row = widgets.NewRow(e.T("wizard.report"), r.entry, e.T("wizard.report.help"))
	r.entry.OnSubmitted = func(string) { w.goNext() }
	r.entry.SetEscape(w.goBack)
	return r
}

func (r *wizardReport) object() fyne.CanvasObject { return r.row }

// leave refuses what is no address.
func (r *wizardReport) leave() bool {
	if r.w.options.ReportTo == "" {
		return true
	}
	if _, err := mail.ParseAddress(r.w.options.ReportTo); err != nil {
		r.row.SetError(r.w.e.Error(err))
		r.w.focus(r.entry)
		return false
	}
	return true
}
