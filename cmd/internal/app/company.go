package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/report"
	"github.com/sopyo/sopyo-desktop/domain/signin"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/files"
	"github.com/sopyo/sopyo-desktop/storage/isbasi"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// Store is a company's file. What a screen or a command asks of nothing else it asks of it directly.
type Store = sqlite.Company

// file is the company's. It is one level deeper than what decides with it: a method of that hides the one of the
// same name here, which only keeps.
type file struct{ *Store }

// Company is one company, opened: this process holds it until Close. It is what the window's ports and
// the command line work with.
type Company struct {
	file
	*mail.Account // the machine's
	*mail.Outbox
	*pricing.Engine
	*report.Reporter
	*listing.Importer
	*doctor.Examiner
	*transfer.Jobs
	*quota.KeyedLedger // counts what İşbaşı is asked
	*signin.Authorisation[*isbasi.Client]
	files.Folders
	Info domain.Company

	app  *App
	lock *flock.Flock
	demo *sandbox.Server

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
	c := &Company{Account: a.Account, Info: info, app: a, lock: lock}
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
	c.Outbox = mail.NewOutbox(c.Store, a.Account, time.Now)
	c.Reporter = c.newReporter()
	c.Engine = pricing.NewEngine(c.Store, time.Now)
	if c.KeyedLedger, err = quota.OpenKeyed(ctx, c.Store, a.Machine, info.ID, time.Now); err != nil {
		return nil, err
	}
	o := signin.Options[*isbasi.Client]{
		Company: info, Store: c.Store, Secrets: a.keys, Companies: a.Machine, Ledger: c.KeyedLedger,
		Host: a.options.IsbasiURL, Log: a.Log, Now: time.Now,
	}
	if info.Demo {
		if err := c.openDemo(ctx); err != nil {
			return nil, err
		}
		o.Key, o.Host = domain.NewSecret(sandbox.DemoKey), c.demo.URL()
	}
	o.Open = c.client(o.Host)
	if c.Authorisation, err = signin.New(ctx, o); err != nil {
		return nil, err
	}
	c.Jobs = c.newJobs()
	c.catchUp(ctx)
	return c, nil
}

// client makes İşbaşı's clients, of host instead of its own if it is not "".
func (c *Company) client(host string) signin.Open[*isbasi.Client] {
	var hosts []string
	if host != "" {
		hosts = []string{host}
	}
	return func(env domain.Environment, keep func(context.Context, domain.Session) error) (*isbasi.Client, error) {
		return isbasi.New(isbasi.Options{
			Environment: env, Hosts: hosts, AllowLoopback: host != "",
			Ledger: c.Ledger, Probes: probes{c.Store, c.app.Machine}, Keep: keep, Log: c.app.Log, Now: time.Now,
			Pause: c.app.options.RetryPause,
		})
	}
}

// probes are remembered in the company's file, under the print that this machine has of the API key.
type probes struct {
	*sqlite.Company
	*sqlite.Machine
}

// Close interrupts what is at work and gives the company back: unused bookings first, then files and lock.
func (c *Company) Close() error {
	if c.Jobs != nil {
		c.Runner.Close() // first: what ends there is reported
	}
	c.end()
	c.work.Wait()
	var errs []error
	if c.KeyedLedger != nil {
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
