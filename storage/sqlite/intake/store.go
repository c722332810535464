// Package intake takes the products of files into a company's catalogue: it brings their rows together, finds the products that they
// are, writes what is new or changed, and takes a file back. It is a room of storage/sqlite.
package intake

import "github.com/sopyo/sopyo-desktop/storage/sqlite/database"

// Store takes files into the catalogue of a company's file.
type Store struct{ db *database.File }

// New gives the store of that file.
func New(f *database.File) Store { return Store{f} }
