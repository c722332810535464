package files

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// accountView is what becomes of each part of the file: what it asks, its rows, its columns, its sheets, and what was made of
// cells.
type accountView struct {
	e      *env
	acts   accountActs
	object fyne.CanvasObject
	box    *fyne.Container
	asked  map[string]*questionView
}

// accountActs is what the view does with the sheet around it.
type accountActs struct {
	answer func(q listing.Question, choice string)
	list   func(of rowsOf) // shows those rows
	escape func()
}

// questionView is a question with its choices. It stays while the question does, so that the keyboard stays on it.
type questionView struct {
	q      listing.Question
	choice *widgets.Choice
	lead   *widget.Icon // warns while it is open
	object fyne.CanvasObject
}

func newAccountView(e *env, acts accountActs) *accountView {
	v := &accountView{e: e, acts: acts, box: container.NewVBox(), asked: map[string]*questionView{}}
	v.object = container.NewVScroll(widgets.NewSettled(widgets.BesideBar(v.box)))
	return v
}

// show tells the account; counted: its rows were all gone through.
func (v *accountView) show(r *listing.Result, counted bool) {
	v.box.Objects = nil
	v.questions(r.Questions)
	if counted {
		v.jumps(r)
		v.rows(r)
	}
	v.columns(&r.Account)
	v.part("import.account.notes", len(r.Notes), func(i int) string { return v.e.FileNote(r.Notes[i]) })
	v.box.Refresh()
	v.object.Refresh()
}

// part lists n lines under a caption; without a line it is left out.
func (v *accountView) part(caption string, n int, line func(i int) string) {
	if n == 0 {
		return
	}
	v.box.Add(widgets.NewSection(v.e.T(caption)))
	lines := widgets.Tight()
	for i := range n {
		lines.Add(widgets.NewBody(line(i)))
	}
	v.box.Add(lines)
}

// questions asks what is open, and shows what was taken where nothing was said.
func (v *accountView) questions(list []listing.Question) {
	if len(list) == 0 {
		return
	}
	before := v.asked
	v.asked = map[string]*questionView{}
	caption := "import.account.choices"
	for _, q := range list {
		if q.Open() {
			caption = "import.account.questions"
		}
	}
	v.box.Add(widgets.NewBody(v.e.T(caption)).Bold())
	for _, q := range list {
		view := before[q.ID]
		if view == nil || !slices.Equal(view.q.Choices, q.Choices) || !startsWith(v.e.Samples(view.q), v.e.Samples(q)) {
			view = v.question(q)
		}
		view.choice.SetSelected(slices.Index(q.Choices, q.Chosen))
		view.lead.SetResource(leadOf(q))
		v.asked[q.ID] = view
		v.box.Add(view.object)
	}
}

// startsWith tells whether the first of samples are first: a question that is answered has fewer of them.
func startsWith(samples, first []string) bool {
	return len(first) <= len(samples) && slices.Equal(samples[:len(first)], first)
}

// leadOf is the sign in front of a question: it is open, or settled.
func leadOf(q listing.Question) fyne.Resource {
	if q.Open() {
		return theme.NewColoredResource(theme.WarningIcon(), theme.ColorNameWarning)
	}
	return theme.NewColoredResource(theme.ConfirmIcon(), theme.ColorNameSuccess)
}

// question makes the choice of one.
func (v *accountView) question(q listing.Question) *questionView {
	e := v.e
	var names []string
	for _, c := range q.Choices {
		names = append(names, oneLine(e.Choice(q, c)))
	}
	view := &questionView{q: q, lead: widget.NewIcon(leadOf(q))}
	view.choice = widgets.NewChoice(names, func(i int) { v.acts.answer(q, q.Choices[i]) })
	view.choice.SetEscape(v.acts.escape)
	words := widgets.Tight(widgets.NewBody(e.Question(q)))
	if len(q.Rows) > 0 { // they are compared line by line
		words = widgets.Tight(widgets.NewBody(e.QuestionAlone(q)))
		for _, sample := range e.Samples(q) {
			words.Add(widgets.NewMuted(oneLine(sample)))
		}
	}
	view.object = widgets.NewBorder(nil, nil, container.NewVBox(widgets.Gap(4), view.lead), nil, container.NewVBox(words, widgets.Inset(8, 0, view.choice)))
	return view
}

// jumpsShown is how many prices that move far are shown: they tell what kind of mistake it is, if it is one.
const jumpsShown = 5

// jumps warns of prices that move far.
func (v *accountView) jumps(r *listing.Result) {
	if r.JumpCount == 0 {
		return
	}
	words := widgets.Tight(widgets.NewBody(v.e.T("import.jumps", r.JumpCount)).Bold())
	for _, j := range r.Jumps[:min(jumpsShown, len(r.Jumps))] {
		words.Add(widgets.NewMuted(oneLine(v.e.Jump(j))))
	}
	warns := widget.NewIcon(theme.NewColoredResource(theme.WarningIcon(), theme.ColorNameWarning))
	v.box.Add(widgets.NewBorder(nil, nil, container.NewVBox(widgets.Gap(4), warns), nil, words))
}

// rows counts what becomes of the rows; each of what is not taken leads to its list.
func (v *accountView) rows(r *listing.Result) {
	e := v.e
	v.box.Add(widgets.NewSection(e.T("import.account.rows", e.Count(r.Rows))))
	for _, line := range []struct {
		key string
		n   int
		of  rowsOf
	}{
		{"import.account.taken", r.Taken(), rowsAll},
		{"import.account.repeated", r.Repeated, rowsRepeated},
		{"import.account.refused", r.Refused, rowsRefused},
		{"import.account.no-product", r.NoProduct, rowsNoProduct},
	} {
		if line.n == 0 {
			continue
		}
		words := widgets.NewBody(e.T(line.key, e.Count(line.n)))
		if line.of == rowsAll || !slices.ContainsFunc(r.Problems, line.of.has) {
			v.box.Add(words)
			continue
		}
		show := widgets.NewButton(e.T("import.account.list"), func() { v.acts.list(line.of) })
		show.SetEscape(v.acts.escape)
		v.box.Add(widgets.NewBorder(nil, nil, nil, show, words))
	}
}

// columns says which column became what, and which columns and sheets nothing is taken from.
func (v *accountView) columns(a *listing.Account) {
	e := v.e
	var used []string
	for _, f := range listing.Fields() {
		if header, ok := a.Columns[f]; ok {
			names := []string{v.column(header)}
			for _, h := range a.Fallbacks[f] {
				names = append(names, v.column(h))
			}
			used = append(used, e.T("import.account.column", e.Field(f), strings.Join(names, e.T("import.account.else"))))
		}
	}
	v.part("import.account.columns", len(used), func(i int) string { return used[i] })
	v.part("import.account.ignored", len(a.Ignored), func(i int) string {
		c := a.Ignored[i]
		return e.T("import.account.ignored.line", v.column(c.Header), e.Count(c.Filled), oneLine(c.Sample))
	})
	unread := slices.DeleteFunc(slices.Clone(a.Sheets), func(s listing.Sheet) bool { return s.Read })
	v.part("import.account.unread", len(unread), func(i int) string {
		return e.T("import.account.unread.line", unread[i].Name, e.Count(unread[i].Rows))
	})
}

func (v *accountView) column(header string) string {
	if name := oneLine(header); name != "" {
		return name
	}
	return v.e.T("import.account.unnamed")
}

// enable lets a person answer, or not.
func (v *accountView) enable(on bool) {
	for _, q := range v.asked {
		widgets.EnableIf(q.choice, on)
	}
}
