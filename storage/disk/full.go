package disk

import (
	"errors"
	"runtime"
	"syscall"
)

// The codes by which Windows says that a disk is full.
const (
	windowsHandleDiskFull = syscall.Errno(39)
	windowsDiskFull       = syscall.Errno(112)
)

// IsFull tells whether err says that there is no room left on the disk.
func IsFull(err error) bool {
	var code syscall.Errno
	if !errors.As(err, &code) {
		return false
	}
	return errors.Is(code, syscall.ENOSPC) || runtime.GOOS == "windows" && (code == windowsDiskFull || code == windowsHandleDiskFull)
}
