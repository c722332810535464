package catalogue

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// doctorDetail says of the chosen finding what is wrong and what would mend it.
type doctorDetail struct {
	e       *env
	object  fyne.CanvasObject
	head    fyne.CanvasObject // all but the sentence
	finding doctor.Finding
	name    *widgets.Text
	change  *doctorChange
	wrong   *widgets.Text
	mend    *widgets.Button
	open    *widgets.Button
}

// detailHeight leaves the list where it is when another finding is chosen.
const detailHeight = 104

func newDoctorDetail(e *env, mend func([]doctor.Finding), open func(domain.ProductID), escape func()) *doctorDetail {
	x := &doctorDetail{e: e, name: widgets.NewBody("").Bold().OneLine(), wrong: widgets.NewMuted(""), change: newDoctorChange()}
	x.mend = widgets.NewIconButton(e.T("doctor.mend"), theme.ConfirmIcon(), func() { mend([]doctor.Finding{x.finding}) })
	x.open = widgets.NewIconButton(e.T("doctor.open"), theme.DocumentCreateIcon(), func() { open(x.finding.Product) })
	x.mend.SetEscape(escape)
	x.open.SetEscape(escape)
	x.head = widgets.NewBorder(nil, nil, nil, container.NewHBox(x.mend, x.open), container.NewHScroll(container.NewHBox(x.name, x.change.object)))
	x.object = widgets.FixedHeight(detailHeight, container.NewVScroll(container.NewVBox(widget.NewSeparator(), x.head, x.wrong)))
	x.draw(doctor.Finding{})
	return x
}

// draw shows f; the zero value shows that none is chosen.
func (x *doctorDetail) draw(f doctor.Finding) {
	e := x.e
	x.finding = f
	widgets.ShowIf(x.head, f.Product != 0)
	widgets.ShowIf(x.mend, f.Proposed != "")
	if f.Product == 0 {
		x.wrong.SetText(e.T("doctor.pick"))
		x.object.Refresh()
		return
	}
	x.name.SetText(cmp.Or(f.Name, string(f.Code), e.T("doctor.nameless")))
	x.change.draw(f.Value, f.Proposed)
	x.wrong.SetText(doctor.Sentence(e.Words, f))
	x.object.Refresh()
}
