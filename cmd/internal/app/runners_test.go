package app_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// street is a machine with two companies, each with an İşbaşı firm of 700 products, and the writer lock by which
// one transfer at a time writes.
type street struct {
	t      *testing.T
	server *sandbox.Server
	dir    string
	app    *app.App
	shop   *app.Runners
	infos  []domain.Company
	writer *flock.Flock
}

func newStreet(t *testing.T) *street {
	t.Helper()
	keyring.InMemory(nil)
	keys := []string{"anahtar-1", "anahtar-2"}
	server, err := sandbox.New(sandbox.Options{
		Products: sandbox.Products(700, 3), APIKeys: keys, Tenants: map[string]string{keys[1]: "7b0e0c0e-0000-4000-8000-000000000002"},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	s := &street{t: t, server: server, dir: filepath.Join(t.TempDir(), "veri ğ#1")}
	s.start()
	for i, name := range []string{"Alfa", "Beta"} {
		info, err := s.app.NewCompany(t.Context(), name, false)
		if err != nil {
			t.Fatal(err)
		}
		s.infos = append(s.infos, info)
		c := s.open(i)
		in, err := c.Authorise(t.Context(), domain.Credentials{
			Environment: domain.EnvironmentLive, APIKey: domain.NewSecret(keys[i]),
			UserName: sandbox.DemoUser, Password: domain.NewSecret(sandbox.DemoPassword),
		}, domain.Browser{})
		if err == nil {
			err = c.Confirm(t.Context(), in, true)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	s.writer = flock.New(filepath.Join(s.dir, "apply.lock"))
	t.Cleanup(func() { _ = s.writer.Unlock(); s.end() })
	return s
}

// start begins the program, end ends it as closing the window does.
func (s *street) start() {
	s.t.Helper()
	a, err := app.Open(s.t.Context(), app.Options{DataDir: s.dir, IsbasiURL: s.server.URL(), RetryPause: time.Millisecond})
	if err != nil {
		s.t.Fatal(err)
	}
	s.app, s.shop = a, app.NewRunners(a)
}

func (s *street) end() {
	s.t.Helper()
	if s.app == nil {
		return
	}
	if err := s.shop.Close(); err != nil {
		s.t.Error(err)
	}
	if err := s.app.Close(); err != nil {
		s.t.Error(err)
	}
	s.app = nil
}

func (s *street) open(i int) *app.Company {
	s.t.Helper()
	c, err := s.shop.Open(s.t.Context(), s.infos[i])
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// holdWriter keeps every transfer waiting for its turn, as another program's would.
func (s *street) holdWriter() {
	s.t.Helper()
	if ok, err := s.writer.TryLock(); !ok || err != nil {
		s.t.Fatal("the writer lock is taken", err)
	}
}

func (s *street) begin(i int) *transfer.Job {
	s.t.Helper()
	c := s.open(i)
	job, err := c.New(s.t.Context(), transfer.DefaultOptions(domain.TRY))
	if err != nil {
		s.t.Fatal(err)
	}
	c.Runner.Run(job)
	return job
}

// until waits for ok.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(time.Minute)
	for !ok() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("not within a minute: %s", what)
		}
	}
}

func queued(n int, j *transfer.Job) func() bool {
	return func() bool { s := j.Snapshot(); return s.State == transfer.StateQueued && s.Queue.Number == n }
}

// latest gives the state of a company's newest run.
func (s *street) latest(i int) transfer.State {
	s.t.Helper()
	run, _, err := s.open(i).LatestRun(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return run.State
}

// place gives a run of a company the last place.
func (s *street) place(i int, run int64) {
	s.t.Helper()
	if err := s.app.Machine.EnterQueue(s.t.Context(), s.infos[i].ID, run); err != nil {
		s.t.Fatal(err)
	}
}

func (s *street) line() (names []string) {
	s.t.Helper()
	places, err := s.app.Queue.Places(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, p := range places {
		names = append(names, p.Name)
	}
	return names
}

func TestRunners_writesOneAfterTheOtherInTheOrderOfConfirmation(t *testing.T) {
	s := newStreet(t)
	s.holdWriter()
	beta := s.begin(1)
	until(t, "Beta is next", queued(1, beta))
	alfa := s.begin(0)
	until(t, "Alfa is second", queued(2, alfa))
	if got := s.shop.Working(); !slices.Equal(got, []domain.CompanyID{s.infos[0].ID, s.infos[1].ID}) || s.shop.Rested() {
		t.Errorf("at work: %v", got)
	}
	if got := s.line(); !slices.Equal(got, []string{"Beta", "Alfa"}) {
		t.Errorf("the line is %v", got)
	}
	if err := s.writer.Unlock(); err != nil {
		t.Fatal(err)
	}
	until(t, "Alfa writes", func() bool { s := alfa.Snapshot().State; return s == transfer.StateApplying || s.Finished() })
	if got := beta.Snapshot().State; got != transfer.StateDone {
		t.Errorf("Alfa writes while Beta is %s", got)
	}
	until(t, "rest", s.shop.Rested)
	if got := s.line(); len(got) != 0 || alfa.Snapshot().State != transfer.StateDone {
		t.Errorf("left in line: %v; Alfa %s", got, alfa.Snapshot().State)
	}
}

// The window holds the companies open that it removes; one that is worked for stays.
func TestRunners_removesACompanyThatIsOpenHere(t *testing.T) {
	s := newStreet(t)
	s.holdWriter()
	until(t, "Alfa waits", queued(1, s.begin(0)))
	if err := s.shop.RemoveCompany(t.Context(), s.infos[0]); domain.KindOf(err) != domain.KindBusy {
		t.Errorf("one that is worked for: %v", err)
	}
	s.open(1)
	if err := s.shop.RemoveCompany(t.Context(), s.infos[1]); err != nil {
		t.Fatal(err)
	}
	all, err := s.app.Machine.Companies(t.Context())
	if err != nil || len(all) != len(s.infos)-1 || slices.ContainsFunc(all, func(c domain.Company) bool { return c.ID == s.infos[1].ID }) {
		t.Errorf("left: %v, %v", all, err)
	}
	removed, err := s.app.RemovedCompanies(t.Context())
	if err != nil || len(removed) != 1 || removed[0].Name != s.infos[1].Name {
		t.Errorf("removed: %+v, %v", removed, err)
	}
	if err := s.writer.Unlock(); err != nil {
		t.Fatal(err)
	}
	until(t, "rest", s.shop.Rested)
}

func TestRunners_goesOnWithEveryInterruptedTransfer(t *testing.T) {
	s := newStreet(t)
	s.holdWriter()
	until(t, "Beta is next", queued(1, s.begin(1)))
	until(t, "Alfa is second", queued(2, s.begin(0)))
	s.end()
	s.start()
	if got := s.line(); !slices.Equal(got, []string{"Beta", "Alfa"}) {
		t.Fatalf("the line after the end of the program: %v", got)
	}
	if err := s.writer.Unlock(); err != nil {
		t.Fatal(err)
	}
	if left, err := s.shop.GoOn(t.Context()); err != nil || len(left) != 0 {
		t.Fatalf("left %v, %v", left, err)
	}
	until(t, "rest", s.shop.Rested)
	for i := range s.infos {
		if got := s.latest(i); got != transfer.StateDone {
			t.Errorf("%s: %s", s.infos[i].Name, got)
		}
	}
	if n := s.server.Count(sandbox.RouteProducts); n != 14 {
		t.Errorf("%d reads; what was read is not read again", n)
	}
	if raw, err := os.ReadFile(filepath.Join(s.dir, "logs", "sopyo.log")); err != nil || strings.Contains(string(raw), "left alone") {
		t.Errorf("the log: %s, %v", raw, err)
	}
}

func TestRunners_leavesACompanyThatAnotherProgramHas(t *testing.T) {
	s := newStreet(t)
	s.holdWriter()
	until(t, "Alfa is next", queued(1, s.begin(0)))
	until(t, "Beta is second", queued(2, s.begin(1)))
	s.end()
	s.start()
	other, err := app.Open(t.Context(), app.Options{DataDir: s.dir, IsbasiURL: s.server.URL()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	held, err := other.OpenCompany(t.Context(), s.infos[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := s.writer.Unlock(); err != nil {
		t.Fatal(err)
	}
	left, err := s.shop.GoOn(t.Context())
	if err != nil || len(left) != 1 || left[0].Name != "Alfa" {
		t.Fatalf("left %v, %v", left, err)
	}
	until(t, "rest", s.shop.Rested) // Alfa's place holds nobody up
	if got := s.latest(1); got != transfer.StateDone {
		t.Errorf("Beta: %s", got)
	}
	if got := s.line(); !slices.Equal(got, []string{"Alfa"}) {
		t.Errorf("the line is %v", got)
	}
	if raw, err := os.ReadFile(filepath.Join(s.dir, "logs", "sopyo.log")); err != nil || !strings.Contains(string(raw), string(s.infos[0].ID)) {
		t.Errorf("the log: %s, %v", raw, err)
	}
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	s.open(0) // a person looks at it later
	until(t, "rest", s.shop.Rested)
	if got := s.latest(0); got != transfer.StateDone {
		t.Errorf("Alfa: %s", got)
	}
}

func TestRunners_stopIsHeardWhileWaiting(t *testing.T) {
	s := newStreet(t)
	s.holdWriter()
	alfa := s.begin(0)
	until(t, "Alfa is next", queued(1, alfa))
	beta := s.begin(1)
	s.shop.Stop() // Beta may not even have begun
	for _, j := range []*transfer.Job{alfa, beta} {
		if got := j.Snapshot().State; got != transfer.StateStopped {
			t.Errorf("%s", got)
		}
	}
	if got := s.line(); len(got) != 0 || !s.shop.Rested() {
		t.Errorf("the line is %v", got)
	}
	s.end()
	s.start()
	s.place(0, alfa.Snapshot().ID) // the program ended between the end of the run and that of its place
	if left, err := s.shop.GoOn(t.Context()); err != nil || len(left) != 0 || len(s.shop.Working()) != 0 {
		t.Errorf("a stopped transfer goes on by itself: %v, %v", left, err)
	}
	if got := s.line(); len(got) != 0 {
		t.Errorf("the place of a stopped transfer stays: %v", got)
	}
}

// Durdur in the middle of a call that never answers, and of a pause İşbaşı asked for.
func TestRunners_stopIsHeardInTheMiddleOfACall(t *testing.T) {
	for name, fault := range map[string]sandbox.Fault{
		"slow call":   {Kind: sandbox.FaultDelay, Route: sandbox.RouteProducts, Page: 3, Delay: time.Hour},
		"Retry-After": {Kind: sandbox.FaultRate, Route: sandbox.RouteProducts, Page: 3, RetryAfter: 50 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStreet(t)
			s.server.Fault(fault)
			alfa := s.begin(0)
			until(t, "the third page is asked for", func() bool { return alfa.Snapshot().Counters.Read == 200 })
			s.shop.Stop()
			if got := alfa.Snapshot(); got.State != transfer.StateStopped || got.Counters.Read != 200 {
				t.Errorf("%s %+v", got.State, got.Counters)
			}
		})
	}
}

func TestRunners_opensEachCompanyOnceAndNoneAfterItsEnd(t *testing.T) {
	s := newStreet(t)
	if one := s.open(0); one != s.open(0) || one == s.open(1) {
		t.Error("opened twice, or one for two")
	}
	if _, err := s.shop.Open(t.Context(), domain.Company{ID: "../yok/yok"}); domain.KindOf(err) != domain.KindDisk {
		t.Errorf("%v", err)
	}
	if !s.shop.Rested() || len(s.shop.Working()) != 0 {
		t.Error("at work before anything began")
	}
	s.holdWriter()
	job := s.begin(0)
	until(t, "Alfa is next", queued(1, job))
	s.shop.Interrupt() // it ends where it is, and its place stays
	if got := s.line(); !slices.Equal(got, []string{"Alfa"}) || len(s.shop.Working()) != 0 {
		t.Errorf("the line is %v", got)
	}
	if got := job.Snapshot().State; got.Finished() || got == transfer.StateStopped {
		t.Errorf("%s", got)
	}
	shop := s.shop
	s.end()
	_, err := shop.Open(t.Context(), s.infos[0])
	if domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("opened after the end: %v", err)
	}
	if _, err := shop.GoOn(t.Context()); err == nil {
		t.Error("went on after the end")
	}
	s.start()
	if _, err := s.shop.GoOn(endsAt(t)); domain.KindOf(err) != domain.KindCancelled {
		t.Errorf("%v", err)
	}
}

// endsAt is a context that has ended.
func endsAt(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

// A place whose run has come to its end, or is another one than the company is at, is taken away; one of a
// company that is no more stays nobody's.
func TestRunners_takesAwayPlacesThatAreLeftOver(t *testing.T) {
	s := newStreet(t)
	job := s.begin(0)
	until(t, "rest", s.shop.Rested)
	done := job.Snapshot().ID
	for name, tt := range map[string]struct {
		run  int64
		left []string
	}{"a run that is done": {done, nil}, "a run that never was": {done + 7, nil}} {
		if err := s.app.Machine.EnterQueue(t.Context(), s.infos[0].ID, tt.run); err != nil {
			t.Fatal(err)
		}
		if left, err := s.shop.GoOn(t.Context()); err != nil || len(left) != 0 {
			t.Errorf("%s: left %v, %v", name, left, err)
		}
		if got := s.line(); !slices.Equal(got, tt.left) {
			t.Errorf("%s: the line is %v", name, got)
		}
	}
	s.holdWriter()
	waiting := s.begin(0)
	until(t, "Alfa is next", queued(1, waiting))
	s.end()
	s.start()
	if err := s.app.Machine.LeaveQueue(t.Context(), s.infos[0].ID, waiting.Snapshot().ID); err != nil {
		t.Fatal(err)
	}
	if err := s.app.Machine.EnterQueue(t.Context(), s.infos[0].ID, done); err != nil { // of the run before
		t.Fatal(err)
	}
	if err := s.writer.Unlock(); err != nil {
		t.Fatal(err)
	}
	if left, err := s.shop.GoOn(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
	until(t, "rest", s.shop.Rested)
	if got := s.line(); len(got) != 0 || s.latest(0) != transfer.StateDone {
		t.Errorf("the line is %v, Alfa %s", got, s.latest(0))
	}
}

// A closed integration is left alone; one that waits for a connection is not at rest.
func TestRunners_leavesAClosedIntegrationAloneAndWaitsForALostConnection(t *testing.T) {
	s := newStreet(t)
	s.server.Fault(sandbox.Fault{Kind: sandbox.FaultHTML, Status: 503, Route: sandbox.RouteProducts})
	job := s.begin(0)
	c := s.open(0)
	until(t, "it is paused", func() bool { return c.Runner.Work() == nil && job.Snapshot().State == transfer.StatePaused })
	if s.shop.Rested() || len(s.shop.Working()) != 0 {
		t.Errorf("it goes on at %v, and yet all is at rest", c.Runner.GoesOnAt())
	}
	s.shop.Stop() // a person wants no more of it now
	if !s.shop.Rested() {
		t.Error("it goes on by itself although a person has stopped it")
	}
	settings, err := c.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	settings.IntegrationOn = false
	if err := c.SaveSettings(t.Context(), settings); err != nil {
		t.Fatal(err)
	}
	s.server.Mend()
	s.end()
	s.start()
	paused := job.Snapshot().ID
	for run, want := range map[int64][]string{paused: {"Alfa"}, paused + 7: nil} { // its own place stays, another one's goes
		s.place(0, run)
		if left, err := s.shop.GoOn(t.Context()); err != nil || len(left) != 0 {
			t.Errorf("%v, %v", left, err)
		}
		if got := s.line(); !slices.Equal(got, want) {
			t.Errorf("the place of run %d, paused is %d: the line is %v", run, paused, got)
		}
	}
	if err := s.app.Machine.LeaveQueue(t.Context(), s.infos[0].ID, paused); err != nil {
		t.Fatal(err)
	}
	s.open(0)
	if !s.shop.Rested() || s.latest(0) != transfer.StatePaused {
		t.Errorf("%s", s.latest(0))
	}
	c = s.open(0)
	settings.IntegrationOn = true
	if err := c.SaveSettings(t.Context(), settings); err != nil {
		t.Fatal(err)
	}
	s.end()
	s.start()
	s.open(0)
	until(t, "rest", s.shop.Rested)
	if got := s.latest(0); got != transfer.StateDone {
		t.Errorf("opened again: %s", got)
	}
}

// Looking leaves a company as it was: an open one open, another one closed and free for other programs.
func TestLook_leavesACompanyAsItWas(t *testing.T) {
	s := newStreet(t)
	s.end()
	s.start()
	open := s.open(0)
	for i, info := range s.infos {
		var seen *app.Company
		err := s.shop.Look(t.Context(), info, func(c *app.Company) error {
			seen = c
			_, err := c.Connection(t.Context())
			return err
		})
		if err != nil || seen == nil || (seen == open) != (i == 0) {
			t.Errorf("%s: %v, the open one: %v", info.Name, err, seen == open)
		}
	}
	if _, err := open.Connection(t.Context()); err != nil {
		t.Errorf("the open one was closed: %v", err)
	}
	other := app.NewRunners(s.app)
	if _, err := other.Open(t.Context(), s.infos[1]); err != nil {
		t.Errorf("what was looked into is not free: %v", err)
	}
	if err := s.shop.Look(t.Context(), s.infos[1], func(*app.Company) error { return nil }); domain.KindOf(err) != domain.KindBusy {
		t.Errorf("looking into what another program has: %v", err)
	}
	if err := other.Close(); err != nil {
		t.Error(err)
	}
}
