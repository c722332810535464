// Package csv reads CSV as Turkish programs and shops leave it: any of four separators, quotes that are text, rows that a program has not quoted.
// It finds out how a file is written by its first records, and loses no row in a cell.
package csv

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// File is a text file whose encoding and separator are known.
type File struct {
	doc   *document.Document
	enc   charset.Guess
	asked *listing.Question // about the encoding
	sep   byte
	shape shape
	hint  bool // the first line is Excel's "sep=;" and no row
}

// Open finds out how a text file is written, but for what r says of it; known counts the columns that a row names as a header. Errors are
// domain.KindFile, or the disk's.
func Open(doc *document.Document, r listing.Reading, known func(cells []string) int) (*File, table.Info, error) {
	enc, err := charset.GuessOf(doc.Reader()) // also refuses NUL
	if err != nil {
		return nil, table.Info{}, err
	}
	s := &File{doc: doc, enc: enc}
	if r.Encoding != "" {
		s.enc = charset.Guess{Charset: charset.Of(r.Encoding)}
	} else if enc.Others != nil {
		s.ask(r.Answers)
	}
	sample, err := io.ReadAll(io.LimitReader(s.text(), sampleSize))
	if err != nil {
		return nil, table.Info{}, err
	}
	s.sep = detectSeparator(sample, known)
	for _, c := range []byte(separators) {
		if bytes.HasPrefix(sample, []byte{'s', 'e', 'p', '=', c}) {
			s.sep, s.hint = c, true
		}
	}
	if r.Separator != "" {
		s.sep = r.Separator[0]
	}
	s.shape = shapeOf(sample, s.sep, r.HeaderRow, known)
	info := table.Info{Format: table.CSV, Separator: string(s.sep), Encoding: s.enc.Name, Unsure: s.asked}
	if s.enc.Mixed {
		info.Misread = &table.CellNote{Kind: listing.NoteEncoding, Column: table.WholeFile}
	}
	return s, info, nil
}

// ask asks which of several encodings it is, and reads by the answer.
func (s *File) ask(answers listing.Answers) {
	var samples []string
	for _, name := range s.enc.Others {
		samples = append(samples, charset.Of(name).Text(s.enc.Sample))
	}
	q := answers.Ask(listing.AskEncoding, "", "", s.enc.Others, samples)
	if s.asked = &q; !q.Open() {
		s.enc = charset.Guess{Charset: charset.Of(q.Chosen)}
	}
}

// text is the decoded file from its beginning.
func (s *File) text() io.Reader { return s.enc.Reader(s.doc.Reader()) }

// Rows gives every record, as table.Source has it.
func (s *File) Rows() iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		scan := newScanner(s.text(), s.sep)
		scan.shape = s.shape
		for {
			line, cells, err := scan.record()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(table.Row{}, err)
				return
			}
			if s.hint && line == 1 {
				continue
			}
			row := table.Row{Line: line, Cells: cells}
			for _, i := range scan.quotes {
				row.Notes = append(row.Notes, table.CellNote{Kind: listing.NoteQuote, Column: i, Cell: cells[i]})
			}
			for i, c := range cells {
				if cells[i] = unguarded(c); len(cells[i]) < len(c) {
					row.Notes = append(row.Notes, table.CellNote{Kind: listing.NoteGuard, Column: i, Cell: c})
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

const (
	separators    = ";,\t|"
	sampleSize    = 256 << 10
	sampleRecords = 200
)

// split is what a separator makes of the sample.
type split struct {
	known int     // columns that the best of the first rows is known to have
	even  float64 // share of the records as wide as most are
	width int     // of most records
}

func (a split) better(b split) bool {
	return cmp.Or(cmp.Compare(a.known, b.known), cmp.Compare(a.even, b.even), cmp.Compare(a.width, b.width)) > 0
}

// detectSeparator takes the one that yields the most known columns, then the most even table.
func detectSeparator(sample []byte, known func(cells []string) int) byte {
	var best split
	var sep byte
	for _, c := range []byte(separators) {
		if s := trySeparator(sample, c, known); (s.width > 1 || s.known > 1) && s.better(best) {
			best, sep = s, c
		}
	}
	if sep != 0 {
		return sep
	}
	for _, c := range []byte(separators) { // a single column: one that does not cut it
		if bytes.IndexByte(sample, c) < 0 {
			return c
		}
	}
	return separators[0]
}

func trySeparator(sample []byte, sep byte, known func(cells []string) int) split {
	var s split
	widths := map[int]int{}
	n := 0
	eachSampled(sample, sep, shape{}, func(_ int, cells []string) {
		if n < table.HeaderSearch {
			s.known = max(s.known, known(cells))
		}
		widths[len(cells)]++
		n++
	})
	if n > 0 {
		s.width = slices.MaxFunc(slices.Collect(maps.Keys(widths)), func(a, b int) int {
			return cmp.Or(cmp.Compare(widths[a], widths[b]), cmp.Compare(a, b)) // of as many the wider
		})
		s.even = float64(widths[s.width]) / float64(n)
	}
	return s
}

// shapeOf learns from the sample how wide the header is, the row in line headerRow or the one with most known columns, and
// which columns hold numbers.
func shapeOf(sample []byte, sep byte, headerRow int, known func(cells []string) int) shape {
	var shape shape
	header, best := 0, -1
	eachSampled(sample, sep, shape, func(line int, cells []string) { // as newFile finds it
		if n := known(cells); line == headerRow || headerRow == 0 && (best < 0 || n > best && n > 1) {
			header, best, shape.width = line, n, len(cells)
		}
	})
	filled := make([]int, shape.width)
	text := make([]bool, shape.width)
	eachSampled(sample, sep, shape, func(line int, cells []string) {
		if line <= header || len(cells) != shape.width {
			return
		}
		for i, c := range cells {
			if c = strings.TrimSpace(c); c != "" {
				filled[i]++
				text[i] = text[i] || !figure.IsFigure(c)
			}
		}
	})
	for i := range text {
		shape.numbers = append(shape.numbers, filled[i] > 0 && !text[i])
	}
	return shape
}

// eachSampled gives the first records of the sample that are not empty.
func eachSampled(sample []byte, sep byte, shape shape, take func(line int, cells []string)) {
	scan := newScanner(bytes.NewReader(sample), sep)
	scan.shape = shape
	for n := 0; n < sampleRecords; {
		line, cells, err := scan.record()
		if err != nil {
			return // the end, or a sample that stops in the middle of a quote
		}
		if !(table.Row{Cells: cells}).Blank() {
			take(line, cells)
			n++
		}
	}
}
