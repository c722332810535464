package files

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	Files
	Intake
	Undo
}

// Files finds product files and looks at them.
type Files interface {
	kit.Folders
	// Inspect looks at a file and takes nothing of it.
	Inspect(ctx context.Context, path string, r listing.Reading) (listing.Found, error)
	// FirstRows gives the first rows of a CSV or XLSX file as they stand in it.
	FirstRows(ctx context.Context, path string, r listing.Reading) ([]listing.Row, error)
}

// Intake takes products of files into the catalogue.
type Intake interface {
	// Plan tells what Take would do now, and writes nothing.
	Plan(ctx context.Context, o listing.Order, count *listing.Count) (listing.Result, error)
	// Take brings the products into the catalogue, all of them or none: a cancelled one changes nothing.
	Take(ctx context.Context, o listing.Order, count *listing.Count) (listing.Result, error)
	// Refused writes the rows that have problems, with the reasons, as an Excel file and gives its path.
	Refused(ctx context.Context, o listing.Order) (path string, err error)
}

// Undo takes back what came of a file.
type Undo interface {
	// LastImport gives the newest import that can be taken back, ok = false when there is none.
	LastImport(ctx context.Context) (last listing.Imported, ok bool, err error)
	// PlanUndoImport tells what UndoImport would do now, and writes nothing.
	PlanUndoImport(ctx context.Context, id int64) (listing.Return, error)
	// UndoImport takes the import back, whole or, when it is cancelled, not at all. What was changed since is left.
	UndoImport(ctx context.Context, id int64, count *listing.Count) (listing.Return, error)
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co Company
}
