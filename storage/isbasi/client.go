// Package isbasi is the remote books: it signs in to Logo İşbaşı, reads and writes its products, firms,
// orders and invoices over the REST interface (isbasi-api.md). Wire types become domain types here and
// nowhere else.
package isbasi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// CallbackAddr is where İşbaşı sends the browser back to: the address is bound to the API key, so the
// port cannot be another one (architecture.md "Authorisation in the browser").
const CallbackAddr = "127.0.0.1:47813"

const (
	apiPath = "/api/v1.0/"
	// consentLimit is how long a person may take on İşbaşı's page.
	consentLimit = 5 * time.Minute
	// pageGrace is how long the listener stays open for the browser to fetch the success page.
	pageGrace = 2 * time.Second
)

// Ledger books calls before they are sent (rules.md §4 "Quota"), and is told what İşbaşı says to them.
type Ledger interface {
	// Take books a call; its error keeps the call from leaving.
	Take(ctx context.Context, k quota.Kind) error
	// Refused is told of a 429. Its error is the call's; nil: the call may be repeated after a pause. A
	// negative retryAfter: İşbaşı named no time.
	Refused(ctx context.Context, k quota.Kind, retryAfter time.Duration) error
	// Accepted is told of an answer that shows that calls of k are given.
	Accepted(ctx context.Context, k quota.Kind) error
}

// Options say which İşbaşı a client talks to and what it is given to do so.
type Options struct {
	// Environment is used when credentials or a session name none; empty = live.
	Environment domain.Environment
	// Hosts, when given, are the only addresses spoken to, whatever a session or a login answer names:
	// "http://127.0.0.1:8790".
	Hosts []string
	// AllowLoopback puts this machine on the host list, also without TLS.
	AllowLoopback bool
	// Transport is the network; nil = one of our own with time-outs.
	Transport http.RoundTripper
	// Ledger may be nil: then calls are only counted.
	Ledger Ledger
	// Keep stores a session that was renewed. May be nil; its error is logged, the call goes on.
	Keep func(ctx context.Context, s domain.Session) error
	// Probes remembers what the API key may do. May be nil: then nothing that needs it is on.
	Probes Probes
	// Log gets method, path, status and duration of each call, and İşbaşı's message where it refused one.
	// May be nil.
	Log *slog.Logger
	// Now may be nil: the clock.
	Now func() time.Time
	// CallbackAddr may be empty: the constant of that name.
	CallbackAddr string
	// Pause is the first of the growing pauses between attempts; 0 = one second.
	Pause time.Duration
}

// Client speaks to İşbaşı for one company. It is safe for concurrent use.
type Client struct {
	hosts        hostList
	http         *http.Client
	session      *sessionLayer
	quota        *quotaLayer
	probes       Probes
	log          *slog.Logger
	now          func() time.Time
	callbackAddr string
	consentLimit time.Duration
	pageGrace    time.Duration
}

var _ transfer.Books = (*Client)(nil)

