package app_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// bound opens a company at server whose products are all bound, with both ways on.
func bound(t *testing.T, server *sandbox.Server) *app.Company {
	t.Helper()
	ctx := t.Context()
	keyring.MockInit()
	a, err := app.Open(ctx, app.Options{
		DataDir: filepath.Join(t.TempDir(), "data"), IsbasiURL: server.URL(), RetryPause: time.Millisecond,
	})
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
	t.Cleanup(func() { _ = c.Close() })
	in, err := c.Authorise(ctx, domain.Credentials{
		Environment: domain.EnvironmentLive, APIKey: domain.NewSecret(sandbox.DemoKey),
		UserName: sandbox.DemoUser, Password: domain.NewSecret(sandbox.DemoPassword),
	}, domain.Browser{})
	if err == nil {
		err = c.Confirm(ctx, in, true)
	}
	if err != nil {
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
	return c
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
