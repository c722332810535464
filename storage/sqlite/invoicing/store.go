// Package invoicing keeps a company's invoices: the journal of attempts to make them, what is known of İşbaşı's own list,
// and what a person has to do about cancelled and returned orders. It is a room of storage/sqlite.
package invoicing

import "github.com/sopyo/sopyo-desktop/storage/sqlite/database"

// Store keeps the invoices of a company's file.
type Store struct{ db *database.File }

// New gives the store of that file.
func New(f *database.File) Store { return Store{f} }
