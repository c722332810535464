package app

import (
	"context"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// New makes a job that has not started. KindNeedsSignIn: the company is not authorised;
// KindInvalid (field "integration"): the integration is closed.
func (c *Company) New(ctx context.Context, o transfer.Options) (*transfer.Job, error) {
	settings, err := c.Store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.signedIn(ctx); err != nil {
		return nil, err
	}
	if !settings.IntegrationOn {
		return nil, domain.Invalid("integration", "integration-closed")
	}
	if err := o.Validate(); err != nil {
		return nil, err
	}
	if o.ReportTo != "" {
		if _, err := mail.ParseAddress(o.ReportTo); err != nil {
			return nil, mail.Named(err, "report_to")
		}
	}
	o.Currency = settings.Currency
	return c.job(transfer.Run{Options: o}), nil
}

// Resume gives a job for the newest run that is confirmed and not finished, nil when there is none.
func (c *Company) Resume(ctx context.Context) (*transfer.Job, error) {
	run, ok, err := c.Store.UnfinishedRun(ctx)
	if err != nil || !ok {
		return nil, err
	}
	return c.job(run), nil
}

// interrupted gives the job that may go on by itself, nil when there is none: a closed integration is left
// alone.
func (c *Company) interrupted(ctx context.Context) (*transfer.Job, error) {
	settings, err := c.Store.Settings(ctx)
	if err != nil || !settings.IntegrationOn {
		return nil, err
	}
	return c.Resume(ctx)
}

func (c *Company) job(run transfer.Run) *transfer.Job {
	return transfer.NewJob(transfer.Deps{
		Books: books{c}, Runs: c.Store, Catalogue: c.Store, Reporter: c.Reporter, Now: time.Now,
		Queue: queue{machine: c.app.Machine, dir: c.app.dir, company: c.Info.ID},
	}, run)
}

// books are the company's İşbaşı, signed in when the first page is asked for: a run that resumes in
// its last phase needs no session at all.
type books struct{ c *Company }

func (b books) Calls() (reads, writes int) { return b.c.client.Load().Calls() }

func (b books) Products(ctx context.Context, from int) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		if err := b.c.signedIn(ctx); err != nil {
			yield(transfer.Page{}, err)
			return
		}
		b.c.client.Load().Products(ctx, from)(yield)
	}
}
