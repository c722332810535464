package sync

import (
	"cmp"
	"context"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

// found is all that the sheet shows.
type found struct {
	standing sync.Standing
	link     domain.Connection
	around   domain.Circumstances
	groups   []group
	left     *sync.Job  // that was confirmed and is not finished, nil for none
	runs     []sync.Run // the newest ones
	total    int        // of all
}

// group is how many fields wait for one reason.
type group struct {
	why    sync.Why
	fields int
}

// lastRuns is how many syncs the sheet lists.
const lastRuns = 5

func (e *env) find(ctx context.Context) (f found, err error) {
	if f.standing, err = e.co.SyncStanding(ctx); err != nil {
		return f, err
	}
	if f.link, err = e.co.Connection(ctx); err != nil {
		return f, err
	}
	if f.around, err = e.co.Circumstances(ctx); err != nil {
		return f, err
	}
	if f.left, err = e.co.ResumeSync(ctx); err != nil {
		return f, err
	}
	if f.runs, f.total, err = e.co.Syncs(ctx, lastRuns, 0); err != nil {
		return f, err
	}
	groups, err := e.co.OpenGroups(ctx)
	f.groups = byReason(groups)
	return f, err
}

// byReason puts conflicts and held changes of one reason together, the largest group first; what a person
// can only be told of comes last.
func byReason(all []sync.OpenGroup) (groups []group) {
	for _, g := range all {
		i := slices.IndexFunc(groups, func(x group) bool { return x.why == g.Why })
		if i < 0 {
			groups = append(groups, group{why: g.Why})
			i = len(groups) - 1
		}
		groups[i].fields += g.Fields
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		if told := cmp.Compare(toldOnly(a.why), toldOnly(b.why)); told != 0 {
			return told
		}
		return cmp.Compare(b.fields, a.fields)
	})
	return groups
}

func toldOnly(w sync.Why) int {
	if w == sync.WhyGone {
		return 1
	}
	return 0
}

// bound tells whether a product of the catalogue is bound.
func (f found) bound() bool {
	for _, n := range f.around.BoundPrices {
		if n > 0 {
			return true
		}
	}
	return f.total > 0 || len(f.groups) > 0
}

// flows tells whether anything flows at all.
func (f found) flows() bool {
	return f.standing.Choices.Pull || f.standing.Choices.Push != domain.PushUnset
}

// ready tells whether a sync can be begun.
func (f found) ready() bool {
	return f.link.Authorised && f.standing.Choices.IntegrationOn && f.bound() && f.flows()
}

// braked tells whether the run that is not finished waits at its brakes.
func (f found) braked() bool { return f.left != nil && f.left.Sync().Braked() }
