package feed

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/figure"
	"github.com/sopyo/sopyo-desktop/storage/files/mapping"
	"github.com/sopyo/sopyo-desktop/storage/files/option"
)

// nested is what stands deeper below a product, or below one of its variants, and is a field of it by the elements around it.
type nested struct {
	role  map[*element]listing.Field // values that are a field; several stocks are one
	typed map[*element]*typed        // elements that repeat themselves and say what each of them is
	asks  []listing.Question
	// spoken are texts in several languages.
	spoken []*spoken
	// A discounted price that was chosen, and the one that counts where it is blank or 0.
	discounted, listed *price
}

// typed is an element that is there several times, for prices, currencies or options that it names: it has a column for each
// name, and not for each place. Nil by, or an empty name, stands for those that name nothing.
type typed struct {
	element *element
	by      *element
	names   []string
	leaves  []*element
	columns map[*element][]int // by name
	chosen  map[*element]int   // the name that is a field, by the leaf that is
	role    map[*element]listing.Field
	laid    bool
}

// Groups of elements, as domain.NameKey makes their names.
func isPriceGroup(key string) bool {
	switch strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(key, "lar"), "ler"), "s") {
	case "price", "fiyat", "pricing", "pricelist", "fiyatliste", "fiyatlistesi", "fiyatbilgi", "fiyatbilgisi", "fiyatbilgileri", "priceinfo", "satisfiyat", "satisfiyati", "saleprice":
		return true
	}
	return false
}

func isStockGroup(key string) bool {
	switch strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(key, "lar"), "ler"), "s") {
	case "stock", "stok", "warehouse", "depo", "inventory", "inventorie", "envanter", "stockinfo", "stokbilgi", "stokbilgisi", "stokbilgileri", "depostok", "stokdepo",
		"stockitem", "stocklevel", "quantitie", "availability":
		return true
	}
	return false
}

// isForeignGroup knows what has names, codes and prices that are not the product's.
func isForeignGroup(key string) bool {
	for _, part := range []string{
		"kategori", "category", "categories", "marka", "brand", "manufacturer", "uretici", "supplier", "tedarikci", "image", "resim", "foto", "photo", "media", "seo", "meta",
		"kargo", "shipping", "delivery", "teslimat", "related", "benzer", "campaign", "kampanya", "taksit", "installment", "bundle", "review", "yorum", "seller", "satici",
		"secenek", "ozellik", "option", "varyant", "variant", "attribute", "spec",
	} {
		if strings.Contains(key, part) {
			return true
		}
	}
	return false
}

func isAmount(key string) bool {
	switch key {
	case "amount", "value", "val", "tutar", "deger", "miktar", "adet", "quantity", "qty", "count", "text", "sayi":
		return true
	}
	return false
}

// isLabel knows what says which one of several it is.
func isLabel(key string) bool {
	switch key {
	case "type", "tip", "tipi", "tur", "turu", "kind", "name", "ad", "adi", "isim", "label", "title", "tanim", "list", "liste", "key", "group", "grup", "pricetype", "fiyattipi", "fiyatadi", "fiyatturu":
		return true
	}
	return false
}

// isTotal and isReserved are stocks that are not to be added to others.
func isTotal(key string) bool {
	return strings.Contains(key, "toplam") || strings.Contains(key, "total") || key == "available" || key == "kullanilabilir"
}

func isReserved(key string) bool {
	for _, part := range []string{"rezerv", "reserv", "min", "max", "kritik", "critical", "incoming", "beklenen", "yolda", "id", "kod", "code", "tarih", "date", "sira", "order", "blok"} {
		if strings.Contains(key, part) {
			return true
		}
	}
	return false
}

// noSalesPrice is the rank of prices that are none which a buyer pays.
const noSalesPrice = 6

// discountedRank is that of what a buyer pays today, where it is filled.
const discountedRank = -1

// priceRank tells how surely a price of that name is what a buyer pays, discountedRank for most.
func priceRank(name string) int {
	key := domain.NameKey(name)
	for _, r := range []struct {
		rank  int
		parts []string
	}{
		{9, []string{"alis", "maliyet", "cost", "purchase", "buying", "gelis", "tedarik"}},
		{noSalesPrice, []string{"toptan", "wholesale", "bayi", "dealer", "b2b", "reseller", "distribut"}},
		{discountedRank, []string{"indirimli", "discounted", "special", "kampanya", "campaign", "promo"}},
		{0, []string{"perakende", "retail", "consumer", "tuketici", "sonkullanici", "enduser", "psf"}},
		{1, []string{"satis", "sale", "selling"}},
		{3, []string{"liste", "list", "regular", "piyasa", "msrp"}},
		{2, []string{"default", "standar", "normal", "site", "web", "internet", "fiyat", "price", "amount", "tutar"}},
	} {
		for _, part := range r.parts {
			if strings.Contains(key, part) {
				return r.rank
			}
		}
	}
	return 4
}

