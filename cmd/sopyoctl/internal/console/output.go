package console

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
	"github.com/sopyo/sopyo-desktop/domain/exports"
)

// The exit codes: what a scheduler may do next depends on them.
const (
	ExitOK        = 0
	ExitError     = 1
	ExitUsage     = 2
	ExitAuthorise = 3
	ExitLater     = 4 // paused or busy: the same call may succeed later
	ExitPartly    = 5 // stopped, done in part, or questions of a file are open and nothing is written
)

// UsageError is a command line that cannot be meant: the key of what is wrong with it, which is worded when it is said.
type UsageError struct {
	key  string
	args []any
}

func (e UsageError) Error() string { return fmt.Sprint(append([]any{e.key}, e.args...)...) }

// Misused is a command line that cannot be meant, by the key of what is wrong with it and what the key takes.
func Misused(key string, args ...any) error { return UsageError{key, args} }

// Ended is an end that has been reported already; only the exit code is left to say.
type Ended int

func (e Ended) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// End reports err and gives the exit code.
func (c *Console) End(err error) int {
	var done Ended
	var usage UsageError
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &done):
		return int(done)
	case errors.As(err, &usage), cobraUsage(err) != nil:
		c.Complain("usage", c.misuse(err))
		return ExitUsage
	}
	c.Complain(string(domain.KindOf(err)), c.Sentence(err))
	return ExitCode(err)
}

// ExitCode gives the exit code of an error.
func ExitCode(err error) int {
	kind := domain.KindOf(err)
	if kind.AtSignIn() {
		return ExitAuthorise
	}
	switch kind {
	case domain.KindInvalid:
		return ExitUsage
	case domain.KindQuota, domain.KindSlowDown, domain.KindNetwork, domain.KindUnavailable, domain.KindBusy, domain.KindCount, domain.KindBrake,
		domain.KindStalePlan, domain.KindBadAnswer, domain.KindTimeout, domain.KindPortTaken, domain.KindKeyring,
		domain.KindMailNetwork, domain.KindMailLater, domain.KindMailTLS:
		return ExitLater
	case domain.KindCancelled:
		return ExitPartly
	default:
		return ExitError
	}
}

// Complain says what went wrong: a sentence on standard error, and with --json an object too.
func (c *Console) Complain(kind, sentence string) {
	fmt.Fprintln(c.Err, sentence)
	if c.JSON {
		_ = c.Print(map[string]any{"error": map[string]string{"kind": kind, "message": sentence}})
	}
}

// Sentence words err as every screen does, with what a line has to say besides: which input is refused and
// what there is to choose from, the flag that helps, and what nobody expected.
func (c *Console) Sentence(err error) string {
	if c.Text == nil {
		return err.Error()
	}
	said, e := c.Words.Error(err), new(domain.Error)
	switch {
	case !errors.As(err, &e) || e.Kind == domain.KindInternal:
		said += "\n" + c.T("error.technical", err.Error()) // for support: it knows one language
	case e.Kind == domain.KindInvalid:
		said = e.Field + ": " + said
		if e.Err != nil {
			said += " " + e.Err.Error()
		}
	case e.Kind == domain.KindStalePlan && c.Text.Has(e.Detail):
		said += " " + c.T(e.Detail)
	}
	return said
}

// Print writes v as the one JSON object of --json.
func (c *Console) Print(v any) error {
	return Encoder(c.Out).Encode(v)
}

// Encoder writes objects as JSON, one a line, in ASCII alone: neither a terminal nor the code page of a console of Windows makes
// anything else of it, and programs read the same.
func Encoder(out io.Writer) *json.Encoder {
	enc := json.NewEncoder(ascii{out})
	enc.SetEscapeHTML(false)
	return enc
}

// ASCII writes what JSON is made of, as Encoder does.
func ASCII(out io.Writer) io.Writer { return ascii{out} }

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

// Answer gives a command's one answer: an object with --json, a line for people.
func (c *Console) Answer(object any, key string, args ...any) error {
	if c.JSON {
		return c.Print(object)
	}
	c.Say(key, args...)
	return nil
}

// Table writes columns that stand below each other; it is to be flushed.
func (c *Console) Table() Columns { return Columns{tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', 0)} }

// Listed says how many of how many were listed.
func (c *Console) Listed(shown, total int) { fmt.Fprintln(c.Err, c.T("ctl.listed", shown, total)) }

// Stamp writes a moment for programs.
func Stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Say writes a line for people; with --json nothing.
func (c *Console) Say(key string, args ...any) {
	if !c.JSON {
		fmt.Fprintln(c.Out, c.T(key, args...))
	}
}

// Number is a decimal as a JSON string, null when absent: JSON numbers are floats to most readers.
func Number(d decimal.NullDecimal) any {
	if !d.Valid {
		return nil
	}
	return d.Decimal.String()
}

// Text is a decimal as a text, "" when absent.
func Text(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}

// Names lists words of one kind.
func Names[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, one := range list {
		texts[i] = string(one)
	}
	return strings.Join(texts, ", ")
}

// Joined puts texts beside each other; what is empty is left out.
func Joined(between string, texts ...string) string {
	var said []string
	for _, t := range texts {
		if t != "" {
			said = append(said, t)
		}
	}
	return strings.Join(said, between)
}

// ShowPairs prints settings, each under its name.
func (c *Console) ShowPairs(pairs [][2]string) error {
	if c.JSON {
		all := map[string]string{}
		for _, p := range pairs {
			all[p[0]] = p[1]
		}
		return c.Print(all)
	}
	for _, p := range pairs {
		c.Line("%s=%s", p[0], p[1])
	}
	return nil
}

// ShowTable prints the rows of a list that could leave as a file, too.
func (c *Console) ShowTable(t exports.Table) error {
	out := c.Table()
	for cells, err := range t.Rows {
		if err != nil {
			return err
		}
		for _, cell := range cells {
			fmt.Fprint(out, cell.Words(c.Words), "\t")
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}
