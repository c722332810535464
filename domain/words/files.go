package words

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// Field names a field of products.
func (w Words) Field(f listing.Field) string { return w.T("import.field." + string(f)) }

// Problem says what is wrong in a row of a file, and of which field.
func (w Words) Problem(p listing.Problem) string {
	why := w.T("file.reason." + string(p.Reason))
	if p.Field == "" {
		return why
	}
	return w.T("import.problem", w.Field(p.Field), why)
}

// FileNote says what was made of the cells of a column.
func (w Words) FileNote(n listing.Note) string {
	said := w.T("file.note."+string(n.Kind), n.Count)
	if n.Sample != "" {
		said = w.T("file.note.sample", said, n.Sample)
	}
	if n.Column != "" {
		said = w.T("file.note.of", n.Column, said)
	}
	return said
}

// Question asks what a file leaves open.
func (w Words) Question(q listing.Question) string {
	about := q.About
	if q.Kind == listing.AskColumn {
		about = w.Field(listing.Field(q.About))
	}
	said := w.T("file.question."+string(q.Kind), about)
	if len(q.Samples) > 0 {
		said = w.T("file.question.samples", said, strings.Join(q.Samples, " · "))
	}
	return said
}

// Choice says what a choice of a question means.
func (w Words) Choice(q listing.Question, choice string) string {
	key := "file.question." + string(q.Kind)
	switch {
	case q.Kind == listing.AskColumn, q.Kind == listing.AskEncoding, q.Kind == listing.AskSheet && choice != listing.ChooseAll:
		return choice
	case q.Kind == listing.AskUnused && choice != listing.ChooseIgnore:
		return w.T(key+".take", w.Field(listing.Field(choice)))
	case q.Kind == listing.AskDecimals && len(q.Samples) > 0:
		return w.T(key+"."+choice+".sample", q.Samples[0], w.readAs(q.Samples[0], choice))
	default:
		return w.T(key + "." + choice)
	}
}

// readAs writes a number by what its last mark is taken for, in plain digits: they look the same in no two ways.
func (w Words) readAs(cell, choice string) string {
	number := strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789.,", r) {
			return r
		}
		return -1
	}, cell), ".,")
	digits := strings.NewReplacer(".", "", ",", "")
	at := strings.LastIndexAny(number, ".,")
	if at < 0 || choice == listing.ChooseThousands {
		return digits.Replace(number)
	}
	mark := ","
	if w.Lang == "en" {
		mark = "."
	}
	return strings.TrimSuffix(digits.Replace(number[:at])+mark+strings.TrimRight(number[at+1:], "0"), mark)
}