// fieldOf is the field that a name stands for by itself, "" for none.
func fieldOf(name string) listing.Field {
	for f := range mapping.Of([]string{name}) {
		return f
	}
	return ""
}

// roleOf tells which field a value is that stands deeper below base.
func roleOf(leaf, base *element) listing.Field {
	key, own := leaf.key, leaf.field
	var group listing.Field
	repeated := leaf.most > 1
	for e := leaf.parent; e != base; e = e.parent {
		switch k := e.key; {
		case isForeignGroup(k), base.holds(listing.Name) && e.holds(listing.Name) && (e.holds(listing.Code) || e.holds(listing.Barcode)):
			return "" // it is of somebody else, or a product itself
		case group != "":
		case isPriceGroup(k):
			group = listing.Price
		case isStockGroup(k):
			group = listing.Stock
		}
		repeated = repeated || e.most > 1
	}
	if f := spokenField(leaf, base); f != "" {
		return f
	}
	switch {
	case group == listing.Price && (own == listing.Currency || own == listing.VAT):
		return own
	case group == listing.Price:
		rate := strings.Contains(key, "oran") || strings.Contains(key, "rate") || strings.Contains(key, "percent")
		named := !leaf.words && !strings.HasPrefix(leaf.name, "@") && priceRank(key) != 4
		if !isLabel(key) && !rate && (isAmount(key) || own == listing.Price || named) {
			return listing.Price
		}
	case group == listing.Stock:
		switch {
		case isLabel(key), isReserved(key):
		case own == listing.Stock, isAmount(key), isTotal(key), !strings.HasPrefix(leaf.name, "@") && !leaf.words && !counted(leaf.parent):
			return listing.Stock
		}
	case !repeated:
		return own
	}
	return ""
}

// holds tells whether a value directly below e is that field by its name.
func (e *element) holds(f listing.Field) bool {
	return slices.ContainsFunc(e.children, func(c *element) bool { return c.field == f && c.leaf() })
}

// counted tells whether e has a value that says by its name that it is a number of pieces.
func counted(e *element) bool {
	return slices.ContainsFunc(e.children, func(c *element) bool {
		return c.leaf() && !isStockGroup(c.key) && (isAmount(c.key) || c.field == listing.Stock)
	})
}

// below gives the values below e, those of without left out, in the order of the file.
func below(e, without *element) (leaves []*element) {
	for _, c := range e.children {
		if c == without {
			continue
		}
		if c.leaf() {
			leaves = append(leaves, c)
		}
		leaves = append(leaves, below(c, without)...)
	}
	return leaves
}

// price is one of several that could be the product's.
type price struct {
	leaf *element
	of   *typed // nil: there are no names
	name int
	path string
	rank int
}

// nestedIn finds what stands deeper below base. Where a value directly below it, or by its whole path, is a field already,
// nothing deeper is.
func nestedIn(base, without *element, answers listing.Answers) *nested {
	n := &nested{role: map[*element]listing.Field{}, typed: map[*element]*typed{}}
	leaves := below(base, without)
	n.findTyped(base, leaves)
	var paths []string
	for _, leaf := range leaves {
		if of := n.typedOf(leaf); of == nil || !of.priced() {
			paths = append(paths, leaf.pathFrom(base))
		}
	}
	known := mapping.Of(paths)
	n.findLanguages(base, leaves, known)
	var prices []price
	var stocks []*element
	for _, leaf := range leaves {
		role := roleOf(leaf, base)
		if leaf.parent == base {
			role = leaf.field
		}
		of := n.typedOf(leaf)
		if _, has := known[role]; has || role == "" || leaf.parent == base && of == nil {
			continue
		}
		switch {
		case role == listing.Price && of != nil:
			for i, name := range of.names {
				rank := priceRank(name)
				if of.by.field == listing.Currency {
					rank = currencyRank(name)
				}
				prices = append(prices, price{leaf, of, i, typedPath(leaf, base, name), rank})
			}
		case role == listing.Price:
			rank := priceRank(leaf.name)
			if isAmount(leaf.key) {
				rank = priceRank(leaf.parent.name)
			}
			prices = append(prices, price{leaf: leaf, path: leaf.pathFrom(base), rank: rank})
		case role == listing.Stock:
			stocks = append(stocks, leaf)
		case of == nil && !n.has(role):
			n.role[leaf] = role
		}
	}
	n.choosePrice(prices, answers)
	n.chooseStock(stocks)
	return n
}

