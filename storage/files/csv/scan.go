package csv

import (
	"bytes"
	"errors"
	"io"

	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// scanner cuts decoded text into records. encoding/csv refuses quotes that shops leave in names (15" tepsi), or takes all
// that follows one for a cell. Here a quote opens only where its partner stands before a separator or a line end and the row
// then fits the header; else it is text, and no row vanishes into a cell (files.md §2, 01).
type scanner struct {
	in    io.Reader
	err   error // that ended in
	sep   byte
	shape shape
	line  int    // of the next record, from 1
	buf   []byte // what was read and not given yet: the next line, or as many as a cell goes over
	at    int    // where in buf the next record begins
	spans []span // of the record's cells, in buf
	cell  []byte
	// quotes are the cells of the last record that begin with a quote which is text.
	quotes []int
}

// shape is what the beginning of a file shows of its rows. The zero value is a file nothing is known of: there every
// quote that has a partner opens, and one that has none is refused.
type shape struct {
	width   int    // cells of the header
	numbers []bool // columns in which every cell is a number
}

// span is a cell in the buffer.
type span struct {
	from, to int  // without its quotes
	blanks   int  // behind the closing quote, which belong to the text
	quoted   bool // between quotes
	raw      bool // begins with a quote that is text
}

func newScanner(r io.Reader, sep byte) *scanner {
	return &scanner{in: r, sep: sep, line: 1, buf: make([]byte, 0, 64<<10)}
}

// record gives the next record and the line it begins on, or io.EOF.
func (s *scanner) record() (int, []string, error) {
	if s.at > len(s.buf)/2 {
		s.buf, s.at = s.buf[:copy(s.buf, s.buf[s.at:])], 0
	}
	return s.next()
}

// longestLine is more than the cells of any row that is taken have together, with separators and quotes.
const longestLine = table.MaxRowBytes + 4*table.MaxCells

// lineFrom finds the end of the line that begins at from, and where the next one begins.
func (s *scanner) lineFrom(from, number int) (end, next int, err error) {
	for seen := from; ; {
		end = lineEnd(s.buf[seen:])
		if end < 0 && len(s.buf)-from > longestLine {
			return len(s.buf), len(s.buf), nil // it will be refused for what it has
		}
		if end += seen; end >= seen && (s.buf[end] == '\n' || end+1 < len(s.buf) || !s.more()) {
			break
		}
		if end < seen {
			seen = len(s.buf)
			if !s.more() {
				end = len(s.buf)
				break
			}
		}
	}
	switch {
	case s.err != nil && !errors.Is(s.err, io.EOF) && end+1 >= len(s.buf):
		return 0, 0, s.err
	case bytes.IndexByte(s.buf[from:end], 0) >= 0:
		return 0, 0, refusal.New("file.nul", number, nil)
	case end == len(s.buf) && from == end:
		return 0, 0, io.EOF
	}
	next = min(end+1, len(s.buf))
	if next < len(s.buf) && s.buf[end] == '\r' && s.buf[next] == '\n' {
		next++
	}
	return end, next, nil
}

// lineEnd is the place of the first \n or \r, -1 when there is none.
func lineEnd(text []byte) int {
	end := bytes.IndexByte(text, '\n')
	if end >= 0 {
		text = text[:end]
	}
	if old := bytes.IndexByte(text, '\r'); old >= 0 {
		return old
	}
	return end
}

// more reads on; false: there is no more, and why is in s.err.
func (s *scanner) more() bool {
	const patience = 100 // readers may give nothing, but not for ever
	for range patience {
		if s.err != nil {
			return false
		}
		if len(s.buf) == cap(s.buf) {
			s.buf = append(make([]byte, 0, 2*cap(s.buf)), s.buf...)
		}
		n, err := s.in.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf, s.err = s.buf[:len(s.buf)+n], err
		if n > 0 {
			return true
		}
	}
	s.err = io.ErrNoProgress
	return false
}

// next cuts the record that begins at s.at.
func (s *scanner) next() (int, []string, error) {
	line := s.line
	end, next, err := s.lineFrom(s.at, line)
	if err != nil {
		return 0, nil, err
	}
	s.quotes = nil
	if bytes.IndexByte(s.buf[s.at:end], '"') < 0 {
		s.cutPlain(s.at, end)
		s.line++
	} else if next, err = s.cutQuoted(end, next); err != nil {
		return 0, nil, err
	}
	cells, err := s.texts(line)
	if err != nil {
		return 0, nil, err
	}
	s.at = next
	return line, cells, nil
}

// cutPlain cuts a line in which quotes are text.
func (s *scanner) cutPlain(from, end int) {
	s.spans = s.spans[:0]
	for len(s.spans) <= table.MaxCells {
		to := bytes.IndexByte(s.buf[from:end], s.sep)
		if to < 0 {
			break
		}
		s.spans = append(s.spans, span{from: from, to: from + to, raw: to > 0 && s.buf[from] == '"'})
		from += to + 1
	}
	s.spans = append(s.spans, span{from: from, to: end, raw: from < end && s.buf[from] == '"'})
}

// texts are the cells of the spans.
func (s *scanner) texts(line int) ([]string, error) {
	if len(s.spans) > table.MaxCells {
		return nil, refusal.New("file.too-many-cells", line, nil)
	}
	cells, size := make([]string, len(s.spans)), 0
	for i, c := range s.spans {
		text := s.buf[c.from:c.to]
		if c.quoted && (c.blanks > 0 || bytes.IndexByte(text, '"') >= 0) {
			s.cell = append(bytes.ReplaceAll(text, []byte(`""`), []byte(`"`)), s.buf[c.to+1:c.to+1+c.blanks]...)
			text = s.cell
		}
		if c.raw {
			s.quotes = append(s.quotes, i)
		}
		if size += len(text); len(text) > table.MaxField {
			return nil, refusal.New("file.cell-too-long", line, nil)
		} else if size > table.MaxRowBytes {
			return nil, refusal.New("file.row-too-long", line, nil)
		}
		cells[i] = string(text)
	}
	return cells, nil
}
