package history

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/history"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	// History gives at most n of the newest entries (0 = all) after leaving out skip, and how many there are.
	History(ctx context.Context, n, skip int) (entries []history.Entry, total int, err error)
	// ExportHistory writes entries as an Excel file, in the words of lang, and gives its path.
	ExportHistory(ctx context.Context, lang string, entries []history.Entry) (path string, err error)
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co Company
}
