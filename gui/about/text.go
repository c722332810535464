package about

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// lineLength is how many characters of a licence stand on a line: what the smallest window has room for.
const lineLength = 96

// workText is the licences of one work: a table of lines, because they may be some thousand.
type workText struct {
	p      *Page
	lines  *table.Table
	object fyne.CanvasObject
}

func newWorkText(p *Page, work assets.Notice) *workText {
	var rows []table.Row
	for _, line := range broken(work.Text, lineLength) {
		rows = append(rows, table.Row{Cells: []string{line}})
	}
	t := &workText{p: p, lines: table.New([]table.Column{{Title: work.Name, Width: 400, Grow: 1}}, func(q table.Query, done func([]table.Row, int, bool)) {
		done(kit.PageOf(rows, q.Limit, q.Offset), len(rows), true)
	})}
	t.lines.SetEscape(p.Pop)
	leave := widgets.NewIconButton(p.e.T("rows.back"), theme.NavigateBackIcon(), p.Pop)
	leave.SetEscape(p.Pop)
	t.object = widgets.Inset(sheetMargin, 4,
		widgets.NewBorder(widgets.NewBorder(nil, nil, leave, nil, widgets.NewBody(p.e.T("about.licences")).Bold()), nil, nil, nil, t.lines))
	return t
}

// Content is always the same object.
func (t *workText) Content() fyne.CanvasObject { return t.object }

// Show puts the keys into the text.
func (t *workText) Show() {
	t.lines.Reload()
	t.p.e.Win.Canvas().Focus(t.lines.Focusable())
}

// broken gives the lines of text, those that are longer than most characters in pieces that end with a word.
func broken(text string, most int) (lines []string) {
	for line := range strings.SplitSeq(text, "\n") {
		letters := []rune(strings.ReplaceAll(line, "\t", "    "))
		for len(letters) > most {
			end := most
			for i := most; i > most/2; i-- {
				if letters[i] == ' ' {
					end = i
					break
				}
			}
			lines = append(lines, string(letters[:end]))
			letters = []rune(strings.TrimLeft(string(letters[end:]), " "))
		}
		lines = append(lines, string(letters))
	}
	return lines
}
