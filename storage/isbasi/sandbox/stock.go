package sandbox

import (
	"strconv"

	"github.com/shopspring/decimal"
)

// The routes of stock (isbasi-api.md §4.5, §4.6).
const (
	RouteStockReceipt = "PUT:stock"
	RouteMovements    = "stock/stocktransactionlist/{id}"
)

// The kinds of a stock receipt. Their codes are not known (isbasi-api.md §9, question 6): these are the
// places of the names in §4.5, from 1.
const (
	StockEntry      = 1 // adds
	StockOut        = 2 // takes away
	StockAdjustment = 4 // adds, or takes away when negative
)

// saveReceipt takes a stock receipt, when the key may (isbasi-api.md §4.6).
func (s *Server) saveReceipt(c *call) answer {
	if !s.o.AllowStock {
		return s.forbidden(c)
	}
	var in struct {
		Type         int                 `json:"type"`
		Date         string              `json:"date"`
		Currency     string              `json:"currency"`
		ExchangeRate decimal.NullDecimal `json:"exchangeRate"`
		Lines        []struct {
			Amount  decimal.NullDecimal `json:"amount"`
			Product recordID            `json:"stockRef"`
		} `json:"stockTransactionLines"`
	}
	if c.read(&in) != nil {
		return s.unreadable(c)
	}
	date, err := parseDate(in.Date)
	sign, known := map[int]int64{StockEntry: 1, StockOut: -1, StockAdjustment: 1}[in.Type]
	switch {
	case !known:
		return s.invalid(c, []string{"Fiş türü geçersiz."})
	case err != nil || in.Currency == "" || !in.ExchangeRate.Valid:
		return s.invalid(c, []string{"Tarih, döviz ve kur zorunludur."})
	case len(in.Lines) == 0:
		return s.invalid(c, []string{"Fiş satırı zorunludur."})
	}
	moved := make([]receipt, 0, len(in.Lines))
	for _, line := range in.Lines {
		if s.products.find(byID(int64(line.Product))) == nil {
			return s.gone(c)
		}
		if !line.Amount.Valid {
			return s.invalid(c, []string{"Miktar zorunludur."})
		}
		amount := line.Amount.Decimal.Mul(decimal.NewFromInt(sign))
		moved = append(moved, receipt{product: int64(line.Product), kind: in.Type, amount: amount, at: date})
	}
	for _, m := range moved {
		s.move(m)
	}
	return s.ok(c, s.id(c, int64(len(s.receipts))))
}

// move changes the quantity. Whether that changes the product's date is not known; here it does not.
func (s *Server) move(m receipt) {
	p := s.products.find(byID(m.product))
	if p == nil || p.kind() == TypeService {
		return
	}
	p.Stock = valid(p.Stock.Decimal.Add(m.amount))
	s.products.changed()
	s.receipts = append(s.receipts, m)
}

func byID(id int64) func(*Product) bool { return func(p *Product) bool { return p.ID == id } }

// movements lists what moved a product's stock. The headers of the person are demanded here.
func (s *Server) movements(c *call) answer {
	if c.query("type") != strconv.Itoa(TypeProduct) {
		return s.invalid(c, []string{"type yalnızca 1 olabilir."})
	}
	for _, name := range []string{"UserId", "UserEmail", "UserName"} {
		if c.r.Header.Get(name) == "" {
			return s.invalid(c, []string{name + " zorunludur."})
		}
	}
	p := s.product(c.path["id"], c.query("type"))
	if p == nil {
		return s.gone(c)
	}
	movements := table[receipt]{columns: map[string]func(*receipt) any{
		"id":          func(m *receipt) any { return m.product },
		"date":        func(m *receipt) any { return m.at },
		"isCancelled": func(*receipt) any { return false },
	}}
	opening := p.Stock.Decimal
	for _, m := range s.receipts {
		if m.product == p.ID {
			movements.rows = append(movements.rows, m)
			opening = opening.Sub(m.amount)
		}
	}
	if !opening.IsZero() {
		movements.rows = append([]receipt{{product: p.ID, kind: StockEntry, amount: opening, at: p.ModifiedAt}}, movements.rows...)
	}
	number := 0 // on the page
	return paged(s, c, &movements, func(c *call, m *receipt) map[string]any {
		number++
		return s.movementRow(c, p, m, number)
	})
}

func (s *Server) movementRow(c *call, p *Product, m *receipt, number int) map[string]any {
	process := map[int]string{StockEntry: "StockEntry", StockOut: "StockOut", StockAdjustment: "Adjustment"}[m.kind]
	kind, source := "NonProcess", "Receipt"
	if m.invoice != "" {
		kind, source = "Sale", "Invoice"
	}
	price := s.number(p.ID, p.Price)
	return map[string]any{
		"id": s.id(c, p.ID*100+int64(number-1)), "number": strconv.Itoa(number), "serialNumber": nil, "docNumber": m.invoice,
		"date": s.date(p.ID, m.at), "type": process, "processType": process, "transactionTypeId": kind, "receiptType": source,
		"amount": exact(m.amount.Abs()), "unitName": p.unit(), "price": price, "currency": s.text(p.ID, p.Currency),
		"exchangeRate": 1, "vatIncluded": true, "firmName": s.text(p.ID, m.firm), "isCancelled": false, "isEditable": m.invoice == "",
	}
}
