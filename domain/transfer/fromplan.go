package transfer

import (
	"context"
	"errors"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Document is the plan of a run with whose it is. KindNotFound: the run was never planned.
func (j *Jobs) Document(ctx context.Context, run int64) (Document, error) {
	p, err := j.co.Store.TransferPlan(ctx, run)
	if err != nil {
		return Document{}, err
	}
	conn, err := j.co.Store.Connection(ctx)
	if err != nil {
		return Document{}, err
	}
	return Document{Company: j.co.ID, Name: j.co.Name, TenantID: conn.TenantID, Firm: conn.FirmName, Plan: p}, nil
}

// FromPlan gives a job that carries out exactly the plan of a file and reads nothing at İşbaşı: the run
// that the plan is of, however far it has come; where that is gone, the rows are taken from the file.
// KindStalePlan: it was read more than a day ago, and acceptOld is not set; KindFile (plan.other-company): the
// plan is another firm's; KindInvalid (field "integration"): the integration is closed; and the errors of opening
// it.
func (j *Jobs) FromPlan(ctx context.Context, path string, acceptOld bool) (job *Job, err error) {
	conn, err := j.co.Store.Connection(ctx)
	if err != nil {
		return nil, err
	}
	if conn.TenantID == "" {
		return nil, domain.E(domain.KindNeedsSignIn, "tell whose the plan is", nil)
	}
	settings, err := j.co.Store.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if err := integrated(settings); err != nil {
		return nil, err
	}
	file, err := j.co.OpenPlan(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	d := file.Document
	if !d.Same(conn.TenantID) {
		return nil, &domain.Error{Kind: domain.KindFile, Op: "carry out a plan", Detail: "plan.other-company"}
	}
	number := d.RunID
	if d.Company != j.co.ID {
		number = 0 // runs of another machine's file have their own numbers
	}
	run, ok, err := j.co.Store.RunOfPlan(ctx, file.Checksum, number, d.MadeAt)
	if err != nil {
		return nil, err
	}
	now := j.co.Now()
	if !run.State.Finished() && d.OldAt(now) && !acceptOld {
		return nil, &domain.Error{Kind: domain.KindStalePlan, Op: "carry out a plan", Detail: "ctl.old-plan"}
	}
	if !ok {
		if run, err = j.co.Store.StagePlan(ctx, d.RunOf(now), d, file.Checksum, file.Rows); err != nil {
			return nil, err
		}
	}
	job = j.job(run)
	if acceptOld {
		job.AcceptOldPlan()
	}
	return job, nil
}
