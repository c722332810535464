package prices

import (
	"fmt"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

func (c commands) guardCommand() *cobra.Command {
	var minimum, cost string
	cmd := &cobra.Command{
		Use:   "guard CODE",
		Short: "Show or set the minimum and the cost of a product, VAT included; none takes one away",
		Args:  console.Exact(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			changes := cmd.Flags().Changed("minimum") || cmd.Flags().Changed("cost")
			company, products, err := c.openProducts(cmd.Context(), c.Looks(!changes), args[0])
			if err != nil {
				return err
			}
			guards, err := company.Store.Guards(cmd.Context())
			if err != nil {
				return err
			}
			edits := make([]pricing.Edit, len(products))
			for i, p := range products {
				g := guards[p.ID]
				if err := c.setGuards(cmd, &g, minimum, cost); err != nil {
					return err
				}
				guards[p.ID] = g
				edits[i] = pricing.Edit{Product: p, Guards: &g}
			}
			if changes {
				if _, err := company.SaveEdits(cmd.Context(), edits...); err != nil {
					return err
				}
			}
			return c.showGuards(products, guards)
		},
	}
	cmd.Flags().StringVar(&minimum, "minimum", "", "a price below it is blocked")
	cmd.Flags().StringVar(&cost, "cost", "", "a price below it is blocked")
	return cmd
}

func (c commands) setGuards(cmd *cobra.Command, g *pricing.Guards, minimum, cost string) error {
	for _, f := range []struct {
		name, text string
		into       *decimal.NullDecimal
	}{{"minimum", minimum, &g.Minimum}, {"cost", cost, &g.Cost}} {
		if !cmd.Flags().Changed(f.name) {
			continue
		}
		var err error
		if *f.into, err = c.TypedOrNone(f.name, f.text); err != nil {
			return err
		}
	}
	return nil
}

func (c commands) showGuards(products []domain.Product, guards map[domain.ProductID]pricing.Guards) error {
	list := []map[string]any{}
	for _, p := range products {
		g := guards[p.ID]
		if !c.JSON {
			fmt.Fprintln(c.Out, c.T("pricing.guards", string(p.Code), p.Name, c.orNone(g.Minimum, p.Currency), c.orNone(g.Cost, p.Currency)))
		}
		list = append(list, map[string]any{"id": p.ID, "code": p.Code, "minimum": console.Number(g.Minimum), "cost": console.Number(g.Cost)})
	}
	if c.JSON {
		return c.Print(map[string]any{"products": list})
	}
	return nil
}

func (c commands) orNone(d decimal.NullDecimal, currency domain.Currency) string {
	if !d.Valid {
		return c.T("pricing.none")
	}
	return c.Words.Money(d.Decimal, currency)
}
