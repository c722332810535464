package console

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/domain"
)

// gate is the way to a terminal: names of products, buyers and firms come from files and from others' systems, and what
// they hold may steer the terminal or turn the text beside them. Only what draws itself passes, and line breaks and tabs.
type gate struct {
	out  io.Writer
	rest []byte // the beginning of a character
}

func (s *gate) Write(p []byte) (int, error) {
	text := append(s.rest, p...)
	s.rest = nil
	var b strings.Builder
	for len(text) > 0 {
		if !utf8.FullRune(text) {
			s.rest = append([]byte(nil), text...)
			break
		}
		r, n := utf8.DecodeRune(text)
		if r == '\n' || r == '\t' || !unicode.IsControl(r) && r != '\u2028' && r != '\u2029' && !domain.TurnsDirection(r) {
			b.WriteRune(r)
		}
		text = text[n:]
	}
	if _, err := io.WriteString(s.out, b.String()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Columns are rows whose cells stand below each other, one written at a time: a line break in the middle of one is a
// foreign one. They are to be flushed.
type Columns struct{ *tabwriter.Writer }

func (c Columns) Write(row []byte) (int, error) {
	text, end := string(row), ""
	if rest, ok := strings.CutSuffix(text, "\n"); ok {
		text, end = rest, "\n"
	}
	if _, err := io.WriteString(c.Writer, unbroken(text)+end); err != nil {
		return 0, err
	}
	return len(row), nil
}

// Line writes one, whatever line breaks what stands in it has.
func (c *Console) Line(format string, args ...any) {
	fmt.Fprintln(c.Out, unbroken(fmt.Sprintf(format, args...)))
}

// unbroken is a text without its line breaks.
func unbroken(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && unicode.IsSpace(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
}
