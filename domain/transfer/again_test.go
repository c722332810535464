package transfer

import (
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestRetryAt(t *testing.T) {
	evening := time.Date(2026, 11, 30, 22, 0, 0, 0, domain.Istanbul)
	kind := func(k domain.Kind) error { return domain.E(k, "read", nil) }
	for name, c := range map[string]struct {
		err     error
		attempt int
		want    time.Time
		ok      bool
	}{
		"the second pause":     {kind(domain.KindNetwork), 1, evening.Add(2 * time.Minute), true},
		"the third pause":      {kind(domain.KindNetwork), 2, evening.Add(5 * time.Minute), true},
		"the fourth pause":     {kind(domain.KindNetwork), 3, evening.Add(15 * time.Minute), true},
		"the fifth pause":      {kind(domain.KindNetwork), 4, evening.Add(30 * time.Minute), true},
		"the sixth pause":      {kind(domain.KindNetwork), 5, evening.Add(30 * time.Minute), true},
		"quota told as now":    {&domain.Error{Kind: domain.KindQuota, Detail: "2026-11-30 22:00"}, 0, time.Date(2026, 12, 1, 9, 0, 0, 0, domain.Istanbul), true},
		"quota told as soon":   {&domain.Error{Kind: domain.KindQuota, Detail: "2026-11-30 22:01"}, 0, evening.Add(time.Minute), true},
		"no error":             {nil, 0, time.Time{}, false},
		"network soon":         {kind(domain.KindNetwork), 0, evening.Add(time.Minute), true},
		"network at last":      {kind(domain.KindUnavailable), 99, evening.Add(30 * time.Minute), true},
		"quota in the morning": {kind(domain.KindQuota), 3, time.Date(2026, 12, 1, 9, 0, 0, 0, domain.Istanbul), true},
		"quota as it is told":  {&domain.Error{Kind: domain.KindQuota, Detail: "2026-12-31 00:00"}, 0, time.Date(2026, 12, 31, 0, 0, 0, 0, domain.Istanbul), true},
		"quota told too late":  {&domain.Error{Kind: domain.KindQuota, Detail: "2026-11-30 00:00"}, 0, time.Date(2026, 12, 1, 9, 0, 0, 0, domain.Istanbul), true},
		"a refusal soon":       {kind(domain.KindForbidden), 0, evening.Add(time.Minute), true},
		"a refusal for long":   {kind(domain.KindForbidden), 4, evening.Add(30 * time.Minute), true},
		"a refusal at last":    {kind(domain.KindForbidden), 5, time.Time{}, false},
		"a redirect soon":      {kind(domain.KindHost), 0, evening.Add(time.Minute), true},
		"no address soon":      {kind(domain.KindNotFound), 0, evening.Add(time.Minute), true},
		"a foreign page soon":  {kind(domain.KindBadAnswer), 0, evening.Add(time.Minute), true},
		"slowed down":          {kind(domain.KindSlowDown), 1, evening.Add(2 * time.Minute), true},
		"slowed down, told":    {&domain.Error{Kind: domain.KindSlowDown, Detail: "2026-11-30 23:10"}, 1, evening.Add(70 * time.Minute), true},
		"slowed down, over":    {&domain.Error{Kind: domain.KindSlowDown, Detail: "2026-11-30 21:10"}, 1, evening.Add(2 * time.Minute), true},
		"sign-in never":        {kind(domain.KindNeedsSignIn), 0, time.Time{}, false},
		"a stale plan never":   {kind(domain.KindStalePlan), 0, time.Time{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			at, ok := RetryAt(c.err, c.attempt, evening)
			if ok != c.ok || !at.Equal(c.want) {
				t.Errorf("%v %v", at, ok)
			}
		})
	}
}
