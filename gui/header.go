package gui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// header is the top of the frame: icon, company switcher, what is at work, connection light with what may still be read.
type header struct {
	e      *kit.Env
	object fyne.CanvasObject
	pick   *widgets.Select
	atWork *widgets.Text // how many companies have something at work
	light  *widgets.Button
	// companies are those of the switcher, in its order; working: whose transfers are at work.
	companies []domain.Company
	working   []domain.CompanyID
	shown     domain.Company
}

// newHeader makes the header; pick is told of the company a person chose, add that they want another one.
func newHeader(e *kit.Env, companies []domain.Company, shown domain.Company, pick func(domain.CompanyID), add func()) *header {
	h := &header{e: e, companies: companies}
	icon := canvas.NewImageFromResource(fyne.NewStaticResource("icon.png", assets.Icon()))
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSquareSize(28))
	if len(companies) == 0 {
		h.companies = []domain.Company{shown}
	}
	h.pick = widgets.NewSelect(e.T("company.pick"), h.names(), nil)
	h.showCompany(shown)
	h.pick.OnChanged = func(string) {
		switch i := h.pick.SelectedIndex(); {
		case i >= len(h.companies):
			h.showCompany(h.shown)
			add()
		case i >= 0:
			pick(h.companies[i].ID)
		}
	}
	h.light = widgets.NewIconButton("", nil, func() { e.Frame.Open(kit.PlaceAPI) })
	h.light.Importance = widget.LowImportance
	h.atWork = widgets.NewMuted("").OneLine()
	h.showLight(theme.NewColoredResource(theme.RadioButtonIcon(), widgets.ColorMuted), e.T("light.unknown"))
	row := container.NewHBox(
		widgets.Gap(4), container.NewCenter(icon), widgets.Centred(widgets.NewTitle("Sopyo").OneLine()), widgets.Gap(8),
		widgets.Centred(widgets.FixedWidth(280, h.pick)), layout.NewSpacer(), widgets.Centred(h.atWork), widgets.Centred(h.light), widgets.Gap(4))
	h.object = container.NewStack(widgets.NewSurface(widgets.ColorSide, "", 0), row)
	return h
}

// names are the lines of the switcher; the last one adds a company.
func (h *header) names() []string {
	var names []string
	for _, c := range h.companies {
		names = append(names, h.name(c))
	}
	return append(names, h.e.T("company.add"))
}

// name is the company's line in the switcher: it says so when a transfer of the company works.
func (h *header) name(c domain.Company) string {
	if slices.Contains(h.working, c.ID) {
		return h.e.T("company.at-work", c.Name)
	}
	return domain.Line(c.Name)
}

// showCompany names the company in view without switching to it.
func (h *header) showCompany(c domain.Company) {
	h.shown = c
	h.pick.Quietly(func() { h.pick.SetSelected(h.name(c)) })
}

// showWork marks the companies whose transfers are at work.
func (h *header) showWork(ids []domain.CompanyID) {
	h.working = ids
	switch len(ids) {
	case 0:
		h.atWork.SetText("")
	case 1:
		h.atWork.SetText(h.e.T("work.one"))
	default:
		h.atWork.SetText(h.e.T("work.several", len(ids)))
	}
	h.pick.Quietly(func() {
		h.pick.SetOptions(h.names())
		h.pick.SetSelected(h.name(h.shown))
	})
}

// show draws the connection light: a sign, a colour and words that say the same, and what may still be read this month.
func (h *header) show(f kit.Facts) {
	h.light.SetToolTip(spentWords(h.e, f))
	switch {
	case !f.Connection.Authorised:
		h.showLight(theme.NewColoredResource(theme.RadioButtonIcon(), widgets.ColorMuted), h.e.T("light.none"))
	case f.Settings.IntegrationOn:
		h.showLight(theme.NewColoredResource(theme.ConfirmIcon(), theme.ColorNameSuccess), h.e.T("light.open")+leftWords(h.e, f.Usage))
	default:
		h.showLight(theme.NewColoredResource(theme.MediaPauseIcon(), theme.ColorNameWarning), h.e.T("light.closed")+leftWords(h.e, f.Usage))
	}
}

func (h *header) showLight(icon fyne.Resource, words string) {
	h.light.Icon, h.light.Text = icon, words
	h.light.Refresh()
}
