package invoices

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	cmdorders "github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/orders"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

var (
	recordGroups = []invoicing.RecordGroup{
		invoicing.RecordsAll, invoicing.RecordsUnknown, invoicing.RecordsDrafts, invoicing.RecordsIssued, invoicing.RecordsRejected, invoicing.RecordsGone,
	}
	recordSorts = []invoicing.RecordSort{
		invoicing.RecordsByAge, invoicing.RecordsByNumber, invoicing.RecordsByDate, invoicing.RecordsByBuyer, invoicing.RecordsByKind,
		invoicing.RecordsByTotal, invoicing.RecordsByState,
	}
)

func (c commands) listCommand() *cobra.Command {
	var q invoicing.RecordQuery
	var group, sort, xlsx string
	cmd := &cobra.Command{
		Use: "list", Short: "The invoices and attempts, the newest first; as Excel too", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			q.Group, q.Sort = invoicing.RecordGroup(group), invoicing.RecordSort(sort)
			if !slices.Contains(recordGroups, q.Group) {
				return console.Misused("ctl.usage.one-of", "--group", group, console.Names(recordGroups[1:]))
			}
			if !slices.Contains(recordSorts, q.Sort) {
				return console.Misused("ctl.usage.one-of", "--sort", sort, console.Names(recordSorts[1:]))
			}
			if xlsx != "" {
				if err := company.SaveInvoices(ctx, q, xlsx); err != nil {
					return err
				}
			}
			return c.listInvoices(ctx, company, q, xlsx)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&group, "group", "", "only a part: "+console.Names(recordGroups[1:]))
	flags.StringVar(&q.Search, "search", "", "words in number, buyer or package; Turkish letters are forgiven")
	flags.StringVar(&sort, "sort", "", "by "+console.Names(recordSorts[1:])+" (default: the newest first)")
	flags.BoolVar(&q.Asc, "asc", false, "the other way round")
	flags.StringVar(&xlsx, "xlsx", "", "write all of them into FILE")
	console.PageFlags(cmd, &q.Limit, &q.Offset, 100)
	return cmd
}

func (c commands) listInvoices(ctx context.Context, company *app.Company, q invoicing.RecordQuery, file string) error {
	list, total, err := company.ListInvoices(ctx, q)
	if err != nil {
		return err
	}
	groups, err := company.InvoiceGroups(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		m := map[string]any{"total": total, "groups": groups, "invoices": invoicesJSON(list)}
		if file != "" {
			m["file"] = file
		}
		return c.Print(m)
	}
	if err := c.tableInvoices(list); err != nil {
		return err
	}
	c.Listed(len(list), total)
	if file != "" {
		c.Say("ctl.sync.saved", file)
	}
	return nil
}

func (c commands) tableInvoices(list []invoicing.Record) error {
	w := c.Table()
	for _, r := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", cmdorders.OrderKey(orders.Key{Marketplace: r.Key.Marketplace, Package: r.Key.Package}), c.Words.Date(r.Day()),
			r.Number, c.Words.InvoiceKind(r.Kind, r.Scenario), r.Buyer, c.Words.Money(r.Amounts.Total, r.Draft.Currency),
			console.Joined(" · ", c.Words.Attempt(r), c.Words.AttemptCause(r)))
	}
	return w.Flush()
}

func invoicesJSON(list []invoicing.Record) []map[string]any {
	all := []map[string]any{}
	for i := range list {
		all = append(all, cmdorders.InvoiceJSON(&list[i]))
	}
	return all
}
