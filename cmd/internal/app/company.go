package app

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/isbasi"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/isbasitest"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// Company is one company, opened: this process holds it until Close. It is what the window's ports and
// the command line work with.
type Company struct {
	Info  domain.Company
	Store *sqlite.Company
	Texts *assets.Text // words of exported files; nil: Turkish

	app    *App
	lock   *flock.Flock
	client atomic.Pointer[isbasi.Client]
	ledger *quota.Ledger
	demo   *isbasitest.Server
	hosts  []string // instead of İşbaşı's own

	session sessionState
}

// FindCompany gives the company of that name or id; without a name the only one there is. A missing
// one is KindNotFound.
func (a *App) FindCompany(ctx context.Context, name string) (domain.Company, error) {
	all, err := a.Machine.Companies(ctx)
	if err != nil {
		return domain.Company{}, err
	}
	if name == "" && len(all) == 1 {
		return all[0], nil
	}
	var names []string
	for _, c := range all {
		if name != "" && (string(c.ID) == name || domain.Fold(c.Name) == domain.Fold(name)) {
			return c, nil
		}
		names = append(names, c.Name)
	}
	if name == "" && len(all) > 1 {
		return domain.Company{}, &domain.Error{Kind: domain.KindInvalid, Field: "company", Detail: "which-company", Err: errors.New(strings.Join(names, ", "))}
	}
	return domain.Company{}, &domain.Error{Kind: domain.KindNotFound, Op: "find the company", Detail: name}
}

// NewCompany adds a company.
func (a *App) NewCompany(ctx context.Context, name string, demo bool) (domain.Company, error) {
	c := domain.Company{ID: domain.CompanyID(strings.ToLower(rand.Text()[:12])), Name: name, Demo: demo} //nolint:forbidigo // random base32, not a person's text
	return c, a.Machine.SaveCompany(ctx, c)
}

// DemoCompany gives the demo company, made at the first call.
func (a *App) DemoCompany(ctx context.Context, name string) (domain.Company, error) {
	all, err := a.Machine.Companies(ctx)
	if err != nil {
		return domain.Company{}, err
	}
	for _, c := range all {
		if c.Demo {
			return c, nil
		}
	}
	return a.NewCompany(ctx, name, true)
}

// OpenCompany takes a company for this process. KindBusy: another process has it.
func (a *App) OpenCompany(ctx context.Context, info domain.Company) (_ *Company, err error) {
	lock, err := lockCompany(a.dir, info.ID)
	if err != nil {
		return nil, err
	}
	c := &Company{Info: info, app: a, lock: lock, session: sessionState{tenantID: info.TenantID}}
	defer func() {
		if err != nil {
			_ = c.Close()
		}
	}()
	if c.Store, err = sqlite.OpenCompany(ctx, filepath.Join(a.dir, "companies", string(info.ID)+".db")); err != nil {
		return nil, err
	}
	if a.options.IsbasiURL != "" {
		c.hosts = []string{a.options.IsbasiURL}
	}
	if info.Demo {
		if err := c.openDemo(ctx); err != nil {
			return nil, err
		}
	}
	c.ledger = quota.NewLedger(c.Store, time.Now)
	stored, err := c.Store.Connection(ctx)
	if err != nil {
		return nil, err
	}
	return c, c.useEnvironment(stored.Environment)
}

// openDemo starts the stand-in İşbaşı inside this process, and fills an empty catalogue.
func (c *Company) openDemo(ctx context.Context) error {
	server, err := isbasitest.New(isbasitest.Options{Products: isbasitest.DemoProducts()})
	if err != nil {
		return err
	}
	c.demo = server
	c.hosts = []string{server.URL()}
	_, n, err := c.Store.Products(ctx, sqlite.ProductQuery{Limit: 1})
	if err != nil || n > 0 {
		return err
	}
	return c.importDemo(ctx)
}

func (c *Company) newClient(env domain.Environment) (*isbasi.Client, error) {
	return isbasi.New(isbasi.Options{
		Environment: env, Hosts: c.hosts, AllowLoopback: len(c.hosts) > 0,
		Ledger: c.ledger, Keep: c.keep, Log: c.app.Log, Now: time.Now,
	})
}

// Close gives the company back: unused bookings first, then files and lock.
func (c *Company) Close() error {
	var errs []error
	if c.ledger != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		errs = append(errs, c.ledger.Close(ctx))
	}
	if c.Store != nil {
		errs = append(errs, c.Store.Close())
	}
	if c.demo != nil {
		errs = append(errs, c.demo.Close())
	}
	return errors.Join(append(errs, c.lock.Unlock())...)
}

// Usage tells what this month has cost.
func (c *Company) Usage(ctx context.Context) (quota.Usage, error) { return c.ledger.Usage(ctx) }
