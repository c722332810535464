package isbasi

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/transport"
)

// sessionLayer addresses and signs the calls that need a session, and renews it once per call when
// İşbaşı says 401 or the token is known to have ended. However many calls meet that at once, one
// sign-in is made.
type sessionLayer struct {
	*heldSession
	next  http.RoundTripper
	base  func(domain.Session) string
	renew func(context.Context, domain.Session) (domain.Session, error)
	keep  func(context.Context, domain.Session) error
	now   func() time.Time
	log   *slog.Logger

	turn chan struct{} // held while renewing; a channel, so that waiting for it can be cancelled
}

// heldSession is the session that calls are made with.
type heldSession struct {
	mu      sync.Mutex
	current domain.Session
	set     bool
	uses    int   // grows with every use, so that a renewal does not bring back a session replaced meanwhile
	refused error // why the current session cannot be renewed any more
}

type sessionKey struct{}

// withSession says whether a request carries the session; one that is sent during another says it anew.
func withSession(ctx context.Context, signed bool) context.Context {
	return context.WithValue(ctx, sessionKey{}, signed)
}

// above puts l above the layer that it sends by.
func (l *sessionLayer) above(next http.RoundTripper) http.RoundTripper {
	l.next = next
	return l
}

// Use sets the session that calls are made with; the zero Session takes it away.
func (h *heldSession) Use(s domain.Session) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.current, h.set, h.refused = s, !s.APIKey.Empty(), nil
	h.uses++
}

// Session gives the session in use, renewed if that happened; ok = false when there is none.
func (h *heldSession) Session() (s domain.Session, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.current, h.set
}

func (l *sessionLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Context().Value(sessionKey{}) != true {
		return l.next.RoundTrip(req)
	}
	s, _ := l.Session()
	if s.Token.Empty() || (!s.TokenEndsAt.IsZero() && !l.now().Before(s.TokenEndsAt)) {
		var err error
		if s, err = l.renewed(req.Context(), s.Token); err != nil {
			return nil, err
		}
	}
	resp, err := l.send(req, s)
	if err != nil || statusOf(resp) != http.StatusUnauthorized {
		return resp, err
	}
	transport.Discard(resp)
	if s, err = l.renewed(req.Context(), s.Token); err != nil {
		return nil, err
	}
	resp, err = l.send(req, s)
	if err != nil || statusOf(resp) != http.StatusUnauthorized {
		return resp, err
	}
	transport.Discard(resp)
	return nil, domain.E(domain.KindNeedsSignIn, "use the renewed session", nil)
}

// send adds the headers of isbasi-api.md §2.4 and sends the call to the session's own host.
func (l *sessionLayer) send(req *http.Request, s domain.Session) (*http.Response, error) {
	signed, err := transport.Copy(req)
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(l.base(s))
	if err != nil {
		return nil, domain.E(domain.KindHost, "address the call", nil)
	}
	signed.URL.Scheme, signed.URL.Host, signed.Host = base.Scheme, base.Host, base.Host
	signed.Header.Set("apiKey", s.APIKey.Reveal())
	signed.Header.Set("Authorization", "Bearer "+s.Token.Reveal())
	for name, value := range map[string]string{
		"tenantId": s.TenantID, "UserId": s.UserID, "UserEmail": user(s), "UserName": user(s),
	} {
		if value != "" {
			signed.Header.Set(name, value)
		}
	}
	return l.next.RoundTrip(signed)
}

// renewed gives a session newer than the one whose token was old: the one somebody else has fetched
// meanwhile, or a new one. Once İşbaşı has refused it, nobody asks again before use.
func (l *sessionLayer) renewed(ctx context.Context, old domain.Secret) (domain.Session, error) {
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return domain.Session{}, transport.Failure(ctx, ctx.Err())
	}
	l.mu.Lock()
	s, set, refused, uses := l.current, l.set, l.refused, l.uses
	l.mu.Unlock()
	switch {
	case refused != nil:
		return domain.Session{}, refused
	case !set:
		return domain.Session{}, domain.E(domain.KindNeedsSignIn, "renew the session", nil)
	case s.Token != old:
		return s, nil
	}
	fresh, err := l.renew(ctx, s)
	l.mu.Lock()
	mine := l.uses == uses
	if kind := domain.KindOf(err); mine && err == nil {
		l.current = fresh
	} else if mine && (kind == domain.KindNeedsSignIn || kind == domain.KindOtherFirm) {
		l.refused = err
	}
	l.mu.Unlock()
	if err != nil {
		return domain.Session{}, err
	}
	if mine {
		if err := l.keep(ctx, fresh); err != nil {
			l.log.LogAttrs(ctx, slog.LevelWarn, "the renewed session lives in memory only",
				slog.String("kind", string(domain.KindOf(err))))
		}
	}
	return fresh, nil
}
