package exports

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// SyncOpen lists the stocks and prices that wait for a person: also what İşbaşı does not let the key write, to be
// entered there by hand.
func SyncOpen(w words.Words, fields []sync.Open) Table {
	return Table{
		Name:    w.T("ctl.sync.open.name"),
		Columns: keys("ctl.sync.open.", "code", "name-of", "field", "why", "base", "ours", "theirs", "ours-at", "theirs-at", "ours-by"),
		Rows: listed(fields, func(o sync.Open) []Cell {
			return []Cell{
				Text(o.Code), Text(o.Name), Text(w.T("ctl.sync.field." + string(o.Field))), Text(w.T("ctl.sync.why." + string(o.Why))),
				Number(o.Base), Number(o.Ours), Number(o.Theirs), Text(known(w, o.OursAt)), Text(known(w, o.TheirsAt)), Text(o.OursBy),
			}
		}),
	}
}

// known words a time, "" when nobody knows it.
func known(w words.Words, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.Moment(t)
}
