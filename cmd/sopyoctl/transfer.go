package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/report"
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
		RunE: c.reading(func(ctx context.Context, company *app.Company, _ []string) error {
			runs, total, err := company.Runs(ctx, limit, offset)
			if err != nil {
				return err
			}
			return c.showTransfers(runs, total)
		}),
	}
	pageFlags(cmd, &limit, &offset, 20)
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
	w := c.table()
	for _, r := range runs {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", r.ID, c.words.Moment(r.ConfirmedAt), c.words.RunState(r), c.counts(r))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	c.listed(len(runs), total)
	return nil
}

func (c *ctl) transferShowCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show [ID]", Short: "Counters, reasons and cost of a transfer (default: the newest that stands)", Args: atMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			company, run, err := c.openTransfer(cmd.Context(), c.read, args)
			if err != nil {
				return err
			}
			groups, err := company.Store.RowGroups(cmd.Context(), run.ID)
			if err != nil {
				return err
			}
			return c.showTransfer(run, groups)
		},
	}
}

// share is what rows have in common that came to an outcome for one reason.
type share struct {
	outcome transfer.Outcome
	tier    matching.Tier
	reason  matching.Reason
	decided transfer.DecisionKind
}

// shares counts rows by outcome and reason; also gives them in order, the largest first.
func shares(groups []report.Group) (rows map[share]int, order []share) {
	rows = map[share]int{}
	for _, g := range groups {
		rows[share{g.Outcome, g.Tier, g.Reason, g.Decided}] += g.N
	}
	order = slices.SortedFunc(maps.Keys(rows), func(a, b share) int {
		return cmp.Or(cmp.Compare(rows[b], rows[a]), cmp.Compare(a.outcome, b.outcome), cmp.Compare(a.tier, b.tier),
			cmp.Compare(a.reason, b.reason), cmp.Compare(a.decided, b.decided))
	})
	return rows, order
}

func (c *ctl) showTransfer(r transfer.Run, groups []report.Group) error {
	rows, order := shares(groups)
	if c.json {
		list := []map[string]any{}
		for _, s := range order {
			m := map[string]any{"outcome": s.outcome, "rows": rows[s]}
			if s.tier != "" {
				m["tier"] = s.tier
			}
			if s.reason != "" {
				m["reason"] = s.reason
			}
			if s.decided != "" {
				m["decided"] = s.decided
			}
			list = append(list, m)
		}
		m := transferJSON(r)
		m["reasons"] = list
		return c.print(m)
	}
	c.line("%d · %s", r.ID, c.words.Moment(r.ConfirmedAt))
	c.sayRun(r)
	w := c.table()
	for _, s := range order {
		row := transfer.Row{Tier: s.tier, Reason: s.reason, Decided: s.decided}
		fmt.Fprintf(w, "%d\t%s\t%s\n", rows[s], c.t("outcome."+string(s.outcome)), c.words.Why(row))
	}
	return w.Flush()
}
