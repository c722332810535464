package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
)

type options struct {
	dataDir, company, isbasiURL, lang, theme string
	demo, noUpdateCheck, background          bool
	showVersion                              bool
	version                                  string // of the program
}

// parse reads the command line; what is wrong with it is said on errs.
func parse(args []string, errs io.Writer) (options, error) {
	o := options{version: app.Version()}
	f := flag.NewFlagSet("sopyo", flag.ContinueOnError)
	f.SetOutput(errs)
	f.StringVar(&o.dataDir, "data", "", "data folder (default: this user's)")
	f.StringVar(&o.company, "company", "", "company to open first (default: the last one)")
	f.StringVar(&o.isbasiURL, "isbasi-url", "", "address of an İşbaşı to use instead of the real one")
	f.BoolVar(&o.demo, "demo", false, "open the demo company, with a stand-in İşbaşı inside the program")
	f.StringVar(&o.lang, "lang", "", "tr or en (default: as it was left)")
	f.StringVar(&o.theme, "theme", "", "light or dark (default: as it was left)")
	f.BoolVar(&o.noUpdateCheck, "no-update-check", false, "do not ask for newer versions")
	f.BoolVar(&o.background, "background", false, "open no window: begin sopyoctl work, for the scheduler of Windows")
	f.BoolVar(&o.showVersion, "version", false, "print the version and end")
	err := f.Parse(args)
	if err == nil && !slices.Contains([]string{"", "tr", "en"}, o.lang) {
		text, unread := assets.NewText("")
		if unread != nil {
			return o, unread
		}
		err = errors.New(text.T("ctl.unknown-language", o.lang))
		fmt.Fprintln(errs, err)
	}
	return o, err
}
