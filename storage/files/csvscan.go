package files

import (
	"bufio"
	"errors"
	"io"
)

// csvScanner cuts decoded text into records. It is more forgiving than encoding/csv about quotes that
// shops leave in names (15" tepsi), and stricter about a quote that is never closed, which would
// swallow the rest of the file without a word.
type csvScanner struct {
	in   *bufio.Reader
	sep  byte
	line int // of the next byte, from 1
	cell []byte
}

func newCSVScanner(r io.Reader, sep byte) *csvScanner {
	return &csvScanner{in: bufio.NewReaderSize(r, 64<<10), sep: sep, line: 1}
}

// record gives the next record and the line it begins on, or io.EOF.
func (s *csvScanner) record() (int, []string, error) {
	if _, err := s.in.Peek(1); err != nil {
		return 0, nil, err
	}
	line := s.line
	var cells []string
	size := 0
	for {
		if len(cells) == maxCells {
			return 0, nil, refuse("file.too-many-cells", line, nil)
		}
		text, more, err := s.field()
		if err != nil {
			return 0, nil, err
		}
		if size += len(text); size > maxRowBytes {
			return 0, nil, refuse("file.row-too-long", line, nil)
		}
		cells = append(cells, text)
		if !more {
			return line, cells, nil
		}
	}
}

// field reads one cell; more says that the record goes on.
func (s *csvScanner) field() (text string, more bool, err error) {
	s.cell = s.cell[:0]
	opened := 0 // line of the quote the reader is inside of
	start := true
	for {
		b, err := s.in.ReadByte()
		if errors.Is(err, io.EOF) {
			if opened > 0 {
				return "", false, refuse("file.open-quote", opened, nil)
			}
			return string(s.cell), false, nil
		}
		if err != nil {
			return "", false, err
		}
		if b == 0 {
			return "", false, refuse("file.nul", s.line, nil)
		}
		pair := false // a \r that belongs to the \n behind it
		if b == '\r' {
			if pair, err = s.next('\n'); err != nil {
				return "", false, err
			}
		}
		if b == '\n' || b == '\r' && !pair {
			s.line++
		}
		switch {
		case start && b == '"':
			opened = s.line
		case opened > 0 && b == '"':
			closed, err := s.closes()
			if err != nil {
				return "", false, err
			}
			if closed {
				opened = 0
			} else {
				s.cell = append(s.cell, b)
			}
		case opened > 0:
			s.cell = append(s.cell, b)
		case b == s.sep:
			return string(s.cell), true, nil
		case pair: // the \n that follows ends the record
		case b == '\n', b == '\r':
			return string(s.cell), false, nil
		default:
			s.cell = append(s.cell, b)
		}
		start = false
		if len(s.cell) > maxField {
			if opened > 0 {
				return "", false, refuse("file.open-quote", opened, nil)
			}
			return "", false, refuse("file.cell-too-long", s.line, nil)
		}
	}
}

// closes tells, after a quote inside quotes, whether it ends them: a doubled quote is one quote (and
// its twin is passed over), one with nothing but blanks before the separator is the end, and one with
// other text behind it belongs to the text.
func (s *csvScanner) closes() (bool, error) {
	const blanks = 64
	for n := 1; n <= blanks; n++ {
		after, err := s.in.Peek(n)
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		switch b := after[n-1]; {
		case b == '"' && n == 1:
			_, _ = s.in.Discard(1) // it is there
			return false, nil
		case b == s.sep, b == '\n', b == '\r':
			return true, nil
		case b != ' ' && b != '\t':
			return false, nil
		}
	}
	return false, nil
}

func (s *csvScanner) next(want byte) (bool, error) {
	after, err := s.in.Peek(1)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return len(after) > 0 && after[0] == want, err
}
