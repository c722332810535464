package orders

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func (c commands) showCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show KEY", Short: "One order (MARKETPLACE/PACKAGE): buyer, lines, amounts, what holds it and what to do, its invoices", Args: console.Exact(1),
		RunE: c.Reading(func(ctx context.Context, company *app.Company, args []string) error {
			e, err := examine(ctx, company, args[0])
			if err != nil {
				return err
			}
			return c.showOrder(e)
		}),
	}
}

// examine gives the order that a person names.
func examine(ctx context.Context, company *app.Company, key string) (issuing.Examined, error) {
	k, err := NamedKey(key)
	if err != nil {
		return issuing.Examined{}, err
	}
	e, err := company.ExamineOrder(ctx, k)
	return e, NoOrder(err, k)
}

func (c commands) showOrder(e issuing.Examined) error {
	if c.JSON {
		return c.Print(c.examinedJSON(e))
	}
	k := &e.Kept
	o := k.Standing()
	line := func(name, value string) {
		if value != "" {
			c.Line("%s: %s", c.T("ctl.order."+name), value)
		}
	}
	c.Line("%s · %s · %s", OrderKey(k.Key()), o.Number, c.Words.Stage(judgedNow(e)))
	line("status", strings.TrimSpace(c.Words.OrderStatus(o.Status)+" "+o.Word))
	line("ordered", c.Words.Moment(o.OrderedAt))
	line("shipped", c.Words.Moment(o.ShippedAt))
	b := &o.Buyer
	line("buyer", console.Joined(", ", b.FullName(), b.TaxNumber, b.TaxOffice))
	line("address", console.Joined(", ", b.Address, b.District, b.City, b.PostalCode, b.Country))
	if err := c.showLines(e); err != nil {
		return err
	}
	for _, r := range e.Answer.Rates {
		line("rate", c.T("ctl.order.rate-of", c.Words.Amount(r.Rate), c.Words.Money(r.Base, o.Currency), c.Words.Money(r.VAT, o.Currency), c.Words.Money(r.Gross, o.Currency)))
	}
	line("total", c.Words.Money(e.Answer.Total, o.Currency))
	if o.TwoAmounts() {
		deducted := o.Settle(true)
		line("two-amounts", c.Words.Money(o.Total(), o.Currency)+" / "+c.Words.Money(deducted.Total(), o.Currency))
	}
	if e.Answer.Kind != domain.InvoiceKindNone {
		line("kind", c.Words.InvoiceKind(e.Answer.Kind, ""))
	}
	c.sayJudged(e)
	for _, r := range e.Records {
		c.Line("%s: %s", c.T("ctl.order.attempt"), console.Joined(" · ", c.Words.Moment(r.IntentAt), c.Words.Attempt(r), r.Number,
			c.Words.Money(r.Amounts.Total, r.Draft.Currency), c.Words.AttemptCause(r), c.Words.AttemptCure(r)))
	}
	return nil
}

// judgedNow is what is judged of an order now; one that is invoiced is nothing else, whatever holds it.
func judgedNow(e issuing.Examined) orders.Verdict {
	v := e.Verdict
	if s := e.Kept.Verdict.Stage; s == orders.StageInvoiced || s == orders.StageTask {
		v.Stage = s
	}
	return v
}

// holdingNow is what holds an order by what is judged of it now.
func holdingNow(k orders.Kept, v orders.Verdict) []string {
	k.Verdict = v
	return k.Holding()
}

// sayJudged says what holds an order and what else is to be known, each with what to do.
func (c commands) sayJudged(e issuing.Examined) {
	v := judgedNow(e)
	for _, reason := range holdingNow(e.Kept, v) {
		why, do := c.Words.OrderHit(reason, e.Kept.Status)
		c.Line("! %s. %s", why, do)
	}
	if later := e.Kept.Later; later != nil {
		c.Line("! %s. %s", c.Words.Hit(string(invoicing.HitChangedSince)), c.Words.HitCure(string(invoicing.HitChangedSince)))
		c.Say("ctl.order.later", c.Words.OrderStatus(later.Status), later.Buyer.FullName(), len(later.Lines), c.Words.Money(later.Total(), later.Currency))
	}
	if v.Stage != orders.StageReady && v.Stage != orders.StageHeld {
		return
	}
	if !e.Earliest.IsZero() {
		c.Say("ctl.order.earliest", c.Words.Date(e.Earliest))
	}
	for _, warning := range e.Verdict.Warnings {
		what, do := c.Words.Warning(warning)
		c.Line("- %s. %s", what, do)
	}
}

