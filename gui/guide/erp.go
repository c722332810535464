package guide

import (
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// ERP is Ayarlar, ERP Muhasebe: the accounting systems as cards, each with how it stands.
type ERP struct {
	still
	e     *kit.Env
	state *widgets.Text
}

// NewERP makes the page.
func NewERP(e *kit.Env) *ERP {
	p := &ERP{e: e, state: widgets.NewBody("").OneLine().Bold()}
	enter := func() { e.Frame.Open(kit.PlaceSettings) }
	open := widgets.NewIconButton(e.T("isbasi.settings"), theme.SettingsIcon(), enter).Primary()
	card := widgets.NewCard(theme.NewColoredResource(theme.StorageIcon(), theme.ColorNamePrimary), e.T("isbasi.name"), e.T("isbasi.about"),
		container.NewVBox(p.state, container.NewHBox(open)), enter)
	p.object = container.NewVScroll(widgets.Inset(20, 16, container.NewVBox(
		widgets.NewTitle(e.T("erp.title")), widgets.NewMuted(e.T("erp.text")), widgets.Gap(4), widgets.MaxWidth(560, card))))
	return p
}

// ShowFacts says how the connection stands, and how many of the steps of the set-up are done.
func (p *ERP) ShowFacts(f kit.Facts) {
	state, done := "light.none", 0
	switch {
	case f.Open():
		state = "light.open"
	case f.Connection.Authorised:
		state = "light.closed"
	}
	steps := f.Steps()
	for _, s := range steps {
		if s.Done {
			done++
		}
	}
	said := p.e.T(state)
	if done < len(steps) {
		said += " · " + p.e.T("erp.steps", done, len(steps))
	}
	p.state.SetText(said)
}
