package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// sectionList is Logo İşbaşı Ayarları: the list of the six sections left, the one in view right.
type sectionList struct {
	e       *kit.Env
	object  fyne.CanvasObject
	items   [kit.PlaceReview + 1]*widgets.Item
	next    *widgets.Button // to the next step of the set-up, once the section in view has no more to do
	facts   kit.Facts
	number  *widgets.Text
	holder  *fyne.Container
	current kit.Place
	busy    bool // a transfer works: only Aktarım Durumu is offered
}

const sectionListWidth = 244

// newSectionList makes the list; turn stands before the section in view.
func newSectionList(e *kit.Env, turn fyne.CanvasObject) *sectionList {
	l := &sectionList{e: e, holder: container.NewStack(), current: kit.PlaceGuide}
	list := container.NewVBox()
	for p := kit.PlaceGuide; p <= kit.PlaceReview; p++ {
		l.items[p] = widgets.NewItem(p.Number(), l.e.T(p.Title()), nil, func() { e.Frame.Open(p) })
		list.Add(l.items[p])
	}
	l.number = widgets.NewTitle("").OneLine()
	l.number.Truncation = fyne.TextTruncateEllipsis // the list beside it has the name; the button may be long
	l.next = widgets.NewIconButton("", theme.NavigateNextIcon(), func() { e.Frame.Open(l.nextStep()) })
	l.next.IconPlacement = widget.ButtonIconTrailingText
	l.next.Hide()
	title := container.NewVBox(widgets.MaxWidth(widgets.MaxRowWidth, widgets.NewBorder(nil, nil, nil, l.next, l.number)), widget.NewSeparator())
	right := widgets.NewBorder(title, nil, nil, nil, container.NewScroll(container.NewStack(container.NewWithoutLayout(turn), l.holder)))
	left := container.NewHBox(
		widgets.FixedWidth(sectionListWidth, container.NewVScroll(widgets.Inset(6, 6, list))), widget.NewSeparator())
	body := widgets.NewBorder(nil, nil, left, nil, widgets.Inset(12, 4, right))
	back := widgets.NewIconButton(l.e.T("erp.title"), theme.NavigateBackIcon(), func() { l.e.Frame.Open(kit.PlaceERP) })
	back.Importance = widget.LowImportance
	head := container.NewVBox(
		container.NewHBox(widgets.Gap(2), back, widgets.Centred(widgets.NewBody(l.e.T("isbasi.settings")).OneLine().Bold())), widget.NewSeparator())
	l.object = widgets.NewBorder(head, nil, nil, nil, body)
	return l
}

// offers tells whether a section can be opened now.
func (l *sectionList) offers(p kit.Place) bool { return !l.busy || p == kit.PlaceTransfer }

// bring puts a section of pages beside the list, and gives the one that it was: while a transfer works there
// is only one.
func (l *sectionList) bring(p kit.Place, pages map[kit.Place]kit.Page) kit.Place {
	if !l.offers(p) {
		p = kit.PlaceTransfer
	}
	l.current = p
	for i := kit.PlaceGuide; i <= kit.PlaceReview; i++ {
		l.items[i].SetSelected(i == p)
	}
	l.number.SetText(p.Number() + "  " + l.e.T(p.Title()))
	l.offerNext()
	widgets.Leave(l.holder)
	l.holder.Objects = []fyne.CanvasObject{pages[p].Content()}
	l.holder.Refresh()
	return p
}

// setBusy hides the other sections while a transfer works, and tells whether that changed anything.
func (l *sectionList) setBusy(busy bool) bool {
	if l.busy == busy {
		return false
	}
	l.busy = busy
	for p := kit.PlaceGuide; p <= kit.PlaceReview; p++ {
		widgets.ShowIf(l.items[p], l.offers(p))
	}
	return true
}

// showFacts draws the signs of the list.
func (l *sectionList) showFacts(f kit.Facts) {
	l.facts = f
	l.offerNext()
	for p := kit.PlaceGuide; p <= kit.PlaceReview; p++ {
		icon, says := signOf(f.Standing(p))
		if says != "" {
			says = l.e.T(says)
		}
		l.items[p].SetMark(icon, says)
	}
}

// nextStep is where the set-up goes on; 0: it is done, or it goes on here.
func (l *sectionList) nextStep() kit.Place {
	for _, s := range l.facts.Steps() {
		if !s.Done {
			if s.At == l.current {
				return 0
			}
			return s.At
		}
	}
	return 0
}

// offerNext leads on from a section that is done to the next step of a set-up that is not.
func (l *sectionList) offerNext() {
	next := l.nextStep()
	show := next != 0 && !l.busy && l.current != kit.PlaceGuide && l.facts.Standing(l.current) == kit.StandingDone
	if show {
		l.next.SetText(l.e.T("section.next", l.e.T(next.Title())))
	}
	widgets.ShowIf(l.next, show)
}

// signOf gives the icon of how far a section has come, and the key of the words it stands for.
func signOf(s kit.Standing) (fyne.Resource, string) {
	switch s {
	case kit.StandingDone:
		return theme.NewColoredResource(theme.ConfirmIcon(), theme.ColorNameSuccess), "state.sign.done"
	case kit.StandingTodo:
		return theme.NewColoredResource(theme.RadioButtonIcon(), widgets.ColorMuted), "state.sign.todo"
	case kit.StandingAlert:
		return theme.NewColoredResource(theme.WarningIcon(), theme.ColorNameWarning), "state.sign.alert"
	default:
		return nil, ""
	}
}
