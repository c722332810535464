// Package isbasi is the remote books: it signs in to Logo İşbaşı, reads and writes its products, firms,
// orders and invoices over the REST interface (isbasi-api.md). Wire types become domain types here and
// nowhere else.
package isbasi

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/transport"
)

// CallbackAddr is where İşbaşı sends the browser back to: the address is bound to the API key, so the
// port cannot be another one (architecture.md "Authorisation in the browser").
const CallbackAddr = "127.0.0.1:47813"

const (
	apiPath = "/api/v1.0/"
	// callsPerSecond is our own restraint: İşbaşı documents no limit, its clients pause 0.3–0.5 s
	// (isbasi-api.md §3.3).
	callsPerSecond = 3
	// consentLimit is how long a person may take on İşbaşı's page.
	consentLimit = 5 * time.Minute
	// pageGrace is how long the listener stays open for the browser to fetch the success page.
	pageGrace = 2 * time.Second
)

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
	// Ledger books every call.
	Ledger transport.Ledger
	// Keep stores a session that was renewed; its error is logged, the call goes on.
	Keep func(ctx context.Context, s domain.Session) error
	// Probes remembers what the API key may do.
	Probes Probes
	// Log gets method, path, status and duration of each call, and İşbaşı's message where it refused one.
	Log *slog.Logger
	// Now is the clock.
	Now func() time.Time
	// CallbackAddr may be empty: the constant of that name.
	CallbackAddr string
	// Pause is the first of the growing pauses between attempts; 0 = one second.
	Pause time.Duration

	perSecond float64 // 0 = callsPerSecond
}

// Client speaks to İşbaşı for one company. It is safe for concurrent use.
type Client struct {
	transport.Counter

	hosts        hostList
	remote       *transport.Client
	session      *sessionLayer
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
	if c.callbackAddr == "" {
		c.callbackAddr = CallbackAddr
	}
	if o.perSecond == 0 {
		o.perSecond = callsPerSecond
	}
	c.session = &sessionLayer{
		base: c.base, renew: c.renew, keep: o.Keep, now: c.now, log: c.log, turn: make(chan struct{}, 1),
	}
	c.remote = transport.New(transport.Options{
		Remote: "isbasi", Network: o.Transport, Authorise: c.session.above, Status: statusOf,
		PerSecond: o.perSecond, Pause: o.Pause, Ledger: o.Ledger, Counter: &c.Counter, Log: c.log,
	})
	return c, nil
}

// Use sets the session that calls are made with; the zero Session takes it away.
func (c *Client) Use(s domain.Session) { c.session.use(s) }

// Session gives the session in use, renewed if that happened; ok = false when there is none.
func (c *Client) Session() (s domain.Session, ok bool) { return c.session.session() }

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

// call says of a request how it may be sent.
type call struct {
	env    domain.Environment
	kind   quota.Kind
	repeat bool // may be sent again without harm
	signed bool // carries the session
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

// write sends a change with the session in use and decodes the answer's data into out, which may be
// nil. It is never repeated by itself. Where the call may have reached İşbaşı and no answer of İşbaşı's
// own says what became of it, the error is KindUnknown: look the record up before another try
// (isbasi-api.md §3.1). It costs one write.
func (c *Client) write(ctx context.Context, r request, out any) error {
	return c.signed(ctx, call{kind: quota.Write}, r, func(a answer) error { return a.decode(r.op, out) })
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
		err = transport.Mask(err, secretsOf(s)...)
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
		return transport.Mask(err, r.secrets...)
	}
	err = transport.Mask(judge(a), r.secrets...)
	c.noteRefusal(ctx, r, a, err)
	if k.kind == quota.Write {
		return transport.Unknown(r.op, err)
	}
	return err
}

// send gives the answer as it came: an error only when there was none.
func (c *Client) send(ctx context.Context, k call, r request) (answer, error) {
	var body io.Reader
	if r.body != nil {
		text, err := json.Marshal(r.body)
		if err != nil {
			return answer{}, domain.E(domain.KindInternal, r.op, err)
		}
		body = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(withSession(ctx, k.signed), r.method, r.base+apiPath+r.path, body)
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
	a, err := c.remote.Send(req, transport.Call{Op: r.op, Kind: k.kind, Repeat: k.repeat, Hosts: c.hosts.trusted(k.env)})
	return answer{status: a.Status, body: a.Body}, err
}
