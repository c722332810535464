//go:build !windows

package disk

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// held and kept: here a name can be given away and a file be read whoever has it open.
func held(string) error { return nil }

func kept(string) error { return nil }

// keep lets other programs see that somebody works on the file or folder at path, until it is let go or the process ends.
// Its error: another program takes it away. A file system without locks keeps nothing.
func keep(path string) (letGo func(), err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil { // it may be written all the same
		return func() {}, nil
	}
	letGo = func() { _ = f.Close() } // with it the lock goes
	if err = tryLock(f); errors.Is(err, syscall.EWOULDBLOCK) {
		letGo()
		return nil, err
	}
	mine, err := f.Stat()
	if err == nil {
		var there os.FileInfo
		if there, err = os.Stat(path); err == nil && !os.SameFile(mine, there) {
			err = &fs.PathError{Op: "keep", Path: path, Err: fs.ErrNotExist}
		}
	}
	if err != nil {
		letGo()
		return nil, err
	}
	return letGo, nil
}

// unlessKept does something with what is at path where nobody keeps it, who cannot begin to meanwhile; known: the system
// tells.
func unlessKept(path string, do func()) (known bool) {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	err = tryLock(f)
	if err == nil {
		do()
	}
	_ = f.Close() // with it the lock goes
	return err == nil || errors.Is(err, syscall.EWOULDBLOCK)
}

func tryLock(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) // #nosec G115 -- a descriptor is small
}
