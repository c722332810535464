// Package prices keeps what prices come from: rules, exchange rates, marketplaces of a person's own, and
// the prices that were approved last. It is a room of storage/sqlite.
package prices

import (
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Store keeps rules, rates, marketplaces and approved prices of a company's file.
type Store struct {
	db *database.File

	// Shipped are the marketplaces that every company has, beside those that a person added to this one.
	Shipped pricing.Marketplaces
}

// New gives the store of that file.
func New(f *database.File) Store { return Store{db: f} }
