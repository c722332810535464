package main

import (
	"context"
	"fmt"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

// standing is how the sync of a company stands, with how many fields wait for a person.
type standing struct {
	sync.Standing
	waiting int
}

func (c *ctl) syncStanding(ctx context.Context, company *app.Company) (s standing, err error) {
	if s.Standing, err = company.SyncStanding(ctx); err != nil {
		return s, err
	}
	_, s.waiting, err = company.OpenFields(ctx, sync.OpenQuery{Limit: 1})
	return s, err
}

func (s standing) json() map[string]any {
	m := map[string]any{
		"last": nil, "next": nil, "saving": s.Saving, "scope": s.Scope, "cost": map[string]int{"reads": s.Cost.Reads},
		"edited": s.Edited, "waiting": s.waiting,
	}
	if s.HasLast {
		m["last"] = listedSyncJSON(s.Last)
	}
	if !s.Next.IsZero() {
		m["next"] = stamp(s.Next)
	}
	return m
}

func (c *ctl) sayStanding(s standing) {
	if s.HasLast {
		fmt.Fprintln(c.out, c.t("ctl.sync.last", c.words.Moment(s.Last.ConfirmedAt), c.syncStands(s.Last))+" "+c.syncCounts(s.Last))
	}
	switch {
	case s.Next.IsZero():
	case s.Saving:
		c.say("ctl.sync.next.saving", c.words.Moment(s.Next))
	default:
		c.say("ctl.sync.next", c.words.Moment(s.Next))
	}
	if s.waiting > 0 {
		c.say("ctl.sync.waiting", s.waiting)
	}
	if s.Edited > 0 {
		c.say("ctl.sync.edited", s.Edited)
	}
}
