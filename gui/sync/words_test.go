package sync

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit/kittest"
)

func TestWords_verdictsBrakesAndSchedulesHaveWords(t *testing.T) {
	var keys []string
	for _, v := range allVerdicts() {
		keys = append(keys, "sync.verdict."+string(v), "sync.decide.ask."+string(v), "history.value.verdict."+string(v))
	}
	for _, l := range lefts() {
		keys = append(keys, "sync.left."+string(l))
	}
	for _, k := range []sync.BrakeKind{sync.BrakePrices, sync.BrakeZeroed} {
		keys = append(keys, "sync.brake."+string(k))
	}
	for _, s := range sync.Schedules() {
		keys = append(keys, "sync.schedule."+string(s), "history.value.schedule."+string(s))
	}
	for _, o := range owners()[1:] {
		keys = append(keys, "sync.owner."+string(o))
		for _, f := range domain.AllShared() {
			keys = append(keys, "history.value.owner_"+string(f)+"."+string(o))
		}
	}
	for _, f := range domain.AllShared() {
		keys = append(keys, "flow."+string(f), "sync.owner."+string(f))
	}
	for _, w := range waits() {
		keys = append(keys, "sync.why."+string(w), "sync.about."+string(w))
	}
	kittest.HaveWords(t, keys...)
}

// waits are the reasons for which a field can wait.
func waits() []sync.Why {
	return []sync.Why{
		sync.WhyGone, sync.WhyNeverAgreed, sync.WhyNoWinner, sync.WhyBothChanged, sync.WhyStockNotWritable, sync.WhyPushUnset, sync.WhyPushOff,
		sync.WhyOursEmpty, sync.WhyOursNegative, sync.WhyPullOff, sync.WhyJump, sync.WhyNotStored, sync.WhyUndone, sync.WhyRefused,
	}
}

// What is offered for a reason is what the decision can do: nothing goes out for a reason that keeps it from going.
func TestVerdicts_offerWhatCanBeDone(t *testing.T) {
	price := func(w sync.Why) sync.Open {
		return sync.Open{Field: domain.SharedPrice, Why: w, Ours: number("10"), Theirs: number("12")}
	}
	open := domain.Settings{IntegrationOn: true, Pull: true, Push: domain.PushBoth}
	for _, w := range waits() {
		for _, v := range verdicts(w) {
			if j := v.Judge(price(w), open, domain.AbilityAllowed); j.Left != "" && j.Left != sync.LeftUnknown {
				t.Errorf("%s offers %s, which leaves a field out: %s", w, v, j.Left)
			}
		}
	}
}

func TestLayout_fitsTheSmallestWindow(t *testing.T) {
	for _, lang := range []string{"tr", "en"} {
		onPageIn(t, lang, 20, func(s *shop) { jumped(3)(s); braked(s) }, func(s *screen) {
			fits := func(what string) {
				t.Helper()
				if m := s.page.Content().MinSize(); m.Width > kittest.PageWidth || m.Height > kittest.PageHeight {
					t.Errorf("%s (%s) needs %v, the smallest window has %v", what, lang, m, fyne.NewSize(kittest.PageWidth, kittest.PageHeight))
				}
			}
			fits("the sheet")
			for _, what := range []struct {
				name string
				leaf func()
			}{
				{"settings", func() { s.page.Push(newSettingsSheet(s.page.e)) }},
				{"what waits", func() { s.page.Push(newOpenList(s.page.e, s.page.decide, sync.WhyNeverAgreed)) }},
				{"runs", func() { s.page.Push(newRunList(s.page.e, s.page.open)) }},
				{"a run", func() { s.page.open(s.page.found.runs[0]) }},
				{"a plan", func() { s.page.Push(newPlanSheet(s.page.e, s.page.found.runs[0], func() {})) }},
			} {
				what.leaf()
				s.Settle()
				fits(what.name)
				s.page.Pop()
				s.Settle()
			}
			s.page.now(false)
			s.work()
			if !s.page.found.braked() {
				t.Fatal("no brake is on")
			}
			fits("the brakes")
		})
	}
}
