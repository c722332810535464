package catalogue

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// set are products by their ids.
type set = database.Set[domain.ProductID]

// index is the search index as FTS5 keeps it: each segment holds products of its own, and for each trigram which of them have
// it, and where. It is read here and written by FTS5 alone, which hands out one product at a time and goes over as many
// thousands in a tenth of a second as are read here in a hundredth. Its form stands at the head of FTS5's fts5_index.c.
type index struct {
	structure []byte // another after every change
	segments  []segment
	last      domain.ProductID // no product has a higher id
}

// segment is a part of the index: pages first to last, and those with the products that have left it.
type segment struct {
	id, first, last, tombstones int64
}

// errForm says that the index is not as it is known here. FTS5 itself has to be asked.
var errForm = errors.New("the search index has another form")

const (
	structureID     = 10         // the row that lists the segments
	pageBits        = 37         // a row's number is a segment's, and below these bits that of a page
	tombstoneID     = 1 << 16    // is added to a segment's number in those of its tombstones
	pageHead        = 4          // bytes of a page before its content
	mostID          = 1 << 28    // a set of products has a bit for each id
	structureForm   = 0xff000001 // of indexes that forget without the text
	termPrefix      = '0'        // of the terms themselves, beside those of prefixes
	trigramDistance = 3          // what two trigrams stand apart that follow each other
)

// openIndex reads of what the index is made.
func openIndex(ctx context.Context, tx *sql.Tx) (index, error) {
	x, _, err := database.SelectOne(ctx, tx, func(x *index) []any { return []any{&x.structure, &x.last} },
		`SELECT block, (SELECT coalesce(max(id), 0) FROM product_search_docsize) FROM product_search_data WHERE id = ?`, structureID)
	if err != nil {
		return index{}, err
	}
	if len(x.structure) < 8 || binary.BigEndian.Uint32(x.structure[4:]) != structureForm || x.last >= mostID {
		return x, errForm
	}
	r := varints{x.structure[8:], true}
	levels := r.next()
	_, _ = r.next(), r.next() // segments, pages written
	for range levels {        // as many as a damaged record says, but no more than it has
		r.next() // of its segments are being merged
		for range r.next() {
			s := segment{id: r.next(), first: r.next(), last: r.next()}
			_, _ = r.next(), r.next() // since when
			s.tombstones = r.next()
			_, _ = r.next(), r.next() // entries
			x.segments = append(x.segments, s)
			if !r.ok {
				return x, errForm
			}
		}
		if !r.ok {
			return x, errForm
		}
	}
	return x, nil
}

// varints are the numbers of a record, as SQLite writes them.
type varints struct {
	left []byte
	ok   bool
}

func (r *varints) next() int64 {
	v, n := varint(r.left)
	if n == 0 {
		r.ok = false
		return 0
	}
	r.left = r.left[n:]
	return v
}

