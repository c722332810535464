package orders

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets/table"
)

// typed is the marketplace of orders that are typed in.
const typed = "typed"

// marketName is a marketplace as people call it.
func marketName(e *env, key string) string {
	if key == typed {
		return e.T("orders.page.typed")
	}
	return orders.TitleOf(key)
}

// numberWords is by what people know an order: its number, and its package where that is another one.
func numberWords(o orders.Order) string {
	if o.Package == o.Number || o.Number == "" || strings.HasSuffix(o.Package, "/"+o.Number) {
		return o.Package
	}
	return o.Package + " · " + o.Number
}

// titleOf names one order.
func titleOf(e *env, o orders.Order) string {
	return marketName(e, o.Marketplace) + " · " + numberWords(o)
}

// reasonsOf are why an order is held, one sentence each; that a taxpayer is not asked for yet holds nothing.
func reasonsOf(e *env, reasons []string, s orders.Status) (all []string) {
	for _, r := range reasons {
		if r != string(invoicing.HitRegistryUnknown) {
			why, _ := e.OrderHit(r, s)
			all = append(all, why)
		}
	}
	return all
}

// stageWords says where an order stands; of one that is held, why, and of one with an invoice
// that its source says something else since.
func stageWords(e *env, k orders.Kept) string {
	if why := reasonsOf(e, k.Holding(), k.Status); len(why) > 0 {
		return strings.Join(why, " · ")
	}
	if k.Later != nil {
		return e.Stage(k.Verdict) + " · " + e.Hit(string(invoicing.HitChangedSince))
	}
	return e.Stage(k.Verdict)
}

// detailOf is what stands under the list of an order: why it waits, and what to do about it.
func detailOf(e *env, k orders.Kept) string {
	said := []string{titleOf(e, k.Order) + ": " + e.Stage(k.Verdict) + "."}
	for _, r := range k.Holding() {
		why, do := e.OrderHit(r, k.Status)
		said = append(said, why+": "+do)
	}
	if k.Later != nil {
		said = append(said, e.Hit(string(invoicing.HitChangedSince))+": "+e.HitCure(string(invoicing.HitChangedSince)))
	}
	for _, w := range k.Verdict.Warnings {
		what, _ := e.Warning(w)
		said = append(said, what+".")
	}
	return strings.Join(said, " ")
}

func orderRow(e *env, k orders.Kept) table.Row {
	o := k.Standing()
	return table.Row{
		Key: o.Marketplace + "\n" + o.Package, Data: k, Detail: detailOf(e, k),
		Cells: []string{
			marketName(e, o.Marketplace), o.Package, e.Date(o.OrderedAt), o.Buyer.FullName(),
			e.Money(k.Verdict.Total, o.Currency), stageWords(e, k), k.Verdict.Invoice,
		},
	}
}

// percent words a VAT rate.
func percent(e *env, rate decimal.Decimal) string { return e.T("orders.page.percent", e.Amount(rate)) }

// addressLines are those of a customer, as they stand on an invoice.
func addressLines(f domain.Firm) []string {
	place := strings.TrimSpace(f.PostalCode + " " + strings.Join(kit.Filled(f.District, f.City), " / "))
	return kit.Filled(f.Address, place, foreignCountry(f.Country))
}

// foreignCountry is empty for the one that needs no name on an invoice.
func foreignCountry(country string) string {
	switch domain.Fold(country) {
	case "tr", domain.Fold("Türkiye"):
		return ""
	default:
		return country
	}
}
