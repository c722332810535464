package sandbox

import (
	"strconv"
	"time"
	"unicode/utf8"

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

// Receipt is what moved one product's stock: a line of a stock receipt or of an invoice.
type Receipt struct {
	ID          int64 // of the receipt: its lines share it
	Kind        int   // StockEntry …
	ProductID   int64
	Amount      decimal.Decimal // what was added; less than zero: taken away
	Date        time.Time
	DocNumber   string // of the sender
	Description string
	Firm        string // the invoice's customer
	Invoice     string // the invoice's number, when it is one that moved the stock
}

// saveReceipt takes a stock receipt, when the key may (isbasi-api.md §4.6).
func (s *Server) saveReceipt(c *call) answer {
	if !s.o.AllowStock {
		return s.forbidden(c)
	}
	var in struct {
		Type         int                 `json:"type"`
		Date         string              `json:"date"`
		DocNumber    string              `json:"docNumber"`
		Description  string              `json:"description"`
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
	case utf8.RuneCountInString(in.Description) > 300:
		return s.invalid(c, []string{"Açıklama en fazla 300 karakter olabilir."})
	}
	id := s.nextReceipt()
	moved := make([]Receipt, 0, len(in.Lines))
	for _, line := range in.Lines {
		if s.products.find(byID(int64(line.Product))) == nil {
			return s.gone(c)
		}
		if !line.Amount.Valid {
			return s.invalid(c, []string{"Miktar zorunludur."})
		}
		amount := line.Amount.Decimal.Mul(decimal.NewFromInt(sign))
		moved = append(moved, Receipt{
			ID: id, Kind: in.Type, ProductID: int64(line.Product), Amount: amount, Date: date,
			DocNumber: in.DocNumber, Description: in.Description,
		})
	}
	if c.keeps("stockTransactionLines") {
		moved = nil
	}
	for _, m := range moved {
		s.move(m)
	}
	return s.ok(c, s.id(c, id))
}

// nextReceipt is an id that no receipt has.
func (s *Server) nextReceipt() int64 {
	if len(s.receipts) == 0 {
		return 7001
	}
	return s.receipts[len(s.receipts)-1].ID + 1
}

// move changes the quantity, and the product's date where StockChangesDate says so.
func (s *Server) move(m Receipt) {
	p := s.products.find(byID(m.ProductID))
	if p == nil || p.kind() == TypeService {
		return
	}
	p.Stock = valid(p.Stock.Decimal.Add(m.Amount))
	if s.o.StockChangesDate {
		p.ModifiedAt = s.now()
	}
	s.products.changed()
	s.receipts = append(s.receipts, m)
}

func byID(id int64) func(*Product) bool { return func(p *Product) bool { return p.ID == id } }

// movements lists what moved a product's stock.
func (s *Server) movements(c *call) answer {
	if c.query("type") != strconv.Itoa(TypeProduct) {
		return s.invalid(c, []string{"type yalnızca 1 olabilir."})
	}
	p := s.product(c.path["id"], c.query("type"))
	if p == nil {
		return s.gone(c)
	}
	movements := table[movement]{columns: map[string]func(*movement) any{
		"id":          func(m *movement) any { return m.id },
		"date":        func(m *movement) any { return m.Date },
		"docNumber":   func(m *movement) any { return m.document() },
		"isCancelled": func(*movement) any { return false },
	}}
	opening := p.Stock.Decimal
	for i, m := range s.receipts {
		if m.ProductID == p.ID {
			movements.rows = append(movements.rows, movement{m, int64(i + 1)})
			opening = opening.Sub(m.Amount)
		}
	}
	if !opening.IsZero() {
		first := Receipt{Kind: StockEntry, ProductID: p.ID, Amount: opening, Date: p.ModifiedAt}
		movements.rows = append([]movement{{first, 0}}, movements.rows...)
	}
	return paged(s, c, &movements, func(c *call, m *movement) map[string]any { return s.movementRow(c, p, m) })
}

// movement is a row of the list; its id is its place among all movements, 0 what was there before.
type movement struct {
	Receipt
	id int64
}

// document is the number of the paper that moved it.
func (m *movement) document() string {
	if m.Invoice != "" {
		return m.Invoice
	}
	return m.DocNumber
}

func (s *Server) movementRow(c *call, p *Product, m *movement) map[string]any {
	process := map[int]string{StockEntry: "StockEntry", StockOut: "StockOut", StockAdjustment: "Adjustment"}[m.Kind]
	kind, source := "NonProcess", "Receipt"
	if m.Invoice != "" {
		kind, source = "Sale", "Invoice"
	}
	price := s.number(p.ID, p.Price)
	return map[string]any{
		"id": s.id(c, m.id), "number": strconv.FormatInt(m.ID, 10), "serialNumber": nil, "docNumber": s.text(m.id, m.document()),
		"date": s.date(p.ID, m.Date), "type": process, "processType": process, "transactionTypeId": kind, "receiptType": source,
		"amount": exact(m.Amount.Abs()), "unitName": p.unit(), "price": price, "currency": s.text(p.ID, p.Currency),
		"exchangeRate": 1, "vatIncluded": true, "firmName": s.text(p.ID, m.Firm), "isCancelled": false, "isEditable": m.Invoice == "",
	}
}
