package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// ExportHistory writes entries as an Excel file into the person's documents and gives its path.
func (c *Company) ExportHistory(_ context.Context, lang string, entries []history.Entry) (string, error) {
	text, err := assets.NewText(lang)
	if err != nil {
		return "", err
	}
	path, err := exportPath(text.T("history.export.name"))
	if err != nil {
		return "", err
	}
	header := []string{text.T("history.when"), text.T("history.who"), text.T("history.what")}
	return path, files.WriteTable(path, header, func(yield func([]files.Cell, error) bool) {
		for _, e := range entries {
			cells := []files.Cell{files.Text(domain.FormatTime(e.At, lang)), files.Text(e.Actor), files.Text(history.Sentence(text, lang, e))}
			if !yield(cells, nil) {
				return
			}
		}
	})
}
