package exports

import (
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// History lists what was done.
func History(w words.Words, entries []history.Entry) Table {
	return Table{
		Name:    w.T("history.export.name"),
		Columns: keys("history.", "when", "who", "what"),
		Rows: listed(entries, func(e history.Entry) []Cell {
			return []Cell{Text(w.Moment(e.At)), Text(e.Actor), Text(history.Sentence(w, w.Lang, e))}
		}),
	}
}

// Runs lists transfers.
func Runs(w words.Words, runs []transfer.Run) Table {
	return Table{
		Name: w.T("runs.export.name"),
		Columns: append(keys("runs.", "when", "state", "read"),
			keys("counters.", "transferred", "matched", "unmatched", "skipped", "failed", "pending")...),
		Rows: listed(runs, func(r transfer.Run) []Cell {
			k := r.Counters
			return []Cell{
				Text(w.Moment(r.CreatedAt)), Text(w.RunState(r)), Count(k.Read), Count(k.Transferred), Count(k.Matched), Count(k.Unmatched),
				Count(k.Skipped), Count(k.Failed), Count(k.Pending),
			}
		}),
	}
}
