package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf16"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// The exit codes: what a scheduler may do next depends on them.
const (
	exitOK        = 0
	exitError     = 1
	exitUsage     = 2
	exitAuthorise = 3
	exitLater     = 4 // paused or busy: the same call may succeed later
	exitPartly    = 5 // stopped, done in part, or questions of a file are open and nothing is written
)

// usageError is a command line that cannot be meant: the key of what is wrong with it, which is worded when it is said.
type usageError struct {
	key  string
	args []any
}

func (e usageError) Error() string { return fmt.Sprint(append([]any{e.key}, e.args...)...) }

func misused(key string, args ...any) error { return usageError{key, args} }

// ended is an end that has been reported already; only the exit code is left to say.
type ended struct{ code int }

func (e ended) Error() string { return fmt.Sprintf("exit %d", e.code) }

// end reports err and gives the exit code.
func (c *ctl) end(err error) int {
	var done ended
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &done):
		return done.code
	case errors.As(err, &usage), cobraUsage(err) != nil:
		c.complain("usage", c.misuse(err))
		return exitUsage
	}
	c.complain(string(domain.KindOf(err)), c.sentence(err))
	return exitCode(err)
}

func exitCode(err error) int {
	kind := domain.KindOf(err)
	if kind.AtSignIn() {
		return exitAuthorise
	}
	switch kind {
	case domain.KindInvalid:
		return exitUsage
	case domain.KindQuota, domain.KindSlowDown, domain.KindNetwork, domain.KindUnavailable, domain.KindBusy, domain.KindCount, domain.KindBrake,
		domain.KindStalePlan, domain.KindBadAnswer, domain.KindTimeout, domain.KindPortTaken, domain.KindKeyring,
		domain.KindMailNetwork, domain.KindMailLater, domain.KindMailTLS:
		return exitLater
	case domain.KindCancelled:
		return exitPartly
	default:
		return exitError
	}
}

// complain says what went wrong: a sentence on standard error, and with --json an object too.
func (c *ctl) complain(kind, sentence string) {
	fmt.Fprintln(c.err, sentence)
	if c.json {
		_ = c.print(map[string]any{"error": map[string]string{"kind": kind, "message": sentence}})
	}
}

// sentence words err as every screen does, with what a line has to say besides: which input is refused and
// what there is to choose from, the flag that helps, and what nobody expected.
func (c *ctl) sentence(err error) string {
	if c.text == nil {
		return err.Error()
	}
	said, e := c.words.Error(err), new(domain.Error)
	switch {
	case !errors.As(err, &e) || e.Kind == domain.KindInternal:
		said += "\n" + c.t("error.technical", err.Error()) // for support: it knows one language
	case e.Kind == domain.KindInvalid:
		said = e.Field + ": " + said
		if e.Err != nil {
			said += " " + e.Err.Error()
		}
	case e.Kind == domain.KindStalePlan && c.text.Has(e.Detail):
		said += " " + c.t(e.Detail)
	}
	return said
}

// print writes v as the one JSON object of --json.
func (c *ctl) print(v any) error {
	return encoder(c.out).Encode(v)
}

// encoder writes objects as JSON, one a line, in ASCII alone: neither a terminal nor the code page of a console of Windows makes
// anything else of it, and programs read the same.
func encoder(out io.Writer) *json.Encoder {
	enc := json.NewEncoder(ascii{out})
	enc.SetEscapeHTML(false)
	return enc
}

// ascii writes characters beyond ASCII, and what a terminal might obey, as JSON may.
type ascii struct{ io.Writer }

func (a ascii) Write(line []byte) (int, error) {
	var b strings.Builder
	for _, r := range string(line) {
		switch {
		case r == '\n' || r >= ' ' && r <= '~':
			b.WriteRune(r)
		default:
			for _, unit := range utf16.AppendRune(nil, r) {
				fmt.Fprintf(&b, `\u%04x`, unit)
			}
		}
	}
	if _, err := io.WriteString(a.Writer, b.String()); err != nil {
		return 0, err
	}
	return len(line), nil
}

// answer gives a command's one answer: an object with --json, a line for people.
func (c *ctl) answer(object any, key string, args ...any) error {
	if c.json {
		return c.print(object)
	}
	c.say(key, args...)
	return nil
}

// table writes columns that stand below each other; it is to be flushed.
func (c *ctl) table() columns { return columns{tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)} }

// listed says how many of how many were listed.
func (c *ctl) listed(shown, total int) { fmt.Fprintln(c.err, c.t("ctl.listed", shown, total)) }

// stamp writes a moment for programs.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// say writes a line for people; with --json nothing.
func (c *ctl) say(key string, args ...any) {
	if !c.json {
		fmt.Fprintln(c.out, c.t(key, args...))
	}
}

// number is a decimal as a JSON string, null when absent: JSON numbers are floats to most readers.
func number(d decimal.NullDecimal) any {
	if !d.Valid {
		return nil
	}
	return d.Decimal.String()
}

func text(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}
