package sandbox

import "github.com/shopspring/decimal"

// money is what the lines of one document have in common.
type money struct {
	currency    string
	rate        decimal.Decimal
	vatIncluded bool
}

// invoiceLine is a line of an invoice's or an order's invoiceLines: amount is the quantity, total the gross
// amount, and there is no name but the product's (isbasi-api.md §12, to §6.4).
func (s *Server) invoiceLine(c *call, record int64, i int, l InvoiceLine, m money) map[string]any {
	factor := vatFactor(valid(l.VATRate))
	with := func(d decimal.Decimal) decimal.Decimal { // VAT included
		if m.vatIncluded {
			return d
		}
		return d.Mul(factor)
	}
	without := func(d decimal.Decimal) decimal.Decimal { return with(d).Div(factor) }
	before, after := l.Quantity.Mul(l.Price), l.amount()
	vat := with(after).Round(2).Sub(without(after).Round(2))
	return map[string]any{
		"id": s.id(c, record*100+int64(i)), "lineNumber": i + 1, "description": s.text(record, l.Description),
		"amount": exact(l.Quantity), "unit": map[string]any{"code": unitCode(l.Unit), "name": l.Unit}, "stockRef": s.id(c, l.ProductID),
		"product":  map[string]any{"id": s.id(c, l.ProductID), "code": l.Code, "name": l.Name, "type": l.ProductType},
		"currency": m.currency, "exchangeRate": exact(m.rate),
		"price": exact(l.Price), "priceTaxIncluded": exact(with(l.Price).Round(8)), "priceTaxExcluded": exact(without(l.Price).Round(8)),
		"priceFromTotal": false, "total": exact(before.Round(2)), "netTotal": exact(without(after).Round(2)),
		"totalTaxIncluded": exact(with(after).Round(2)), "totalTaxExcluded": exact(without(after).Round(2)),
		"discountPer": exact(l.DiscountRate), "discountType": 0, "discountAmount": exact(before.Sub(after).Round(2)), "generalDiscountAmount": 0,
		"vatRate": exact(l.VATRate), "vatAmount": exact(vat), "vatIncluded": m.vatIncluded, "vatExemption": nil,
		"withholdingAmount": exact(vat.Mul(l.withheld()).Round(2)), "stoppageAmount": 0, "stoppageRate": 0,
	}
}
