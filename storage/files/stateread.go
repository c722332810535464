package files

import (
	"maps"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/states"
)

// state reads the columns of states, active only if none says otherwise; "" leaves a product's state as it is.
func (r *rowReader) state() domain.ProductState {
	s := r.text(listing.State)
	if s == "" {
		return ""
	}
	first := r.at(listing.State)
	state, ok := r.as.states[first][states.Key(s)]
	if !ok {
		r.problem(listing.State, s, listing.UnknownState)
	}
	for _, i := range r.as.cols[listing.State] { // it is on sale only where no column says otherwise
		if other := r.as.states[i][states.Key(r.cellAt(i))]; state == domain.ProductActive && other != "" {
			state = other
		}
	}
	return state
}

// states gives what the columns of states mean, and cols without those that hold none in their first rows: what is called
// "Durum" may just as well be new or used, or a message.
func (f *File) states(cols listing.Columns) (listing.Columns, map[int]states.States, error) {
	columns := cols[listing.State]
	if len(columns) == 0 {
		return cols, nil, nil
	}
	of, filled, known, signs := map[int]states.States{}, map[int]bool{}, map[int]bool{}, map[int]map[string]bool{}
	for _, i := range columns {
		of[i], signs[i] = states.Of(f.header[i]), map[string]bool{}
	}
	n := 0
	for row, err := range f.Rows() {
		if err != nil {
			return nil, nil, err
		}
		for _, i := range columns {
			if i >= len(row.Cells) {
				continue
			}
			if s := strings.TrimSpace(row.Cells[i]); s != "" {
				filled[i] = true
				key := states.Key(s)
				if _, is := of[i][key]; is {
					known[i] = true
				}
				if len(signs[i]) < states.MostSigns && domain.NameKey(key) == "" {
					signs[i][key] = true
				}
			}
		}
		if n++; n == markSample {
			break
		}
	}
	for _, i := range columns {
		known[i] = of[i].Signed(f.header[i], signs[i]) || known[i]
	}
	cols = maps.Clone(cols)
	cols[listing.State] = slices.DeleteFunc(slices.Clone(columns), func(i int) bool { return filled[i] && !known[i] })
	if len(cols[listing.State]) == 0 {
		delete(cols, listing.State)
	}
	return cols, of, nil
}

// longestState is how many bytes the words of a state have.
const longestState = 100

// findStates takes columns for those of states whose headers say what it is about, but may be of something else as well, and
// whose cells are all words or signs of states: "Satış" with Açık and Kapalı.
func (f *File) findStates(cols listing.Columns) error {
	of := map[int]states.States{}
	for i, h := range f.header {
		if slices.Contains([]string{"satis", "yayin", "listeleme", "satisdurum", "internet", "eticaret", "web", "site"}, domain.NameKey(h)) && !isTaken(cols, i) {
			of[i] = states.Of(h)
			for _, short := range []string{"1", "0", "a", "t", "p", "f", "e", "h", "y", "n", "x"} {
				delete(of[i], short)
			}
			of[i].Ticked(h)
		}
	}
	if len(of) == 0 {
		return nil
	}
	filled, n := map[int]bool{}, 0
	for row, err := range f.Rows() {
		if err != nil {
			return err
		}
		for i, known := range of {
			text := strings.TrimSpace(row.Cells[i])
			if text == "" {
				continue
			}
			if filled[i] = true; len(text) > longestState || known[states.Key(text)] == "" {
				delete(of, i)
			}
		}
		if n++; n == markSample || len(of) == 0 {
			break
		}
	}
	for i := range f.header {
		if of[i] != nil && filled[i] {
			cols[listing.State] = append(cols[listing.State], i)
		}
	}
	return nil
}
