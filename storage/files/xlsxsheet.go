package files

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain/exports"
)

// readSheet gives the rows of a sheet to take until it says no; then the error is errStopped. What the
// sheet claims about its own size is not looked at: many writers put A1 there.
func readSheet(in *xmlReader, shared *texts, take func(Row) bool) error {
	s := sheetReader{shared: shared}
	for {
		token, err := in.next()
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			err = s.start(e)
		case xml.EndElement:
			switch e.Name.Local {
			case "c":
				err = s.endCell()
			case "v":
				s.inValue = false
			case "row":
				if len(s.row.Cells) > 0 && !take(s.row) {
					return errStopped
				}
				s.row = Row{Line: s.row.Line}
			case "sheetData":
				return nil
			}
		case xml.CharData:
			if s.inValue {
				s.text = append(s.text, e...)
			}
		}
		if err != nil {
			return err
		}
		s.text = s.piece.take(s.text, token)
		if len(s.text) > maxField {
			return refuse("file.cell-too-long", s.row.Line, nil)
		}
	}
}

// sheetReader is where in a sheet the reader stands.
type sheetReader struct {
	shared  *texts
	row     Row
	cells   int // cell elements of the row
	size    int // bytes of the row
	column  int // of the cell, from 0
	kind    string
	text    []byte
	inCell  bool
	inValue bool
	piece   textPiece
}

func (s *sheetReader) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		line := s.row.Line + 1
		if n, err := strconv.Atoi(attribute(e, "r")); err == nil {
			line = max(line, n)
		}
		if line > exports.SheetRows {
			return refuse("file.too-large", 0, nil)
		}
		s.row = Row{Line: line}
		s.column, s.cells, s.size, s.inCell = -1, 0, 0, false
	case "c":
		s.column++
		if i, letters := columnOf(attribute(e, "r")); letters > 0 {
			s.column = i
		}
		if s.cells++; s.column >= maxCells || s.cells > maxCells {
			return refuse("file.too-many-cells", s.row.Line, nil)
		}
		s.kind = attribute(e, "t")
		s.inCell, s.inValue = true, false
		s.text = s.text[:0]
		s.piece = textPiece{}
	case "v":
		s.inValue = true
	}
	return nil
}

// endCell puts the finished cell into the row. Empty cells take no place until one follows them.
func (s *sheetReader) endCell() error {
	if !s.inCell || s.row.Line == 0 { // raw tokens are not paired: an end can come without its beginning
		return refuse("file.broken", s.row.Line, nil)
	}
	s.inCell = false
	text, numeric := string(s.text), false
	switch s.kind {
	case "s":
		i, err := strconv.Atoi(text)
		if text == "" {
			return nil
		}
		shared, ok := s.shared.at(i)
		if err != nil || !ok {
			return refuse("file.broken", s.row.Line, nil)
		}
		text = shared
	case "", "n":
		text, numeric = withoutNoise(text)
	case "b":
		text = map[string]string{"1": "TRUE", "0": "FALSE"}[text]
	default: // str, inlineStr, e (error), d (date)
		text = unescape(text)
	}
	if text == "" {
		return nil
	}
	for len(s.row.Cells) <= s.column {
		s.row.Cells = append(s.row.Cells, "")
		s.row.numeric = append(s.row.numeric, false)
	}
	if s.size += len(text); s.size > maxRowBytes {
		return refuse("file.row-too-long", s.row.Line, nil)
	}
	s.row.Cells[s.column], s.row.numeric[s.column] = text, numeric
	return nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// columnOf reads the letters of a cell's name, four at most, small or capital: A1 is 0, AA7 is 26.
func columnOf(name string) (column, letters int) {
	for column = -1; letters < len(name) && letters < 4; letters++ {
		letter := name[letters] &^ 0x20 // the capital of an ASCII letter
		if letter < 'A' || letter > 'Z' {
			break
		}
		column = (column+1)*26 + int(letter-'A')
	}
	return column, letters
}
