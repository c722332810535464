// Package disk is the one way by which files for a person are written: beside their place, brought to the
// disk and renamed. It knows names that every system takes, and the folders in which a person looks.
package disk

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Write puts what write gives in place of the file at path, which stays until the new one is whole. A link
// stays one, and what is no file, like a device, is written into. Errors: those of write that have a kind,
// domain.KindDisk, see Failed.
func Write(path string, write func(io.Writer) error) error {
	return WriteChecked(path, write, func(string) error { return nil })
}

// WriteChecked is Write of a file that must be read back before it takes the place of another: check is given the path of
// the one that is whole and on the disk, and what it says against it is the error. Into what is no file it is written
// unchecked.
func WriteChecked(path string, write func(io.Writer) error, check func(path string) error) error {
	return Refused("write "+filepath.Base(path), path, replace(path, write, check))
}

func replace(path string, write func(io.Writer) error, check func(path string) error) error {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // the link stays one
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return fill(f, write, func() error { return nil })
	}
	sweep(filepath.Dir(path))
	beside, letGo, err := besides(filepath.Dir(path), write)
	if err != nil {
		return err
	}
	defer letGo()
	if info, known := os.Stat(path); known == nil { // who may read it still may
		err = os.Chmod(beside, info.Mode().Perm())
	}
	if err == nil {
		err = check(beside)
	}
	if err == nil {
		err = Rename(beside, path)
	}
	if err != nil {
		return errors.Join(err, Remove(beside))
	}
	return nil
}

// unfinished are files that are not whole yet, or were not when their program was killed.
const unfinished = ".sopyo-*.tmp"

// besides writes a hidden file in dir and gives its path; nothing is left of one that could not be written whole. Until it
// is let go others see that somebody works on it.
func besides(dir string, write func(io.Writer) error) (path string, letGo func(), err error) {
	if err := step(OpCreate, filepath.Join(dir, unfinished), ""); err != nil {
		return "", nil, err
	}
	f, letGo, err := hidden(dir)
	if err != nil {
		return "", nil, err
	}
	if err := fill(f, write, stepping{f}.Sync); err != nil {
		err = errors.Join(err, Remove(f.Name()))
		letGo()
		return "", nil, err
	}
	return f.Name(), letGo, nil
}

// hidden makes a file that is kept. One that another program sweeps away before it is kept is made again.
func hidden(dir string) (f *os.File, letGo func(), err error) {
	for range maxSame {
		if f, err = os.CreateTemp(dir, unfinished); err != nil {
			return nil, nil, err
		}
		if letGo, err = keep(f.Name()); err == nil {
			return f, letGo, nil
		}
		_ = f.Close() // it is nobody's
	}
	return nil, nil, err
}

// settle brings the names in a folder to the disk, on systems where that can be asked for.
func settle(dir string) error {
	if err := step(OpSettle, dir, ""); err != nil || runtime.GOOS == "windows" {
		return err
	}
	d, err := os.Open(dir)
	if err != nil {
		return nil // a folder that may be written into and not be read: the system settles it by itself
	}
	_ = d.Sync() // not every file system knows it
	return d.Close()
}

// fill writes f and closes it; flush brings what was written to the disk.
func fill(f *os.File, write func(io.Writer) error, flush func() error) error {
	out := bufio.NewWriterSize(stepping{f}, 64<<10)
	err := write(out)
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		err = flush()
	}
	return errors.Join(err, f.Close())
}

// maxSame ends the search for a free name.
const maxSame = 1000

// Create writes a new file dir/stem+ending and gives its path. A file of that name is never written over: one that
// holds the same to the last byte is kept, beside any other the new one is called "stem (2)" and so on. The folder is made
// if it is missing. Nothing is left of a file that could not be written whole, and nothing is seen of it before. Errors as
// of Write.
func Create(dir, stem, ending string, write func(io.Writer) error) (string, error) {
	path, err := create(dir, stem, ending, write)
	return path, Refused("write "+stem+ending, filepath.Join(dir, stem+ending), err)
}

func create(dir, stem, ending string, write func(io.Writer) error) (string, error) {
	if filepath.Base(stem) != stem {
		return "", &fs.PathError{Op: "create", Path: filepath.Join(dir, stem+ending), Err: fs.ErrNotExist}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	sweep(dir)
	beside, letGo, err := besides(dir, write)
	if err != nil {
		return "", err
	}
	defer letGo()
	path, err := publish(beside, dir, stem, ending)
	if gone := Remove(beside); !errors.Is(gone, fs.ErrNotExist) && !IsHeld(gone) { // what is held goes by sweep
		err = errors.Join(err, gone)
	}
	if err != nil {
		return "", err
	}
	return path, settle(dir)
}

// publish gives the file beside the first free name.
func publish(beside, dir, stem, ending string) (string, error) {
	for n := 1; n <= maxSame; n++ {
		name := stem
		if n > 1 {
			name = fmt.Sprintf("%s (%d)", stem, n)
		}
		path := filepath.Join(dir, name+ending)
		taken, err := take(beside, path)
		if !taken || sameFile(beside, path) {
			return path, err
		}
	}
	return "", &domain.Error{Kind: domain.KindDisk, Op: "find a free name", Detail: filepath.Join(dir, stem+ending)}
}

// take makes path a name of the file beside; taken: it is another's. A file system without links gets an empty file
// first, which nobody else can make.
func take(beside, path string) (taken bool, err error) {
	if err := step(OpLink, beside, path); err != nil {
		return false, err
	}
	err = os.Link(beside, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err != nil, nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return errors.Is(err, fs.ErrExist), err
	}
	err = errors.Join(f.Close(), Rename(beside, path))
	if err != nil {
		err = errors.Join(err, Remove(path))
	}
	return false, err
}

// sameFile tells whether two files hold the same. What cannot be read is like none.
func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	if err != nil || !other.Mode().IsRegular() || one.Size() != other.Size() {
		return false
	}
	x, err := os.ReadFile(a)
	if err != nil {
		return false
	}
	y, err := os.ReadFile(b)
	return err == nil && bytes.Equal(x, y)
}

// sweep takes away what kills have left in dir: what nobody keeps, and where the system does not tell what is a day old,
// for nothing is written for a day.
func sweep(dir string) {
	left, _ := os.ReadDir(dir)
	for _, f := range left {
		if ours, _ := filepath.Match(unfinished, f.Name()); !ours {
			continue
		}
		path := filepath.Join(dir, f.Name())
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() && !info.IsDir() {
			continue
		}
		if known := unlessKept(path, func() { _ = RemoveAll(path) }); !known && time.Since(info.ModTime()) > 24*time.Hour {
			_ = RemoveAll(path) // the next one may
		}
	}
}
