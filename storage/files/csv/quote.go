package csv

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// How quotes of a record are taken.
type quoting struct {
	lenient bool // other quotes may stand between a quote and its partner: "5" boru"
	lines   bool // the partner may stand in a later line
}

// outcome is what came of cutting a record.
type outcome struct {
	next, lines int  // where the next record begins; line ends that are part of this one
	hides       bool // a separator stands between quotes
	open        int  // line of a quote without a partner, counted from the record's first; -1: there is none
}

// cutQuoted cuts the record at s.at, whose first line ends at end, in the way that fits the header.
func (s *scanner) cutQuoted(end, next int) (int, error) {
	was, err := s.cut(end, next, quoting{lenient: true, lines: true})
	if err != nil {
		return 0, err
	}
	known, fits := s.shape.width > 0, s.fits()
	switch {
	case was.lines > 0 && known:
		if s.rowsThemselves(was, fits) {
			was, err = s.cut(end, next, quoting{lenient: true})
		}
	case was.open >= 0 && (!known || !s.soundBehind(next, fits)):
		return 0, refusal.New("file.open-quote", s.line+was.open, nil)
	}
	if err == nil && was.lines == 0 && known && was.hides && !s.fits() {
		was, err = s.narrower(was, end, next)
	}
	s.line += was.lines + 1
	return was.next, err
}

// fits tells whether the cells are as many as the header has; empty ones behind them do not count, and those that an entity's
// semicolon has cut are one.
func (s *scanner) fits() bool {
	n := len(s.spans)
	for n > s.shape.width && len(bytes.TrimSpace(s.buf[s.spans[n-1].from:s.spans[n-1].to])) == 0 {
		n--
	}
	if n > s.shape.width && s.sep == ';' {
		cells := make([]string, n)
		for i, c := range s.spans[:n] {
			cells[i] = string(s.buf[c.from:c.to])
		}
		n = len(charset.WholeEntities(cells))
	}
	return n == s.shape.width
}

// narrower cuts a line whose quotes hide separators otherwise, if the row then fits the header.
func (s *scanner) narrower(was outcome, end, next int) (outcome, error) {
	if strict, err := s.cut(end, next, quoting{}); err != nil || s.fits() {
		return strict, err
	}
	if s.cutPlain(s.at, end); s.fits() {
		return outcome{next: next, open: -1}, nil
	}
	_, err := s.cut(end, next, quoting{lenient: true})
	return was, err
}

// cut goes from cell to cell.
func (s *scanner) cut(end, next int, q quoting) (outcome, error) {
	out := outcome{next: next, open: -1}
	s.spans = s.spans[:0]
	for from := s.at; ; from++ {
		c := span{from: from, to: end}
		if quote := s.quoteAt(from, end); quote >= 0 {
			first := quote == from // behind blanks it may be text, and is refused by nobody
			to, clean := s.partner(quote, end, q.lenient && first)
			if first {
				q.lenient = q.lenient && to >= 0 // what one quote has not found the next need not look for
			}
			if to < 0 && clean && q.lines {
				var err error
				if to, err = s.across(quote, &end, &out); err != nil {
					return outcome{}, err
				}
			}
			if c.raw = to < 0 && first; c.raw && clean && out.open < 0 {
				out.open = out.lines
			}
			if to >= 0 {
				c = span{from: quote + 1, to: to, blanks: s.blanks(to+1, end), quoted: true}
				out.hides = out.hides || bytes.IndexByte(s.buf[c.from:c.to], s.sep) >= 0
				from = to + 1 + c.blanks
			}
		}
		if !c.quoted {
			if i := bytes.IndexByte(s.buf[from:end], s.sep); i >= 0 {
				c.to = from + i
			}
			from = c.to
		}
		if s.spans = append(s.spans, c); from == end || len(s.spans) > table.MaxCells {
			return out, nil
		}
	}
}

// quoteAt gives the place of the quote that a cell begins with, blanks before it or not; -1: it begins with none.
func (s *scanner) quoteAt(from, end int) int {
	for at := from; at < end && at-from <= mostBlanks; at++ {
		switch c := s.buf[at]; {
		case c == '"':
			return at
		case c == s.sep, c != ' ' && c != '\t':
			return -1
		}
	}
	return -1
}

