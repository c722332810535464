// Package orders keeps the orders of a company: what their sources say, what people say besides, what was judged of
// them last, and which products their lines are of. It is a room of storage/sqlite.
package orders

import "github.com/sopyo/sopyo-desktop/storage/sqlite/database"

// Store keeps the orders of a company's file.
type Store struct {
	db   *database.File
	list *database.Lists
}

// New gives the store of that file.
func New(f *database.File) Store { return Store{f, database.NewLists(f)} }
