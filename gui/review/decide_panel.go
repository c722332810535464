package review

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// The numbers of things offered at once.
const (
	suggestionsShown = 3
	suggestionsFound = 10
	foundShown       = 20
	rivalsShown      = 5
)

// decidePanel is the decision about one unmatched product: it stands above what it could be, field under field. After a
// decision the next row that waits comes by itself.
type decidePanel struct {
	e       *env
	decider *decider
	walk    rowWalk
	object  fyne.CanvasObject
	body    *fyne.Container

	stop    stop
	choices transfer.Choices
	offered []domain.Product // what is compared, in its order
	loaded  bool             // the choices are those of the row in view, which has been there long enough to be seen
	moved   bool             // a decision brings the next row
	rests   bool             // that row has just come, and nobody has seen it
	all     bool             // all suggestions are shown, not the first few
	asked   int
	seeking int // which search of the catalogue is the newest
	typing  *kit.Typing
	sought  func() // when what is being looked for has been found; may be nil

	title      *widget.Label
	said       *widgets.Banner
	back       *widgets.Button
	place      *widgets.Text
	placed     string // what it says once the row does not rest any more
	prev, next *widgets.Button

	remote *comparedRow
	wrong  *widgets.Text
	rivals *widgets.Picks
	clash  *widgets.Text // what the rivals are
	units  *widgets.Button

	search *widgets.Entry
	lead   *widgets.Text // over what is compared: what it is, or why there is nothing
	local  *comparison
	more   *widgets.Button // shows the other suggestions
	scroll *container.Scroll

	ignore, create, pair *widgets.Button

	over *fyne.Container // before the first row has come, and when nothing waits any more
	goOn *widgets.Button // what stands out then
}

func (p *decidePanel) Content() fyne.CanvasObject { return p.object }

// Show fetches the row in view anew, at first the one that was asked for.
func (p *decidePanel) Show() {
	row, at := p.stop.row, p.stop.at
	if !p.stop.ok {
		p.come(func(ctx context.Context) (stop, error) { return p.walk.next(ctx, 0, "") })
		return
	}
	p.come(func(ctx context.Context) (stop, error) { return p.walk.find(ctx, row, at) })
}

func (p *decidePanel) FocusSearch() bool {
	if !p.search.Visible() {
		return false
	}
	p.e.Win.Canvas().Focus(p.search)
	return true
}

// step goes to the row beside this one.
func (p *decidePanel) step(by int) {
	at := p.stop.at + by
	if at < 0 || at >= p.stop.total {
		return
	}
	p.said.Hide()
	p.come(func(ctx context.Context) (stop, error) { return p.walk.place(ctx, at) })
}

// come brings the row that find gives, and its choices.
func (p *decidePanel) come(find func(ctx context.Context) (stop, error)) {
	type answer struct {
		stop    stop
		waiting int // rows of the run that wait for a decision
		choices transfer.Choices
		left    decisions.Standing // where no row was found
	}
	run := p.walk.query.RunID
	kit.Newest(p.e.Env, &p.asked, func(ctx context.Context) (a answer, err error) {
		if a.stop, err = find(ctx); err != nil {
			return a, err
		}
		if !a.stop.ok {
			a.left, err = p.e.co.DecisionStanding(ctx, run)
			return a, err
		}
		if a.waiting, err = p.walk.waiting(ctx); err != nil {
			return a, err
		}
		a.choices, err = p.e.co.Choices(ctx, run, a.stop.row.Remote.ID, nil, suggestionsFound)
		return a, err
	}, func(a answer, err error) {
		if err != nil {
			p.loaded = true
			p.over.Objects = nil
			p.over.Refresh()
			p.said.Say(widgets.BannerError, p.e.Error(err))
			return
		}
		p.rests = false
		if !a.stop.ok {
			p.end(a.stop, a.left)
			return
		}
		p.set(a.stop, a.waiting, a.choices)
		if p.moved {
			p.moved = false
			p.rest()
		}
	})
}

