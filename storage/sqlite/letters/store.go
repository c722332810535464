// Package letters keeps the letters of a company that wait, were sent or refused. It is a room of
// storage/sqlite.
package letters

import "github.com/sopyo/sopyo-desktop/storage/sqlite/database"

// Store keeps the letters of a company's file.
type Store struct{ db *database.File }

// New gives the store of that file.
func New(f *database.File) Store { return Store{f} }
