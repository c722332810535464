package feed

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/option"
	"github.com/sopyo/sopyo-desktop/storage/files/refusal"
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
	typed         map[*element]*typed
	sums          map[*element]int // the column of values that are added up
	prices        []int            // columns of the product's prices, those that count before the others first
	price         int              // the one in which a variant's own price stands, or -1
	// What a variant costs more than its product: the columns of the surcharge and of its sign, or -1.
	surcharge, sign int
	counts          bool // a variant's own text is its stock
	stock           int  // the column of the stock that product and variants have, or -1
	asks            []listing.Question
	instead         []instead
}

// instead is a column that counts where another one is blank or 0.
type instead struct{ of, from int }

// eachField are the fields that every variant has for itself; the others are its product's.
func eachField() []listing.Field {
	return []listing.Field{listing.Code, listing.Barcode, listing.Price, listing.Currency, listing.Stock, listing.VAT}
}

// planFeed finds the element that is a product: the one with most known columns among its own children
// and attributes. KindEmptyFile: there is none.
func planFeed(root *element, answers listing.Answers) (*feedPlan, error) {
	p := &feedPlan{
		root: root, columns: map[*element][]int{}, typed: map[*element]*typed{}, sums: map[*element]int{}, price: -1, surcharge: -1, sign: -1, stock: -1,
	}
	best := richest(root)
	if best == nil {
		return nil, refusal.Empty()
	}
	p.product = best
	if owner := ownerOf(best); owner != nil {
		p.product, p.variant = owner, best
	} else {
		p.variant = variantOf(best)
	}
	return p, p.lay(answers)
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

// known are the fields that e has as a product: directly below it, and deeper where that can be nothing else.
func known(e *element) listing.Columns {
	header, _ := own(e)
	cols := mapping.Of(header)
	if leaves := below(e, nil); len(leaves) <= maxFeedColumns {
		n := nestedIn(e, nil, nil)
		for leaf, f := range n.role {
			// What is there once only may be a list with one product in it.
			if _, has := cols[f]; !has && (e.count > 1 || isPriceGroup(leaf.parent.key) || isStockGroup(leaf.parent.key)) {
				cols[f] = []int{-1}
			}
		}
		for _, t := range n.typed {
			for _, f := range t.role {
				cols[f] = []int{-1}
			}
		}
	}
	return cols
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
		fields, direct := len(known(e)), len(mapping.Of(header))
		rank := []int{fields, direct, min(e.count, 2), len(header), e.count}
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
		header, _ := own(e)
		around := mapping.Of(header)
		switch {
		case !has(around, listing.Name), e.count == 1 && best.parent == e: // a channel's or a shop's own name
		case !has(inside, listing.Name), len(around) > 2 && has(around, listing.Name, listing.Code):
			return e
		}
	}
	return nil
}

// variantOf finds variants below a product: an element with a code or barcode and a stock of its own, else one that is there several
// times and has a size, a colour or the like beside a stock (files.md §2, 11).
func variantOf(product *element) *element {
	var best *element
	var most int
	for _, e := range product.all() {
		cols := known(e)
		if best == nil && counts(e) {
			best = e
		}
		if e == product || !has(cols, listing.Stock) || len(cols) <= most || ofWarehouse(e, product, cols) {
			continue
		}
		if has(cols, listing.Code) || has(cols, listing.Barcode) || e.most > 1 && optioned(e, product) {
			best, most = e, len(cols)
		}
	}
	return best
}

// ofWarehouse tells whether e is a count in one warehouse: a code there, beside the stock alone, is the warehouse's.
func ofWarehouse(e, product *element, cols listing.Columns) bool {
	if has(cols, listing.Barcode) || has(cols, listing.Price) {
		return false
	}
	if optioned(e, product) {
		return false
	}
	for ; e != product && e != nil; e = e.parent {
		if isStockGroup(e.key) {
			return true
		}
	}
	return false
}

