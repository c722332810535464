package transfer

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// exampleRows is how many of the rows read first show their price, measuredRows how many are looked at.
const (
	exampleRows  = 3
	measuredRows = 50
)

// wizardPlan is the transfer the wizard prepares: nothing before it is measured, then its cost, and
// after a preview what would come of it.
type wizardPlan struct {
	job      *transfer.Job
	options  transfer.Options // what job was made for
	measured bool
	cost     transfer.Cost
	usage    quota.Usage
	examples []transfer.Listed
	preview  *preview // nil: none was made
}

// preview is what a plan would do, with its first rows.
type preview struct {
	plan  transfer.Plan
	first []transfer.Listed
}

// measured makes the job, if there is none, and asks what it costs. A job that could not be measured
// is kept: the next try goes on with it.
func measured(ctx context.Context, co Company, o transfer.Options, job *transfer.Job) (p wizardPlan, err error) {
	p.options = o
	if p.job = job; job == nil {
		if p.job, err = co.New(ctx, o); err != nil {
			return p, err
		}
	}
	if p.cost, err = p.job.Measure(ctx); err != nil {
		return p, err
	}
	if p.usage, err = co.Usage(ctx); err != nil {
		return p, err
	}
	p.examples, _, err = co.Rows(ctx, transfer.Query{
		RunID: p.job.Snapshot().ID, Outcome: transfer.OutcomePending, Limit: measuredRows,
	})
	p.measured = err == nil
	return p, err
}

// previewOf gives what the plan of a run would do, and its first rows.
func previewOf(ctx context.Context, t Plans, runID int64) (*preview, error) {
	plan, err := t.TransferPlan(ctx, runID)
	if err != nil {
		return nil, err
	}
	first, _, err := t.Rows(ctx, transfer.Query{RunID: runID, Outcome: transfer.OutcomePending, Limit: report.PlanRows})
	return &preview{plan: plan, first: first}, err
}
