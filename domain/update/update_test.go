package update

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"
)

var errDown = errors.New("no way out")

// page publishes a version and counts who asks; store keeps in memory, and its n-th call can be made to fail.
type page struct {
	version string
	err     error
	asked   int
}

func (p *page) Latest(context.Context) (string, error) {
	p.asked++
	return p.version, p.err
}

type store struct {
	kept     map[string]string
	n, calls int
}

func (s *store) next() error {
	if s.calls++; s.calls == s.n {
		return errDown
	}
	return nil
}

func (s *store) Preference(_ context.Context, key string) (string, error) {
	if err := s.next(); err != nil {
		return "", err
	}
	return s.kept[key], nil
}

func (s *store) SavePreference(_ context.Context, key, value string) error {
	if err := s.next(); err != nil {
		return err
	}
	s.kept[key] = value
	return nil
}

type desk struct {
	*Checker
	page  *page
	store *store
	now   time.Time
	log   strings.Builder
}

func newDesk(version string) *desk {
	d := &desk{page: &page{version: "1.2.0"}, store: &store{kept: map[string]string{}}, now: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)}
	d.Checker = New(Options{
		Version: version, Releases: d.page, Store: d.store, Now: func() time.Time { return d.now }, Log: slog.New(slog.NewTextHandler(&d.log, nil)),
	})
	return d
}

func (d *desk) want(t *testing.T, what string, asked int, newer string) {
	t.Helper()
	got, err := d.Newer(t.Context())
	if err != nil || got != newer || d.page.asked != asked {
		t.Errorf("%s: asked %d times, %q, %v; want %d, %q", what, d.page.asked, got, err, asked, newer)
	}
}

func TestCheck_asksOnceADayAndNeverDuringWork(t *testing.T) {
	d := newDesk("1.1.9")
	d.want(t, "before", 0, "")
	d.Check(t.Context(), true)
	d.want(t, "at work", 0, "")
	d.Check(t.Context(), false)
	d.want(t, "the first time", 1, "1.2.0")
	d.now = d.now.Add(Every - time.Second)
	d.Check(t.Context(), false)
	d.want(t, "within a day", 1, "1.2.0")
	d.now = d.now.Add(time.Second)
	d.page.version = "1.3"
	d.Check(t.Context(), false)
	d.want(t, "a day later", 2, "1.3")
	d.now = d.now.Add(-48 * time.Hour)
	d.Check(t.Context(), false)
	d.want(t, "with a clock that was set back", 3, "1.3")
	d.store.kept["update.asked"] = "spoilt"
	d.Check(t.Context(), false)
	d.want(t, "with a spoilt note", 4, "1.3")
}

func TestCheck_isSilentWhereNobodyAnswers(t *testing.T) {
	d := newDesk("1.1")
	d.page.err = errDown
	d.Check(t.Context(), false)
	d.want(t, "no way out", 1, "")
	d.Check(t.Context(), false)
	d.want(t, "again on that day", 1, "")
	if !strings.Contains(d.log.String(), "no way out") {
		t.Errorf("the log says %q", d.log.String())
	}
	d.page.err = nil
	d.now = d.now.Add(Every)
	d.Check(t.Context(), false)
	d.want(t, "the next day", 2, "1.2.0")
	d.page.err = errDown
	d.now = d.now.Add(Every)
	d.Check(t.Context(), false)
	d.want(t, "what was found stays", 3, "1.2.0")
}

func TestCheck_canBeSwitchedOff(t *testing.T) {
	d := newDesk("1.1")
	if err := d.SetChecks(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	d.Check(t.Context(), false)
	d.want(t, "off", 0, "")
	if err := d.SetChecks(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if on, err := d.Checks(t.Context()); !on || err != nil {
		t.Error(on, err)
	}
	d.Check(t.Context(), false)
	d.want(t, "on again", 1, "1.2.0")
	d.Never = true
	d.now = d.now.Add(Every)
	d.Check(t.Context(), false)
	d.want(t, "by the start of the program", 1, "")
	d.Never = false
	if err := d.SetChecks(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	d.want(t, "off with something found", 1, "")
}

func TestChecker_saysWhereTheStoreFails(t *testing.T) {
	for n := 1; n <= 4; n++ {
		d := newDesk("1.1")
		d.store.n = n
		d.Check(t.Context(), false)
		if !strings.Contains(d.log.String(), errDown.Error()) {
			t.Errorf("call %d: the log says %q", n, d.log.String())
		}
	}
	for n := 1; n <= 2; n++ {
		d := newDesk("1.1")
		d.store.n = n
		if _, err := d.Newer(t.Context()); !errors.Is(err, errDown) {
			t.Errorf("call %d: %v", n, err)
		}
	}
}

func TestIsNewer(t *testing.T) {
	for _, c := range []struct {
		found, own string
		want       bool
	}{
		{"1.2.0", "1.1.9", true},
		{"1.2.0", "1.2.0", false},
		{"1.2", "1.2.0", false},
		{"1.2.1", "1.2", true},
		{"1.10", "1.9.3", true},
		{"1.9.3", "1.10", false},
		{"2", "1.99.99", true},
		{"0.1.0", "0.1.1", false},
		{"", "1.0", false},
		{"1.2", "", false},
		{"1.3.0-rc.1", "1.2.0", false},
		{"1.2.0", "1.2.0-dev", false},
		{"1.2.3.4", "1.2.3", false},
		{"-1.2", "1.1", false},
		{"99999999999", "1.1", false},
	} {
		if got := isNewer(c.found, c.own); got != c.want {
			t.Errorf("%s newer than %s: %v", c.found, c.own, got)
		}
	}
}
