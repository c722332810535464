package sync

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

// verdicts gives what can sensibly be said of fields that wait for a reason, in the order they are offered.
// What cannot go to İşbaşı is not offered to be kept for it: it can be entered there by hand.
func verdicts(w sync.Why) []sync.Verdict {
	switch w {
	case sync.WhyGone:
		return nil
	case sync.WhyPushUnset, sync.WhyPushOff, sync.WhyStockNotWritable, sync.WhyNotStored, sync.WhyRefused:
		return []sync.Verdict{sync.VerdictTheirs, sync.VerdictNoted}
	case sync.WhyOursEmpty, sync.WhyOursNegative:
		return []sync.Verdict{sync.VerdictTheirs}
	case sync.WhyNeverAgreed, sync.WhyNoWinner, sync.WhyBothChanged:
		return []sync.Verdict{sync.VerdictTheirs, sync.VerdictOurs, sync.VerdictLater}
	default:
		return []sync.Verdict{sync.VerdictTheirs, sync.VerdictOurs}
	}
}

// allVerdicts lists them in the order they are offered.
func allVerdicts() []sync.Verdict {
	return []sync.Verdict{sync.VerdictTheirs, sync.VerdictOurs, sync.VerdictLater, sync.VerdictNoted}
}

// switchedOff tells whether the reason is a choice of Süreç Seçimleri.
func switchedOff(w sync.Why) bool {
	return w == sync.WhyPushUnset || w == sync.WhyPushOff || w == sync.WhyPullOff || w == sync.WhyStockNotWritable
}

// verdictLabel is what the button of a verdict says.
func verdictLabel(e *env, v sync.Verdict) string { return e.T("sync.verdict." + string(v)) }

// forecast is what a verdict would make of fields.
type forecast struct {
	keys         []sync.OpenKey
	pulls        int
	stock, price int // that would go to İşbaşı
	noted        int
	left         map[sync.Left]int
}

// foresee judges every field as the store will.
func foresee(v sync.Verdict, fields []sync.Open, c domain.Settings, around domain.Circumstances) forecast {
	f := forecast{left: map[sync.Left]int{}}
	for _, o := range fields {
		f.keys = append(f.keys, sync.OpenKey{Product: o.Product, Field: o.Field})
		switch j := v.Judge(o, c, around.Abilities[domain.AbilityStockWrite]); {
		case j.Left != "":
			f.left[j.Left]++
		case j.Way == sync.WayPull:
			f.pulls++
		case j.Way == sync.WayPush && o.Field == domain.SharedStock:
			f.stock++
		case j.Way == sync.WayPush:
			f.price++
		default:
			f.noted++
		}
	}
	return f
}

func (f forecast) done() int { return f.pulls + f.stock + f.price + f.noted }

// says tells what will happen, and what is left out and why.
func (f forecast) says(e *env) string {
	var said []string
	if f.pulls > 0 {
		said = append(said, e.T("sync.decide.pull", f.pulls))
	}
	if n := f.stock + f.price; n > 0 {
		said = append(said, e.T("sync.decide.push", n, e.Calls(pushCost(f.stock, f.price))))
	}
	if f.noted > 0 {
		said = append(said, e.T("sync.decide.noted"))
	}
	if n, why := leftWords(e, f.left); n > 0 {
		said = append(said, e.T("sync.decide.left", n, why))
	}
	return strings.Join(said, "\n")
}

// leftWords counts what is left out, and words why.
func leftWords(e *env, left map[sync.Left]int) (n int, why string) {
	var reasons []string
	for _, l := range lefts() {
		if left[l] > 0 {
			n += left[l]
			reasons = append(reasons, e.T("sync.left."+string(l)))
		}
	}
	return n, strings.Join(reasons, ", ")
}

func lefts() []sync.Left {
	return []sync.Left{sync.LeftChanged, sync.LeftNoValue, sync.LeftPushOff, sync.LeftNoStock, sync.LeftUnknown, sync.LeftForbidden}
}
