package gui

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Company is one opened company as the window needs it. Every method may block and is called off the
// interface's thread.
type Company struct {
	Info       domain.Company
	Settings   Settings
	Prices     Prices
	Connection Connection
	Transfers  Transfers
	Quota      Quota
}

// Settings keeps the company's choices.
type Settings interface {
	Settings(ctx context.Context) (domain.Settings, error)
	SaveSettings(ctx context.Context, s domain.Settings) error
}

// Prices keeps the price rules: one for every marketplace, or one each.
type Prices interface {
	PriceRules(ctx context.Context) (pricing.Rules, error)
	SavePriceRules(ctx context.Context, r pricing.Rules) error
	// SamplePrices gives up to n catalogue products that have a price, for the live example.
	SamplePrices(ctx context.Context, n int) ([]domain.Product, error)
}

// Connection is the authorisation of the company at İşbaşı.
type Connection interface {
	// Connection gives what is known without asking İşbaşı.
	Connection(ctx context.Context) (domain.Connection, error)
	// Authorise signs in and stores nothing. In the browser way it opens the browser and waits. Without
	// an API key the kept one is used (a demo company's is known).
	Authorise(ctx context.Context, c domain.Credentials, b domain.Browser) (domain.SignIn, error)
	// Confirm stores an accepted sign-in, and opens the integration if open is set.
	Confirm(ctx context.Context, s domain.SignIn, open bool) error
	// Test asks İşbaşı one small question (one read) and gives what it learned.
	Test(ctx context.Context) (domain.Connection, error)
	// Forget removes the session from the keyring and closes the integration.
	Forget(ctx context.Context) error
}

// Transfers makes, finds and lists transfers.
type Transfers interface {
	// New makes a job that has not started; it costs nothing and stores nothing.
	New(ctx context.Context, o transfer.Options) (*transfer.Job, error)
	// Resume gives a job for the newest run that is not finished, nil when there is none.
	Resume(ctx context.Context) (*transfer.Job, error)
	// Latest gives the newest run, ok = false when there was none.
	Latest(ctx context.Context) (r transfer.Run, ok bool, err error)
	// Rows gives one page of a run's rows and how many there are in all.
	Rows(ctx context.Context, q transfer.Query) (rows []transfer.Listed, total int, err error)
	// Export writes the rows of q, all pages, as an Excel file into the user's folder and gives its path.
	Export(ctx context.Context, q transfer.Query) (path string, err error)
}

// Quota tells what has been spent at İşbaşı this month.
type Quota interface {
	Usage(ctx context.Context) (quota.Usage, error)
}
