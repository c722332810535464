package report

import (
	"context"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Runs are a company's transfers.
type Runs interface {
	// Run gives one of them. KindNotFound: there is none of that ID.
	Run(ctx context.Context, id int64) (transfer.Run, error)
	// UnreportedRuns gives those that have ended and have no report of that end.
	UnreportedRuns(ctx context.Context) ([]transfer.Run, error)
	// TransferPlan gives what a run was to do. KindNotFound: it was never planned.
	TransferPlan(ctx context.Context, run int64) (transfer.Plan, error)
}

// Rows are what became of a run's products.
type Rows interface {
	RowGroups(ctx context.Context, run int64) ([]Group, error)
	Rows(ctx context.Context, q transfer.Query) (rows []transfer.Listed, total int, err error)
	EachRow(ctx context.Context, q transfer.Query) iter.Seq2[transfer.Listed, error]
}

// Ends remember what was written of a run's end. Every method is one transaction.
type Ends interface {
	// ReportOf gives the report of a run's end in that state with so many rows pending or failed.
	ReportOf(ctx context.Context, run int64, state transfer.State, open int) (s Saved, ok bool, err error)
	// SaveReport notes a report, and with the first one of that end queues the letter that tells of it (nil: none).
	SaveReport(ctx context.Context, s Saved, l *mail.Letter) error
	// QueueLetter queues a letter and gives it with its ID.
	QueueLetter(ctx context.Context, l mail.Letter) (mail.Letter, error)
}

// Store is where a company keeps all of that.
type Store interface {
	Runs
	Rows
	Ends
}

// Files are where reports are written. A file is there whole or not at all.
type Files interface {
	// Create writes a new file where the company's reports are kept, and gives its path.
	Create(w words.Words, stem, ending string, write func(io.Writer) error) (path string, err error)
	// Exists tells whether the file at path is there.
	Exists(path string) bool
}

// Outbox sends the letters that are queued.
type Outbox interface {
	// Wake tells it that there is a new one.
	Wake()
	// Delivered sends what is due, and gives a letter as it stands then.
	Delivered(ctx context.Context, id int64) (mail.Letter, error)
}

// Deps are what a reporter works with.
type Deps struct {
	Company string // as reports name it
	Store   Store
	Files   Files
	Outbox  Outbox
	// Write writes the file at path, in place of the one before: whole or not at all.
	Write func(path string, write func(io.Writer) error) error
	// Workbook writes the rows that need a person, and the report's numbers.
	Workbook func(out io.Writer, r Report, w words.Words, rows iter.Seq2[transfer.Listed, error]) error
	// Draft writes a letter for the person's own mail program.
	Draft  func(out io.Writer, l mail.Letter) error
	Words  func(ctx context.Context) (words.Words, error) // of files for the person
	Sender func(ctx context.Context) (mail.Settings, error)
	Log    *slog.Logger
	Now    func() time.Time
}

// Reporter makes, saves and mails the reports of a company's transfers. Its methods may be called from
// anywhere at any time.
type Reporter struct {
	deps Deps

	writing chan struct{}  // full while the report of an end is written: once
	work    sync.WaitGroup // reports that are written by themselves
}

// NewReporter makes the reporter of a company.
func NewReporter(d Deps) *Reporter { return &Reporter{deps: d, writing: make(chan struct{}, 1)} }

// Report gives the value of a run's report as it is now, with at most n of its problems (0 = all).
func (r *Reporter) Report(ctx context.Context, run int64, n int) (Report, error) {
	of, err := r.deps.Store.Run(ctx, run)
	if err != nil {
		return Report{}, err
	}
	return r.report(ctx, of, n)
}

func (r *Reporter) report(ctx context.Context, run transfer.Run, n int) (Report, error) {
	groups, err := r.deps.Store.RowGroups(ctx, run.ID)
	if err != nil {
		return Report{}, err
	}
	value := New(r.deps.Company, run, groups, r.deps.Now())
	value.Problems, value.ProblemCount, err = r.deps.Store.Rows(ctx, transfer.Query{RunID: run.ID, Attention: true, Limit: n})
	if err != nil {
		return Report{}, err
	}
	plan, err := r.deps.Store.TransferPlan(ctx, run.ID)
	switch {
	case err == nil:
		value.Plan = &plan
	case domain.KindOf(err) != domain.KindNotFound:
		return Report{}, err
	}
	value.Deviations, value.DeviationCount, err = r.deps.Store.Rows(ctx, transfer.Query{RunID: run.ID, Deviating: true, Limit: PageDeviations})
	return value, err
}

// problems are all rows of a run that need a person.
func (r *Reporter) problems(ctx context.Context, run int64) iter.Seq2[transfer.Listed, error] {
	return r.deps.Store.EachRow(ctx, transfer.Query{RunID: run, Attention: true})
}

// stem names the files of a report: the day first, so that a folder sorts by it.
func (r Report) stem(w words.Words) string {
	return fmt.Sprintf("%s-%s-%d", r.At().In(domain.Istanbul).Format("2006-01-02-1504"), w.T("report.file"), r.Run.ID)
}
