package isbasi

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// ledger counts, and refuses above its limit of reads.
type ledger struct {
	limit int

	mu    sync.Mutex
	taken map[quota.Kind]int
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

func TestQuota_booksEveryAttemptThatLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &ledger{limit: 4}
		busy := 2
		c, n := over(t, Options{Ledger: l}, func(req *http.Request) (*http.Response, error) {
			if busy--; busy >= 0 {
				return reply(req, http.StatusBadGateway, ""), nil
			}
			return reply(req, http.StatusOK, good(`{"count":0,"data":null}`)), nil
		})
		for range 2 {
			if err := c.Ping(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		wantKind(t, c.Ping(t.Context()), domain.KindQuota)
		if reads, writes := c.Calls(); reads != 4 || writes != 0 || l.taken[quota.Read] != 4 || len(n.sent) != 4 {
			t.Errorf("counted %d and %d, booked %v, sent %d", reads, writes, l.taken, len(n.sent))
		}
	})
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
