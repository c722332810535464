package catalogue

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"

	"github.com/sopyo/sopyo-desktop/domain"
)

// list goes over the products of a segment that have a trigram, in the order of their ids.
type list struct {
	content []byte // what is left of it
	whole   []int  // so many bytes before the end of it an id stands by itself; all others are told by the distance from the one before
	err     error

	product domain.ProductID
	where   []byte // in its text
}

// list finds that of a trigram in a segment.
func (l *lookup) list(ctx context.Context, segment int, trigram string) (*list, error) {
	found, s := &list{}, l.segments[segment]
	var starts []int // of ids that stand by themselves
	rows, err := l.pages.QueryContext(ctx, s.id<<pageBits+l.at[segment][trigram], s.id<<pageBits+s.last)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for more := true; more && rows.Next(); {
		var block sql.RawBytes
		if err := rows.Scan(&block); err != nil {
			return nil, err
		}
		p, ok := openPage(block)
		if !ok {
			return nil, errForm
		}
		from, to := pageHead, p.firstTerm()
		if len(starts) == 0 {
			if from, to, more, ok = p.seek(trigram); !ok {
				return nil, errForm
			}
			if from == 0 {
				return found, nil
			}
			starts = append(starts, 0)
		} else {
			more = !p.hasTerms()
			if id := p.firstProduct(); id >= from && id < to {
				if at := len(found.content) + id - from; starts[len(starts)-1] != at {
					starts = append(starts, at)
				}
			}
		}
		found.content = append(found.content, block[from:to]...)
	}
	for _, at := range starts {
		found.whole = append(found.whole, len(found.content)-at)
	}
	return found, rows.Err()
}

// next goes to the next product, if there is one and the list is in order.
func (l *list) next() bool {
	left := len(l.content)
	if left == 0 {
		return false
	}
	id, n := varint(l.content)
	if n == 0 {
		return l.fail()
	}
	if len(l.whole) > 0 && l.whole[0] == left {
		l.whole = l.whole[1:]
		l.product = 0
	}
	l.product += domain.ProductID(id)
	size, m := varint(l.content[n:])
	l.content = l.content[n+m:]
	if m == 0 || size&1 != 0 || size < 0 || size/2 > int64(len(l.content)) { // odd: of a deletion, which has tombstones here
		return l.fail()
	}
	l.where, l.content = l.content[:size/2], l.content[size/2:]
	return true
}

func (l *list) fail() bool {
	l.err, l.content = errForm, nil
	return false
}

// occurrence is a place in a product's text.
type occurrence struct {
	product domain.ProductID
	at      int64
}

// occurrences gives all of a list, but for products that are gone. An error is the list's.
func (l *list) occurrences(gone set) []occurrence {
	all := make([]occurrence, 0, len(l.content)/4)
	for l.next() {
		if gone.Has(l.product) {
			continue
		}
		for at, where := int64(0), l.where; len(where) > 0; {
			if at, where = l.place(at, where); l.err != nil {
				return nil
			}
			all = append(all, occurrence{l.product, at})
		}
	}
	return all
}

// among gives those that the trigram of this list follows at a distance, as occurrences does.
func (l *list) among(gone set, begun []occurrence, distance int64) (kept []occurrence) {
	for len(begun) > 0 && l.next() {
		for len(begun) > 0 && begun[0].product < l.product {
			begun = begun[1:]
		}
		if len(begun) == 0 || begun[0].product > l.product || gone.Has(l.product) {
			continue
		}
		for at, where := int64(0), l.where; len(where) > 0; {
			if at, where = l.place(at, where); l.err != nil {
				return nil
			}
			for len(begun) > 0 && begun[0].product == l.product && begun[0].at+distance < at {
				begun = begun[1:]
			}
			if len(begun) > 0 && begun[0].product == l.product && begun[0].at+distance == at {
				kept = append(kept, begun[0])
			}
		}
	}
	return kept
}

// place reads the next place of a trigram in a text: two more than its distance from the one before.
func (l *list) place(before int64, where []byte) (at int64, left []byte) {
	distance, n := varint(where)
	if n == 0 || distance < 2 { // 1 would be the next column
		l.fail()
		return 0, nil
	}
	return before + distance - 2, where[n:]
}

// page is one of a segment: terms, each with its products behind it, and at its end where they begin.
type page struct {
	block []byte
	end   int // of the content
}

func openPage(block []byte) (page, bool) {
	if len(block) < pageHead {
		return page{}, false
	}
	p := page{block, int(binary.BigEndian.Uint16(block[2:]))}
	return p, p.end >= pageHead && p.end <= len(block) && p.firstTerm() >= pageHead && p.firstTerm() <= p.end
}

// firstProduct is where the first id of the page stands, 0 where there is none.
func (p page) firstProduct() int { return int(binary.BigEndian.Uint16(p.block)) }

func (p page) hasTerms() bool { return p.end < len(p.block) }

// firstTerm is where the first term stands, the end of the page where there is none.
func (p page) firstTerm() int {
	if !p.hasTerms() {
		return p.end
	}
	at, _ := varint(p.block[p.end:])
	return int(at)
}

// seek finds the products of a term: from is 0 where it is not here; more: they go on on the next page.
func (p page) seek(term string) (from, to int, more, ok bool) {
	asked := append([]byte{termPrefix}, term...)
	starts := varints{p.block[p.end:], true}
	var here []byte
	at := 0
	for first := true; len(starts.left) > 0; first = false {
		at += int(starts.next())
		if at < 0 || at >= p.end {
			return 0, 0, false, false
		}
		r := varints{p.block[at:p.end], true}
		same := int64(0) // bytes as in the term before
		if !first {
			same = r.next()
		}
		n := r.next()
		if !r.ok || !starts.ok || same < 0 || same > int64(len(here)) || n < 0 || n > int64(len(r.left)) {
			return 0, 0, false, false
		}
		here = append(here[:same], r.left[:n]...)
		if !bytes.Equal(here, asked) {
			continue
		}
		from, to = p.end-len(r.left)+int(n), p.end
		if more = len(starts.left) == 0; !more {
			to = at + int(starts.next())
		}
		return from, to, more, starts.ok && to >= from && to <= p.end
	}
	return 0, 0, false, true
}