// restTime is longer than what lies between the two clicks of a double one.
const restTime = 400 * time.Millisecond

// rest lets nobody decide about a row that has just come by itself: a double click was meant for the one before.
func (p *decidePanel) rest() {
	n := p.asked
	p.loaded, p.rests = false, true
	p.offer()
	time.AfterFunc(restTime, func() {
		p.e.Do(func() {
			if n == p.asked && p.stop.ok {
				p.loaded, p.rests = true, false
				p.place.SetText(p.placed)
				p.offer()
			}
		})
	})
}

// offer turns on what can be decided about the row in view.
func (p *decidePanel) offer() {
	row := []transfer.Listed{p.stop.row}
	widgets.EnableIf(p.ignore, p.loaded && len(suitable(transfer.DecideIgnore, row)) > 0)
	widgets.EnableIf(p.create, p.loaded && len(suitable(transfer.DecideCreate, row)) > 0)
	p.offerPair()
}

// sayRests says why a key did nothing that was pressed while the row rests.
func (p *decidePanel) sayRests() {
	if p.rests {
		p.place.SetText(p.e.T("decide.rests"))
	}
}

// set shows a row and what it could be.
func (p *decidePanel) set(s stop, waiting int, c transfer.Choices) {
	p.stop, p.choices, p.loaded = s, c, true
	defer p.object.Refresh()
	p.body.Show()
	p.over.Hide()
	e := p.e
	p.placed = e.T("decide.place", s.at+1, s.total, waiting)
	p.place.SetText(p.placed)
	widgets.EnableIf(p.prev, s.at > 0)
	widgets.EnableIf(p.next, s.at+1 < s.total)
	p.remote.show(remoteCompared(e, s.row))
	p.wrong.Hide()
	p.units.Enable()
	p.units.SetText(e.T("decide.units"))
	p.offer()
	p.search.SetText("")
	p.typing.Stop()
	p.all = false
	p.showRivals()
	p.suggest()
	p.scroll.ScrollToTop()
	p.focus()
	p.object.Refresh()
	p.bringIntoView() // in a low window what is picked may lie under the fold
}

// focus puts the keyboard onto what is compared if something is picked, onto nothing if not, and into the search where
// there is nothing.
func (p *decidePanel) focus() {
	switch {
	case p.local.Picked() >= 0:
		p.e.Win.Canvas().Focus(p.local)
	case p.local.Len() > 0 || !p.FocusSearch():
		p.e.Win.Canvas().Unfocus()
	}
}

// end says that nothing waits here any more, and where something still does.
func (p *decidePanel) end(s stop, left decisions.Standing) {
	e := p.e
	p.stop, p.choices, p.loaded, p.moved = s, transfer.Choices{}, true, false
	p.body.Hide()
	p.over.Show()
	p.place.SetText("")
	title, text := e.T("decide.over"), e.T("decide.over.text")
	list := widgets.NewButton(e.T("decide.to-list"), e.Pop)
	buttons := container.NewHBox(list, layout.NewSpacer())
	p.goOn = list
	if n := left.Waiting(); n > 0 {
		title, text = e.T("decide.group.over"), e.T("decide.group.over.text", n)
		if of, ok := oneByOne(left); ok {
			p.goOn = widgets.NewButton(e.T("decide.next", e.T("group."+string(of.Part)), of.Rows), func() { p.toGroup(of.Part) })
			buttons.Objects = []fyne.CanvasObject{p.goOn, list, layout.NewSpacer()}
		}
	}
	list.SetEscape(e.Pop)
	p.goOn.SetEscape(e.Pop)
	p.goOn.Primary()
	p.over.Objects = []fyne.CanvasObject{widgets.Gap(8), widgets.NewTitle(title), widgets.NewBody(text), buttons}
	e.Win.Canvas().Focus(p.goOn)
	p.object.Refresh()
}

// oneByOne is the first group whose rows are decided about one after the other; those that are surely new have an action of
// their own in the list of groups.
func oneByOne(st decisions.Standing) (of decisions.Group, ok bool) {
	for _, of := range st.Groups {
		if of.Part != decisions.PartNew {
			return of, true
		}
	}
	return of, false
}

