package isbasi

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// slowList is a product list whose pages take a second each; it knows what is on its way.
type slowList struct {
	answer   func(*http.Request) (*http.Response, error)
	takes    time.Duration
	mu       sync.Mutex
	left     []time.Duration // when the calls left
	underWay int
	most     int
}

func newSlowList(t *testing.T, total int) *slowList {
	return &slowList{answer: productLists(t, total, nil), takes: time.Second}
}

func (l *slowList) RoundTrip(req *http.Request) (*http.Response, error) {
	l.mu.Lock()
	l.left = append(l.left, time.Duration(time.Now().UnixNano()))
	l.underWay++
	l.most = max(l.most, l.underWay)
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.underWay--
	}()
	select {
	case <-time.After(l.takes):
		return l.answer(req)
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
}

// reader is a client of a slow list, three calls a second, with so many reads booked before.
func (l *slowList) reader(t *testing.T, booked int) (*Client, *quota.Ledger, *accounts) {
	b := &accounts{booked: map[quota.Kind]int{quota.Read: booked}}
	ledger := quota.NewLedger(b, time.Now)
	c := open(t, Options{Transport: l, Ledger: ledger})
	c.Use(testSession())
	return c, ledger, b
}

// A hundred pages of a second each take as long as three calls a second, no call leaves earlier than the pace lets it,
// and no more are on their way than it takes.
func TestProducts_readAheadWithinThePace(t *testing.T) {
	for _, c := range []struct {
		takes time.Duration
		most  int
		took  time.Duration
	}{
		{100 * time.Millisecond, 1, 33200 * time.Millisecond},
		{time.Second, 4, 34700 * time.Millisecond},
		{2 * time.Second, 7, 37 * time.Second},
		{8 * time.Second, 8, 113 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			list := newSlowList(t, 10_000)
			list.takes = c.takes
			client, ledger, b := list.reader(t, 0)
			began := time.Now()
			pages, err := collect(t.Context(), client, 1)
			if err != nil || len(pages) != 100 {
				t.Fatal(len(pages), err)
			}
			for i, p := range pages {
				if p.Number != i+1 || p.Total != 10_000 || len(p.Products) != 100 || p.Products[0].ID != domain.RemoteID(strconv.Itoa(100*i+1)) {
					t.Errorf("page %d: %d of %d, from %s", i+1, p.Number, p.Total, p.Products[0].ID)
				}
			}
			for i := range list.left[3:] {
				if gap := list.left[i+3] - list.left[i]; gap < 999*time.Millisecond {
					t.Errorf("three calls in %s", gap)
				}
			}
			if took := time.Since(began); took > c.took || list.most > c.most || len(list.left) != 100 {
				t.Errorf("%s a page: took %s with %d at once, %d calls", c.takes, took, list.most, len(list.left))
			}
			if err := ledger.Close(t.Context()); err != nil || b.booked[quota.Read] != 100 {
				t.Errorf("%d booked, %v", b.booked[quota.Read], err)
			}
		})
	}
}

// What is left of the month is never gone beyond by calls on their way: the pages that it pays for come, and then the
// error.
func TestProducts_readAheadWithinTheQuota(t *testing.T) {
	for left := range 12 {
		synctest.Test(t, func(t *testing.T) {
			list := newSlowList(t, 10_000)
			client, ledger, b := list.reader(t, 3000-200-left)
			pages, err := collect(t.Context(), client, 1)
			if domain.KindOf(err) != domain.KindQuota || len(pages) != left || len(list.left) != left {
				t.Errorf("%d left: %d pages of %d calls, %v", left, len(pages), len(list.left), err)
			}
			if err := ledger.Close(t.Context()); err != nil || b.booked[quota.Read] != 2800 {
				t.Errorf("%d left: %d booked, %v", left, b.booked[quota.Read], err)
			}
		})
	}
}

