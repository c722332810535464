package transport

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/transport/transporttest"
)

const remote = "https://api.remote.example/x"

var errCut = errors.New("the connection ended")

type ledger = transporttest.Ledger

var (
	reply    = transporttest.Reply
	wantKind = transporttest.WantKind
	detailOf = transporttest.Detail
	fieldOf  = transporttest.Field
)

// network is a network in memory: it remembers what was sent.
type network struct {
	answer func(req *http.Request) (*http.Response, error)

	mu   sync.Mutex
	sent []*http.Request
}

func (n *network) RoundTrip(req *http.Request) (*http.Response, error) {
	n.mu.Lock()
	n.sent = append(n.sent, req)
	n.mu.Unlock()
	return n.answer(req)
}

// options are those of a remote without peculiarities, three calls a second.
func options(n http.RoundTripper) Options {
	return Options{
		Remote: "remote", Network: n, PerSecond: 3, Ledger: &ledger{}, Counter: &Counter{},
		Status:    func(resp *http.Response) int { return resp.StatusCode },
		Authorise: func(next http.RoundTripper) http.RoundTripper { return next },
		Log:       slog.New(slog.DiscardHandler),
	}
}

// over makes a client on a network in memory.
func over(answer func(*http.Request) (*http.Response, error), set ...func(*Options)) (*Client, *network) {
	n := &network{answer: answer}
	o := options(n)
	for _, f := range set {
		f(&o)
	}
	return New(o), n
}

// to sends one call of the kind to the address.
func to(ctx context.Context, c *Client, address string, k quota.Kind) (Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader("body"))
	if err != nil {
		return Answer{}, err
	}
	return c.Send(req, Call{
		Op: "ask", Kind: k, Repeat: k != quota.Write, Hosts: Hosts{Zones: []string{"remote.example"}, Loopback: true},
	})
}

func read(ctx context.Context, c *Client) error {
	_, err := to(ctx, c, remote, quota.Read)
	return err
}

func write(ctx context.Context, c *Client) error {
	_, err := to(ctx, c, remote, quota.Write)
	return err
}

func answerAll(body string) func(*http.Request) (*http.Response, error) {
	return func(req *http.Request) (*http.Response, error) { return reply(req, http.StatusOK, body), nil }
}

// capture is a log in memory.
type capture struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (c *capture) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.b.Write(p)
}

func (c *capture) text() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.b.String()
}

func (c *capture) log() *slog.Logger {
	return slog.New(slog.NewTextHandler(c, &slog.HandlerOptions{Level: slog.LevelDebug}))
}
