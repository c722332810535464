package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// guideSection is Kurulum Rehberi: a check-list that knows how far the company has come.
type guideSection struct {
	p      *settingsPage
	object fyne.CanvasObject
	steps  []*guideStep
	lead   *widgets.Text
	list   *fyne.Container
}

// guideStep is one line of the check-list.
type guideStep struct {
	key     string // of its words: guide.KEY.title, .todo, .done
	section int
	done    func(f facts) bool
	item    *widgets.Item
}

func newGuideSection(e *env, p *settingsPage) *guideSection {
	s := &guideSection{p: p, lead: widgets.NewMuted(e.t("guide.lead"))}
	s.steps = []*guideStep{
		{key: "authorised", section: sectionAPI, done: func(f facts) bool { return f.connection.Authorised }},
		{key: "open", section: sectionAPI, done: facts.open},
		{key: "chosen", section: sectionProcess, done: facts.chosen},
		{key: "priced", section: sectionPrice, done: facts.priced},
		{key: "imported", section: sectionTransfer, done: facts.imported},
	}
	s.list = container.NewVBox()
	for _, st := range s.steps {
		st.item = widgets.NewItem("", e.t("guide."+st.key+".title"), nil, func() { p.w.openSection(st.section) })
		st.item.SetMark(theme.NewColoredResource(theme.NavigateNextIcon(), widgets.ColorMuted), e.t("guide.jump", e.t(sectionKey(st.section))))
		s.list.Add(st.item)
	}
	video := widgets.NewIconButton(e.t("guide.video"), theme.MediaVideoIcon(), func() { e.visit(assets.VideoURL()) })
	read := widgets.NewIconButton(e.t("guide.read"), theme.DocumentIcon(), func() { p.w.open(viewGuide) })
	read.Importance = widget.MediumImportance
	s.object = scrolled(s.lead, widgets.MaxWidth(720, widgets.NewPanel(s.list)), widgets.Gap(4), container.NewHBox(video, read))
	s.showFacts(p.facts)
	return s
}

func (s *guideSection) content() fyne.CanvasObject { return s.object }
func (s *guideSection) show()                      { s.p.refreshFrame() }
func (s *guideSection) dirty() bool                { return false }
func (s *guideSection) save()                      {}

// showFacts ticks off what is done; the first line that is not is the one to go on with.
func (s *guideSection) showFacts(f facts) {
	next := true
	done := 0
	for _, st := range s.steps {
		if st.done(f) {
			done++
			st.item.SetLead(theme.NewColoredResource(theme.ConfirmIcon(), theme.ColorNameSuccess))
			st.item.SetSub(s.p.e.t("guide." + st.key + ".done"))
			st.item.SetSelected(false)
			continue
		}
		st.item.SetLead(theme.NewColoredResource(theme.RadioButtonIcon(), widgets.ColorMuted))
		st.item.SetSub(s.p.e.t("guide." + st.key + ".todo"))
		st.item.SetSelected(next)
		next = false
	}
	if done == len(s.steps) {
		s.lead.SetText(s.p.e.t("guide.all"))
	} else {
		s.lead.SetText(s.p.e.t("guide.lead.n", done, len(s.steps)))
	}
	s.list.Refresh()
}
