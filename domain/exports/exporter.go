package exports

import (
	"context"
	"io"
	"iter"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/domain/words"
)

// Lists are what a company's lists are read from, each in one snapshot.
type Lists interface {
	Transfers
	Catalogue
	Prices
	Syncs
	Sales
}

// Transfers are a company's transfers and their rows.
type Transfers interface {
	EachRow(ctx context.Context, q transfer.Query) iter.Seq2[transfer.Listed, error]
	Runs(ctx context.Context, limit, offset int) ([]transfer.Run, int, error)
}

// Catalogue is a company's products.
type Catalogue interface {
	EachProduct(ctx context.Context, q domain.ProductQuery) iter.Seq2[domain.Product, error]
	AllProducts(ctx context.Context) iter.Seq2[domain.Product, error]
}

// Prices are what a company's rules would make.
type Prices interface {
	Marketplaces(ctx context.Context) (pricing.Marketplaces, error)
	EveryTrial(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) iter.Seq2[pricing.Tried, error]
}

// Syncs are what a company's syncs have changed, and what waits for a person.
type Syncs interface {
	OpenFields(ctx context.Context, q sync.OpenQuery) ([]sync.Open, int, error)
	SyncItems(ctx context.Context, run int64, limit, offset int) ([]sync.Item, int, error)
}

// Sales are a company's orders and invoices.
type Sales interface {
	EachOrder(ctx context.Context, q orders.Query) iter.Seq2[orders.Kept, error]
	EachInvoice(ctx context.Context, q invoicing.RecordQuery) iter.Seq2[invoicing.Record, error]
}

// Files are how tables become files.
type Files struct {
	// Words gives the words of a language, "": those of files for the person.
	Words func(ctx context.Context, lang string) (words.Words, error)
	// Create writes a new file of that name and ending among the company's documents, and gives its path.
	Create func(stem, ending string, write func(io.Writer) error) (string, error)
	// Write writes a file that a person has named.
	Write func(path string, write func(io.Writer) error) error
	// Encode writes a table as XLSX or CSV, by the ending.
	Encode func(out io.Writer, ending string, header []string, rows iter.Seq2[[]Cell, error]) error
}

// Exporter writes the lists of a company into files.
type Exporter struct {
	of    Lists
	files Files
}

// NewExporter makes the one of a company.
func NewExporter(of Lists, files Files) *Exporter { return &Exporter{of, files} }

// Export writes all rows of q as an Excel file among the company's documents and gives its path.
func (e *Exporter) Export(ctx context.Context, q transfer.Query) (string, error) {
	return e.Create(ctx, "", func(w words.Words) Table { return Rows(w, q.RunID, e.of.EachRow(ctx, q)) })
}

// ExportProducts writes all products of q as an Excel file among the company's documents and gives its path.
func (e *Exporter) ExportProducts(ctx context.Context, q domain.ProductQuery) (string, error) {
	return e.Create(ctx, "", func(w words.Words) Table { return Products(w, e.of.EachProduct(ctx, q)) })
}

// ExportTrials writes all that q finds as an Excel file among the company's documents and gives its path.
func (e *Exporter) ExportTrials(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) (string, error) {
	markets, err := e.of.Marketplaces(ctx)
	if err != nil {
		return "", err
	}
	return e.Create(ctx, "", func(w words.Words) Table { return Trials(w, markets, e.of.EveryTrial(ctx, lab, q)) })
}

// ExportRuns writes the list of all transfers as an Excel file in the words of lang among the company's
// documents and gives its path.
func (e *Exporter) ExportRuns(ctx context.Context, lang string) (string, error) {
	runs, _, err := e.of.Runs(ctx, 0, 0)
	if err != nil {
		return "", err
	}
	return e.Create(ctx, lang, func(w words.Words) Table { return Runs(w, runs) })
}

// ExportBlocked writes what an undo leaves as it is, with the reasons, as an Excel file in the words of lang
// among the company's documents and gives its path.
func (e *Exporter) ExportBlocked(ctx context.Context, lang string, blocked []transfer.Blocked) (string, error) {
	return e.Create(ctx, lang, func(w words.Words) Table { return Blocked(w, blocked) })
}

