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
	banner  *widgets.Banner
	number  *widgets.Text
	holder  *fyne.Container
	current kit.Place
	busy    bool // a transfer works: only Aktarım Durumu is offered
}

const sectionListWidth = 252

// newSectionList makes the list; turn stands before the section in view.
func newSectionList(e *kit.Env, turn fyne.CanvasObject) *sectionList {
	l := &sectionList{e: e, banner: widgets.NewBanner(), holder: container.NewStack(), current: kit.PlaceGuide}
	list := container.NewVBox()
	for p := kit.PlaceGuide; p <= kit.PlaceReview; p++ {
		l.items[p] = widgets.NewItem(p.Number(), l.e.T(p.Title()), nil, func() { e.Frame.Open(p) })
		list.Add(l.items[p])
	}
	l.number = widgets.NewTitle("").OneLine()
	right := widgets.NewBorder(container.NewVBox(l.banner, l.number, widget.NewSeparator()), nil, nil, nil, container.NewScroll(container.NewStack(container.NewWithoutLayout(turn), l.holder)))
	body := widgets.NewBorder(nil, nil, container.NewHBox(
		widgets.FixedWidth(sectionListWidth, container.NewVScroll(widgets.Inset(6, 6, list))), widget.NewSeparator()), nil,
		widgets.Inset(12, 4, right))
	l.object = widgets.NewBorder(container.NewVBox(l.crumbs(), widget.NewSeparator()), nil, nil, nil, body)
	return l
}

// crumbs is the path to the page; its middle part leads back to the cards.
func (l *sectionList) crumbs() fyne.CanvasObject {
	back := widgets.NewButton(l.e.T("menu.erp"), func() { l.e.Frame.Open(kit.PlaceERP) })
	back.Importance = widget.LowImportance
	return container.NewHBox(widgets.Gap(2), widgets.NewMuted(l.e.T("menu.settings")).OneLine(), widgets.Chevron(), back, widgets.Chevron(),
		widgets.NewBody(l.e.T("isbasi.settings")).OneLine().Bold())
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
func (l *sectionList) showFacts(f kit.Facts, err error) {
	if err != nil {
		l.banner.Say(widgets.BannerError, l.e.Error(err))
	} else {
		l.banner.Hide()
	}
	for p := kit.PlaceGuide; p <= kit.PlaceReview; p++ {
		icon, says := signOf(f.Standing(p))
		if says != "" {
			says = l.e.T(says)
		}
		l.items[p].SetMark(icon, says)
	}
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
