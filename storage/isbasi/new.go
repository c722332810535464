package isbasi

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/consent"
	"github.com/sopyo/sopyo-desktop/storage/transport"
)

// callsPerSecond is our own restraint: İşbaşı documents no limit, its clients pause 0.3–0.5 s
// (isbasi-api.md §3.3).
const callsPerSecond = 3

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
	// Pause is the first of the growing pauses between attempts; 0 = one second.
	Pause time.Duration
	// PaceEverywhere keeps the pace of calls to this machine too.
	PaceEverywhere bool

	perSecond float64 // 0 = callsPerSecond
}

// New makes a client without a session. An address in o.Hosts that is not on the host list is refused
// with KindHost.
func New(o Options) (*Client, error) {
	hosts, err := newHostList(o.Environment, o.Hosts, o.AllowLoopback)
	if err != nil {
		return nil, err
	}
	c := &Client{
		hosts: hosts, probes: o.Probes, log: o.Log, now: o.Now,
		// İşbaşı binds the callback to the API key, so the port cannot be another one.
		callback: consent.Options{Addr: "127.0.0.1:47813", Limit: 5 * time.Minute, Pause: time.Second, Grace: 2 * time.Second},
	}
	if o.perSecond == 0 {
		o.perSecond = callsPerSecond
	}
	c.heldSession = &heldSession{}
	c.session = &sessionLayer{
		heldSession: c.heldSession, base: c.base, renew: c.renew, keep: o.Keep, now: c.now, log: c.log, turn: make(chan struct{}, 1),
	}
	c.remote = transport.New(transport.Options{
		Remote: "isbasi", Network: o.Transport, Authorise: c.session.above, Status: statusOf,
		PerSecond: o.perSecond, PaceEverywhere: o.PaceEverywhere, Pause: o.Pause, Ledger: o.Ledger, Counter: &c.Counter, Log: c.log,
	})
	return c, nil
}
