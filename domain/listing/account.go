package listing

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Account is what became of a file (files.md §1): nothing in it is passed over in silence.
type Account struct {
	// Rows hold anything. Refused ones are products that cannot be taken; NoProduct ones are headings, totals and the like.
	Rows, Refused, NoProduct int
	// Columns are the headers that the fields are read from. Where one is empty in a row, that of Fallbacks counts.
	Columns   map[Field]string
	Fallbacks map[Field][]string
	// Ignored are the columns that hold something and that nothing is read from.
	Ignored []Ignored
	Sheets  []Sheet // XLSX: all of them
	// Notes say what makes a product's value another than its cell's text, once for each kind and column.
	Notes []Note
	// Questions are those that the file asks, with what was answered.
	Questions []Question
}

// Ignored is a column that nothing is read from.
type Ignored struct {
	Header string
	Filled int    // cells
	Sample string // the first of them
	Looks  Field  // what its values look like, "" for nothing known
}

// Sheet is a part of a workbook.
type Sheet struct {
	Name string
	Rows int // below its header
	Read bool
}

// NoteKind says what was made of cells, as the last part of the translation key "file.note.…".
type NoteKind string

// The notes.
const (
	NoteFormat    NoteKind = "format"    // XLSX: what a person sees, by the cell's number format
	NoteUnit      NoteKind = "unit"      // a unit or a currency around a number was taken off
	NoteCurrency  NoteKind = "currency"  // the currency stands in the header, the cell or its format
	NoteEntity    NoteKind = "entity"    // &amp; and its like became letters
	NoteEncoding  NoteKind = "encoding"  // letters were written in another encoding than the file says, or twice
	NoteQuote     NoteKind = "quote"     // a quote is part of the text
	NoteShifted   NoteKind = "shifted"   // a row with one cell too many was put right
	NoteDecorated NoteKind = "decorated" // a GTIN with hyphens, blanks or words around it
	NoteSummed    NoteKind = "summed"    // several stocks were added up
	NoteOption    NoteKind = "option"    // size, colour and the like became part of the name
	NoteFilled    NoteKind = "filled"    // a name was filled down from the row above
	NoteGuard     NoteKind = "guard"     // a sign that keeps a text from becoming a formula was taken off
	NoteNet       NoteKind = "net"       // VAT was added to a price without it
	NoteShared    NoteKind = "shared"    // the stock is the product's, of which this is one of several variants
)

// Note is one kind of what was made of the cells of a column.
type Note struct {
	Kind   NoteKind
	Column string // its header, "" for the whole file
	Count  int    // cells
	Sample string // the first of them, as it stands in the file
}

// NoteKinds lists them all.
func NoteKinds() []NoteKind {
	return []NoteKind{
		NoteFormat, NoteUnit, NoteCurrency, NoteEntity, NoteEncoding, NoteQuote, NoteShifted, NoteDecorated, NoteSummed, NoteOption, NoteFilled,
		NoteGuard, NoteNet, NoteShared,
	}
}

// QuestionKind is what a question is about, the first part of its ID and the last of the translation key "file.question.…".
type QuestionKind string

// The questions, with their choices.
const (
	AskDecimals QuestionKind = "decimals" // of a column in which every number could be both: "thousands", "decimals"
	AskUnused   QuestionKind = "unused"   // a column that looks like a field that none is read from: "ignore", that field
	AskColumn   QuestionKind = "column"   // several columns for one field, filled with different values: their headers
	AskSheet    QuestionKind = "sheet"    // several sheets with products: their names, "all"
	AskEncoding QuestionKind = "encoding" // letters that may be of several encodings: the encodings
	AskRepeated QuestionKind = "repeated" // rows of one product with different values: "sum" the stock, "last", "separate"
	AskZero     QuestionKind = "zero"     // prices of 0 in a column: "leave" them, which is usual, "take" them
)

