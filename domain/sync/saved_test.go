package sync

import (
	"errors"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func TestSavedReads_ofTheMonthsRunsThatReadWhatHadChanged(t *testing.T) {
	month := time.Date(2026, time.November, 1, 0, 0, 0, 0, domain.Istanbul)
	ran := func(scope Scope, total int, read time.Time) Run {
		return Run{Run: transfer.Run{Total: total, ReadAt: read}, Request: Request{Scope: scope}}
	}
	f := &firm{time: month.AddDate(0, 0, 25), seen: 38_760, runs: []Run{
		ran(ScopeChanged, 5, month.Add(-time.Second)), // last month
		ran(ScopeFull, 38_760, month.Add(time.Hour)),
		ran(ScopeChanged, 0, month),
		ran(ScopeChanged, 150, month.AddDate(0, 0, 2)),
		ran(ScopeChanged, 40_000, month.AddDate(0, 0, 3)), // more than the whole list
		ran(ScopeChanged, 10, time.Time{}),                // not read yet
		ran(ScopeEdits, 0, month.AddDate(0, 0, 4)),
	}}
	if n, err := f.syncs().SavedReads(t.Context()); n != 387+386 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	f.seen = 0
	if n, err := f.syncs().SavedReads(t.Context()); n != 0 || err != nil {
		t.Errorf("of a list that was never read: %d, %v", n, err)
	}
	for _, call := range []string{"totals", "count"} {
		f.broken = map[string]error{call: errBroken}
		if _, err := f.syncs().SavedReads(t.Context()); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", call, err)
		}
	}
}
