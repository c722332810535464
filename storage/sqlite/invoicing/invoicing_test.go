package invoicing_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/invoicing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

var makers = []domaintest.Maker{
	domaintest.OneOf(invoicing.DirectionReturn), domaintest.OneOf(invoicing.AttemptChecked, invoicing.AttemptIssued),
	domaintest.OneOf(invoicing.TaskReturned), domaintest.OneOf(domain.KindNetwork, domain.KindQuota),
}

// filled is an attempt in which every field says something.
func filled(seed int) invoicing.Record { return domaintest.Fill[invoicing.Record](seed, makers...) }

func begun(t *testing.T, c *sqlitetest.Company, r invoicing.Record) invoicing.Record {
	t.Helper()
	return sqlitetest.Ok1[invoicing.Record](t)(c.Begin(t.Context(), r))
}

func saved(t *testing.T, c *sqlitetest.Company, r invoicing.Record) invoicing.Record {
	t.Helper()
	return sqlitetest.Ok1[invoicing.Record](t)(c.SaveRecord(t.Context(), r))
}
