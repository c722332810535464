package orders

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func (c commands) mappingsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "mappings", Short: "What was said of the columns and words of files"}
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: "All of them", Args: console.None,
			RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
				list, err := company.OrderMappings(ctx)
				if err != nil {
					return err
				}
				return c.showMappings(list)
			}),
		},
		&cobra.Command{
			Use: "remove NAME", Short: "Forget one; orders that were read stay as they are", Args: console.Exact(1),
			RunE: c.On(false, func(ctx context.Context, company *app.Company, args []string) error {
				list, err := company.OrderMappings(ctx)
				if err != nil {
					return err
				}
				at := slices.IndexFunc(list, func(m orders.Mapping) bool { return domain.Fold(m.Name) == domain.Fold(args[0]) })
				if at < 0 {
					return &domain.Error{Kind: domain.KindNotFound, Op: "find the mapping", Detail: "no-mapping"}
				}
				if err := company.RemoveOrderMapping(ctx, list[at].Name); err != nil {
					return err
				}
				return c.Answer(map[string]any{"removed": list[at].Name}, "ctl.orders.mapping.removed", list[at].Name)
			}),
		},
	)
	return cmd
}

func (c commands) showMappings(list []orders.Mapping) error {
	if c.JSON {
		all := []map[string]any{}
		for _, m := range list {
			all = append(all, map[string]any{
				"name": m.Name, "base": m.Base, "marketplace": m.Marketplace, "language": m.Language, "columns": m.Columns, "words": m.Words,
			})
		}
		return c.Print(map[string]any{"mappings": all})
	}
	w := c.Table()
	for _, m := range list {
		var said []string
		for _, f := range slices.Sorted(maps.Keys(m.Columns)) {
			said = append(said, string(f)+"="+m.Columns[f])
		}
		for _, word := range slices.Sorted(maps.Keys(m.Words)) {
			said = append(said, fmt.Sprintf("“%s” %s", word, c.Words.OrderStatus(m.Words[word])))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", m.Name, console.Joined(" ", m.Base, m.Marketplace), strings.Join(said, ", "))
	}
	return w.Flush()
}
