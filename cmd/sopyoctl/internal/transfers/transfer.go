package transfers

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func (c commands) transferCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "transfer", Short: "What became of a transfer, and what a person makes of it"}
	cmd.AddCommand(c.listCommand(), c.showCommand(), c.decideCommand(), c.undoCommand(), c.reportCommand())
	return cmd
}

func (c commands) listCommand() *cobra.Command {
	var limit, offset int
	cmd := &cobra.Command{
		Use: "list", Short: "The transfers, the newest first", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			runs, total, err := company.Runs(ctx, limit, offset)
			if err != nil {
				return err
			}
			return c.showTransfers(runs, total)
		}),
	}
	console.PageFlags(cmd, &limit, &offset, 20)
	return cmd
}

func (c commands) showTransfers(runs []transfer.Run, total int) error {
	if c.JSON {
		list := []map[string]any{}
		for _, r := range runs {
			list = append(list, transferJSON(r))
		}
		return c.Print(map[string]any{"total": total, "transfers": list})
	}
	w := c.Table()
	for _, r := range runs {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", r.ID, c.Words.Moment(r.ConfirmedAt), c.Words.RunState(r), c.counts(r))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	c.Listed(len(runs), total)
	return nil
}

func (c commands) showCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show [ID]", Short: "Counters, reasons and cost of a transfer (default: the newest that stands)", Args: console.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			company, run, err := c.openTransfer(cmd.Context(), c.Read, args)
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

func (c commands) showTransfer(r transfer.Run, groups []report.Group) error {
	rows, order := shares(groups)
	if c.JSON {
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
		return c.Print(m)
	}
	c.Line("%d · %s", r.ID, c.Words.Moment(r.ConfirmedAt))
	SayRun(c.Console, r)
	w := c.Table()
	for _, s := range order {
		row := transfer.Row{Tier: s.tier, Reason: s.reason, Decided: s.decided}
		fmt.Fprintf(w, "%d\t%s\t%s\n", rows[s], c.T("outcome."+string(s.outcome)), c.Words.Why(row))
	}
	return w.Flush()
}
