package mapping

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/files/heading"
)

// Export is what is special about the headers of one shop system's or marketplace's export (files.md §2, 06); -1 stands for a
// column that there is not.
type Export struct {
	Also    map[string]heading.Meaning // names that mean a field in this export alone, as domain.NameKey makes them
	Group   int                        // Shopify's handle: rows with the same one are variants of a product
	Down    []int                      // columns that only the first row of a group fills
	Options []Property                 // what tells variants of the same name apart
	GTINs   int                        // Amazon's column of either a barcode or a number of its own
	Sorts   int                        // … and the column that says which of them it is
	Woo     Family
}

// Family are WooCommerce's columns by which the rows of variations name the product that they are of; parent is -1 elsewhere.
type Family struct{ ID, Kind, SKU, Parent int }

// Property is one by which variants differ.
type Property struct{ name, Value int }

// ExportOf finds out which export a header is of; one of none has nothing special.
func ExportOf(header []string) Export {
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
	e := Export{Also: map[string]heading.Meaning{}, Group: -1, GTINs: -1, Sorts: -1, Woo: Family{Parent: -1}}
	if has("title") && hasOne("handle", "urlhandle") { // Shopify, before and since 2025
		if e.Group = column("handle"); e.Group < 0 {
			e.Group = column("urlhandle")
		}
		e.Also["status"] = heading.Meaning{Field: listing.State, Rank: -1} // "Published" is of the online shop alone
		e.Also["availablenoteditable"], e.Also["available"] = heading.Meaning{Field: listing.Stock, Rank: 0}, heading.Meaning{Field: listing.Stock, Rank: 0}
		e.Also["onhandcurrent"], e.Also["onhand"] = heading.Meaning{Field: listing.Stock, Rank: heading.Unranked}, heading.Meaning{Field: listing.Stock, Rank: heading.Unranked}
		for _, key := range []string{"title", "bodyhtml", "description", "vendor", "productcategory", "type", "tags", "published", "publishedononlinestore", "status"} {
			if has(key) {
				e.Down = append(e.Down, column(key))
			}
		}
		e.option(column, "option", "name", "value")
	}
	if has("varyantdeger1") { // ikas
		e.option(column, "varyant", "tip", "deger")
	}
	e.familyOf(column)
	if has("sellerstockcode", "optionprice") { // n11's variants: it is what they cost, not what they cost more
		e.Also["optionprice"] = heading.Meaning{Field: listing.Price, Rank: heading.RankOf("price")}
	}
	if has("id", "title") && !hasOne("productsellercode", "sellerstockcode") && hasOne("gtin", "mpn", "availability", "imagelink") && hasOne("price", "saleprice") { // Google's feed
		e.Also["id"] = heading.Meaning{Field: listing.Code, Rank: -1}
	}
	if has("model") && hasOne("sku", "productid") { // OpenCart; elsewhere a model is no code
		e.Also["model"] = heading.Meaning{Field: listing.Code, Rank: heading.RankOf("mpn") - 1}
	}
	for key, sort := range map[string]string{"productid": "productidtype", "externalproductid": "externalproductidtype", "urunkimligi": "urunkimligituru"} { // Amazon
		if has(key, sort) {
			e.GTINs, e.Sorts = column(key), column(sort)
			e.Also[key] = heading.Meaning{Field: listing.Barcode, Rank: heading.Unranked}
		}
	}
	return e
}

// option finds the options of an export, which are called as "option1name" and "option1value".
func (e *Export) option(column func(string) int, stem, name, value string) {
	for _, n := range []string{"1", "2", "3"} {
		o := Property{column(stem + n + name), column(stem + n + value)}
		if stem == "varyant" {
			o = Property{column(stem + name + n), column(stem + value + n)}
		}
		if o.Value >= 0 {
			e.Options = append(e.Options, o)
		}
	}
}

// familyOf finds WooCommerce's columns, in English and in Turkish.
func (e *Export) familyOf(column func(string) int) {
	first := func(keys ...string) int {
		for _, k := range keys {
			if i := column(k); i >= 0 {
				return i
			}
		}
		return -1
	}
	f := Family{first("id", "kimlik"), first("type", "tur"), first("sku", "stokkodusku", "stokkodu"), first("parent", "ebeveyn", "ust")}
	if f.ID >= 0 && f.Kind >= 0 && f.SKU >= 0 && f.Parent >= 0 {
		e.Woo = f
	}
}

// meaning is what a header says in this export.
func (e Export) meaning(h string) heading.Meaning {
	h = strings.TrimPrefix(h, "g:")
	if m, ok := e.Also[domain.NameKey(h)]; ok {
		return m
	}
	if rest, ok := strings.CutPrefix(h, "Variant "); ok && e.Group >= 0 {
		h = rest
	}
	if IsPlace(h) {
		return heading.Meaning{Field: listing.Stock, Rank: heading.Unranked}
	}
	return heading.MeaningOf(h)
}

// rank ranks a column that a person may have let become a field that its header does not say: behind those that do.
func (e Export) rank(h string, f listing.Field) int {
	if m := e.meaning(h); m.Field == f {
		return m.Rank
	}
	return heading.Unranked + 1
}

// IsPlace knows ikas' stocks, one for each place: "Stok:Ana Depo".
func IsPlace(h string) bool {
	before, place, ok := strings.Cut(h, ":")
	return ok && place != "" && (domain.NameKey(before) == "stok" || domain.NameKey(before) == "stock")
}

// Used are the columns that are read beside those of the fields.
func (e Export) Used() []int {
	var all []int
	if e.Group >= 0 {
		all = append(all, e.Group)
	}
	for _, o := range e.Options {
		all = append(all, o.Value)
		if o.name >= 0 {
			all = append(all, o.name)
		}
	}
	return all
}
