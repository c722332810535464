package transfer

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// wizardReport is the line of step 1 that says who gets the report. Where nothing is mailed it is not there.
type wizardReport struct {
	w     *transferWizard
	entry *widgets.Entry
	row   *widgets.Row
	typed bool
}

func newWizardReport(w *transferWizard) *wizardReport {
	e := w.e
	r := &wizardReport{w: w, entry: widgets.NewEntry(e.T("mail.to.example"))}
	r.entry.SetText(w.options.ReportTo)
	r.entry.OnChanged = func(text string) {
		r.typed = true
		r.row.SetError("")
		w.options.ReportTo = strings.TrimSpace(text)
	}
	r.row = widgets.NewRow(e.T("wizard.report"), r.entry, e.T("wizard.report.help"))
	r.entry.OnSubmitted = func(string) { w.goNext() }
	r.entry.SetEscape(w.goBack)
	if w.options.ReportTo == "" {
		r.propose()
	}
	return r
}

// propose fills in whom the settings name, unless somebody has typed meanwhile.
func (r *wizardReport) propose() {
	kit.Background(r.w.e.Env, func(ctx context.Context) (mail.Settings, error) {
		s, err := r.w.e.co.MailSettings(ctx)
		return s, err
	}, func(s mail.Settings, err error) {
		if err == nil && !r.typed && s.To != "" {
			r.entry.SetText(s.To)
		}
	})
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
