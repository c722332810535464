package isbasi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/transport/transporttest"
)

const (
	maxAttempts = 5        // of a call that may be repeated
	bodyLimit   = 32 << 20 // of an answer

	testKey      = "key-7f3a9c51d2"
	testPassword = "p4r0la-gizli"
	testUserKey  = "second-key-99887766"
	testToken    = "token-5544332211"
	testTenant   = "7b0e0c0e-0000-4000-8000-000000000009"
)

var (
	reply    = transporttest.Reply
	wantKind = transporttest.WantKind
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

func (n *network) count(path string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	count := 0
	for _, r := range n.sent {
		if strings.HasSuffix(r.URL.Path, path) {
			count++
		}
	}
	return count
}

func good(data string) string {
	return `{"code":0,"message":"","isError":false,"data":` + data + `}`
}

func refusal(code int, message string) string {
	text, err := json.Marshal(message)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf(`{"code":%d,"message":%s,"isError":true,"data":null}`, code, text)
}

func loginAnswer(token string) string {
	return good(`{"accessToken":"` + token + `","tokenType":"Bearer","tenantId":"` + testTenant + `","userId":1234}`)
}

func testSession() domain.Session {
	return domain.Session{
		Credentials: domain.Credentials{
			Environment: domain.EnvironmentLive, APIKey: domain.NewSecret(testKey),
			UserName: "owner@example.com", Password: domain.NewSecret(testPassword), UserKey: domain.NewSecret(testUserKey),
			TenantID: testTenant,
		},
		Token: domain.NewSecret(testToken), UserID: "1234", BaseURL: "https://lite-mw.isbasi.com",
	}
}

// open is New, with what every client needs where o names none.
func open(t *testing.T, o Options) *Client {
	t.Helper()
	if o.Ledger == nil {
		o.Ledger = &transporttest.Ledger{}
	}
	if o.Keep == nil {
		o.Keep = func(context.Context, domain.Session) error { return nil }
	}
	if o.Probes == nil {
		o.Probes = &memory{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.callback.Addr = "127.0.0.1:0" // any that is free
	return c
}

// over makes a client on a network in memory, with a session in use.
func over(t *testing.T, o Options, answer func(*http.Request) (*http.Response, error)) (*Client, *network) {
	t.Helper()
	n := &network{answer: answer}
	o.Transport = n
	c := open(t, o)
	c.Use(testSession())
	return c, n
}

// against makes a client on a server of the test's own, with a session in use.
func against(t *testing.T, o Options, handler http.HandlerFunc) (*Client, *httptest.Server) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	o.Hosts, o.AllowLoopback = []string{server.URL}, true
	if o.Pause == 0 {
		o.Pause = time.Millisecond
	}
	c := open(t, o)
	c.Use(testSession())
	return c, server
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

func bodyOf(t *testing.T, req *http.Request) string {
	t.Helper()
	if req.GetBody == nil {
		return ""
	}
	r, err := req.GetBody()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func rows(from, n int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = fmt.Sprintf(`{"id":%d,"code":"C%d","type":1}`, from+i, from+i)
	}
	return "[" + strings.Join(parts, ",") + "]"
}

// cutBody is a body that ends in the middle.
type cutBody struct{ io.Reader }

func (cutBody) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
func (cutBody) Close() error             { return nil }