// counts tells whether e is a size or a colour that names itself and holds its stock: <beden ad="S">3</beden>.
func counts(e *element) bool {
	return e.most > 1 && e.text && !e.words && option.IsSort(e.name) && len(e.children) > 0 &&
		slices.ContainsFunc(e.children, func(c *element) bool { return c.leaf() && option.IsText(c.name) })
}

// optioned tells whether something in e tells sizes, colours and the like apart.
func optioned(e, product *element) bool {
	leaves := below(e, nil)
	if e.text {
		leaves = append(leaves, e)
	}
	return slices.ContainsFunc(leaves, func(leaf *element) bool { return option.Is(leaf.pathFrom(product)) })
}

// lay gives every value its column. A column is called by its path below the product, or, where it is a field by what is around
// it, by a name of that field. What variants have for themselves stands where the product's own value of that field would stand.
func (p *feedPlan) lay(answers listing.Answers) error {
	n := nestedIn(p.product, p.variant, answers)
	p.asks = n.asks
	if p.variant != nil { // its own count, and its product's are told beside them
		own := known(p.variant)
		for leaf, f := range n.role {
			if _, has := own[f]; has && (f == listing.Code || f == listing.Barcode || f == listing.Stock) {
				delete(n.role, leaf)
			}
		}
	}
	p.layNested(p.product, n, nil, func(leaf *element, repeat int) {
		p.column(leaf, numbered(leaf.pathFrom(p.product), repeat))
	})
	if p.variant != nil {
		p.layVariant(answers)
	}
	if len(p.header) > maxFeedColumns {
		return refusal.New("file.too-many-cells", 0, nil)
	}
	return nil
}

// layNested calls put for every value below base that is not what n finds; that gets its column here. shared are the columns in
// which fields of base stand.
func (p *feedPlan) layNested(base *element, n *nested, shared map[listing.Field]int, put func(leaf *element, repeat int)) {
	sum := -1
	place := func(leaf *element, f listing.Field) int {
		if at, has := shared[f]; has {
			return at
		}
		p.header = append(p.header, shortName(leaf, base, f))
		return len(p.header) - 1
	}
	p.leavesOf(base, func(leaf *element, repeat int) {
		s := n.speaks(leaf)
		if s != nil {
			p.laySpoken(s)
			return
		}
		if t := n.typedOf(leaf); t != nil {
			if !t.laid {
				p.layTyped(t, place)
			}
			return
		}
		switch f := n.role[leaf]; {
		case f == "":
			put(leaf, repeat)
		case f == listing.Stock:
			if sum < 0 {
				sum = place(leaf, f)
			}
			p.sums[leaf] = sum
		case repeat == 0:
			p.add(leaf, place(leaf, f))
		default:
			put(leaf, repeat)
		}
	})
	if n.listed != nil {
		if i := (instead{n.discounted.column(p), n.listed.column(p)}); i.of >= 0 && i.from >= 0 {
			p.instead = append(p.instead, i)
		}
	}
}

// layTyped lays a column for each name of each value.
func (p *feedPlan) layTyped(t *typed, place func(leaf *element, f listing.Field) int) {
	p.typed[t.element], t.laid = t, true
	for i, name := range t.names {
		for _, leaf := range t.leaves {
			if heading.InLanguages(t.role[leaf]) || leaf == t.by && isLanguageLabel(leaf) && t.spoken() {
				continue // it is laid for itself, or said by the others' names
			}
			if len(p.header) > maxFeedColumns {
				return
			}
			chosen, is := t.chosen[leaf]
			if is && chosen == i {
				t.columns[leaf] = append(t.columns[leaf], place(leaf, t.role[leaf]))
				continue
			}
			t.columns[leaf] = append(t.columns[leaf], len(p.header))
			p.header = append(p.header, typedPath(leaf, p.product, name))
		}
	}
}

