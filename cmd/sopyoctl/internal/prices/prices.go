package prices

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

func (c commands) pricesCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "prices", Short: "Marketplace prices: tried out, computed, explained, approved; commissions"}
	cmd.AddCommand(c.tryCommand(), c.computeCommand(), c.explainCommand(), c.approveCommand(), c.guardCommand(), c.commissionCommand())
	return cmd
}

func (c commands) computeCommand() *cobra.Command {
	var marketplace string
	cmd := &cobra.Command{
		Use: "compute", Short: "Compute the marketplace prices of every active product", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			known, ids, err := c.chosenMarketplaces(ctx, company, marketplace)
			if err != nil {
				return err
			}
			ctx, stop := console.Interruptible(ctx)
			defer stop()
			return c.computePrices(ctx, company, known, ids)
		}),
	}
	marketplaceFlag(cmd, &marketplace)
	return cmd
}

// priceTotals counts prices: one product at one marketplace is one.
type priceTotals struct {
	products, prices, blocked, approval int
	warnings                            map[pricing.Warning]int
}

func (t *priceTotals) count(offers []pricing.Offered) {
	t.products++
	for _, o := range offers {
		n := len(o.Marketplaces)
		switch {
		case o.Blocked:
			t.blocked += n
		case o.Approval:
			t.approval += n
			t.prices += n
		default:
			t.prices += n
		}
		for _, w := range o.Warnings {
			t.warnings[w] += n
		}
	}
}

func (c commands) computePrices(ctx context.Context, company *app.Company, known pricing.Marketplaces, ids []pricing.MarketplaceID) error {
	calculator, err := company.Calculator(ctx, ids)
	if err != nil {
		return err
	}
	totals := priceTotals{warnings: map[pricing.Warning]int{}}
	show, finish := c.priceTable(known, &totals)
	if c.JSON {
		show, finish = c.priceObject(calculator, &totals)
	}
	for p, err := range company.Store.AllProducts(ctx) {
		if err != nil {
			return finish(err)
		}
		if p.State != domain.ProductActive {
			continue
		}
		offers := calculator.Offers(p)
		totals.count(offers)
		if err := show(p, offers); err != nil {
			return err
		}
	}
	return finish(nil)
}

// priceObject writes the one object of --json product by product: it is as long as the catalogue. What breaks it off stands in it
// behind those that were computed.
func (c commands) priceObject(calculator *pricing.Calculator, totals *priceTotals) (show func(domain.Product, []pricing.Offered) error, finish func(error) error) {
	out := bufio.NewWriter(c.Out)
	enc := console.Encoder(out)
	between := `{"products":[`
	show = func(p domain.Product, offers []pricing.Offered) error {
		_, _ = out.WriteString(between) // an error stays until the end
		between = ","
		return enc.Encode(offersJSON(p, offers))
	}
	return show, func(broken error) error {
		rest := map[string]any{
			"version": calculator.Version(), "count": totals.products, "priced": totals.prices, "blocked": totals.blocked,
			"approval": totals.approval, "warnings": totals.warnings,
		}
		if between != "," {
			if broken != nil {
				return broken
			}
			_, _ = out.WriteString(between)
		}
		if broken != nil {
			fmt.Fprintln(c.Err, c.Sentence(broken))
			rest = map[string]any{"error": map[string]string{"kind": string(domain.KindOf(broken)), "message": c.Sentence(broken)}}
			broken = console.Ended(console.ExitCode(broken))
		}
		end, err := json.Marshal(rest)
		if err != nil {
			return err
		}
		_, _ = console.ASCII(out).Write([]byte("]," + string(end[1:]) + "\n"))
		return errors.Join(out.Flush(), broken)
	}
}

