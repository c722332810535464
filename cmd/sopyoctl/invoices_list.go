package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
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

func (c *ctl) invoicesListCommand() *cobra.Command {
	var q invoicing.RecordQuery
	var group, sort, xlsx string
	cmd := &cobra.Command{
		Use: "list", Short: "The invoices and attempts, the newest first; as Excel too", Args: none,
		RunE: c.reading(func(ctx context.Context, company *app.Company, _ []string) error {
			q.Group, q.Sort = invoicing.RecordGroup(group), invoicing.RecordSort(sort)
			if !slices.Contains(recordGroups, q.Group) {
				return misused("ctl.usage.one-of", "--group", group, names(recordGroups[1:]))
			}
			if !slices.Contains(recordSorts, q.Sort) {
				return misused("ctl.usage.one-of", "--sort", sort, names(recordSorts[1:]))
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
	flags.StringVar(&group, "group", "", "only a part: "+names(recordGroups[1:]))
	flags.StringVar(&q.Search, "search", "", "words in number, buyer or package; Turkish letters are forgiven")
	flags.StringVar(&sort, "sort", "", "by "+names(recordSorts[1:])+" (default: the newest first)")
	flags.BoolVar(&q.Asc, "asc", false, "the other way round")
	flags.StringVar(&xlsx, "xlsx", "", "write all of them into FILE")
	pageFlags(cmd, &q.Limit, &q.Offset, 100)
	return cmd
}

func (c *ctl) listInvoices(ctx context.Context, company *app.Company, q invoicing.RecordQuery, file string) error {
	list, total, err := company.ListInvoices(ctx, q)
	if err != nil {
		return err
	}
	groups, err := company.InvoiceGroups(ctx)
	if err != nil {
		return err
	}
	if c.json {
		m := map[string]any{"total": total, "groups": groups, "invoices": invoicesJSON(list)}
		if file != "" {
			m["file"] = file
		}
		return c.print(m)
	}
	if err := c.tableInvoices(list); err != nil {
		return err
	}
	c.listed(len(list), total)
	if file != "" {
		c.say("ctl.sync.saved", file)
	}
	return nil
}

func (c *ctl) tableInvoices(list []invoicing.Record) error {
	w := c.table()
	for _, r := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", orderKey(orders.Key{Marketplace: r.Key.Marketplace, Package: r.Key.Package}), c.words.Date(r.Day()),
			r.Number, c.words.InvoiceKind(r.Kind, r.Scenario), r.Buyer, c.words.Money(r.Amounts.Total, r.Draft.Currency),
			joined(" · ", c.words.Attempt(r), c.words.AttemptCause(r)))
	}
	return w.Flush()
}

func invoicesJSON(list []invoicing.Record) []map[string]any {
	all := []map[string]any{}
	for i := range list {
		all = append(all, invoiceJSON(&list[i]))
	}
	return all
}

// invoiceJSON is an attempt with all that is known of its invoice.
func invoiceJSON(r *invoicing.Record) map[string]any {
	m := map[string]any{
		"id": r.ID, "key": orderKey(orders.Key{Marketplace: r.Key.Marketplace, Package: r.Key.Package}), "direction": r.Key.Direction, "state": r.State,
		"token": r.Token, "kind": r.Kind, "scenario": r.Scenario, "number": r.Number, "uuid": r.UUID, "remote_id": r.Remote, "date": r.Day().Format(time.DateOnly),
		"buyer": r.Buyer, "tax_no": r.TaxNumber, "base": r.Amounts.Base.StringFixed(2), "vat": r.Amounts.VAT.StringFixed(2),
		"total": r.Amounts.Total.StringFixed(2), "currency": currencyJSON(r.Draft.Currency), "read_total": number(r.Read), "cancelled": r.Cancelled,
		"linked": r.Linked, "status_text": r.StatusText,
	}
	if r.Cause != "" {
		m["cause"], m["detail"] = r.Cause, r.Detail
	}
	if r.Missed > 0 {
		m["missed"] = r.Missed
	}
	for name, at := range map[string]time.Time{"intent_at": r.IntentAt, "sent_at": r.SentAt, "asked_at": r.AskedAt, "issued_at": r.IssuedAt, "missed_at": r.MissedAt} {
		if !at.IsZero() {
			m[name] = stamp(at)
		}
	}
	return m
}
