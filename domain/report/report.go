// Package report is what happened in a transfer, or would, as a value, and how it reads: as text and as one
// HTML page. Its Reporter decides when a report is written, where it goes and whom it is mailed to.
package report

import (
	"cmp"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Report is one transfer as it stood when the report was made.
type Report struct {
	Company string
	Run     transfer.Run
	MadeAt  time.Time

	// What became of the rows and why, the most first. Tiers are those of matched rows, Reasons those of
	// rows that were skipped or found no partner, Notes and Flags those of every row that was applied.
	Tiers   []Count[matching.Tier]
	Skips   []Count[matching.Reason]
	Reasons []Count[matching.Reason]
	Notes   []Count[transfer.Note]
	Flags   []Count[matching.Flag]

	// Problems are the first rows that a person should look at (transfer.Query.Attention), ProblemCount is
	// how many there are.
	Problems     []transfer.Listed
	ProblemCount int

	// Plan is what the run was to do, nil when it was never planned. Deviations are the first
	// PageDeviations rows that became something else (transfer.Query.Deviating), of DeviationCount.
	Plan           *transfer.Plan
	Deviations     []transfer.Listed
	DeviationCount int
}

// Count is how many rows something holds for.
type Count[T any] struct {
	What T
	N    int
}

// Group is a number of rows of a transfer that share what a report counts by.
type Group struct {
	Outcome transfer.Outcome
	Tier    matching.Tier
	Reason  matching.Reason
	Decided transfer.DecisionKind
	Flag    matching.Flag
	Notes   []transfer.Note
	N       int
}

// New counts the groups of a run's rows.
func New(company string, run transfer.Run, groups []Group, madeAt time.Time) Report {
	tiers, skips, reasons := map[matching.Tier]int{}, map[matching.Reason]int{}, map[matching.Reason]int{}
	notes, flags := map[transfer.Note]int{}, map[matching.Flag]int{}
	for _, g := range groups {
		switch g.Outcome {
		case transfer.OutcomePending:
			continue
		case transfer.OutcomeMatched:
			tiers[g.Tier] += g.N
		case transfer.OutcomeUnmatched:
			reasons[g.Reason] += g.N
		case transfer.OutcomeSkipped:
			skips[g.Reason] += g.N
		case transfer.OutcomeFailed: // its notes say why
		}
		for _, n := range g.Notes {
			notes[n] += g.N
		}
		if g.Flag != matching.FlagNone {
			flags[g.Flag] += g.N
		}
	}
	return Report{
		Company: company, Run: run, MadeAt: madeAt,
		Tiers: most(tiers), Skips: most(skips), Reasons: most(reasons), Notes: most(notes), Flags: most(flags),
	}
}

// most lists counts, the largest first; equal ones stand in the order of their names.
func most[T ~string](counts map[T]int) []Count[T] {
	var all []Count[T]
	for what, n := range counts {
		if n > 0 {
			all = append(all, Count[T]{what, n})
		}
	}
	slices.SortFunc(all, func(a, b Count[T]) int { return cmp.Or(b.N-a.N, cmp.Compare(a.What, b.What)) })
	return all
}

// Due tells whether a run in this state gets a report: it has ended, or a person stopped it.
func Due(s transfer.State) bool { return s.Finished() || s == transfer.StateStopped }

// PageDeviations is how many rows that deviate from the plan a report names one by one.
const PageDeviations = 50
