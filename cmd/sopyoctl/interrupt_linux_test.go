package main

import (
	"syscall"
	"testing"
	"time"
)

// Who closes the terminal stops what is at work in order, as Ctrl-C does: it is not cut off.
func TestInterruptible_endsInOrder(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		ctx, stop := interruptible(t.Context())
		if err := syscall.Kill(syscall.Getpid(), signal); err != nil {
			t.Fatal(err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Second):
			t.Errorf("%v is not heard", signal)
		}
		stop()
	}
}
