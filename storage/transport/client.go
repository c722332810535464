// Package transport is the network as every remote needs it: one HTTP client whose layers repeat what may
// be repeated, keep the pace, book each call, hold to a host list, limit time and size, follow no redirect
// and log. A remote adds its own authorisation, and reads and words its own answers.
package transport

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Options say what is particular to a remote.
type Options struct {
	// Remote is its name in the log.
	Remote string
	// Network sends; nil = one of our own with time-outs.
	Network http.RoundTripper
	// Authorise gives the layer that signs the calls, above next: what it sends itself keeps the pace, is
	// booked and is checked like any call.
	Authorise func(next http.RoundTripper) http.RoundTripper
	// Status is what an answer's status means: it may stand in the body (Text).
	Status func(resp *http.Response) int
	// PerSecond is how many calls may leave in a second, except to this machine.
	PerSecond float64
	// PaceEverywhere keeps the pace to this machine too.
	PaceEverywhere bool
	// Pause is the first of the growing pauses between attempts; 0 = one second.
	Pause  time.Duration
	Ledger Ledger
	// Counter counts what leaves.
	Counter *Counter
	Log     *slog.Logger
}

// Client sends calls through the layers. It is safe for concurrent use.
type Client struct {
	http *http.Client
	pace *paceLayer
}

// New puts the layers together: retry → authorisation → pace → ledger → hosts → outcome → network.
func New(o Options) *Client {
	if o.Network == nil {
		o.Network = NewNetwork()
	}
	if o.Pause <= 0 {
		o.Pause = firstPause
	}
	network := &networkLayer{next: o.Network, remote: o.Remote, log: o.Log, limit: attemptLimit}
	outcome := &outcomeLayer{next: network, status: o.Status}
	ledger := &ledgerLayer{next: &hostLayer{next: outcome}, ledger: o.Ledger, counter: o.Counter, status: o.Status, log: o.Log}
	pace := newPaceLayer(ledger, o)
	return &Client{pace: pace, http: &http.Client{
		Transport: &retryLayer{next: o.Authorise(pace), pause: o.Pause, rest: pace.rest},
		// A redirect would hand key and password to another host: hostLayer refuses it before this.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Abreast tells how many calls, one at least, may be on their way at once to be answered as fast as the pace lets them
// leave: with R calls a second and L seconds an answer, as the last ones took, ⌈R·L⌉, at most eight. Without pace, to
// this machine, four; before anything was answered, one.
func (c *Client) Abreast() int { return c.pace.abreast() }

// Answer is what came back, before anybody has judged it.
type Answer struct {
	Status int
	Body   []byte
}

// Send makes a call and gives the answer as it came: an error only when there was none. A write that may
// have reached the remote then is KindUnknown. The error holds no address.
func (c *Client) Send(req *http.Request, k Call) (Answer, error) {
	s := sending{Call: k}
	if k.Kind == quota.Write {
		s.left = new(atomic.Bool)
	}
	a, err := c.do(req.WithContext(withSending(req.Context(), s)), k.Op)
	if err != nil && s.left != nil && s.left.Load() {
		err = Unknown(k.Op, err)
	}
	return a, err
}

func (c *Client) do(req *http.Request, op string) (a Answer, err error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return Answer{}, sendError(req.Context(), op, err)
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return Answer{}, sendError(req.Context(), op, err)
	}
	return Answer{Status: resp.StatusCode, Body: text}, nil
}

// sendError gives a kind to what kept an answer from arriving. The address is left out.
func sendError(ctx context.Context, op string, err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var e *domain.Error
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return domain.E(domain.KindCancelled, op, ctx.Err())
	case errors.As(err, &e):
		return domain.Wrap(err, "%s", op)
	default:
		return domain.E(domain.KindNetwork, op, err)
	}
}
