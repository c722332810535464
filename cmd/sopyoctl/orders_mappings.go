package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func (c *ctl) ordersMappingsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "mappings", Short: "What was said of the columns and words of files"}
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: "All of them", Args: none,
			RunE: c.reading(func(ctx context.Context, company *app.Company, _ []string) error {
				list, err := company.OrderMappings(ctx)
				if err != nil {
					return err
				}
				return c.showMappings(list)
			}),
		},
		&cobra.Command{
			Use: "remove NAME", Short: "Forget one; orders that were read stay as they are", Args: exact(1),
			RunE: c.on(false, func(ctx context.Context, company *app.Company, args []string) error {
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
				return c.answer(map[string]any{"removed": list[at].Name}, "ctl.orders.mapping.removed", list[at].Name)
			}),
		},
	)
	return cmd
}

func (c *ctl) showMappings(list []orders.Mapping) error {
	if c.json {
		all := []map[string]any{}
		for _, m := range list {
			all = append(all, map[string]any{
				"name": m.Name, "base": m.Base, "marketplace": m.Marketplace, "language": m.Language, "columns": m.Columns, "words": m.Words,
			})
		}
		return c.print(map[string]any{"mappings": all})
	}
	w := c.table()
	for _, m := range list {
		var said []string
		for _, f := range slices.Sorted(maps.Keys(m.Columns)) {
			said = append(said, string(f)+"="+m.Columns[f])
		}
		for _, word := range slices.Sorted(maps.Keys(m.Words)) {
			said = append(said, fmt.Sprintf("“%s” %s", word, c.words.OrderStatus(m.Words[word])))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", m.Name, joined(" ", m.Base, m.Marketplace), strings.Join(said, ", "))
	}
	return w.Flush()
}
