package domain

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// SortKey makes the bytes by which text is sorted in Turkish: a, b, c, ç … ı, i … ; compare them with
// bytes.Compare, or as a BLOB in SQL. What differs in case or in accents alone has the same key: to tell these apart as well would
// make a key two and a half times as long. Most characters take a byte. It may be called from several goroutines.
func SortKey(s string) []byte {
	s = strings.Trim(s, " ")
	a := sorted()
	key := make([]byte, 0, len(s))
	for _, r := range s {
		if int(r) >= len(a.latin) || a.latin[r] == nil {
			return a.short(make([]byte, 0, len(s)), collated(clean(s)))
		}
		key = append(key, a.latin[r]...)
	}
	return key
}

// ShortenedKey makes a SortKey of a key that an older program has stored: two bytes a weight, and in the oldest ones what tells
// case and accents apart behind two zeros.
func ShortenedKey(old []byte) []byte {
	for n := 0; n+1 < len(old); n += 2 {
		if old[n] == 0 && old[n+1] == 0 {
			old = old[:n]
		}
	}
	return sorted().short([]byte{}, old)
}

// collators are kept because one is costly to make and serves one goroutine at a time.
var collators = sync.Pool{New: func() any { return &collator{Collator: collate.New(language.Turkish, collate.Loose)} }}

type collator struct {
	*collate.Collator
	buf collate.Buffer
}

// collated gives the weights of text: two bytes each, those of ideographs three, of which the first is 0x80 or more.
func collated(s string) []byte {
	c := collators.Get().(*collator)
	defer collators.Put(c)
	defer c.buf.Reset()
	return bytes.Clone(c.KeyFromString(&c.buf, s))
}

// alphabet shortens weights without changing their order.
type alphabet struct {
	common []uint16 // the weights that take one byte, in order
	// latin has the key of each character up to U+017F that has one of its own, whatever stands beside it.
	latin [0x180][]byte
}

// short appends weights to a key: a common one as 2n+1, where n is its place; any other as 2n, where n is the place it would
// have, and itself behind.
func (a *alphabet) short(key, weights []byte) []byte {
	for ; len(weights) >= 2; weights = weights[2:] {
		if weights[0] >= 0x80 && len(weights) > 2 { // behind all that are common
			key = append(key, byte(2*len(a.common)), weights[0])
			key, weights = append(key, weights[1:3]...), weights[1:]
			continue
		}
		n, common := slices.BinarySearch(a.common, binary.BigEndian.Uint16(weights))
		if common {
			key = append(key, byte(2*n+1))
		} else {
			key = append(key, byte(2*n), weights[0], weights[1])
		}
	}
	return key
}

// sorted is the alphabet; the common weights are those of ASCII and of the Turkish letters. They are stored in keys: what
// changes them, a newer collation too, needs a migration that writes the keys anew.
var sorted = sync.OnceValue(func() *alphabet {
	a := &alphabet{}
	for r := ' '; r <= '~'; r++ {
		a.add(string(r))
	}
	a.add("çğıöşü")
	for r := rune(' '); int(r) < len(a.latin); r++ {
		switch {
		case r != ' ' && unicode.IsSpace(r), visible(r) < 0: // at an end of the text they count for nothing
		case unicode.IsControl(r):
		case r == '·': // with an l in front of it, it has weights of its own
		default:
			a.latin[r] = a.short([]byte{}, collated(string(r)))
		}
	}
	return a
})

func (a *alphabet) add(text string) {
	for weights := collated(text); len(weights) >= 2; weights = weights[2:] {
		w := binary.BigEndian.Uint16(weights)
		if n, ok := slices.BinarySearch(a.common, w); !ok {
			a.common = slices.Insert(a.common, n, w)
		}
	}
}
