// Command sopyo is the program with its window.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
)

type options struct {
	dataDir, company, isbasiURL, lang, theme string
	demo, noUpdateCheck                      bool
	version                                  string // of the program
}

func main() {
	o := options{version: app.Version()}
	flag.StringVar(&o.dataDir, "data", "", "data folder (default: this user's)")
	flag.StringVar(&o.company, "company", "", "company to open first (default: the last one)")
	flag.StringVar(&o.isbasiURL, "isbasi-url", "", "address of an İşbaşı to use instead of the real one")
	flag.BoolVar(&o.demo, "demo", false, "open the demo company, with a stand-in İşbaşı inside the program")
	flag.StringVar(&o.lang, "lang", "", "tr or en (default: as it was left)")
	flag.StringVar(&o.theme, "theme", "", "light or dark (default: as it was left)")
	flag.BoolVar(&o.noUpdateCheck, "no-update-check", false, "do not ask for newer versions")
	showVersion := flag.Bool("version", false, "print the version and end")
	flag.Parse()
	if *showVersion {
		fmt.Println("sopyo", o.version)
		return
	}
	if err := run(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, "sopyo:", err)
		os.Exit(1)
	}
}
