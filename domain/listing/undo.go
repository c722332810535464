package listing

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Imported is a file that was taken into the catalogue, and can be taken back.
type Imported struct {
	ID             int64
	At             time.Time
	File           string // its name, without the folder
	Added, Updated int
}

// Return is what taking a file back does to the catalogue, in products.
type Return struct {
	Restored int // get back what the file has replaced
	Prices   int // of them a price
	Stocks   int // of them a stock
	Removed  int // go, because the file had brought them
	// Left keep something of the file: a value that was changed since, or a product that was worked with.
	Left int
	// Examples are the first prices that go back, ExampleLimit at most, from what they are to what they were.
	Examples []Jump
}

// ExampleLimit is how many prices a Return tells by name.
const ExampleLimit = 3

// PriceGoesBack counts a product whose price becomes what it was.
func (r *Return) PriceGoesBack(now, was domain.Product) {
	if r.Prices++; len(r.Examples) < ExampleLimit && now.Price.Valid && was.Price.Valid && now.Currency == was.Currency {
		r.Examples = append(r.Examples, move(now, was))
	}
}

// Former is what stood in a product before a file that can be taken back was taken; of one that the file has added, nothing.
type Former struct {
	Imported
	Was domain.Product // what the file did not write is as it is now
}
