package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func (c *ctl) transferUndoCommand() *cobra.Command {
	var plan, yes bool
	cmd := &cobra.Command{
		Use: "undo ID", Short: "Take a whole transfer back, with the decisions made in it (Ctrl-C: the same call goes on)",
		Args: exact(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.undoTransfer(cmd, args, plan, yes)
		},
	}
	cmd.Flags().BoolVar(&plan, "plan", false, "only tell what would happen")
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.MarkFlagsMutuallyExclusive("plan", "yes")
	return cmd
}

func (c *ctl) undoTransfer(cmd *cobra.Command, args []string, planOnly, yes bool) error {
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	company, run, err := c.openTransfer(ctx, c.looks(planOnly), args)
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
		if !c.canAsk() {
			return misused("ctl.usage.undo")
		}
		if !c.confirmed(c.t("ctl.undo.ask")) {
			return ended{exitPartly}
		}
	}
	done, err := company.Undo(ctx, run.ID, func(n, of int) { c.redraw(fmt.Sprintf("%d / %d", n, of)) })
	c.redraw("")
	if err != nil {
		return err
	}
	if err := c.showUndo(done); err != nil {
		return err
	}
	if done.BlockedCount > 0 {
		return ended{exitPartly}
	}
	return nil
}

// showUndo prints what cannot be undone first, then what can be, or was.
func (c *ctl) showUndo(p transfer.UndoPlan) error {
	if c.json {
		blocked := []map[string]any{}
		for _, b := range p.Blocked {
			m := rowJSON(b.Listed)
			m["why"] = b.Why
			blocked = append(blocked, m)
		}
		return c.print(map[string]any{
			"done": !p.Run.UndoneAt.IsZero(), "restored": p.Restored, "removed": p.Removed, "unbound": p.Unbound,
			"blocked_count": p.BlockedCount, "blocked": blocked, "transfer": transferJSON(p.Run),
		})
	}
	for _, b := range p.Blocked {
		c.line("%s\t%s\t%s: %s", b.Remote.ID, b.Remote.Code, b.Remote.Name, c.t("decide.refused."+string(b.Why)))
	}
	key := "ctl.undo.plan"
	if !p.Run.UndoneAt.IsZero() {
		key = "ctl.undo.done"
	}
	c.say(key, p.Run.ID, p.Restored, p.Removed, p.Unbound, p.BlockedCount)
	return nil
}
