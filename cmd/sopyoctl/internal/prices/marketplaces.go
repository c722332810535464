package prices

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

func (c commands) marketplacesCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "marketplaces", Short: "Where products are sold: those of the program, and the company's own"}
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: "List them with their ids", Args: console.None,
			RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
				return c.listMarketplaces(ctx, company)
			}),
		},
		&cobra.Command{
			Use: "add NAME", Short: "Add one of your own; its id is made once and stays", Args: console.Exact(1),
			RunE: c.On(true, func(ctx context.Context, company *app.Company, args []string) error {
				m, err := company.AddMarketplace(ctx, args[0])
				if err != nil {
					return err
				}
				return c.Answer(marketplaceJSON(m), "marketplaces.added", m.Name, string(m.ID))
			}),
		},
		&cobra.Command{
			Use: "rename ID NAME", Short: "Give one of your own another name; rules and prices stay", Args: console.Exact(2),
			RunE: func(cmd *cobra.Command, args []string) error {
				company, m, err := c.openMarketplace(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if err := company.RenameMarketplace(cmd.Context(), m, args[1]); err != nil {
					return err
				}
				return c.listMarketplaces(cmd.Context(), company)
			},
		},
		&cobra.Command{
			Use: "remove ID", Short: "Take one of your own away; refused while it has a rule", Args: console.Exact(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				company, m, err := c.openMarketplace(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if err := company.RemoveMarketplace(cmd.Context(), m); err != nil {
					return err
				}
				return c.listMarketplaces(cmd.Context(), company)
			},
		})
	return cmd
}

func (c commands) listMarketplaces(ctx context.Context, company *app.Company) error {
	all, err := company.Marketplaces(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		list := []map[string]any{}
		for _, m := range all {
			list = append(list, marketplaceJSON(m))
		}
		return c.Print(map[string]any{"marketplaces": list})
	}
	w := c.Table()
	for _, m := range all {
		own := ""
		if m.Own {
			own = c.T("marketplaces.own")
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", m.ID, m.Name, own)
	}
	return w.Flush()
}

func marketplaceJSON(m pricing.Marketplace) map[string]any {
	return map[string]any{"id": m.ID, "name": m.Name, "own": m.Own}
}
