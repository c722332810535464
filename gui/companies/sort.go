package companies

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// question is what is asked of the lines that are known.
type question struct {
	asked kit.Asked
	lines []line
}

// find gives the lines that are searched for, sorted; unsorted they stand in the order of the switcher.
func (q question) find() []line {
	var found []line
	for _, l := range q.lines {
		if kit.HasWords(l.company.Name, q.asked.Search) {
			found = append(found, l)
		}
	}
	if by := orders[q.asked.Sort]; by != nil {
		slices.SortStableFunc(found, by)
		if q.asked.Desc {
			slices.Reverse(found)
		}
	}
	return found
}

// orders compare two lines by a column.
var orders = map[string]func(a, b line) int{
	"name": func(a, b line) int {
		return bytes.Compare(domain.SortKey(a.company.Name), domain.SortKey(b.company.Name))
	},
	"state":     by(standing),
	"decisions": by(func(l line) int { return decisions(l.facts) }),
	"held":      by(func(l line) int { return l.facts.Held }),
	"orders":    by(func(l line) int { return l.facts.Uninvoiced() }),
	"run":       func(a, b line) int { return ended(a.facts).Compare(ended(b.facts)) },
	"reads":     by(func(l line) int { return l.facts.Usage.Left(quota.Read, quota.Ordinary) }),
}

func by(of func(line) int) func(a, b line) int {
	return func(a, b line) int { return cmp.Compare(of(a), of(b)) }
}

// standing ranks what needs a person first.
func standing(l line) int {
	switch {
	case l.err != nil:
		return 0
	case !l.facts.Connection.Authorised || !l.facts.HandedOver.IsZero():
		return 1
	case !l.facts.Settings.IntegrationOn:
		return 2
	default:
		return 3
	}
}

// decisions are all that wait for a person's decision, of transfers and syncs.
func decisions(f kit.Facts) int { return f.Undecided + f.Waiting }

// ended is when the last transfer ended, or began if it has not; zero: there was none.
func ended(f kit.Facts) time.Time {
	switch {
	case !f.HasRun:
		return time.Time{}
	case f.Run.FinishedAt.IsZero():
		return f.Run.CreatedAt
	default:
		return f.Run.FinishedAt
	}
}
