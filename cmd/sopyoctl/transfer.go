package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func (c *ctl) transferCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "transfer", Short: "What became of a transfer, and what a person makes of it"}
	cmd.AddCommand(c.transferListCommand(), c.transferShowCommand(), c.transferDecideCommand(), c.transferUndoCommand(), c.transferReportCommand())
	return cmd
}

func (c *ctl) transferListCommand() *cobra.Command {
	var limit, offset int
	cmd := &cobra.Command{
		Use: "list", Short: "The transfers, the newest first", Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			company, err := c.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			runs, total, err := company.Runs(cmd.Context(), limit, offset)
			if err != nil {
				return err
			}
			return c.showTransfers(runs, total)
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 20, "at most that many; 0 = all")
	cmd.Flags().IntVar(&offset, "offset", 0, "leave out that many first")
	return cmd
}

func (c *ctl) showTransfers(runs []transfer.Run, total int) error {
	if c.json {
		list := []map[string]any{}
		for _, r := range runs {
			list = append(list, transferJSON(r))
		}
		return c.print(map[string]any{"total": total, "transfers": list})
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, r := range runs {
		n := r.Counters
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", r.ID, domain.FormatTime(r.ConfirmedAt, c.text.Lang), c.stateOf(r),
			c.text.T("ctl.transfer.counts", n.Read, n.Transferred, n.Matched, n.Unmatched, n.Skipped, n.Failed, n.Pending))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(c.err, c.text.T("ctl.listed", len(runs), total))
	return nil
}

// stateOf words where a run stands, and that it was undone.
func (c *ctl) stateOf(r transfer.Run) string {
	state := c.text.T("state." + string(r.State))
	switch {
	case !r.UndoneAt.IsZero():
		state += " · " + c.text.T("ctl.transfer.undone")
	case r.Undoing():
		state += " · " + c.text.T("ctl.transfer.half-undone")
	}
	return state
}

func transferJSON(r transfer.Run) map[string]any {
	m := runJSON(transfer.Snapshot{Run: r})
	for key, at := range map[string]time.Time{"confirmed_at": r.ConfirmedAt, "finished_at": r.FinishedAt, "undo_begun_at": r.UndoBegunAt, "undone_at": r.UndoneAt} {
		if !at.IsZero() {
			m[key] = at.UTC().Format(time.RFC3339)
		}
	}
	return m
}

func (c *ctl) transferShowCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show [ID]", Short: "Counters, reasons and cost of a transfer (default: the newest that stands)", Args: atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			company, run, err := c.openTransfer(cmd.Context(), args)
			if err != nil {
				return err
			}
			shares, err := company.Store.Shares(cmd.Context(), run.ID)
			if err != nil {
				return err
			}
			return c.showTransfer(run, shares)
		},
	}
}

func (c *ctl) showTransfer(r transfer.Run, shares []transfer.Share) error {
	if c.json {
		list := []map[string]any{}
		for _, s := range shares {
			m := map[string]any{"outcome": s.Outcome, "rows": s.Rows}
			if s.Tier != "" {
				m["tier"] = s.Tier
			}
			if s.Reason != "" {
				m["reason"] = s.Reason
			}
			if s.Decided != "" {
				m["decided"] = s.Decided
			}
			list = append(list, m)
		}
		m := transferJSON(r)
		m["reasons"] = list
		return c.print(m)
	}
	n := r.Counters
	fmt.Fprintf(c.out, "%d · %s\n", r.ID, domain.FormatTime(r.ConfirmedAt, c.text.Lang))
	c.say("ctl.run", c.stateOf(r), n.Read, n.Transferred, n.Matched, n.Unmatched, n.Skipped, n.Failed, n.Pending)
	c.say("ctl.spent", r.APIReads, r.APIWrites, fmt.Sprintf("%.1f", r.Worked.Seconds()))
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, s := range shares {
		row := transfer.Row{Tier: s.Tier, Reason: s.Reason, Decided: s.Decided}
		fmt.Fprintf(w, "%d\t%s\t%s\n", s.Rows, c.text.T("outcome."+string(s.Outcome)), app.Why(c.text, row))
	}
	return w.Flush()
}

// openTransfer opens the company and finds the transfer that args name, the newest that stands if they name
// none.
func (c *ctl) openTransfer(ctx context.Context, args []string) (*app.Company, transfer.Run, error) {
	var id int64
	if len(args) > 0 {
		var err error
		if id, err = strconv.ParseInt(args[0], 10, 64); err != nil || id <= 0 {
			return nil, transfer.Run{}, usageError{fmt.Errorf("%q is no number of a transfer", args[0])}
		}
	}
	company, err := c.open(ctx, false)
	if err != nil {
		return nil, transfer.Run{}, err
	}
	run, err := findTransfer(ctx, company, id)
	return company, run, err
}

// findTransfer finds a transfer by its ID; 0 = the newest that stands.
func findTransfer(ctx context.Context, company *app.Company, id int64) (transfer.Run, error) {
	if id != 0 {
		return company.Store.Run(ctx, id)
	}
	run, ok, err := company.LatestRun(ctx)
	if err == nil && !ok {
		err = &domain.Error{Kind: domain.KindNotFound, Op: "find the last transfer", Err: errors.New("there is none")}
	}
	return run, err
}
