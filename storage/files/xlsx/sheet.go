package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// readSheet gives the rows of a sheet to take until it says no; then the error is errStopped. What the
// sheet claims about its own size is not looked at: many writers put A1 there.
func readSheet(in *document.XMLReader, book *tables, take func(table.Row) bool) error {
	s := sheetReader{book: book}
	for {
		token, err := in.Next()
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
			case "f":
				s.inFormula = false
			case "row":
				if len(s.row.Cells) > 0 && !take(s.row) {
					return document.ErrStopped
				}
				s.row = table.Row{Line: s.row.Line}
			case "sheetData":
				return nil
			}
		case xml.CharData:
			if s.inValue {
				s.text = append(s.text, e...)
			}
			if s.inFormula && len(s.formula) <= table.MaxField {
				s.formula = append(s.formula, e...)
			}
		}
		if err != nil {
			return err
		}
		s.text = s.piece.take(s.text, token)
		if len(s.text) > table.MaxField {
			return refusal.New("file.cell-too-long", s.row.Line, nil)
		}
	}
}

// sheetReader is where in a sheet the reader stands.
type sheetReader struct {
	book     *tables
	columns  []*numberFormat // of cells that name no style, by column
	ranges   int             // of columns, so far
	row      table.Row
	rowStyle int // -1: it has none
	cells    int // cell elements of the row
	size     int // bytes of the row

	column    int // of the cell, from 0
	style     int // -1: it names none
	kind      string
	text      []byte
	formula   []byte
	isFormula bool
	inCell    bool
	inValue   bool
	hasValue  bool
	inFormula bool
	piece     textPiece
}

func (s *sheetReader) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		line := s.row.Line + 1
		if n, err := strconv.Atoi(attribute(e, "r")); err == nil {
			line = max(line, n)
		}
		if line > exports.SheetRows {
			return refusal.New("file.too-large", 0, nil)
		}
		s.row = table.Row{Line: line}
		s.column, s.cells, s.size, s.inCell = -1, 0, 0, false
		if s.rowStyle = -1; isTrue(attribute(e, "customFormat")) {
			s.rowStyle = styleOf(attribute(e, "s"))
		}
	case "col":
		s.columnFormat(styleOf(attribute(e, "min")), styleOf(attribute(e, "max")), s.book.format(styleOf(attribute(e, "style"))))
	case "c":
		s.column++
		name, kind, style := cellAttributes(e)
		if i, letters := table.ColumnOf(name); letters > 0 {
			s.column = i
		}
		if s.cells++; s.column >= table.MaxCells || s.cells > table.MaxCells {
			return refusal.New("file.too-many-cells", s.row.Line, nil)
		}
		s.kind, s.style = kind, style
		s.inCell, s.inValue, s.hasValue, s.inFormula, s.isFormula = true, false, false, false, false
		s.text, s.formula = s.text[:0], s.formula[:0]
		s.piece = textPiece{}
	case "v":
		s.inValue, s.hasValue = true, true
	case "f":
		s.inFormula, s.isFormula = true, true
	}
	return nil
}

// cellAttributes gives the name, the kind and the style of a cell, in one look at what it has.
func cellAttributes(e xml.StartElement) (name, kind string, style int) {
	style = -1
	for _, a := range e.Attr {
		if a.Name.Space != "" {
			continue
		}
		switch a.Name.Local {
		case "r":
			name = a.Value
		case "t":
			kind = a.Value
		case "s":
			style = styleOf(a.Value)
		}
	}
	return name, kind, style
}

// format is that of the cell, or of its row or column where it names none itself.
func (s *sheetReader) format() *numberFormat {
	switch {
	case s.style >= 0:
		return s.book.format(s.style)
	case s.rowStyle >= 0:
		return s.book.format(s.rowStyle)
	}
	if s.column < len(s.columns) {
		return s.columns[s.column]
	}
	return nil
}

// columnFormat notes the format of the columns from first to last, counted from 1.
func (s *sheetReader) columnFormat(first, last int, f *numberFormat) {
	if s.ranges++; f == nil || first < 1 || s.ranges > table.MaxCells {
		return
	}
	for last = min(last, table.MaxCells); len(s.columns) < last; {
		s.columns = append(s.columns, nil)
	}
	for i := first; i <= last; i++ {
		s.columns[i-1] = f
	}
}

// endCell puts the finished cell into the row. Empty cells take no place until one follows them.
func (s *sheetReader) endCell() error {
	if !s.inCell || s.row.Line == 0 { // raw tokens are not paired: an end can come without its beginning
		return refusal.New("file.broken", s.row.Line, nil)
	}
	s.inCell = false
	text, numeric := string(s.text), false
	var beside table.Shown
	switch s.kind {
	case "s":
		i, err := strconv.Atoi(text)
		if text == "" {
			break
		}
		shared, ok := s.book.texts.at(i)
		if err != nil || !ok {
			return refusal.New("file.broken", s.row.Line, nil)
		}
		text = shared
	case "", "n":
		text, numeric = withoutNoise(text)
		if f := s.format(); numeric && f != nil {
			text, beside = f.show(text)
			numeric = beside.As != table.AsDate
		}
	case "b":
		text = map[string]string{"1": "TRUE", "0": "FALSE"}[text]
	case "d":
		beside.As = table.AsDate
	default: // str, inlineStr, e (error)
		text = unescape(text)
	}
	if s.isFormula && s.book.formulas && s.isPending() {
		text, numeric, beside = "="+string(s.formula), false, table.Shown{As: table.AsFormula}
	}
	if text == "" {
		return nil
	}
	for len(s.row.Cells) <= s.column {
		s.row.Cells = append(s.row.Cells, "")
		s.row.Numbers = append(s.row.Numbers, false)
	}
	if s.size += len(text); s.size > table.MaxRowBytes {
		return refusal.New("file.row-too-long", s.row.Line, nil)
	}
	s.row.Cells[s.column], s.row.Numbers[s.column] = text, numeric
	if beside.As != table.AsText {
		for len(s.row.Shown) <= s.column {
			s.row.Shown = append(s.row.Shown, table.Shown{})
		}
		s.row.Shown[s.column] = beside
	}
	return nil
}

// isPending tells that the result of a cell's formula is not stored. An empty text is a result.
func (s *sheetReader) isPending() bool {
	switch s.kind {
	case "str":
		return !s.hasValue && len(s.text) == 0
	case "", "n":
		return len(s.text) == 0 || s.book.pending && len(s.text) == 1 && s.text[0] == '0'
	}
	return len(s.text) == 0
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
