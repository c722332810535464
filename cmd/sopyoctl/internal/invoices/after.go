package invoices

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	cmdorders "github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/orders"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

func (c commands) lookUpCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "look-up", Short: "Look at İşbaşı for what became of invoices whose answer is lost; without --yes what that costs", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			open := c.Read
			if yes {
				open = c.OpenAuthorised
			}
			company, err := open(cmd.Context())
			if err != nil {
				return err
			}
			n, cost, err := company.LookUpCost(cmd.Context())
			if err != nil {
				return err
			}
			if n == 0 {
				return c.showLookedUp(issuing.Looked{})
			}
			if !yes {
				if err := c.Answer(map[string]any{"unknown": n, "api_reads": cost.Reads, "api_writes": cost.Writes}, "ctl.invoices.look-up", n, cost.Reads); err != nil {
					return err
				}
			}
			if err := c.allowed(yes, "invoices look-up"); err != nil {
				return err
			}
			ctx, stop := console.Interruptible(cmd.Context())
			defer stop()
			looked, err := company.LookUpInvoices(ctx)
			if err != nil {
				return err
			}
			return c.showLookedUp(looked)
		},
	}
	yesFlag(cmd, &yes)
	return cmd
}

func (c commands) showLookedUp(l issuing.Looked) error {
	if c.JSON {
		if err := c.Print(map[string]any{
			"found": l.Found, "absent": l.Absent, "lost": l.Lost, "still_unknown": l.StillUnknown, "api_reads": l.Spent.Reads, "api_writes": l.Spent.Writes,
		}); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(c.Out, console.Joined(" · ", c.Words.LookedUp(l), c.Words.Calls(l.Spent)))
	}
	if l.Absent > 0 || l.StillUnknown > 0 {
		return console.Ended(console.ExitPartly)
	}
	return nil
}

func (c commands) documentCommand() *cobra.Command {
	var out string
	var ubl bool
	cmd := &cobra.Command{
		Use: "document KEY --out FILE", Short: "Write the PDF of an issued invoice, or its UBL; one that is not here yet costs a read", Args: console.Exact(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return console.Misused("ctl.usage.required", "--out")
			}
			company, err := c.Open(cmd.Context(), false)
			if err != nil {
				return err
			}
			ctx, stop := console.Interruptible(cmd.Context())
			defer stop()
			r, err := recordOf(ctx, company, args[0], (*invoicing.Record).Issued, "not-issued")
			if err != nil {
				return err
			}
			kind := issuing.DocumentPDF
			if ubl {
				kind = issuing.DocumentUBL
			}
			d, err := company.DocumentOf(ctx, r.ID, kind)
			if err != nil {
				return err
			}
			if err := disk.Write(out, func(w io.Writer) error {
				_, err := w.Write(d.Content)
				return err
			}); err != nil {
				return err
			}
			sum := sha256.Sum256(d.Content)
			return c.Answer(map[string]any{
				"file": out, "type": d.Type, "bytes": len(d.Content), "sha256": hex.EncodeToString(sum[:]), "number": r.Number, "uuid": r.UUID,
			}, "ctl.sync.saved", out)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "the file to write")
	cmd.Flags().BoolVar(&ubl, "ubl", false, "the UBL in the place of the PDF")
	return cmd
}

func (c commands) deleteCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "delete KEY…", Short: "Take drafts back at İşbaşı; their orders can be invoiced again", Args: console.Minimum(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			company, err := c.OpenAuthorised(cmd.Context())
			if err != nil {
				return err
			}
			ctx, stop := console.Interruptible(cmd.Context())
			defer stop()
			var drafts []invoicing.Record
			for _, a := range args {
				r, err := recordOf(ctx, company, a, (*invoicing.Record).Deletable, "no-draft")
				if err != nil {
					return err
				}
				drafts = append(drafts, r)
			}
			if !yes {
				if err := c.showDeletable(drafts); err != nil {
					return err
				}
			}
			if err := c.allowed(yes, "invoices delete"); err != nil {
				return err
			}
			n, err := company.TakeBackDrafts(ctx, recordIDs(drafts)...)
			if n == 0 && err != nil {
				return err
			}
			if err != nil { // some of them are
				fmt.Fprintln(c.Err, c.Sentence(err))
			}
			if err := c.Answer(map[string]any{"deleted": n, "left": len(drafts) - n}, "ctl.invoices.deleted", n, len(drafts)-n); err != nil {
				return err
			}
			if n < len(drafts) {
				return console.Ended(console.ExitPartly)
			}
			return nil
		},
	}
	yesFlag(cmd, &yes)
	return cmd
}

// showDeletable says which drafts would be taken back: all of them by one write where that goes, else by one each.
func (c commands) showDeletable(drafts []invoicing.Record) error {
	cost := quota.Cost{Writes: 1}
	if c.JSON {
		return c.Print(map[string]any{"drafts": invoicesJSON(drafts), "api_reads": cost.Reads, "api_writes": cost.Writes})
	}
	if err := c.tableInvoices(drafts); err != nil {
		return err
	}
	c.Say("ctl.invoices.delete", len(drafts), cost.Writes)
	return nil
}

func (c commands) linkCommand() *cobra.Command {
	var date string
	cmd := &cobra.Command{
		Use: "link KEY NUMBER --date DAY", Short: "Say that an order was invoiced on İşbaşı's own screen: it is not issued again", Args: console.Exact(2),
		RunE: c.On(false, func(ctx context.Context, company *app.Company, args []string) error {
			k, err := cmdorders.NamedKey(args[0])
			if err != nil {
				return err
			}
			day, err := cmdorders.DayOf("date", date)
			if err != nil {
				return err
			}
			if err := company.LinkInvoice(ctx, k, args[1], day); err != nil {
				return cmdorders.NoOrder(err, k)
			}
			return c.Answer(map[string]any{"key": cmdorders.OrderKey(k), "number": args[1], "date": date}, "ctl.invoices.linked", cmdorders.OrderKey(k), args[1])
		}),
	}
	cmd.Flags().StringVar(&date, "date", "", "of the invoice, 2026-11-26")
	return cmd
}

func (c commands) freeCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "free KEY", Args: console.Exact(1),
		Short: "Let an order be issued again whose invoice was not found twice, or was rejected by its buyer: your word",
		RunE: c.On(false, func(ctx context.Context, company *app.Company, args []string) error {
			r, err := recordOf(ctx, company, args[0], func(r *invoicing.Record) bool { return r.State == invoicing.AttemptLost || r.Cancelled }, "not-lost")
			if err != nil {
				return err
			}
			if !yes {
				if err := c.Answer(cmdorders.InvoiceJSON(&r), "ctl.invoices.free", args[0]); err != nil {
					return err
				}
			}
			if err := c.allowed(yes, "invoices free"); err != nil {
				return err
			}
			if err := company.FreeLost(ctx, r.ID); err != nil {
				return err
			}
			return c.Answer(map[string]any{"key": args[0], "freed": true}, "ctl.invoices.freed", args[0])
		}),
	}
	yesFlag(cmd, &yes)
	return cmd
}
