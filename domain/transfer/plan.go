package transfer

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain/matching"
)

// Plan is what a run would do, counted when it was matched and kept for ever: also when the rows of an
// old run are gone, a report can set it against what came of it.
type Plan struct {
	RunID   int64
	Options Options
	ReadAt  time.Time // end of the read that it rests on
	MadeAt  time.Time
	Cost    Cost // of the whole read; carrying the plan out costs nothing more
	Forecast
}

// OldAt tells whether the plan is so old that a person is asked before it is carried out (rules.md §4).
func (p Plan) OldAt(now time.Time) bool { return Outdated(p.ReadAt, now, PlanLifetime) }

// Forecast counts the rows of a plan. Always: Read = Matched + Unmatched + Skipped + Failed; the tiers
// add up to Matched and Failed, the reasons and what becomes of them to Unmatched, the skips to Skipped.
type Forecast struct {
	Read      int `json:"read"`
	Matched   int `json:"matched"`
	Unmatched int `json:"unmatched"`
	Skipped   int `json:"skipped"`
	// Failed rows changed while the plan was made, for instance under the hand of a person.
	Failed int `json:"failed"`

	Tiers   map[matching.Tier]int   `json:"tiers"`
	Reasons map[matching.Reason]int `json:"reasons"` // why unmatched
	Skips   map[matching.Reason]int `json:"skips"`   // why skipped
	Flags   map[matching.Flag]int   `json:"flags"`   // of matched and unmatched rows
	Becomes map[Unmatched]int       `json:"becomes"` // what the unmatched ones become
	Notes   map[Note]int            `json:"notes"`

	Prices int `json:"prices"` // matched products that get another price
	Stocks int `json:"stocks"` // and those that get another stock
}

// Add counts a planned row.
func (f *Forecast) Add(row Row) {
	p := row.Planned
	f.Read++
	switch p.Outcome {
	case OutcomeMatched:
		f.Matched++
		if p.Priced() {
			f.Prices++
		}
		if p.Stocked() {
			f.Stocks++
		}
	case OutcomeUnmatched:
		f.Unmatched++
		count(&f.Reasons, row.Reason)
		count(&f.Becomes, p.Becomes)
	case OutcomeSkipped:
		f.Skipped++
		count(&f.Skips, row.Reason)
	case OutcomeFailed, OutcomePending:
		f.Failed++
	}
	if row.Tier != matching.TierNone {
		count(&f.Tiers, row.Tier)
	}
	if row.Flag != matching.FlagNone && p.Outcome != OutcomeSkipped {
		count(&f.Flags, row.Flag)
	}
	for _, n := range p.Notes {
		count(&f.Notes, n)
	}
}

func count[K comparable](m *map[K]int, key K) {
	if *m == nil {
		*m = map[K]int{}
	}
	(*m)[key]++
}

// Created is how many products the plan adds to the catalogue, drafts too.
func (f Forecast) Created() int { return f.Becomes[UnmatchedDraft] + f.Becomes[UnmatchedCreated] }

// Cost is what a run spends at İşbaşı in all.
type Cost struct {
	Products int
	Reads    int
	Writes   int
}

// CostOf tells what reading that many products costs; a transfer writes nothing at İşbaşı.
func CostOf(products int) Cost { return Cost{Products: products, Reads: pages(products)} }

func pages(products int) int { return max(1, (products+PageSize-1)/PageSize) }
