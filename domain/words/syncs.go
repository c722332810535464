package words

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Moved says what a sync has written, "" for nothing; a zero is left out.
func (w Words) Moved(m sync.Moved) string {
	return Listed(" · ", w.moved("pulled", m.PulledStock, m.PulledPrice), w.moved("pushed", m.PushedStock, m.PushedPrice))
}

// Planned says what a sync is to write, like Moved.
func (w Words) Planned(m sync.Moved) string {
	return Listed(" · ", w.moved("to-pull", m.PulledStock, m.PulledPrice), w.moved("to-push", m.PushedStock, m.PushedPrice))
}

// moved words one way: sync.WAY.both takes stock and price, .stock and .price the one that there is.
func (w Words) moved(way string, stock, price int) string {
	switch key := "sync." + way + "."; {
	case stock > 0 && price > 0:
		return w.T(key+"both", stock, price)
	case stock > 0:
		return w.T(key+"stock", stock)
	case price > 0:
		return w.T(key+"price", price)
	default:
		return ""
	}
}

// Sync is a sync in one sentence: when, what it was begun by, what became of it.
func (w Words) Sync(r sync.Run) string {
	return Listed(" · ", w.Moment(r.CreatedAt), w.SyncBegun(r.Request), w.SyncEnd(r))
}

// SyncBegun says what a sync was begun by: the occasion of one that reads, else what it wrote.
func (w Words) SyncBegun(q sync.Request) string {
	switch q.Scope {
	case sync.ScopeChoice:
		return w.T("sync.scope.choice")
	case sync.ScopeEdits:
		if q.Occasion == sync.OccasionUndo {
			return w.T("sync.occasion.undo")
		}
		return w.T("sync.scope.edits")
	default:
		return w.T("sync.occasion." + string(q.Occasion))
	}
}

// SyncEnd says what a sync has moved, or how it stands; of one that was taken back nothing else.
func (w Words) SyncEnd(r sync.Run) string {
	moved := w.Moved(r.Moved)
	switch {
	case !r.UndoneAt.IsZero():
		return w.T("sync.undone")
	case r.Braked():
		return w.T("sync.state.braked")
	case r.State != transfer.StateDone && r.State != transfer.StatePartlyDone:
		return Listed(" · ", w.SyncState(r), moved)
	case r.Request.Scope == sync.ScopeChoice && moved == "":
		return w.T("sync.decided.noted")
	case moved == "" && r.Counters.Failed == 0:
		return w.T("sync.nothing")
	}
	if r.Counters.Failed > 0 {
		moved = Listed(" · ", moved, w.T("sync.failed", r.Counters.Failed))
	}
	return moved
}

// LastSync says when the last sync was and what it moved; now is when it is said.
func (w Words) LastSync(st sync.Standing, now time.Time) string {
	if !st.HasLast {
		return w.T("sync.never")
	}
	return w.T("sync.last", w.Clock(st.Last.CreatedAt, now), w.SyncEnd(st.Last))
}

// NextSync says when the next sync begins by itself, and why then; now is when it is said.
func (w Words) NextSync(st sync.Standing, now time.Time) string {
	switch {
	case st.Next.IsZero():
		return w.T("sync.next.off")
	case st.Saving:
		return w.T("sync.next.saving", w.Clock(st.Next, now))
	case !st.Next.After(now):
		return w.T("sync.next.now")
	default:
		return w.T("sync.next", w.Clock(st.Next, now))
	}
}

// SyncState says in a word how a sync stands.
func (w Words) SyncState(r sync.Run) string {
	if r.Braked() {
		return w.T("sync.state.braked")
	}
	return w.T("sync.state." + string(r.State))
}

// SyncValue words a stock or a price, the sign of none where there is none.
func (w Words) SyncValue(f domain.Shared, v decimal.NullDecimal, c domain.Currency) string {
	switch {
	case !v.Valid:
		return w.T("none")
	case f == domain.SharedPrice:
		return w.Money(v.Decimal, c)
	default:
		return w.Amount(v.Decimal)
	}
}

// SyncItem says how far a change has come, and of one that failed why.
func (w Words) SyncItem(i sync.Item) string {
	switch {
	case i.Undone:
		return w.T("sync.item.undone")
	case i.State == sync.ItemFailed && w.Has("sync.failure."+i.Detail):
		return w.T("sync.failure." + i.Detail)
	case i.State == sync.ItemFailed && i.Detail != "":
		return w.T("sync.item.failed") + " " + w.T("error.detail", i.Detail)
	default:
		return w.T("sync.item." + string(i.State))
	}
}

// Calls says what something costs at İşbaşı, "" for nothing.
func (w Words) Calls(c quota.Cost) string {
	return Listed(", ", w.Counted("sync.cost.reads", c.Reads), w.Counted("sync.cost.writes", c.Writes))
}

// Origin says where a value of the catalogue has come from, and when; "" where that is not known.
func (w Words) Origin(o domain.Origin) string {
	switch {
	case o.From == "":
		return ""
	case o.By != "" && (o.From == domain.SourcePerson || o.From == domain.SourceFile || o.From == domain.SourceUndo):
		return w.T("origin."+string(o.From)+".by", w.Moment(o.At), o.By)
	default:
		return w.T("origin."+string(o.From), w.Moment(o.At))
	}
}
