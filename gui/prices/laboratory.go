package prices

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// laboratory is Fiyat Laboratuvarı: the rules of section 4, as they are edited, tried on the whole
// catalogue. From it they are saved, or the person goes back to them.
type laboratory struct {
	e       *env
	section *Page
	ready   *pricing.Laboratory // what came of trying the rules before it was opened, nil: they are tried here
	object  fyne.CanvasObject

	back, save *widgets.Button
	again      *widgets.Button
	earlier    *widgets.Button
	said       *widgets.Banner
	text       *widgets.Text
	run        *labRun
	weighing   kit.Task // whether a person is to be asked before saving
	views      *widgets.Select
	place      *widgets.Select
	tools      fyne.CanvasObject
	holder     *fyne.Container
	list       *trialList
	lab        *pricing.Laboratory // nil until it is done
	brought    string              // what the tried rules are, where they were brought back
	markets    pricing.Marketplaces
}

// labViews are the parts of a laboratory in the order they are offered.
func labViews() []labView {
	return []labView{
		{key: "summary"},
		{key: "plots"},
		{key: "moved", found: pricing.FoundMoved},
		{key: "blocked", found: pricing.FoundBlocked},
		{key: "approval", found: pricing.FoundApproval},
		{key: "suspicious", found: pricing.Suspicious},
		{key: "all"},
	}
}

// labView is the summary, or a list.
type labView struct {
	key   string
	found pricing.Finding
}

// isList tells whether it is a list of prices, and not something at a glance.
func (v labView) isList() bool { return v.key != "summary" && v.key != "plots" }

// count is how many prices a list has.
func (v labView) count(c pricing.Counts) int {
	switch v.key {
	case "moved":
		return c.Moved
	case "blocked":
		return c.Blocked
	case "approval":
		return c.Approval
	case "suspicious":
		return c.Suspicious
	default:
		return c.Prices
	}
}

func newLaboratory(e *env, section *Page, ready *pricing.Laboratory) *laboratory {
	l := &laboratory{e: e, section: section, ready: ready, said: widgets.NewBanner(), holder: container.NewStack(), run: newLabRun(e), text: widgets.NewMuted("")}
	l.weighing.E = e.Env
	l.back = widgets.NewIconButton(e.T("lab.back"), theme.NavigateBackIcon(), e.Frame.Back)
	l.save = widgets.NewIconButton(e.T("lab.save"), theme.DocumentSaveIcon(), l.store).Primary()
	l.again = widgets.NewIconButton(e.T("lab.again"), theme.ViewRefreshIcon(), l.compute)
	l.earlier = widgets.NewIconButton(e.T("price.earlier"), theme.ContentUndoIcon(), l.Undo)
	l.views = widgets.NewSelect(e.T("choose"), nil, func(int) { l.draw() })
	l.place = widgets.NewSelect(e.T("choose"), nil, func(int) { l.draw() })
	l.tools = container.NewHBox(widgets.FixedWidth(270, l.views), widgets.FixedWidth(250, l.place))
	l.list = newTrialList(e, e.T("lab.pick"), e.Frame.Back)
	for _, k := range []interface{ SetEscape(func()) }{l.back, l.save, l.again, l.earlier, l.views, l.place} {
		k.SetEscape(e.Frame.Back)
	}
	head := container.NewVBox(
		widgets.NewBorder(nil, nil, l.back, l.save, widgets.NewTitle(e.T("lab.title")).OneLine()),
		l.text, l.said, l.run.object, l.tools)
	l.object = widgets.Inset(14, 6, widgets.NewBorder(head, nil, nil, nil, l.holder))
	return l
}

func (l *laboratory) Content() fyne.CanvasObject { return l.object }

// Show computes the rules as they are edited now.
func (l *laboratory) Show() { l.compute() }

func (l *laboratory) Left() {
	l.run.end()
	l.weighing.Stop()
}

func (l *laboratory) FocusSearch() bool {
	return l.lab != nil && l.view().isList() && l.list.FocusSearch()
}

// compute tries the rules; what was shown goes.
func (l *laboratory) compute() {
	rules, _, err := l.section.Now.rules(l.e.Lang)
	l.lab, l.markets = nil, l.section.Now.markets
	l.tools.Hide()
	l.said.Hide()
	l.text.SetText(l.e.T("lab.text"))
	l.save.Disable()
	l.holder.Objects = nil
	l.holder.Refresh()
	if err != nil {
		l.said.Say(widgets.BannerError, l.e.Error(err), l.back)
		return
	}
	if ready := l.ready; ready != nil && ready.Products() > 0 {
		l.ready = nil
		l.computed(ready)
		return
	}
	l.run.start(rules, func(lab *pricing.Laboratory, err error) {
		switch {
		case domain.KindOf(err) == domain.KindCancelled:
			l.said.Say(widgets.BannerInfo, l.e.T("lab.stopped"), l.again)
		case err != nil:
			l.said.Say(widgets.BannerError, l.e.Error(err), l.again)
		case lab.Products() == 0:
			l.said.Say(widgets.BannerInfo, l.e.T("lab.empty"))
			l.savable()
		default:
			l.computed(lab)
		}
		l.object.Refresh()
	})
	l.e.Win.Canvas().Focus(l.run.stop)
}

