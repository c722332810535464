package isbasi

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// script is İşbaşı in memory, as a test has written it: each "METHOD path" has its answers, given in
// turn, the last one for ever. It remembers what was asked.
type script struct {
	t       *testing.T
	answers map[string][]reaction

	mu     sync.Mutex
	calls  []string
	bodies []string
}

// reaction is one answer, or the error in its place.
type reaction struct {
	status int
	body   string
	err    error
}

func says(body string) reaction { return reaction{status: http.StatusOK, body: body} }

func saysStatus(status int, body string) reaction { return reaction{status: status, body: body} }

func breaks(err error) reaction { return reaction{err: err} }

var errCut = errors.New("the connection ended")

// fixture is the answer of a file in testdata.
func fixture(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// scripted makes a client on a script, with a session in use.
func scripted(t *testing.T, answers map[string][]reaction, options ...func(*Options)) (*Client, *script) {
	t.Helper()
	d := &script{t: t, answers: answers}
	o := Options{Hosts: []string{"http://127.0.0.1:9"}, AllowLoopback: true, Transport: d, Pause: time.Nanosecond}
	for _, set := range options {
		set(&o)
	}
	c := open(t, o)
	c.Use(testSession())
	return c, d
}

func (d *script) RoundTrip(req *http.Request) (*http.Response, error) {
	line := req.Method + " " + strings.TrimPrefix(req.URL.RequestURI(), apiPath)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls, d.bodies = append(d.calls, line), append(d.bodies, bodyOf(d.t, req))
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	list, ok := d.answers[line]
	if !ok {
		d.t.Errorf("nobody expects %s", line)
		return reply(req, http.StatusNotFound, ""), nil
	}
	next := list[0]
	if len(list) > 1 {
		d.answers[line] = list[1:]
	}
	if next.err != nil {
		return nil, next.err
	}
	return reply(req, next.status, next.body), nil
}

// was checks the calls so far.
func (d *script) was(want ...string) {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if got := strings.Join(d.calls, "\n"); got != strings.Join(want, "\n") {
		d.t.Errorf("asked\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// body is what the n-th call carried, 0 = the first.
func (d *script) body(n int) string {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if n >= len(d.bodies) {
		d.t.Fatalf("only %d calls", len(d.bodies))
	}
	return d.bodies[n]
}

// memory remembers probes' answers.
type memory struct {
	mu     sync.Mutex
	values map[string]string
	err    error
}

func (m *memory) Answer(_ context.Context, name string) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok := m.values[name]
	return value, ok, m.err
}

// KeyPrint gives a print that a test can tell from the key.
func (m *memory) KeyPrint(_ context.Context, key domain.Secret) (string, error) {
	return fmt.Sprintf("%x", crc32.ChecksumIEEE([]byte(key.Reveal()))), nil
}

func (m *memory) Remember(_ context.Context, name, value string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil {
		return m.err
	}
	if m.values == nil {
		m.values = map[string]string{}
	}
	m.values[name] = value
	return nil
}

// answerAll answers every call alike.
func answerAll(body string) func(*http.Request) (*http.Response, error) {
	return func(req *http.Request) (*http.Response, error) { return reply(req, http.StatusOK, body), nil }
}
