package catalogue

import (
	"strconv"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// productColumns are all columns of the catalogue; the ids are the sort names and what the choice of
// columns is kept by.
func productColumns(e *env) []table.Column {
	return []table.Column{
		{ID: string(domain.ProductsByCode), Title: e.T("products.code"), Width: 88, Grow: 1},
		{ID: string(domain.ProductsByBarcode), Title: e.T("products.barcode"), Width: 118, Grow: 0.2},
		{ID: string(domain.ProductsByName), Title: e.T("products.name"), Width: 130, Grow: 4},
		{ID: string(domain.ProductsByBrand), Title: e.T("products.brand"), Width: 72, Grow: 1},
		{ID: string(domain.ProductsByPrice), Title: e.T("products.price"), Width: 92, Grow: 0.2, Right: true},
		{ID: string(domain.ProductsByStock), Title: e.T("products.stock"), Width: 60, Grow: 0.2, Right: true},
		{ID: string(domain.ProductsByState), Title: e.T("products.state"), Width: 66, Grow: 0.2},
		{ID: string(domain.ProductsByBinding), Title: e.T("products.binding"), Width: 80, Grow: 0.2},
	}
}

// productCells are the cells of a product by the ids of productColumns.
func productCells(e *env, p domain.ListedProduct) map[domain.ProductSort]string {
	bound := e.T("products.unbound")
	if p.Bound != "" {
		bound = e.T("products.bound")
	}
	cells := map[domain.ProductSort]string{
		domain.ProductsByCode: string(p.Code), domain.ProductsByBarcode: string(p.Barcode), domain.ProductsByName: p.Name,
		domain.ProductsByBrand: p.Brand, domain.ProductsByState: e.T("products.state." + string(p.State)), domain.ProductsByBinding: bound,
	}
	if p.Price.Valid {
		cells[domain.ProductsByPrice] = e.Money(p.Price.Decimal, p.Currency)
	}
	if p.Stock.Valid {
		cells[domain.ProductsByStock] = e.Amount(p.Stock.Decimal)
	}
	return cells
}

// productRows makes screen rows of products, with the columns that are shown.
func productRows(e *env, columns []table.Column, products []domain.ListedProduct) []table.Row {
	rows := make([]table.Row, len(products))
	for i, p := range products {
		cells := productCells(e, p)
		for _, c := range columns {
			rows[i].Cells = append(rows[i].Cells, cells[domain.ProductSort(c.ID)])
		}
		rows[i].Key, rows[i].Data = strconv.FormatInt(int64(p.ID), 10), p.Product
		rows[i].Detail = productDetail(p, cells)
	}
	return rows
}

// productDetail is what a person knows a product by, whole.
func productDetail(p domain.ListedProduct, cells map[domain.ProductSort]string) string {
	parts := []string{p.Name}
	for _, id := range []domain.ProductSort{domain.ProductsByCode, domain.ProductsByBarcode} {
		if cells[id] != "" {
			parts = append(parts, cells[id])
		}
	}
	if price := cells[domain.ProductsByPrice]; price != "" {
		parts = append(parts, price)
	}
	return strings.Join(parts, " · ")
}

// barcodeHint says what a barcode is worth.
func barcodeHint(e *env, b domain.Barcode) string {
	if domain.Code(b).K0() == "" {
		return ""
	}
	_, class := b.Key()
	return e.T("products.barcode." + barcodeKey(class))
}

func barcodeKey(c domain.BarcodeClass) string {
	if c == domain.BarcodeNone {
		return "none"
	}
	return string(c)
}

// pairLines words the binding of a product: what it is bound to, and why.
func pairLines(e *env, pair transfer.Row, ok bool) (what, why string) {
	if !ok {
		return e.T("products.pair.none"), e.T("products.pair.none.why")
	}
	what = pair.Remote.Name
	switch code := string(pair.Remote.Code); {
	case code != "" && what != "":
		what += " · " + e.T("products.pair.code", code)
	case code != "":
		what = e.T("products.pair.code", code)
	case what == "": // nothing else tells it
		what = e.T("products.pair.id", string(pair.Remote.ID))
	}
	switch {
	case pair.Tier == "" && pair.Outcome == transfer.OutcomeUnmatched:
		return what, e.T("products.pair.created")
	case pair.Tier == "":
		return what, e.T("products.pair.unknown")
	}
	return what, e.Why(transfer.Row{Tier: pair.Tier, Flag: pair.Flag})
}

// offerWords words a price at a marketplace, and why it is so in one sentence.
func offerWords(e *env, o pricing.Offer) (price, why string) {
	return e.outcome(o.Result), pricing.Why(e.Words, e.Lang, o)
}

// outcome words a price in a table, with what stands in its way.
func (e *env) outcome(r pricing.Result) string {
	switch {
	case r.Blocked:
		return e.T("pricing.short.blocked")
	case r.Approval:
		return e.T("pricing.short.approval", e.Money(r.Price.Decimal, pricing.Target))
	default:
		return e.Money(r.Price.Decimal, pricing.Target)
	}
}
