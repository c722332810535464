package app

import (
	"context"
	"errors"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/signin"
	"github.com/sopyo/sopyo-desktop/storage/documents"
	"github.com/sopyo/sopyo-desktop/storage/isbasi"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// OpenCompany takes a company for this process. KindBusy: another process has it, and does not give way.
func (a *App) OpenCompany(ctx context.Context, info domain.Company) (*Company, error) {
	release, err := a.locks.Await(ctx, info.ID)
	if err != nil {
		return nil, err
	}
	return a.openLocked(ctx, info, release)
}

// openLocked opens a company that this process has taken.
func (a *App) openLocked(ctx context.Context, info domain.Company, release func() error) (_ *Company, err error) {
	c := a.newCompany(ctx, info)
	c.release = release
	defer func() {
		if err != nil {
			_ = c.Close()
		}
	}()
	if err := a.ResumeRestore(ctx); err != nil {
		return nil, err
	}
	if err := a.whole(ctx, info); err != nil {
		return nil, err
	}
	if c.Store, err = sqlite.OpenCompany(ctx, a.files.Path(info.ID)); err != nil {
		return nil, err
	}
	if info.Demo {
		if err := c.openDemo(); err != nil {
			return nil, err
		}
	}
	if err := c.join(ctx); err != nil {
		return nil, err
	}
	if err := a.list.Tell(ctx, info, c.Store.SaveIdentity); err != nil {
		return nil, err
	}
	if info.Demo {
		if err := c.fillDemo(ctx); err != nil {
			return nil, err
		}
	}
	c.catchUp(ctx)
	return c, nil
}

// whole refuses to go on with a company whose file is not there or empty, where an empty one would be made in its place.
// KindData, which names the folder of backups. A file of an older program is backed up first, if there is a password.
func (a *App) whole(ctx context.Context, info domain.Company) error {
	version, err := sqlite.CompanyVersion(ctx, a.files.Path(info.ID))
	if domain.IsMissing(err) {
		return a.lost(err)
	}
	newest, unknown := sqlite.NewestVersion()
	if err != nil || unknown != nil || version == 0 || version >= newest {
		return nil //nolint:nilerr // what is wrong with it is said where it is opened
	}
	if _, err := a.BackUpOne(ctx, info, &backup.Progress{}); err != nil {
		a.Log.WarnContext(ctx, "no backup before the upgrade; the old file is kept beside the new one", "company", info.ID, "error", err)
	}
	return nil
}

// lost says of a company's file that is missing where its backups are.
func (a *App) lost(err error) error {
	if !domain.IsMissing(err) {
		return err
	}
	folder, _ := a.folders.Backups()
	return &domain.Error{Kind: domain.KindData, Op: "open the company's file", Field: folder, Detail: domain.DataLost, Err: err}
}

// ReadCompany opens a company to read what it holds: whoever has it, and where nothing can be written. The file of an
// older program is taken as by OpenCompany: it is migrated first.
func (a *App) ReadCompany(ctx context.Context, info domain.Company) (_ *Company, err error) {
	c := a.newCompany(ctx, info)
	if c.Store, err = sqlite.ReadCompany(ctx, a.files.Path(info.ID)); err != nil {
		if c.end(); errors.Is(err, database.ErrOlder) {
			return a.OpenCompany(ctx, info)
		}
		return nil, a.lost(err)
	}
	if err := c.join(ctx); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

func (a *App) newCompany(ctx context.Context, info domain.Company) *Company {
	c := &Company{Account: a.Account, Info: info, app: a}
	c.alive, c.end = context.WithCancel(context.WithoutCancel(ctx))
	return c
}

// join joins the rooms of an opened company.
func (c *Company) join(ctx context.Context) (err error) {
	a, info := c.app, c.Info
	stem, err := a.Stem(ctx, info)
	if err != nil {
		return err
	}
	c.documents = documents.Company{Folders: a.folders, ID: info.ID, Stem: stem}
	c.Shipped = shipped()
	c.Folders.Own, c.Folders.Districts = c.documents.Folder, assets.Districts()
	c.Importer = listing.NewImporter(c.Folders, c.Store)
	c.Examiner = doctor.NewExaminer(c.Store)
	c.Outbox = mail.NewOutbox(c.Store, a.Account, a.options.Now)
	c.Reporter = c.newReporter()
	c.Engine = pricing.NewEngine(c.Store, a.options.Now)
	c.Exporter = c.newExporter()
	if c.KeyedLedger, err = quota.OpenKeyed(ctx, c.Store, a.Machine, info.ID, a.options.Now); err != nil {
		return err
	}
	o := signin.Options[*isbasi.Client]{
		Company: info, Store: c.Store, Secrets: a.keys, Companies: a.list, Ledger: c.KeyedLedger,
		Host: isbasi.APIAddress(a.options.IsbasiURL), Log: a.Log, Now: a.options.Now,
	}
	if c.demo != nil {
		o.Key, o.Host = domain.NewSecret(sandbox.DemoKey), c.demo.URL()
	}
	o.Open = c.client(o.Host)
	if c.Authorisation, err = signin.New(ctx, o); err != nil {
		return err
	}
	c.Jobs = c.newJobs()
	c.syncs = c.newSyncs()
	if c.Invoices, err = c.newInvoices(); err != nil {
		return err
	}
	c.orderImporter, c.Maker = c.newOrders(), c.newMonths()
	return nil
}

// client makes İşbaşı's clients, of host instead of its own if it is not "".
func (c *Company) client(host string) signin.Open[*isbasi.Client] {
	var hosts []string
	if host != "" {
		hosts = []string{host}
	}
	return func(env domain.Environment, keep func(context.Context, domain.Session) error) (*isbasi.Client, error) {
		return isbasi.New(isbasi.Options{
			Environment: env, Hosts: hosts, AllowLoopback: host != "", Transport: c.app.options.Network,
			Ledger: c.Ledger, Probes: probes{c.Store, c.app.Machine}, Keep: keep, Log: c.app.Log, Now: c.app.options.Now,
			Pause: c.app.options.RetryPause, PaceEverywhere: c.app.options.PaceEverywhere,
		})
	}
}

// probes are remembered in the company's file, under the print that this machine has of the API key.
type probes struct {
	*sqlite.Company
	*sqlite.Machine
}
