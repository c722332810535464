// Package catalogue keeps the products of a company: pages of them, what a person edits, repairs, the guards of
// their prices, where values come from, and what İşbaşı and the catalogue last agreed on. It is a room of
// storage/sqlite.
package catalogue

import "github.com/sopyo/sopyo-desktop/storage/sqlite/database"

// Store keeps the products of a company's file.
type Store struct {
	db       *database.File
	rankings *rankings
}

// New gives the store of that file.
func New(f *database.File) Store { return Store{f, newRankings()} }
