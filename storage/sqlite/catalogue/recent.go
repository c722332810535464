package catalogue

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"github.com/sopyo/sopyo-desktop/domain"
)

// recent are the last searches whose hits are all known. One that asks for more than one of them finds some of its hits and no
// other, as long as the index is the same.
type recent struct {
	mu       sync.Mutex
	index    []byte // what the index is made of, as it says itself: another after every change
	searches []search
}

type search struct {
	group   domain.ProductGroup
	phrases []string
	hits    []domain.ProductID
}

// remembered is how many searches are: a line that is typed word by word asks for those of some letters ago.
const remembered = 8

// among gives products among which all are that a search for those phrases finds in that group; ok tells that they are known.
func (r *recent) among(index []byte, group domain.ProductGroup, phrases []string) (hits []domain.ProductID, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !bytes.Equal(index, r.index) {
		return nil, false
	}
	for _, s := range slices.Backward(r.searches) {
		if (s.group == domain.ProductsAll || s.group == group) && s.covers(phrases) {
			return s.hits, true
		}
	}
	return nil, false
}

// covers tells whether all that has the phrases has those of s.
func (s search) covers(phrases []string) bool {
	for _, asked := range s.phrases {
		if !slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(p, asked) }) {
			return false
		}
	}
	return true
}

// keep remembers all that a search found; nobody changes hits any more.
func (r *recent) keep(index []byte, group domain.ProductGroup, phrases []string, hits []domain.ProductID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !bytes.Equal(index, r.index) {
		r.index, r.searches = index, nil
	}
	if len(r.searches) == remembered {
		r.searches = slices.Delete(r.searches, 0, 1)
	}
	r.searches = append(r.searches, search{group, phrases, hits})
}
