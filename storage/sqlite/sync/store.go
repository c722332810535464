// Package sync keeps the stock and price syncs of a company: what İşbaşı's list said last, the runs with their
// changes and before-images, and the fields that wait for a person. It is a room of storage/sqlite.
package sync

import "github.com/sopyo/sopyo-desktop/storage/sqlite/database"

// Store keeps the syncs of a company's file.
type Store struct {
	db          *database.File
	open, items *database.Lists
}

// New gives the store of that file.
func New(f *database.File) Store { return Store{f, database.NewLists(f), database.NewLists(f)} }
