// Command isbasi-sandbox serves a stand-in İşbaşı on loopback, to try the program and to test it with:
// demo products or those of a file, a consent page in the browser, and faults by script.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return
	case errors.Is(err, errUsage): // package flag has said why
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "isbasi-sandbox:", err)
		os.Exit(1)
	}
}
