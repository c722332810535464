package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

func (c *ctl) pricesApproveCommand() *cobra.Command {
	var marketplace string
	var all, undo bool
	cmd := &cobra.Command{
		Use:   "approve [CODE…]",
		Short: "Let the prices as they are computed now go out; later changes are compared with them",
		RunE: func(cmd *cobra.Command, codes []string) error {
			switch {
			case undo && (all || len(codes) > 0 || marketplace != ""):
				return usageError{errors.New("--undo takes the last approval back, whatever it was of")}
			case undo:
				return c.undoApproval(cmd)
			case all == (len(codes) > 0):
				return usageError{errors.New("name products by code, or all of them with --all")}
			}
			return c.approvePrices(cmd, codes, marketplace)
		},
	}
	cmd.Flags().StringVar(&marketplace, "marketplace", "", "one marketplace, by id or name")
	cmd.Flags().BoolVar(&all, "all", false, "every active product")
	cmd.Flags().BoolVar(&undo, "undo", false, "take the last approval back")
	return cmd
}

func (c *ctl) approvePrices(cmd *cobra.Command, codes []string, marketplace string) error {
	company, err := c.open(cmd.Context(), false)
	if err != nil {
		return err
	}
	_, ids, err := c.chosenMarketplaces(cmd.Context(), company, marketplace)
	if err != nil {
		return err
	}
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	calculator, err := company.Calculator(ctx, ids)
	if err != nil {
		return err
	}
	n, err := company.Store.ApprovePrices(ctx, calculator.Approvals(productsOf(ctx, company, codes)))
	if err != nil {
		return err
	}
	if c.json {
		return c.print(map[string]int{"approved": n})
	}
	c.say("pricing.approved", n)
	return nil
}

func (c *ctl) undoApproval(cmd *cobra.Command) error {
	company, err := c.open(cmd.Context(), false)
	if err != nil {
		return err
	}
	n, err := company.Store.UndoApproval(cmd.Context())
	if err != nil {
		return err
	}
	if c.json {
		return c.print(map[string]int{"undone": n})
	}
	c.say("pricing.approval.undone", n)
	return nil
}

// productsOf gives the products of those codes; without any, every active one.
func productsOf(ctx context.Context, company *app.Company, codes []string) iter.Seq2[domain.Product, error] {
	return func(yield func(domain.Product, error) bool) {
		if len(codes) == 0 {
			for p, err := range company.Store.AllProducts(ctx) {
				if (err != nil || p.State == domain.ProductActive) && !yield(p, err) {
					return
				}
			}
			return
		}
		for _, code := range codes {
			products, err := namedProducts(ctx, company, code)
			if err != nil {
				yield(domain.Product{}, err)
				return
			}
			for _, p := range products {
				if !yield(p, nil) {
					return
				}
			}
		}
	}
}

func (c *ctl) pricesGuardCommand() *cobra.Command {
	var minimum, cost string
	cmd := &cobra.Command{
		Use:   "guard CODE",
		Short: "Show or set the minimum and the cost of a product, VAT included; none takes one away",
		Args:  exact(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			company, products, err := c.openProducts(cmd.Context(), args[0])
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
			if cmd.Flags().Changed("minimum") || cmd.Flags().Changed("cost") {
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

func (c *ctl) setGuards(cmd *cobra.Command, g *pricing.Guards, minimum, cost string) error {
	for _, f := range []struct {
		name, text string
		into       *decimal.NullDecimal
	}{{"minimum", minimum, &g.Minimum}, {"cost", cost, &g.Cost}} {
		if !cmd.Flags().Changed(f.name) {
			continue
		}
		var err error
		if *f.into, err = c.typedOrNone(f.name, f.text); err != nil {
			return err
		}
	}
	return nil
}

// typedOrNone reads a number as people type it; "none" and nothing are none.
func (c *ctl) typedOrNone(field, text string) (decimal.NullDecimal, error) {
	switch strings.TrimSpace(text) {
	case "", "none", "yok", "-":
		return decimal.NullDecimal{}, nil
	}
	d, err := domain.ParseNumber(text, c.text.Lang)
	if err != nil {
		return decimal.NullDecimal{}, domain.Invalid(field, "number")
	}
	return decimal.NewNullDecimal(d), nil
}

func (c *ctl) showGuards(products []domain.Product, guards map[domain.ProductID]pricing.Guards) error {
	list := []map[string]any{}
	for _, p := range products {
		g := guards[p.ID]
		if !c.json {
			fmt.Fprintln(c.out, c.text.T("pricing.guards", string(p.Code), p.Name, c.orNone(g.Minimum, p.Currency), c.orNone(g.Cost, p.Currency)))
		}
		list = append(list, map[string]any{"id": p.ID, "code": p.Code, "minimum": number(g.Minimum), "cost": number(g.Cost)})
	}
	if c.json {
		return c.print(map[string]any{"products": list})
	}
	return nil
}

func (c *ctl) orNone(d decimal.NullDecimal, currency domain.Currency) string {
	if !d.Valid {
		return c.text.T("pricing.none")
	}
	return domain.FormatMoney(d.Decimal, currency, c.text.Lang)
}
