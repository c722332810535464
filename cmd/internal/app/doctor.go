package app

import (
	"context"
	"iter"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// Examine looks at the barcodes and codes of the whole catalogue; count tells how far it is.
func (c *Company) Examine(ctx context.Context, count *doctor.Count) (report doctor.Report, err error) {
	err = c.wholeCatalogue(ctx, count, func(products iter.Seq[domain.Product]) { report = doctor.Examine(products) })
	return report, err
}

// Padding gives what would fill up a column to width.
func (c *Company) Padding(ctx context.Context, column doctor.Column, width int, count *doctor.Count) (padded doctor.Padded, err error) {
	err = c.wholeCatalogue(ctx, count, func(products iter.Seq[domain.Product]) { padded = doctor.Pad(products, column, width) })
	return padded, err
}

// Repair carries out what a person has confirmed; see sqlite.Company.Repair.
func (c *Company) Repair(ctx context.Context, r doctor.Repair, count *doctor.Count) (doctor.Repaired, error) {
	return c.Store.Repair(ctx, r, func(n int) { count.Set(n, len(r.Fixes)) })
}

// UndoRepair puts back what a repair has replaced, unless it was changed since.
func (c *Company) UndoRepair(ctx context.Context, r doctor.Repaired, count *doctor.Count) (doctor.Repaired, error) {
	return c.Store.UndoRepair(ctx, r.ID, func(n int) { count.Set(n, r.Done) })
}

// ExportFindings writes findings as an Excel file into the person's documents, in the words of lang, and
// gives its path.
func (c *Company) ExportFindings(ctx context.Context, lang string, findings []doctor.Finding) (string, error) {
	text, err := assets.NewText(lang)
	if err != nil {
		return "", err
	}
	path, err := exportPath(text.T("doctor.export.name"))
	if err != nil {
		return "", err
	}
	var header []string
	for _, key := range []string{"kind", "code", "name", "value", "proposed", "wrong"} {
		header = append(header, text.T("doctor."+key))
	}
	return path, files.WriteTable(path, header, func(yield func([]files.Cell, error) bool) {
		for _, f := range findings {
			if err := ctx.Err(); err != nil {
				yield(nil, domain.E(domain.KindCancelled, "write the findings", err))
				return
			}
			cells := []files.Cell{
				files.Text(text.T("doctor.kind." + string(f.Kind))), files.Text(string(f.Code)), files.Text(f.Name),
				files.Text(f.Value), files.Text(f.Proposed), files.Text(doctor.Sentence(text, f)),
			}
			if !yield(cells, nil) {
				return
			}
		}
	})
}

// wholeCatalogue lets look go through every product, and gives the error that ended it early.
func (c *Company) wholeCatalogue(ctx context.Context, count *doctor.Count, look func(iter.Seq[domain.Product])) error {
	_, total, err := c.Store.Products(ctx, domain.ProductQuery{Limit: 1})
	if err != nil {
		return err
	}
	n := 0
	look(func(yield func(domain.Product) bool) {
		for p, failed := range c.Store.AllProducts(ctx) {
			if failed != nil {
				err = failed
				return
			}
			n++
			count.Set(n, total)
			if !yield(p) {
				return
			}
		}
	})
	return err
}
