package simulation

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"strings"
	"sync"

	"modernc.org/sqlite"

	"github.com/sopyo/sopyo-desktop/storage/disk"
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
	// writesLeft is how many writes into files of SQLite's follow all the same, so that it is killed between two pages too.
	writesLeft int
	dying      bool
	dead       bool
	gone       bool // it has ended, one way or the other
	// room is how many pages files may still grow by; below zero: by any number.
	room int
	// lost is what is lost with the power; cut: it is, where the program is killed.
	lost   volatile
	cut    *rand.Rand
	asides int
	// told is called when it is killed, before anything else happens.
	told func(cut bool)
}

// errDead is what a killed program hears of the world.
var errDead = errors.New("the program was killed")

// step takes the next step, and tells whether it may be.
func (p *process) step() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.steps++; p.steps == p.killAt {
		p.dying = true
	}
	if p.dying && p.writesLeft == 0 {
		p.dies()
	}
	return !p.dead
}

// writes tells whether a write into a file may still be.
func (p *process) writes(string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dying {
		if p.writesLeft--; p.writesLeft < 0 {
			p.dies()
		}
	}
	return !p.dead
}

func (p *process) dies() {
	if !p.dead {
		p.dead = true
		p.told(p.cut != nil)
		p.end()
	}
}

// fuse is when and how a program is killed: 0 steps: it is not.
type fuse struct {
	steps, writes int
	cut           *rand.Rand // with the power; nil: the power stays
}

// killIn lets it be killed as many steps from now on.
func (p *process) killIn(f fuse) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.killAt = 0; f.steps > 0 {
		p.killAt = p.steps + f.steps
	}
	p.writesLeft, p.cut, p.dying = f.writes, f.cut, false // one that was dying lives on
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

// pathOf is the file that a DSN names: in front of a drive's letter stands a slash, or nothing.
func pathOf(dsn *url.URL) string {
	path := filepath.FromSlash(cmp.Or(dsn.Path, dsn.Opaque))
	if p := path[min(1, len(path)):]; filepath.VolumeName(p) != "" {
		return p
	}
	return path
}

// Every commit to a file of a simulated program is a step of it, as is every change of another file.
func init() {
	running.by = map[string]*process{}
	disk.Intercept(intercept)
	overlay()
	sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, dsn string) error {
		file, err := url.Parse(dsn)
		if err != nil {
			return err
		}
		p := of(pathOf(file))
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
