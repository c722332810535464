// Command sopyoctl is the program without a window: for schedulers, scripts and support. It does what
// the window does with the same engine, and says how it went by its exit code.
package main

import (
	"context"
	"os"

	"github.com/pkg/browser"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
)

func main() {
	console.Greet()
	browser.Stdout = os.Stderr // standard output has the answer alone; set once, pages are opened side by side
	os.Exit(run(context.Background(), os.Args[1:], console.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
