package isbasi

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// endlessBody is a body without an end.
type endlessBody struct{ read int }

func (b *endlessBody) Read(p []byte) (int, error) {
	b.read += len(p)
	return len(p), nil
}

func (*endlessBody) Close() error { return nil }

func TestNetwork_endlessBodyEnds(t *testing.T) {
	body := &endlessBody{}
	c, n := over(t, Options{}, func(req *http.Request) (*http.Response, error) {
		resp := reply(req, http.StatusOK, "")
		resp.Body = body
		return resp, nil
	})
	wantKind(t, c.Ping(t.Context()), domain.KindBadAnswer)
	if body.read > 2*bodyLimit || len(n.sent) != 1 {
		t.Errorf("%d bytes were read in %d calls", body.read, len(n.sent))
	}
}

func TestNetwork_attemptsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		c, n := over(t, Options{}, func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done() // nobody ever answers
			return nil, req.Context().Err()
		})
		wantKind(t, c.Ping(t.Context()), domain.KindNetwork)
		if took := time.Since(began); len(n.sent) < 2 || took > retryLimit+attemptLimit {
			t.Errorf("%d attempts in %s", len(n.sent), took)
		}
	})
}

func TestNetwork_logsWhatWasAskedAndHowItWent(t *testing.T) {
	log := &capture{}
	answers := []func(req *http.Request) (*http.Response, error){
		func(req *http.Request) (*http.Response, error) { return reply(req, 403, refusal(403, "hayır")), nil },
		func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF },
	}
	for _, answer := range answers {
		n := &network{answer: answer}
		l := &networkLayer{next: n, log: log.log(), limit: time.Minute}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://isbasimw.isbasi.com/api/v1.0/x?q=1", strings.NewReader("body"))
		if err != nil {
			t.Fatal(err)
		}
		if resp, err := l.RoundTrip(req); err == nil {
			discard(resp)
		}
	}
	text := log.text()
	for _, want := range []string{"method=POST", "path=/api/v1.0/x", "status=403", "took=", "kind=network"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing: %s", want, text)
		}
	}
	for _, unwanted := range []string{"q=1", "body", "hayır"} {
		if strings.Contains(text, unwanted) {
			t.Errorf("%s is logged", unwanted)
		}
	}
}
