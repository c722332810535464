// Package console is one call of sopyoctl: global flags and what they opened, words, answers for people and for programs, help, questions,
// and the exit code.
package console

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Streams are where a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	Now      func() time.Time // the clock; nil = the system's
}

// Console is one call of the program: its global flags and what they opened.
type Console struct {
	Streams
	DataDir, Company, IsbasiURL, Lang string
	JSON, Verbose                     bool
	RetryPause                        time.Duration

	Text     *assets.Text
	T        func(key string, args ...any) string // words a key; foreign texts stay on their line
	Words    words.Words                          // what the text's keys are used for, once
	terminal io.Writer                            // standard error itself, where a person may sit
	App      *app.App
	Opened   *app.Company
}

// New makes that of one call: inJSON and lang are known even if the rest of the command line cannot be parsed.
func New(s Streams, inJSON bool, lang string) *Console {
	c := &Console{Streams: s, JSON: inJSON, Lang: lang, terminal: s.Err}
	c.In, c.Out, c.Err = plain(s.In), &gate{out: s.Out}, &gate{out: s.Err}
	return c
}

// Speak loads the words of the chosen language.
func (c *Console) Speak() (err error) {
	if c.Lang == "" {
		c.Lang = systemLanguage()
	}
	if c.Text, err = assets.NewText(c.Lang); err == nil {
		c.Words = words.New(c.Text.Lang, c.word)
		c.T = c.Words.T
	}
	return err
}

// word words a key: KEY.ctl where the way on is a command, which the window never names.
func (c *Console) word(key string, args ...any) string {
	if own := key + ".ctl"; c.Text.Has(own) {
		key = own
	}
	return c.Text.T(key, args...)
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

// OpenApp opens the data folder, once.
func (c *Console) OpenApp(ctx context.Context) error { return c.OpenAppBy(ctx, app.Open) }

// OpenAppBy opens the data folder in that way, once: app.Open, or app.Read for what only reads.
func (c *Console) OpenAppBy(ctx context.Context, open func(context.Context, app.Options) (*app.App, error)) error {
	if c.App != nil {
		return nil
	}
	a, err := open(ctx, app.Options{DataDir: c.DataDir, IsbasiURL: c.IsbasiURL, Lang: c.Lang, Verbose: c.Verbose, RetryPause: c.RetryPause, Now: c.Now})
	c.App = a
	return err
}

// Read opens the company of --company for a command that only reads: also while another program has it, and where the
// data folder cannot be written.
func (c *Console) Read(ctx context.Context) (*app.Company, error) {
	if err := c.OpenAppBy(ctx, app.Read); err != nil {
		return nil, err
	}
	info, err := c.App.FindCompany(ctx, c.Company)
	if err != nil {
		return nil, err
	}
	c.Opened, err = c.App.ReadCompany(ctx, info)
	return c.Opened, err
}

// Opener is read or take.
type Opener func(ctx context.Context) (*app.Company, error)

// Take opens the company of --company for this command alone.
func (c *Console) Take(ctx context.Context) (*app.Company, error) { return c.Open(ctx, false) }

// Looks is read for what only looks on, else take.
func (c *Console) Looks(on bool) Opener {
	if on {
		return c.Read
	}
	return c.Take
}

// Reading makes what a command does of what it reads of the company of --company, see read.
func (c *Console) Reading(do func(ctx context.Context, company *app.Company, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		company, err := c.Read(cmd.Context())
		if err != nil {
			return err
		}
		return do(cmd.Context(), company, args)
	}
}

// Open opens the company of --company. With create, a machine without any company gets its first.
func (c *Console) Open(ctx context.Context, create bool) (*app.Company, error) {
	if err := c.OpenApp(ctx); err != nil {
		return nil, err
	}
	var info domain.Company
	var err error
	if create {
		info, err = c.App.EnsureCompany(ctx, c.Company, c.T("ctl.first-company"))
	} else {
		info, err = c.App.FindCompany(ctx, c.Company)
	}
	if err != nil {
		return nil, err
	}
	c.Opened, err = c.App.OpenCompany(ctx, info)
	return c.Opened, err
}

// OpenAuthorised opens the company of --company for work at İşbaşı: without any company the first step is to authorise.
func (c *Console) OpenAuthorised(ctx context.Context) (*app.Company, error) {
	company, err := c.Open(ctx, false)
	if domain.KindOf(err) == domain.KindNotFound && c.Company == "" {
		return nil, &domain.Error{Kind: domain.KindNeedsSignIn, Op: "find the company", Detail: "no-company"}
	}
	return company, err
}

// On makes what a command does of what it does on the company of --company, see open.
func (c *Console) On(create bool, do func(ctx context.Context, company *app.Company, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		company, err := c.Open(cmd.Context(), create)
		if err != nil {
			return err
		}
		return do(cmd.Context(), company, args)
	}
}

// Close gives back what the call has opened.
func (c *Console) Close() error {
	var errs []error
	if c.Opened != nil {
		errs = append(errs, c.Opened.Close())
	}
	if c.App != nil {
		errs = append(errs, c.App.Close())
	}
	return errors.Join(errs...)
}
