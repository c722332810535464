// Package update tells a person that there is a newer version of the program: it asks once a day, never while something is at work, and
// says nothing where nobody answers. It downloads and installs nothing.
package update

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"time"
)

// Releases is where versions of the program are published.
type Releases interface {
	// Latest gives the newest version, as it is published: "1.2.0".
	Latest(ctx context.Context) (version string, err error)
}

// Store keeps small things between two starts.
type Store interface {
	// Preference gives "" for a key that nothing was saved under.
	Preference(ctx context.Context, key string) (string, error)
	SavePreference(ctx context.Context, key, value string) error
}

// What is kept: when was asked last (RFC 3339), what was found, and "off" where a person does not want to be told.
const (
	preferenceAsked  = "update.asked"
	preferenceFound  = "update.found"
	preferenceSwitch = "update.check"
	off              = "off"
)

// Every is how often is asked, whether or not somebody answers.
const Every = 24 * time.Hour

// Options are what a Checker works with.
type Options struct {
	Version  string // of the running program
	Releases Releases
	Store    Store
	Now      func() time.Time
	Log      *slog.Logger
	Never    bool // asks nothing and tells nothing, whatever the person has chosen
}

// Checker asks for newer versions.
type Checker struct{ Options }

// New makes one.
func New(o Options) *Checker { return &Checker{o} }

// Check asks if a day has passed since it was asked last, the person has not switched it off, and nothing is at work. What goes wrong is
// for the log alone.
func (c *Checker) Check(ctx context.Context, working bool) {
	if working || c.Never {
		return
	}
	if err := c.check(ctx); err != nil && ctx.Err() == nil {
		c.Log.InfoContext(ctx, "newer versions cannot be asked for", "error", err)
	}
}

func (c *Checker) check(ctx context.Context) error {
	on, err := c.Checks(ctx)
	if err != nil || !on {
		return err
	}
	asked, err := c.Store.Preference(ctx, preferenceAsked)
	if err != nil {
		return err
	}
	now := c.Now()
	if at, err := time.Parse(time.RFC3339, asked); err == nil && !at.After(now) && now.Sub(at) < Every {
		return nil
	}
	// Noted first: a machine without a way out, or a program that is closed meanwhile, asks no more often.
	if err := c.Store.SavePreference(ctx, preferenceAsked, now.UTC().Format(time.RFC3339)); err != nil {
		return err
	}
	latest, err := c.Releases.Latest(ctx)
	if err != nil {
		return err
	}
	return c.Store.SavePreference(ctx, preferenceFound, latest)
}

// Newer gives the newest version that was found, "" where the running one is no older.
func (c *Checker) Newer(ctx context.Context) (string, error) {
	on, err := c.Checks(ctx)
	if err != nil || !on || c.Never {
		return "", err
	}
	found, err := c.Store.Preference(ctx, preferenceFound)
	if err != nil || !isNewer(found, c.Version) {
		return "", err
	}
	return found, nil
}

// Checks tells whether the person wants to be told.
func (c *Checker) Checks(ctx context.Context) (bool, error) {
	kept, err := c.Store.Preference(ctx, preferenceSwitch)
	return err == nil && kept != off, err
}

// SetChecks says whether the person wants to be told.
func (c *Checker) SetChecks(ctx context.Context, on bool) error {
	value := off
	if on {
		value = ""
	}
	return c.Store.SavePreference(ctx, preferenceSwitch, value)
}

// isNewer compares versions of numbers: 1.10 is newer than 1.9.3, and 1.2 is 1.2.0. What is no such version, like one that is tried out
// before it is published (1.3.0-rc.1), is newer than none.
func isNewer(found, own string) bool {
	x, known := numbers(found)
	y, ours := numbers(own)
	if !known || !ours {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return x[i] > y[i]
		}
	}
	return false
}

// numbers reads up to three numbers.
func numbers(version string) (n [3]int, ok bool) {
	parts := strings.Split(version, ".")
	if len(parts) > len(n) {
		return n, false
	}
	for i, part := range parts {
		v, err := strconv.ParseUint(part, 10, 31)
		if err != nil {
			return n, false
		}
		n[i] = int(v)
	}
	return n, true
}
