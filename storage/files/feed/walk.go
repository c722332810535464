package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/charset"
	"github.com/sopyo/sopyo-desktop/storage/files/document"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
)

// Limits of an XML file. Each is far beyond what shops have, and keeps memory bounded whatever the size.
const (
	maxDepth    = 100
	maxElements = 5_000 // different paths of elements and attributes
	maxName     = 200   // bytes of an element's name
)

// element is one path of elements or attributes ("@name") in a file, with what the file has of it.
type element struct {
	name     string
	key      string        // as domain.NameKey makes it
	field    listing.Field // that its name stands for by itself
	parent   *element
	children []*element
	byName   map[string]*element

	count int  // all of them
	here  int  // in the parent that is open
	most  int  // in one parent
	text  bool // one of them holds text
	words bool // one of them holds letters

	// Of one whose name says that it tells others apart: which texts there are, in how many of them, and the one that is open.
	tells  bool
	texts  []string
	filled int
	piece  []byte
}

func newElement(name string, parent *element) *element {
	e := &element{name: name, key: domain.NameKey(name), field: fieldOf(name), parent: parent}
	e.tells = isLabel(e.key) || e.field == listing.Currency || isLanguageLabel(e)
	return e
}

// leaf tells whether the element can hold a value: it has text, or could have had, as an attribute has.
func (e *element) leaf() bool { return e.text || len(e.children) == 0 }

// path is the way from the root, "products/product".
func (e *element) path() string { return e.pathFrom(nil) }

// pathFrom is the way from below an ancestor.
func (e *element) pathFrom(ancestor *element) string {
	if e.parent == nil || e.parent == ancestor {
		return e.name
	}
	return e.parent.pathFrom(ancestor) + "/" + e.name
}

// all gives the element and every one below it, in the order of the file.
func (e *element) all() []*element {
	all := []*element{e}
	for _, c := range e.children {
		all = append(all, c.all()...)
	}
	return all
}

func (e *element) within(ancestor *element) bool {
	for ; e != nil; e = e.parent {
		if e == ancestor {
			return true
		}
	}
	return false
}

// visitor is told what a walk meets, in the order of the file; it may end it with an error.
type visitor interface {
	open(e *element, line int) error
	value(e *element, text []byte) error // of an attribute, or a piece of an element's text
	close(e *element) error
}

// feedWalker goes through an XML file and grows the tree of its elements.
type feedWalker struct {
	in       *document.XMLReader
	root     *element // nil: not met yet
	begun    bool
	elements int
	open     []*element
	names    []xml.Name // of the open elements, as they are written
}

// run walks to the end. Errors are domain.KindFile with the line, *xml.SyntaxError as a cause of them, or
// the visitor's.
func (w *feedWalker) run(v visitor) (*element, error) {
	for {
		token, err := w.in.Next()
		if errors.Is(err, io.EOF) {
			if len(w.open) > 0 {
				return nil, refusal.New("file.broken", w.in.Line(), io.ErrUnexpectedEOF)
			}
			if !w.begun {
				return nil, refusal.Empty()
			}
			return w.root, nil
		}
		if err == nil {
			err = w.token(token, v)
		}
		if err != nil {
			return nil, w.located(err)
		}
	}
}

func (w *feedWalker) located(err error) error {
	var known *domain.Error
	switch {
	case errors.Is(err, document.ErrStopped), domain.KindOf(err) == domain.KindCancelled:
		return err
	case !errors.As(err, &known):
		return refusal.New("file.broken", w.in.Line(), err)
	case known.Field != "":
		return known
	}
	key := known.Detail
	if key == "file.too-large" {
		key = "file.cell-too-long" // the whole file is never too large: it is one value, name or comment
	}
	return refusal.New(key, w.in.Line(), known.Err)
}

