package files

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
)

// account gathers what a reading of the file comes by beside its products (files.md §1). Sources and readers of rows note
// things in it while they read; each reading from the first row to the last begins it anew.
type account struct {
	header    []string
	columns   listing.Columns
	unused    []listing.Ignored // one for each column
	notes     []listing.Note
	at        map[noteOf]int
	questions []listing.Question
	answers   listing.Answers
}

type noteOf struct {
	kind   listing.NoteKind
	column int
}

// begin begins the account of a reading of all rows, whose fields stand in columns; used are all that anything is read from.
func (a *account) begin(f *File, columns listing.Columns, used []int) {
	*a = account{header: f.header, columns: columns, unused: make([]listing.Ignored, len(f.header)), at: map[noteOf]int{}, answers: f.reading.Answers}
	for i, h := range f.header {
		if a.unused[i].Header = h; h == "" {
			a.unused[i].Header = mapping.Label(f.header, i)
		}
	}
	for _, i := range used {
		if i >= 0 && i < len(a.unused) {
			a.unused[i].Header = "" // it is used
		}
	}
}

// note counts what was made of a cell of a column.
func (a *account) note(kind listing.NoteKind, column int, cell string) {
	if a.at == nil { // nobody reads all rows yet
		return
	}
	key := noteOf{kind, column}
	n, known := a.at[key]
	if !known {
		n = len(a.notes)
		a.at[key] = n
		header := ""
		if column >= 0 && column < len(a.header) {
			header = a.header[column]
		}
		a.notes = append(a.notes, listing.Note{Kind: kind, Column: header, Sample: cell})
	}
	a.notes[n].Count++
}

// ask adds a question, once.
func (a *account) ask(q listing.Question) {
	for _, asked := range a.questions {
		if asked.ID == q.ID {
			return
		}
	}
	a.questions = append(a.questions, q)
}

// samplesShown is how many cells a question shows.
const samplesShown = 3

// askOf asks a question of a column the first time, adds to its samples then, and gives what was chosen, usual where nothing was.
func (a *account) askOf(kind listing.QuestionKind, header, usual, sample string, choices []string) (chosen string) {
	for i := range a.questions {
		q := &a.questions[i]
		if q.Kind != kind || q.About != header {
			continue
		}
		if len(q.Samples) < samplesShown && !slices.Contains(q.Samples, sample) {
			q.Samples = append(q.Samples, sample)
		}
		return q.Chosen
	}
	q := a.answers.Ask(kind, header, usual, choices, []string{sample})
	a.ask(q)
	return q.Chosen
}

// row notes which columns hold something that nothing is read from.
func (a *account) row(cells []string) {
	for i := range a.unused {
		u := &a.unused[i]
		if u.Header == "" || i >= len(cells) {
			continue
		}
		if text := strings.TrimSpace(cells[i]); text != "" {
			if u.Filled++; u.Sample == "" {
				u.Sample = text
			}
		}
	}
}

// Account is what the last reading of all rows has come by; the rows themselves it does not count.
func (f *File) Account() listing.Account {
	a := &f.account
	out := listing.Account{Columns: map[listing.Field]string{}, Notes: a.notes, Questions: a.questions}
	if f.sheets != nil {
		out.Sheets = f.sheets.account()
	}
	for field, all := range a.columns {
		for n, i := range all {
			if n == 0 {
				out.Columns[field] = a.header[i]
				continue
			}
			if out.Fallbacks == nil {
				out.Fallbacks = map[listing.Field][]string{}
			}
			out.Fallbacks[field] = append(out.Fallbacks[field], a.header[i])
		}
	}
	for _, u := range a.unused {
		if u.Filled > 0 {
			out.Ignored = append(out.Ignored, u)
		}
	}
	return out
}