// partner finds the quote in the line that closes the one at from: a doubled quote is one of the text, one with nothing but
// blanks before the separator is the end. clean: all other quotes between are doubled.
func (s *scanner) partner(from, end int, lenient bool) (at int, clean bool) {
	clean = true
	opens := false // the quote before opens a word, and that is what the next one closes: "A" ya da "B"
	for at = from + 1; ; at++ {
		i := bytes.IndexByte(s.buf[at:end], '"')
		if i < 0 {
			return -1, clean
		}
		switch at += i; {
		case at+1 < end && s.buf[at+1] == '"':
			at++
		case s.blanks(at+1, end) >= 0 && !opens:
			return at, clean
		case !lenient, opens && s.blanks(at+1, end) >= 0:
			return -1, false
		default:
			clean, opens = false, s.buf[at-1] == ' '
		}
	}
}

// mostBlanks are how many may stand around a quoted cell.
const mostBlanks = 64

// blanks counts those from a place to the separator or the line's end, -1 when something else or too many stand there.
func (s *scanner) blanks(from, end int) int {
	for n := range mostBlanks {
		switch {
		case from+n == end || s.buf[from+n] == s.sep:
			return n
		case s.buf[from+n] != ' ' && s.buf[from+n] != '\t':
			return -1
		}
	}
	return -1
}

// across looks for the partner of the quote at from in the lines that follow. Where it is found, end and out become those
// of its line; -1: there is none.
func (s *scanner) across(from int, end *int, out *outcome) (int, error) {
	next := out.next
	for lines := 1; next-from <= table.MaxField; lines++ {
		last, behind, err := s.lineFrom(next, s.line+out.lines+lines)
		if errors.Is(err, io.EOF) {
			return -1, nil
		}
		if err != nil {
			return 0, err
		}
		// Another cell's quote may stand before the line: where the search begins is not a quote itself.
		at, clean := s.partner(next-1, last, false)
		if at >= 0 && at-from-1 <= table.MaxField {
			out.next, out.lines, *end = behind, out.lines+lines, last
			return at, nil
		}
		if at >= 0 || !clean {
			return -1, nil
		}
		next = behind
	}
	return -1, nil
}

// rowsThemselves tells whether the lines of a record that goes over several are rows, and a quote among them is text: each
// of them fits the header. Where the record does so too, the columns of numbers tell, else the separator: no text has tabs.
func (s *scanner) rowsThemselves(was outcome, fits bool) bool {
	numbers, tried := true, false
	lines := 0
	for from := s.at; from < was.next; lines++ {
		end := from + max(lineEnd(s.buf[from:was.next]), 0)
		if end == from && s.buf[from] != '\n' && s.buf[from] != '\r' {
			end = was.next // the last line of the file
		}
		cells := s.withoutEmpty(strings.Split(string(s.buf[from:end]), string(s.sep)))
		if len(cells) > s.shape.width && s.sep == ';' {
			cells = charset.WholeEntities(cells)
		}
		if len(cells) > s.shape.width || (fits || lines > 0) && len(cells) < s.shape.width {
			return false
		}
		for i, cell := range cells {
			if i < len(s.shape.numbers) && s.shape.numbers[i] {
				text := strings.TrimSpace(cell)
				tried = true
				numbers = numbers && (text == "" || figure.IsFigure(text))
			}
		}
		if from = end + 1; from < was.next && s.buf[end] == '\r' && s.buf[from] == '\n' {
			from++
		}
	}
	switch {
	case !fits:
		return true
	case tried:
		return numbers
	}
	return s.sep == '\t' || s.sep == '|'
}

// withoutEmpty leaves out the empty cells behind those of the header.
func (s *scanner) withoutEmpty(cells []string) []string {
	for len(cells) > s.shape.width && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// soundBehind tells whether a line with a quote that has no partner is a row all the same: it fits the header, or the line at
// next does, and that one does not read like the rest of its text.
func (s *scanner) soundBehind(next int, fits bool) bool {
	end, _, err := s.lineFrom(next, 0)
	if err != nil || len(bytes.TrimSpace(s.buf[next:end])) == 0 {
		return fits && (err == nil || errors.Is(err, io.EOF))
	}
	cells := bytes.Count(s.buf[next:end], []byte{s.sep}) + 1
	return cells == s.shape.width || fits && cells > 1
}
