package orders

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

func (c commands) listCommand() *cobra.Command {
	var q orders.Query
	var state, sort, xlsx string
	cmd := &cobra.Command{
		Use: "list", Short: "The orders, where each stands, and why it is held; as Excel too", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			q.Stage, q.Sort = orders.Stage(state), orders.Sort(sort)
			if state != "" && !slices.Contains(orders.Stages(), q.Stage) {
				return console.Misused("ctl.usage.one-of", "--state", state, console.Names(orders.Stages()))
			}
			if !slices.Contains(orderSorts, q.Sort) {
				return console.Misused("ctl.usage.one-of", "--sort", sort, console.Names(orderSorts[1:]))
			}
			if xlsx != "" {
				if err := company.SaveOrders(ctx, q, xlsx); err != nil {
					return err
				}
			}
			return c.listOrders(ctx, company, q, xlsx)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&state, "state", "", "only those that stand so: "+console.Names(orders.Stages()))
	flags.StringVar(&q.Marketplace, "marketplace", "", "only those of one source")
	flags.StringVar(&q.Search, "search", "", "words in number, package, buyer or product; Turkish letters are forgiven")
	flags.StringVar(&sort, "sort", "", "by "+console.Names(orderSorts[1:])+" (default: as they came)")
	flags.BoolVar(&q.Desc, "desc", false, "the other way round")
	flags.StringVar(&xlsx, "xlsx", "", "write all of them into FILE")
	console.PageFlags(cmd, &q.Limit, &q.Offset, 100)
	return cmd
}

var orderSorts = []orders.Sort{
	orders.SortByAge, orders.SortByMarketplace, orders.SortByNumber, orders.SortByOrdered, orders.SortByBuyer, orders.SortByTotal, orders.SortByStage,
}

func (c commands) listOrders(ctx context.Context, company *app.Company, q orders.Query, file string) error {
	list, total, err := company.ListOrders(ctx, q)
	if err != nil {
		return err
	}
	stages, err := company.OrderStages(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		for _, s := range orders.Stages() {
			stages[s] += 0
		}
		all := []map[string]any{}
		for i := range list {
			all = append(all, ListedOrderJSON(&list[i], list[i].Verdict))
		}
		m := map[string]any{"total": total, "stages": stages, "orders": all}
		if file != "" {
			m["file"] = file
		}
		return c.Print(m)
	}
	w := c.Table()
	for i := range list {
		k := &list[i]
		o := k.Standing()
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", OrderKey(k.Key()), c.Words.Moment(o.OrderedAt), o.Buyer.FullName(),
			c.Words.Money(k.Verdict.Total, o.Currency), c.Words.Stage(k.Verdict), WhyHeld(c.Console, k, k.Verdict))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	c.Listed(len(list), total)
	if file != "" {
		c.Say("ctl.sync.saved", file)
	}
	return nil
}

// WhyHeld says in a line what holds an order, or what became of it.
func WhyHeld(c *console.Console, k *orders.Kept, v orders.Verdict) string {
	holding := holdingNow(*k, v)
	if len(holding) == 0 {
		return v.Invoice
	}
	var why []string
	for _, reason := range holding {
		what, _ := c.Words.OrderHit(reason, k.Status)
		why = append(why, what)
	}
	return strings.Join(why, " · ")
}

// OrderKey is how an order is named on the command line.
func OrderKey(k orders.Key) string { return k.Marketplace + "/" + k.Package }

// NamedKey reads it. A package may have strokes of its own.
func NamedKey(s string) (orders.Key, error) {
	marketplace, pack, ok := strings.Cut(s, "/")
	if !ok || marketplace == "" || pack == "" {
		return orders.Key{}, console.Misused("ctl.usage.form", console.Placeholders("KEY"), s, console.Placeholders("MARKETPLACE/PACKAGE"))
	}
	return orders.Key{Marketplace: marketplace, Package: pack}, nil
}

// NamedKeys reads many.
func NamedKeys(args []string) (keys []orders.Key, err error) {
	for _, a := range args {
		k, err := NamedKey(a)
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// ListedOrderJSON is an order as lists have it.
func ListedOrderJSON(k *orders.Kept, v orders.Verdict) map[string]any {
	o := k.Standing()
	m := map[string]any{
		"key": OrderKey(k.Key()), "marketplace": o.Marketplace, "package": o.Package, "order": o.Number, "status": o.Status, "status_word": o.Word,
		"buyer": o.Buyer.FullName(), "total": v.Total.StringFixed(2), "currency": currencyJSON(o.Currency), "state": v.Stage,
		"reasons": holdingNow(*k, v), "warnings": v.Warnings, "source": k.Source, "file": k.From,
	}
	for _, list := range []string{"reasons", "warnings"} {
		if texts, ok := m[list].([]string); ok && texts == nil {
			m[list] = []string{}
		}
	}
	if !o.OrderedAt.IsZero() {
		m["ordered_at"] = console.Stamp(o.OrderedAt)
	}
	if v.Invoice != "" {
		m["invoice"] = v.Invoice
	}
	if v.Draft {
		m["draft"] = true
	}
	if v.Queued != orders.WishNothing {
		m["queued"] = v.Queued
	}
	return m
}

// NoOrder words that there is no such order.
func NoOrder(err error, k orders.Key) error {
	if domain.KindOf(err) == domain.KindNotFound {
		return &domain.Error{Kind: domain.KindNotFound, Op: "find the order", Detail: "no-order", Field: OrderKey(k), Err: err}
	}
	return err
}
