package intake

import (
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// foundView is what was found in a file: whose it is, how many orders, words that nobody has explained, what is not taken
// and why.
type foundView struct {
	e      *env
	of     looked
	object fyne.CanvasObject
	said   *widgets.Banner
	take   *widgets.Button
	others []fyne.Disableable
}

// foundActs is what the view does with the sheet around it.
type foundActs struct {
	take    func()
	another func()
	columns func()
	escape  func()
	answer  func(word string, s orders.Status)
}

func newFoundView(e *env, l looked, acts foundActs) *foundView {
	v := &foundView{e: e, of: l, said: widgets.NewBanner()}
	f := l.found
	another := widgets.NewIconButton(e.T("import.another"), theme.NavigateBackIcon(), acts.another)
	columns := widgets.NewIconButton(e.T("orders.take.columns"), theme.ListIcon(), acts.columns)
	news := l.standing.added + l.standing.changed
	takes := e.T("orders.take.go", news)
	if news == 0 {
		takes = e.T("orders.take.go.none")
	}
	v.take = widgets.NewIconButton(takes, theme.DownloadIcon(), acts.take).Primary()
	widgets.EnableIf(v.take, news > 0)
	for _, b := range []*widgets.Button{another, columns, v.take} {
		b.SetEscape(acts.escape)
	}
	v.others = []fyne.Disableable{another, columns}
	box := container.NewVBox(widgets.Tight(
		widgets.NewBody(e.T("orders.take.found", f.Profile.Title, len(f.Orders))).Bold(), widgets.NewBody(l.standing.words(e)), widgets.NewMuted(rowWords(e, f))))
	if len(l.elsewhere) > 0 {
		wrong := widgets.NewBanner()
		wrong.Say(widgets.BannerWarning, e.OrdersElsewhere(l.elsewhere))
		box.Add(wrong)
	}
	if !v.hasBuyer() {
		lack := widgets.NewBanner()
		lack.Say(widgets.BannerWarning, e.T("orders.take.no-buyer"))
		box.Add(lack)
	}
	for i, w := range f.Unknown {
		if i == 0 {
			box.Add(widgets.NewSection(e.T("orders.take.words")))
			box.Add(widgets.NewMuted(e.T("orders.take.words.text")))
		}
		box.Add(v.word(w, acts))
	}
	if len(f.Problems) > 0 {
		box.Add(widgets.NewSection(e.T("orders.take.problems", len(f.Problems))))
		box.Add(widgets.FixedHeight(tableHeight, v.problems(acts.escape)))
	}
	if len(f.Ignored) > 0 {
		names := make([]string, len(f.Ignored))
		for i, c := range f.Ignored {
			names[i] = c.Name
		}
		box.Add(widgets.NewSection(e.T("orders.take.ignored", len(names))))
		box.Add(widgets.NewMuted(strings.Join(names, ", ")))
	}
	foot := container.NewVBox(widget.NewSeparator(), widgets.NewBorder(nil, nil, container.NewHBox(another, columns), v.take, widgets.Gap(1)))
	v.object = widgets.NewBorder(container.NewVBox(widgets.NewMuted(filepath.Base(f.Path)), v.said), foot, nil, nil, container.NewVScroll(box))
	return v
}

// tableHeight is that of the problems of a file.
const tableHeight = 190

// hasBuyer tells whether the file names its buyers.
func (v *foundView) hasBuyer() bool {
	for _, f := range []orders.Field{orders.FieldBuyer, orders.FieldFirst, orders.FieldCompany} {
		if len(v.of.found.Columns[f]) > 0 {
			return true
		}
	}
	return false
}

// focus puts the keyboard on the blue button.
func (v *foundView) focus() { v.e.Win.Canvas().Focus(v.take) }

func (v *foundView) setBusy(busy bool) {
	for _, o := range append(v.others, v.take) {
		widgets.EnableIf(o, !busy)
	}
	v.said.Hide()
	if busy {
		v.said.Say(widgets.BannerInfo, v.e.T("orders.take.taking"))
	}
}

// word asks what a status of the file means.
func (v *foundView) word(w orders.Word, acts foundActs) fyne.CanvasObject {
	e := v.e
	statuses := []orders.Status{orders.StatusOK, orders.StatusOpen, orders.StatusCancelled}
	c := widgets.NewChoice([]string{e.T("orders.take.word.ok"), e.T("orders.take.word.open"), e.T("orders.take.word.never")},
		func(i int) { acts.answer(w.Text, statuses[i]) })
	c.SetEscape(acts.escape)
	v.others = append(v.others, c)
	said := e.T("orders.take.word", w.Text, w.Rows)
	if w.Text == "" {
		said = e.T("orders.take.word.none", w.Rows)
	}
	return widgets.NewRow(said, c, e.T("orders.take.words.text"))
}

// problems lists the rows that are not taken as they stand.
func (v *foundView) problems(escape func()) fyne.CanvasObject {
	e := v.e
	rows := make([]table.Row, len(v.of.found.Problems))
	for i, p := range v.of.found.Problems {
		why := e.T("orders.reason." + string(p.Reason))
		rows[i] = table.Row{Cells: []string{e.Count(p.Line), fieldWords(e, p.Field), p.Value, why}, Detail: why}
	}
	t := table.New([]table.Column{
		{Title: e.T("orders.take.line"), Width: 56, Right: true},
		{Title: e.T("orders.take.field"), Width: 150},
		{Title: e.T("orders.take.value"), Width: 110, Grow: 0.5},
		{Title: e.T("orders.take.why"), Width: 260, Grow: 3},
	}, func(q table.Query, done func([]table.Row, int, bool)) {
		done(kit.PageOf(rows, q.Limit, q.Offset), len(rows), true)
	})
	t.SetEscape(escape)
	t.Reload()
	return t
}

// fieldWords name a field of a file for people.
func fieldWords(e *env, f orders.Field) string {
	if f == "" {
		return ""
	}
	return e.T("orders.field." + string(f))
}

// words say how many of the orders are new.
func (st standing) words(e *env) string {
	return words.Listed(" · ", e.Counted("orders.take.new", st.added), e.Counted("orders.take.changed", st.changed), e.Counted("orders.take.same", st.same))
}

// rowWords count the rows of a file; a zero is left out.
func rowWords(e *env, f orders.Found) string {
	sheet := ""
	if f.Sheet != "" && len(f.Sheets) > 1 {
		sheet = e.T("orders.take.sheet", f.Sheet)
	}
	return words.Listed(" · ", e.T("orders.take.rows", f.Rows), e.Counted("orders.take.repeated", f.Repeated),
		e.Counted("orders.take.no-line", f.NoLine), e.Counted("orders.take.refused", f.Refused), sheet)
}

// detailOfError is the Detail of the outermost domain.Error.
func detailOfError(err error) string {
	if e := new(domain.Error); errors.As(err, &e) {
		return e.Detail
	}
	return ""
}

// unwrapped is what a domain.Error wraps, in its own words.
func unwrapped(err error) string {
	if e := new(domain.Error); errors.As(err, &e) && e.Err != nil {
		return e.Err.Error()
	}
	return ""
}
