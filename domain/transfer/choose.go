package transfer

import (
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

// Field is everything that suggestions for one row are chosen from: the row, the catalogue without its
// archived products, and the İşbaşı products of the run.
type Field struct {
	Row     Row
	Offers  []matching.Offer
	Remotes []matching.Remote
}

// Choose gives at most n suggestions for the row, and the rivals: the other İşbaşı products that lead to a
// product which this one's barcode or code leads to. others are the barcodes of its other units.
func (f Field) Choose(others []domain.Barcode, n int) (best []matching.Suggestion, rivals []domain.RemoteID) {
	m := f.Row.Remote
	best = matching.Suggest(matching.Wanted{Code: m.Code, Barcode: m.Barcode, Name: m.Name, Others: others}, f.Offers, n)
	led := map[domain.ProductID]bool{}
	for _, s := range best {
		for _, e := range s.Why {
			switch e {
			case matching.ByBarcode, matching.ByCode, matching.BySpelling, matching.ByRestricted:
				led[s.Local] = true
			default:
			}
		}
	}
	var locals []matching.Local
	for _, o := range f.Offers {
		if led[o.ID] {
			locals = append(locals, o.Local)
		}
	}
	if len(locals) == 0 {
		return best, nil
	}
	for _, id := range matching.Rivals(locals, f.Remotes) {
		if id != m.ID {
			rivals = append(rivals, id)
		}
	}
	return best, rivals
}

// Choices is what a person needs to decide about one row: what it could be, and who else could be that.
type Choices struct {
	Row         Listed
	Suggestions []Suggestion // best first
	// Rivals are the other İşbaşı products of the run whose barcode or code leads to one of the suggested
	// products: the other side of a conflict or an ambiguity.
	Rivals []Listed
}

// Suggestion is a catalogue product that a row could be (T6).
type Suggestion struct {
	Product domain.Product
	Score   int                 // 1–99: nothing of T6 is certain
	Why     []matching.Evidence // the strongest first
	Against []matching.Evidence // what speaks against it all the same
	BoundTo domain.RemoteID     // its present partner, "" = it is free
}

// sure is the score from which a suggestion may be taken without being chosen first.
const sure = 80

// Sure tells whether the suggestion may be what Enter takes: nothing speaks against it (rules.md §2, T6).
func (s Suggestion) Sure() bool { return s.Score >= sure && len(s.Against) == 0 && s.BoundTo == "" }
