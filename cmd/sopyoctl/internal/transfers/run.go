package transfers

import (
	"context"
	"fmt"
	"maps"
	"math"
	"strconv"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// showEnd prints a run, with what more there is to say in the object of --json, words the error that paused
// or failed it, and gives the exit code of both as an ended error.
func (c commands) showEnd(r transfer.Run, err error, more map[string]any) error {
	if err != nil {
		fmt.Fprintln(c.Err, c.Sentence(err))
	}
	if c.JSON {
		m := RunJSON(r)
		maps.Copy(m, more)
		if err := c.Print(m); err != nil {
			return err
		}
	} else {
		SayRun(c.Console, r)
	}
	switch {
	case r.State == transfer.StatePaused: // whatever its cause: it goes on where it was
		return console.Ended(console.ExitLater)
	case err != nil:
		return console.Ended(console.ExitCode(err))
	case r.State == transfer.StateDone, r.State == transfer.StatePlanned:
		return nil
	case r.State == transfer.StateFailed:
		return console.Ended(console.ExitError)
	default:
		return console.Ended(console.ExitPartly)
	}
}

// SayRun says how a run stands, what became of its rows and what it cost.
func SayRun(call *console.Console, r transfer.Run) {
	c := commands{call}
	fmt.Fprintln(c.Out, c.Words.RunState(r)+": "+c.counts(r))
	switch {
	case r.MayTakeRead():
		c.Say("ctl.count.offer", r.Options.Disagreed, r.Total, r.Counters.Read)
	case r.Short() != 0 && r.Options.TakeRead:
		c.Say("ctl.count.taken", r.Total, r.Counters.Read)
	case r.Options.Unsure:
		c.Say("ctl.read.unsure")
	}
	c.Say("ctl.spent", r.APIReads, r.APIWrites, c.Words.Duration(r.Worked))
}

func (c commands) counts(r transfer.Run) string {
	n := r.Counters
	return c.T("ctl.counts", n.Read, n.Transferred, n.Matched, n.Unmatched, n.Skipped, n.Failed, n.Pending)
}

// RunJSON is a transfer, for programs.
func RunJSON(r transfer.Run) map[string]any {
	m := map[string]any{
		"id": r.ID, "state": r.State, "read": r.Counters.Read, "transferred": r.Counters.Transferred,
		"matched": r.Counters.Matched, "unmatched": r.Counters.Unmatched, "skipped": r.Counters.Skipped,
		"failed": r.Counters.Failed, "pending": r.Counters.Pending, "api_reads": r.APIReads,
		"api_writes": r.APIWrites, "seconds": math.Round(r.Worked.Seconds()*100) / 100,
	}
	if r.Cause != "" {
		m["cause"] = r.Cause
	}
	if r.Short() != 0 && r.Options.TakeRead {
		m["counted"] = r.Total
	}
	if r.MayTakeRead() {
		m["offers"] = []string{"accept-count"}
	}
	if r.Options.Unsure {
		m["unsure"] = true
	}
	if r.Detail != "" {
		m["detail"] = r.Detail
	}
	return m
}

func transferJSON(r transfer.Run) map[string]any {
	m := RunJSON(r)
	for key, at := range map[string]time.Time{"confirmed_at": r.ConfirmedAt, "finished_at": r.FinishedAt, "undo_begun_at": r.UndoBegunAt, "undone_at": r.UndoneAt} {
		if !at.IsZero() {
			m[key] = console.Stamp(at)
		}
	}
	return m
}

// openTransfer opens the company and finds the transfer that args name, the newest that stands if they name
// none.
func (c commands) openTransfer(ctx context.Context, open console.Opener, args []string) (*app.Company, transfer.Run, error) {
	var id int64
	if len(args) > 0 {
		var err error
		if id, err = strconv.ParseInt(args[0], 10, 64); err != nil || id <= 0 {
			return nil, transfer.Run{}, console.Misused("ctl.usage.number", args[0])
		}
	}
	company, err := open(ctx)
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
		err = &domain.Error{Kind: domain.KindNotFound, Op: "find the last transfer", Detail: "no-transfer"}
	}
	return run, err
}
