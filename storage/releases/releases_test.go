package releases

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// The newest version is read from where the page leads to; nobody goes there.
func TestLatest_readsTheVersionFromWhereThePageLeadsTo(t *testing.T) {
	var status int
	var location string
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.URL.Path+" "+r.UserAgent())
		if location != "" {
			w.Header().Set("Location", location)
		}
		w.WriteHeader(status)
	}))
	defer server.Close()
	page := New(server.URL+"/sopyo/sopyo-desktop/releases/latest", nil)
	for _, c := range []struct {
		status   int
		location string
		want     string
		kind     domain.Kind
	}{
		{302, "/sopyo/sopyo-desktop/releases/tag/v1.2.0", "1.2.0", ""},
		{301, server.URL + "/sopyo/sopyo-desktop/releases/tag/v1.10", "1.10", ""},
		{302, "https://example.com/releases/tag/v2.0.0-rc.1?x=1#y", "2.0.0-rc.1", ""},
		{302, "/sopyo/sopyo-desktop/releases", "", domain.KindBadAnswer}, // there is no release yet
		{302, "/sopyo/sopyo-desktop/releases/tag/1.2.0", "", domain.KindBadAnswer},
		{302, "/login?v=v1.2.0", "", domain.KindBadAnswer},
		{302, "", "", domain.KindBadAnswer},
		{302, ":%", "", domain.KindNetwork},
		{200, "/x/releases/tag/v1.2.0", "", domain.KindBadAnswer},
		{404, "", "", domain.KindBadAnswer},
		{503, "/x/releases/tag/v1.2.0", "", domain.KindBadAnswer},
	} {
		status, location, asked = c.status, c.location, nil
		got, err := page.Latest(t.Context())
		if got != c.want || domain.KindOf(err) != c.kind {
			t.Errorf("%d to %q: %q, %v", c.status, c.location, got, err)
		}
		if len(asked) != 1 || asked[0] != "HEAD /sopyo/sopyo-desktop/releases/latest Sopyo" {
			t.Errorf("asked %q", asked)
		}
	}
}

func TestLatest_saysThatNobodyAnswers(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	if got, err := New(server.URL, nil).Latest(t.Context()); got != "" || domain.KindOf(err) != domain.KindNetwork {
		t.Errorf("%q, %v", got, err)
	}
	gone := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-gone }))
	defer slow.Close()
	defer close(gone)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if got, err := New(slow.URL, nil).Latest(ctx); got != "" || domain.KindOf(err) != domain.KindNetwork {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := New(":", nil).Latest(t.Context()); got != "" || domain.KindOf(err) != domain.KindInternal {
		t.Errorf("%q, %v", got, err)
	}
}
