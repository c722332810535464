package orders

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
)

// takeBack is what a person says of taking a file back.
type takeBack struct{ undo, dryRun, yes bool }

// undoTaken takes the last file of orders back, after saying what that does. With --dry-run it only says so. Where a file is named, no other
// one is taken back.
func (c commands) undoTaken(cmd *cobra.Command, of takeBack, named []string) error {
	if c.JSON && !of.yes && !of.dryRun {
		return console.Misused("ctl.usage.nobody", "--yes")
	}
	open := c.Take
	if of.dryRun {
		open = c.Read
	}
	company, err := open(cmd.Context())
	if err != nil {
		return err
	}
	ctx, stop := console.Interruptible(cmd.Context())
	defer stop()
	last, ok, err := company.LastTaken(ctx)
	if err == nil && (!ok || !console.Named(named, last.File)) {
		err = &domain.Error{Kind: domain.KindNotFound, Op: "find the last file of orders", Detail: "no-import"}
	}
	if err != nil {
		return err
	}
	back, err := company.PlanUndoTaken(ctx, last)
	if err != nil {
		return err
	}
	if !c.JSON {
		fmt.Fprintln(c.Err, c.T("import.last", last.File, c.Words.Moment(last.At), c.T("orders.take.new", last.Added)))
		for _, line := range c.Words.OrdersBack(back) {
			fmt.Fprintln(c.Err, "  "+line)
		}
	}
	switch {
	case of.dryRun:
		return c.tellTakenBack(last, back, false)
	case !of.yes && !c.Confirmed(c.T("import.undo.ask", last.File)):
		return domain.E(domain.KindCancelled, "confirm to take orders back", nil)
	}
	if back, err = company.UndoTaken(ctx, last); err != nil {
		return err
	}
	return c.tellTakenBack(last, back, true)
}

func (c commands) tellTakenBack(last orders.TakenFile, back orders.TakenBack, done bool) error {
	switch {
	case c.JSON:
		return c.Print(map[string]any{"file": last.File, "at": last.At, "undone": done, "removed": back.Removed, "left": back.Left})
	case done:
		fmt.Fprintln(c.Out, c.Words.OrdersTakenBack(last.File, back))
	default:
		c.Say("import.plan.promise")
	}
	return nil
}
