// Package sqlitetest opens companies' files for the tests of storage/sqlite and its rooms, fills them, and
// looks at what stands in them. Its connections can be made to fail at any call.
package sqlitetest

import (
	"context"

	"github.com/sopyo/sopyo-desktop/storage/sqlite"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Company is a company whose file a test may look into.
type Company struct {
	*sqlite.Company
	DB *database.File
}

// OpenCompany is sqlite.CreateCompany.
func OpenCompany(ctx context.Context, path string) (*Company, error) {
	f, err := database.Create(ctx, path, database.CompanySchema(), database.Driver)
	if err != nil {
		return nil, err
	}
	return &Company{sqlite.CompanyIn(f), f}, nil
}

// Machine is sopyo.db for a test to look into.
type Machine struct {
	*sqlite.Machine
	DB *database.File
}

// OpenMachine is sqlite.CreateMachine without what it mends.
func OpenMachine(ctx context.Context, path string) (*Machine, error) {
	f, err := database.Create(ctx, path, database.MachineSchema(), database.Driver)
	if err != nil {
		return nil, err
	}
	return &Machine{sqlite.MachineIn(f), f}, nil
}
