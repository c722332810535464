package console

import (
	"context"
	"io"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Who closes the terminal stops what is at work in order, as Ctrl-C does: it is not cut off.
func TestInterruptible_endsInOrder(t *testing.T) {
	signals := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as the tests are where they outlive their terminal
		signals = append(signals, syscall.SIGHUP)
	}
	for _, signal := range signals {
		ctx, stop := Interruptible(t.Context())
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

// What was started to outlive its terminal (nohup) does.
func TestInterruptible_outlivesItsTerminal(t *testing.T) {
	signal.Ignore(syscall.SIGHUP)
	defer signal.Reset(syscall.SIGHUP)
	ctx, stop := Interruptible(t.Context())
	defer stop()
	for _, signal := range []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM} {
		if err := syscall.Kill(syscall.Getpid(), signal); err != nil {
			t.Fatal(err)
		}
	}
	select {
	case <-ctx.Done():
		if cause := context.Cause(ctx); !strings.Contains(cause.Error(), syscall.SIGTERM.String()) {
			t.Errorf("it is stopped by %v", cause)
		}
	case <-time.After(10 * time.Second):
		t.Error("it is not stopped at all")
	}
}

// Who is asked may press Ctrl-C instead: that is no.
func TestConfirmed_isNoWhenInterrupted(t *testing.T) {
	in, never := io.Pipe()
	defer never.Close()
	asked := make(chan struct{}, 1)
	c := &Console{Streams: Streams{In: in, Err: writerFunc(func(b []byte) (int, error) { asked <- struct{}{}; return len(b), nil })}}
	ctx, stop := Interruptible(t.Context()) // as the command that asks
	defer stop()
	answer := make(chan bool)
	go func() { answer <- c.Confirmed("?") }()
	<-asked
	for heard := false; !heard; { // it may not listen yet
		if err := syscall.Kill(syscall.Getpid(), syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		select {
		case yes := <-answer:
			if heard = true; yes {
				t.Error("it is taken for an answer")
			}
			select {
			case <-ctx.Done():
			case <-time.After(10 * time.Second):
				t.Error("the command has not heard of it")
			}
		case <-time.After(50 * time.Millisecond):
		}
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }
