package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/assets"
)

// handled answers every call by one handler.
type handled struct{ http.Handler }

func (h handled) RoundTrip(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec.Result(), nil
}

// A window that stays open for days asks the page of releases once a day, and tells what it was led to.
func TestUpdates_areAskedForWhileTheWindowIsOpen(t *testing.T) {
	asked := 0
	page := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked++; r.Method != http.MethodHead || r.URL.String() != assets.ReleasesURL() || r.ContentLength != 0 {
			t.Errorf("asked %s %s", r.Method, r.URL)
		}
		http.Redirect(w, r, "/sopyo/sopyo-desktop/releases/tag/v0.2.0", http.StatusFound)
	})
	a := machine(t)
	a.options.Network = handled{page}
	synctest.Test(t, func(t *testing.T) {
		a.options.Now = time.Now
		c := a.Updates("0.1.0", false)
		ctx, end := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); a.KeepChecking(ctx, c, func() bool { return false }) }()
		<-time.After(49 * time.Hour) // of the bubble
		synctest.Wait()
		if newer, err := c.Newer(ctx); newer != "0.2.0" || err != nil || asked != 3 {
			t.Errorf("%q, %v, asked %d times", newer, err, asked)
		}
		end()
		<-done
	})
}
