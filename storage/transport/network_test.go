package transport

import (
	"context"
	"errors"
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
	c, n := over(func(req *http.Request) (*http.Response, error) {
		resp := reply(req, http.StatusOK, "")
		resp.Body = body
		return resp, nil
	})
	wantKind(t, read(t.Context(), c), domain.KindBadAnswer)
	if body.read > 2*bodyLimit || len(n.sent) != 1 {
		t.Errorf("%d bytes were read in %d calls", body.read, len(n.sent))
	}
}

func TestNetwork_attemptsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		c, n := over(func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done() // nobody ever answers
			return nil, req.Context().Err()
		})
		wantKind(t, read(t.Context(), c), domain.KindNetwork)
		if took := time.Since(began); len(n.sent) < 2 || took > retryLimit+attemptLimit {
			t.Errorf("%d attempts in %s", len(n.sent), took)
		}
	})
}

func TestNetwork_anAttemptOfAWriteEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, slow := range []string{"answer", "body"} {
			began := time.Now()
			c, n := over(func(req *http.Request) (*http.Response, error) {
				if slow == "answer" {
					<-req.Context().Done()
					return nil, req.Context().Err()
				}
				resp := reply(req, 200, "")
				resp.Body = io.NopCloser(waiting{req.Context()})
				return resp, nil
			})
			wantKind(t, write(t.Context(), c), domain.KindUnknown)
			if took := time.Since(began); took != time.Minute || len(n.sent) != 1 {
				t.Errorf("%d attempts in %s", len(n.sent), took)
			}
		}
	})
}

// waiting is a body that never comes.
type waiting struct{ ctx context.Context }

func (w waiting) Read([]byte) (int, error) {
	<-w.ctx.Done()
	return 0, w.ctx.Err()
}

// sized is a body of n bytes, which fails to close with err.
type sized struct {
	io.Reader
	err error
}

func (s sized) Close() error { return s.err }

func TestNetwork_takesAnswersUpToItsLimit(t *testing.T) {
	const limit = 32 << 20
	for name, tc := range map[string]struct {
		size  int64
		close error
		want  domain.Kind
	}{
		"none": {0, nil, ""}, "some": {1000, nil, ""}, "the most": {limit, nil, ""}, "more": {limit + 1, nil, domain.KindBadAnswer}, "does not close": {10, errCut, domain.KindNetwork},
	} {
		l := &networkLayer{limit: time.Minute, log: (&capture{}).log(), next: &network{answer: func(req *http.Request) (*http.Response, error) {
			resp := reply(req, 200, "")
			resp.Body = sized{io.LimitReader(&endlessBody{}, tc.size), tc.close}
			return resp, nil
		}}}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://api.remote.example/x", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := l.RoundTrip(req)
		if domain.KindOf(err) != tc.want || errors.Is(err, errCut) != (tc.close != nil) || (resp == nil) != (tc.want != "") {
			t.Errorf("%s: %v", name, err)
		}
		if resp == nil {
			continue
		}
		if text, err := io.ReadAll(resp.Body); err != nil || int64(len(text)) != tc.size || resp.ContentLength != tc.size {
			t.Errorf("%s: %d of %d bytes, %v", name, len(text), resp.ContentLength, err)
		}
		Discard(resp)
	}
}

func TestNew_noWaitIsLongerThanAnAttempt(t *testing.T) {
	tr := NewNetwork()
	for name, d := range map[string]time.Duration{"handshake": tr.TLSHandshakeTimeout, "answer": tr.ResponseHeaderTimeout} {
		if d < 5*time.Second || d > attemptLimit {
			t.Errorf("%s: %s", name, d)
		}
	}
	if tr.Proxy == nil || tr.DialContext == nil || !tr.ForceAttemptHTTP2 || tr.MaxIdleConnsPerHost < 1 || tr.IdleConnTimeout <= attemptLimit || tr.IdleConnTimeout > 5*time.Minute || tr.MaxIdleConnsPerHost > 10 {
		t.Errorf("%+v", tr)
	}
}

func TestNew_takesItsOwnWhereNothingIsGiven(t *testing.T) {
	c := New(options(nil))
	l := c.http.Transport.(*retryLayer)
	if l.pause != time.Second {
		t.Errorf("pause %s", l.pause)
	}
	if err := c.http.CheckRedirect(nil, nil); !errors.Is(err, http.ErrUseLastResponse) {
		t.Errorf("a redirect: %v", err)
	}
	if _, ok := l.next.(*paceLayer).next.(*ledgerLayer).next.(*hostLayer).next.(*outcomeLayer).next.(*networkLayer).next.(*http.Transport); !ok {
		t.Error("no network of its own")
	}
	o := options(nil)
	o.Pause = 7
	if l := New(o).http.Transport.(*retryLayer); l.pause != 7 {
		t.Errorf("pause %s", l.pause)
	}
}

// Of an answer that is still to come nobody has the text.
func TestText_ofWhatHasNotArrived(t *testing.T) {
	resp := reply(nil, 200, "text")
	if text, ok := Text(resp); ok || text != nil {
		t.Errorf("%q", text)
	}
	Discard(resp)
}

func TestSend_logsUnderTheRemotesName(t *testing.T) {
	log := &capture{}
	c, _ := over(answerAll("ok"), func(o *Options) { o.Remote, o.Log = "books", log.log() })
	if err := read(t.Context(), c); err != nil || !strings.Contains(log.text(), "remote=books") {
		t.Errorf("%v, %s", err, log.text())
	}
}

func TestNetwork_logsWhatWasAskedAndHowItWent(t *testing.T) {
	log := &capture{}
	answers := []func(req *http.Request) (*http.Response, error){
		func(req *http.Request) (*http.Response, error) { return reply(req, 403, "hayır"), nil },
		func(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF },
	}
	for _, answer := range answers {
		n := &network{answer: answer}
		l := &networkLayer{next: n, remote: "the books", log: log.log(), limit: time.Minute}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://api.remote.example/api/v1.0/x?q=1", strings.NewReader("body"))
		if err != nil {
			t.Fatal(err)
		}
		if resp, err := l.RoundTrip(req); err == nil {
			Discard(resp)
		}
	}
	text := log.text()
	for _, want := range []string{"level=INFO ", `remote="the books"`, "method=POST", "path=/api/v1.0/x", "status=403", "took=", "kind=network"} {
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
