package transfers

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func (c commands) undoCommand() *cobra.Command {
	var plan, yes bool
	cmd := &cobra.Command{
		Use: "undo ID", Short: "Take a whole transfer back, with the decisions made in it (Ctrl-C: the same call goes on)",
		Args: console.Exact(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.undoTransfer(cmd, args, plan, yes)
		},
	}
	cmd.Flags().BoolVar(&plan, "plan", false, "only tell what would happen")
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.MarkFlagsMutuallyExclusive("plan", "yes")
	return cmd
}

func (c commands) undoTransfer(cmd *cobra.Command, args []string, planOnly, yes bool) error {
	ctx, stop := console.Interruptible(cmd.Context())
	defer stop()
	company, run, err := c.openTransfer(ctx, c.Looks(planOnly), args)
	if err != nil {
		return err
	}
	if !yes {
		plan, err := company.PlanUndo(ctx, run.ID)
		if err != nil {
			return err
		}
		if err := c.showUndo(plan); err != nil || planOnly || !plan.Run.UndoneAt.IsZero() {
			return err
		}
		if !c.CanAsk() {
			return console.Misused("ctl.usage.undo")
		}
		if !c.Confirmed(c.T("ctl.undo.ask")) {
			return console.Ended(console.ExitPartly)
		}
	}
	done, err := company.Undo(ctx, run.ID, func(n, of int) { c.Redraw(fmt.Sprintf("%d / %d", n, of)) })
	c.Redraw("")
	if err != nil {
		return err
	}
	if err := c.showUndo(done); err != nil {
		return err
	}
	if done.BlockedCount > 0 {
		return console.Ended(console.ExitPartly)
	}
	return nil
}

// showUndo prints what cannot be undone first, then what can be, or was.
func (c commands) showUndo(p transfer.UndoPlan) error {
	if c.JSON {
		blocked := []map[string]any{}
		for _, b := range p.Blocked {
			m := rowJSON(b.Listed)
			m["why"] = b.Why
			blocked = append(blocked, m)
		}
		return c.Print(map[string]any{
			"done": !p.Run.UndoneAt.IsZero(), "restored": p.Restored, "removed": p.Removed, "unbound": p.Unbound,
			"blocked_count": p.BlockedCount, "blocked": blocked, "transfer": transferJSON(p.Run),
		})
	}
	for _, b := range p.Blocked {
		c.Line("%s\t%s\t%s: %s", b.Remote.ID, b.Remote.Code, b.Remote.Name, c.T("decide.refused."+string(b.Why)))
	}
	key := "ctl.undo.plan"
	if !p.Run.UndoneAt.IsZero() {
		key = "ctl.undo.done"
	}
	c.Say(key, p.Run.ID, p.Restored, p.Removed, p.Unbound, p.BlockedCount)
	return nil
}