// priceTable shows products as a table.
func (c commands) priceTable(known pricing.Marketplaces, totals *priceTotals) (show func(domain.Product, []pricing.Offered) error, finish func(error) error) {
	w := c.Table()
	const screenful = 500 // columns are aligned within it; a table of the whole catalogue would be held in memory
	lines := 0
	show = func(p domain.Product, offers []pricing.Offered) error {
		for _, o := range offers {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", p.Code, p.Name, c.base(o.Offer), c.outcome(o.Result), c.marketplaceNames(known, o.Marketplaces))
			if lines++; lines%screenful == 0 {
				if err := w.Flush(); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return show, func(broken error) error {
		if err := errors.Join(broken, w.Flush()); err != nil {
			return err
		}
		fmt.Fprintln(c.Err, c.T("pricing.totals", totals.products, totals.prices, totals.blocked, totals.approval))
		for _, warning := range slices.Sorted(maps.Keys(totals.warnings)) {
			fmt.Fprintln(c.Err, c.T("pricing.total", totals.warnings[warning], c.T("pricing.warning."+string(warning))))
		}
		return nil
	}
}

func (c commands) base(o pricing.Offer) string {
	if !o.Base.Valid {
		return "-"
	}
	return c.Words.Money(o.Base.Decimal, o.Currency)
}

// outcome is a price in a table: the price, with what stands in its way.
func (c commands) outcome(r pricing.Result) string {
	switch {
	case r.Blocked:
		return c.T("pricing.short.blocked")
	case r.Approval:
		return c.T("pricing.short.approval", c.Words.Money(r.Price.Decimal, pricing.Target))
	default:
		return c.Words.Money(r.Price.Decimal, pricing.Target)
	}
}

func offersJSON(p domain.Product, offers []pricing.Offered) map[string]any {
	list := []map[string]any{}
	m := map[string]any{"id": p.ID, "code": p.Code, "barcode": p.Barcode, "name": p.Name}
	for _, o := range offers {
		one := map[string]any{
			"marketplaces": o.Marketplaces, "price": nil, "blocked": o.Blocked, "approval": o.Approval, "warnings": o.Warnings,
		}
		if o.Warnings == nil {
			one["warnings"] = []string{}
		}
		if o.Price.Valid {
			one["price"] = o.Price.Decimal.StringFixed(2)
		}
		list = append(list, one)
		m["base"], m["currency"] = console.Number(o.Base), o.Currency
		if o.Rate.Day != "" {
			m["rate"], m["rate_day"] = o.Rate.Value.String(), o.Rate.Day
		}
	}
	m["prices"] = list
	return m
}

func (c commands) explainCommand() *cobra.Command {
	var marketplace string
	cmd := &cobra.Command{
		Use: "explain CODE", Short: "Say step by step why a product costs what it costs, by code or barcode", Args: console.Exact(1),
		RunE: c.Reading(func(ctx context.Context, company *app.Company, args []string) error {
			known, ids, err := c.chosenMarketplaces(ctx, company, marketplace)
			if err != nil {
				return err
			}
			products, err := console.NamedProducts(ctx, company, args[0])
			if err != nil {
				return err
			}
			calculator, err := company.Calculator(ctx, ids)
			if err != nil {
				return err
			}
			return c.showExplained(calculator, known, products)
		}),
	}
	marketplaceFlag(cmd, &marketplace)
	return cmd
}

func (c commands) showExplained(calculator *pricing.Calculator, known pricing.Marketplaces, products []domain.Product) error {
	list := []map[string]any{}
	for _, p := range products {
		offers := calculator.Offers(p)
		if c.JSON {
			m := offersJSON(p, offers)
			prices, _ := m["prices"].([]map[string]any)
			for i, o := range offers {
				prices[i]["rule"], prices[i]["version"] = ruleJSON(o.Rule), o.Version
				prices[i]["steps"], prices[i]["explanation"] = c.resultJSON(o.Offer).Steps, c.explain(o.Offer)
			}
			list = append(list, m)
			continue
		}
		fmt.Fprintln(c.Out, c.T("pricing.product", string(p.Code), p.Name))
		for _, o := range offers {
			fmt.Fprintln(c.Out, c.T("pricing.at", c.marketplaceNames(known, o.Marketplaces), o.Rule.Sentence(c.Words, c.Words.Lang)))
			for i, line := range c.explain(o.Offer) {
				c.Line("  %d. %s", i+1, line)
			}
		}
	}
	if c.JSON {
		return c.Print(map[string]any{"products": list})
	}
	return nil
}
