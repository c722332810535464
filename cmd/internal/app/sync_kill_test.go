package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// childWork marks a process of this test binary as a program of its own: it holds an errand.
const childWork = "SYNC_TEST_CHILD"

func TestMain(m *testing.M) {
	switch {
	case os.Getenv(childWork) != "":
		beChild[errand](childWork)
	case os.Getenv(invoiceWork) != "":
		beChild[invoiceErrand](invoiceWork)
	default:
		os.Exit(m.Run())
	}
}

// beChild does the errand that an environment variable holds.
func beChild[E interface {
	do(ctx context.Context) error
}](work string) {
	var e E
	err := json.Unmarshal([]byte(os.Getenv(work)), &e)
	if err == nil {
		err = e.do(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// phase is what a sync is at.
type phase int

const (
	reading phase = iota
	planning
	pulling
	pushing
	phases
)

func (p phase) String() string { return [...]string{"read", "plan", "pull", "push", "end"}[p] }

// phaseOf tells what a run is at; the syncs of these tests pull something before they push.
func phaseOf(r transfer.Run) phase {
	switch {
	case r.Phase == transfer.PhaseRead:
		return reading
	case r.Phase == transfer.PhaseMatch:
		return planning
	case r.Phase != transfer.PhaseApply:
		return phases
	case r.Counters.Pending == r.Counters.Matched:
		return pulling
	default:
		return pushing
	}
}

// errand is what a child does: it goes on with the sync, or begins one, or undoes one; and is killed After the
// beginning of Phase.
type errand struct {
	Dir, URL string
	Undo     int64
	Kill     bool
	Phase    phase
	After    time.Duration
}

// do does the errand and prints how long each phase took.
func (e errand) do(ctx context.Context) error {
	keyring.InMemory(nil)
	a, err := app.Open(ctx, app.Options{DataDir: e.Dir, IsbasiURL: e.URL, RetryPause: time.Millisecond})
	if err != nil {
		return err
	}
	info, err := a.FindCompany(ctx, "")
	if err != nil {
		return err
	}
	c, err := a.OpenCompany(ctx, info)
	if err != nil {
		return err
	}
	if e.Undo != 0 {
		err = e.undo(ctx, c)
	} else if err = authorised(ctx, c); err == nil {
		err = e.sync(ctx, c)
	}
	return errors.Join(err, c.Close(), a.Close())
}

func (e errand) undo(ctx context.Context, c *app.Company) error {
	if e.Kill {
		time.AfterFunc(e.After, e.die)
	}
	_, err := c.UndoSync(ctx, e.Undo)
	return err
}

func (e errand) sync(ctx context.Context, c *app.Company) error {
	j, err := c.ResumeSync(ctx)
	if err == nil && j == nil {
		j, err = c.NewSync(ctx, sync.Request{Occasion: sync.OccasionPerson})
	}
	if err != nil {
		return err
	}
	ended, watched := make(chan struct{}), make(chan [phases]time.Duration)
	go func() { watched <- e.watch(j, ended) }()
	err = j.Run(ctx)
	for tries := 1; err != nil && tries < 100 && goesOn(ctx, c, err); tries++ {
		err = j.Run(ctx)
	}
	close(ended)
	spans := <-watched
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(spans)
}

// goesOn tells whether a run that err has paused goes on: by itself, as the program does after a while, or when
// somebody has signed in again. A second 401 in one call may be the storm's, and an account that is refused.
func goesOn(ctx context.Context, c *app.Company, err error) bool {
	if domain.KindOf(err) == domain.KindNeedsSignIn {
		return authorised(ctx, c) == nil
	}
	_, ok := transfer.RetryAt(err, 0, time.Now())
	return ok
}

// watch measures the phases of a run, and kills the process when its time has come.
func (e errand) watch(j *sync.Job, ended <-chan struct{}) (spans [phases]time.Duration) {
	const often = 50 * time.Microsecond
	look := time.NewTicker(often)
	defer look.Stop()
	at, since := phaseOf(j.Snapshot().Run), time.Now()
	for due := false; ; {
		if at == e.Phase && e.Kill && !due {
			due = true
			time.AfterFunc(e.After, e.die)
		}
		if now := phaseOf(j.Snapshot().Run); now != at {
			if at < phases {
				spans[at] += time.Since(since)
			}
			at, since = now, time.Now()
		}
		select {
		case <-look.C:
		case <-ended:
			if at < phases {
				spans[at] += time.Since(since)
			}
			return spans
		}
	}
}

// die kills the process, as a power failure does.
func (errand) die() {
	if self, err := os.FindProcess(os.Getpid()); err == nil {
		_ = self.Kill()
	}
}

// child does an errand on the machine in a process of its own, while the company is closed here. It tells whether
// that was killed, and else how long each phase took.
func (m *machine) child(t *testing.T, url string, e errand) (killed bool, spans [phases]time.Duration) {
	t.Helper()
	e.Dir, e.URL = m.dir, url
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	m.closed(t)
	defer m.open(t)
	process := exec.Command(os.Args[0])
	process.Env = append(os.Environ(), childWork+"="+string(text))
	var said, cried bytes.Buffer
	process.Stdout, process.Stderr = &said, &cried
	err = process.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && e.Kill && cried.Len() == 0: // whoever ends with an error says which
		return true, spans
	case err != nil:
		t.Fatalf("%+v ended by itself: %v\n%s", e, err, cried.String())
	case e.Undo == 0:
		if err := json.Unmarshal(said.Bytes(), &spans); err != nil {
			t.Fatal(err, said.String())
		}
	}
	return false, spans
}

// given reads a number from the environment: make torture KILLS=200 SEED=7.
func given(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	var n int
	if _, err := fmt.Sscan(text, &n); err != nil {
		t.Fatal(name, err)
	}
	return n
}
