package files

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// feedSource is an XML file whose shape is known.
type feedSource struct {
	doc  *document
	enc  *charset // nil: as the file declares
	plan *feedPlan
}

// openFeed reads the whole file once: which element is a product, and which columns there are, can show
// in the last line only. A file that is cut off or not XML is refused here, before anything is taken.
func openFeed(doc *document) (*File, error) {
	s := &feedSource{doc: doc}
	head := make([]byte, min(doc.size, 3))
	if _, err := doc.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.HasPrefix(head, bomUTF16LE) || bytes.HasPrefix(head, bomUTF16BE) {
		enc, err := detectCharset(doc.from(0))
		if err != nil {
			return nil, err
		}
		s.enc = &enc
	}
	root, declared, err := s.survey()
	if broken := new(xml.SyntaxError); errors.As(err, &broken) && s.enc == nil && declared == utf8Name {
		// A file that says nothing, or UTF-8, and is Windows-1254: the commonest lie of them all.
		enc, guessErr := detectCharset(doc.from(0))
		if guessErr != nil {
			return nil, guessErr
		}
		if enc.decoder != nil {
			s.enc = &enc
			root, _, err = s.survey()
		}
	}
	if err != nil {
		return nil, err
	}
	if s.enc != nil {
		declared = s.enc.name
	}
	if s.plan, err = planFeed(root); err != nil {
		return nil, err
	}
	info := Info{Format: FormatXML, Encoding: declared, Element: s.plan.product.path()}
	if s.plan.variant != nil {
		info.Variant = s.plan.variant.path()
	}
	return &File{info: info, header: s.plan.header, src: s}, nil
}

const utf8Name = "utf-8"

// survey makes the tree of the file's elements and gives it with the encoding that was declared.
func (s *feedSource) survey() (root *element, declared string, err error) {
	walk, declares := s.walker(nil)
	root, err = walk.run(&surveyor{})
	return root, declares(), err
}

func (s *feedSource) rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		walk, _ := s.walker(s.plan.root)
		_, err := walk.run(newRecorder(s.plan, func(r Row) bool { return yield(r, nil) }))
		if err != nil && !errors.Is(err, errStopped) {
			yield(Row{}, err)
		}
	}
}

// walker begins anew at the start of the file. The encoding is known after the walk has begun.
func (s *feedSource) walker(tree *element) (w *feedWalker, declared func() string) {
	in := s.doc.from(0)
	if s.enc != nil {
		in = s.enc.reader(s.doc.from(s.enc.skip))
	}
	x := newXMLReader(&budget{in: &controlFilter{in: in}, left: s.doc.size*4 + 64}) // UTF-16 and 8-bit text grow when they are decoded
	name := utf8Name
	known := s.enc != nil
	x.decoder.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if known { // said before, by the mark or by an earlier declaration
			return r, nil
		}
		known = true
		own, decoder, ok := declaredCharset(label)
		if !ok {
			return nil, refuse("file.unknown-encoding", 1, errors.New(label))
		}
		name = own
		if decoder == nil {
			return r, nil
		}
		return decoder.NewDecoder().Reader(r), nil
	}
	// Shops write & without escaping it, and &nbsp; without declaring it. Nothing else is more lenient:
	// raw tokens are not closed by themselves, the walker holds every end against its beginning.
	x.decoder.Strict = false
	x.decoder.Entity = xml.HTMLEntity
	return &feedWalker{in: x, root: tree}, func() string { return name }
}

// declaredCharset knows the encodings of Turkish files; nil is one that is UTF-8.
func declaredCharset(label string) (name string, decoder encoding.Encoding, ok bool) {
	switch strings.NewReplacer("_", "-", " ", "").Replace(asciiLower(label)) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return utf8Name, nil, true
	case "windows-1254", "cp1254", "cp-1254", "x-cp1254":
		return "windows-1254", charmap.Windows1254, true
	case "iso-8859-9", "iso8859-9", "latin5", "latin-5", "l5", "iso-ir-148":
		return "iso-8859-9", charmap.ISO8859_9, true
	case "windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1":
		return "windows-1252", charmap.Windows1252, true
	case "iso-8859-15", "latin-9":
		return "iso-8859-15", charmap.ISO8859_15, true
	}
	return "", nil, false
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
