package app

import (
	"context"
	"iter"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/files"
)

// ExportRuns writes the list of all transfers as an Excel file, in the words of lang, into the person's
// documents and gives its path.
func (c *Company) ExportRuns(ctx context.Context, lang string) (string, error) {
	text, err := assets.NewText(lang)
	if err != nil {
		return "", err
	}
	runs, _, err := c.Store.Runs(ctx, 0, 0)
	if err != nil {
		return "", err
	}
	path, err := exportPath(text.T("runs.export.name"))
	if err != nil {
		return "", err
	}
	header := headerOf(text, "runs.when", "runs.state", "runs.read", "counters.transferred", "counters.matched", "counters.unmatched",
		"counters.skipped", "counters.failed", "counters.pending")
	return path, files.WriteTable(path, header, runCells(text, runs))
}

func runCells(text *assets.Text, runs []transfer.Run) iter.Seq2[[]files.Cell, error] {
	return func(yield func([]files.Cell, error) bool) {
		for _, r := range runs {
			state := text.T("state." + string(r.State))
			if !r.UndoneAt.IsZero() {
				state = text.T("runs.undone")
			}
			cells := []files.Cell{files.Text(domain.FormatTime(r.CreatedAt, text.Lang)), files.Text(state)}
			k := r.Counters
			for _, n := range []int{k.Read, k.Transferred, k.Matched, k.Unmatched, k.Skipped, k.Failed, k.Pending} {
				cells = append(cells, files.Cell{Number: decimal.NewNullDecimal(decimal.NewFromInt(int64(n)))})
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
}

// ExportBlocked writes what an undo leaves as it is, with the reasons, as an Excel file in the words of lang
// into the person's documents and gives its path.
func (c *Company) ExportBlocked(_ context.Context, lang string, blocked []transfer.Blocked) (string, error) {
	text, err := assets.NewText(lang)
	if err != nil {
		return "", err
	}
	path, err := exportPath(text.T("undo.export.name"))
	if err != nil {
		return "", err
	}
	header := headerOf(text, "export.id", "export.code", "export.barcode", "export.name", "export.product", "undo.why")
	return path, files.WriteTable(path, header, func(yield func([]files.Cell, error) bool) {
		for _, b := range blocked {
			m := b.Remote
			cells := []files.Cell{
				files.Text(string(m.ID)), files.Text(string(m.Code)), files.Text(string(m.Barcode)), files.Text(m.Name),
				files.Text(b.ProductName), files.Text(text.T("decide.refused." + string(b.Why))),
			}
			if !yield(cells, nil) {
				return
			}
		}
	})
}

func headerOf(text *assets.Text, keys ...string) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = text.T(k)
	}
	return all
}
