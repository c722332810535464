package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

func TestSend_ofAWriteSaysWhenNobodyKnows(t *testing.T) {
	for name, tc := range map[string]struct {
		err  error
		want domain.Kind
	}{
		"connection ended":        {errCut, domain.KindUnknown},
		"time-out":                {context.DeadlineExceeded, domain.KindUnknown},
		"cut while it was read":   {&net.OpError{Op: "read", Err: errCut}, domain.KindUnknown},
		"cut while it was sent":   {&net.OpError{Op: "write", Err: errCut}, domain.KindUnknown},
		"never connected":         {&net.OpError{Op: "dial", Err: errCut}, domain.KindNetwork},
		"never reached the proxy": {&net.OpError{Op: "proxyconnect", Err: errCut}, domain.KindNetwork},
		"never trusted the other": {&tls.CertificateVerificationError{Err: errCut}, domain.KindNetwork},
	} {
		c, n := over(func(*http.Request) (*http.Response, error) { return nil, tc.err })
		err := write(t.Context(), c)
		var e *domain.Error
		if certificate := errors.As(err, &e) && e.Detail == domain.DetailCertificate; certificate != strings.Contains(name, "trusted") {
			t.Errorf("%s: %v", name, err)
		}
		if domain.KindOf(err) != tc.want || !errors.Is(err, tc.err) || len(n.sent) != 1 || (tc.want == domain.KindUnknown && errors.As(err, &e) && e.Op != "ask") {
			t.Errorf("%s: %v after %d calls", name, err, len(n.sent))
		}
	}
}

func TestSend_ofAWriteThatIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, n := over(func(*http.Request) (*http.Response, error) {
		cancel()
		return nil, ctx.Err()
	})
	err := write(ctx, c)
	if wantKind(t, err, domain.KindUnknown); !errors.Is(err, context.Canceled) || len(n.sent) != 1 {
		t.Errorf("on the way: %v after %d calls", err, len(n.sent))
	}
	err = write(ctx, c)
	if wantKind(t, err, domain.KindCancelled); len(n.sent) != 1 {
		t.Errorf("before: %v after %d calls", err, len(n.sent))
	}
}

func TestSend_ofAWriteThatIsNotBookedOrHasAnAnswer(t *testing.T) {
	c, n := over(answerAll("ok"), func(o *Options) { o.Ledger = &barred{} })
	err := write(t.Context(), c)
	if wantKind(t, err, domain.KindQuota); len(n.sent) != 0 {
		t.Errorf("%d calls left", len(n.sent))
	}
	for _, status := range []int{200, 401, 404, 500, 502, 503} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, "its own word")
		}))
		a, err := to(t.Context(), New(options(nil)), server.URL, quota.Write)
		server.Close()
		if err != nil || a.Status != status || string(a.Body) != "its own word" {
			t.Errorf("%d: %+v, %v", status, a, err)
		}
	}
}

// A 401 has carried nothing out: what then keeps the replay from leaving is no unknown outcome.
func TestSend_ofAWriteThatWasNotAuthorised(t *testing.T) {
	sent := 0
	c, _ := over(func(req *http.Request) (*http.Response, error) {
		sent++
		return reply(req, http.StatusUnauthorized, ""), nil
	}, func(o *Options) {
		o.Authorise = func(next http.RoundTripper) http.RoundTripper { return renewing{next} }
	})
	if err := write(t.Context(), c); !errors.Is(err, errCut) || domain.KindOf(err) != domain.KindNetwork || sent != 1 {
		t.Errorf("%v after %d calls", err, sent)
	}
}

// renewing cannot renew.
type renewing struct{ next http.RoundTripper }

func (r renewing) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	Discard(resp)
	return nil, Failure(req.Context(), errCut)
}

// closing is a ledger that books while the caller goes away, or cannot keep what the remote refuses.
type closing struct {
	ledger
	leave  func()
	refuse error
}

func (c *closing) Take(context.Context, quota.Kind) error { c.leave(); return nil }

func (c *closing) Refused(context.Context, quota.Kind, time.Duration) error { return c.refuse }

func TestSend_ofAWriteWhoseCallerLeavesBeforeIt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, n := over(answerAll("ok"), func(o *Options) { o.Ledger = &closing{leave: cancel} })
	err := write(ctx, c)
	if wantKind(t, err, domain.KindCancelled); len(n.sent) != 0 {
		t.Errorf("%v after %d calls", err, len(n.sent))
	}
}

// A write that was sent, and of whose answer only the ledger's failure is heard, may have been carried out.
func TestSend_ofAWriteWhoseAnswerIsLostAboveTheNetwork(t *testing.T) {
	for status, want := range map[int]domain.Kind{429: domain.KindUnknown, 401: domain.KindInternal} {
		c, _ := over(func(req *http.Request) (*http.Response, error) { return reply(req, status, ""), nil }, func(o *Options) {
			o.Ledger = &closing{leave: func() {}, refuse: domain.E(domain.KindInternal, "keep", nil)}
			if status == 401 {
				o.Authorise = func(next http.RoundTripper) http.RoundTripper { return plain{next} }
			}
		})
		wantKind(t, write(t.Context(), c), want)
	}
}

// plain loses what it is answered, with an error that has no kind where nothing else says one.
type plain struct{ next http.RoundTripper }

func (p plain) RoundTrip(req *http.Request) (*http.Response, error) {
	if _, err := p.next.RoundTrip(req); err != nil {
		return nil, err
	}
	return nil, domain.E(domain.KindInternal, "sign", errCut)
}

func TestSend_givesEveryErrorAKind(t *testing.T) {
	c, _ := over(answerAll("ok"), func(o *Options) {
		o.Authorise = func(http.RoundTripper) http.RoundTripper {
			return &network{answer: func(*http.Request) (*http.Response, error) { return nil, errCut }}
		}
	})
	if err := read(t.Context(), c); domain.KindOf(err) != domain.KindNetwork || !errors.Is(err, errCut) {
		t.Errorf("%v", err)
	}
}

// barred lets nothing leave.
type barred struct{ ledger }

func (*barred) Take(context.Context, quota.Kind) error {
	return domain.E(domain.KindQuota, "book", nil)
}

func TestUnknown_onlyWhereTheRemoteHasNotSpoken(t *testing.T) {
	unknown := map[domain.Kind]bool{
		domain.KindNetwork: true, domain.KindUnavailable: true, domain.KindBadAnswer: true, domain.KindCancelled: true, domain.KindInternal: true,
	}
	for _, kind := range []domain.Kind{
		domain.KindNetwork, domain.KindUnavailable, domain.KindBadAnswer, domain.KindCancelled, domain.KindInternal, domain.KindRejected,
		domain.KindState, domain.KindForbidden, domain.KindNotFound, domain.KindQuota, domain.KindNeedsSignIn, domain.KindHost, domain.KindOtherFirm,
	} {
		err := &domain.Error{Kind: kind, Op: "read", Detail: "its word"}
		got := Unknown("save", err)
		if (domain.KindOf(got) == domain.KindUnknown) != unknown[kind] || !errors.Is(got, err) || detailOf(got) != "its word" {
			t.Errorf("%s: %v", kind, got)
		}
	}
	if err := Unknown("save", errCut); domain.KindOf(err) != domain.KindUnknown || !errors.Is(err, errCut) {
		t.Errorf("without a kind: %v", err)
	}
	if err := Unknown("save", nil); err != nil {
		t.Errorf("no error became one: %v", err)
	}
}
