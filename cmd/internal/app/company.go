package app

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/files"
	"github.com/sopyo/sopyo-desktop/storage/isbasi"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// Store is a company's file. What a screen or a command asks of nothing else it asks of it directly.
type Store = sqlite.Company

// Company is one company, opened: this process holds it until Close. It is what the window's ports and
// the command line work with.
type Company struct {
	*Store
	*pricing.Engine
	*mail.Outbox
	*report.Reporter
	*listing.Importer
	*doctor.Examiner
	*transfer.Jobs
	files.Folders
	Info domain.Company

	app    *App
	lock   *flock.Flock
	client atomic.Pointer[isbasi.Client]
	// Ledger counts what İşbaşı is asked.
	Ledger *quota.Ledger
	demo   *sandbox.Server
	hosts  []string // instead of İşbaşı's own

	session sessionState

	// Letters are sent beside the work of a caller. alive ends when the company closes, and Close waits for work.
	work    sync.WaitGroup
	alive   context.Context
	end     context.CancelFunc
	mailing sync.Once // KeepMailing
}

// OpenCompany takes a company for this process. KindBusy: another process has it.
func (a *App) OpenCompany(ctx context.Context, info domain.Company) (_ *Company, err error) {
	lock, err := lockCompany(a.dir, info.ID)
	if err != nil {
		return nil, err
	}
	c := &Company{Info: info, app: a, lock: lock, session: sessionState{tenantID: info.TenantID}}
	c.alive, c.end = context.WithCancel(context.WithoutCancel(ctx))
	defer func() {
		if err != nil {
			_ = c.Close()
		}
	}()
	if c.Store, err = sqlite.OpenCompany(ctx, a.companyPath(info.ID)); err != nil {
		return nil, err
	}
	c.Shipped = shipped()
	c.Folders.Own = c.documents
	c.Importer = listing.NewImporter(c.Folders, c.Store)
	c.Examiner = doctor.NewExaminer(c.Store)
	c.Outbox = mail.NewOutbox(c.Store, sender{a}, time.Now)
	c.Reporter = c.newReporter()
	c.Jobs = c.newJobs() //nolint:contextcheck // they live until the company is closed
	c.Engine = pricing.NewEngine(c.Store, time.Now)
	if a.options.IsbasiURL != "" {
		c.hosts = []string{a.options.IsbasiURL}
	}
	if info.Demo {
		if err := c.openDemo(ctx); err != nil {
			return nil, err
		}
	}
	if err := c.openLedger(ctx); err != nil {
		return nil, err
	}
	stored, err := c.Store.Connection(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.useEnvironment(stored.Environment); err != nil {
		return nil, err
	}
	c.catchUp(ctx)
	return c, nil
}

func (c *Company) newClient(env domain.Environment) (*isbasi.Client, error) {
	return isbasi.New(isbasi.Options{
		Environment: env, Hosts: c.hosts, AllowLoopback: len(c.hosts) > 0,
		Ledger: c.Ledger, Probes: probes{c.Store, c.app.Machine}, Keep: c.keep, Log: c.app.Log, Now: time.Now,
		Pause: c.app.options.RetryPause,
	})
}

// probes are remembered in the company's file, under the print that this machine has of the API key.
type probes struct {
	*sqlite.Company
	machine *sqlite.Machine
}

func (p probes) KeyPrint(ctx context.Context, key domain.Secret) (string, error) {
	return p.machine.KeyPrint(ctx, key)
}

// Close interrupts what is at work and gives the company back: unused bookings first, then files and lock.
func (c *Company) Close() error {
	if c.Jobs != nil {
		c.Runner.Close() // first: what ends there is reported
	}
	c.end()
	c.work.Wait()
	var errs []error
	if c.Ledger != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		errs = append(errs, c.Ledger.Close(ctx))
	}
	if c.Store != nil {
		c.Reporter.Wait()
		errs = append(errs, c.Store.Close())
	}
	if c.demo != nil {
		errs = append(errs, c.demo.Close())
	}
	return errors.Join(append(errs, c.lock.Unlock())...)
}
