package files

import (
	"encoding/xml"
	"errors"
	"io"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// feedSource is an XML file whose shape is known.
type feedSource struct {
	doc  *document
	enc  charset // zero: as the file declares
	plan *feedPlan
}

// openFeed reads the whole file once: which element is a product, and which columns there are, can show
// in the last line only. A file that is cut off or not XML is refused here, before anything is taken.
func openFeed(doc *document, answers listing.Answers) (*File, error) {
	s := &feedSource{doc: doc}
	walk := s.walker(nil)
	root, err := walk.run(surveyor{})
	if broken := new(xml.SyntaxError); errors.As(err, &broken) {
		// Perhaps it says nothing, or UTF-8, and is UTF-16 or Windows-1254, the commonest lie of them all.
		if s.enc, err = detectCharset(doc.reader()); err != nil {
			return nil, err
		}
		walk = s.walker(nil)
		root, err = walk.run(surveyor{})
	}
	if err != nil {
		return nil, err
	}
	if s.plan, err = planFeed(root, answers); err != nil {
		return nil, err
	}
	info := Info{Format: FormatXML, Encoding: walk.encoding, Element: s.plan.product.path()}
	if s.plan.variant != nil {
		info.Variant = s.plan.variant.path()
	}
	return &File{info: info, header: s.plan.header, src: s, asks: s.plan.asks}, nil
}

func (s *feedSource) rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		_, err := s.walker(s.plan.root).run(newRecorder(s.plan, func(r Row) bool { return yield(r, nil) }))
		if err != nil && !errors.Is(err, errStopped) {
			yield(Row{}, err)
		}
	}
}

// walker begins anew at the start of the file.
func (s *feedSource) walker(tree *element) *feedWalker {
	in, known := s.doc.reader(), s.enc.name != ""
	w := &feedWalker{root: tree, encoding: utf8Name}
	if known {
		in, w.encoding = s.enc.reader(in), s.enc.name
	}
	w.in = newXMLReader(&controlFilter{in: in})
	w.in.decoder.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if known { // said before, by the mark or by an earlier declaration
			return r, nil
		}
		known = true
		enc := charsetOf(label)
		switch w.encoding = enc.name; enc.name {
		case "":
			return nil, refuse("file.unknown-encoding", 1, errors.New(label))
		case utf8Name: // as it is: wrong bytes are not to be replaced, they show what it really is
			return r, nil
		}
		return enc.reader(r), nil
	}
	// Shops write & without escaping it, and &nbsp; without declaring it. Nothing else is more lenient:
	// raw tokens are not closed by themselves, the walker holds every end against its beginning.
	w.in.decoder.Strict = false
	w.in.decoder.Entity = xml.HTMLEntity
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
			return i, refuse("file.nul", 0, nil)
		default:
			p[i] = ' '
		}
	}
	return n, err
}
