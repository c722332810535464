package transfer

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// transferFound is what section 5 needs to know before it can offer anything.
type transferFound struct {
	connection domain.Connection
	settings   domain.Settings
	usage      quota.Usage
	last       transfer.Run
	hasLast    bool
	job        *transfer.Job // of a run that is not finished
	planned    *foundPlan    // a preview that is ready; nil: none
	empty      bool          // the catalogue has no products; looked up where there was no transfer
	reportTo   string        // whom the settings name
}

// options are what the wizard opens with: those of the last transfer, or the usual ones. Into an empty catalogue
// everything comes as a new product.
func (f transferFound) options() transfer.Options {
	o := transfer.DefaultOptions(f.settings.Currency)
	if f.empty {
		o.Unmatched = transfer.UnmatchedCreated
	}
	if f.hasLast {
		o = f.last.Options
		o.Limit, o.TakeRead, o.Disagreed, o.Unsure, o.Currency = 0, false, 0, false, f.settings.Currency
	}
	if o.ReportTo == "" {
		o.ReportTo = f.reportTo
	}
	return o
}

// ready tells whether a transfer may start.
func (f transferFound) ready() bool { return f.connection.Authorised && f.settings.IntegrationOn }

// foundPlan is a preview that is ready, with its job.
type foundPlan struct {
	job  *transfer.Job
	plan transfer.Plan
}

// find asks the stores for it.
func (e *env) find(ctx context.Context) (f transferFound, err error) {
	if f.connection, err = e.co.Connection(ctx); err != nil {
		return f, err
	}
	if f.settings, err = e.co.Settings(ctx); err != nil {
		return f, err
	}
	if f.usage, err = e.co.Usage(ctx); err != nil {
		return f, err
	}
	if f.last, f.hasLast, err = e.co.LatestRun(ctx); err != nil {
		return f, err
	}
	mailing, err := e.co.MailSettings(ctx)
	if err != nil {
		return f, err
	}
	f.reportTo = mailing.To
	if !f.hasLast {
		_, products, err := e.co.ListProducts(ctx, domain.ProductQuery{Group: domain.ProductsCurrent, Limit: 1})
		if err != nil {
			return f, err
		}
		f.empty = products == 0
	}
	if f.job, err = e.co.Resume(ctx); err != nil {
		return f, err
	}
	job, err := e.co.Planned(ctx)
	if err != nil || job == nil {
		return f, err
	}
	plan, err := e.co.TransferPlan(ctx, job.Snapshot().ID)
	f.planned = &foundPlan{job: job, plan: plan}
	return f, err
}
