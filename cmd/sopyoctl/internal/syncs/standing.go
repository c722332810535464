package syncs

import (
	"context"
	"fmt"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

// Standing is how the sync of a company stands, with how many fields wait for a person.
type Standing struct {
	sync.Standing
	waiting int
}

// StandingOf asks how the sync of a company stands.
func StandingOf(ctx context.Context, company *app.Company) (s Standing, err error) {
	if s.Standing, err = company.SyncStanding(ctx); err != nil {
		return s, err
	}
	_, s.waiting, err = company.OpenFields(ctx, sync.OpenQuery{Limit: 1})
	return s, err
}

// JSON is the standing for programs.
func (s Standing) JSON() map[string]any {
	m := map[string]any{
		"last": nil, "next": nil, "saving": s.Saving, "scope": s.Scope, "cost": map[string]int{"reads": s.Cost.Reads},
		"edited": s.Edited, "waiting": s.waiting,
	}
	if s.HasLast {
		m["last"] = listedSyncJSON(s.Last)
	}
	if !s.Next.IsZero() {
		m["next"] = console.Stamp(s.Next)
	}
	return m
}

// Say is the standing for people.
func (s Standing) Say(call *console.Console) {
	c := commands{call}
	if s.HasLast {
		fmt.Fprintln(c.Out, c.T("ctl.sync.last", c.Words.Moment(s.Last.ConfirmedAt), c.syncStands(s.Last))+" "+c.syncCounts(s.Last))
	}
	switch {
	case s.Next.IsZero():
	case s.Saving:
		c.Say("ctl.sync.next.saving", c.Words.Moment(s.Next))
	default:
		c.Say("ctl.sync.next", c.Words.Moment(s.Next))
	}
	if s.waiting > 0 {
		c.Say("ctl.sync.waiting", s.waiting)
	}
	if s.Edited > 0 {
		c.Say("ctl.sync.edited", s.Edited)
	}
}