// toGroup goes on with another group.
func (p *decidePanel) toGroup(part transfer.Part) {
	p.walk.query = transfer.Query{RunID: p.walk.query.RunID, Outcome: transfer.OutcomeUnmatched, Part: part}
	p.title.SetText(p.e.T("group." + string(part)))
	p.said.Hide()
	p.come(func(ctx context.Context) (stop, error) { return p.walk.next(ctx, 0, "") })
}

// showRivals shows the other side of a conflict or an ambiguity.
func (p *decidePanel) showRivals() {
	e, rivals := p.e, p.choices.Rivals
	widgets.ShowIf(p.clash, len(rivals) > 0)
	widgets.ShowIf(p.rivals, len(rivals) > 0)
	p.clash.SetText(e.T("decide.rivals", len(rivals)))
	picks := make([]widgets.Pick, min(len(rivals), rivalsShown))
	for i := range picks {
		r := rivals[i]
		picks[i] = widgets.Pick{Title: r.Remote.Name, Lines: []string{remoteFacts(e, r.Remote)}, Why: e.Why(r.Row)}
		if len(suitable(transfer.DecidePair, []transfer.Listed{r})) > 0 {
			picks[i].Button = e.T("decide.to-rival")
		}
	}
	p.rivals.SetPicks(picks)
}

// toRival goes to a rival; afterwards the walk goes on where it was.
func (p *decidePanel) toRival(i int) {
	row, at := p.choices.Rivals[i], p.stop.at
	p.said.Hide()
	p.come(func(ctx context.Context) (stop, error) { return p.walk.find(ctx, row, at) })
}

// suggest offers what the program has found: the first few, of which the first is picked if it is sure.
func (p *decidePanel) suggest() {
	e := p.e
	p.offered = nil
	shown := p.choices.Suggestions
	if !p.all {
		shown = shown[:min(suggestionsShown, len(shown))]
	}
	var all []compared
	picked := -1
	for i, s := range shown {
		p.offered = append(p.offered, s.Product)
		all = append(all, productCompared(e, p.stop.row.Remote, s.Product, suggestedWords(e, s), s.BoundTo))
		if i == 0 && s.Sure() {
			picked = 0
		}
	}
	p.lead.SetText(e.T("decide.suggestions"))
	if len(all) == 0 {
		p.lead.SetText(e.T("decide.no-suggestion"))
	}
	left := len(p.choices.Suggestions) - len(shown)
	p.more.SetText(e.T("decide.more", left))
	p.compare(all, picked)
	widgets.ShowIf(p.more, left > 0)
}

// compare shows what is offered; without anything the new product is what is left to do.
func (p *decidePanel) compare(all []compared, picked int) {
	p.more.Hide()
	p.local.set(all, picked)
	setPrimary(p.create, len(all) == 0)
	p.offerPair()
	p.object.Refresh()
}

// offerPair turns the pairing on once a product is picked.
func (p *decidePanel) offerPair() {
	picked := p.local.Picked() >= 0
	widgets.EnableIf(p.pair, picked && p.loaded)
	setPrimary(p.pair, picked)
}

// setPrimary makes b the one button that stands out, or an ordinary one.
func setPrimary(b *widgets.Button, on bool) {
	b.Importance = widget.MediumImportance
	if on {
		b.Importance = widget.HighImportance
	}
	b.Refresh()
}

// bringIntoView scrolls to what is picked.
func (p *decidePanel) bringIntoView() {
	driver := fyne.CurrentApp().Driver()
	pos, size := p.local.Place()
	if size.Height == 0 {
		return
	}
	top := driver.AbsolutePositionForObject(p.local).Y + pos.Y - driver.AbsolutePositionForObject(p.scroll).Y
	by := max(0, top+size.Height-p.scroll.Size().Height)
	if top < 0 {
		by = top
	}
	p.scroll.ScrollToOffset(p.scroll.Offset.AddXY(0, by))
}
