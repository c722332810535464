package gui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// settingsPage is Logo İşbaşı Ayarları: the section list left, the section right.
type settingsPage struct {
	w        *Window
	e        *env
	object   fyne.CanvasObject
	sections [sectionCounters + 1]section
	items    [sectionCounters + 1]*widgets.Item
	banner   *widgets.Banner
	number   *widgets.Text
	holder   *fyne.Container
	current  int
	busy     bool
	facts    facts
}

const sectionListWidth = 252

// sectionKey is the translation key of a section's name.
func sectionKey(n int) string { return "section." + strconv.Itoa(n) }

func newSettingsPage(w *Window) *settingsPage {
	p := &settingsPage{w: w, e: w.e, banner: widgets.NewBanner(), holder: container.NewStack(), current: sectionGuide}
	p.sections[sectionGuide] = newGuideSection(p.e, p)
	p.sections[sectionAPI] = newAPISection(p.e, p)
	p.sections[sectionProcess] = newProcessSection(p.e, p)
	p.sections[sectionPrice] = newPriceSection(p.e, p)
	p.sections[sectionTransfer] = newTransferSection(p.e, p)
	p.sections[sectionCounters] = newCountersSection(p.e, p)
	list := container.NewVBox()
	for n := sectionGuide; n <= sectionCounters; n++ {
		p.items[n] = widgets.NewItem(strconv.Itoa(n), p.e.t(sectionKey(n)), nil, func() { w.openSection(n) })
		list.Add(p.items[n])
	}
	p.number = widgets.NewTitle("").OneLine()
	right := widgets.NewBorder(container.NewVBox(p.banner, p.number, widget.NewSeparator()), nil, nil, nil, p.holder)
	body := widgets.NewBorder(nil, nil, container.NewHBox(
		widgets.FixedWidth(sectionListWidth, container.NewVScroll(widgets.Inset(6, 6, list))), widget.NewSeparator()), nil,
		widgets.Inset(12, 4, right))
	p.object = widgets.NewBorder(container.NewVBox(p.crumbs(), widget.NewSeparator()), nil, nil, nil, body)
	return p
}

// crumbs is the path to the page; its middle part leads back to the cards.
func (p *settingsPage) crumbs() fyne.CanvasObject {
	back := widgets.NewButton(p.e.t("menu.erp"), func() { p.w.open(viewERP) })
	back.Importance = widget.LowImportance
	return container.NewHBox(widgets.Gap(2), widgets.NewMuted(p.e.t("menu.settings")).OneLine(), chevron(), back, chevron(),
		widgets.NewBody(p.e.t("isbasi.settings")).OneLine().Bold())
}

func chevron() fyne.CanvasObject {
	return centred(widget.NewIcon(theme.NewColoredResource(theme.NavigateNextIcon(), widgets.ColorMuted)))
}

// open is what a person or a section asks for; a form with changes asks first.
func (p *settingsPage) open(n int) {
	if n == p.current || n < sectionGuide || n > sectionCounters || p.busy && n != sectionTransfer {
		return
	}
	p.leave(func() { p.bring(n) })
}

// bring puts a section into view without asking.
func (p *settingsPage) bring(n int) {
	if p.busy {
		n = sectionTransfer
	}
	p.current = n
	for i := sectionGuide; i <= sectionCounters; i++ {
		p.items[i].SetSelected(i == n)
	}
	p.number.SetText(strconv.Itoa(n) + "  " + p.e.t(sectionKey(n)))
	widgets.Leave(p.holder)
	p.holder.Objects = []fyne.CanvasObject{p.sections[n].content()}
	p.holder.Refresh()
	p.sections[n].show()
}

// leave goes on with then at once, or after the person said what becomes of the changes.
func (p *settingsPage) leave(then func()) { p.leaveOr(then, nil) }

// leaveOr is leave with what happens when the person stays.
func (p *settingsPage) leaveOr(then, stay func()) {
	s := p.w.inView()
	if s == nil || !s.dirty() {
		then()
		return
	}
	e := p.e
	discard := answer{label: e.t("leave.discard"), act: func() { s.show(); then() }}
	answers := []answer{{label: e.t("leave.stay"), act: stay}, discard}
	if f, ok := s.(saver); ok {
		answers = append(answers, answer{label: e.t("leave.save"), importance: widget.HighImportance, act: func() { f.saveThen(then) }})
	}
	e.ask(e.t("leave.title"), e.t("leave.text"), answers...)
}

// setBusy hides every section but Aktarım Durumu while a transfer works.
func (p *settingsPage) setBusy(busy bool) {
	if p.busy == busy {
		return
	}
	p.busy = busy
	for n := sectionGuide; n <= sectionCounters; n++ {
		if busy && n != sectionTransfer {
			p.items[n].Hide()
		} else {
			p.items[n].Show()
		}
	}
	if busy && p.current != sectionTransfer {
		p.bring(sectionTransfer)
	}
	p.refreshFrame()
}

// openProduct shows a product in Ürünler.
func (p *settingsPage) openProduct(id domain.ProductID) {
	if p.w.goods == nil || p.e.modal != nil {
		return
	}
	p.leave(func() {
		p.w.show(viewProducts)
		p.w.goods.edit(domain.Product{ID: id})
	})
}

// refreshFrame fetches anew what stands around the sections.
func (p *settingsPage) refreshFrame() { p.w.refresh() }

// openScreen shows s in place of the page.
func (p *settingsPage) openScreen(s screen) { p.w.openScreen(s) }

// closeScreen shows the page again, with the section as it was left.
func (p *settingsPage) closeScreen() {
	if p.e.modal == nil {
		p.w.show(viewSettings)
	}
}

// showFacts draws the signs of the section list and tells the sections that show how far things are.
func (p *settingsPage) showFacts(f facts, err error) {
	p.facts = f
	if err != nil {
		p.banner.Say(widgets.BannerError, errorText(p.e.text, err))
	} else {
		p.banner.Hide()
	}
	for n := sectionGuide; n <= sectionCounters; n++ {
		s := f.state(n)
		icon, says := s.sign()
		if says != "" {
			says = p.e.t(says)
		}
		p.items[n].SetMark(icon, says)
	}
	for _, s := range p.sections {
		if s, ok := s.(interface{ showFacts(f facts) }); ok {
			s.showFacts(f)
		}
	}
}

// sign gives the icon of a state and the key of the words it stands for.
func (s state) sign() (fyne.Resource, string) {
	switch s {
	case stateDone:
		return theme.NewColoredResource(theme.ConfirmIcon(), theme.ColorNameSuccess), "state.sign.done"
	case stateTodo:
		return theme.NewColoredResource(theme.RadioButtonIcon(), widgets.ColorMuted), "state.sign.todo"
	case stateAlert:
		return theme.NewColoredResource(theme.WarningIcon(), theme.ColorNameWarning), "state.sign.alert"
	default:
		return nil, ""
	}
}
