package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/account"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/catalogue"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/companies"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/invoices"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/letters"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/orders"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/prices"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/syncs"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/transfers"
)

// run carries out one command line and gives the exit code.
func run(ctx context.Context, args []string, s console.Streams) int {
	c := commands{console.New(s, slices.Contains(args, "--json"), named(args, "--lang"))}
	root := c.command()
	root.SetArgs(args)
	root.SetIn(c.In)
	root.SetOut(c.Out)
	root.SetErr(c.Err)
	err := root.ExecuteContext(ctx)
	err = errors.Join(err, c.Close())
	return c.End(err)
}

// named gives the value of a flag wherever it stands, so that what is wrong with the others is said in that language too.
func named(args []string, flag string) (value string) {
	for i, arg := range args {
		if arg == flag && i+1 < len(args) {
			value = args[i+1]
		}
		if rest, ok := strings.CutPrefix(arg, flag+"="); ok {
			value = rest
		}
	}
	return value
}

// commands are those that belong to no room, and all the others, in one call of the program.
type commands struct{ *console.Console }

func (c commands) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "sopyoctl",
		Short:         "Sopyo without a window: authorise, import, list, export",
		Version:       app.Version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			named := c.Lang
			if !slices.Contains([]string{"", "tr", "en"}, named) {
				c.Lang = ""
			}
			if err := c.Speak(); err != nil || c.Lang == named || named == "" {
				return err
			}
			return console.Misused("ctl.unknown-language", named)
		},
	}
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.InitDefaultHelpFlag() // else cobra takes what follows --help for its value
	c.Localise(root)
	flags := root.PersistentFlags()
	flags.StringVar(&c.DataDir, "data", "", "data folder (default: this user's)")
	flags.StringVar(&c.Company, "company", "", "company by name (default: the one of 'company use', or the only one)")
	flags.StringVar(&c.IsbasiURL, "isbasi-url", "", "address of an İşbaşı to use instead of the real one")
	flags.BoolVar(&c.JSON, "json", c.JSON, "one JSON object on standard output, nothing else")
	flags.StringVar(&c.Lang, "lang", c.Lang, "language of messages: tr or en (default: the system's)")
	flags.Lookup("lang").DefValue = "" // it was looked for, not given
	flags.BoolVarP(&c.Verbose, "verbose", "v", false, "copy the log to standard error")
	flags.DurationVar(&c.RetryPause, "retry-pause", 0, "first pause between attempts of a call (default: a second)")
	_ = flags.MarkHidden("retry-pause") // for tests and trials against the sandbox
	for _, of := range []func(*console.Console) []*cobra.Command{
		account.Commands, catalogue.Commands, transfers.Commands, prices.Commands, syncs.Commands, orders.Commands, invoices.Commands,
		letters.Commands, companies.Commands,
	} {
		root.AddCommand(of(c.Console)...)
	}
	root.AddCommand(
		c.statusCommand(), c.historyCommand(), c.workCommand(), c.scheduleCommand(), c.licencesCommand(), c.supportCommand(), c.versionCommand(),
		c.manualCommand(),
	)
	root.SetHelpCommand(console.HelpCommand())
	for _, group := range root.Commands() {
		if !group.Runnable() {
			group.RunE = console.NeedSubcommand
		}
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	return root
}
