package catalogue

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	Products
	Guards
	Doctor
	Repairs
}

// Products is the company's own catalogue.
type Products interface {
	// ListProducts gives one page and how many products q finds in all.
	ListProducts(ctx context.Context, q domain.ProductQuery) ([]domain.ListedProduct, int, error)
	// SaveProducts writes what a person changed, all of it or nothing, and gives the products as they are
	// kept; one without an ID is added. KindInvalid names the field that is refused, "revision" when the
	// product has changed since it was read.
	SaveProducts(ctx context.Context, products ...domain.Product) ([]domain.Product, error)
	// SaveEdits is SaveProducts with the guards that a person changed.
	SaveEdits(ctx context.Context, edits ...pricing.Edit) ([]domain.Product, error)
	// Pair gives the İşbaşı product that a product is bound to: its ID, and what the newest transfer read
	// of it; ok = false when it is bound to none.
	Pair(ctx context.Context, id domain.ProductID) (pair transfer.Row, ok bool, err error)
	// Origins tells where price and stock of a product have come from, and when.
	Origins(ctx context.Context, id domain.ProductID) (domain.Origins, error)
	// Formers tells of the files that have brought or changed a product, the newest first.
	Formers(ctx context.Context, id domain.ProductID) ([]listing.Former, error)
	// OpenQuantities gives, by product, how much of it is sold in orders that are not in an issued invoice yet.
	OpenQuantities(ctx context.Context) (map[domain.ProductID]decimal.Decimal, error)
	// ExportProducts writes the products of q as an Excel file into the user's folder and gives its path.
	ExportProducts(ctx context.Context, q domain.ProductQuery) (path string, err error)
}

// Guards are what a product may never be sold below, and the prices that come of them.
type Guards interface {
	ProductGuards(ctx context.Context, id domain.ProductID) (pricing.Guards, error)
	// Offers gives the price of p with those guards at every marketplace, as it would be now.
	Offers(ctx context.Context, p domain.Product, g pricing.Guards) ([]pricing.MarketOffer, error)
}

// Doctor looks for what is wrong with barcodes and codes.
type Doctor interface {
	// Examine looks at the whole catalogue; count tells how far it is.
	Examine(ctx context.Context, count *doctor.Count) (doctor.Report, error)
	// Padding gives what filling up a column with zeros would do.
	Padding(ctx context.Context, column doctor.Column, width int, count *doctor.Count) (doctor.Padded, error)
	// ExportFindings writes findings as an Excel file, in the words of lang, and gives its path.
	ExportFindings(ctx context.Context, lang string, findings []doctor.Finding) (path string, err error)
}

// Repairs mend what a person confirmed.
type Repairs interface {
	// Repair carries out what a person confirmed; a cancelled one changes nothing.
	Repair(ctx context.Context, r doctor.Repair, count *doctor.Count) (doctor.Repaired, error)
	// LastRepair gives the newest repair that was not taken back, ok = false when there is none.
	LastRepair(ctx context.Context) (r doctor.Repaired, ok bool, err error)
	// UndoRepair puts back what a repair has replaced; what was changed since is left.
	UndoRepair(ctx context.Context, r doctor.Repaired, count *doctor.Count) (doctor.Repaired, error)
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co Company
}
