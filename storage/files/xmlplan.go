package files

import (
	"fmt"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain/listing"
)

const (
	maxFeedColumns = 500
	maxRepeats     = 20 // columns for one element that repeats itself within a product
)

// feedPlan says how a file's elements become rows: one for each product, or one for each variant of a
// product that has variants.
type feedPlan struct {
	root, product *element
	variant       *element // nil: there are none
	header        []string
	columns       map[*element][]int // of the first, second … of an element in a product
}

// eachField are the fields that every variant has for itself; the others are its product's.
func eachField() []listing.Field {
	return []listing.Field{listing.Code, listing.Barcode, listing.Price, listing.Currency, listing.Stock, listing.VAT}
}

// planFeed finds the element that is a product: the one with most known columns among its own children
// and attributes. KindEmptyFile: there is none.
func planFeed(root *element) (*feedPlan, error) {
	p := &feedPlan{root: root, columns: map[*element][]int{}}
	best := richest(root)
	if best == nil {
		return nil, empty()
	}
	p.product = best
	if owner := ownerOf(best); owner != nil {
		p.product, p.variant = owner, best
	} else {
		p.variant = variantOf(best)
	}
	return p, p.lay()
}

// own gives the columns that e's own children and attributes would make.
func own(e *element) (header []string, leaves []*element) {
	for _, c := range e.children {
		if c.leaf() {
			header, leaves = append(header, c.name), append(leaves, c)
		}
	}
	return header, leaves
}

func known(e *element) listing.Columns {
	header, _ := own(e)
	return Columns(header)
}

func has(cols listing.Columns, all ...listing.Field) bool {
	return !slices.ContainsFunc(all, func(f listing.Field) bool { return len(cols[f]) == 0 })
}

// richest is the element that looks most like a product. Where nothing is known of any, it is the one
// with the most values among those that repeat themselves: a person will say what they mean.
func richest(root *element) *element {
	var best *element
	var bestRank []int
	for _, e := range root.all() {
		header, _ := own(e)
		fields := len(Columns(header))
		rank := []int{fields, min(e.count, 2), len(header), e.count}
		if (fields > 0 || e.count > 1 && len(header) > 1) && slices.Compare(rank, bestRank) > 0 {
			best, bestRank = e, rank
		}
	}
	return best
}

// ownerOf gives the product that best is a variant of, nil when best is a product itself: the nearest
// element around it that has the name which best lacks.
func ownerOf(best *element) *element {
	inside := known(best)
	for e := best.parent; e != nil; e = e.parent {
		around := known(e)
		switch {
		case !has(around, listing.Name), e.count == 1 && best.parent == e: // a channel's or a shop's own name
		case !has(inside, listing.Name), len(around) > 2 && has(around, listing.Name, listing.Code):
			return e
		}
	}
	return nil
}

// variantOf finds variants below a product: an element with a code or barcode and a stock of its own.
func variantOf(product *element) *element {
	var best *element
	var most int
	for _, e := range product.all() {
		cols := known(e)
		if e != product && (has(cols, listing.Code) || has(cols, listing.Barcode)) && has(cols, listing.Stock) && len(cols) > most {
			best, most = e, len(cols)
		}
	}
	return best
}

// lay gives every value its column. A column is called by its path below the product. What variants have
// for themselves stands where the product's own value of that field would stand.
func (p *feedPlan) lay() error {
	p.leavesOf(p.product, func(leaf *element, repeat int) {
		p.column(leaf, numbered(leaf.pathFrom(p.product), repeat))
	})
	if p.variant != nil {
		p.layVariant()
	}
	if len(p.header) > maxFeedColumns {
		return refuse("file.too-many-cells", 0, nil)
	}
	return nil
}

func (p *feedPlan) layVariant() {
	header, leaves := own(p.variant)
	inside, around := Columns(header), Columns(p.header)
	shared := map[*element]int{} // the product's column of the same field
	short := map[*element]bool{} // a field that the product itself lacks: found by its own name
	for f, all := range inside {
		at, both := around.First(f)
		for n, i := range all {
			switch {
			case !both:
				short[leaves[i]] = true
			case n == 0 && slices.Contains(eachField(), f):
				shared[leaves[i]] = at
			}
		}
	}
	p.leavesOf(p.variant, func(leaf *element, repeat int) {
		at, both := shared[leaf]
		switch {
		case repeat == 0 && both:
			p.add(leaf, at)
		case repeat == 0 && (short[leaf] || vatIncludedKey(leaf.name)):
			p.column(leaf, leaf.name)
		default:
			p.column(leaf, numbered(leaf.pathFrom(p.product), repeat))
		}
	})
}

func numbered(path string, repeat int) string {
	if repeat == 0 {
		return path
	}
	return fmt.Sprintf("%s[%d]", path, repeat+1)
}

func (p *feedPlan) column(leaf *element, name string) {
	p.add(leaf, len(p.header))
	p.header = append(p.header, name)
}

func (p *feedPlan) add(leaf *element, column int) {
	p.columns[leaf] = append(p.columns[leaf], column)
}

// leavesOf calls put for every value below e, variants left out, in the order of the file.
func (p *feedPlan) leavesOf(e *element, put func(leaf *element, repeat int)) {
	var visit func(c *element, times int)
	visit = func(c *element, times int) {
		times = min(times*max(c.most, 1), maxRepeats)
		if c.leaf() {
			for i := range times {
				if len(p.header) <= maxFeedColumns {
					put(c, i)
				}
			}
		}
		for _, cc := range c.children {
			if cc != p.variant {
				visit(cc, times)
			}
		}
	}
	if e.text { // a product that is a text with attributes
		put(e, 0)
	}
	for _, c := range e.children {
		if c != p.variant {
			visit(c, 1)
		}
	}
}
