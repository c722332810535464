package main

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

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
	now      func() time.Time // the clock; nil = the system's
}

// ctl is one call of the program: its global flags and what they opened.
type ctl struct {
	streams
	dataDir, company, isbasiURL, lang string
	json, verbose                     bool
	retryPause                        time.Duration

	text     *assets.Text
	t        func(key string, args ...any) string // words a key; foreign texts stay on their line
	words    words.Words                          // what the text's keys are used for, once
	terminal io.Writer                            // standard error itself, where a person may sit
	app      *app.App
	opened   *app.Company
}

// speak loads the words of the chosen language.
func (c *ctl) speak() (err error) {
	if c.lang == "" {
		c.lang = systemLanguage()
	}
	if c.text, err = assets.NewText(c.lang); err == nil {
		c.words = words.New(c.text.Lang, c.word)
		c.t = c.words.T
	}
	return err
}

// word words a key: KEY.ctl where the way on is a command, which the window never names.
func (c *ctl) word(key string, args ...any) string {
	if own := key + ".ctl"; c.text.Has(own) {
		key = own
	}
	return c.text.T(key, args...)
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

func (c *ctl) openApp(ctx context.Context) error { return c.openAppBy(ctx, app.Open) }

func (c *ctl) openAppBy(ctx context.Context, open func(context.Context, app.Options) (*app.App, error)) error {
	if c.app != nil {
		return nil
	}
	a, err := open(ctx, app.Options{DataDir: c.dataDir, IsbasiURL: c.isbasiURL, Lang: c.lang, Verbose: c.verbose, RetryPause: c.retryPause, Now: c.now})
	c.app = a
	return err
}

// read opens the company of --company for a command that only reads: also while another program has it, and where the
// data folder cannot be written.
func (c *ctl) read(ctx context.Context) (*app.Company, error) {
	if err := c.openAppBy(ctx, app.Read); err != nil {
		return nil, err
	}
	info, err := c.app.FindCompany(ctx, c.company)
	if err != nil {
		return nil, err
	}
	c.opened, err = c.app.ReadCompany(ctx, info)
	return c.opened, err
}

// opener is read or take.
type opener func(ctx context.Context) (*app.Company, error)

// take opens the company of --company for this command alone.
func (c *ctl) take(ctx context.Context) (*app.Company, error) { return c.open(ctx, false) }

// looks is read for what only looks on, else take.
func (c *ctl) looks(on bool) opener {
	if on {
		return c.read
	}
	return c.take
}

// reading makes what a command does of what it reads of the company of --company, see read.
func (c *ctl) reading(do func(ctx context.Context, company *app.Company, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		company, err := c.read(cmd.Context())
		if err != nil {
			return err
		}
		return do(cmd.Context(), company, args)
	}
}

// open opens the company of --company. With create, a machine without any company gets its first.
func (c *ctl) open(ctx context.Context, create bool) (*app.Company, error) {
	if err := c.openApp(ctx); err != nil {
		return nil, err
	}
	var info domain.Company
	var err error
	if create {
		info, err = c.app.EnsureCompany(ctx, c.company, c.t("ctl.first-company"))
	} else {
		info, err = c.app.FindCompany(ctx, c.company)
	}
	if err != nil {
		return nil, err
	}
	c.opened, err = c.app.OpenCompany(ctx, info)
	return c.opened, err
}

// openAuthorised opens the company of --company for work at İşbaşı: without any company the first step is to authorise.
func (c *ctl) openAuthorised(ctx context.Context) (*app.Company, error) {
	company, err := c.open(ctx, false)
	if domain.KindOf(err) == domain.KindNotFound && c.company == "" {
		return nil, &domain.Error{Kind: domain.KindNeedsSignIn, Op: "find the company", Detail: "no-company"}
	}
	return company, err
}

// on makes what a command does of what it does on the company of --company, see open.
func (c *ctl) on(create bool, do func(ctx context.Context, company *app.Company, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		company, err := c.open(cmd.Context(), create)
		if err != nil {
			return err
		}
		return do(cmd.Context(), company, args)
	}
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