// ExportWaiting writes the fields of q that wait for a person, all of them, as an Excel file in the words of lang
// among the company's documents and gives its path.
func (e *Exporter) ExportWaiting(ctx context.Context, lang string, q sync.OpenQuery) (string, error) {
	q.Limit, q.Offset = 0, 0
	fields, _, err := e.of.OpenFields(ctx, q)
	if err != nil {
		return "", err
	}
	return e.Create(ctx, lang, func(w words.Words) Table { return Waiting(w, fields) })
}

// ExportChanges writes what a sync did or is to do as an Excel file in the words of lang among the company's
// documents and gives its path.
func (e *Exporter) ExportChanges(ctx context.Context, lang string, run int64) (string, error) {
	items, _, err := e.of.SyncItems(ctx, run, 0, 0)
	if err != nil {
		return "", err
	}
	return e.Create(ctx, lang, func(w words.Words) Table { return Changes(w, items) })
}

// ExportOrders writes the orders of q, all pages, as an Excel file in the words of lang among the company's documents
// and gives its path.
func (e *Exporter) ExportOrders(ctx context.Context, lang string, q orders.Query) (string, error) {
	return e.Create(ctx, lang, func(w words.Words) Table { return Orders(w, e.of.EachOrder(ctx, q)) })
}

// ExportInvoices writes the invoices of q, all pages, as an Excel file in the words of lang among the company's
// documents and gives its path.
func (e *Exporter) ExportInvoices(ctx context.Context, lang string, q invoicing.RecordQuery) (string, error) {
	return e.Create(ctx, lang, func(w words.Words) Table { return Invoices(w, e.of.EachInvoice(ctx, q)) })
}

// ExportHistory writes entries as an Excel file in the words of lang among the company's documents and gives
// its path.
func (e *Exporter) ExportHistory(ctx context.Context, lang string, entries []history.Entry) (string, error) {
	return e.Create(ctx, lang, func(w words.Words) Table { return History(w, entries) })
}

// ExportFindings writes findings as an Excel file in the words of lang among the company's documents and
// gives its path.
func (e *Exporter) ExportFindings(ctx context.Context, lang string, findings []doctor.Finding) (string, error) {
	return e.Create(ctx, lang, func(w words.Words) Table { return Findings(w, findings) })
}

// ExportFile writes the whole catalogue as XLSX or CSV, by the file's extension.
func (e *Exporter) ExportFile(ctx context.Context, path string) error {
	return e.save(ctx, path, func(w words.Words) Table { return Products(w, e.of.AllProducts(ctx)) })
}

// SaveSyncOpen writes all that q finds, whatever page it asks for, of what waits for a person as XLSX or CSV, by the
// file's extension.
func (e *Exporter) SaveSyncOpen(ctx context.Context, q sync.OpenQuery, path string) error {
	q.Limit, q.Offset = 0, 0
	fields, _, err := e.of.OpenFields(ctx, q)
	if err != nil {
		return err
	}
	return e.save(ctx, path, func(w words.Words) Table { return Waiting(w, fields) })
}

// SaveOrders writes all that q finds, whatever page it asks for, as XLSX or CSV, by the file's extension.
func (e *Exporter) SaveOrders(ctx context.Context, q orders.Query, path string) error {
	return e.save(ctx, path, func(w words.Words) Table { return Orders(w, e.of.EachOrder(ctx, q)) })
}

// SaveInvoices writes all that q finds, whatever page it asks for, as XLSX or CSV, by the file's extension.
func (e *Exporter) SaveInvoices(ctx context.Context, q invoicing.RecordQuery, path string) error {
	return e.save(ctx, path, func(w words.Words) Table { return Invoices(w, e.of.EachInvoice(ctx, q)) })
}

// save writes a table into the file that a person names, by its extension.
func (e *Exporter) save(ctx context.Context, path string, table func(words.Words) Table) error {
	w, err := e.files.Words(ctx, "")
	if err != nil {
		return err
	}
	t := table(w)
	return e.files.Write(path, func(out io.Writer) error { return e.files.Encode(out, filepath.Ext(path), t.Header(w), t.Rows) })
}

// Create writes a table as a new Excel file in the words of lang, "" = those of files for the person, and gives its path.
func (e *Exporter) Create(ctx context.Context, lang string, table func(words.Words) Table) (string, error) {
	w, err := e.files.Words(ctx, lang)
	if err != nil {
		return "", err
	}
	t := table(w)
	const ending = ".xlsx"
	return e.files.Create(t.Name, ending, func(out io.Writer) error {
		return e.files.Encode(out, ending, t.Header(w), untilCancelled(ctx, t.Rows))
	})
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
