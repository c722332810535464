package exports

import (
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Waiting lists the fields that wait for a person.
func Waiting(w words.Words, fields []sync.Open) Table {
	return Table{
		Name: w.T("sync.waiting.export.name"),
		Columns: append(keys("sync.", "code", "name", "field", "ours", "ours-at", "ours-by", "theirs", "theirs-at"),
			keys("sync.", "base", "currency", "reason", "since")...),
		Rows: listed(fields, func(o sync.Open) []Cell {
			return []Cell{
				Text(o.Code), Text(o.Name), Text(w.T("flow." + string(o.Field))),
				Number(o.Ours), Text(w.Moment(o.OursAt)), Text(o.OursBy), Number(o.Theirs), Text(w.Moment(o.TheirsAt)),
				Number(o.Base), Text(o.Currency), Text(w.T("sync.why." + string(o.Why))), Text(w.Moment(o.Since)),
			}
		}),
	}
}

// Changes lists what a sync did or is to do.
func Changes(w words.Words, items []sync.Item) Table {
	return Table{
		Name:    w.T("sync.changes.export.name"),
		Columns: keys("sync.", "code", "name", "field", "way", "was", "becomes", "currency", "state", "reason", "ended"),
		Rows: listed(items, func(i sync.Item) []Cell {
			return []Cell{
				Text(i.Code), Text(i.Name), Text(w.T("flow." + string(i.Field))), Text(w.T("sync.way." + string(i.Way))),
				Number(i.Before()), Number(i.Value), Text(i.Currency), Text(w.SyncItem(i)), Text(w.T("sync.why." + string(i.Why))), Text(w.Moment(i.EndedAt)),
			}
		}),
	}
}
