package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func (c *ctl) importCommand() *cobra.Command {
	f := importFlags{options: transfer.DefaultOptions(domain.TRY)}
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Bring İşbaşı's products: read, match, apply (Ctrl-C = Durdur)",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.parse(); err != nil {
				return err
			}
			err := c.importProducts(cmd.Context(), f)
			if !f.plan {
				c.reportEnd(cmd.Context())
			}
			return err
		},
	}
	f.register(cmd)
	cmd.MarkFlagsMutuallyExclusive("plan", "resume", "from-plan", "retry-failed")
	cmd.AddCommand(c.rowsCommand())
	return cmd
}

func (c *ctl) importProducts(ctx context.Context, f importFlags) error {
	company, err := c.openAuthorised(ctx)
	if err != nil {
		return err
	}
	switch {
	case f.fromPlan != "":
		return c.fromPlan(ctx, company, f)
	case f.retry:
		return c.retryFailed(ctx, company, f)
	}
	job, err := c.job(ctx, company, f)
	if err != nil {
		return err
	}
	if job == nil { // nothing to go on with: say how the last one ended
		last, _, err := company.LatestRun(ctx)
		if err != nil {
			return err
		}
		return c.showEnd(last, nil, nil)
	}
	r, err := c.work(ctx, job, f)
	if f.plan && err == nil && r.State == transfer.StatePlanned {
		return c.showPlan(ctx, company, r, f)
	}
	return c.showEnd(r, err, nil)
}

// reportEnd waits for the report of a transfer that has just ended and mails it; whatever becomes of it,
// the transfer has ended as it has.
func (c *ctl) reportEnd(ctx context.Context) {
	if c.opened == nil {
		return
	}
	err := c.opened.SaveReports(ctx)
	if err == nil {
		_, err = c.deliver(ctx, c.opened)
	}
	if err != nil {
		fmt.Fprintln(c.err, c.sentence(err))
	}
}

// job makes the job that the flags ask for, nil when --resume finds the last one finished.
func (c *ctl) job(ctx context.Context, company *app.Company, f importFlags) (*transfer.Job, error) {
	if f.resume {
		job, err := company.Resume(ctx)
		if job != nil || err != nil {
			return job, err
		}
		if _, ran, err := company.LatestRun(ctx); ran || err != nil {
			return nil, err
		}
	}
	if err := c.reportTo(ctx, &f.options); err != nil {
		return nil, err
	}
	return company.New(ctx, f.options)
}

// reportTo fills in who gets the report when nobody was named.
func (c *ctl) reportTo(ctx context.Context, o *transfer.Options) error {
	switch o.ReportTo {
	case "none":
		o.ReportTo = ""
	case "":
		s, err := c.app.MailSettings(ctx)
		if err != nil {
			return err
		}
		if s.Ready() {
			o.ReportTo = s.To
		}
	}
	return nil
}
