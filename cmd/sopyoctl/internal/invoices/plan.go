package invoices

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	cmdorders "github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/orders"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// wishFlags say what is to become of a draft.
type wishFlags struct{ draft, formalise bool }

func (f *wishFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.draft, "draft", false, "leave them as drafts at İşbaşı (default: what settings set auto_formalise says)")
	cmd.Flags().BoolVar(&f.formalise, "formalise", false, "sign and send them at once; that cannot be taken back")
	cmd.MarkFlagsMutuallyExclusive("draft", "formalise")
}

// wish is what the flags say, else the company's choice.
func (f *wishFlags) wish(ctx context.Context, company *app.Company) (orders.Wish, error) {
	switch {
	case f.draft:
		return orders.WishDraft, nil
	case f.formalise:
		return orders.WishFormalise, nil
	}
	s, err := company.Store.Settings(ctx)
	if s.AutoFormalise {
		return orders.WishFormalise, err
	}
	return orders.WishDraft, err
}

func (c commands) planCommand() *cobra.Command {
	var wish wishFlags
	cmd := &cobra.Command{
		Use: "plan [KEY…]", Short: "What would be issued now, what is held and why, and what it costs; İşbaşı is not asked",
		RunE: c.Reading(func(ctx context.Context, company *app.Company, args []string) error {
			keys, err := chosenOrders(ctx, company, args, len(args) == 0)
			if err != nil {
				return err
			}
			p, err := planned(ctx, company, keys, wish)
			if err != nil {
				return err
			}
			return c.showInvoicePlan(p)
		}),
	}
	wish.add(cmd)
	return cmd
}

func planned(ctx context.Context, company *app.Company, keys []orders.Key, f wishFlags) (issuing.Plan, error) {
	wish, err := f.wish(ctx, company)
	if err != nil {
		return issuing.Plan{}, err
	}
	return company.PlanInvoices(ctx, issuing.Request{Keys: keys, Wish: wish})
}

func (c commands) showInvoicePlan(p issuing.Plan) error {
	if c.JSON {
		return c.Print(c.invoicePlanJSON(p))
	}
	w := c.Table()
	for i := range p.Ready {
		e := &p.Ready[i]
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", cmdorders.OrderKey(e.Kept.Key()), e.Case.Buyer.FullName(), c.Words.Money(e.Answer.Total, e.Case.Currency),
			c.Words.InvoiceKind(e.Answer.Kind, ""))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for i := range p.Held {
		e := &p.Held[i]
		fmt.Fprintf(c.Err, "%s: %s\n", cmdorders.OrderKey(e.Kept.Key()), cmdorders.WhyHeld(c.Console, &e.Kept, e.Verdict))
	}
	key := "ctl.invoices.plan.drafts"
	if p.Formalise {
		key = "ctl.invoices.plan.formalise"
	}
	c.Say(key, len(p.Ready), len(p.Held), p.Cost.Reads, p.Cost.Writes)
	if p.Restored {
		c.Say("ctl.invoices.restored")
	}
	return nil
}

func (c commands) invoicePlanJSON(p issuing.Plan) map[string]any {
	list := func(all []issuing.Examined) []map[string]any {
		out := []map[string]any{}
		for i := range all {
			m := cmdorders.ListedOrderJSON(&all[i].Kept, all[i].Verdict)
			m["kind"] = all[i].Answer.Kind
			out = append(out, m)
		}
		return out
	}
	return map[string]any{
		"ready": list(p.Ready), "held": list(p.Held), "ask": len(p.Ask), "api_reads": p.Cost.Reads, "api_writes": p.Cost.Writes,
		"formalise": p.Formalise, "first_today": p.First, "restored": p.Restored,
	}
}
