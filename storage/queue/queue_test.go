package queue

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

var errPlaces error = domain.E(domain.KindBusy, "ask the places", nil)

// places are kept in memory; the n-th call from now on can be made to fail, or to end the caller's context.
type places struct {
	mu    sync.Mutex
	line  []transfer.Place
	calls int
	at    int    // the call that something befalls; 0: none
	end   func() // what does; nil: it fails
}

func (p *places) call(ctx context.Context, do func()) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.calls++; p.calls == p.at {
		if p.end == nil {
			return errPlaces
		}
		p.end()
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	do()
	return nil
}

// befall lets something happen at the n-th call from now on; 0: nothing.
func (p *places) befall(n int, end func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls, p.at, p.end = 0, n, end
}

// reached tells whether it has happened.
func (p *places) reached() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls >= p.at
}

func (p *places) EnterQueue(ctx context.Context, id domain.CompanyID, run int64) error {
	return p.call(ctx, func() {
		p.line = append(p.line, transfer.Place{Company: id, Name: strings.ToTitle(string(id)), Run: run})
	})
}

func (p *places) LeaveQueue(ctx context.Context, id domain.CompanyID, run int64) error {
	return p.call(ctx, func() {
		p.line = slices.DeleteFunc(p.line, func(l transfer.Place) bool { return l.Company == id && l.Run == run })
	})
}

func (p *places) SetWriting(ctx context.Context, id domain.CompanyID, run int64, writing bool) error {
	return p.call(ctx, func() {
		for i, l := range p.line {
			if l.Company == id && l.Run == run {
				p.line[i].Writing = writing
			}
		}
	})
}

func (p *places) Queue(ctx context.Context) (line []transfer.Place, err error) {
	return line, p.call(ctx, func() { line = slices.Clone(p.line) })
}

// line gives the queue, one place a word: "ALFA5" is away, "waits ALFA5" here, "writes ALFA5" at work,
// "killed ALFA5" was at work when its program ended.
func line(t *testing.T, m Machine) string {
	t.Helper()
	all, err := m.Places(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, p := range all {
		state := map[[2]bool]string{{true, false}: "waits ", {true, true}: "writes ", {false, true}: "killed "}[[2]bool{p.Here, p.Writing}]
		words = append(words, state+p.Name)
	}
	return strings.Join(words, ", ")
}

func nobody(t *testing.T) func(transfer.Standing) {
	return func(s transfer.Standing) { t.Errorf("it waits: %+v", s) }
}

// newQueue makes a queue in a folder of its own in which the companies are, run 1, 2 … of each.
func newQueue(t *testing.T, companies ...domain.CompanyID) (Machine, *places) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "veri ğ#1")
	if err := os.MkdirAll(filepath.Join(dir, "companies"), 0o700); err != nil {
		t.Fatal(err)
	}
	p := &places{}
	m := New(p, dir)
	for i, id := range companies {
		if err := m.Of(id).Enter(t.Context(), int64(i+1)); err != nil {
			t.Fatal(err)
		}
	}
	return m, p
}

// waiting begins to wait for a turn: what it is told, and what it gets in the end.
func waiting(t *testing.T, c Company, run int64) (<-chan transfer.Standing, <-chan func()) {
	t.Helper()
	stood, done := make(chan transfer.Standing, 1), make(chan func(), 1)
	ctx := t.Context()
	go func() {
		release, err := c.Turn(ctx, run, func(s transfer.Standing) {
			select {
			case <-stood: // only the last word counts
			default:
			}
			stood <- s
		})
		if err != nil {
			t.Error(err)
		}
		done <- release
	}()
	return stood, done
}

func soon[T any](t *testing.T, c <-chan T) (got T) {
	t.Helper()
	select {
	case got = <-c:
	case <-time.After(time.Minute):
		t.Fatal("not within a minute")
	}
	return got
}

// told waits until the run is told want.
func told(t *testing.T, stood <-chan transfer.Standing, want transfer.Standing) {
	t.Helper()
	for limit := time.Now().Add(time.Minute); soon(t, stood) != want; {
		if time.Now().After(limit) {
			t.Fatalf("never told %+v", want)
		}
	}
}

func TestTurn_comesInTheOrderOfThoseThatAreHere(t *testing.T) {
	m, _ := newQueue(t, "alfa", "beta", "gama")
	release, err := m.Of("beta").Turn(t.Context(), 2, nobody(t)) // Alfa is away, and holds nobody up
	if err != nil {
		t.Fatal(err)
	}
	if got := line(t, m); got != "ALFA, writes BETA, GAMA" {
		t.Error(got)
	}
	stoodG, doneG := waiting(t, m.Of("gama"), 3)
	told(t, stoodG, transfer.Standing{Number: 1, Writing: "BETA"})
	stoodA, doneA := waiting(t, m.Of("alfa"), 1)
	told(t, stoodA, transfer.Standing{Number: 1, Writing: "BETA"})
	told(t, stoodG, transfer.Standing{Number: 2, Writing: "BETA"})
	if got := line(t, m); got != "waits ALFA, writes BETA, waits GAMA" {
		t.Error(got)
	}
	release()
	r := soon(t, doneA)
	if got := line(t, m); got != "writes ALFA, BETA, waits GAMA" {
		t.Error(got)
	}
	r()
	soon(t, doneG)()
	for i, id := range []domain.CompanyID{"alfa", "beta", "gama"} {
		if err := m.Of(id).Leave(t.Context(), int64(i+1)); err != nil {
			t.Error(err)
		}
	}
	if got := line(t, m); got != "" {
		t.Error(got)
	}
}

