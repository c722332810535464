package transfers

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/letters"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

func (c commands) importCommand() *cobra.Command {
	f := importFlags{options: transfer.DefaultOptions(domain.TRY)}
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Bring İşbaşı's products: read, match, apply (Ctrl-C = Durdur)",
		Args:  console.None,
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

func (c commands) importProducts(ctx context.Context, f importFlags) error {
	company, err := c.OpenAuthorised(ctx)
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
	if job == nil {
		return c.nothingToResume(ctx, company)
	}
	r, err := c.work(ctx, job, f)
	if f.plan && err == nil && r.State == transfer.StatePlanned {
		return c.showPlan(ctx, company, r, f)
	}
	return c.showEnd(r, err, nil)
}

// reportEnd waits for the report of a transfer that has just ended and mails it; whatever becomes of it,
// the transfer has ended as it has.
func (c commands) reportEnd(ctx context.Context) {
	if c.Opened == nil {
		return
	}
	err := c.Opened.SaveReports(ctx)
	if err == nil {
		_, err = letters.Deliver(ctx, c.Console, c.Opened)
	}
	if err != nil {
		fmt.Fprintln(c.Err, c.Sentence(err))
	}
}

// nothingToResume says that no transfer waits, and how the last one has ended. One that was ended before it had
// stored anything is none: what was chosen for it is not known, so another is not begun in its place.
func (c commands) nothingToResume(ctx context.Context, company *app.Company) error {
	last, ok, err := company.LatestRun(ctx)
	if err != nil {
		return err
	}
	if !ok {
		c.Complain("nothing-to-resume", c.Text.T("ctl.resume.none"))
		return console.Ended(console.ExitError)
	}
	fmt.Fprintln(c.Err, c.Text.T("ctl.resume.ended", last.ID))
	return c.showEnd(last, nil, map[string]any{"resumed": false})
}

// job makes the job that the flags ask for, nil when --resume finds none to go on with.
func (c commands) job(ctx context.Context, company *app.Company, f importFlags) (*transfer.Job, error) {
	if f.resume {
		return company.Resume(ctx)
	}
	if err := c.reportTo(ctx, &f.options); err != nil {
		return nil, err
	}
	return company.New(ctx, f.options)
}

// reportTo fills in who gets the report when nobody was named.
func (c commands) reportTo(ctx context.Context, o *transfer.Options) error {
	switch o.ReportTo {
	case "none":
		o.ReportTo = ""
	case "":
		s, err := c.App.MailSettings(ctx)
		if err != nil {
			return err
		}
		if s.Ready() {
			o.ReportTo = s.To
		}
	}
	return nil
}
