package prices

import (
	"context"
	"iter"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
)

func (c commands) approveCommand() *cobra.Command {
	var marketplace string
	var all, undo bool
	cmd := &cobra.Command{
		Use:   "approve [CODE…]",
		Short: "Let the prices as they are computed now go out; later changes are compared with them",
		RunE: func(cmd *cobra.Command, codes []string) error {
			switch {
			case undo && (all || len(codes) > 0 || marketplace != ""):
				return console.Misused("ctl.usage.alone", "--undo")
			case undo:
				return c.undoApproval(cmd)
			case all == (len(codes) > 0):
				return console.Misused("ctl.usage.either", "CODE…", "--all")
			}
			return c.approvePrices(cmd, codes, marketplace)
		},
	}
	marketplaceFlag(cmd, &marketplace)
	cmd.Flags().BoolVar(&all, "all", false, "every active product")
	cmd.Flags().BoolVar(&undo, "undo", false, "take the last approval back")
	return cmd
}

func (c commands) approvePrices(cmd *cobra.Command, codes []string, marketplace string) error {
	company, err := c.Open(cmd.Context(), false)
	if err != nil {
		return err
	}
	_, ids, err := c.chosenMarketplaces(cmd.Context(), company, marketplace)
	if err != nil {
		return err
	}
	ctx, stop := console.Interruptible(cmd.Context())
	defer stop()
	calculator, err := company.Calculator(ctx, ids)
	if err != nil {
		return err
	}
	n, err := company.Store.ApprovePrices(ctx, calculator.Approvals(productsOf(ctx, company, codes)))
	if err != nil {
		return err
	}
	return c.Answer(map[string]int{"approved": n}, "pricing.approved", n)
}

func (c commands) undoApproval(cmd *cobra.Command) error {
	company, err := c.Open(cmd.Context(), false)
	if err != nil {
		return err
	}
	n, err := company.Store.UndoApproval(cmd.Context())
	if err != nil {
		return err
	}
	return c.Answer(map[string]int{"undone": n}, "pricing.approval.undone", n)
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
			products, err := console.NamedProducts(ctx, company, code)
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
