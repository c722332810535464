package main

import (
	"context"
	"fmt"
	"maps"
	"math"
	"strconv"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// showEnd prints a run, with what more there is to say in the object of --json, words the error that paused
// or failed it, and gives the exit code of both as an ended error.
func (c *ctl) showEnd(r transfer.Run, err error, more map[string]any) error {
	if err != nil {
		fmt.Fprintln(c.err, c.sentence(err))
	}
	if c.json {
		m := runJSON(r)
		maps.Copy(m, more)
		if err := c.print(m); err != nil {
			return err
		}
	} else {
		c.sayRun(r)
	}
	switch {
	case r.State == transfer.StatePaused: // whatever its cause: it goes on where it was
		return ended{exitLater}
	case err != nil:
		return ended{exitCode(err)}
	case r.State == transfer.StateDone, r.State == transfer.StatePlanned:
		return nil
	case r.State == transfer.StateFailed:
		return ended{exitError}
	default:
		return ended{exitPartly}
	}
}

// sayRun says how a run stands, what became of its rows and what it cost.
func (c *ctl) sayRun(r transfer.Run) {
	fmt.Fprintln(c.out, c.words.RunState(r)+": "+c.counts(r))
	switch {
	case r.MayTakeRead():
		c.say("ctl.count.offer", r.Options.Disagreed, r.Total, r.Counters.Read)
	case r.Short() != 0 && r.Options.TakeRead:
		c.say("ctl.count.taken", r.Total, r.Counters.Read)
	case r.Options.Unsure:
		c.say("ctl.read.unsure")
	}
	c.say("ctl.spent", r.APIReads, r.APIWrites, c.words.Duration(r.Worked))
}

func (c *ctl) counts(r transfer.Run) string {
	n := r.Counters
	return c.t("ctl.counts", n.Read, n.Transferred, n.Matched, n.Unmatched, n.Skipped, n.Failed, n.Pending)
}

func runJSON(r transfer.Run) map[string]any {
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
	m := runJSON(r)
	for key, at := range map[string]time.Time{"confirmed_at": r.ConfirmedAt, "finished_at": r.FinishedAt, "undo_begun_at": r.UndoBegunAt, "undone_at": r.UndoneAt} {
		if !at.IsZero() {
			m[key] = stamp(at)
		}
	}
	return m
}

// openTransfer opens the company and finds the transfer that args name, the newest that stands if they name
// none.
func (c *ctl) openTransfer(ctx context.Context, open opener, args []string) (*app.Company, transfer.Run, error) {
	var id int64
	if len(args) > 0 {
		var err error
		if id, err = strconv.ParseInt(args[0], 10, 64); err != nil || id <= 0 {
			return nil, transfer.Run{}, misused("ctl.usage.number", args[0])
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
