package review

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// groupList is what waits for a decision, in groups by reason: each has one thing to do about all of it.
type groupList struct {
	e       *env
	decider *decider
	run     transfer.Run
	object  fyne.CanvasObject
	asked   int
	st      decisions.Standing
	inside  inside

	title  *widget.Label
	search *widgets.Entry
	export *widgets.Button
	said   *widgets.Banner
	back   *widgets.Button // takes the last decision back
	lines  *fyne.Container
	first  *widgets.Button // the one that stands out; nil: nothing waits
}

func newGroupList(e *env, d *decider, run transfer.Run) *groupList {
	g := &groupList{e: e, decider: d, run: run, said: widgets.NewBanner(), lines: container.NewVBox(widgets.NewMuted(e.T("rows.loading")))}
	g.title = widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	g.title.Truncation = fyne.TextTruncateEllipsis
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	g.search = widgets.NewEntry(e.T("rows.search"))
	g.search.Icon = theme.SearchIcon()
	g.search.OnSubmitted = func(string) { g.find() }
	g.search.OnUndo = d.undo
	g.export = widgets.NewIconButton(e.T("rows.export"), theme.DocumentSaveIcon(), g.save)
	g.back = widgets.NewIconButton(e.T("decide.take-back"), theme.ContentUndoIcon(), d.undo)
	for _, k := range []interface{ SetEscape(func()) }{leave, g.search, g.export, g.back} {
		k.SetEscape(e.Pop)
	}
	head := widgets.NewBorder(nil, nil, leave, container.NewHBox(widgets.FixedWidth(searchWidth, g.search), g.export), g.title)
	g.object = widgets.NewBorder(container.NewVBox(head, g.said, widget.NewSeparator()), nil, nil, nil, container.NewVScroll(g.lines))
	return g
}

func (g *groupList) Content() fyne.CanvasObject { return g.object }

// FocusSearch puts the cursor into the search.
func (g *groupList) FocusSearch() bool {
	g.e.Win.Canvas().Focus(g.search)
	return true
}

// Show counts anew; the keyboard stands on the button that stands out.
func (g *groupList) Show() {
	kit.Newest(g.e.Env, &g.asked, func(ctx context.Context) (decisions.Standing, error) {
		return g.e.co.DecisionStanding(ctx, g.run.ID)
	}, func(st decisions.Standing, err error) {
		if err != nil {
			g.said.Say(widgets.BannerError, g.e.Error(err))
			return
		}
		g.set(st)
	})
}

func (g *groupList) set(st decisions.Standing) {
	g.st = st
	if p := g.inside.part; p != "" { // what was decided is no longer in it
		g.inside.part = ""
		g.unfold(p)
	}
	g.draw()
	if g.e.Modal == nil {
		g.e.Win.Canvas().Focus(g.first)
	}
}

// draw shows the groups.
func (g *groupList) draw() {
	e, st := g.e, g.st
	widgets.Leave(g.lines) // or the tooltip of a sign that is pressed would stay
	g.first, g.lines.Objects = nil, nil
	g.title.SetText(e.T("became.waiting", st.Waiting()))
	widgets.EnableIf(g.export, st.Waiting() > 0)
	for _, of := range st.Groups {
		g.lines.Add(g.line(of))
		if of.Part == g.inside.part && len(g.inside.rows) > 0 {
			g.lines.Add(g.products(of))
		}
		g.lines.Add(widget.NewSeparator())
	}
	if g.first == nil {
		g.first = widgets.NewButton(e.T("decide.close"), e.Pop)
		g.first.SetEscape(e.Pop)
		g.title.SetText(e.T("decide.over"))
		g.lines.Objects = []fyne.CanvasObject{widgets.NewBody(e.T("decide.over.text")), container.NewHBox(g.first, layout.NewSpacer())}
	}
	setPrimary(g.first, true)
	g.object.Refresh()
}

// line is one group: its reason, how many, and what can be done about all of it.
func (g *groupList) line(of decisions.Group) fyne.CanvasObject {
	e := g.e
	act := widgets.NewIconButton(e.T("group.each"), theme.QuestionIcon(), func() { g.decideEach(of.Part) })
	buttons := container.NewHBox(act)
	add := func(key string, do func()) {
		b := widgets.NewButton(e.T(key), do)
		b.Importance = widget.LowImportance
		b.SetEscape(e.Pop)
		buttons.Add(b)
	}
	if of.Part == decisions.PartNew || of.Part == decisions.PartInStore {
		act.SetText(e.T("group.create", of.Rows))
		act.SetIcon(theme.ContentAddIcon())
		act.OnTapped = func() { g.ask(transfer.DecideCreate, of) }
	}
	act.SetEscape(e.Pop)
	add("group.list", func() { e.Push(newGroupRows(e, g.decider, g.run, of.Part, "")) })
	add("group.ignore", func() { g.ask(transfer.DecideIgnore, of) })
	if g.first == nil {
		g.first = act
	}
	name := widget.NewLabel(e.T("group." + string(of.Part)))
	name.Truncation = fyne.TextTruncateEllipsis
	count := widget.NewLabelWithStyle(e.Count(of.Rows), fyne.TextAlignTrailing, fyne.TextStyle{Bold: true})
	return widgets.NewBorder(nil, nil, container.NewHBox(g.fold(of.Part), widgets.FixedWidth(countWidth, count)), buttons, name)
}

