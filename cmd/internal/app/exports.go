package app

import (
	"context"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/exports"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/files/export"
)

// Export writes all rows of q as an Excel file among the company's documents and gives its path.
func (c *Company) Export(ctx context.Context, q transfer.Query) (string, error) {
	return c.export(ctx, "", func(w words.Words) exports.Table { return exports.Rows(w, q.RunID, c.Store.EachRow(ctx, q)) })
}

// ExportProducts writes all products of q as an Excel file among the company's documents and gives its path.
func (c *Company) ExportProducts(ctx context.Context, q domain.ProductQuery) (string, error) {
	return c.export(ctx, "", func(w words.Words) exports.Table { return exports.Products(w, c.Store.EachProduct(ctx, q)) })
}

// ExportTrials writes all that q finds as an Excel file among the company's documents and gives its path.
func (c *Company) ExportTrials(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) (string, error) {
	markets, err := c.Marketplaces(ctx)
	if err != nil {
		return "", err
	}
	return c.export(ctx, "", func(w words.Words) exports.Table { return exports.Trials(w, markets, c.EveryTrial(ctx, lab, q)) })
}

// ExportRuns writes the list of all transfers as an Excel file in the words of lang among the company's
// documents and gives its path.
func (c *Company) ExportRuns(ctx context.Context, lang string) (string, error) {
	runs, _, err := c.Store.Runs(ctx, 0, 0)
	if err != nil {
		return "", err
	}
	return c.export(ctx, lang, func(w words.Words) exports.Table { return exports.Runs(w, runs) })
}

// ExportBlocked writes what an undo leaves as it is, with the reasons, as an Excel file in the words of lang
// among the company's documents and gives its path.
func (c *Company) ExportBlocked(ctx context.Context, lang string, blocked []transfer.Blocked) (string, error) {
	return c.export(ctx, lang, func(w words.Words) exports.Table { return exports.Blocked(w, blocked) })
}

// ExportWaiting writes the fields of q that wait for a person, all of them, as an Excel file in the words of lang
// among the company's documents and gives its path.
func (c *Company) ExportWaiting(ctx context.Context, lang string, q sync.OpenQuery) (string, error) {
	q.Limit, q.Offset = 0, 0
	fields, _, err := c.OpenFields(ctx, q)
	if err != nil {
		return "", err
	}
	return c.export(ctx, lang, func(w words.Words) exports.Table { return exports.Waiting(w, fields) })
}

// ExportChanges writes what a sync did or is to do as an Excel file in the words of lang among the company's
// documents and gives its path.
func (c *Company) ExportChanges(ctx context.Context, lang string, run int64) (string, error) {
	items, _, err := c.SyncItems(ctx, run, 0, 0)
	if err != nil {
		return "", err
	}
	return c.export(ctx, lang, func(w words.Words) exports.Table { return exports.Changes(w, items) })
}

// ExportOrders writes the orders of q, all pages, as an Excel file in the words of lang among the company's documents
// and gives its path.
func (c *Company) ExportOrders(ctx context.Context, lang string, q orders.Query) (string, error) {
	return c.export(ctx, lang, func(w words.Words) exports.Table { return exports.Orders(w, c.EachOrder(ctx, q)) })
}

// ExportInvoices writes the invoices of q, all pages, as an Excel file in the words of lang among the company's
// documents and gives its path.
func (c *Company) ExportInvoices(ctx context.Context, lang string, q invoicing.RecordQuery) (string, error) {
	return c.export(ctx, lang, func(w words.Words) exports.Table { return exports.Invoices(w, c.EachInvoice(ctx, q)) })
}

// ExportHistory writes entries as an Excel file in the words of lang among the company's documents and gives
// its path.
func (c *Company) ExportHistory(ctx context.Context, lang string, entries []history.Entry) (string, error) {
	return c.export(ctx, lang, func(w words.Words) exports.Table { return exports.History(w, entries) })
}

// ExportFindings writes findings as an Excel file in the words of lang among the company's documents and
// gives its path.
func (c *Company) ExportFindings(ctx context.Context, lang string, findings []doctor.Finding) (string, error) {
	return c.export(ctx, lang, func(w words.Words) exports.Table { return exports.Findings(w, findings) })
}

// ExportFile writes the whole catalogue as XLSX or CSV, by the file's extension.
func (c *Company) ExportFile(ctx context.Context, path string) error {
	return c.save(ctx, path, func(w words.Words) exports.Table { return exports.Products(w, c.Store.AllProducts(ctx)) })
}

// SaveSyncOpen writes all that q finds, whatever page it asks for, of what waits for a person as XLSX or CSV, by the
// file's extension.
func (c *Company) SaveSyncOpen(ctx context.Context, q sync.OpenQuery, path string) error {
	q.Limit, q.Offset = 0, 0
	fields, _, err := c.OpenFields(ctx, q)
	if err != nil {
		return err
	}
	return c.save(ctx, path, func(w words.Words) exports.Table { return exports.Waiting(w, fields) })
}