func (w *feedWalker) token(token xml.Token, v visitor) error {
	switch t := token.(type) {
	case xml.StartElement:
		return w.start(t, v)
	case xml.EndElement:
		if len(w.open) == 0 || w.names[len(w.names)-1] != t.Name {
			return refusal.New("file.broken", w.in.Line(), errors.New("</"+t.Name.Local+"> closes nothing"))
		}
		err := v.close(w.top())
		w.open, w.names = w.open[:len(w.open)-1], w.names[:len(w.names)-1]
		return err
	case xml.CharData:
		if len(w.open) > 0 {
			return v.value(w.top(), t)
		}
		if w.begun && strings.TrimSpace(string(t)) != "" {
			return refusal.New("file.broken", w.in.Line(), errors.New("text behind the last element"))
		}
	case xml.Directive:
		// A document type can name files and addresses to be read, and texts that grow without end.
		return refusal.New("file.doctype", w.in.Line(), nil)
	}
	return nil
}

func (w *feedWalker) top() *element { return w.open[len(w.open)-1] }

func (w *feedWalker) start(t xml.StartElement, v visitor) error {
	if len(w.open) == maxDepth {
		return refusal.New("file.too-deep", w.in.Line(), nil)
	}
	var e *element
	var err error
	switch {
	case len(w.open) > 0:
		e, err = w.child(w.top(), t.Name.Local)
	case !w.begun:
		w.begun = true
		e, err = w.begin(t.Name.Local)
	default:
		err = refusal.New("file.broken", w.in.Line(), errors.New("a second root element"))
	}
	if err != nil {
		return err
	}
	w.open, w.names = append(w.open, e), append(w.names, t.Name)
	if err := v.open(e, w.in.Line()); err != nil {
		return err
	}
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || a.Name.Space == "xsi" || a.Name.Space == "xlink" ||
			a.Name.Space == "xml" && (a.Name.Local != "lang" || !heading.InLanguages(e.field) && !isLanguageGroup(e.key)) {
			continue
		}
		attr, err := w.child(e, "@"+a.Name.Local)
		if err != nil {
			return err
		}
		if err := errors.Join(v.open(attr, w.in.Line()), v.value(attr, []byte(a.Value)), v.close(attr)); err != nil {
			return err
		}
	}
	return nil
}

// begin gives the root, made anew or the one of an earlier walk.
func (w *feedWalker) begin(name string) (*element, error) {
	switch charset.ASCIILower(name) {
	case "html", "table", "head", "body", "meta":
		return nil, refusal.New("file.markup", 0, nil)
	case "workbook":
		return nil, refusal.New("file.old-excel", 0, nil) // Excel 2003's XML
	}
	if w.root == nil {
		w.root = newElement(name, nil)
	}
	return w.root, nil
}

func (w *feedWalker) child(parent *element, name string) (*element, error) {
	if e, ok := parent.byName[name]; ok {
		return e, nil
	}
	if w.elements++; w.elements > maxElements || len(name) > maxName {
		return nil, refusal.New("file.too-many-cells", w.in.Line(), nil)
	}
	e := newElement(name, parent)
	if parent.byName == nil {
		parent.byName = map[string]*element{}
	}
	parent.byName[name] = e
	parent.children = append(parent.children, e)
	return e, nil
}

// surveyor counts.
type surveyor struct{}

func (surveyor) open(e *element, _ int) error {
	e.count++
	e.here++
	e.most = max(e.most, e.here)
	for _, c := range e.children {
		c.here = 0
	}
	e.piece = e.piece[:0]
	return nil
}

func (surveyor) value(e *element, text []byte) error {
	if !e.text {
		e.text = !blankText(text)
	}
	e.words = e.words || bytes.ContainsFunc(text, unicode.IsLetter)
	if e.tells && len(e.texts) <= maxRepeats && len(e.piece) < maxName {
		e.piece = append(e.piece, text...)
	}
	return nil
}

func (surveyor) close(e *element) error {
	if name := bytes.TrimSpace(e.piece); e.tells && len(name) > 0 {
		e.filled++
		if !slices.ContainsFunc(e.texts, func(t string) bool { return t == string(name) }) {
			e.texts = append(e.texts, string(name))
		}
	}
	return nil
}

func blankText(text []byte) bool {
	for _, b := range text {
		if b != ' ' && b != '\n' && b != '\r' && b != '\t' {
			return false
		}
	}
	return true
}
