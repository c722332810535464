package transfer

import (
	"context"
	"database/sql"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// keptImage is a before-image with what it keeps.
type keptImage struct {
	transfer.Image
	remoteType int
	formerly   domain.ProductID // what the İşbaşı product was bound to before, 0 = nothing
	product    sql.NullString
	row        sql.NullString
}

// imageColumns are what a transfer.Image is read from, over the table as i, in the order of imageTargets.
const imageColumns = `i.id, i.transfer_id, coalesce(i.decision_id, 0), i.kind, i.remote_id, i.product_id,
	i.product_id <> 0 AND i.product IS NULL, coalesce(i.product ->> '$.revision', 0), i.revision, i.bound, i.separated, i.ignored`

func imageTargets(i *transfer.Image) []any {
	return []any{
		&i.ID, &i.Transfer, &i.Decision, &i.Kind, &i.Remote, &i.Product, &i.Created, &i.Was, &i.Became, &i.Bound, &i.Separated, &i.Ignored,
	}
}

// selectImages reads before-images; tail is the query from WHERE on, over the table as i.
func selectImages(ctx context.Context, tx *sql.Tx, tail string, args ...any) ([]keptImage, error) {
	return database.SelectAll(ctx, tx, func(i *keptImage) []any {
		return append(imageTargets(&i.Image), &i.remoteType, &i.row, &i.product, &i.formerly)
	}, `SELECT `+imageColumns+`, i.type, i."row", i.product, coalesce(i.bound_to, 0) FROM before_image i `+tail, args...)
}

// rowImage is what a decision changes of a row, as before-images keep it.
type rowImage struct {
	Tier       matching.Tier         `json:"tier"`
	Reason     matching.Reason       `json:"reason"`
	Candidates int                   `json:"candidates"`
	Flag       matching.Flag         `json:"flag"`
	ProductID  domain.ProductID      `json:"product_id"`
	Revision   int64                 `json:"revision"`
	Outcome    transfer.Outcome      `json:"outcome"`
	Notes      []transfer.Note       `json:"notes"`
	Decided    transfer.DecisionKind `json:"decided"`
	Price      decimal.NullDecimal   `json:"price"` // transfer.Row.Applied
	Currency   domain.Currency       `json:"currency"`
	Stock      decimal.NullDecimal   `json:"stock"`
}

func rowImageOf(r transfer.Row) rowImage {
	return rowImage{
		Tier: r.Tier, Reason: r.Reason, Candidates: r.Candidates, Flag: r.Flag, ProductID: r.ProductID,
		Revision: r.Revision, Outcome: r.Outcome, Notes: r.Notes, Decided: r.Decided,
		Price: r.Applied.Price, Currency: r.Applied.Currency, Stock: r.Applied.Stock,
	}
}

// on gives r as it was.
func (i rowImage) on(r transfer.Row) transfer.Row {
	r.Tier, r.Reason, r.Candidates, r.Flag = i.Tier, i.Reason, i.Candidates, i.Flag
	r.ProductID, r.Revision, r.Outcome, r.Notes, r.Decided = i.ProductID, i.Revision, i.Outcome, i.Notes, i.Decided
	r.Applied = transfer.Values{Price: i.Price, Currency: i.Currency, Stock: i.Stock}
	return r
}
