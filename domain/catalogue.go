package domain

import "github.com/shopspring/decimal"

// ProductQuery asks for one page of the catalogue. The zero value is all of it.
type ProductQuery struct {
	ID     ProductID // only this product; 0 = any
	Group  ProductGroup
	Search string // every word has to be in the folded name, code or barcode; one of one or two characters begins a word there
	Most   int    // the hits of a Search are counted up to here, one more says that there are more; 0 = all of them
	Sort   ProductSort
	Desc   bool
	Limit  int // 0 = all
	Offset int
}

// CountedHits is how many hits of a search are counted for a person, who narrows a search that finds more.
const CountedHits = 5_000

// ProductGroup is a part of the catalogue.
type ProductGroup string

// The groups.
const (
	ProductsAll      ProductGroup = ""
	ProductsCurrent  ProductGroup = "current" // all but the archived ones
	ProductsPassive  ProductGroup = "passive"
	ProductsDrafts   ProductGroup = "drafts"
	ProductsArchived ProductGroup = "archived"
)

// ProductSort is the column a list of products is sorted by.
type ProductSort string

// The sortable columns; ProductsByAge is the order in which they were added.
const (
	ProductsByAge     ProductSort = ""
	ProductsByName    ProductSort = "name"
	ProductsByCode    ProductSort = "code"
	ProductsByBarcode ProductSort = "barcode"
	ProductsByBrand   ProductSort = "brand"
	ProductsByPrice   ProductSort = "price"
	ProductsByStock   ProductSort = "stock"
	ProductsByState   ProductSort = "state"
	ProductsByBinding ProductSort = "binding"
)

// ListedProduct is a product with the İşbaşı product it is bound to, "" for none.
type ListedProduct struct {
	Product
	Bound RemoteID
}

// The limits of what a person may type into a product.
const (
	maxProductText     = 500
	maxProductDecimals = 8 // İşbaşı has as many
	maxVATRate         = 100
)

// Validate refuses what a product may not be when a person writes it. The error's Field is name, code,
// barcode, brand, price, stock or vat_rate, its Detail required, too-long, characters, negative, decimals or percent.
func (p Product) Validate() error {
	if clean(p.Name) == "" {
		return Invalid("name", "required")
	}
	for _, f := range []struct{ field, text string }{
		{"code", string(p.Code)}, {"barcode", string(p.Barcode)}, {"name", p.Name}, {"brand", p.Brand},
	} {
		if len([]rune(f.text)) > maxProductText {
			return Invalid(f.field, "too-long")
		}
		if Line(f.text) != f.text {
			return Invalid(f.field, "characters")
		}
	}
	switch rate := p.VATRate.Decimal; {
	case p.Price.Decimal.IsNegative():
		return Invalid("price", "negative")
	case tooFine(p.Price):
		return Invalid("price", "decimals")
	case tooFine(p.Stock):
		return Invalid("stock", "decimals")
	case rate.IsNegative() || rate.GreaterThan(decimal.NewFromInt(maxVATRate)):
		return Invalid("vat_rate", "percent")
	case tooFine(p.VATRate):
		return Invalid("vat_rate", "decimals")
	}
	return nil
}

func tooFine(d decimal.NullDecimal) bool {
	return !d.Decimal.Equal(d.Decimal.Truncate(maxProductDecimals))
}