func (c commands) showLines(e issuing.Examined) error {
	w := c.Table()
	for n, l := range e.Case.Lines {
		a := e.Answer.Lines[n]
		fmt.Fprintf(w, "%d\t%s\t%s × %s\t%s\t%s\t%s\n", n+1, l.Name, c.Words.Amount(l.Quantity), c.Words.Money(l.Unit, e.Case.Currency),
			c.Words.Money(a.Net, e.Case.Currency), percent(c.Words.AmountIf(l.VAT)), c.lineProduct(e, n))
	}
	return w.Flush()
}

// lineProduct says which product a line is of; what is charged beside goods is of none.
func (c commands) lineProduct(e issuing.Examined, n int) string {
	if e.Case.Lines[n].Kind != orders.LineGoods {
		return c.Words.LineKind(e.Case.Lines[n].Kind)
	}
	p := productAt(&e.Kept, n)
	return console.Joined(" ", string(p.Code), "("+c.Words.Binding(p, e.Kept.Said.Lines[n])+")")
}

// productAt is what is known of a line's product; lines that people add have none.
func productAt(k *orders.Kept, n int) orders.LineProduct {
	if n < len(k.Products) {
		return k.Products[n]
	}
	return orders.LineProduct{}
}

func percent(rate string) string {
	if rate == "" {
		return ""
	}
	return "%" + rate
}

// examinedJSON is an order with all that is judged of it.
func (c commands) examinedJSON(e issuing.Examined) map[string]any {
	o := e.Kept.Standing()
	m := orderJSON(&o)
	v := judgedNow(e)
	listed := ListedOrderJSON(&e.Kept, v)
	for _, key := range []string{"key", "state", "invoice", "queued", "source", "file"} {
		if v, ok := listed[key]; ok {
			m[key] = v
		}
	}
	reasons, warnings, lines, rates, attempts := []any{}, []any{}, []any{}, []any{}, []any{}
	for _, reason := range holdingNow(e.Kept, v) {
		why, do := c.Words.OrderHit(reason, e.Kept.Status)
		reasons = append(reasons, map[string]any{"code": reason, "message": why, "do": do})
	}
	for _, warning := range e.Verdict.Warnings {
		what, do := c.Words.Warning(warning)
		warnings = append(warnings, map[string]any{"code": warning, "message": what, "do": do})
	}
	for n := range e.Case.Lines {
		l := orderLineJSON(&e.Case.Lines[n].Line)
		a, p, said := e.Answer.Lines[n], productAt(&e.Kept, n), e.Kept.Said.Lines[n]
		l["line"], l["net"], l["discount_total"], l["vat_amount"], l["send_unit"] = n+1, a.Net.StringFixed(2), a.Discount.StringFixed(2), console.Number(a.VAT), console.Number(a.SendUnit)
		l["product_id"], l["product_code"], l["product_by"], l["without_product"] = p.ID, p.Code, p.By, said.Without
		lines = append(lines, l)
	}
	for _, r := range e.Answer.Rates {
		rates = append(rates, map[string]any{"rate": r.Rate.String(), "gross": r.Gross.StringFixed(2), "base": r.Base.StringFixed(2), "vat": r.VAT.StringFixed(2)})
	}
	for i := range e.Records {
		attempts = append(attempts, InvoiceJSON(&e.Records[i]))
	}
	m["reasons"], m["warnings"], m["lines"], m["rates"], m["attempts"] = reasons, warnings, lines, rates, attempts
	m["total"], m["base"], m["vat"] = e.Answer.Total.StringFixed(2), e.Answer.Base.StringFixed(2), e.Answer.VAT.StringFixed(2)
	m["kind"], m["number"] = e.Answer.Kind, e.Answer.TaxNumber
	if o.TwoAmounts() {
		deducted := o.Settle(true)
		m["two_amounts"] = []string{o.Total().StringFixed(2), deducted.Total().StringFixed(2)}
	}
	if e.Kept.Later != nil {
		m["later"] = orderJSON(e.Kept.Later)
	}
	if !e.Earliest.IsZero() {
		m["earliest"] = e.Earliest.Format(time.DateOnly)
	}
	return m
}
