package main

import (
	"os/signal"
	"syscall"
)

// canLimitFiles tells whether the size of this process's files can be limited.
const canLimitFiles = true

// limitFiles lets no file of this process grow beyond n bytes: the write fails, as on a full disk.
func limitFiles(n uint64) error {
	signal.Ignore(syscall.SIGXFSZ)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: n})
}
