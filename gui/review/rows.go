package review

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// rowList is the list behind a counter: searched, sorted, exported, page by page from the store. What a
// person decides about its rows stands in rows_commands.go, and how it is laid out in rows_layout.go.
type rowList struct {
	*kit.List[rowQuery]
	e       *env
	decider *decider
	name    string // of the list
	object  fyne.CanvasObject
	query   transfer.Query // of the list; search, part and sort apart
	paired  bool           // its rows have catalogue products

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

// escape takes the marks away, else leaves the list.
func (l *rowList) escape() {
	if len(l.Table.Marked()) > 0 {
		l.Table.Unmark()
		return
	}
	l.e.Pop()
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

// rowParts are the parts of the unmatched rows in the order they are offered.
func rowParts() []transfer.Part {
	return []transfer.Part{transfer.PartAll, transfer.PartUndecided, transfer.PartConflict, transfer.PartAmbiguous, transfer.PartIgnored}
}

// partNames are the parts with how many rows they have.
func (l *rowList) partNames() []string {
	names := make([]string, len(rowParts()))
	for i, p := range rowParts() {
		names[i] = l.e.T("rows.part." + cmp.Or(string(p), "all"))
		if l.parts != nil {
			names[i] = l.e.T("rows.part.count", names[i], l.parts[i])
		}
	}
	return names
}

// countParts counts the rows of every part, of the whole list.
func (l *rowList) countParts() {
	if l.part == nil {
		return
	}
	q := l.query
	q.Limit = 1
	kit.Background(l.e.Env, func(ctx context.Context) ([]int, error) {
		counts := make([]int, len(rowParts()))
		for i, p := range rowParts() {
			q.Part = p
			_, n, err := l.e.co.Rows(ctx, q)
			if err != nil {
				return nil, err
			}
			counts[i] = n
		}
		return counts, nil
	}, func(counts []int, err error) {
		if err != nil {
			return // the list itself says what is wrong
		}
		l.parts = counts
		at := l.part.SelectedIndex()
		l.part.Quietly(func() { l.part.SetOptions(l.partNames()); l.part.SetSelectedIndex(at) })
		widgets.EnableIf(l.first, counts[1] > 0)
	})
}
