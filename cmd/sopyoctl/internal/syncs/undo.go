package syncs

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

func (c commands) undoCommand() *cobra.Command {
	var plan, yes bool
	cmd := &cobra.Command{
		Use: "undo ID", Short: "Take a sync or a decision back: in the catalogue, and what went to İşbaşı by a new push (Ctrl-C: the same call goes on)",
		Args: console.Exact(1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.undoSync(cmd.Context(), args, plan, yes) },
	}
	cmd.Flags().BoolVar(&plan, "plan", false, "only tell what would happen, and what it costs")
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	cmd.MarkFlagsMutuallyExclusive("plan", "yes")
	return cmd
}

func (c commands) undoSync(ctx context.Context, args []string, planOnly, yes bool) error {
	company, run, err := c.openSync(ctx, c.Looks(planOnly), args, newestSync)
	if err != nil {
		return err
	}
	if !yes {
		plan, err := company.PlanSyncUndo(ctx, run.ID)
		if err != nil {
			return err
		}
		if planOnly {
			return c.showSyncUndo(plan, nil)
		}
		if !c.CanAsk() {
			return console.Misused("ctl.usage.undo")
		}
		if err := c.showSyncUndo(plan, nil); err != nil {
			return err
		}
		if !c.Confirmed(c.T("ctl.undo.ask")) {
			return console.Ended(console.ExitPartly)
		}
	}
	done, err := company.UndoSync(ctx, run.ID)
	if err != nil {
		return err
	}
	if done.Return == 0 {
		if err := c.showSyncUndo(done, nil); err != nil {
			return err
		}
		return keptEnd(done)
	}
	return c.returnPushed(ctx, company, done)
}

// returnPushed sends the values back that İşbaşı had before.
func (c commands) returnPushed(ctx context.Context, company *app.Company, done sync.UndoPlan) error {
	job, err := company.SendEdits(ctx, sync.OccasionUndo)
	if err != nil { // the catalogue has its values again; they wait to go out
		fmt.Fprintln(c.Err, c.Sentence(err))
		if err := c.showSyncUndo(done, map[string]any{"error": map[string]string{"kind": string(domain.KindOf(err)), "message": c.Sentence(err)}}); err != nil {
			return err
		}
		return console.Ended(console.ExitCode(err))
	}
	r, err := c.workSync(ctx, company, job, false)
	if err != nil {
		fmt.Fprintln(c.Err, c.Sentence(err))
	}
	if err := c.showSyncUndo(done, map[string]any{"push": syncJSON(r)}); err != nil {
		return err
	}
	if !c.JSON {
		if err := c.saySync(r); err != nil {
			return err
		}
	}
	if end := syncEnd(r, err); end != nil {
		return end
	}
	return keptEnd(done)
}

// keptEnd is the end of an undo that had to leave something as it was.
func keptEnd(p sync.UndoPlan) error {
	if p.Kept > 0 {
		return console.Ended(console.ExitPartly)
	}
	return nil
}

// showSyncUndo prints what can be taken back, or was, with what more there is to say in the object of --json.
func (c commands) showSyncUndo(p sync.UndoPlan, more map[string]any) error {
	// Each price that goes back is read and written, each stock is written: as many as that at the most.
	reads := min(p.Return, p.Run.Moved.PushedPrice)
	done := !p.Run.UndoneAt.IsZero()
	if c.JSON {
		m := map[string]any{
			"done": done, "restored": p.Restored, "returned": p.Return, "kept": p.Kept,
			"cost": map[string]int{"reads": reads, "writes": p.Return}, "sync": listedSyncJSON(p.Run),
		}
		for k, v := range more {
			m[k] = v
		}
		return c.Print(m)
	}
	if done {
		c.Say("ctl.sync.undo.done", p.Run.ID, p.Restored, p.Return, p.Kept)
		return nil
	}
	c.Say("ctl.sync.undo.plan", p.Run.ID, p.Restored, p.Return, reads, p.Return, p.Kept)
	return nil
}
