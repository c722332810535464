package sqlite

import (
	"context"
	"os/user"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// companyApplicationID marks a company's file ("SOPc").
const companyApplicationID = 0x534f5063

// Company is one company's file: everything it has on this machine but its secrets.
type Company struct {
	// Shipped are the marketplaces that every company has, beside those that a person added to this one.
	Shipped pricing.Marketplaces

	db    *database
	actor string // who works with the program, for the history
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
	c := &Company{db: db}
	if u, err := user.Current(); err == nil {
		c.actor = u.Username
	}
	return c, nil
}

// Close closes the file; nothing of the company may be used afterwards.
func (c *Company) Close() error {
	return mapped(context.Background(), "close the company's file", c.db.close())
}

// author is who does something to the company now.
func (c *Company) author() author { return author{name: c.actor, at: c.db.now()} }
