package isbasi

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// ledger counts, and refuses above its limit of reads.
type ledger struct {
	limit     int
	exhausted bool // a 429 means that the month is used up

	mu       sync.Mutex
	taken    map[quota.Kind]int
	refused  []time.Duration
	accepted int
	kinds    []quota.Kind // of what İşbaşı has said
}

func (l *ledger) Refused(_ context.Context, k quota.Kind, retryAfter time.Duration) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kinds = append(l.kinds, k)
	l.refused = append(l.refused, retryAfter)
	if l.exhausted {
		return &domain.Error{Kind: domain.KindQuota, Detail: "2026-12-01 00:00"}
	}
	return nil
}

func (l *ledger) Accepted(_ context.Context, k quota.Kind) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kinds = append(l.kinds, k)
	l.accepted++
	return domain.E(domain.KindDisk, "keep", nil) // what cannot be stored is no harm to the call
}

func (l *ledger) Take(_ context.Context, k quota.Kind) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k == quota.Read && l.taken[k] >= l.limit {
		return domain.E(domain.KindQuota, "book", nil)
	}
	if l.taken == nil {
		l.taken = map[quota.Kind]int{}
	}
	l.taken[k]++
	return nil
}

func TestQuota_signInsAreBookedApart(t *testing.T) {
	l := &ledger{limit: 10}
	c, _ := against(t, Options{Ledger: l}, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(loginAnswer("t")))
	})
	if _, err := c.SignIn(t.Context(), testSession().Credentials); err != nil {
		t.Fatal(err)
	}
	if reads, writes := c.Calls(); reads != 0 || writes != 0 || l.taken[quota.SignIn] != 1 || l.taken[quota.Read] != 0 {
		t.Errorf("counted %d and %d, booked %v", reads, writes, l.taken)
	}
}

func TestQuota_usedUpInTheEnvelope(t *testing.T) {
	l := &ledger{limit: 9, exhausted: true}
	c, n := over(t, Options{Ledger: l}, func(req *http.Request) (*http.Response, error) {
		return reply(req, http.StatusOK, refusal(429, "Kullanım limiti aşıldı.")), nil
	})
	err := c.Ping(t.Context())
	wantKind(t, err, domain.KindQuota)
	if len(n.sent) != 1 || len(l.refused) != 1 || l.refused[0] != -1 || l.accepted != 0 {
		t.Errorf("%d calls, refused %v, accepted %d", len(n.sent), l.refused, l.accepted)
	}
	if detailOf(err) != "2026-12-01 00:00" {
		t.Errorf("the ledger's word is lost: %v", err)
	}
}

func TestQuota_tellsTheKindThatIsUsedUp(t *testing.T) {
	for kind, do := range map[quota.Kind]func(*Client) error{
		quota.Read:   func(c *Client) error { return c.Ping(t.Context()) },
		quota.Write:  func(c *Client) error { return c.ActivateProducts(t.Context(), matara) },
		quota.SignIn: func(c *Client) error { _, err := c.SignIn(t.Context(), testSession().Credentials); return err },
	} {
		l := &ledger{limit: 9, exhausted: true}
		c, n := over(t, Options{Ledger: l, Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true}, func(req *http.Request) (*http.Response, error) {
			return reply(req, 429, "", "Retry-After", "30"), nil
		})
		wantKind(t, do(c), domain.KindQuota)
		if len(l.kinds) != 1 || l.kinds[0] != kind || l.refused[0] != 30*time.Second || l.accepted != 0 || len(n.sent) != 1 {
			t.Errorf("%v: told %v %v", kind, l.kinds, l.refused)
		}
	}
}
