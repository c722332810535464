package isbasi

import (
	"context"
	"iter"
	"net/http"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Orders yields the pages of the orders that q asks for (isbasi-api.md §5). A page costs one read. It
// yields an error at most once, last.
func (c *Client) Orders(ctx context.Context, q domain.ListQuery) iter.Seq2[domain.Page[domain.Order], error] {
	return listing[orderWire, domain.Order]{
		name: "orders", path: "orders/orders",
		from: orderWire.order, id: func(o domain.Order) domain.RemoteID { return o.ID },
		says: columns[domain.Order]{
			"id": func(o domain.Order) any { return string(o.ID) }, "ordernumber": func(o domain.Order) any { return o.Number },
			"date": func(o domain.Order) any { return o.Date }, "iscancelled": func(o domain.Order) any { return o.Cancelled },
		},
	}.pages(ctx, c, q)
}

// Order reads one order with its lines. It costs one read.
func (c *Client) Order(ctx context.Context, id domain.RemoteID) (domain.Order, error) {
	const op = "read an order"
	segment, err := remoteID("order", id)
	if err != nil {
		return domain.Order{}, domain.Wrap(err, op)
	}
	var w orderWire
	if err := c.read(ctx, request{op: op, method: http.MethodGet, path: "orders/" + segment}, &w); err != nil {
		return domain.Order{}, err
	}
	return w.order(), sameID(op, id, w.ID)
}

// orderWire is a row of orders/orders and the data of an order's detail, which is shaped like an
// invoice.
type orderWire struct {
	ID                  text              `json:"id"`
	Date                moment            `json:"date"`
	OrderDate           moment            `json:"orderDate"`
	OrderNumber         text              `json:"orderNumber"`
	ProcessTypeName     text              `json:"orderProcessTypeName"`
	FirmOrderNumber     text              `json:"firmOrderNumber"`
	CustomerOrderNumber text              `json:"customerOrderNumber"`
	SupplierOrderNumber text              `json:"supplierOrderNumber"`
	FirmName            text              `json:"firmName"`
	Firm                firmRef           `json:"firm"`
	AddressInfo         addressWire       `json:"addressInfo"`
	Address             addressWire       `json:"address"`
	Description         text              `json:"description"`
	Total               number            `json:"total"`
	TotalTL             number            `json:"totalTL"`
	VATAmount           number            `json:"vatAmount"`
	Currency            named             `json:"currency"`
	ExchangeRate        number            `json:"exchangeRate"`
	IsCancelled         flag              `json:"isCancelled"`
	PaymentStatus       text              `json:"paymentStatus"`
	OrderStatus         text              `json:"orderStatus"`
	StatusName          text              `json:"statusName"`
	StatusDescription   text              `json:"orderStatusDescription"`
	Lines               many[invoiceLine] `json:"invoiceLines"`
}

// addressWire is an address as a text, or as an object that holds one.
type addressWire string

// UnmarshalJSON implements json.Unmarshaler.
func (a *addressWire) UnmarshalJSON(raw []byte) error {
	var t text
	var o object[struct {
		Address text `json:"address"`
	}]
	if err := t.UnmarshalJSON(raw); err != nil {
		return err
	}
	if err := o.UnmarshalJSON(raw); err != nil {
		return err
	}
	*a = addressWire(firstOf(t, o.value.Address))
	return nil
}

func (w orderWire) order() domain.Order {
	o := domain.Order{
		ID: idOf(w.ID), Number: w.OrderNumber.trim(),
		CustomerNumber: firstOf(w.FirmOrderNumber, w.CustomerOrderNumber), SupplierNumber: w.SupplierOrderNumber.trim(),
		Date: w.Date.Time, Process: w.ProcessTypeName.trim(), Firm: w.Firm.ref(),
		Address: firstOf(text(w.AddressInfo), text(w.Address)), Description: w.Description.trim(),
		Currency: currency(string(w.Currency)), Rate: w.ExchangeRate.NullDecimal,
		Total: w.Total.NullDecimal, TotalTRY: w.TotalTL.NullDecimal, VAT: w.VATAmount.NullDecimal,
		Status: w.OrderStatus.trim(), StatusName: firstOf(w.StatusName, w.StatusDescription),
		PaymentStatus: w.PaymentStatus.trim(), Cancelled: w.IsCancelled.on, Lines: invoiceLines(w.Lines),
	}
	if o.Date.IsZero() {
		o.Date = w.OrderDate.Time
	}
	if o.Firm.Name == "" {
		o.Firm.Name = w.FirmName.trim()
	}
	return o
}
