package files

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// export is what is special about the headers of one shop system's or marketplace's export (files.md §2, 06); -1 stands for a
// column that there is not.
type export struct {
	also    map[string]meaning // names that mean a field in this export alone, as domain.NameKey makes them
	group   int                // Shopify's handle: rows with the same one are variants of a product
	down    []int              // columns that only the first row of a group fills
	options []option           // what tells variants of the same name apart
	gtins   int                // Amazon's column of either a barcode or a number of its own
	sorts   int                // … and the column that says which of them it is
	woo     family
}

// family are WooCommerce's columns by which the rows of variations name the product that they are of; parent is -1 elsewhere.
type family struct{ id, kind, sku, parent int }

// option is a property by which variants differ.
type option struct{ name, value int }

// exportOf finds out which export a header is of; one of none has nothing special.
func exportOf(header []string) export {
	at := make(map[string]int, len(header))
	for i, h := range header {
		key := domain.NameKey(strings.TrimPrefix(h, "g:"))
		if _, twice := at[key]; !twice {
			at[key] = i
		}
	}
	column := func(key string) int {
		if i, ok := at[key]; ok {
			return i
		}
		return -1
	}
	has := func(keys ...string) bool {
		return !slices.ContainsFunc(keys, func(k string) bool { return column(k) < 0 })
	}
	hasOne := func(keys ...string) bool { return slices.ContainsFunc(keys, func(k string) bool { return has(k) }) }
	e := export{also: map[string]meaning{}, group: -1, gtins: -1, sorts: -1, woo: family{parent: -1}}
	if has("title") && hasOne("handle", "urlhandle") { // Shopify, before and since 2025
		if e.group = column("handle"); e.group < 0 {
			e.group = column("urlhandle")
		}
		e.also["status"] = meaning{field: listing.State, rank: -1} // "Published" is of the online shop alone
		e.also["availablenoteditable"], e.also["available"] = meaning{field: listing.Stock, rank: 0}, meaning{field: listing.Stock, rank: 0}
		e.also["onhandcurrent"], e.also["onhand"] = meaning{field: listing.Stock, rank: unranked}, meaning{field: listing.Stock, rank: unranked}
		for _, key := range []string{"title", "bodyhtml", "description", "vendor", "productcategory", "type", "tags", "published", "publishedononlinestore", "status"} {
			if has(key) {
				e.down = append(e.down, column(key))
			}
		}
		e.option(column, "option", "name", "value")
	}
	if has("varyantdeger1") { // ikas
		e.option(column, "varyant", "tip", "deger")
	}
	e.familyOf(column)
	if has("sellerstockcode", "optionprice") { // n11's variants: it is what they cost, not what they cost more
		e.also["optionprice"] = meaning{field: listing.Price, rank: byName * headerNames()["price"].index}
	}
	if has("id", "title") && !hasOne("productsellercode", "sellerstockcode") && hasOne("gtin", "mpn", "availability", "imagelink") && hasOne("price", "saleprice") { // Google's feed
		e.also["id"] = meaning{field: listing.Code, rank: -1}
	}
	if has("model") && hasOne("sku", "productid") { // OpenCart; elsewhere a model is no code
		e.also["model"] = meaning{field: listing.Code, rank: byName*headerNames()["mpn"].index - 1}
	}
	for key, sort := range map[string]string{"productid": "productidtype", "externalproductid": "externalproductidtype", "urunkimligi": "urunkimligituru"} { // Amazon
		if has(key, sort) {
			e.gtins, e.sorts = column(key), column(sort)
			e.also[key] = meaning{field: listing.Barcode, rank: unranked}
		}
	}
	return e
}

// option finds the options of an export, which are called as "option1name" and "option1value".
func (e *export) option(column func(string) int, stem, name, value string) {
	for _, n := range []string{"1", "2", "3"} {
		o := option{column(stem + n + name), column(stem + n + value)}
		if stem == "varyant" {
			o = option{column(stem + name + n), column(stem + value + n)}
		}
		if o.value >= 0 {
			e.options = append(e.options, o)
		}
	}
}

// familyOf finds WooCommerce's columns, in English and in Turkish.
func (e *export) familyOf(column func(string) int) {
	first := func(keys ...string) int {
		for _, k := range keys {
			if i := column(k); i >= 0 {
				return i
			}
		}
		return -1
	}
	f := family{first("id", "kimlik"), first("type", "tur"), first("sku", "stokkodusku", "stokkodu"), first("parent", "ebeveyn", "ust")}
	if f.id >= 0 && f.kind >= 0 && f.sku >= 0 && f.parent >= 0 {
		e.woo = f
	}
}

// meaning is what a header says in this export.
func (e export) meaning(h string) meaning {
	h = strings.TrimPrefix(h, "g:")
	if m, ok := e.also[domain.NameKey(h)]; ok {
		return m
	}
	if rest, ok := strings.CutPrefix(h, "Variant "); ok && e.group >= 0 {
		h = rest
	}
	if isPlace(h) {
		return meaning{field: listing.Stock, rank: unranked}
	}
	return meaningOf(h)
}

// rank ranks a column that a person may have let become a field that its header does not say: behind those that do.
func (e export) rank(h string, f listing.Field) int {
	if m := e.meaning(h); m.field == f {
		return m.rank
	}
	return unranked + 1
}

// isPlace knows ikas' stocks, one for each place: "Stok:Ana Depo".
func isPlace(h string) bool {
	before, place, ok := strings.Cut(h, ":")
	return ok && place != "" && (domain.NameKey(before) == "stok" || domain.NameKey(before) == "stock")
}

// used are the columns that are read beside those of the fields.
func (e export) used() []int {
	var all []int
	if e.group >= 0 {
		all = append(all, e.group)
	}
	for _, o := range e.options {
		all = append(all, o.value)
		if o.name >= 0 {
			all = append(all, o.name)
		}
	}
	return all
}