func (p *feedPlan) layVariant(answers listing.Answers) {
	header, leaves := own(p.variant)
	n := nestedIn(p.variant, nil, answers)
	if len(p.asks) == 0 {
		p.asks = n.asks
	}
	inside, around := mapping.Of(header), mapping.Of(p.header)
	at := map[listing.Field]int{} // the product's column of a field that variants have too
	for _, f := range eachField() {
		if i, has := around.First(f); has {
			at[f] = i
		}
	}
	p.prices = around[listing.Price]
	if column, both := at[listing.Stock]; both {
		p.stock = column
	}
	price, priced := inside.First(listing.Price)
	shared := map[*element]int{} // the product's column of the same field
	short := map[*element]bool{} // a field that the product itself lacks: found by its own name
	signed := slices.ContainsFunc(leaves, func(e *element) bool { return isSign(e.key) }) || isChoice(p.variant, inside)
	p.counts = counts(p.variant) && !has(inside, listing.Stock)
	for f, all := range inside {
		column, both := at[f]
		_, has := around[f]
		for n, i := range all {
			if f == listing.Price && has {
				p.layPrice(leaves[i], signed, shared, short)
				continue
			}
			switch {
			case !has:
				short[leaves[i]] = true
			case n == 0 && both:
				shared[leaves[i]] = column
			}
		}
	}
	if len(p.prices) > 0 && p.price < 0 {
		p.price = p.prices[0]
	}
	p.layNested(p.variant, n, at, func(leaf *element, repeat int) {
		if t, both := shared[leaf]; repeat == 0 && both {
			p.add(leaf, t)
			return
		}
		if leaf == p.variant && p.counts && repeat == 0 {
			if column, both := at[listing.Stock]; both {
				p.add(leaf, column)
			} else {
				p.column(leaf, string(listing.Stock))
			}
			return
		}
		name := numbered(leaf.pathFrom(p.product), repeat)
		switch {
		case repeat > 0 || len(p.prices) == 0:
		case isSign(leaf.key):
			p.sign = len(p.header)
		case isSurcharge(leaf.key), signed && priced && leaf == leaves[price]:
			p.surcharge = len(p.header)
		}
		if repeat == 0 && (short[leaf] || heading.IsVATIncluded(leaf.name)) {
			name = leaf.name
		}
		p.column(leaf, name)
	})
}

// layPrice finds where a variant's price stands: in the product's column of the same name, else of the same sort. A discounted
// one of which the product has none, and what a sign stands before, has a column of its own.
func (p *feedPlan) layPrice(leaf *element, signed bool, shared map[*element]int, short map[*element]bool) {
	if signed {
		return
	}
	at := slices.IndexFunc(p.prices, func(i int) bool { return domain.NameKey(p.header[i]) == leaf.key })
	if at < 0 {
		at = slices.IndexFunc(p.prices, func(i int) bool { return heading.IsDiscounted(p.header[i]) == heading.IsDiscounted(leaf.name) })
	}
	if at < 0 || slices.Contains(slices.Collect(maps.Values(shared)), p.prices[at]) {
		short[leaf] = at < 0
		return
	}
	if shared[leaf] = p.prices[at]; !heading.IsDiscounted(leaf.name) || p.price < 0 {
		p.price = p.prices[at]
	}
}

// isSurcharge knows what says that a variant costs so much more than its product; isSign, whether it is more or less.
func isSurcharge(key string) bool {
	for _, part := range []string{"fark", "difference", "pricediff", "surcharge", "ekfiyat", "ekucret", "extraprice", "priceextra", "pricemodifier", "priceadjustment", "ilavefiyat", "fiyatilave"} {
		if strings.Contains(key, part) {
			return true
		}
	}
	return false
}

// isChoice tells whether a variant is an option of a product that one adds to it: what it costs is what it costs more.
func isChoice(e *element, inside listing.Columns) bool {
	switch strings.TrimSuffix(e.key, "s") {
	case "option", "optionvalue", "secenek", "ozellik":
		return !has(inside, listing.Code) && !has(inside, listing.Barcode)
	}
	return false
}

func isSign(key string) bool {
	switch key {
	case "priceprefix", "pricesign", "priceoperator", "fiyatoneki", "fiyatisareti":
		return true
	}
	return false
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
