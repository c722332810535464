package review

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// walkPage is how many rows are looked at at once for the next one that waits.
const walkPage = 200

// stop is a row that decisions have come to.
type stop struct {
	row   transfer.Listed
	at    int // its place in the list that is walked through
	total int // rows of that list
	ok    bool
}

// rowWalk finds rows in a list, in its order.
type rowWalk struct {
	transfers Rows
	query     transfer.Query
}

// wanted tells whether decisions stop at a row: it waits, or the list is of those that were ignored.
func (w rowWalk) wanted(r transfer.Listed) bool {
	return decisions.Waits(r.Row) || w.query.Part == transfer.PartIgnored && r.Decided == transfer.DecideIgnore
}

// next finds the first row from a place on that waits, and goes on at the beginning of the list.
func (w rowWalk) next(ctx context.Context, from int, but domain.RemoteID) (stop, error) {
	var s stop
	for _, part := range [][2]int{{from, -1}, {0, from}} {
		for at := part[0]; part[1] < 0 || at < part[1]; at += walkPage {
			rows, total, err := w.page(ctx, walkPage, at)
			if err != nil {
				return s, err
			}
			s.total = total
			for i, r := range rows {
				if r.Remote.ID != but && w.wanted(r) {
					s.row, s.at, s.ok = r, at+i, true
					return s, nil
				}
			}
			if at+len(rows) >= total || len(rows) == 0 {
				break
			}
		}
	}
	return s, nil
}

// place gives the row at a place, whatever was decided about it.
func (w rowWalk) place(ctx context.Context, at int) (stop, error) {
	rows, total, err := w.page(ctx, 1, at)
	s := stop{at: at, total: total}
	if err == nil && len(rows) > 0 {
		s.row, s.ok = rows[0], true
	}
	return s, err
}

// find gives a row as it is now, near the place where it stood; one that is not there stays as it was.
func (w rowWalk) find(ctx context.Context, row transfer.Listed, at int) (stop, error) {
	rows, total, err := w.page(ctx, walkPage, max(0, at-walkPage/2))
	s := stop{row: row, at: at, total: total, ok: true}
	for i, r := range rows {
		if r.Remote.ID == row.Remote.ID {
			s.row, s.at = r, max(0, at-walkPage/2)+i
		}
	}
	return s, err
}

func (w rowWalk) page(ctx context.Context, limit, offset int) ([]transfer.Listed, int, error) {
	q := w.query
	q.Limit, q.Offset = limit, offset
	return w.transfers.Rows(ctx, q)
}

// waiting counts the rows of the run that wait.
func (w rowWalk) waiting(ctx context.Context) (int, error) {
	_, n, err := w.transfers.Rows(ctx, transfer.Query{
		RunID: w.query.RunID, Outcome: transfer.OutcomeUnmatched, Part: transfer.PartUndecided, Limit: 1,
	})
	return n, err
}

// by finds a row by its ID before a place, where a row lies that was decided about; else the next one
// that waits.
func (w rowWalk) by(ctx context.Context, id domain.RemoteID, at int) (stop, error) {
	from := max(0, at-walkPage+1)
	rows, total, err := w.page(ctx, 2*walkPage, from)
	if err != nil {
		return stop{}, err
	}
	for i, r := range rows {
		if r.Remote.ID == id {
			return stop{row: r, at: from + i, total: total, ok: true}, nil
		}
	}
	return w.next(ctx, at, "")
}
