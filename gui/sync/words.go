package sync

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

// standingLines say what the last sync did, and when the next one begins and why then.
func standingLines(e *env, f found) string {
	last := e.LastSync(f.standing, e.Now())
	switch {
	case !f.ready():
		return last
	case f.braked():
		return last + " " + e.T("sync.next.braked")
	default:
		return last + " " + e.NextSync(f.standing, e.Now())
	}
}

// costLine says what a sync that is begun now costs.
func costLine(e *env, st sync.Standing) string {
	if st.Choices.Push == domain.PushUnset {
		return e.T("sync.cost.pull", e.Calls(st.Cost))
	}
	return e.T("sync.cost", e.Calls(st.Cost))
}

// pushCost is what sending so many stocks and prices costs: a price is read whole before it is written back.
func pushCost(stocks, prices int) quota.Cost {
	return quota.Cost{Reads: prices, Writes: stocks + prices}
}

// valueOf words a value with when it changed and by whom, as far as that is known.
func valueOf(e *env, f domain.Shared, v decimal.NullDecimal, c domain.Currency, at time.Time, by string) string {
	said := e.SyncValue(f, v, c)
	switch {
	case at.IsZero():
		return said
	case by == "":
		return e.T("sync.value.at", said, e.Moment(at))
	default:
		return e.T("sync.value.by", said, e.Moment(at), by)
	}
}

func fieldName(e *env, f domain.Shared) string { return e.T("flow." + string(f)) }