// Cancelled or left at whatever page: no call is on its way any more, and each that was is booked.
func TestProducts_readAheadIsBookedWhenItIsNotWanted(t *testing.T) {
	for at := 1; at <= 9; at++ {
		for _, cancelled := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				list := newSlowList(t, 10_000)
				client, ledger, b := list.reader(t, 0)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				n := 0
				var failed error
				for page, err := range client.Products(ctx, transfer.Range{From: 1}) {
					if failed = err; err != nil {
						continue
					}
					if n++; page.Number != n {
						t.Errorf("page %d in place of %d", page.Number, n)
					}
					if n == at && cancelled {
						time.AfterFunc(100*time.Millisecond, cancel)
					} else if n == at {
						break
					}
				}
				if n != at || cancelled != (domain.KindOf(failed) == domain.KindCancelled) {
					t.Errorf("page %d: %d pages, %v", at, n, failed)
				}
				if err := ledger.Close(t.Context()); err != nil || list.underWay != 0 || b.booked[quota.Read] != len(list.left) || len(list.left) > n+4 {
					t.Errorf("page %d: %d left, %d under way, %d booked, %v", at, len(list.left), list.underWay, b.booked[quota.Read], err)
				}
				if reads, _ := client.Calls(); reads != len(list.left) {
					t.Errorf("page %d: %d counted, %d left", at, reads, len(list.left))
				}
			})
		}
	}
}

// While İşbaşı has asked for rest no page is asked for, and then the list goes on where it was.
func TestProducts_readAheadRestsWhenTold(t *testing.T) {
	for at := 1; at <= 9; at++ {
		synctest.Test(t, func(t *testing.T) {
			list := newSlowList(t, 2_000)
			lists, refused := list.answer, time.Time{}
			var mu sync.Mutex
			list.answer = func(req *http.Request) (*http.Response, error) {
				mu.Lock()
				defer mu.Unlock()
				if pageOf(t, req) == at && refused.IsZero() {
					refused = time.Now()
					return reply(req, http.StatusTooManyRequests, "", "Retry-After", "20"), nil
				}
				return lists(req)
			}
			client, _, _ := list.reader(t, 0)
			pages, err := collect(t.Context(), client, 1)
			if err != nil || len(pages) != 20 || len(list.left) != 21 {
				t.Fatal(len(pages), len(list.left), err)
			}
			rested := func(left time.Duration) bool {
				after := left - time.Duration(refused.UnixNano())
				return after > 0 && after < 20*time.Second
			}
			if slices.ContainsFunc(list.left, rested) {
				t.Errorf("page %d was refused, and calls left at %v", at, list.left)
			}
		})
	}
}

// A part of the list between two ids is what has ids between them, by itself and of pages that are asked for at once.
func TestProducts_betweenTwoIDs(t *testing.T) {
	c, server := signedIn(t, sandbox.Options{Products: sandbox.Products(1000, 5)}, Options{})
	var ids []domain.RemoteID
	for _, p := range server.Products() {
		if id := strconv.FormatInt(p.ID, 10); p.Type == 0 || p.Type == domain.TypeProduct {
			ids = append(ids, domain.RemoteID(id))
		}
	}
	slices.SortFunc(ids, func(a, b domain.RemoteID) int { return cmp.Compare(a.Number(), b.Number()) })
	for _, bounds := range []struct{ after, before int }{{-1, -1}, {0, -1}, {-1, 5}, {99, 900}, {10, 11}, {10, 12}, {149, 760}} {
		in, want := transfer.Range{From: 1}, ids
		if bounds.before >= 0 {
			in.Before, want = ids[bounds.before], want[:bounds.before]
		}
		if bounds.after >= 0 {
			in.After, want = ids[bounds.after], want[bounds.after+1:]
		}
		for _, to := range []int{0, (len(want) + 99) / 100} {
			in.To = to
			var have []domain.RemoteID
			for page, err := range c.Products(t.Context(), in) {
				if err != nil || page.Total != len(want) {
					t.Fatalf("%+v: %d, %v", in, page.Total, err)
				}
				for _, p := range page.Products {
					have = append(have, p.ID)
				}
			}
			if !slices.Equal(have, want) {
				t.Errorf("%+v: %d products, want %d", in, len(have), len(want))
			}
		}
	}
}
