// Package guide is what helps: the check-list of section 1, the set-up guide and the card of ERP Muhasebe.
package guide

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Page is Kurulum Rehberi: a check-list that knows how far the company has come.
type Page struct {
	e      *kit.Env
	object fyne.CanvasObject
	items  []*widgets.Item // one a step
	lead   *widgets.Text
	list   *fyne.Container
}

// New makes the page.
func New(e *kit.Env) *Page {
	s := &Page{e: e, lead: widgets.NewMuted(e.T("guide.lead"))}
	s.list = container.NewVBox()
	for _, st := range (kit.Facts{}).Steps() {
		item := widgets.NewItem("", e.T("guide."+st.Key+".title"), nil, func() { e.Frame.Open(st.At) })
		item.SetMark(theme.NewColoredResource(theme.NavigateNextIcon(), widgets.ColorMuted), e.T("guide.jump", e.T(st.At.Title())))
		s.items = append(s.items, item)
		s.list.Add(item)
	}
	video := widgets.NewIconButton(e.T("guide.video"), theme.MediaVideoIcon(), func() { e.Visit(assets.VideoURL()) })
	read := widgets.NewIconButton(e.T("guide.read"), theme.DocumentIcon(), func() { e.Frame.Open(kit.PlaceHelp) })
	read.Importance = widget.MediumImportance
	s.object = widgets.Scrolled(widgets.BesideBar(container.NewVBox(s.lead, widgets.MaxWidth(720, widgets.NewPanel(s.list)), widgets.Gap(4), container.NewHBox(video, read))))
	s.ShowFacts(kit.Facts{})
	return s
}

// Content is always the same object.
func (s *Page) Content() fyne.CanvasObject { return s.object }

// Show lets the window fetch what stands around the page.
func (s *Page) Show() { s.e.Frame.Refresh() }

// ShowFacts ticks off what is done; the first line that is not is the one to go on with.
func (s *Page) ShowFacts(f kit.Facts) {
	next := true
	done := 0
	for i, st := range f.Steps() {
		item := s.items[i]
		if st.Done {
			done++
			item.SetLead(theme.NewColoredResource(theme.ConfirmIcon(), theme.ColorNameSuccess))
			item.SetSub(s.e.T("guide." + st.Key + ".done"))
			item.SetSelected(false)
			continue
		}
		item.SetLead(theme.NewColoredResource(theme.RadioButtonIcon(), widgets.ColorMuted))
		item.SetSub(s.e.T("guide." + st.Key + ".todo"))
		item.SetSelected(next)
		next = false
	}
	if done == len(s.items) {
		s.lead.SetText(s.e.T("guide.all"))
	} else {
		s.lead.SetText(s.e.T("guide.lead.n", done, len(s.items)))
	}
	s.list.Refresh()
}
