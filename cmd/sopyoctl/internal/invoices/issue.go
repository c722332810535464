package invoices

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
)

func (c commands) issueCommand() *cobra.Command {
	var wish wishFlags
	var all, yes bool
	cmd := &cobra.Command{
		Use:   "issue {--all | KEY…}",
		Short: "Make invoices of orders that are ready: drafts, or formalised at once (Ctrl-C = Durdur)",
		RunE: func(cmd *cobra.Command, args []string) error {
			company, err := c.OpenAuthorised(cmd.Context())
			if err != nil {
				return err
			}
			ctx := cmd.Context()
			keys, err := chosenOrders(ctx, company, args, all)
			if err != nil {
				return err
			}
			p, err := planned(ctx, company, keys, wish)
			if err != nil {
				return err
			}
			if !yes {
				if err := c.showInvoicePlan(p); err != nil {
					return err
				}
			}
			if err := c.allowed(yes, "invoices issue"); err != nil {
				return err
			}
			left, err := unfinished(ctx, company)
			if err != nil {
				return err
			}
			if len(p.Ready) == 0 && !left { // nothing to ask İşbaşı for
				return c.showIssued(issuing.Outcome{Held: len(p.Held)}, len(keys) > 0 && len(p.Held) > 0, nil)
			}
			request := issuing.Request{Keys: keys}
			if request.Wish, err = wish.wish(ctx, company); err != nil {
				return err
			}
			work, err := company.StartInvoices(ctx, request)
			if err != nil {
				return err
			}
			done, err := c.followInvoices(work)
			partly := done.Held > 0 || len(keys) > 0 && len(p.Held) > 0
			done.Held += len(p.Held)
			return c.showIssued(done, partly, err)
		},
	}
	wish.add(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "all that are ready")
	yesFlag(cmd, &yes)
	return cmd
}

// unfinished tells whether an earlier run has left something: orders in the queue, or invoices that are not done.
func unfinished(ctx context.Context, company *app.Company) (bool, error) {
	standing, err := company.InvoiceStanding(ctx)
	if err != nil || standing.Queued > 0 {
		return true, err
	}
	records, err := company.RecordsIn(ctx, invoicing.AttemptIntent, invoicing.AttemptDrafted, invoicing.AttemptFormalising)
	return len(records) > 0, err
}

// followInvoices waits for a run; an interrupt stops it behind what is in flight.
func (c commands) followInvoices(work *issuing.Work) (issuing.Outcome, error) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			p := work.Progress()
			c.Redraw(c.T("ctl.progress", c.Words.Phase(p.Phase), p.Done, p.Of))
		case <-signals:
			fmt.Fprintln(c.Err, c.T("ctl.stopping"))
			work.Stop()
		case <-work.Done():
			c.Redraw("")
			return work.Outcome()
		}
	}
}

// showIssued says what a run has done and gives its exit: why it ended before its end, else whether something is left.
func (c commands) showIssued(o issuing.Outcome, partly bool, err error) error {
	if c.JSON {
		m := map[string]any{
			"drafted": o.Drafted, "issued": o.Issued, "unknown": o.Unknown, "rejected": o.Rejected, "held": o.Held, "api_reads": o.Spent.Reads,
			"api_writes": o.Spent.Writes, "mismatch": o.Mismatch, "formalising": o.Formalising, "adopted": o.Adopted, "waiting": o.Waiting,
		}
		if err != nil {
			m["error"] = map[string]string{"kind": string(domain.KindOf(err)), "message": c.Sentence(err)}
		}
		if err := c.Print(m); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(c.Out, console.Joined(" · ", c.Words.Issued(o), c.Words.Calls(o.Spent)))
	}
	switch {
	case err != nil:
		fmt.Fprintln(c.Err, c.Sentence(err))
		return console.Ended(console.ExitCode(err))
	case partly, o.Unknown > 0, o.Rejected > 0, o.Mismatch > 0, o.Formalising > 0:
		return console.Ended(console.ExitPartly)
	case o.Waiting > 0:
		return console.Ended(console.ExitLater)
	default:
		return nil
	}
}

func (c commands) formaliseCommand() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "formalise [KEY…]", Short: "Sign and send drafts that were checked, all or those of some orders; that cannot be taken back",
		RunE: func(cmd *cobra.Command, args []string) error {
			company, err := c.OpenAuthorised(cmd.Context())
			if err != nil {
				return err
			}
			ctx := cmd.Context()
			drafts, err := checkedDrafts(ctx, company, args)
			if err != nil {
				return err
			}
			if len(drafts) == 0 {
				return c.showIssued(issuing.Outcome{}, false, nil)
			}
			if !yes {
				if err := c.showDrafts(drafts); err != nil {
					return err
				}
			}
			if err := c.allowed(yes, "invoices formalise"); err != nil {
				return err
			}
			work, err := company.FormaliseInvoices(ctx, recordIDs(drafts)...)
			if err != nil {
				return err
			}
			done, err := c.followInvoices(work)
			return c.showIssued(done, false, err)
		},
	}
	yesFlag(cmd, &yes)
	return cmd
}

// checkedDrafts are those of the orders that args name, all where none is.
func checkedDrafts(ctx context.Context, company *app.Company, args []string) ([]invoicing.Record, error) {
	checked := func(r *invoicing.Record) bool { return r.State == invoicing.AttemptChecked }
	if len(args) == 0 {
		return company.RecordsIn(ctx, invoicing.AttemptChecked)
	}
	var drafts []invoicing.Record
	for _, a := range args {
		r, err := recordOf(ctx, company, a, checked, "no-checked-draft")
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, r)
	}
	return drafts, nil
}

func recordIDs(records []invoicing.Record) []int64 {
	ids := make([]int64, len(records))
	for i, r := range records {
		ids[i] = r.ID
	}
	return ids
}

// showDrafts says which drafts would be sent, and what that costs: each is read before, written, and read by the page after.
func (c commands) showDrafts(drafts []invoicing.Record) error {
	const pageRows = 100
	reads := 2 * ((len(drafts) + pageRows - 1) / pageRows)
	if c.JSON {
		return c.Print(map[string]any{"drafts": invoicesJSON(drafts), "api_reads": reads, "api_writes": len(drafts)})
	}
	if err := c.tableInvoices(drafts); err != nil {
		return err
	}
	c.Say("ctl.invoices.formalise", len(drafts), reads, len(drafts))
	return nil
}
