package transfer

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	State
	Jobs
	Plans
}

// State is what has to be known before a transfer can be offered.
type State interface {
	Connection(ctx context.Context) (domain.Connection, error)
	Settings(ctx context.Context) (domain.Settings, error)
	Usage(ctx context.Context) (quota.Usage, error)
	// MailSettings gives who sends reports.
	MailSettings(ctx context.Context) (mail.Settings, error)
	// ListProducts counts what the catalogue has.
	ListProducts(ctx context.Context, q domain.ProductQuery) ([]domain.ListedProduct, int, error)
}

// Jobs makes transfers and finds them again.
type Jobs interface {
	// New makes a job that has not started; it costs no reads, and no run is stored.
	New(ctx context.Context, o transfer.Options) (*transfer.Job, error)
	// Resume gives a job for the newest run that is confirmed and not finished, nil when there is none.
	Resume(ctx context.Context) (*transfer.Job, error)
	// Retry gives a job that tries the failed rows of the newest transfer again, nil when there are none.
	Retry(ctx context.Context) (*transfer.Job, error)
	// LatestRun gives the newest run that was confirmed and not undone, ok = false when there is none.
	LatestRun(ctx context.Context) (r transfer.Run, ok bool, err error)
}

// Plans are what transfers would do.
type Plans interface {
	// Planned gives a job for a preview that nobody has confirmed and that is less than a day old, nil when
	// there is none.
	Planned(ctx context.Context) (*transfer.Job, error)
	// TransferPlan gives what a run that was matched would do.
	TransferPlan(ctx context.Context, run int64) (transfer.Plan, error)
	// Rows gives one page of a run's rows and how many there are in all.
	Rows(ctx context.Context, q transfer.Query) (rows []transfer.Listed, total int, err error)
	// SavePlanPage writes the plan of a run as a page, to path or ("") into the user's folder, and gives its path.
	SavePlanPage(ctx context.Context, run int64, path string) (string, error)
}

// Details are what came of the last transfer, and what of it waits for a person.
type Details interface {
	kit.Page
	kit.Undoer
	// Watch has f told how many rows wait for a decision, whenever that is shown.
	Watch(f func(waiting int))
	// Decide opens what waits.
	Decide()
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co     Company
	runner *transfer.Runner
}
