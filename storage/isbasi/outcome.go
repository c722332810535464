package isbasi

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"sync/atomic"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// write sends a change with the session in use and decodes the answer's data into out, which may be
// nil. It is never repeated by itself. Where the call may have reached İşbaşı and no answer of İşbaşı's
// own says what became of it, the error is KindUnknown: look the record up before another try
// (isbasi-api.md §3.1). It costs one write.
func (c *Client) write(ctx context.Context, r request, out any) error {
	k := call{kind: quota.Write, left: new(atomic.Bool)}
	err := c.signed(ctx, k, r, func(a answer) error { return a.decode(r.op, out) })
	if !k.left.Load() {
		return err
	}
	switch domain.KindOf(err) {
	case domain.KindNetwork, domain.KindUnavailable, domain.KindBadAnswer, domain.KindCancelled, domain.KindInternal:
		return &domain.Error{Kind: domain.KindUnknown, Op: r.op, Detail: detailOf(err), Err: err}
	default:
		return err
	}
}

// outcomeLayer notes whether a call may have reached İşbaşı.
type outcomeLayer struct {
	next http.RoundTripper
}

func (l *outcomeLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	left := callOf(req.Context()).left
	if left == nil {
		return l.next.RoundTrip(req)
	}
	if err := req.Context().Err(); err != nil {
		left.Store(false)
		return nil, failure(req.Context(), err)
	}
	left.Store(true)
	resp, err := l.next.RoundTrip(req)
	if neverSent(err) || (err == nil && statusOf(resp) == http.StatusUnauthorized) {
		left.Store(false) // nothing was carried out; the next attempt decides
	}
	return resp, err
}

// neverSent tells the errors that come before the first byte of a request.
func neverSent(err error) bool {
	var dial *net.OpError
	var certificate *tls.CertificateVerificationError
	return errors.As(err, &certificate) ||
		(errors.As(err, &dial) && (dial.Op == "dial" || dial.Op == "proxyconnect"))
}
