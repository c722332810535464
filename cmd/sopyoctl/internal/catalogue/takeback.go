package catalogue

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// undoImport takes the last file back, after saying what that does. With --dry-run it only says so. Where a file is named, no other one is
// taken back: a command that is given twice takes back no further one.
func (c commands) undoImport(cmd *cobra.Command, of importOf, named []string) error {
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
	last, ok, err := company.LastImport(ctx)
	if err == nil && (!ok || !console.Named(named, last.File)) {
		err = &domain.Error{Kind: domain.KindNotFound, Op: "find the last import", Detail: "no-import"}
	}
	if err != nil {
		return err
	}
	plan, err := company.PlanUndoImport(ctx, last.ID)
	if err != nil {
		return err
	}
	if !c.JSON {
		fmt.Fprintln(c.Err, c.Words.Imported(last))
		for _, line := range c.Words.TakingBack(plan) {
			fmt.Fprintln(c.Err, "  "+line)
		}
	}
	switch {
	case of.dryRun:
		return c.showReturn(last, plan, false)
	case !of.yes && !c.Confirmed(c.T("import.undo.ask", last.File)):
		return domain.E(domain.KindCancelled, "confirm to take an import back", nil)
	}
	done, err := company.UndoImport(ctx, last.ID, new(listing.Count))
	if err != nil {
		return err
	}
	return c.showReturn(last, done, true)
}

// showReturn tells what taking a file back does, or has done.
func (c commands) showReturn(last listing.Imported, r listing.Return, done bool) error {
	switch {
	case c.JSON:
		return c.Print(map[string]any{
			"file": last.File, "at": last.At, "undone": done, "restored": r.Restored, "prices": r.Prices, "stocks": r.Stocks, "removed": r.Removed, "left": r.Left,
		})
	case done:
		fmt.Fprintln(c.Out, c.Words.TakenBack(last.File, r))
	default:
		c.Say("import.plan.promise")
	}
	return nil
}
