package review

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// newRowList makes the list of one of the section's counters.
func newRowList(e *env, d *decider, run transfer.Run, c counter) *rowList {
	return makeRowList(e, d, run, c, transfer.PartAll)
}

// newGroupRows makes the list of a part of what did not match, already searched.
func newGroupRows(e *env, d *decider, run transfer.Run, p transfer.Part, search string) *rowList {
	c := sectionCounters()[unmatchedCard]
	c.title = "group." + string(p)
	l := makeRowList(e, d, run, c, p)
	l.Search.Text = search
	return l
}

// makeRowList makes the list of a counter, or of one part of it.
func makeRowList(e *env, d *decider, run transfer.Run, c counter, part transfer.Part) *rowList {
	l := &rowList{e: e, decider: d, name: e.T(c.title), query: transfer.Query{RunID: run.ID, Transferred: c.transferred, Outcome: c.outcome, Part: part}}
	l.paired = c.hasPartners(run)
	l.List = kit.NewList(e.Env, kit.Listing[rowQuery]{
		Columns: rowColumns(e, l.paired),
		Query:   l.ask, Fetch: l.fetch,
		Export: func(ctx context.Context, q rowQuery) (string, error) { return e.co.Export(ctx, q.Query) },
		None:   func(q rowQuery) string { return l.nothing(q, c.none) },
		Search: e.T("rows.search"), Count: "rows.count", Pick: e.T("rows.pick"), Back: e.Pop,
	})
	l.OnTyped = l.Said.Hide
	l.OnLoaded = func(rowQuery, int) { l.offer() }
	l.Search.OnUndo = d.undo
	l.back = widgets.NewIconButton(e.T("decide.take-back"), theme.ContentUndoIcon(), d.undo)
	l.Table.OnSelected = func(r table.Row) { l.State.SetText(r.Detail); l.offer() }
	var line fyne.CanvasObject = l.Search
	if c.decidable(run) {
		line = l.makeCommands()
	}
	l.Table.SetEscape(l.escape)
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), e.Pop)
	l.back.SetEscape(e.Pop)
	leave.SetEscape(e.Pop)
	l.object = l.Layout(
		widgets.NewBorder(nil, nil, leave, l.commands(), widgets.NewBody(l.name).Bold().OneLine()),
		line, l.Said)
	return l
}

// makeCommands gives the list its marks, menu and parts, and gives the line that stands over the rows.
func (l *rowList) makeCommands() fyne.CanvasObject {
	e := l.e
	l.Table.OnOpen = l.openRow
	l.Table.OnMenu = func(r table.Row, at fyne.Position) { l.menu(kit.MarkedAt[transfer.Listed](l.Table, r), at) }
	l.Table.OnMarked = func(int) { l.offer() }
	l.Table.OnKey = l.key
	l.act = widgets.NewIconButton("", theme.MenuDropDownIcon(), func() {
		l.menu(kit.Chosen[transfer.Listed](l.Table), kit.Under(l.act))
	})
	l.act.IconPlacement = widget.ButtonIconTrailingText
	l.act.SetEscape(l.escape)
	if l.query.Outcome != transfer.OutcomeUnmatched {
		l.offer()
		return l.Search
	}
	l.first = widgets.NewIconButton(e.T("decide.start"), theme.QuestionIcon(), l.decideFirst).Primary()
	l.first.SetEscape(l.escape)
	if l.query.Part != transfer.PartAll {
		l.offer()
		return widgets.NewBorder(nil, nil, nil, l.first, l.Search)
	}
	l.part = widgets.NewSelect(e.T("choose"), l.partNames(), nil)
	l.part.SetSelectedIndex(0)
	l.part.OnChanged = func(string) { l.refused = nil; l.Table.Unmark(); l.Reload() }
	l.part.SetEscape(l.escape)
	l.offer()
	return widgets.NewBorder(nil, nil, nil, container.NewHBox(widgets.FixedWidth(partWidth, l.part), l.first), l.Search)
}

// partWidth is that of the choice of parts.
const partWidth = 250

// commands are the buttons of the list.
func (l *rowList) commands() fyne.CanvasObject {
	if l.act == nil {
		return l.Export
	}
	return container.NewHBox(l.act, l.Export)
}

// offer says on the button how many rows the commands are for.
func (l *rowList) offer() {
	if l.act == nil {
		return
	}
	l.act.SetText(l.e.T("rows.commands"))
	if n := len(l.Table.Marked()); n > 0 {
		l.act.SetText(l.e.T("rows.commands.marked", n))
	}
	widgets.EnableIf(l.act, l.Table.Total() > 0)
	if l.first != nil && l.part == nil { // all of a group waits
		widgets.EnableIf(l.first, l.Table.Total() > 0)
	}
}

func (l *rowList) Content() fyne.CanvasObject { return l.object }

// Show fetches the list, where it stands; at first the cursor goes into the search.
func (l *rowList) Show() {
	if l.Table.Total() > 0 {
		l.renew()
		l.e.Win.Canvas().Focus(l.Table.Focusable())
		return
	}
	l.Reload()
	l.countParts()
	l.FocusSearch()
}

// TypedKey takes the keys that nothing has the focus for: a click on a button takes it away.
func (l *rowList) TypedKey(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		l.escape()
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.first != nil && !l.first.Disabled() {
			l.decideFirst()
		}
	case fyne.KeyUp, fyne.KeyDown:
		l.e.Win.Canvas().Focus(l.Table.Focusable())
	default:
		return false
	}
	return true
}
