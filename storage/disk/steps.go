package disk

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
)

// Op is what a step does to the disk.
type Op string

// The steps of which every change is made. A program may be killed before each of them; what is neither brought to the disk
// (OpSync a file's content, OpSettle the names in a folder) may be lost when the power is.
const (
	OpCreate Op = "create"
	OpWrite  Op = "write"
	OpSync   Op = "sync"
	OpRename Op = "rename"
	OpLink   Op = "link"
	OpRemove Op = "remove"
	OpSettle Op = "settle"
)

// step is asked before each step, and its error is that of the step, which is not taken then.
var step = func(Op, string, string) error { return nil }

// Intercept lets a test keep steps from being taken; to is the other name where there are two. It is to be set before anything
// is written, and for good.
func Intercept(before func(op Op, path, to string) error) { step = before }

// Rename gives what is called from the name to, in place of a file of that name; on the disk when it returns. It waits for two
// seconds where another program has one of them open.
func Rename(from, to string) error {
	if err := step(OpRename, from, to); err != nil {
		return err
	}
	if err := patiently(func() error { return os.Rename(from, to) }); err != nil {
		if saysWindows(err, windowsDenied) {
			return cmp.Or(held(to), held(from), err)
		}
		return err
	}
	err := settle(filepath.Dir(to))
	if filepath.Dir(from) != filepath.Dir(to) {
		err = errors.Join(err, settle(filepath.Dir(from)))
	}
	return err
}

// Remove removes a file or an empty folder. It waits for two seconds where another program has it open.
func Remove(path string) error {
	if err := step(OpRemove, path, ""); err != nil {
		return err
	}
	return patiently(func() error { return os.Remove(path) })
}

// RemoveAll is Remove of what is at path with all that is in it, if anything is.
func RemoveAll(path string) error {
	if err := step(OpRemove, path, ""); err != nil {
		return err
	}
	return patiently(func() error { return os.RemoveAll(path) })
}

// Settle brings the names in a folder and those under it to the disk.
func Settle(folder string) error {
	return filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return settle(path)
	})
}

// stepping writes a file, a step each time.
type stepping struct{ *os.File }

func (s stepping) Write(b []byte) (int, error) {
	if err := step(OpWrite, s.Name(), ""); err != nil {
		return 0, err
	}
	return s.File.Write(b)
}

// Sync brings what was written to the disk.
func (s stepping) Sync() error {
	if err := step(OpSync, s.Name(), ""); err != nil {
		return err
	}
	return s.File.Sync()
}
