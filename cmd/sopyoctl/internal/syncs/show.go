package syncs

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// sayCost says what a sync is going to cost at İşbaşı, as far as it is known.
func (c commands) sayCost(ctx context.Context, company *app.Company, r sync.Run) error {
	if c.JSON {
		return nil
	}
	switch {
	case r.Phase == transfer.PhaseApply:
		items, _, err := company.SyncItems(ctx, r.ID, 0, 0)
		if err != nil {
			return err
		}
		prices, stocks := pushesLeft(items)
		c.Say("ctl.sync.cost.plan", prices, prices+stocks)
		return nil
	case r.Request.Scope == sync.ScopeEdits:
		n, _, err := company.Edited(ctx)
		if err != nil {
			return err
		}
		c.Say("ctl.sync.cost.edits", n)
	case r.Total > 0: // one that goes on
		c.Say("ctl.sync.cost", max(0, transfer.CostOf(r.Total).Reads-max(0, r.NextPage-1)))
	default:
		st, err := company.SyncStanding(ctx)
		if err != nil {
			return err
		}
		c.Say("ctl.sync.cost", st.Cost.Reads)
	}
	if r.Request.Only != sync.WayPull {
		c.Say("ctl.sync.cost.pushes")
	}
	return nil
}

// pushesLeft counts what has not gone out yet.
func pushesLeft(items []sync.Item) (prices, stocks int) {
	for _, i := range items {
		switch {
		case i.Way != sync.WayPush || i.State != sync.ItemPlanned:
		case i.Field == domain.SharedPrice:
			prices++
		default:
			stocks++
		}
	}
	return prices, stocks
}

// showSync prints a sync, words the error that paused or failed it, and gives the exit code of both as an ended error.
func (c commands) showSync(r sync.Run, err error) error {
	if err != nil {
		fmt.Fprintln(c.Err, c.Sentence(err))
	}
	if c.JSON {
		if err := c.Print(syncJSON(r)); err != nil {
			return err
		}
	} else if err := c.saySync(r); err != nil {
		return err
	}
	return syncEnd(r, err)
}

// syncEnd gives the exit code of a sync that ended with err.
func syncEnd(r sync.Run, err error) error {
	code := console.ExitOK
	switch r.State {
	case transfer.StateDone, transfer.StatePlanned:
	case transfer.StatePaused:
		code = console.ExitLater // whatever its cause
	case transfer.StateFailed:
		code = console.ExitError
	default:
		code = console.ExitPartly
	}
	if code == console.ExitOK && err != nil {
		code = console.ExitCode(err)
	}
	if code == console.ExitOK {
		return nil
	}
	return console.Ended(code)
}

// saySync says how a sync stands, what it moved and cost, and what to do about brakes that are on.
func (c commands) saySync(r sync.Run) error {
	fmt.Fprintln(c.Out, c.syncStands(r)+": "+c.syncCounts(r))
	c.Say("ctl.spent", r.APIReads, r.APIWrites, c.Words.Duration(r.Worked))
	planned := r.State == transfer.StatePlanned
	if !planned && !r.Braked() || len(r.Brakes) == 0 {
		return nil
	}
	var ids []string
	for _, b := range r.Brakes {
		ids = append(ids, b.ID)
		c.Say("ctl.sync.brake."+string(b.Kind), b.Changed, b.Of, b.Limit)
		w := c.Table()
		for _, change := range b.Largest {
			fmt.Fprintf(w, "  %s\t%s → %s\t%s\n", change.Label, c.plain(change.Before()), c.plain(decimal.NewNullDecimal(change.Value)),
				c.T("sync.way."+string(change.Write)))
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	command := "sync --accept-brakes " + strings.Join(ids, ",")
	if planned {
		command += waysOf(r.Request)
	}
	c.Say("ctl.sync.brake.go-on", c.again(command))
	return nil
}

// waysOf are the flags with which a new sync does what r was asked for.
func waysOf(r sync.Request) string {
	switch {
	case r.Scope == sync.ScopeEdits:
		return " --edits"
	case r.Only != sync.WayBoth:
		return " --" + string(r.Only) + "-only"
	default:
		return ""
	}
}

// again is a command line for the same company.
func (c commands) again(command string) string {
	line := "sopyoctl"
	for _, f := range []struct{ name, value string }{{"data", c.DataDir}, {"company", c.Company}, {"isbasi-url", c.IsbasiURL}} {
		if f.value != "" {
			line += " --" + f.name + ` "` + f.value + `"`
		}
	}
	return line + " " + command
}

// plain words a value of which the currency is not told, a dash when there is none.
func (c commands) plain(d decimal.NullDecimal) string {
	if !d.Valid {
		return c.T("none")
	}
	return c.Words.Amount(d.Decimal)
}

// syncState is how a sync stands, for programs. One that was cut off goes on like one that was stopped.
func syncState(r sync.Run) string {
	switch {
	case r.Braked():
		return "braked"
	case r.State == transfer.StatePartlyDone: // what failed is counted
		return string(transfer.StateDone)
	case r.State.Active():
		return string(transfer.StateStopped)
	default:
		return string(r.State)
	}
}

func (c commands) syncCounts(r sync.Run) string {
	m := r.Moved
	return c.T("ctl.sync.counts", r.Counters.Read, m.PulledStock, m.PulledPrice, m.PushedStock, m.PushedPrice,
		r.Conflicts, r.Held, r.Unchanged, r.Counters.Failed)
}

func syncJSON(r sync.Run) map[string]any {
	brakes := []map[string]any{}
	for _, b := range r.Brakes {
		largest := []map[string]any{}
		for _, change := range b.Largest {
			largest = append(largest, map[string]any{
				"code": change.Label, "base": console.Number(change.Base), "ours": console.Number(change.Ours), "theirs": console.Number(change.Theirs),
			})
		}
		brakes = append(brakes, map[string]any{
			"id": b.ID, "kind": b.Kind, "changed": b.Changed, "of": b.Of, "limit": b.Limit, "largest": largest,
		})
	}
	m := map[string]any{
		"state": syncState(r), "read": r.Counters.Read,
		"pulled":    map[string]int{"stock": r.Moved.PulledStock, "price": r.Moved.PulledPrice},
		"pushed":    map[string]int{"stock": r.Moved.PushedStock, "price": r.Moved.PushedPrice},
		"conflicts": r.Conflicts, "held": r.Held, "unchanged": r.Unchanged, "failed": r.Counters.Failed, "brakes": brakes,
		"api_reads": r.APIReads, "api_writes": r.APIWrites,
	}
	if r.Cause != "" && !r.Braked() {
		m["cause"] = r.Cause
		if r.Detail != "" {
			m["detail"] = r.Detail
		}
	}
	return m
}
