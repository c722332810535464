package simulation

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// sigkill is a kill of a life that is a real one: a process of its own lives the life up to there and is killed by the system. What
// it leaves takes the place of what the simulated one leaves, and the life goes on from that.
type sigkill struct {
	At    int    // which of the kills that leave the power on; 0: none
	Dir   string // where the life happens
	Child bool   // this is the process that is killed
	left  string // what it has left
	seen  int
	taken bool
}

// dies is told of every kill when it happens.
func (s *sigkill) dies(cut bool) {
	if cut {
		return
	}
	if s.seen++; !s.Child || s.seen != s.At {
		return
	}
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	panic(err) // which is not reached
}

// takes gives a machine that was killed what the real kill has left of it.
func (s *sigkill) takes(m *machine) error {
	if s.left == "" || s.taken || s.seen != s.At || m.cut != nil {
		return nil
	}
	s.taken = true
	m.world.tell("%s goes on with what a real kill has left", m.name)
	return errors.Join(os.RemoveAll(m.dir), os.Rename(filepath.Join(s.left, m.name), m.dir))
}

// asProcess is set in a process that is to be killed: its life, and where.
const asProcess = "SOPYO_TEST_LIFE"

type task struct {
	Life life
	Kill sigkill
}

// liveOn is live with one kill that is real.
func liveOn(t *testing.T, l life) lived {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "life")
	left := dir + ".left"
	kill := sigkill{At: 1 + int(l.Seed/perRealKill)%8, Dir: dir}
	child := task{l, kill}
	child.Kill.Child = true
	raw, err := json.Marshal(child)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLive_asAProcess$")
	cmd.Env = append(os.Environ(), asProcess+"="+string(raw))
	out, err := cmd.CombinedOutput() // one that is not killed so often comes to its end
	if bytes.Contains(out, []byte("FAIL")) || errors.Is(err, exec.ErrNotFound) {
		t.Fatalf("%v\n%s", err, out)
	}
	kill.left = left
	if err := errors.Join(os.Rename(dir, left), os.Mkdir(dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	return liveIn(t, l, dir, kill)
}

// TestLive_asAProcess is the process that liveOn starts.
func TestLive_asAProcess(t *testing.T) {
	raw := os.Getenv(asProcess)
	if raw == "" {
		t.Skip("a part of the test below")
	}
	var todo task
	if err := json.Unmarshal([]byte(raw), &todo); err != nil {
		t.Fatal(err)
	}
	liveIn(t, todo.Life, todo.Kill.Dir, todo.Kill)
}

// What a killed process leaves is what the simulation takes it to be: the life goes on from there as from a simulated kill.
func TestLive_goesOnFromARealKill(t *testing.T) {
	l := newLife(2, 5)
	out, simulated := liveOn(t, l), live(t, l)
	if !out.real {
		t.Error("nobody was really killed")
	}
	if len(out.violations) > 0 {
		t.Errorf("%s", out.violations)
	}
	if out.trace == simulated.trace {
		t.Error("the trace does not tell of the real kill")
	}
	if out.kills != simulated.kills || out.day != simulated.day {
		t.Errorf("%d kills in %d days, %d in %d where all were simulated", out.kills, out.day, simulated.kills, simulated.day)
	}
}
