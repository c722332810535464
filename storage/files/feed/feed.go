// Package feed lays the XML of shops out as a table: it finds the element that is a product and the one that is a variant, the prices, stocks and
// languages below them, and gives each its column. A file is read once to learn its shape, and once more for its rows.
package feed

import (
	"cmp"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"regexp"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// feedSource is an XML file whose shape is known.
type feedSource struct {
	doc      *document.Document
	enc      charset.Guess // zero: UTF-8, in which nothing is wrong
	declared string        // the encoding that it says
	lie      bool          // which it does not have
	plan     *feedPlan
}

// Feed is an XML file whose elements have been laid out as a table.
type Feed struct {
	table.Source
	Info    table.Info
	Header  []string           // names of the columns: paths below the product, or names of fields
	Asks    []listing.Question // which of several prices counts
	Besides []int              // columns that count where others are blank or 0
}

// Open reads the whole file once: which element is a product, and which columns there are, can show
// in the last line only. A file that is cut off or not XML is refused here, before anything is taken.
func Open(doc *document.Document, answers listing.Answers) (*Feed, error) {
	s := &feedSource{doc: doc}
	if err := s.declare(); err != nil {
		return nil, err
	}
	root, err := s.walker(nil).run(surveyor{})
	if broken := new(xml.SyntaxError); errors.As(err, &broken) && s.enc.Name == "" {
		// Perhaps it says nothing, or UTF-8, and is Windows-1254, the commonest lie of them all.
		if s.enc, err = charset.GuessOf(doc.Reader()); err != nil {
			return nil, err
		}
		s.lie = s.declared != "" && (s.enc.Name != charset.UTF8 || s.enc.Mixed)
		root, err = s.walker(nil).run(surveyor{})
	}
	if err != nil {
		return nil, err
	}
	if s.plan, err = planFeed(root, answers); err != nil {
		return nil, err
	}
	info := table.Info{Format: table.XML, Encoding: cmp.Or(s.enc.Name, charset.UTF8), Element: s.plan.product.path()}
	if s.plan.variant != nil {
		info.Variant = s.plan.variant.path()
	}
	if s.lie {
		info.Misread = &table.CellNote{Kind: listing.NoteEncoding, Column: table.WholeFile, Cell: s.declared}
	}
	f := &Feed{Source: s, Info: info, Header: s.plan.header, Asks: s.plan.asks}
	for _, i := range s.plan.instead {
		f.Besides = append(f.Besides, i.from)
	}
	return f, nil
}

// declare reads which encoding the file says it has, and holds the bytes against it: they decide. One that says
// UTF-8 is read so until something is wrong.
func (s *feedSource) declare() error {
	head := make([]byte, min(s.doc.Size, 512))
	if _, err := s.doc.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if found := declaredEncoding.FindSubmatch(charset.Beginning(head)); found != nil {
		s.declared = string(found[1])
	}
	wide := charset.UTF16Of(head[:min(len(head), 64)])
	said := charset.Of(s.declared)
	if wide.Name == "" && (s.declared == "" || said.Name == charset.UTF8) {
		return nil
	}
	by, err := charset.GuessOf(s.doc.Reader())
	if err != nil {
		return err
	}
	s.enc = by
	wants16 := strings.HasPrefix(charset.ASCIILower(s.declared), "utf-16") || strings.HasPrefix(charset.ASCIILower(s.declared), "utf16")
	switch {
	case wide.Name != "":
		s.lie = s.declared != "" && !wants16
	case by.Name == charset.UTF8 && by.Plain && said.Name != "": // the same in both
		s.enc = charset.Guess{Charset: said}
	case by.Name == charset.UTF8, wants16:
		s.lie = true
	case by.Name == said.Name, by.IsOf(said.Name):
		s.enc = charset.Guess{Charset: said}
	case said.Name == "":
		return refusal.New("file.unknown-encoding", 1, errors.New(s.declared))
	case charset.IsScript(said.Name) && by.Latin():
		s.lie = true
	case said.Name == "windows-1252" && by.Six && by.Others == nil:
		s.lie = true
	case by.Name == "windows-1254", by.Name == "iso-8859-9", by.Others != nil: // bytes do not tell these from its like
		s.enc = charset.Guess{Charset: said}
	default:
		s.lie = true
	}
	return nil
}

// declaredEncoding is that of a declaration at the beginning of a file.
var declaredEncoding = regexp.MustCompile(`^<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']`)

// Rows gives a row for each product or variant, as table.Source has it.
func (s *feedSource) Rows() iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		_, err := s.walker(s.plan.root).run(newRecorder(s.plan, func(r table.Row) bool { return yield(r, nil) }))
		if err != nil && !errors.Is(err, document.ErrStopped) {
			yield(table.Row{}, err)
		}
	}
}

// walker begins anew at the start of the file.
func (s *feedSource) walker(tree *element) *feedWalker {
	in := s.doc.Reader()
	if s.enc.Name != "" {
		in = s.enc.Reader(in)
	}
	w := &feedWalker{root: tree, in: document.NewXMLReader(&controlFilter{in: in})}
	w.in.Lenient() // the walker holds every end against its beginning
	return w
}

// controlFilter turns the control characters that XML does not have, but copied texts do, into blanks.
// NUL is refused: such a file is no text.
type controlFilter struct{ in io.Reader }

func (f *controlFilter) Read(p []byte) (int, error) {
	n, err := f.in.Read(p)
	for i, b := range p[:n] {
		switch {
		case b >= ' ' || b == '\n' || b == '\r' || b == '\t':
		case b == 0:
			return i, refusal.New("file.nul", 0, nil)
		default:
			p[i] = ' '
		}
	}
	return n, err
}