// computed offers what there is to look at.
func (l *laboratory) computed(lab *pricing.Laboratory) {
	l.lab = lab
	total := lab.Total()
	names := make([]string, len(labViews()))
	for i, v := range labViews() {
		names[i] = l.e.T("lab.view."+v.key, l.e.Count(v.count(total)))
		if !v.isList() {
			names[i] = l.e.T("lab.view." + v.key)
		}
	}
	places := []string{placeNames(l.e, l.markets, l.markets.IDs())}
	for _, c := range lab.Columns() {
		if len(lab.Columns()) > 1 {
			places = append(places, placeNames(l.e, l.markets, c.Marketplaces))
		}
	}
	l.text.SetText(l.e.T("lab.done", l.e.Count(lab.Products()), l.e.Count(len(l.markets))))
	l.views.SetOptions(names)
	l.place.SetOptions(places)
	l.place.SetSelectedIndex(0)
	widgets.ShowIf(l.place, len(places) > 1)
	l.views.SetSelectedIndex(0)
	l.tools.Show()
	l.savable()
	l.tellUnmoved(total)
	l.draw()
	l.e.Win.Canvas().Focus(l.views)
}

// tellUnmoved says which rules were brought back, or why nothing changes, and where the rules of before are.
func (l *laboratory) tellUnmoved(total pricing.Counts) {
	switch {
	case total.Moved > 0 && l.brought != "":
		l.said.Say(widgets.BannerInfo, l.brought)
	case total.Moved > 0:
	case l.section.Dirty():
		l.said.Say(widgets.BannerInfo, l.e.T("lab.unmoved"))
	case l.section.Kept.version == 0:
		l.said.Say(widgets.BannerInfo, l.e.T("lab.unmoved.none"))
	default:
		l.said.Say(widgets.BannerInfo, l.e.T("lab.unmoved.saved"), l.earlier)
	}
}

// Undo tries the rules of before those that are tried; they hold only once they are saved.
func (l *laboratory) Undo() {
	if l.run.task.Busy() {
		return
	}
	l.section.stepBack(func(brought bool, said string) {
		if !brought {
			l.said.Say(widgets.BannerInfo, said)
			return
		}
		l.brought = said
		l.compute()
	})
}

// savable turns the saving button on if saving would do something.
func (l *laboratory) savable() {
	widgets.EnableIf(l.save, l.section.Savable())
}

func (l *laboratory) view() labView { return kit.Pick(labViews(), l.views.SelectedIndex()) }

// Open brings a list into view.
func (l *laboratory) Open(key string) {
	for i, v := range labViews() {
		if v.key == key {
			l.views.SetSelectedIndex(i)
		}
	}
}

// draw shows the summary or the list that is chosen.
func (l *laboratory) draw() {
	if l.lab == nil || l.place.SelectedIndex() < 0 || l.views.SelectedIndex() < 0 {
		return
	}
	v, column := l.view(), l.place.SelectedIndex()
	if len(l.lab.Columns()) == 1 {
		column = 0
	}
	var o fyne.CanvasObject
	switch v.key {
	case "summary":
		o = newLabSummary(l.e, l.lab, l.markets, column, l.Open)
	case "plots":
		o = newLabPlots(l.e, l.lab, l.markets, column)
	default:
		l.list.choose(l.lab, l.markets, v.found, column, "lab.none."+v.key)
		o = l.list.object
	}
	widgets.Leave(l.holder)
	l.holder.Objects = []fyne.CanvasObject{o}
	l.holder.Refresh()
}

// store saves the rules and goes back to them. What section 4 asks about is asked here too: to have seen the numbers is
// not to have meant them.
func (l *laboratory) store() {
	lab := l.lab
	if lab == nil { // the catalogue is empty
		l.keep()
		return
	}
	kit.StartTask(&l.weighing, "", func(ctx context.Context, _ *pricing.Watch) (looked, error) {
		return l.e.look(ctx, lab)
	}, func(*pricing.Watch) {}, func(w looked, err error) {
		switch {
		case err != nil:
			l.said.Say(widgets.BannerError, l.e.Error(err), l.back)
		case !w.alarm.Loud():
			l.keep()
		default:
			view := "suspicious"
			if w.alarm.Changed == 0 {
				view = "blocked"
			}
			l.e.askSharp(l.markets, w, kit.Answer{Label: l.e.T("lab.look." + view), Act: func() { l.Open(view) }}, l.keep)
		}
	})
}

func (l *laboratory) keep() {
	l.save.Disable()
	l.section.SaveUnasked(l.e.Frame.Back)
	if !l.section.Saving { // it was refused
		l.said.Say(widgets.BannerError, l.e.T("save.refused"), l.back)
	}
}