// The note that a killed program left says nothing, and is taken back when its run asks for its turn.
func TestTurn_isNotHeldByOneThatWasKilled(t *testing.T) {
	m, p := newQueue(t, "alfa", "beta")
	for i, id := range []domain.CompanyID{"alfa", "beta"} {
		if err := p.SetWriting(t.Context(), id, int64(i+1), true); err != nil {
			t.Fatal(err)
		}
	}
	if got := line(t, m); got != "killed ALFA, killed BETA" {
		t.Error(got)
	}
	release, err := m.Of("beta").Turn(t.Context(), 2, nobody(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := line(t, m); got != "killed ALFA, writes BETA" {
		t.Error(got)
	}
	stood, done := waiting(t, m.Of("alfa"), 1)
	told(t, stood, transfer.Standing{Number: 1, Writing: "BETA"})
	if got := line(t, m); got != "waits ALFA, writes BETA" {
		t.Error(got)
	}
	release()
	soon(t, done)()
}

// Whatever fails, or whenever a person stops it: both locks are given back, and nothing says that it writes.
func TestTurn_cutOffAnywhereGivesItsLocksBack(t *testing.T) {
	for name, stops := range map[string]bool{"a failure": false, "a stop": true} {
		m, p := newQueue(t, "alfa", "beta")
		for n := 1; ; n++ {
			ctx, cancel := context.WithCancel(t.Context())
			var end func()
			want := errPlaces
			if stops {
				end, want = cancel, context.Canceled
			}
			p.befall(n, end)
			release, err := m.Of("beta").Turn(ctx, 2, nobody(t))
			reached := p.reached()
			p.befall(0, nil)
			asks := 3 // its note, the line, its note again; what fails in releasing is nobody's any more
			if (err == nil) != (release != nil) || (err != nil) != (reached && n <= asks) || err != nil && !errors.Is(err, want) {
				t.Errorf("%s at call %d: %v", name, n, err)
			}
			if release != nil {
				if is, err := held(filepath.Join(m.dir, "apply.lock")); err != nil || !is {
					t.Errorf("its turn without the writer lock: %v, %v", is, err)
				}
				cancel() // a stop must not keep the note of who writes
				release()
			}
			if got := line(t, m); got != "ALFA, BETA" {
				t.Errorf("%s at call %d: %s", name, n, got)
			}
			if is, err := held(filepath.Join(m.dir, "apply.lock")); err != nil || is {
				t.Errorf("%s at call %d: the writer lock is held: %v", name, n, err)
			}
			cancel()
			if !reached {
				if n < 4 {
					t.Errorf("the places were asked %d times only", n-1)
				}
				break
			}
		}
	}
}

func TestTurn_stoppedWhileItWaitsLeavesTheOneThatWrites(t *testing.T) {
	m, _ := newQueue(t, "alfa", "beta")
	release, err := m.Of("alfa").Turn(t.Context(), 1, nobody(t))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := m.Of("beta").Turn(ctx, 2, func(transfer.Standing) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := line(t, m); got != "writes ALFA, BETA" {
		t.Error(got)
	}
	// A second program with the same company waits for its turn lock, and can be stopped there too.
	ctx, cancel = context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := m.Of("alfa").Turn(ctx, 1, nobody(t)); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	release()
}

func TestQueue_saysWhatItCannotAsk(t *testing.T) {
	m, p := newQueue(t, "alfa")
	for name, ask := range map[string]func() error{
		"entering": func() error { return m.Of("alfa").Enter(t.Context(), 2) },
		"leaving":  func() error { return m.Of("alfa").Leave(t.Context(), 1) },
		"places":   func() error { _, err := m.Places(t.Context()); return err },
	} {
		p.befall(1, nil)
		if err := ask(); !errors.Is(err, errPlaces) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestQueue_saysWhatLiesWhereItsLocksAre(t *testing.T) {
	for _, blocked := range []string{"apply.lock", filepath.Join("companies", "beta.turn")} {
		m, _ := newQueue(t, "alfa", "beta")
		if err := os.MkdirAll(filepath.Join(m.dir, blocked), 0o700); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Of("beta").Turn(t.Context(), 2, nobody(t)); domain.KindOf(err) != domain.KindDisk {
			t.Errorf("%s: %v", blocked, err)
		}
		_, err := m.Places(t.Context())
		if (domain.KindOf(err) == domain.KindDisk) != (blocked != "apply.lock") {
			t.Errorf("%s: %v", blocked, err)
		}
	}
}
