package invoices

import (
	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/lines"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
)

func (c commands) tryCommand() *cobra.Command {
	return lines.Command(c.Console, "Decide what becomes of an order that is to be invoiced, from JSON lines, without a company: one answer a line", Answer, lines.Sentence(c.Console))
}

// invoiceResult is the answer to a line that was understood.
type invoiceResult struct {
	Gate   []invoicing.Hit     `json:"gate"`
	Warn   []invoicing.Warning `json:"warn"`
	Kind   *string             `json:"kind"`
	Number *string             `json:"number"`
	Lines  []invoiceLineResult `json:"lines"`
	Rates  []rateResult        `json:"rates"`
	Total  string              `json:"total"`
	Base   string              `json:"base"`
	VAT    string              `json:"vat"`
}

type invoiceLineResult struct {
	Net      string  `json:"net"`
	Discount string  `json:"discount"`
	VAT      *string `json:"vat"`
	SendUnit *string `json:"send_unit"`
}

type rateResult struct {
	Rate  string `json:"rate"`
	Gross string `json:"gross"`
	Base  string `json:"base"`
	VAT   string `json:"vat"`
}

// Answer is what becomes of a line.
func Answer(line []byte) (any, error) {
	in, err := invoiceCase(line)
	if err != nil {
		return nil, err
	}
	a := invoicing.Judge(in)
	r := invoiceResult{
		Gate: append([]invoicing.Hit{}, a.Gate...), Warn: append([]invoicing.Warning{}, a.Warnings...), // never null
		Lines: make([]invoiceLineResult, 0, len(a.Lines)), Rates: make([]rateResult, 0, len(a.Rates)),
		Total: a.Total.StringFixed(2), Base: a.Base.StringFixed(2), VAT: a.VAT.StringFixed(2),
	}
	if len(a.Gate) == 0 {
		kind := invoiceKindWord(a.Kind)
		r.Kind, r.Number = &kind, &a.TaxNumber
	}
	for _, l := range a.Lines {
		r.Lines = append(r.Lines, invoiceLineResult{
			Net: l.Net.StringFixed(2), Discount: l.Discount.StringFixed(2), VAT: kurusText(l.VAT), SendUnit: lines.Shortest(l.SendUnit),
		})
	}
	for _, s := range a.Rates {
		r.Rates = append(r.Rates, rateResult{
			Rate: s.Rate.String(), Gross: s.Gross.StringFixed(2), Base: s.Base.StringFixed(2), VAT: s.VAT.StringFixed(2),
		})
	}
	return r, nil
}

// kurusText writes an amount with two decimals.
func kurusText(d decimal.NullDecimal) *string {
	if !d.Valid {
		return nil
	}
	s := d.Decimal.StringFixed(2)
	return &s
}

// invoiceKindWord is what people call a kind of document.
func invoiceKindWord(k domain.InvoiceKind) string {
	if k == domain.InvoiceEInvoice {
		return "e-Fatura"
	}
	return "e-Arşiv"
}