// Choices that are no name or field of the file's own.
const (
	ChooseThousands = "thousands"
	ChooseDecimals  = "decimals"
	ChooseIgnore    = "ignore"
	ChooseAll       = "all"
	ChooseSum       = "sum" // the stock; of all else the last row counts
	ChooseLast      = "last"
	ChooseSeparate  = "separate" // each row is a product of its own
	ChooseLeave     = "leave"
	ChooseTake      = "take"
)

// QuestionKinds lists them all.
func QuestionKinds() []QuestionKind {
	return []QuestionKind{AskDecimals, AskUnused, AskColumn, AskSheet, AskEncoding, AskRepeated, AskZero}
}

// OfHeader tells whether such a question is about a column, by its header; its choices are words of ours then.
func (k QuestionKind) OfHeader() bool { return k == AskDecimals || k == AskUnused || k == AskZero }

// Question is something about a file that a person has to say.
type Question struct {
	ID      string // its kind, and behind a colon the column's header or the field that it is about, if any
	Kind    QuestionKind
	About   string // what stands behind the colon
	Choices []string
	Samples []string     // a few of the cells that it is about, or of what each choice makes of them
	Rows    []ProductRow // of AskRepeated, in their place: a few of the rows that differ
	// Chosen is what was answered, or what is taken where nothing is answered; "" = it is open, and nothing is written.
	Chosen string
}

// Open tells whether nothing is written before it is answered.
func (q Question) Open() bool { return q.Chosen == "" }

// Answers are what a person has said to questions, by their IDs.
type Answers map[string]string

// Open gives the questions that are open.
func (a *Account) Open() (open []Question) {
	for _, q := range a.Questions {
		if q.Open() {
			open = append(open, q)
		}
	}
	return open
}

// Ask makes a question, with what was answered if that is one of the choices, else with usual ("": it is open).
func (a Answers) Ask(kind QuestionKind, about, usual string, choices, samples []string) Question {
	q := Question{ID: string(kind), Kind: kind, About: about, Choices: choices, Samples: samples, Chosen: usual}
	if about != "" {
		q.ID += ":" + about
	}
	for _, c := range choices {
		if a[q.ID] == c {
			q.Chosen = c
		}
	}
	return q
}

// Check refuses answers to what no such file asks, and choices that a question does not have: KindInvalid, whose Err names
// those there are. One that this file could ask and does not is let be: whoever takes such a file every night has answered it.
func (a *Account) Check(answers Answers) error {
	asked := map[string]Question{}
	var ids []string
	for _, q := range a.Questions {
		asked[q.ID] = q
		ids = append(ids, q.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(answers)) {
		choice := answers[id]
		q, ok := asked[id]
		switch {
		case !ok && a.couldAsk(id):
		case !ok:
			return refused(id, "file.unknown-question", ids)
		case !slices.Contains(q.Choices, choice):
			return refused(id+"="+choice, "file.unknown-choice", q.Choices)
		}
	}
	return nil
}

// couldAsk tells whether a question of that ID is about a column or a field that there is, or about the whole file.
func (a *Account) couldAsk(id string) bool {
	kind, about, _ := strings.Cut(id, ":")
	if !slices.Contains(QuestionKinds(), QuestionKind(kind)) {
		return false
	}
	if about == "" {
		return !QuestionKind(kind).OfHeader()
	}
	if _, taken := a.Columns[Field(about)]; taken && QuestionKind(kind) == AskColumn {
		return true
	}
	headers := slices.Collect(maps.Values(a.Columns))
	for _, more := range a.Fallbacks {
		headers = append(headers, more...)
	}
	for _, i := range a.Ignored {
		headers = append(headers, i.Header)
	}
	return QuestionKind(kind).OfHeader() && slices.Contains(headers, about)
}

func refused(what, why string, there []string) error {
	e := domain.Invalid(what, why)
	if len(there) > 0 {
		e.Err = errors.New(strings.Join(there, ", "))
	}
	return e
}
