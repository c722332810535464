package disk

import (
	"errors"
	"runtime"
	"syscall"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// patience is how long is waited for a file that another program holds: scanners look into every fresh one for some
// milliseconds, in which Windows lets nobody rename or remove it.
const patience = 2 * time.Second

// The codes by which Windows says that another program has a file open. A name that is to be replaced is denied then too.
const (
	windowsDenied  = syscall.Errno(5)
	windowsSharing = syscall.Errno(32)
	windowsLocked  = syscall.Errno(33)
)

// IsHeld tells whether err says that another program has a file open and lets nobody at it, as Excel does.
func IsHeld(err error) bool { return saysWindows(err, windowsSharing, windowsLocked) }

func saysWindows(err error, codes ...syscall.Errno) bool {
	var said syscall.Errno
	if runtime.GOOS != "windows" || !errors.As(err, &said) {
		return false
	}
	for _, code := range codes {
		if said == code {
			return true
		}
	}
	return false
}

// Failed gives err a kind if it has none: domain.KindDisk, whose detail says what can be done where that is known: "full", "held"
// by another program.
func Failed(op string, err error) error {
	if err == nil || hasKind(err) {
		return domain.Wrap(err, "%s", op)
	}
	return failure(op, err)
}

func hasKind(err error) bool {
	var known *domain.Error
	return errors.As(err, &known)
}

func failure(op string, err error) *domain.Error {
	e := &domain.Error{Kind: domain.KindDisk, Op: op, Err: err}
	switch {
	case IsFull(err):
		e.Detail = "full"
	case IsHeld(err):
		e.Detail = "held"
	}
	return e
}

// Await waits for two seconds until no other program keeps everybody out of the files at paths; the error says that one still does. A
// file that is not there is held by nobody.
func Await(paths ...string) error {
	return patiently(func() error {
		for _, path := range paths {
			if err := kept(path); err != nil {
				return err
			}
		}
		return nil
	})
}

// patiently repeats work that another program is in the way of.
func patiently(work func() error) error {
	again := time.NewTicker(patience / 100)
	defer again.Stop()
	for end := time.Now().Add(patience); ; <-again.C {
		err := work()
		if !saysWindows(err, windowsDenied, windowsSharing, windowsLocked) || time.Now().After(end) {
			return err
		}
	}
}
