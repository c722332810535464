package sqlite

import (
	"context"
	"os/user"

	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// companyApplicationID marks a company's file ("SOPc").
const companyApplicationID = 0x534f5063

// Company is one company's file: everything it has on this machine but its secrets.
type Company struct {
	settingStore
	catalogueStore
	priceStore
	transferStore
	letterStore
	db *database
}

var (
	_ transfer.Runs      = (*Company)(nil)
	_ transfer.Catalogue = (*Company)(nil)
	_ quota.Store        = (*Company)(nil)
)

// OpenCompany opens or makes the file at path. Its errors are KindBusy, KindDisk, and KindFile for a
// file of a newer program or of another kind.
func OpenCompany(ctx context.Context, path string) (*Company, error) {
	db, err := openDatabase(ctx, path, embeddedSchema("company", companyApplicationID))
	if err != nil {
		return nil, err
	}
	if u, err := user.Current(); err == nil {
		db.actor = u.Username
	}
	return &Company{settingStore{db}, catalogueStore{db}, priceStore{db}, transferStore{db}, letterStore{db}, db}, nil
}

// Close closes the file; nothing of the company may be used afterwards.
func (c *Company) Close() error {
	return mapped(context.Background(), "close the company's file", c.db.close())
}
