package app_test

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// machine is a data folder with one company, as a program has it open.
type machine struct {
	dir   string
	ahead *atomic.Int64 // by how many nanoseconds its clock is
	app   *app.App
	info  domain.Company
	c     *app.Company
}

// newMachine makes a machine with a company at server whose products are all bound, to those of own that they match, with
// both ways on.
func newMachine(t *testing.T, server *sandbox.Server, own ...domain.Product) *machine {
	t.Helper()
	ctx := t.Context()
	keyring.InMemory(nil)
	m := &machine{dir: filepath.Join(t.TempDir(), "data"), ahead: &atomic.Int64{}}
	a, err := app.Open(ctx, app.Options{DataDir: m.dir, IsbasiURL: server.URL(), RetryPause: time.Millisecond, Now: m.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	info, err := a.NewCompany(ctx, "Deneme", false)
	if err != nil {
		t.Fatal(err)
	}
	c, err := a.OpenCompany(ctx, info)
	if err != nil {
		t.Fatal(err)
	}
	m.app, m.info, m.c = a, info, c
	t.Cleanup(func() { _ = m.c.Close() })
	if err := authorised(ctx, c); err != nil {
		t.Fatal(err)
	}
	if _, err := c.SaveProducts(ctx, own...); err != nil {
		t.Fatal(err)
	}
	o := transfer.DefaultOptions(domain.TRY)
	o.Unmatched = transfer.UnmatchedCreated
	job, err := c.New(ctx, o)
	if err == nil {
		err = job.Run(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := c.Settings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s.Pull, s.Push, s.IntegrationOn = true, domain.PushBoth, true
	if err := c.SaveSettings(ctx, s); err != nil {
		t.Fatal(err)
	}
	return m
}

// now is what its clock says; pass sets it ahead.
func (m *machine) now() time.Time { return time.Now().Add(time.Duration(m.ahead.Load())) }

func (m *machine) pass(d time.Duration) { m.ahead.Add(int64(d)) }

// closed closes the company, as the end of a program does; open opens it anew.
func (m *machine) closed(t *testing.T) {
	t.Helper()
	if err := m.c.Close(); err != nil {
		t.Fatal(err)
	}
}

func (m *machine) open(t *testing.T) {
	t.Helper()
	c, err := m.app.OpenCompany(t.Context(), m.info)
	if err != nil {
		t.Fatal(err)
	}
	m.c = c
}

// authorised signs the company in, as a person does who has the demo account.
func authorised(ctx context.Context, c *app.Company) error {
	in, err := c.Authorise(ctx, domain.Credentials{
		Environment: domain.EnvironmentLive, APIKey: domain.NewSecret(sandbox.DemoKey),
		UserName: sandbox.DemoUser, Password: domain.NewSecret(sandbox.DemoPassword),
	}, domain.Browser{})
	if err != nil {
		return err
	}
	return c.Confirm(ctx, in, true)
}

func synced(t *testing.T, c *app.Company, q sync.Request) sync.Run {
	t.Helper()
	j, err := c.NewSync(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Run(t.Context()); err != nil {
		t.Fatalf("%v: %+v", err, j.Sync())
	}
	return j.Sync()
}

// Behind an import nothing is due: it has just read all there is. What İşbaşı changes afterwards, the first sync of the
// schedule sees, whether it dates the change or not.
func TestSyncDue_countsFromTheImport(t *testing.T) {
	server, err := sandbox.New(sandbox.Options{Products: sandbox.Products(150, 14), Plain: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	m := newMachine(t, server)
	var changed sandbox.Product
	server.Edit(func(all []sandbox.Product) []sandbox.Product {
		p := &all[len(all)-1]
		p.Price.Decimal = p.Price.Decimal.Add(decimal.New(1, -2))
		changed = *p
		return all
	})
	mark := server.Mark()
	if n, err := m.c.SyncDue(t.Context()); n != 0 || err != nil || server.Since(mark).Count(sandbox.RouteProducts) != 0 {
		t.Errorf("right behind it %d syncs, %v, %d reads", n, err, server.Since(mark).Count(sandbox.RouteProducts))
	}
	m.pass(24 * time.Hour)
	if n, err := m.c.SyncDue(t.Context()); n != 1 || err != nil {
		t.Errorf("a day later %d syncs, %v", n, err)
	}
	products, _, err := m.c.ListProducts(t.Context(), domain.ProductQuery{Search: changed.Code})
	if err != nil || len(products) == 0 || !products[0].Price.Decimal.Equal(changed.Price.Decimal.Round(2)) {
		t.Errorf("%v of %s has come as %+v", changed.Price.Decimal, changed.Code, products)
	}
}