// New makes a client without a session. An address in o.Hosts that is not on the host list is refused
// with KindHost.
func New(o Options) (*Client, error) {
	hosts, err := newHostList(o.Environment, o.Hosts, o.AllowLoopback)
	if err != nil {
		return nil, err
	}
	c := &Client{
		hosts: hosts, probes: o.Probes, log: o.Log, now: o.Now, callbackAddr: o.CallbackAddr,
		consentLimit: consentLimit, pageGrace: pageGrace,
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	if c.now == nil {
		c.now = time.Now
	}
	if c.callbackAddr == "" {
		c.callbackAddr = CallbackAddr
	}
	pause := o.Pause
	if pause <= 0 {
		pause = firstPause
	}
	if o.Transport == nil {
		o.Transport = newTransport()
	}
	network := &networkLayer{next: o.Transport, log: c.log, limit: attemptLimit}
	c.quota = &quotaLayer{next: &hostLayer{next: &outcomeLayer{next: network}, list: hosts}, ledger: o.Ledger, log: c.log}
	c.session = &sessionLayer{
		next: newPaceLayer(c.quota), base: c.base, renew: c.renew, keep: o.Keep, now: c.now, log: c.log,
		turn: make(chan struct{}, 1),
	}
	c.http = &http.Client{
		Transport: &retryLayer{next: c.session, pause: pause},
		// A redirect would hand key and password to another host: hostLayer refuses it before this.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

// Use sets the session that calls are made with; the zero Session takes it away.
func (c *Client) Use(s domain.Session) { c.session.use(s) }

// Session gives the session in use, renewed if that happened; ok = false when there is none.
func (c *Client) Session() (s domain.Session, ok bool) { return c.session.session() }

// Calls tells how many reads and writes have left since the client was made, sign-ins apart.
func (c *Client) Calls() (reads, writes int) {
	return int(atomic.LoadInt64(&c.quota.reads)), int(atomic.LoadInt64(&c.quota.writes))
}

// Ping asks İşbaşı the cheapest question that needs a session: a product list of one row (one read).
func (c *Client) Ping(ctx context.Context) error {
	_, err := products().page(ctx, c, domain.ListQuery{}, 1, 1)
	return err
}

// base is the address a session's calls go to: what Options name, else what the sign-in found.
func (c *Client) base(s domain.Session) string {
	if bases := c.hosts.bases(s.Environment); s.BaseURL == "" || len(c.hosts.override) > 0 {
		return bases[0]
	}
	return s.BaseURL
}

// call is what the layers must know of a request besides the request itself.
type call struct {
	env    domain.Environment
	kind   quota.Kind
	repeat bool // may be sent again without harm
	signed bool // carries the session
	// left is set while the call may have reached İşbaşı; nil where nobody asks.
	left *atomic.Bool
}

type callKey struct{}

func withCall(ctx context.Context, k call) context.Context {
	return context.WithValue(ctx, callKey{}, k)
}

func callOf(ctx context.Context) call {
	k, _ := ctx.Value(callKey{}).(call)
	return k
}

// request is one call: where, what, and what must not appear in its error.
type request struct {
	op      string
	method  string
	base    string
	path    string        // behind /api/v1.0/
	key     domain.Secret // the API key of an unsigned call
	body    any           // nil = none
	secrets []domain.Secret
}

// read asks with the session in use and decodes the answer's data into out. It costs one read.
func (c *Client) read(ctx context.Context, r request, out any) error {
	return c.signed(ctx, call{kind: quota.Read, repeat: true}, r, func(a answer) error { return a.decode(r.op, out) })
}

// signed sends r with the session in use and has judge say what its answer is worth.
func (c *Client) signed(ctx context.Context, k call, r request, judge func(answer) error) error {
	s, ok := c.Session()
	if !ok {
		return domain.E(domain.KindNeedsSignIn, r.op, nil)
	}
	k.env, k.signed = s.Environment, true
	r.base, r.secrets = c.base(s), secretsOf(s)
	err := c.judged(ctx, k, r, judge)
	if s, ok := c.Session(); ok { // it may have been renewed
		err = mask(err, secretsOf(s)...)
	}
	return err
}

// ask sends r and decodes the data of its envelope into out, which may be nil.
func (c *Client) ask(ctx context.Context, k call, r request, out any) error {
	return c.judged(ctx, k, r, func(a answer) error { return a.decode(r.op, out) })
}

func (c *Client) judged(ctx context.Context, k call, r request, judge func(answer) error) error {
	a, err := c.send(ctx, k, r)
	if err != nil {
		return mask(err, r.secrets...)
	}
	err = mask(judge(a), r.secrets...)
	c.noteRefusal(ctx, r, a, err)
	return err
}

// send gives the answer as it came: an error only when there was none.
func (c *Client) send(ctx context.Context, k call, r request) (a answer, err error) {
	var body io.Reader
	if r.body != nil {
		text, err := json.Marshal(r.body)
		if err != nil {
			return answer{}, domain.E(domain.KindInternal, r.op, err)
		}
		body = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(withCall(ctx, k), r.method, r.base+apiPath+r.path, body)
	if err != nil {
		return answer{}, domain.E(domain.KindHost, r.op, nil)
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Lang", "tr-TR")
	if body != nil || r.method != http.MethodGet {
		req.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	if !r.key.Empty() {
		req.Header.Set("apiKey", r.key.Reveal())
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return answer{}, sendError(ctx, r.op, err)
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, sendError(ctx, r.op, err)
	}
	return answer{status: resp.StatusCode, body: text}, nil
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
