package sync

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// lackPanel teaches what has to be there before anything can be synced, and leads to it.
type lackPanel struct {
	e      *env
	object fyne.CanvasObject
	text   *widgets.Text
	jump   *widgets.Button
	to     kit.Place
}

func newLackPanel(e *env) *lackPanel {
	p := &lackPanel{e: e, text: widgets.NewBody("")}
	p.jump = widgets.NewButton("", func() { e.Frame.Open(p.to) }).Primary()
	p.object = container.NewVBox(p.text, container.NewHBox(widgets.Gap(2), p.jump, layout.NewSpacer()))
	p.object.Hide()
	return p
}

// set says what is lacking first, nothing when a sync can be begun.
func (p *lackPanel) set(f found) {
	says, button := "", ""
	switch {
	case !f.link.Authorised:
		says, button, p.to = "sync.none.sign-in", "sync.to-api", kit.PlaceAPI
	case !f.standing.Choices.IntegrationOn:
		says, button, p.to = "sync.none.integration", "sync.to-api", kit.PlaceAPI
	case !f.bound():
		says, button, p.to = "sync.none.bound", "sync.to-transfer", kit.PlaceTransfer
	case !f.flows():
		says, button, p.to = "sync.none.ways", "sync.to-process", kit.PlaceProcess
	}
	widgets.ShowIf(p.object, says != "")
	if says != "" {
		p.text.SetText(p.e.T(says))
		p.jump.SetText(p.e.T(button))
	}
}