func currencyRank(name string) int {
	if c, _ := figure.CurrencyOf(strings.TrimSpace(name)); c == domain.TRY {
		return 0
	}
	return 1
}

func (n *nested) has(f listing.Field) bool {
	for _, g := range n.role {
		if g == f {
			return true
		}
	}
	return false
}

func (n *nested) chooseStock(stocks []*element) {
	if i := slices.IndexFunc(stocks, func(e *element) bool { return isTotal(e.key) }); i >= 0 {
		stocks = stocks[i : i+1]
	}
	for _, leaf := range stocks {
		n.role[leaf] = listing.Stock
	}
}

// choosePrice takes the price that a buyer pays; which one that is is shown, and can be answered otherwise.
func (n *nested) choosePrice(prices []price, answers listing.Answers) {
	best := -1
	var choices []string
	for i, p := range prices {
		if p.rank < 9 {
			choices = append(choices, p.path)
		}
		if p.rank < noSalesPrice && (best < 0 || p.rank < prices[best].rank) {
			best = i
		}
	}
	if best < 0 {
		return
	}
	if len(choices) > 1 {
		q := answers.Ask(listing.AskColumn, string(listing.Price), prices[best].path, choices, nil)
		n.asks = append(n.asks, q)
		best = slices.IndexFunc(prices, func(p price) bool { return p.path == q.Chosen })
	}
	p := prices[best]
	if p.rank == discountedRank {
		n.discounted = &prices[best]
		n.listed = listPrice(prices)
	}
	if p.of == nil {
		n.role[p.leaf] = listing.Price
		return
	}
	p.of.chosen = map[*element]int{p.leaf: p.name}
	p.of.role = map[*element]listing.Field{p.leaf: listing.Price}
	for _, leaf := range p.of.leaves {
		if f := leaf.field; leaf != p.leaf && (f == listing.Currency || f == listing.VAT) {
			p.of.chosen[leaf], p.of.role[leaf] = p.name, f
			for other, g := range n.role { // a currency further out is that of others
				if g == f {
					delete(n.role, other)
				}
			}
		}
	}
}

// listPrice is the best of prices that are not discounted.
func listPrice(prices []price) (best *price) {
	for i := range prices {
		p := &prices[i]
		if p.rank > discountedRank && p.rank < noSalesPrice && (best == nil || p.rank < best.rank) {
			best = p
		}
	}
	return best
}

// column is where a price stands, -1 where it has none.
func (p *price) column(plan *feedPlan) int {
	columns := plan.columns[p.leaf]
	at := 0
	if p.of != nil {
		columns, at = p.of.columns[p.leaf], p.name
	}
	if at >= len(columns) {
		return -1
	}
	return columns[at]
}

// findTyped finds the elements that repeat themselves and say what each of them is.
func (n *nested) findTyped(base *element, leaves []*element) {
	for _, leaf := range leaves {
		e := leaf
		for e != base && e.most < 2 {
			e = e.parent
		}
		if e == base || n.typed[e] != nil {
			continue
		}
		group := option.IsGroup(e.name)
		for outer := e; outer != base && !group; outer = outer.parent {
			group = isPriceGroup(outer.key)
		}
		if !group && e.field != listing.Price {
			continue
		}
		t := &typed{element: e, leaves: below(e, nil), columns: map[*element][]int{}}
		if e.leaf() {
			t.leaves = append([]*element{e}, t.leaves...)
		}
		for _, c := range t.leaves {
			if c != e && (isLabel(c.key) || t.by == nil && c.field == listing.Currency && !option.IsGroup(e.name)) && len(c.texts) > 0 && len(c.texts) <= maxRepeats {
				if t.by == nil || !isLabel(t.by.key) {
					t.by = c
				}
			}
		}
		if t.by == nil {
			continue
		}
		t.names = t.by.texts
		if t.by.filled < e.count {
			t.names = append(slices.Clone(t.names), "")
		}
		n.typed[e] = t
	}
}

// priced tells whether it is of prices.
func (t *typed) priced() bool { return !option.IsGroup(t.element.name) }

func (n *nested) typedOf(leaf *element) *typed {
	for e := leaf; e != nil; e = e.parent {
		if t := n.typed[e]; t != nil {
			return t
		}
	}
	return nil
}

func typedPath(leaf, base *element, name string) string {
	if name == "" {
		return leaf.pathFrom(base)
	}
	return leaf.pathFrom(base) + "[" + name + "]"
}

// shortName is a name by which the field of a value deeper below base is found: its own, or that of an element around it.
func shortName(leaf, base *element, f listing.Field) string {
	for e := leaf; e != base && e != nil; e = e.parent {
		if e.field == f {
			return e.name
		}
	}
	return string(f)
}
