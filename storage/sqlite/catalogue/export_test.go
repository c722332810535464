package catalogue

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// What the tests of this room look at beside its store.

func PlainPage(ctx context.Context, tx *sql.Tx, q domain.ProductQuery) ([]domain.ProductID, error) {
	ids, _, err := plainPage(ctx, tx, q)
	return ids, err
}

// Readable looks for what q finds in the index itself.
func Readable(ctx context.Context, tx *sql.Tx, q domain.ProductQuery) error {
	x, err := openIndex(ctx, tx)
	if err == nil {
		phrases, without := asked(q)
		_, err = x.find(ctx, tx, phrases, without)
	}
	return err
}

// KeepingOrders is a store that sorts all products and keeps their order, however few are found.
func KeepingOrders(f *database.File) Store {
	s := New(f)
	s.rankings.few = 0
	return s
}

// PageOf gives the ids of q's page in the snapshot of tx, and how many products q finds.
func PageOf(ctx context.Context, s Store, tx *sql.Tx, q domain.ProductQuery) ([]domain.ProductID, int, error) {
	return s.page(ctx, tx, q)
}
