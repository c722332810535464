// Package settings keeps what a company has chosen and what it may do: its settings, its connection to
// İşbaşı, what was learnt of its API key, and the calls of its quota. It is a room of storage/sqlite.
package settings

import "github.com/sopyo/sopyo-desktop/storage/sqlite/database"

// Store keeps the settings, the connection and the quota of a company's file.
type Store struct{ db *database.File }

// New gives the store of that file.
func New(f *database.File) Store { return Store{f} }
