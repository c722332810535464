package transfer_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func storedRun(t *testing.T, c *sqlitetest.Company, id int64) transfer.Run {
	t.Helper()
	r, err := c.Run(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
