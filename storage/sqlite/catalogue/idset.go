package catalogue

import (
	"math/bits"

	"github.com/sopyo/sopyo-desktop/domain"
)

// set are products by their ids.
type set struct{ words []uint64 }

func newSet(last domain.ProductID) set { return set{make([]uint64, last/64+1)} }

// add tells whether there is a place for it.
func (s set) add(id domain.ProductID) bool {
	word := uint64(id) / 64
	if word >= uint64(len(s.words)) {
		return false
	}
	s.words[word] |= 1 << (uint64(id) % 64)
	return true
}

func (s set) has(id domain.ProductID) bool {
	word := uint64(id) / 64
	return word < uint64(len(s.words)) && s.words[word]>>(uint64(id)%64)&1 == 1
}

func (s set) keep(other set) {
	for i, word := range other.words {
		s.words[i] &= word
	}
}

func (s set) remove(other set) {
	for i, word := range other.words {
		s.words[i] &^= word
	}
}

func (s set) count() (n int) {
	for _, word := range s.words {
		n += bits.OnesCount64(word)
	}
	return n
}

// ids gives them in their order, those of a page; limit 0 is all.
func (s set) ids(desc bool, offset, limit int) (page []domain.ProductID) {
	last := len(s.words) - 1
	for i := range s.words {
		if desc {
			i = last - i
		}
		word := s.words[i]
		if n := bits.OnesCount64(word); n <= offset {
			offset -= n
			continue
		}
		for word != 0 {
			bit := bits.TrailingZeros64(word)
			if desc {
				bit = bits.Len64(word) - 1
			}
			word &^= 1 << bit
			if offset--; offset >= 0 {
				continue
			}
			if page = append(page, domain.ProductID(i*64+bit)); len(page) == limit {
				return page
			}
		}
		offset = 0
	}
	return page
}
