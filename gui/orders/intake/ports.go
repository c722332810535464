// Package intake is the taking of orders out of files: which file, what is in it, what its columns and words mean, and
// what comes of it. It is a part of Siparişler, in front of its list.
package intake

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the taking of files asks of the company. Every method may block.
type Company interface {
	kit.Folders
	Files
	Orders
}

// Files takes the orders of files.
type Files interface {
	// FindOrders reads a file and keeps nothing. KindFile: it is no list of orders; KindInvalid: columns are missing.
	FindOrders(ctx context.Context, path string, c orders.Choice) (orders.Found, error)
	// OrdersElsewhere tells which other companies of the machine have orders that were read.
	OrdersElsewhere(ctx context.Context, list []orders.Order) ([]orders.Elsewhere, error)
	// ImportOrders keeps the orders of a file that was read, and what was said of it, and judges them.
	ImportOrders(ctx context.Context, f orders.Found) (orders.Imported, error)
	// FirstRows gives the first rows of a file as they stand in it.
	FirstRows(ctx context.Context, path string, r listing.Reading) ([]listing.Row, error)
}

// Orders are those that the company keeps.
type Orders interface {
	// ListOrders gives one page and how many orders q finds in all.
	ListOrders(ctx context.Context, q orders.Query) ([]orders.Kept, int, error)
	// LastTaken gives the file that the newest orders came from, ok = false when there are none of a file.
	LastTaken(ctx context.Context) (last orders.TakenFile, ok bool, err error)
	// PlanUndoTaken tells what UndoTaken would do now, and writes nothing.
	PlanUndoTaken(ctx context.Context, of orders.TakenFile) (orders.TakenBack, error)
	// UndoTaken forgets the orders of the last file, but for those that somebody has worked with.
	UndoTaken(ctx context.Context, of orders.TakenFile) (orders.TakenBack, error)
}

// env is what everything of it is given.
type env struct {
	*kit.Env
	co Company
	*kit.Leaves
}
