package app

import (
	"context"
	"os"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// openDemo starts the stand-in İşbaşı inside this process.
func (c *Company) openDemo() (err error) {
	c.demo, err = sandbox.New(sandbox.Options{TenantName: c.Info.Name, UserEmail: sandbox.DemoUser, AnyUserKey: true})
	return err
}

// fillDemo fills an empty catalogue.
func (c *Company) fillDemo(ctx context.Context) error {
	_, n, err := c.Store.Products(ctx, domain.ProductQuery{Limit: 1})
	if err != nil || n > 0 {
		return err
	}
	return c.importDemo(ctx)
}

// importDemo fills the demo company's catalogue.
func (c *Company) importDemo(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "sopyo-demo-")
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	path := filepath.Join(dir, "catalogue.csv")
	if err == nil {
		err = os.WriteFile(path, assets.DemoCatalogue(), 0o600)
	}
	if err != nil {
		return domain.E(domain.KindDisk, "unpack the demo catalogue", err)
	}
	_, err = c.ImportFile(ctx, path, listing.Reading{}, nil, &listing.Count{})
	return err
}
