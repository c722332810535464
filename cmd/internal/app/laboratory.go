package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// ExportTrials writes what q finds, all pages, as an Excel file into the person's documents and gives its
// path.
func (c *Company) ExportTrials(ctx context.Context, lab *pricing.Laboratory, q pricing.TrialQuery) (string, error) {
	text, err := c.words(ctx)
	if err != nil {
		return "", err
	}
	markets, err := c.Marketplaces(ctx)
	if err != nil {
		return "", err
	}
	path, err := exportPath(text.T("lab.export.name"))
	if err != nil {
		return "", err
	}
	header := trialHeader(text)
	return path, files.WriteTable(path, header, func(yield func([]files.Cell, error) bool) {
		for t, err := range c.EveryTrial(ctx, lab, q) {
			if err != nil {
				yield(nil, err)
				return
			}
			names := ""
			for i, m := range t.Marketplaces {
				if i > 0 {
					names += ", "
				}
				names += markets.Name(m)
			}
			cells := []files.Cell{
				files.Text(string(t.Product.Code)), files.Text(string(t.Product.Barcode)), files.Text(t.Product.Name), files.Text(names),
				files.Number(t.Old), files.Number(t.Price), files.Number(t.Change()), files.Text(pricing.Remark(text, text.Lang, t)),
			}
			if !yield(cells, nil) {
				return
			}
		}
	})
}

func trialHeader(text *assets.Text) (header []string) {
	for _, key := range []string{"products.code", "products.barcode", "products.name", "products.marketplace", "lab.old", "lab.new", "lab.change", "products.why"} {
		header = append(header, text.T(key))
	}
	return header
}
