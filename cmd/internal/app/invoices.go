package app

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/documents"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/books"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

func (c *Company) newInvoices() (*issuing.Invoices, error) {
	// An invoice is Turkish whatever the program speaks.
	turkish, err := assets.NewText("tr")
	if err != nil {
		return nil, err
	}
	remote := books.Invoices{Account: c.Authorisation}
	return issuing.New(issuing.Company{
		Company: c.Info, Books: remote, Writer: remote, Spending: c.Ledger, Store: c.Store,
		Documents: documents.Invoices{Company: c.documents}, Marks: issuing.NewMarks(c.Info.ID, c.app.Machine, c.app.keys, c.app.Log), Text: turkish.T, SignedIn: c.SignedIn,
		Patience: cmp.Or(c.app.options.RetryPause, patience), Pause: cmp.Or(c.app.options.RetryPause, time.Second), LookEvery: c.app.options.RetryPause,
		Now: c.app.options.Now, Log: c.app.Log,
	}), nil
}

// orderImporter imports a company's orders, under a name that is not that of products.
type orderImporter = orders.Importer

func (c *Company) newOrders() *orderImporter {
	return orders.NewImporter(c.Folders, c.Store, c.Invoices.JudgeOrders, c.others)
}

// others looks into the files of the machine's other companies. One that is lost, damaged or of another version is told where it is
// opened, and keeps nobody from the work on this one.
func (c *Company) others(ctx context.Context, look func(name string, order func(ctx context.Context, k orders.Key) (orders.Kept, error)) error) error {
	all, err := c.app.Machine.Companies(ctx)
	if err != nil || c.Info.Demo {
		return err
	}
	for _, o := range all {
		if o.ID == c.Info.ID || o.Demo {
			continue
		}
		store, err := sqlite.ReadCompany(ctx, c.app.files.Path(o.ID))
		if err == nil {
			err = errors.Join(look(o.Name, store.Order), store.Close()) //nolint:contextcheck // io.Closer knows no context
		}
		if ctx.Err() != nil {
			return err
		}
		if err != nil {
			c.app.Log.WarnContext(ctx, "the orders of another company are not looked at", "company", o.ID, "error", err)
		}
	}
	return nil
}

// InvoiceFilePath is where a document of an invoice is saved unless a person names another place: among the company's
// documents.
func (c *Company) InvoiceFilePath(ctx context.Context, id int64, k issuing.DocumentKind) (string, error) {
	r, err := c.Record(ctx, id)
	if err != nil {
		return "", err
	}
	return c.documents.Invoice(r, k)
}

// SaveInvoiceFile writes a document of an invoice to path, fetched if it is not kept here (one read). KindState: İşbaşı
// does not have it yet; KindInvalid (field "path"): it begins nowhere, and would end up wherever the program was started.
func (c *Company) SaveInvoiceFile(ctx context.Context, id int64, k issuing.DocumentKind, path string) error {
	if !filepath.IsAbs(path) {
		return domain.Invalid("path", "whole-path")
	}
	d, err := c.DocumentOf(ctx, id, k)
	if err != nil {
		return err
	}
	return documents.Save(path, d)
}

// KeepInvoicing works on the queue of invoices by itself until the company is closed. The window calls it; the command
// line issues when it is told to.
func (c *Company) KeepInvoicing() {
	c.invoicing.Do(func() { c.work.Go(func() { c.Invoices.KeepInvoicing(c.alive) }) })
}
