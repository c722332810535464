package letters_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/letters"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func operations() []sqlitetest.Operation[*sqlitetest.Company] {
	return []sqlitetest.Operation[*sqlitetest.Company]{
		sqlitetest.Op("QueueLetter", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.QueueLetter(ctx, sqlitetest.TestLetter("üç@example.com")))
		}),
		sqlitetest.Op("Letters", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf3(c.Letters(ctx, mail.Query{Search: "example", Open: true}))
		}),
		sqlitetest.Op("DueLetters", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.DueLetters(ctx, sqlitetest.StillNow()))
		}),
		sqlitetest.Op("Letter", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.Letter(ctx, sqlitetest.WorldLetter))
		}),
		sqlitetest.Op("SaveLetter", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveLetter(ctx, mail.Letter{ID: sqlitetest.WorldLetter, State: mail.StateSent, To: "bir@example.com"}, mail.StateQueued)
		}),
		sqlitetest.Op("SaveLetter that waits", func(ctx context.Context, c *sqlitetest.Company) error {
			return c.SaveLetter(ctx, mail.Letter{ID: sqlitetest.WorldLetter, State: mail.StateSending, To: "bir@example.com"}, mail.StateQueued)
		}),
		sqlitetest.Op("RecoverLetters", func(ctx context.Context, c *sqlitetest.Company) error {
			return sqlitetest.ErrOf2(c.RecoverLetters(ctx))
		}),
	}
}

func TestStore_failsWholeAtEveryStep(t *testing.T) {
	sqlitetest.CompanyFailsWhole(t, reflect.TypeFor[letters.Store](), operations())
}
