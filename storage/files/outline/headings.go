package outline

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/table"
)

// namesAlone is how often the first rows of a list have a name and nothing else, and what those are: headings, or products
// that have no price yet. Words in capitals head goods that are not written so, those in the plural goods that follow them;
// any other does where the list begins with one and goods follow each of them.
type namesAlone struct {
	goods, capitalGoods   int
	capitals              int
	plurals, pluralsAhead int // … and of these those that goods follow
	others, othersAhead   int
	first                 bool // the list begins with one
}

// nameSort is what a name alone looks like.
type nameSort byte

const (
	noName nameSort = iota
	inCapitals
	inPlural
	otherName
)

func sortOf(name string) nameSort {
	switch {
	case !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsLower(r) }):
		return inCapitals
	case strings.ContainsFunc(name, unicode.IsDigit):
		return otherName
	}
	words := strings.Fields(domain.Fold(strings.TrimRight(name, ":.-– ")))
	if len(words) == 0 {
		return otherName
	}
	last := words[len(words)-1]
	if len(last) > 5 && slices.ContainsFunc([]string{"ler", "lar", "leri", "lari"}, func(end string) bool { return strings.HasSuffix(last, end) }) {
		return inPlural
	}
	if slices.Contains([]string{"grubu", "kategorisi", "bolumu", "reyonu", "products", "accessories", "items", "category"}, last) {
		return inPlural
	}
	return otherName
}

// learnNames looks at the first rows.
func (o *Outline) learnNames(rows iter.Seq2[table.Row, error], most int) error {
	n := 0
	before := noName
	for row, err := range rows {
		if err != nil {
			return err
		}
		now := o.rowSort(row)
		if now == noName && o.isGoods(row) {
			o.alone.goodsBehind(before)
			if sortOf(o.cell(row, listing.Name)) == inCapitals {
				o.alone.capitalGoods++
			}
		}
		o.alone.first = o.alone.first || n == 0 && now != noName
		switch now {
		case inCapitals:
			o.alone.capitals++
		case inPlural:
			o.alone.plurals++
		case otherName:
			o.alone.others++
		}
		before = now
		if n++; n == most {
			break
		}
	}
	return nil
}

func (a *namesAlone) goodsBehind(before nameSort) {
	a.goods++
	switch before {
	case inPlural:
		a.pluralsAhead++
	case otherName:
		a.othersAhead++
	}
}

// rowSort is what the name is that stands alone in a row; noName: something else does, or more.
func (o *Outline) rowSort(row table.Row) nameSort {
	at, text := o.single(row.Cells)
	if at < 0 || !o.is(at, listing.Name) {
		return noName
	}
	if _, sum := o.total(row); sum {
		return noName
	}
	return sortOf(text)
}

// isGoods tells whether a row is a product that has more than a name.
func (o *Outline) isGoods(row table.Row) bool {
	filled := 0
	for _, c := range row.Cells {
		if strings.TrimSpace(c) != "" {
			filled++
		}
	}
	if filled < 2 {
		return false
	}
	if _, is := drawn(row.Cells); is {
		return false
	}
	_, sum := o.total(row)
	_, again := o.headerAgain(row)
	return !sum && !again
}

// heads tells whether a name that stands alone is a heading. Where goods have codes it is one, unless most have none.
func (a *namesAlone) heads(name string, coded bool) bool {
	usual := a.capitals+a.plurals+a.others > a.goods
	switch sort := sortOf(name); {
	case a.goods == 0:
		return false
	case sort == inCapitals:
		return !usual || 2*a.capitalGoods < a.goods
	case coded:
		return !usual
	case sort == inPlural:
		return a.goods >= a.plurals+a.others && 2*a.pluralsAhead >= a.plurals
	case strings.ContainsFunc(name, unicode.IsDigit):
		return false
	}
	return a.first && a.goods >= a.others && a.othersAhead == a.others
}