// SaveOrders writes all that q finds, whatever page it asks for, as XLSX or CSV, by the file's extension.
func (c *Company) SaveOrders(ctx context.Context, q orders.Query, path string) error {
	return c.save(ctx, path, func(w words.Words) exports.Table { return exports.Orders(w, c.EachOrder(ctx, q)) })
}

// SaveInvoices writes all that q finds, whatever page it asks for, as XLSX or CSV, by the file's extension.
func (c *Company) SaveInvoices(ctx context.Context, q invoicing.RecordQuery, path string) error {
	return c.save(ctx, path, func(w words.Words) exports.Table { return exports.Invoices(w, c.EachInvoice(ctx, q)) })
}

// save writes a table into the file that a person names, by its extension.
func (c *Company) save(ctx context.Context, path string, table func(words.Words) exports.Table) error {
	w, err := c.app.words(ctx, "")
	if err != nil {
		return err
	}
	t := table(w)
	return disk.Write(path, func(out io.Writer) error { return export.Write(out, filepath.Ext(path), t.Header(w), t.Rows) })
}

// Refused writes the rows of an order that have problems, as they stand in the file, with their line and
// the reason, as an Excel file among the company's documents, and gives its path.
func (c *Company) Refused(ctx context.Context, o listing.Order) (string, error) {
	f, err := c.OpenOrder(ctx, o)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // only read
	stem := strings.TrimSuffix(filepath.Base(o.Path), filepath.Ext(o.Path))
	return c.export(ctx, "", func(w words.Words) exports.Table { return exports.Refused(w, stem, f.Header, f.WithProblems()) })
}

// export writes a table as a new Excel file in the words of lang, "" = those of files for the person.
func (c *Company) export(ctx context.Context, lang string, table func(words.Words) exports.Table) (string, error) {
	w, err := c.app.words(ctx, lang)
	if err != nil {
		return "", err
	}
	t := table(w)
	const ending = ".xlsx"
	return c.document(t.Name, ending, func(out io.Writer) error {
		return export.Write(out, ending, t.Header(w), untilCancelled(ctx, t.Rows))
	})
}

// ExportCompanies writes how the companies of this machine stand as an Excel file in the words of lang into our folder among the
// person's documents, and gives its path.
func (a *App) ExportCompanies(ctx context.Context, lang string, all []exports.Company) (string, error) {
	w, err := a.words(ctx, lang)
	if err != nil {
		return "", err
	}
	dir, err := documentsOfAll()
	if err != nil {
		dir = filepath.Join(a.dir, "reports")
	}
	t := exports.Companies(w, all)
	const ending = ".xlsx"
	name := disk.Name(t.Name) + " " + a.options.Now().In(domain.Istanbul).Format("2006-01-02 1504")
	return disk.Create(dir, name, ending, func(out io.Writer) error { return export.Write(out, ending, t.Header(w), t.Rows) })
}

// untilCancelled ends rows with an error when ctx is over.
func untilCancelled[T any](ctx context.Context, rows iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v, err := range rows {
			if err == nil && ctx.Err() != nil {
				err = domain.E(domain.KindCancelled, "write the list", ctx.Err())
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// document writes a new file "stem 2026-11-26 1405" among the company's documents and gives its path. What these do not take, as
// Windows guards them from programs that it does not know, goes where reports go then.
func (c *Company) document(stem, ending string, write func(io.Writer) error) (string, error) {
	name := disk.Name(stem) + " " + c.app.options.Now().In(domain.Istanbul).Format("2006-01-02 1504")
	dir, err := c.documents()
	if err == nil {
		var path string
		if path, err = disk.Create(dir, name, ending, write); domain.KindOf(err) != domain.KindDisk {
			return path, err
		}
	}
	path, again := disk.Create(c.ownFolder(), name, ending, write)
	if again != nil {
		return "", err // what the person can mend is said
	}
	return path, nil
}

// ownFolder takes the files of the company that the person's documents do not take.
func (c *Company) ownFolder() string { return filepath.Join(c.app.dir, "reports", string(c.Info.ID)) }

// documentsFolder is ours among the person's documents.
const documentsFolder = "Sopyo"

// documentsOfAll is our folder among the person's documents.
func documentsOfAll() (string, error) {
	dir, err := disk.Documents()
	return filepath.Join(dir, documentsFolder), err
}

// documents is the company's folder among the person's documents, which need not be there yet.
func (c *Company) documents() (string, error) {
	dir, err := disk.Documents()
	return filepath.Join(dir, documentsFolder, c.stem), err
}
