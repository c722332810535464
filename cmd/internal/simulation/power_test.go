package simulation

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// volatile is what a program has written and the disk may still lose: whatever was not synced of SQLite's files and of others,
// and the names that were given and not settled.
type volatile struct {
	changes map[string][]change // by path: what SQLite has written
	files   map[string]bool     // that were written otherwise
	names   []naming
}

// change is a write into a file of SQLite's.
type change struct {
	offset, size int64 // size: of the file before it
	old, now     []byte
}

// naming is a name that was given or taken away. What was there before lies at kept, "" for nothing.
type naming struct {
	op             disk.Op
	path, to, kept string
}

// unsynced notes a write of SQLite's.
func (p *process) unsynced(path string, c change) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.lost.changes == nil {
		p.lost.changes = map[string][]change{}
	}
	p.lost.changes[path] = append(p.lost.changes[path], c)
}

// synced notes that nothing of a file is lost any more.
func (p *process) synced(path string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.lost.changes, path)
	delete(p.lost.files, path)
}

// opening is how long it takes to begin a file.
const opening = 7 * time.Millisecond

// intercept is what stands between the program and its other files: each step is one that a kill may come before.
func intercept(op disk.Op, path, to string) error {
	p := of(path)
	if op == disk.OpSettle && p == nil {
		p = of(filepath.Join(path, "x"))
	}
	if p != nil && op == disk.OpCreate {
		passes(opening) // all else of the program comes to rest: so everything happens in one order
	}
	switch {
	case p == nil:
		return nil
	case op == disk.OpSync:
		if !p.writes(path) {
			return errDead
		}
		p.synced(path)
	case !p.step():
		return errDead
	default:
		p.keeps(op, path, to)
	}
	return nil
}

// keeps notes what a step would lose with the power.
func (p *process) keeps(op disk.Op, path, to string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch op {
	case disk.OpWrite:
		if p.lost.files == nil {
			p.lost.files = map[string]bool{}
		}
		p.lost.files[path] = true
	case disk.OpSettle:
		p.lost.names = slices.DeleteFunc(p.lost.names, func(n naming) bool {
			return filepath.Dir(n.path) == path && (n.to == "" || filepath.Dir(n.to) == path) || n.to != "" && filepath.Dir(n.to) == path
		})
	case disk.OpRename, disk.OpLink:
		if p.lost.files[path] {
			p.lost.files[to] = true
		}
		p.lost.names = append(p.lost.names, naming{op, path, to, p.aside(to)})
	case disk.OpRemove:
		if kept := p.aside(path); kept != "" {
			p.lost.names = append(p.lost.names, naming{op, path, "", kept})
		}
	default:
	}
}

// aside keeps what a name stands for under another one; "": it stands for no file.
func (p *process) aside(path string) string {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	p.asides++
	kept := filepath.Join(p.dir+".aside", filepath.Base(path)+"."+sprint(p.asides))
	if err := errors.Join(os.MkdirAll(filepath.Dir(kept), 0o700), os.Link(path, kept)); err != nil {
		return ""
	}
	return kept
}

// blackout loses what a disk loses when the power goes: of the names those behind any moment, of a file's bytes those behind any
// place, of SQLite's writes any.
func (p *process) blackout(r *rand.Rand) error {
	var errs []error
	held := r.IntN(len(p.lost.names) + 1)
	for _, n := range slices.Backward(p.lost.names[held:]) {
		switch n.op {
		case disk.OpRename:
			errs = append(errs, os.Rename(n.to, n.path))
		case disk.OpLink:
			errs = append(errs, os.Remove(n.to))
		default:
		}
		if n.kept != "" {
			back := n.to
			if n.op == disk.OpRemove {
				back = n.path
			}
			errs = append(errs, os.Rename(n.kept, back))
		}
	}
	for _, path := range sorted(p.lost.files) {
		if info, err := os.Stat(path); err == nil {
			errs = append(errs, os.Truncate(path, r.Int64N(info.Size()+1)))
		}
	}
	for _, path := range sorted(p.lost.changes) {
		errs = append(errs, forget(r, path, p.lost.changes[path]))
	}
	return errors.Join(slices.DeleteFunc(errs, func(err error) bool { return errors.Is(err, fs.ErrNotExist) })...)
}

func sorted[T any](all map[string]T) (paths []string) {
	for path := range all {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// forget takes changes back, and makes some of them again.
func forget(r *rand.Rand, path string, all []change) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for _, c := range slices.Backward(all) {
		if _, err := f.WriteAt(c.old, c.offset); err != nil {
			return err
		}
		if err := f.Truncate(c.size); err != nil {
			return err
		}
	}
	for _, c := range all {
		if r.IntN(2) == 0 {
			continue
		}
		if _, err := f.WriteAt(c.now, c.offset); err != nil {
			return err
		}
	}
	return nil
}
