package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// planDocument is the plan of a run with whose it is.
func (c *Company) planDocument(ctx context.Context, run int64) (transfer.Document, error) {
	p, err := c.TransferPlan(ctx, run)
	if err != nil {
		return transfer.Document{}, err
	}
	conn, err := c.Store.Connection(ctx)
	if err != nil {
		return transfer.Document{}, err
	}
	return transfer.Document{Company: c.Info.ID, Name: c.Info.Name, TenantID: conn.TenantID, Firm: conn.FirmName, Plan: p}, nil
}

// WritePlan writes the plan of a run that nobody has confirmed yet as a plan file, to path or ("") among
// the company's documents, and gives its path.
func (c *Company) WritePlan(ctx context.Context, run int64, path string) (string, error) {
	d, err := c.planDocument(ctx, run)
	if err != nil {
		return "", err
	}
	return c.planFile(run, path, ".json", func(out io.Writer) error { return files.WritePlan(out, d, c.Store.PlanRows(ctx, run)) })
}

// FromPlan gives a job that carries out exactly the plan of a file and reads nothing at İşbaşı: the run
// that the plan is of, however far it has come; where that is gone, the rows are taken from the file.
// KindStalePlan: it was read more than a day ago, and acceptOld is not set; KindFile (plan.other-company): the plan is another firm's; KindInvalid (field "integration"): the
// integration is closed; and the errors of files.OpenPlan.
func (c *Company) FromPlan(ctx context.Context, path string, acceptOld bool) (job *transfer.Job, err error) {
	conn, err := c.Store.Connection(ctx)
	if err != nil {
		return nil, err
	}
	if conn.TenantID == "" {
		return nil, domain.E(domain.KindNeedsSignIn, "tell whose the plan is", nil)
	}
	settings, err := c.Store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if !settings.IntegrationOn {
		return nil, domain.Invalid("integration", "integration-closed")
	}
	file, err := files.OpenPlan(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	d := file.Document
	if !d.Same(conn.TenantID) {
		return nil, &domain.Error{Kind: domain.KindFile, Op: "carry out a plan", Detail: "plan.other-company"}
	}
	number := d.RunID
	if d.Company != c.Info.ID {
		number = 0 // runs of another machine's file have their own numbers
	}
	run, ok, err := c.Store.RunOfPlan(ctx, file.Checksum, number, d.MadeAt)
	if err != nil {
		return nil, err
	}
	if now := time.Now(); !run.State.Finished() && d.OldAt(now) && !acceptOld {
		return nil, &domain.Error{Kind: domain.KindStalePlan, Op: "carry out a plan", Detail: "ctl.old-plan"}
	}
	if !ok {
		run, err = c.Store.StagePlan(ctx, d.RunOf(time.Now()), d, file.Checksum, file.Rows())
	}
	if err != nil {
		return nil, err
	}
	job = c.job(run)
	if acceptOld {
		job.AcceptOldPlan()
	}
	return job, nil
}

// Planned gives a job for a preview that nobody has confirmed and that need not be asked about, nil when
// there is none.
func (c *Company) Planned(ctx context.Context) (*transfer.Job, error) {
	run, ok, err := c.Store.PlannedRun(ctx, time.Now().Add(-transfer.PlanLifetime))
	if err != nil || !ok {
		return nil, err
	}
	return c.job(run), nil
}

// Retry gives a job that tries the failed rows of the newest transfer again when it runs: they are pending
// now, and are matched anew from what was read then. nil: nothing failed.
func (c *Company) Retry(ctx context.Context) (*transfer.Job, error) {
	run, ok, err := c.Store.LatestRun(ctx)
	if err != nil || !ok || run.Counters.Failed == 0 {
		return nil, err
	}
	job := c.job(run)
	return job, job.Retry(ctx)
}

// SavePlanPage writes the plan of a run as a page that can be read anywhere and sent to the accountant, to path
// or ("") among the company's documents, and gives its path.
func (c *Company) SavePlanPage(ctx context.Context, run int64, path string) (string, error) {
	d, err := c.planDocument(ctx, run)
	if err != nil {
		return "", err
	}
	w, err := c.words(ctx)
	if err != nil {
		return "", err
	}
	page := report.PlanPage{Document: d, MadeAt: d.MadeAt}
	if page.First, err = c.Store.FirstPlanned(ctx, run, report.PlanRows); err != nil {
		return "", err
	}
	return c.planFile(run, path, ".html", func(out io.Writer) error { return page.WriteHTML(out, w) })
}

// planFile writes a file of a plan to path, or ("") among the company's documents, and gives its path.
func (c *Company) planFile(run int64, path, ending string, write func(io.Writer) error) (string, error) {
	if path == "" {
		return c.document(fmt.Sprintf("isbasi-plan-%d", run), ending, write)
	}
	return path, disk.Write(path, write)
}
