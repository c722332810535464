// Package isbasi is the remote books: it signs in to Logo İşbaşı, reads and writes its products and invoices
// over the REST interface (isbasi-api.md). Wire types become domain types here and nowhere else.
package isbasi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/consent"
	"github.com/sopyo/sopyo-desktop/storage/transport"
)

const apiPath = "/api/v1.0/"

// Probes keeps what İşbaşı has answered to the questions that nobody documents (isbasi-api.md §11).
type Probes interface {
	// Answer gives what is remembered under name; ok = false when nothing is.
	Answer(ctx context.Context, name string) (value string, ok bool, err error)
	// Remember replaces it.
	Remember(ctx context.Context, name, value string) error
	// KeyPrint gives what tells a secret from others, and from which it cannot be had back.
	KeyPrint(ctx context.Context, secret domain.Secret) (string, error)
}

// Client speaks to İşbaşı for one company. It is safe for concurrent use.
type Client struct {
	transport.Counter
	*heldSession

	hosts    hostList
	remote   *transport.Client
	session  *sessionLayer
	probes   Probes
	log      *slog.Logger
	now      func() time.Time
	callback consent.Options
	nobody   sync.Map // the ops that İşbaşı has refused because nobody was named as the user
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
	_, refused := c.nobody.Load(r.op)
	if refused && user(s) == "" {
		return domain.E(domain.KindNoUser, r.op, nil) // it would be again, and cost a call
	}
	k.env, k.signed = s.Environment, true
	r.base, r.secrets = c.base(s), secretsOf(s)
	err := c.judged(ctx, k, r, judge)
	if user(s) == "" && refusesNobody(err) {
		c.nobody.Store(r.op, true)
		err = domain.E(domain.KindNoUser, r.op, err)
	}
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
	judged, verdict := false, error(nil)
	a, err := c.send(ctx, k, r, func(a transport.Answer) bool {
		judged, verdict = true, judge(answer{status: a.Status, body: a.Body})
		return errors.Is(verdict, errNoEnvelope) && a.Status < http.StatusMultipleChoices
	})
	if err != nil {
		return transport.Mask(err, r.secrets...)
	}
	if !judged { // it may not be repeated
		verdict = judge(a)
	}
	err = transport.Mask(verdict, r.secrets...)
	c.noteRefusal(ctx, r, a, err)
	if k.kind == quota.Write {
		return transport.Unknown(r.op, err)
	}
	return err
}

// noteRefusal writes to the log what İşbaşı has said where no rule of ours knows the answer: it is the
// only part of an answer that is logged, and only masked.
func (c *Client) noteRefusal(ctx context.Context, r request, a answer, err error) {
	switch domain.KindOf(err) {
	case domain.KindRejected, domain.KindState, domain.KindBadAnswer, domain.KindUnavailable:
		detail := transport.Hide(detailOf(err), c.secrets(r))
		c.log.LogAttrs(ctx, slog.LevelWarn, "isbasi refused a call", slog.String("op", r.op),
			slog.Int("status", a.status), slog.String("message", transport.Impersonal(detail)))
	default:
	}
}

// secrets are those of the call and of the session in use, which may be a newer one.
func (c *Client) secrets(r request) []domain.Secret {
	s, _ := c.Session()
	return slices.Concat(r.secrets, secretsOf(s))
}

// send gives the answer as it came, to a call that may be repeated the first that is not garbled: an error only when
// there was none.
func (c *Client) send(ctx context.Context, k call, r request, garbled func(transport.Answer) bool) (answer, error) {
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
	req.Header.Set("DeviceType", "WEB") // what every client sends that is known to work (isbasi-api.md §12)
	req.Header.Set("DeviceName", "Sopyo Desktop")
	if body != nil || r.method != http.MethodGet {
		req.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	if !r.key.Empty() {
		req.Header.Set("apiKey", r.key.Reveal())
	}
	a, err := c.remote.Send(req, transport.Call{Op: r.op, Kind: k.kind, Repeat: k.repeat, Hosts: c.hosts.trusted(k.env), Garbled: garbled})
	return answer{status: a.Status, body: a.Body}, err
}