// countWidth is that of the numbers before the reasons.
const countWidth = 60

// decideEach goes through the rows of a part, one after the other.
func (g *groupList) decideEach(p transfer.Part) {
	g.e.Push(newDecidePanel(g.e, g.decider, g.e.T("group."+string(p)), g.of(p), transfer.Listed{}, 0))
}

// ask carries one decision out about a whole group, and says before what it leaves out.
func (g *groupList) ask(kind transfer.DecisionKind, of decisions.Group) {
	e := g.e
	key := "decide.ask." + string(kind)
	text := e.T(key + ".text")
	if left := g.others(of.Part); left != "" {
		text += "\n\n" + e.T("group.left", g.st.Waiting()-of.Rows, left)
	}
	if kind == transfer.DecideCreate {
		text += "\n\n" + e.T("group.taken")
	}
	e.Ask(e.T(key, of.Rows), text,
		kit.Answer{Label: e.T("cancel")},
		kit.Answer{Label: e.T("rows.command." + string(kind)), Importance: widget.HighImportance, Act: func() { g.carryOut(kind, of) }})
}

// others names the groups that a decision about one leaves out.
func (g *groupList) others(p transfer.Part) string {
	var all []string
	for _, of := range g.st.Groups {
		if of.Part != p {
			all = append(all, g.e.T("counters.quiet", g.e.T("group."+string(of.Part)), of.Rows))
		}
	}
	return strings.Join(all, " · ")
}

// carryOut decides about all rows of a group.
func (g *groupList) carryOut(kind transfer.DecisionKind, of decisions.Group) {
	e, run := g.e, g.run.ID
	g.said.Say(widgets.BannerInfo, e.T("group.working", of.Rows))
	kit.Background(e.Env, func(ctx context.Context) ([]transfer.Decision, error) {
		rows, _, err := e.co.Rows(ctx, g.of(of.Part))
		all := make([]transfer.Decision, len(rows))
		for i, r := range rows {
			all[i] = transfer.Decision{Kind: kind, Remote: r.Remote.ID}
		}
		return all, err
	}, func(all []transfer.Decision, err error) {
		if err != nil {
			g.said.Say(widgets.BannerError, e.Error(err))
			return
		}
		g.decider.decide(run, all, func(done transfer.Decided, err error) {
			if err != nil {
				g.said.Say(widgets.BannerError, e.Error(err))
				return
			}
			g.report(kind, done)
			g.Show()
		})
	})
}

// report says what came of it, and of what was refused why.
func (g *groupList) report(kind transfer.DecisionKind, done transfer.Decided) {
	words := []string{g.e.T("decide.done."+string(kind), done.Done)}
	banner := widgets.BannerGood
	counts := map[transfer.RefusalReason]int{}
	for _, r := range done.Refused {
		counts[r.Why]++
	}
	for _, r := range done.Refused {
		if n := counts[r.Why]; n > 0 {
			banner = widgets.BannerWarning
			words = append(words, g.e.T("group.refused", n, refusedWords(g.e, r.Why)))
			counts[r.Why] = 0
		}
	}
	var back []fyne.CanvasObject
	if done.ID != 0 {
		back = append(back, g.back)
	}
	g.said.Say(banner, strings.Join(words, " "), back...)
}

// takenBack counts anew.
func (g *groupList) takenBack(_ []domain.RemoteID, done transfer.Decided, err error) {
	if err != nil {
		g.said.Say(widgets.BannerError, g.e.Error(err))
		return
	}
	g.said.Say(widgets.BannerInfo, backWords(g.e, done))
	g.Show()
}

// find lists what waits and has the words.
func (g *groupList) find() {
	g.e.Push(newGroupRows(g.e, g.decider, g.run, transfer.PartUndecided, g.search.Text))
}

// save writes all that waits to a file, and says where it is.
func (g *groupList) save() {
	e := g.e
	q := transfer.Query{RunID: g.run.ID, Outcome: transfer.OutcomeUnmatched, Part: transfer.PartUndecided}
	g.export.Disable()
	g.said.Say(widgets.BannerInfo, e.T("rows.exporting"))
	kit.Act(e.Env, "export", func(ctx context.Context) (string, error) { return e.co.Export(ctx, q) }, func(path string, err error) {
		g.export.Enable()
		if err != nil {
			g.said.Say(widgets.BannerError, e.Error(err))
			return
		}
		folder := widgets.NewIconButton(e.T("rows.show-folder"), theme.FolderOpenIcon(), func() { e.ShowFolder(path) })
		folder.SetEscape(e.Pop)
		g.said.Say(widgets.BannerGood, e.T("rows.exported", path), folder)
	})
}

// TypedKey takes Enter while nothing has the focus: it is the button that stands out.
func (g *groupList) TypedKey(k *fyne.KeyEvent) bool {
	if (k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter) && g.first != nil {
		g.first.OnTapped()
		return true
	}
	return false
}
