package files

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

const (
	exampleShown   = 24 // letters of a cell, which is there to know the column by
	columnsWidth   = 356
	fieldWidth     = 142
	columnsAtFirst = 100 // of a file with more, the first ones are shown, and those that are taken
)

// importColumns is the list of the file's columns, each with a choice of what it becomes.
type importColumns struct {
	object fyne.CanvasObject
	shown  []int // columns of the file
	picks  []*widgets.Select
	fields []listing.Field // of the options
}

// newImportColumns makes the list; change is told what a person lets a column become.
func newImportColumns(e *env, found listing.Found, escape func(), change func(column int, f listing.Field)) *importColumns {
	c := &importColumns{shown: shownColumns(found.Mapping), fields: append(listing.Fields(), "")}
	names := make([]string, len(c.fields))
	for i, f := range c.fields {
		names[i] = e.T("import.field." + string(f))
	}
	rows := container.NewVBox()
	for _, column := range c.shown {
		pick := widgets.NewSelect(names[len(names)-1], names, nil)
		pick.SetEscape(escape)
		c.picks = append(c.picks, pick)
		title := widget.NewLabelWithStyle(columnName(e, found.Header, column), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
		example := widget.NewLabel(exampleOf(found.Rows, column))
		example.SizeName = theme.SizeNameCaptionText
		for _, l := range []*widget.Label{title, example} {
			l.Truncation = fyne.TextTruncateEllipsis
		}
		words := container.New(tight{}, title, example)
		rows.Add(widgets.NewBorder(nil, nil, nil, widgets.Centred(widgets.FixedWidth(fieldWidth, pick)), words))
	}
	head := container.NewVBox(widgets.NewBody(e.T("import.columns")).Bold())
	if n := len(found.Header); n > len(c.shown) {
		head.Add(widgets.NewMuted(e.T("import.columns.more", n, len(c.shown))))
	}
	c.object = widgets.NewBorder(head, nil, nil, nil, container.NewVScroll(widgets.BesideBar(rows)))
	c.draw(found.Mapping)
	for i, pick := range c.picks {
		pick.OnChanged = func(string) {
			if at := pick.SelectedIndex(); at >= 0 {
				change(c.shown[i], c.fields[at])
			}
		}
	}
	return c
}

// draw shows what each column becomes.
func (c *importColumns) draw(m listing.Mapping) {
	for i, pick := range c.picks {
		for at, f := range c.fields {
			if f == m[c.shown[i]] && pick.SelectedIndex() != at {
				pick.Quietly(func() { pick.SetSelectedIndex(at) })
			}
		}
	}
}

func (c *importColumns) enable(on bool) {
	for _, pick := range c.picks {
		widgets.EnableIf(pick, on)
	}
}

// shownColumns are the first columns of a file, and those that are taken.
func shownColumns(m listing.Mapping) []int {
	var shown []int
	for i, f := range m {
		if i < columnsAtFirst || f != "" {
			shown = append(shown, i)
		}
	}
	return shown
}

// columnName is a column's name in the file; one without is counted.
func columnName(e *env, header []string, column int) string {
	if name := oneLine(header[column]); name != "" {
		return name
	}
	return e.T("import.column.unnamed", column+1)
}

// columnCalled finds the column that a question is about: by its header, or by its letter as in Excel; -1 for none.
func columnCalled(header []string, about string) int {
	if i := slices.Index(header, about); i >= 0 {
		return i
	}
	n := 0
	for _, r := range about {
		if r < 'A' || r > 'Z' || n > len(header) {
			return -1
		}
		n = 26*n + int(r-'A') + 1
	}
	if n > len(header) {
		return -1
	}
	return n - 1
}

// exampleOf gives the first value of a column.
func exampleOf(rows []listing.Row, column int) string {
	for _, r := range rows {
		if column < len(r.Cells) {
			if s := []rune(oneLine(r.Cells[column])); len(s) > exampleShown {
				return strings.TrimSpace(string(s[:exampleShown])) + "…"
			} else if len(s) > 0 {
				return string(s)
			}
		}
	}
	return ""
}

// cellShown is how much of a cell is drawn: a description may be a whole page.
const cellShown = 160

// oneLine makes a line of a cell's beginning.
func oneLine(s string) string {
	if len(s) > 4*cellShown {
		s = s[:4*cellShown]
	}
	s = strings.Join(strings.Fields(s), " ")
	return strings.ToValidUTF8(widgets.Brief(s, cellShown), "")
}

// tight lays labels under each other without the margin they bring along.
type tight struct{}

const tightOverlap = 12

func (tight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		s.Width = max(s.Width, m.Width)
		s.Height += m.Height - tightOverlap
	}
	return s.AddWidthHeight(0, tightOverlap)
}

func (tight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h - tightOverlap
	}
}

// preferenceImportMapping and the fingerprint of a header are the key of Preferences that keeps its mapping.
const preferenceImportMapping = "import.mapping."

// remembered gives the mapping that files with this header had the last time, nil for none.
func remembered(ctx context.Context, e *kit.Env, header []string) listing.Mapping {
	text := e.Preference(ctx, preferenceImportMapping+listing.Fingerprint(header))
	if text == "" {
		return nil
	}
	m, _ := listing.ParseMapping(text, len(header))
	return m
}

// remember keeps the mapping for the next file with this header.
func remember(e *kit.Env, header []string, m listing.Mapping) {
	e.SavePreference(preferenceImportMapping+listing.Fingerprint(header), m.String())
}
