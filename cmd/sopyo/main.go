// Command sopyo is the program with its window.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

// exitUsage is that of a command line that cannot be meant.
const exitUsage = 2

func main() { os.Exit(start(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) }

// start does what the command line says and gives the exit code.
func start(ctx context.Context, args []string, out, errs io.Writer) int {
	o, err := parse(args, errs)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return exitUsage
	case o.showVersion:
		fmt.Fprintln(out, "sopyo", o.version)
		return 0
	case o.background:
		return background(ctx, o, errs)
	}
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(errs, "sopyo:", err)
		return 1
	}
	return 0
}
