package review

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	Runs
	Rows
	Decisions
	Undoing
	Reports
}

// Runs are the transfers that were confirmed.
type Runs interface {
	// Runs gives at most n of the newest ones, undone ones too, after leaving out skip, and how many there are.
	Runs(ctx context.Context, n, skip int) (runs []transfer.Run, total int, err error)
	// ExportRuns writes the list of all of them as an Excel file in the words of lang, and gives its path.
	ExportRuns(ctx context.Context, lang string) (path string, err error)
}

// Rows are what a transfer made of İşbaşı's products.
type Rows interface {
	// Rows gives one page of a run's rows and how many there are in all.
	Rows(ctx context.Context, q transfer.Query) (rows []transfer.Listed, total int, err error)
	// Export writes the rows of q, all pages, as an Excel file into the user's folder and gives its path.
	Export(ctx context.Context, q transfer.Query) (path string, err error)
	// ListProducts gives catalogue products that a row can be paired with.
	ListProducts(ctx context.Context, q domain.ProductQuery) ([]domain.ListedProduct, int, error)
}

// Decisions are what a person makes of rows afterwards.
type Decisions interface {
	// DecisionStanding tells what has become of a run's rows that did not match, and what waits.
	DecisionStanding(ctx context.Context, run int64) (decisions.Standing, error)
	// Choices gives what a row of a run could be, at most n suggestions. others are further barcodes of the
	// product, which İşbaşı was asked for.
	Choices(ctx context.Context, run int64, remote domain.RemoteID, others []domain.Barcode, n int) (transfer.Choices, error)
	// OtherUnits asks İşbaşı (one read) for the barcodes of the product's other units and gives the
	// suggestions anew.
	OtherUnits(ctx context.Context, run int64, remote domain.RemoteID, n int) (transfer.Choices, error)
	// Decide carries out decisions of a person in one transaction, and notes them in the history.
	Decide(ctx context.Context, run int64, decisions []transfer.Decision) (transfer.Decided, error)
	// TakeBack undoes what Decide did under that ID.
	TakeBack(ctx context.Context, id int64) (transfer.Decided, error)
}

// Undoing takes whole transfers back.
type Undoing interface {
	// PlanUndo tells what Undo would do now, and writes nothing.
	PlanUndo(ctx context.Context, run int64) (transfer.UndoPlan, error)
	// Undo takes a whole transfer back, batch by batch; done tells how many of how many rows, and may be
	// called from another goroutine. Cancelled, it goes on at the next call.
	Undo(ctx context.Context, run int64, done func(n, of int)) (transfer.UndoPlan, error)
	// ExportBlocked writes what an undo leaves as it is, as an Excel file in the words of lang, and gives
	// its path.
	ExportBlocked(ctx context.Context, lang string, blocked []transfer.Blocked) (path string, err error)
}

// Reports are what is written of a transfer when it ends.
type Reports interface {
	// MailSettings gives who sends them.
	MailSettings(ctx context.Context) (mail.Settings, error)
	// ReportFile gives the page of a transfer's report, which is written now if there is none.
	ReportFile(ctx context.Context, run int64) (path string, err error)
	// SavedReport gives what was written of a transfer's present end, ok = false when nothing was yet.
	SavedReport(ctx context.Context, run int64) (s report.Saved, ok bool, err error)
	// SendReport mails the report and gives the letter as it stands then. Where no mail server is set up a
	// draft for the person's own mail program is saved instead, and its path given; it may be to nobody yet.
	SendReport(ctx context.Context, run int64, to string) (l mail.Letter, draft string, err error)
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co Company
	*wide
}
