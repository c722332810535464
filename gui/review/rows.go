package review

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// rowList is the list behind a counter: searched, sorted, exported, page by page from the store. What a
// person decides about its rows stands in rows_commands.go.
type rowList struct {
	*kit.List[rowQuery]
	e      *env
	s      *Page
	object fyne.CanvasObject
	query  transfer.Query // of the list; search, part and sort apart
	paired bool           // its rows have catalogue products

	part  *widgets.Select // nil: the list has no parts
	parts []int           // how many rows each part has; nil until they were counted
	act   *widgets.Button // opens the commands; nil: nothing can be decided here
	first *widgets.Button // decides about the rows that wait, one after the other; may be nil
	back  *widgets.Button // takes the last decision back

	refused map[domain.RemoteID]transfer.RefusalReason // said at their rows
}

// rowQuery asks for rows, and says at some of them why a decision was refused.
type rowQuery struct {
	transfer.Query
	refused map[domain.RemoteID]transfer.RefusalReason
}

// rowParts are the parts of the unmatched rows in the order they are offered.
func rowParts() []transfer.Part {
	return []transfer.Part{transfer.PartAll, transfer.PartUndecided, transfer.PartConflict, transfer.PartAmbiguous, transfer.PartIgnored}
}

// newRowList makes the list of one of the section's counters.
func newRowList(s *Page, c counted) *rowList {
	e := s.e
	l := &rowList{e: e, s: s, query: transfer.Query{RunID: s.run.ID, Transferred: c.transferred, Outcome: c.outcome}}
	l.paired = l.hasPartners()
	l.List = kit.NewList(e.Env, kit.Listing[rowQuery]{
		Columns: rowColumns(e, l.paired),
		Query:   l.ask, Fetch: l.fetch,
		Export: func(ctx context.Context, q rowQuery) (string, error) { return e.co.Export(ctx, q.Query) },
		None:   func(q rowQuery) string { return l.nothing(q, c.none) },
		Search: e.T("rows.search"), Count: "rows.count", Pick: e.T("rows.pick"), Back: s.pop,
	})
	l.OnTyped = l.Said.Hide
	l.OnLoaded = func(rowQuery, int) { l.offer() }
	l.Search.OnUndo = s.Undo
	l.back = widgets.NewIconButton(e.T("decide.take-back"), theme.ContentUndoIcon(), s.Undo)
	l.Table.OnSelected = func(r table.Row) { l.State.SetText(r.Detail); l.offer() }
	var line fyne.CanvasObject = l.Search
	if l.decidable() {
		line = l.makeCommands()
	}
	l.Table.SetEscape(l.escape)
	leave := widgets.NewIconButton(e.T("rows.back"), theme.NavigateBackIcon(), s.pop)
	for _, b := range []*widgets.Button{l.back, leave} {
		b.SetEscape(s.pop)
	}
	l.object = l.Layout(
		widgets.NewBorder(nil, nil, leave, l.commands(), widgets.NewBody(e.T(c.title)).Bold().OneLine()),
		line, l.Said)
	return l
}

// hasPartners tells whether the rows of the list have catalogue products: what matched, and what was created.
func (l *rowList) hasPartners() bool {
	if l.query.Transferred {
		return true
	}
	switch l.query.Outcome {
	case transfer.OutcomeSkipped:
		return false
	case transfer.OutcomeUnmatched:
		return l.s.run.Options.Unmatched != transfer.UnmatchedListed
	default:
		return true
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

// escape takes the marks away, else leaves the list.
func (l *rowList) escape() {
	if len(l.Table.Marked()) > 0 {
		l.Table.Unmark()
		return
	}
	l.s.pop()
}

// renew fetches what is in view, and stays there.
func (l *rowList) renew() {
	l.Table.Renew()
	l.countParts()
}

// ask is the list's query with what is searched for.
func (l *rowList) ask(a kit.Asked) rowQuery {
	q := rowQuery{l.query, l.refused}
	q.Search, q.Sort, q.Desc = a.Search, transfer.Sort(a.Sort), a.Desc
	if l.part != nil {
		q.Part = kit.Pick(rowParts(), l.part.SelectedIndex())
	}
	return q
}

// fetch gives one page, and says at the rows that a decision was refused for why.
func (l *rowList) fetch(ctx context.Context, q rowQuery, limit, offset int) ([]table.Row, int, error) {
	q.Limit, q.Offset = limit, offset
	listed, total, err := l.e.co.Rows(ctx, q.Query)
	rows := tableRows(l.e, listed, l.paired)
	for i, r := range listed {
		why, ok := q.refused[r.Remote.ID]
		if !ok {
			continue
		}
		words := refusedWords(l.e, why)
		rows[i].Cells[len(rows[i].Cells)-1] = words
		rows[i].Detail = r.Remote.Name + ": " + words
	}
	return rows, total, err
}

// nothing says why there are no rows; none is the key of why the list itself may have none.
func (l *rowList) nothing(q rowQuery, none string) string {
	switch {
	case q.Search != "":
		return l.e.T("rows.none.search", q.Search)
	case q.Part != transfer.PartAll:
		return l.e.T("rows.none.part." + string(q.Part))
	default:
		return l.e.T(none)
	}
}
