package report

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// PageDeviations is how many rows that deviate from the plan a report names one by one.
const PageDeviations = 50

// planLists set the plan against what came of it, and name the rows that became something else; nothing of
// a run that was never planned.
func (r Report) planLists(w words.Words) []list {
	if r.Plan == nil {
		return nil
	}
	p, c := r.Plan, r.Run.Counters
	against := list{Title: w.T("report.plan")}
	for _, line := range []struct {
		key           string
		planned, came int
	}{
		{"counters.matched", p.Matched, c.Matched},
		{"counters.unmatched", p.Unmatched, c.Unmatched},
		{"counters.skipped", p.Skipped, c.Skipped},
		{"counters.failed", p.Failed, c.Failed},
	} {
		if line.planned+line.came > 0 {
			against.Lines = append(against.Lines, pair{w.T(line.key), w.T("report.plan.value", line.planned, line.came)})
		}
	}
	var lists []list
	if len(against.Lines) > 0 {
		lists = append(lists, against)
	}
	if r.DeviationCount == 0 {
		return lists
	}
	rows := list{Title: w.T("report.deviations", r.DeviationCount)}
	for _, d := range r.Deviations {
		rows.Lines = append(rows.Lines, pair{deviating(d), w.T("deviation." + string(d.Deviation()))})
	}
	if more := r.DeviationCount - len(r.Deviations); more > 0 {
		rows.Lines = append(rows.Lines, pair{w.T("report.deviations.more"), w.Count(more)})
	}
	return append(lists, rows)
}

// deviating names a row: its code, else its barcode, and its name.
func deviating(d transfer.Listed) string {
	key := string(d.Remote.Code)
	if key == "" {
		key = string(d.Remote.Barcode)
	}
	return strings.Trim(key+" · "+d.Remote.Name, " ·")
}
