package sandbox_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// One that listens nowhere answers what one on a socket answers, whatever strikes the call.
func TestOffline_answersAsOverASocket(t *testing.T) {
	late := sandbox.Fault{Kind: sandbox.FaultDelay, Delay: time.Minute}
	for name, f := range map[string]*sandbox.Fault{
		"nothing": nil, "html": {Kind: sandbox.FaultHTML, Status: 503}, "rate": {Kind: sandbox.FaultRate, RetryAfter: time.Second},
		"cut": {Kind: sandbox.FaultCut}, "drop": {Kind: sandbox.FaultDrop}, "lost": {Kind: sandbox.FaultLost}, "given up": &late,
	} {
		now := time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)
		o := sandbox.Options{Now: func() time.Time { return now }}
		if f != nil {
			o.Faults = []sandbox.Fault{*f}
		}
		socket, err := sandbox.New(o)
		if err != nil {
			t.Fatal(err)
		}
		offline := sandbox.Offline(o)
		if offline.URL() != "" {
			t.Errorf("it is at %s", offline.URL())
		}
		left := make(chan struct{}) // closed when the call has left the caller
		said := func(transport http.RoundTripper, url string) (string, error) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if name == "given up" {
				go func() {
					<-left
					cancel()
				}()
			}
			req, err := http.NewRequestWithContext(ctx, http.MethodPost, url+base+"user/integrationLogin", strings.NewReader(`{"userKey":"x"}`))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("apiKey", sandbox.DemoKey)
			req.Header.Set("Content-Type", "application/json")
			resp, err := transport.RoundTrip(req)
			if err != nil {
				return "", err
			}
			defer resp.Body.Close()
			body, err := io.ReadAll(resp.Body)
			h := resp.Header
			return strings.Join([]string{resp.Proto, h.Get("Content-Type"), h.Get("Date"), h.Get("Retry-After"), http.StatusText(resp.StatusCode), string(body)}, "|"), err
		}
		network := &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := new(net.Dialer).DialContext(ctx, network, addr)
			return &leaving{Conn: conn, left: sync.OnceFunc(func() { close(left) })}, err
		}}
		want, broken := said(network, socket.URL())
		got, err := said(offline, "https://isbasi.invalid")
		if got != want || (err != nil) != (broken != nil) || name == "given up" && !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %q, %v, want %q, %v", name, got, err, want, broken)
		}
		for len(socket.Log()) == 0 { // who gives up does not wait for the server to notice
			runtime.Gosched()
		}
		if got, want := offline.Log(), socket.Log(); len(got) != 1 || len(want) != 1 || got[0].Route != want[0].Route || got[0].Status != want[0].Status {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
		network.CloseIdleConnections()
		if err := errors.Join(socket.Close(), offline.Close()); err != nil {
			t.Error(err)
		}
	}
}

// leaving is a connection that says when the first of what is written has left.
type leaving struct {
	net.Conn

	left func()
}

func (l *leaving) Write(b []byte) (int, error) {
	n, err := l.Conn.Write(b)
	l.left()
	return n, err
}
