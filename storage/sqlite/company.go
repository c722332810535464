package sqlite

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/issuing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/intake"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/invoicing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/letters"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/prices"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
	storedsync "github.com/sopyo/sopyo-desktop/storage/sqlite/sync"
	storedtransfer "github.com/sopyo/sopyo-desktop/storage/sqlite/transfer"
)

// Company is one company's file: everything it has on this machine but its secrets.
type Company struct {
	settingStore
	catalogueStore
	intakeStore
	priceStore
	transferStore
	letterStore
	syncStore
	orderStore
	invoiceStore
	db *database.File
}

// The rooms of the file, each under a name of its own to be embedded by.
type (
	settingStore   = settings.Store
	catalogueStore = catalogue.Store
	intakeStore    = intake.Store
	priceStore     = prices.Store
	transferStore  = storedtransfer.Store
	letterStore    = letters.Store
	syncStore      = storedsync.Store
	orderStore     = orders.Store
	invoiceStore   = invoicing.Store
)

var (
	_ transfer.Runs      = (*Company)(nil)
	_ transfer.Catalogue = (*Company)(nil)
	_ quota.Store        = (*Company)(nil)
	_ sync.Store         = (*Company)(nil)
	_ issuing.Store      = (*Company)(nil)
)

// OpenCompany opens the company's file at path. Its errors are those of database.Open.
func OpenCompany(ctx context.Context, path string) (*Company, error) {
	db, err := database.Open(ctx, path, database.CompanySchema(), database.Driver)
	if err != nil {
		return nil, err
	}
	return CompanyIn(db), nil
}

// ReadCompany opens the file at path for reading, see database.Read.
func ReadCompany(ctx context.Context, path string) (*Company, error) {
	db, err := database.Read(ctx, path, database.CompanySchema(), database.Driver)
	if err != nil {
		return nil, err
	}
	return CompanyIn(db), nil
}

// CreateCompany opens or makes the file at path.
func CreateCompany(ctx context.Context, path string) (*Company, error) {
	db, err := database.Create(ctx, path, database.CompanySchema(), database.Driver)
	if err != nil {
		return nil, err
	}
	return CompanyIn(db), nil
}

// CompanyIn is the company of an open file, which it closes.
func CompanyIn(f *database.File) *Company {
	return &Company{
		settings.New(f), catalogue.New(f), intake.New(f), prices.New(f), storedtransfer.New(f), letters.New(f), storedsync.New(f), orders.New(f), invoicing.New(f), f,
	}
}

// Close closes the file; nothing of the company may be used afterwards.
func (c *Company) Close() error {
	return database.Mapped(context.Background(), "close the company's file", c.db.Close())
}
