package catalogue

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// doctorChange is a value and what it becomes, with an arrow between them.
type doctorChange struct {
	object   fyne.CanvasObject
	from, to *widgets.Text
	arrow    *widget.Icon
}

func newDoctorChange() *doctorChange {
	c := &doctorChange{from: widgets.NewBody("").OneLine(), to: widgets.NewBody("").OneLine().Bold(), arrow: widget.NewIcon(theme.NewColoredResource(theme.NavigateNextIcon(), widgets.ColorMuted))}
	c.object = container.NewHBox(c.from, widgets.Centred(c.arrow), c.to, layout.NewSpacer())
	return c
}

func (c *doctorChange) draw(from, to string) {
	c.from.SetText(from)
	c.to.SetText(to)
	widgets.ShowIf(c.arrow, to != "")
	widgets.ShowIf(c.to, to != "")
}

// examplesShown is how many changes a question shows.
const examplesShown = 5

// exampleLines shows what some values become, and how many more there are.
func exampleLines(e *env, fixes []doctor.Fix) (lines []fyne.CanvasObject) {
	for _, f := range fixes[:min(examplesShown, len(fixes))] {
		c := newDoctorChange()
		c.draw(f.From, f.To)
		lines = append(lines, c.object)
	}
	if more := len(fixes) - examplesShown; more > 0 {
		lines = append(lines, widgets.NewMuted(e.T("doctor.more", more)))
	}
	return lines
}
