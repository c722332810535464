package sync

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/unattended"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	State
	Jobs
	Waiting
	Past
	Choices
}

// State is what has to be known before a sync can be offered.
type State interface {
	Connection(ctx context.Context) (domain.Connection, error)
	// Circumstances tells what is bound and what the key may; it asks İşbaşı nothing.
	Circumstances(ctx context.Context) (domain.Circumstances, error)
	// SyncStanding tells how the sync stands; it asks İşbaşı nothing.
	SyncStanding(ctx context.Context) (sync.Standing, error)
	// SavedReads tells how many reads were saved this month where only what had changed was read.
	SavedReads(ctx context.Context) (int, error)
}

// Jobs makes syncs and finds them again.
type Jobs interface {
	// NewSync makes a job that has not started. KindNeedsSignIn, KindBusy, KindQuota and KindInvalid ("integration")
	// say why there is none.
	NewSync(ctx context.Context, q sync.Request) (*sync.Job, error)
	// SendEdits gives a job that sends what was changed in the catalogue and reads nothing before.
	SendEdits(ctx context.Context, o sync.Occasion) (*sync.Job, error)
	// ResumeSync gives a job for the newest run that is confirmed and not finished, nil when there is none.
	ResumeSync(ctx context.Context) (*sync.Job, error)
	// AcceptBrakes gives a job that goes on with the run that waits at its brakes, with those let go.
	AcceptBrakes(ctx context.Context, ids ...string) (*sync.Job, error)
}

// Waiting are the fields that wait for a person.
type Waiting interface {
	OpenGroups(ctx context.Context) ([]sync.OpenGroup, error)
	// OpenFields gives one page of the fields that q finds, and how many there are.
	OpenFields(ctx context.Context, q sync.OpenQuery) (fields []sync.Open, total int, err error)
	// DecideOpen carries out what a person says of them, all of it or nothing.
	DecideOpen(ctx context.Context, d sync.Decision) (sync.Decided, error)
	// ExportWaiting writes the fields of q, all pages, as an Excel file in the words of lang and gives its path.
	ExportWaiting(ctx context.Context, lang string, q sync.OpenQuery) (path string, err error)
}

// Past are the syncs that were confirmed.
type Past interface {
	Runs
	Undoing
}

// Runs are the syncs one by one.
type Runs interface {
	// Sync gives the run of that ID.
	Sync(ctx context.Context, id int64) (sync.Run, error)
	// Syncs gives at most n of the newest ones (0 = all) after leaving out skip, and how many there are.
	Syncs(ctx context.Context, n, skip int) (runs []sync.Run, total int, err error)
	// SyncItems gives one page of what a run did or is to do, and how many changes there are.
	SyncItems(ctx context.Context, run int64, limit, offset int) (items []sync.Item, total int, err error)
	// FindSyncItems is SyncItems of those with every word of search in the code or name of their product.
	FindSyncItems(ctx context.Context, run int64, search string, limit, offset int) (items []sync.Item, total int, err error)
	// ExportChanges writes them all as an Excel file in the words of lang and gives its path.
	ExportChanges(ctx context.Context, lang string, run int64) (path string, err error)
}

// Undoing takes syncs and decisions back.
type Undoing interface {
	// PlanSyncUndo tells what UndoSync would do now, and writes nothing.
	PlanSyncUndo(ctx context.Context, run int64) (sync.UndoPlan, error)
	// UndoSync restores in the catalogue what the run has changed on either side.
	UndoSync(ctx context.Context, run int64) (sync.UndoPlan, error)
}

// Choices are when and how the company is synced.
type Choices interface {
	Settings(ctx context.Context) (domain.Settings, error)
	SyncSettings(ctx context.Context) (sync.Settings, error)
	// SaveSyncSettings keeps them. KindInvalid names the field that is refused.
	SaveSyncSettings(ctx context.Context, of sync.Settings) error
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co        Company
	scheduler unattended.Scheduler
	runner    *transfer.Runner
	*kit.Leaves
}
