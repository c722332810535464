package sandbox

import (
	"strconv"

	"github.com/shopspring/decimal"
)

// The routes of orders (isbasi-api.md §5). Writing them is not for integration keys: 403.
const (
	RouteOrders = "orders/orders"
	RouteOrder  = "orders/{id}"
)

func (s *Server) listOrders(c *call) answer { return paged(s, c, &s.orders, s.orderRow) }

func (s *Server) orderRow(c *call, o *Order) map[string]any {
	return map[string]any{
		"id": s.id(c, o.ID), "date": s.date(o.ID, o.Date), "orderNumber": o.Number, "orderProcessType": 1,
		"orderProcessTypeName": "Satış Siparişi", "firmOrderNumber": s.text(o.ID, o.FirmNumber), "supplierOrderNumber": nil,
		"firmName": o.FirmName, "addressInfo": o.Address + " " + o.District + "/" + o.City, "total": exact(o.Total),
		"totalTL": exact(o.Total.Mul(o.Rate).Round(2)), "currency": o.Currency, "exchangeRate": exact(o.Rate),
		"isCancelled": o.Cancelled, "tags": nil, "category": nil, "categoryName": s.text(o.ID, o.Category),
		"paymentStatus": 0, "paymentName": nil, "orderStatus": o.status(), "statusName": o.statusName(), "reserveStatus": 0,
		"grossTotal": exact(o.Total.Sub(o.VAT)), "totalDiscounted": exact(o.Total.Sub(o.VAT)), "totalDiscounts": 0,
		"activeStatus": 1, "strfrStatus": 0,
	}
}

// oneOrder answers an order; what is no number is no route.
func (s *Server) oneOrder(c *call) answer {
	id, err := strconv.ParseInt(c.path["id"], 10, 64)
	if err != nil {
		return notFound(c.r.URL.Path)
	}
	o := s.orders.find(func(o *Order) bool { return o.ID == id })
	if o == nil {
		return s.gone(c)
	}
	return s.ok(c, s.orderDetail(c, o))
}

// orderDetail is shaped like an invoice.
func (s *Server) orderDetail(c *call, o *Order) map[string]any {
	lines := make([]map[string]any, len(o.Lines))
	vat := map[string]decimal.Decimal{}
	for i, l := range o.Lines {
		lines[i] = s.invoiceLine(c, o.ID, i, l, money{o.Currency, o.Rate, true})
		gross := l.amount()
		net := gross.Div(vatFactor(valid(l.VATRate)))
		vat[l.VATRate.String()] = vat[l.VATRate.String()].Add(gross.Sub(net))
	}
	var vatInfo []map[string]any
	for rate, amount := range vat {
		vatInfo = append(vatInfo, map[string]any{"vatRate": exact(decimal.RequireFromString(rate)), "vatAmount": exact(amount.Round(2))})
	}
	return map[string]any{
		"id": s.id(c, o.ID), "isCancelled": o.Cancelled, "type": 1, "orderNumber": o.Number, "orderDate": s.date(o.ID, o.Date),
		"customerOrderNumber": s.text(o.ID, o.FirmNumber), "orderStatus": o.status(), "orderStatusDescription": o.statusName(),
		"firm":         map[string]any{"id": s.id(c, o.FirmID), "code": o.FirmCode, "name": o.FirmName, "taxOrPersonalId": o.TaxNumber},
		"address":      map[string]any{"address": o.Address, "city": o.City, "district": o.District, "postalCode": o.PostalCode, "phone": o.Phone},
		"invoiceLines": lines, "vatIncluded": true, "currency": o.Currency, "exchangeRate": exact(o.Rate),
		"total": exact(o.Total), "totalTL": exact(o.Total.Mul(o.Rate).Round(2)), "vatAmount": exact(o.VAT), "withholdingAmount": 0,
		"vatInfo": vatInfo, "eGovernmentInvoice": nil, "safeOrBank": nil, "createdUser": nil,
	}
}
