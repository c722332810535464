package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
)

// run carries out one command line and gives the exit code.
func run(ctx context.Context, args []string, s streams) int {
	s.in = plain(s.in)
	c := &ctl{streams: s, json: slices.Contains(args, "--json"), terminal: s.err} // known even if the rest cannot be parsed
	c.lang = named(args, "--lang")
	c.out, c.err = &gate{out: s.out}, &gate{out: s.err}
	root := c.command()
	root.SetArgs(args)
	root.SetIn(c.in)
	root.SetOut(c.out)
	root.SetErr(c.err)
	err := root.ExecuteContext(ctx)
	err = errors.Join(err, c.close())
	return c.end(err)
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

func (c *ctl) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "sopyoctl",
		Short:         "Sopyo without a window: authorise, import, list, export",
		Version:       app.Version(),
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			named := c.lang
			if !slices.Contains([]string{"", "tr", "en"}, named) {
				c.lang = ""
			}
			if err := c.speak(); err != nil || c.lang == named || named == "" {
				return err
			}
			return misused("ctl.unknown-language", named)
		},
	}
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.InitDefaultHelpFlag() // else cobra takes what follows --help for its value
	c.localise(root)
	flags := root.PersistentFlags()
	flags.StringVar(&c.dataDir, "data", "", "data folder (default: this user's)")
	flags.StringVar(&c.company, "company", "", "company by name (default: the one of 'company use', or the only one)")
	flags.StringVar(&c.isbasiURL, "isbasi-url", "", "address of an İşbaşı to use instead of the real one")
	flags.BoolVar(&c.json, "json", c.json, "one JSON object on standard output, nothing else")
	flags.StringVar(&c.lang, "lang", c.lang, "language of messages: tr or en (default: the system's)")
	flags.Lookup("lang").DefValue = "" // it was looked for, not given
	flags.BoolVarP(&c.verbose, "verbose", "v", false, "copy the log to standard error")
	flags.DurationVar(&c.retryPause, "retry-pause", 0, "first pause between attempts of a call (default: a second)")
	_ = flags.MarkHidden("retry-pause") // for tests and trials against the sandbox
	root.AddCommand(
		c.authorizeCommand(), c.settingsCommand(), c.catalogueCommand(), c.importCommand(), c.statusCommand(),
		c.quotaCommand(), c.queueCommand(), c.companyCommand(), c.pricesCommand(), c.rulesCommand(), c.ratesCommand(), c.marketplacesCommand(),
		c.historyCommand(), c.transferCommand(), c.syncCommand(), c.ordersCommand(), c.invoicesCommand(), c.mailCommand(), c.backupCommand(), c.restoreCommand(),
		c.workCommand(), c.scheduleCommand(), c.licencesCommand(), c.supportCommand(), c.versionCommand(), c.manualCommand(),
	)
	root.SetHelpCommand(helpCommand())
	for _, group := range root.Commands() {
		if !group.Runnable() {
			group.RunE = needSubcommand
		}
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	return root
}
