package gui

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// productColumns are all columns of the catalogue; the ids are the sort names and what the choice of
// columns is kept by.
func productColumns(e *env) []widgets.Column {
	return []widgets.Column{
		{ID: string(domain.ProductsByCode), Title: e.t("products.code"), Width: 96, Grow: 1},
		{ID: string(domain.ProductsByBarcode), Title: e.t("products.barcode"), Width: 118, Grow: 0.2},
		{ID: string(domain.ProductsByName), Title: e.t("products.name"), Width: 150, Grow: 4},
		{ID: string(domain.ProductsByBrand), Title: e.t("products.brand"), Width: 84, Grow: 1},
		{ID: string(domain.ProductsByPrice), Title: e.t("products.price"), Width: 92, Grow: 0.2, Right: true},
		{ID: string(domain.ProductsByStock), Title: e.t("products.stock"), Width: 64, Grow: 0.2, Right: true},
		{ID: string(domain.ProductsByState), Title: e.t("products.state"), Width: 76, Grow: 0.2},
		{ID: string(domain.ProductsByBinding), Title: e.t("products.binding"), Width: 84, Grow: 0.2},
	}
}

// productCells are the cells of a product by the ids of productColumns.
func productCells(e *env, p domain.ListedProduct) map[domain.ProductSort]string {
	bound := e.t("products.unbound")
	if p.Bound != "" {
		bound = e.t("products.bound")
	}
	cells := map[domain.ProductSort]string{
		domain.ProductsByCode: string(p.Code), domain.ProductsByBarcode: string(p.Barcode), domain.ProductsByName: p.Name,
		domain.ProductsByBrand: p.Brand, domain.ProductsByState: e.t("products.state." + string(p.State)), domain.ProductsByBinding: bound,
	}
	if p.Price.Valid {
		cells[domain.ProductsByPrice] = e.money(p.Price.Decimal, p.Currency)
	}
	if p.Stock.Valid {
		cells[domain.ProductsByStock] = e.amount(p.Stock.Decimal)
	}
	return cells
}

// productRows makes screen rows of products, with the columns that are shown.
func productRows(e *env, columns []widgets.Column, products []domain.ListedProduct) []widgets.TableRow {
	rows := make([]widgets.TableRow, len(products))
	for i, p := range products {
		cells := productCells(e, p)
		for _, c := range columns {
			rows[i].Cells = append(rows[i].Cells, cells[domain.ProductSort(c.ID)])
		}
		rows[i].Key, rows[i].Data = int64(p.ID), p
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
	return e.t("products.barcode." + barcodeKey(class))
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
		return e.t("products.pair.none"), e.t("products.pair.none.why")
	}
	what = e.t("products.pair.id", string(pair.Remote.ID))
	if code := string(pair.Remote.Code); code != "" {
		what = e.t("products.pair.code", code) + " · " + what
	}
	if pair.Remote.Name != "" {
		what = pair.Remote.Name + " · " + what
	}
	if pair.Tier == "" {
		return what, e.t("products.pair.unknown")
	}
	return what, whyOf(e, transfer.Row{Tier: pair.Tier, Flag: pair.Flag})
}

// offerWords words a price at a marketplace, and why it is so in one sentence.
func offerWords(e *env, o pricing.Offer) (price, why string) {
	var parts []string
	for i, s := range o.Steps {
		if s.Stage == pricing.StageRound && i > 0 && s.Price.Equal(o.Steps[i-1].Price) {
			continue // rounded already
		}
		parts = append(parts, stepWords(e, s, o))
	}
	for _, w := range o.Warnings {
		parts = append(parts, strings.TrimSuffix(e.t("pricing.warning."+string(w)), "."))
	}
	switch {
	case o.Blocked:
		price = e.t("pricing.short.blocked")
	case o.Approval:
		price = e.t("pricing.short.approval", e.money(o.Price.Decimal, pricing.Target))
	default:
		price = e.money(o.Price.Decimal, pricing.Target)
	}
	if o.Rule == nil && !o.Blocked {
		parts = append(parts, e.t("pricing.rule.none"))
	}
	return price, strings.Join(parts, "; ") + "."
}

func stepWords(e *env, s pricing.Step, o pricing.Offer) string {
	currency := pricing.Target
	if s.Stage == pricing.StageBase {
		currency = o.Currency
	}
	price, key := e.money(s.Price, currency), "pricing.step."+string(s.Stage)
	switch s.Stage {
	case pricing.StageRate:
		return e.t(key+".dated", dayWords(o.Rate.Day, e.text.Lang), domain.FormatNumber(o.Rate.Value, e.text.Lang), price)
	case pricing.StageRule:
		change := e.money(o.Rule.Amount, pricing.Target)
		if o.Rule.Kind == pricing.Percent {
			change = domain.FormatPercent(o.Rule.Amount, e.text.Lang)
		}
		return e.t(key+"."+string(o.Rule.Direction), change, price)
	case pricing.StageExtra:
		return e.t(key, e.money(o.Rule.Extra, pricing.Target), price)
	case pricing.StageEnding:
		return e.t(key+"."+string(o.Rule.EndingMode), e.t("rule.ending"+o.Rule.Ending), price)
	default:
		return e.t(key, price)
	}
}

// dayWords writes a day the language's way: 23.11.2026.
func dayWords(d pricing.Day, lang string) string {
	if lang == "en" || len(d) != len("2006-01-02") {
		return string(d)
	}
	return string(d[8:] + "." + d[5:7] + "." + d[:4])
}
