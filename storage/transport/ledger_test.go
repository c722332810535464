package transport

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

func TestLedger_booksEveryAttemptThatLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, counter := &ledger{Full: 5}, &Counter{}
		busy := 2
		c, n := over(func(req *http.Request) (*http.Response, error) {
			if busy--; busy >= 0 {
				return reply(req, http.StatusBadGateway, ""), nil
			}
			return reply(req, http.StatusOK, "ok"), nil
		}, func(o *Options) { o.Ledger, o.Counter = l, counter })
		for range 2 {
			if err := read(t.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
		wantKind(t, read(t.Context(), c), domain.KindQuota)
		if reads, writes := counter.Calls(); reads != 4 || writes != 0 || len(l.Taken) != 5 || len(n.sent) != 4 {
			t.Errorf("counted %d and %d, booked %v, sent %d", reads, writes, l.Taken, len(n.sent))
		}
	})
}

func TestLedger_signInsAreBookedApart(t *testing.T) {
	l, counter := &ledger{}, &Counter{}
	c, _ := over(answerAll("ok"), func(o *Options) { o.Ledger, o.Counter = l, counter })
	if _, err := to(t.Context(), c, remote, quota.SignIn); err != nil {
		t.Fatal(err)
	}
	if reads, writes := counter.Calls(); reads != 0 || writes != 0 || !slices.Equal(l.Taken, []quota.Kind{quota.SignIn}) {
		t.Errorf("counted %d and %d, booked %v", reads, writes, l.Taken)
	}
	for n := range 3 {
		if err := write(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		if reads, writes := counter.Calls(); reads != 0 || writes != n+1 || len(l.Taken) != n+2 || l.Taken[n+1] != quota.Write {
			t.Errorf("counted %d and %d, booked %v", reads, writes, l.Taken)
		}
	}
}

// bodyStatus is that of a remote which says 429 in its body.
func bodyStatus(resp *http.Response) int {
	if text, ok := Text(resp); ok && string(text) == "429" {
		return http.StatusTooManyRequests
	}
	return resp.StatusCode
}

func TestLedger_isToldWhatIsAnswered(t *testing.T) {
	for name, tc := range map[string]struct {
		exhausted bool
		status    int
		body      string
		header    string
		told      time.Duration
		calls     int
	}{
		"slow down":               {false, 429, "429", "2", 2 * time.Second, 2},
		"slow down, no time told": {false, 429, "", "", -1, 2},
		"used up":                 {true, 429, "429", "", -1, 1},
		"used up, HTTP 200":       {true, 200, "429", "", -1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := &ledger{Exhausted: tc.exhausted}
				first := true
				c, n := over(func(req *http.Request) (*http.Response, error) {
					if first {
						first = false
						return reply(req, tc.status, tc.body, "Retry-After", tc.header), nil
					}
					return reply(req, http.StatusOK, "ok"), nil
				}, func(o *Options) { o.Ledger, o.Status = l, bodyStatus })
				err := read(t.Context(), c)
				if len(n.sent) != tc.calls || !slices.Equal(l.Pauses, []time.Duration{tc.told}) || len(l.Told) != tc.calls {
					t.Errorf("%d calls, refused %v, told %v, %v", len(n.sent), l.Pauses, l.Told, err)
				}
				if !tc.exhausted {
					if err != nil {
						t.Error(err)
					}
					return
				}
				wantKind(t, err, domain.KindQuota)
				if detailOf(err) != "2026-12-01 00:00" {
					t.Errorf("the ledger's word is lost: %v", err)
				}
			})
		})
	}
}

func TestLedger_takesOnlyGoodAnswersForAcceptance(t *testing.T) {
	for status, want := range map[int]int{200: 1, 201: 1, 299: 1, 400: 0, 404: 0, 409: 0, 500: 0, 599: 0} {
		log, l := &capture{}, &ledger{}
		c, _ := over(func(req *http.Request) (*http.Response, error) {
			return reply(req, status, "ok"), nil
		}, func(o *Options) { o.Ledger, o.Log = l, log.log() })
		_, err := to(t.Context(), c, remote, quota.Write)
		if err != nil || len(l.Pauses) != 0 || len(l.Told) != want || (want == 1 && l.Told[0] != quota.Write) {
			t.Errorf("%d: told %v, %v", status, l.Told, err)
		}
		if strings.Contains(log.text(), "kind=disk") != (want == 1) || strings.Contains(log.text(), "level=WARN ") != (want == 1) { // what could not be stored is said there
			t.Errorf("%d: %s", status, log.text())
		}
	}
}

// A status that stands in the body of HTTP 200 decides too.
func TestLedger_goesByWhatAStatusMeans(t *testing.T) {
	for status, want := range map[int]int{299: 1, 300: 0, 301: 0} {
		l := &ledger{}
		c, _ := over(answerAll("ok"), func(o *Options) { o.Ledger, o.Status = l, func(*http.Response) int { return status } })
		if err := read(t.Context(), c); err != nil || len(l.Told) != want {
			t.Errorf("%d: told %v, %v", status, l.Told, err)
		}
	}
}

func TestLedger_tellsTheKindThatIsUsedUp(t *testing.T) {
	for _, kind := range []quota.Kind{quota.Read, quota.Write, quota.SignIn} {
		l := &ledger{Exhausted: true}
		c, n := over(func(req *http.Request) (*http.Response, error) {
			return reply(req, 429, "", "Retry-After", "30"), nil
		}, func(o *Options) { o.Ledger = l })
		_, err := to(t.Context(), c, remote, kind)
		wantKind(t, err, domain.KindQuota)
		if !slices.Equal(l.Told, []quota.Kind{kind}) || !slices.Equal(l.Pauses, []time.Duration{30 * time.Second}) || len(n.sent) != 1 {
			t.Errorf("%v: told %v %v", kind, l.Told, l.Pauses)
		}
	}
}

// Every answer that is dated says what time it is at the remote, also where it is a refusal; a date that is none says nothing.
func TestLedger_hearsTheTimeOfTheRemote(t *testing.T) {
	at := time.Date(2026, 12, 3, 10, 20, 30, 0, time.UTC)
	dates := []string{at.Format(http.TimeFormat), "", "3 Aralık", at.Add(time.Second).Format(http.TimeFormat)}
	l, n := &ledger{}, 0
	c, _ := over(func(req *http.Request) (*http.Response, error) {
		resp := reply(req, []int{200, 200, 200, 404}[n], "ok")
		resp.Header.Set("Date", dates[n])
		n++
		return resp, nil
	}, func(o *Options) { o.Ledger = l })
	for range dates {
		_ = read(t.Context(), c)
	}
	if want := []time.Time{at, at.Add(time.Second)}; !slices.EqualFunc(l.Times, want, time.Time.Equal) {
		t.Errorf("heard %v", l.Times)
	}
}
