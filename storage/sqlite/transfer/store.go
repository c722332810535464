// Package transfer keeps the transfers of a company: what was read, what was planned, decided and written,
// before-images to take it back with, and the reports. It is a room of storage/sqlite.
package transfer

import "github.com/sopyo/sopyo-desktop/storage/sqlite/database"

// Store keeps the transfers of a company's file.
type Store struct {
	db   *database.File
	rows *database.Lists
}

// New gives the store of that file.
func New(f *database.File) Store { return Store{f, database.NewLists(f)} }