// varint reads a number of seven bits a byte, the highest first; n is 0 where it is cut off.
func varint(b []byte) (v int64, n int) {
	for i, c := range b {
		if i == 8 {
			return v<<8 | int64(c), 9
		}
		v = v<<7 | int64(c&0x7f)
		if c < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}

// lookup is a search in an index.
type lookup struct {
	index
	tx    *sql.Tx
	pages *sql.Stmt
	at    []map[string]int64 // for each segment: on which of its pages a trigram would be
	gone  []set              // for each segment: products that have left it
}

// find gives the products that have all phrases, and not the one of without.
func (x index) find(ctx context.Context, tx *sql.Tx, phrases []string, without string) (found set, err error) {
	l := &lookup{index: x, tx: tx}
	if err := l.begin(ctx, append([]string{without}, phrases...)); err != nil {
		return set{}, err
	}
	defer func() { err = errors.Join(err, l.pages.Close()) }()
	phrases = slices.Clone(phrases)
	slices.SortStableFunc(phrases, func(a, b string) int { return len(b) - len(a) }) // a long one is rarer
	for i, phrase := range phrases {
		if i > 0 && found.Count() <= fewTexts {
			found, err = l.reading(ctx, found, phrases[i:])
			if err != nil {
				return set{}, err
			}
			break
		}
		in, err := l.having(ctx, phrase)
		if err != nil {
			return set{}, err
		}
		if i == 0 {
			found = in
		} else {
			found.Keep(in)
		}
	}
	if without != "" && found.Count() > 0 {
		out, err := l.having(ctx, without)
		if err != nil {
			return set{}, err
		}
		found.Remove(out)
	}
	return found, nil
}

// fewTexts is how many products are sooner read themselves than another phrase is looked for.
const fewTexts = 100

// reading gives those of few products that have further phrases.
func (l *lookup) reading(ctx context.Context, among set, phrases []string) (set, error) {
	found := database.NewSet(0, l.last)
	if among.Count() == 0 {
		return found, nil
	}
	list, err := database.JSONText(among.IDs(false, 0, 0))
	if err != nil {
		return set{}, err
	}
	type product struct {
		id   domain.ProductID
		text string
	}
	for p, err := range database.SelectSeq(ctx, l.tx, func(p *product) []any { return []any{&p.id, &p.text} },
		`SELECT id, text FROM product_search_text WHERE id IN (SELECT value FROM json_each(?))`, list) {
		if err != nil {
			return set{}, err
		}
		if !slices.ContainsFunc(phrases, func(phrase string) bool { return !strings.Contains(p.text, phrase) }) {
			found.Add(p.id)
		}
	}
	return found, nil
}

// begin gets to know what is needed to look for phrases.
func (l *lookup) begin(ctx context.Context, phrases []string) (err error) {
	if l.at, err = l.places(ctx, l.tx, phrases); err != nil {
		return err
	}
	l.gone = make([]set, len(l.segments))
	for i, s := range l.segments {
		if l.gone[i], err = l.left(ctx, l.tx, s); err != nil {
			return err
		}
	}
	l.pages, err = l.tx.PrepareContext(ctx, `SELECT block FROM product_search_data WHERE id BETWEEN ? AND ? ORDER BY id`)
	return err
}

// places gives for each segment on which of its pages each trigram would be.
func (x index) places(ctx context.Context, tx *sql.Tx, phrases []string) ([]map[string]int64, error) {
	var terms []string
	for _, phrase := range phrases {
		if phrase == "" {
			continue
		}
		if !utf8.ValidString(phrase) {
			return nil, errForm
		}
		for _, t := range trigrams(phrase) {
			terms = append(terms, t.text)
		}
	}
	slices.Sort(terms)
	terms = slices.Compact(terms)
	places, segments := make([]map[string]int64, len(x.segments)), make([]int64, len(x.segments))
	for i, s := range x.segments {
		places[i], segments[i] = make(map[string]int64, len(terms)), s.id
	}
	ofTerms, err := database.JSONText(terms)
	if err != nil {
		return nil, err
	}
	ofSegments, err := database.JSONText(segments)
	if err != nil {
		return nil, err
	}
	type place struct {
		segment, term int
		page          int64
	}
	for p, err := range database.SelectSeq(ctx, tx, func(p *place) []any { return []any{&p.segment, &p.term, &p.page} },
		`SELECT s.key, t.key, coalesce((SELECT pgno >> 1 FROM product_search_idx
			WHERE segid = s.value AND term <= CAST(char(?) || t.value AS BLOB) ORDER BY term DESC LIMIT 1), 0)
		FROM json_each(?) AS s JOIN json_each(?) AS t`, termPrefix, ofSegments, ofTerms) {
		if err != nil {
			return nil, err
		}
		places[p.segment][terms[p.term]] = max(p.page, x.segments[p.segment].first)
	}
	return places, nil
}

// trigram is one of a phrase, and how far from its beginning.
type trigram struct {
	text string
	at   int64
}

// trigrams gives as many of a phrase as it takes to be sure of all its characters.
func trigrams(phrase string) (all []trigram) {
	runes := []rune(phrase)
	last := len(runes) - trigramDistance
	for at := 0; at < last; at += trigramDistance {
		all = append(all, trigram{string(runes[at : at+trigramDistance]), int64(at)})
	}
	return append(all, trigram{string(runes[last:]), int64(last)})
}

// having gives the products that have a phrase.
func (l *lookup) having(ctx context.Context, phrase string) (set, error) {
	found := database.NewSet(0, l.last)
	parts := trigrams(phrase)
	if len(parts) == 1 {
		for i := range l.segments {
			list, err := l.list(ctx, i, phrase)
			if err != nil {
				return set{}, err
			}
			for list.next() {
				if !l.gone[i].Has(list.product) && !found.Add(list.product) {
					return set{}, errForm
				}
			}
			if list.err != nil {
				return set{}, list.err
			}
		}
		return found, nil
	}
	var begun []occurrence // where the phrase may begin
	for n, t := range parts {
		var kept []occurrence
		for i := range l.segments { // while some of them are being merged a product has its trigrams in several
			list, err := l.list(ctx, i, t.text)
			if err != nil {
				return set{}, err
			}
			if n == 0 {
				kept = merged(kept, list.occurrences(l.gone[i]))
			} else {
				kept = merged(kept, list.among(l.gone[i], begun, t.at))
			}
			if list.err != nil {
				return set{}, list.err
			}
		}
		if begun = kept; len(begun) == 0 {
			return found, nil
		}
	}
	for _, o := range begun {
		if !found.Add(o.product) {
			return set{}, errForm
		}
	}
	return found, nil
}

// merged are two lists in order as one.
func merged(a, b []occurrence) []occurrence {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 || a[len(a)-1].product < b[0].product {
		return append(a, b...)
	}
	all := make([]occurrence, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].product <= b[0].product {
			all, a = append(all, a[0]), a[1:]
		} else {
			all, b = append(all, b[0]), b[1:]
		}
	}
	return append(append(all, a...), b...)
}

// left gives the products that have left a segment.
func (x index) left(ctx context.Context, tx *sql.Tx, s segment) (gone set, err error) {
	if s.tombstones == 0 {
		return set{}, nil
	}
	gone = database.NewSet(0, x.last)
	from := (s.id + tombstoneID) << pageBits
	for block, err := range database.SelectSeq(ctx, tx, func(b *[]byte) []any { return []any{b} },
		`SELECT block FROM product_search_data WHERE id >= ? AND id < ?`, from, from+s.tombstones) {
		if err != nil {
			return set{}, err
		}
		if len(block) < 8 || block[0] != 4 && block[0] != 8 {
			return set{}, errForm
		}
		for slots := block[8:]; len(slots) >= int(block[0]); slots = slots[block[0]:] { // a hash table, empty where it is zero
			id := uint64(binary.BigEndian.Uint32(slots))
			if block[0] == 8 {
				id = binary.BigEndian.Uint64(slots)
			}
			gone.Add(domain.ProductID(id))
		}
	}
	return gone, nil
}
