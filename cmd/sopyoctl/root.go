package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// ctl is one call of the program: its global flags and what they opened.
type ctl struct {
	streams
	dataDir, company, isbasiURL, lang string
	json, verbose                     bool
	retryPause                        time.Duration

	text   *assets.Text
	words  words.Words // what the text's keys are used for, once
	app    *app.App
	opened *app.Company
}

// run carries out one command line and gives the exit code.
func run(ctx context.Context, args []string, s streams) int {
	c := &ctl{streams: s, json: slices.Contains(args, "--json")} // known even if the rest cannot be parsed
	root := c.command()
	root.SetArgs(args)
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	err := root.ExecuteContext(ctx)
	err = errors.Join(err, c.close())
	return c.end(err)
}

func (c *ctl) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "sopyoctl",
		Short:         "Sopyo without a window: authorise, import, list, export",
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			return c.speak()
		},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	flags := root.PersistentFlags()
	flags.StringVar(&c.dataDir, "data", "", "data folder (default: this user's)")
	flags.StringVar(&c.company, "company", "", "company by name (default: the one of 'company use', or the only one)")
	flags.StringVar(&c.isbasiURL, "isbasi-url", "", "address of an İşbaşı to use instead of the real one")
	flags.BoolVar(&c.json, "json", c.json, "one JSON object on standard output, nothing else")
	flags.StringVar(&c.lang, "lang", "", "language of messages: tr or en (default: the system's)")
	flags.BoolVarP(&c.verbose, "verbose", "v", false, "copy the log to standard error")
	flags.DurationVar(&c.retryPause, "retry-pause", 0, "first pause between attempts of a call (default: a second)")
	_ = flags.MarkHidden("retry-pause") // for tests and trials against the sandbox
	root.AddCommand(
		c.authorizeCommand(), c.settingsCommand(), c.catalogueCommand(), c.importCommand(), c.statusCommand(),
		c.quotaCommand(), c.queueCommand(), c.companyCommand(), c.pricesCommand(), c.rulesCommand(), c.ratesCommand(), c.marketplacesCommand(),
		c.historyCommand(), c.transferCommand(), c.mailCommand(),
	)
	for _, group := range root.Commands() {
		if !group.Runnable() {
			group.RunE = needSubcommand
		}
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	return root
}

// needSubcommand refuses a group without its subcommand, which cobra would answer with help and success.
func needSubcommand(cmd *cobra.Command, args []string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	return usageError{fmt.Errorf("%s %s: one of %s is needed", cmd.CommandPath(), strings.Join(args, " "), strings.Join(names, ", "))}
}

// speak loads the words of the chosen language.
func (c *ctl) speak() (err error) {
	if c.lang == "" {
		c.lang = systemLanguage()
	}
	if c.text, err = assets.NewText(c.lang); err == nil {
		c.words = words.New(c.text.Lang, c.text.T)
	}
	return err
}

// systemLanguage is the language of the environment: Turkish unless it says something else.
func systemLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if len(v) >= 2 && v[:2] == "en" {
				return "en"
			}
			return "tr"
		}
	}
	return "tr"
}

func (c *ctl) openApp(ctx context.Context) error {
	if c.app != nil {
		return nil
	}
	a, err := app.Open(ctx, app.Options{DataDir: c.dataDir, IsbasiURL: c.isbasiURL, Lang: c.lang, Verbose: c.verbose, RetryPause: c.retryPause})
	c.app = a
	return err
}

// open opens the company of --company. With create, a machine without any company gets its first.
func (c *ctl) open(ctx context.Context, create bool) (*app.Company, error) {
	if err := c.openApp(ctx); err != nil {
		return nil, err
	}
	info, err := c.app.FindCompany(ctx, c.company)
	if domain.KindOf(err) == domain.KindNotFound && create {
		name := c.company
		if name == "" {
			name = c.text.T("ctl.first-company")
		}
		info, err = c.app.NewCompany(ctx, name, false)
	}
	if err != nil {
		return nil, err
	}
	c.opened, err = c.app.OpenCompany(ctx, info)
	return c.opened, err
}

func (c *ctl) close() error {
	var errs []error
	if c.opened != nil {
		errs = append(errs, c.opened.Close())
	}
	if c.app != nil {
		errs = append(errs, c.app.Close())
	}
	return errors.Join(errs...)
}
