package simulation

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"strings"
	"sync"

	"modernc.org/sqlite"
)

// process is a program at work on a data folder, as the system below it sees it: a row of steps, each of which reaches the
// disk or İşbaşı or does not. Killed at a step, neither that one nor any later one does, whatever the engine above still
// tries: what is left is what a killed program leaves.
type process struct {
	dir string
	end context.CancelFunc

	mu     sync.Mutex
	steps  int
	killAt int // the step that is not taken any more; 0: none
	dead   bool
	gone   bool // it has ended, one way or the other
	// room is how many pages files may still grow by; below zero: by any number.
	room int
}

// errDead is what a killed program hears of the world.
var errDead = errors.New("the program was killed")

// step takes the next step, and tells whether it may be.
func (p *process) step() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dead {
		return false
	}
	if p.steps++; p.steps != p.killAt {
		return true
	}
	p.dead = true
	p.end()
	return false
}

// killIn lets it be killed at the n-th step from now on; 0: not at all.
func (p *process) killIn(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.killAt = 0; n > 0 {
		p.killAt = p.steps + n
	}
}

func (p *process) killed() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dead
}

// running are the processes by their data folders.
var running struct {
	sync.Mutex
	by map[string]*process
}

// runs makes p the one that works on its folder; the folder of one that has ended is nobody's.
func (p *process) runs(yes bool) {
	running.Lock()
	defer running.Unlock()
	if delete(running.by, p.dir); yes {
		running.by[p.dir] = p
	}
}

// of finds who works on a file.
func of(file string) *process {
	running.Lock()
	defer running.Unlock()
	for dir := filepath.Dir(file); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if p := running.by[dir]; p != nil {
			return p
		}
	}
	return nil
}

// Every commit to a file of a simulated program is a step of it. Between two commits nothing reaches the disk.
func init() {
	running.by = map[string]*process{}
	sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, dsn string) error {
		file, err := url.Parse(dsn)
		if err != nil {
			return err
		}
		p := of(filepath.FromSlash(file.Path))
		if p == nil || strings.Contains(dsn, "mode=ro") {
			return nil
		}
		c.(sqlite.HookRegisterer).RegisterCommitHook(func() int32 {
			if p.step() {
				return 0
			}
			return 1 // it is rolled back
		})
		if p.room < 0 {
			return nil
		}
		return p.fill(context.Background(), c)
	})
}
