package transfer

import (
	"context"
	"iter"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

// Books is İşbaşı as a transfer needs it.
type Books interface {
	// Products yields the pages of a part of the product list (type = product), sorted by id, in their order. It
	// yields an error at most once, last. A page costs one read; those asked for ahead cost theirs, wanted or not.
	// An İşbaşı that does not understand a bound gives the whole list: the rows tell (isbasi-api.md §12).
	Products(ctx context.Context, in Range) iter.Seq2[Page, error]
	// Abreast tells how many pages would be asked for at once now.
	Abreast() int
	// Calls tells how many reads and writes have been sent since the program started.
	Calls() (reads, writes int)
}

// Abilities are what is remembered of what İşbaşı lets the key do.
type Abilities interface {
	Ability(ctx context.Context, a domain.Ability) (domain.AbilityAnswer, error)
	Remember(ctx context.Context, a domain.Ability, answer domain.AbilityAnswer) error
}

// Runs keeps runs and their rows. Every method is one transaction.
type Runs interface {
	// CreateRun stores a new run and gives its ID.
	CreateRun(ctx context.Context, r Run) (Run, error)
	// SaveRun stores everything of r but its rows.
	SaveRun(ctx context.Context, r Run) error
	// StopRun stores that a person wants a run stopped that is being worked on. Its counters, rows and
	// cursor stay as they are.
	StopRun(ctx context.Context, id int64) error
	// StagePage stores the products of a page, or of several, as rows of r, together with r. A product that is staged
	// already is replaced. The answer is r with Counters.Read and Counters.Pending counted anew.
	StagePage(ctx context.Context, r Run, products []domain.RemoteProduct) (Run, error)
	// DropRows removes every staged row of the run and its plan, together with r: a read starts anew.
	DropRows(ctx context.Context, r Run) error
	Staging
}

// Staging compares what a run has read with İşbaşı's list, by ids that are numbers. Every method is one transaction.
type Staging interface {
	// LastStaged gives the greatest id among the products staged for r, "" when there is none.
	LastStaged(ctx context.Context, r Run) (domain.RemoteID, error)
	// StagedBelow counts the products staged for r whose id is smaller.
	StagedBelow(ctx context.Context, r Run, id domain.RemoteID) (int, error)
	// StageRange is StagePage of all that İşbaşı has from one id up to, and without, another ("": without end): what
	// is staged there and is not among the products is staged no more.
	StageRange(ctx context.Context, r Run, from, to domain.RemoteID, products []domain.RemoteProduct) (Run, error)
}

// Queue is the company's way into this machine's line of transfers: one at a time writes, in the order
// in which they were confirmed. It outlives the program; a run that nobody works on keeps its place and
// holds nobody up.
type Queue interface {
	// Enter gives a confirmed run the last place. One that has a place keeps it.
	Enter(ctx context.Context, run int64) error
	// Turn waits until the run may write and gives what ends its turn. While it waits it tells, now and
	// then, how the run stands.
	Turn(ctx context.Context, run int64, tell func(Standing)) (release func(), err error)
	// Leave takes the run out of the line; one that has no place there is no error.
	Leave(ctx context.Context, run int64) error
}

// Steps are what a job does with what it has read. Import is that of a transfer; other runs that read İşbaşı's
// products page by page, can be stopped at every step and go on where they were, have their own.
type Steps interface {
	// Match decides over the whole of what r has read, stores the plan together with r, and gives r as it was
	// stored, in PhaseApply.
	Match(ctx context.Context, r Run) (Run, error)
	// Step carries out the next part of the plan, at most n rows of it, and gives r as it was stored with them,
	// how many there were (0: nothing is left) and the name of the last.
	Step(ctx context.Context, r Run, n int) (after Run, rows int, lastName string, err error)
	// Reopen makes what failed pending again, and gives r as it was stored.
	Reopen(ctx context.Context, r Run) (Run, error)
	// Progress tells how much of the plan is carried out.
	Progress(r Run) (done, of int)
}

// Catalogue is the company's products as a transfer needs them. Every method is one transaction.
type Catalogue interface {
	// Sides gives the whole of both sides of run r: catalogue products (archived ones left out) with
	// their revisions, what matching goes by of the run's rows, bindings and separations. matched is given the keys of a
	// row, its type, whether it is active, currency and stock, and nothing else.
	Sides(ctx context.Context, r Run, matched func(domain.RemoteProduct) matching.Remote) (Sides, error)
	// SavePlan writes the decisions on the run's pending rows, together with r. Revision of each decided
	// product is given by revisions. What foresee says of a row (or would, of one that ApplySettled takes) with what stands
	// in the catalogue now is kept as its plan, and counted as that of the run; a run that has a plan keeps it, and decisions
	// on rows that are not pending any more are left out.
	SavePlan(ctx context.Context, r Run, plan []matching.Decision, revisions map[domain.ProductID]int64, foresee func(Candidate) Planned) error
	// Apply takes the next n pending rows of the plan, in the order they were read, asks decide for each
	// what is to happen, and writes before-images, products, bindings, outcomes and r with its new
	// counters. It gives r as it was written and the rows handled; none when nothing is pending.
	Apply(ctx context.Context, r Run, n int, decide func(Candidate) Effect) (Run, []Row, error)
	// Reopen makes the failed rows of r pending again, and writes r with its new counters.
	Reopen(ctx context.Context, r Run) (Run, error)
	// ApplySettled is Apply of those of the next n pending rows that change no product; what it leaves is pending.
	ApplySettled(ctx context.Context, r Run, n int) (after Run, rows int, lastName string, err error)
}

// Reporter is told of a confirmed run that has ended or was stopped, after that was stored. It cannot fail
// the run and answers at once: what takes its time goes on by itself.
type Reporter interface {
	Ended(r Run)
}

// Sides is the whole of both sides.
type Sides struct {
	Locals    []matching.Local
	Revisions map[domain.ProductID]int64
	Remotes   []matching.Remote
	Bound     []matching.Pair
	Separated []matching.Pair
}

// Candidate is a pending row with what stands in the catalogue now, read in the transaction that
// will write.
type Candidate struct {
	Row Row
	// Product is the planned partner, nil when there is none or it is gone.
	Product *domain.Product
	// BoundTo is the product the row's İşbaşı id is bound to now, 0 for none.
	BoundTo domain.ProductID
	// BoundFrom is the İşbaşı id that the planned partner is bound to now, "" for none.
	BoundFrom domain.RemoteID
}

// Effect is what is to be written for a row.
type Effect struct {
	Outcome Outcome
	Notes   []Note
	// Product is the product to write, nil for none. ID 0 = to be created; else it replaces the one of
	// that ID, before-image kept, Revision grown by the store. It is nil when nothing differs.
	Product *domain.Product
	// Bind the row's İşbaşı id to the product (the planned partner, or the created one).
	Bind bool
}
