package transfer

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Choices gives what a row of a run could be, at most n suggestions, and who else could be that, from one
// snapshot of the file. others are the barcodes of the İşbaşı product's other units. KindNotFound: the run
// has no such row.
func (s Store) Choices(ctx context.Context, run int64, remote domain.RemoteID, others []domain.Barcode, n int) (transfer.Choices, error) {
	return database.View(ctx, s.db, "choose a partner", func(tx *sql.Tx) (transfer.Choices, error) {
		var out transfer.Choices
		asked, err := listedRows(ctx, tx, run, []domain.RemoteID{remote})
		if err != nil {
			return out, err
		}
		var ok bool
		if out.Row, ok = asked[remote]; !ok {
			return out, domain.E(domain.KindNotFound, fmt.Sprintf("find row %s of transfer %d", remote, run), nil)
		}
		field := transfer.Field{Row: out.Row.Row}
		if field.Offers, err = selectOffers(ctx, tx, remote); err != nil {
			return out, err
		}
		if field.Remotes, err = selectRemotes(ctx, tx, run); err != nil {
			return out, err
		}
		best, rivals := field.Choose(others, n)
		if out.Suggestions, err = suggestions(ctx, tx, best); err != nil {
			return out, err
		}
		rows, err := listedRows(ctx, tx, run, rivals)
		for _, id := range rivals {
			out.Rivals = append(out.Rivals, rows[id])
		}
		return out, err
	})
}

func selectOffers(ctx context.Context, tx *sql.Tx, remote domain.RemoteID) ([]matching.Offer, error) {
	return database.SelectAll(ctx, tx, func(o *matching.Offer) []any {
		return []any{&o.ID, &o.Code, &o.Barcode, &o.K1, &o.Key, &o.NameFold, &o.Bound, &o.Separated}
	}, `SELECT p.id, p.code, p.barcode, p.code_k1, p.barcode_key, p.name_fold, b.product_id IS NOT NULL, s.product_id IS NOT NULL
		FROM product p LEFT JOIN binding b ON b.product_id = p.id
		LEFT JOIN separation s ON s.product_id = p.id AND s.remote_id = ? AND s.type = ?
		WHERE p.state <> 'archived' ORDER BY p.id`, remote, TypeProduct)
}

// selectRemotes gives a run's İşbaşı products that are not skipped, in the order of reading.
func selectRemotes(ctx context.Context, tx *sql.Tx, run int64) ([]matching.Remote, error) {
	return database.SelectAll(ctx, tx, func(r *matching.Remote) []any { return []any{&r.ID, &r.Code, &r.Barcode} },
		`SELECT remote_id, code, barcode FROM transfer_row WHERE transfer_id = ? AND NOT skipped ORDER BY id`, run)
}

// suggestions completes the best with their products and partners.
func suggestions(ctx context.Context, tx *sql.Tx, best []matching.Suggestion) ([]transfer.Suggestion, error) {
	ids := make([]domain.ProductID, len(best))
	for i, s := range best {
		ids[i] = s.Local
	}
	list, err := database.JSONText(ids)
	if err != nil {
		return nil, err
	}
	byID := map[domain.ProductID]transfer.Suggestion{}
	for s, err := range database.SelectSeq(ctx, tx, func(s *transfer.Suggestion) []any { return append(catalogue.Targets(&s.Product), &s.BoundTo) },
		`SELECT `+catalogue.Qualified+`, coalesce(binding.remote_id, '')
		FROM product LEFT JOIN binding ON binding.product_id = product.id
		WHERE product.id IN (SELECT value FROM json_each(?))`, list) {
		if err != nil {
			return nil, err
		}
		byID[s.Product.ID] = s
	}
	var all []transfer.Suggestion
	for _, b := range best {
		s := byID[b.Local]
		s.Score, s.Why, s.Against = b.Score, b.Why, b.Against
		all = append(all, s)
	}
	return all, nil
}
