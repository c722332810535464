package isbasi

import (
	"context"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/domain"
)

// descriptionLimit is how long a stock receipt's description may be, in characters.
const descriptionLimit = 300

// SaveStock stores a stock receipt. No call for it is published, so it is off (KindForbidden, without a
// call) until ProbeStock has found it allowed for the API key; a refusal switches it off again
// (isbasi-api.md §4.6, §11). It costs one write.
func (c *Client) SaveStock(ctx context.Context, m domain.StockMovement) error {
	const op = "write stock"
	switch {
	case m.Type <= 0:
		return domain.Wrap(domain.Invalid("type", "required"), op)
	case len(m.Lines) == 0:
		return domain.Wrap(domain.Invalid("lines", "required"), op)
	case utf8.RuneCountInString(m.Description) > descriptionLimit:
		return domain.Wrap(domain.Invalid("description", "too-long"), op)
	}
	if err := c.allowed(ctx, domain.AbilityStockWrite, op); err != nil {
		return err
	}
	body := stockWire{
		Type: m.Type, Date: isoTime(m.Date), DocNumber: m.Number, Description: m.Description, Currency: localCurrency(domain.TRY), ExchangeRate: 1,
		Lines: make([]stockLineWire, len(m.Lines)),
	}
	for i, l := range m.Lines {
		if l.Product == "" {
			return domain.Wrap(domain.Invalid("product", "required"), op)
		}
		body.Lines[i] = stockLineWire{
			LineNumber: i + 1, Amount: amount{l.Amount}, StockRef: string(l.Product),
			Currency: localCurrency(domain.TRY), ExchangeRate: 1,
		}
		if l.Unit != "" {
			body.Lines[i].Unit = &namedWire{Name: l.Unit}
		}
	}
	err := c.write(ctx, request{op: op, method: http.MethodPut, path: "stock", body: body}, nil)
	if domain.KindOf(err) == domain.KindForbidden {
		if e := c.Remember(ctx, domain.AbilityStockWrite, domain.AbilityDenied); e != nil {
			return domain.Wrap(e, op)
		}
	}
	return err
}

// ProbeStock finds out whether the API key may write stock, and remembers it: a receipt without lines
// is sent, which moves nothing, and only "not authorised" and "no such route" mean no. Where the answer
// proves nothing it is an error and nothing is remembered. It costs one write.
func (c *Client) ProbeStock(ctx context.Context) (domain.AbilityAnswer, error) {
	const op = "ask whether stock can be written"
	err := c.write(ctx, request{op: op, method: http.MethodPut, path: "stock", body: map[string]any{"id": 0}}, nil)
	answer := domain.AbilityAllowed
	switch domain.KindOf(err) {
	case "", domain.KindRejected, domain.KindState:
	case domain.KindForbidden, domain.KindNotFound:
		answer = domain.AbilityDenied
	default:
		return domain.AbilityUnasked, err
	}
	return answer, c.Remember(ctx, domain.AbilityStockWrite, answer)
}

// stockWire is StockTransaction (isbasi-api.md §4.6).
type stockWire struct {
	ID           int             `json:"id"`
	Type         int             `json:"type"`
	Date         string          `json:"date"`
	DocNumber    string          `json:"docNumber"`
	Description  string          `json:"description"`
	Currency     string          `json:"currency"`
	ExchangeRate int             `json:"exchangeRate"`
	Lines        []stockLineWire `json:"stockTransactionLines"`
}

type stockLineWire struct {
	ID           int        `json:"id"`
	LineNumber   int        `json:"lineNumber"`
	Amount       amount     `json:"amount"`
	StockRef     string     `json:"stockRef"`
	Unit         *namedWire `json:"unit,omitempty"`
	Currency     string     `json:"currency"`
	ExchangeRate int        `json:"exchangeRate"`
}

type namedWire struct {
	Name string `json:"name"`
}

// isoTime writes a time as İşbaşı's records have it: Türkiye's, without an offset.
func isoTime(at time.Time) string { return at.In(domain.Istanbul).Format("2006-01-02T15:04:05") }

// plainTime writes a time as simple invoices want it (isbasi-api.md §3.4).
func plainTime(at time.Time) string { return at.In(domain.Istanbul).Format(time.DateTime) }
