package database

import "math/bits"

// Set are rows of a table by their ids, a bit for each id between two bounds.
type Set[ID ~int64] struct {
	first int64 // a multiple of 64
	words []uint64
}

// NewSet makes an empty one with room for the ids from first to last, which are 0 or more.
func NewSet[ID ~int64](first, last ID) Set[ID] {
	from := int64(first) / 64
	return Set[ID]{from * 64, make([]uint64, max(int64(last)/64-from+1, 0))}
}

// Add tells whether there is room for it.
func (s Set[ID]) Add(id ID) bool {
	at := uint64(int64(id) - s.first)
	if at/64 >= uint64(len(s.words)) {
		return false
	}
	s.words[at/64] |= 1 << (at % 64)
	return true
}

// Fill adds all there is room for, which may be some more than was asked for.
func (s Set[ID]) Fill() {
	for i := range s.words {
		s.words[i] = ^uint64(0)
	}
}

// Has tells whether it is one of them.
func (s Set[ID]) Has(id ID) bool {
	at := uint64(int64(id) - s.first)
	return at/64 < uint64(len(s.words)) && s.words[at/64]>>(at%64)&1 == 1
}

// Keep leaves those that are in another set too.
func (s Set[ID]) Keep(other Set[ID]) {
	for i := range s.words {
		s.words[i] &= other.word(s, i)
	}
}

// Remove leaves those that are not in another set.
func (s Set[ID]) Remove(other Set[ID]) {
	for i := range s.words {
		s.words[i] &^= other.word(s, i)
	}
}

// word is the one that stands where another set has its i-th.
func (s Set[ID]) word(other Set[ID], i int) uint64 {
	at := uint64(int64(i) + (other.first-s.first)/64)
	if at >= uint64(len(s.words)) {
		return 0
	}
	return s.words[at]
}

// Count tells how many they are.
func (s Set[ID]) Count() (n int) {
	for _, word := range s.words {
		n += bits.OnesCount64(word)
	}
	return n
}

// IDs gives them in their order, those of a page; limit 0 is all.
func (s Set[ID]) IDs(desc bool, offset, limit int) (page []ID) {
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
			if page = append(page, ID(s.first+int64(i*64+bit))); len(page) == limit {
				return page
			}
		}
		offset = 0
	}
	return page
}

// Walk gives those of an order that are on a page; limit 0 is all.
func (s Set[ID]) Walk(order []ID, offset, limit int) (page []ID) {
	for _, id := range order {
		if !s.Has(id) {
			continue
		}
		if offset--; offset >= 0 {
			continue
		}
		if page = append(page, id); len(page) == limit {
			return page
		}
	}
	return page
}
