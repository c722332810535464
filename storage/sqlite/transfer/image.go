package transfer

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
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

// productImage is what before-images keep of a product, under names that outlive a renaming in the domain: its revision,
// what a write has changed of it, and in from where the price or stock came from that it has changed. Older programs kept
// all of it, with both origins.
type productImage struct {
	productValues
	From    fromImage     `json:"from"`
	Origins *originsImage `json:"origins"` // nil: in images of still older programs, and of this one
}

type fromImage struct {
	Price *originImage `json:"price,omitempty"`
	Stock *originImage `json:"stock,omitempty"`
}

type productValues struct {
	ID          domain.ProductID    `json:"id"`
	Code        domain.Code         `json:"code"`
	Barcode     domain.Barcode      `json:"barcode"`
	Name        string              `json:"name"`
	Brand       string              `json:"brand"`
	Description string              `json:"description"`
	Price       decimal.NullDecimal `json:"price"`
	Currency    domain.Currency     `json:"currency"`
	Stock       decimal.NullDecimal `json:"stock"`
	VATRate     decimal.NullDecimal `json:"vat_rate"`
	State       domain.ProductState `json:"state"`
	Revision    int64               `json:"revision"`
	UpdatedAt   time.Time           `json:"updated_at"`
}

type originsImage struct {
	Price originImage `json:"price,omitzero"`
	Stock originImage `json:"stock,omitzero"`
}

type originImage struct {
	At   time.Time     `json:"at,omitzero"`
	From domain.Source `json:"from,omitempty"`
	By   string        `json:"by,omitempty"`
}

// productText is what a before-image keeps of a product that has become another, null for none.
func productText(before *stored, after *domain.Product) (sql.NullString, error) {
	if before == nil {
		return sql.NullString{}, nil
	}
	was, kept := before.Product, map[string]any{"revision": before.Revision}
	if after != nil && after.Revision != was.Revision {
		keepText(kept, "code", was.Code, after.Code)
		keepText(kept, "barcode", was.Barcode, after.Barcode)
		keepText(kept, "name", was.Name, after.Name)
		keepText(kept, "brand", was.Brand, after.Brand)
		keepText(kept, "description", was.Description, after.Description)
		keepText(kept, "currency", was.Currency, after.Currency)
		keepText(kept, "state", was.State, after.State)
		keepNumber(kept, "price", was.Price, after.Price)
		keepNumber(kept, "stock", was.Stock, after.Stock)
		keepNumber(kept, "vat_rate", was.VATRate, after.VATRate)
		if from := fromOf(before, *after); from != (fromImage{}) {
			kept["from"] = from
		}
	}
	text, err := database.JSONText(kept)
	return sql.NullString{String: text, Valid: true}, err
}

func keepText[T ~string](kept map[string]any, name string, was, after T) {
	if was != after {
		kept[name] = was
	}
}

func keepNumber(kept map[string]any, name string, was, after decimal.NullDecimal) {
	if was.Valid != after.Valid || was.Valid && was.Decimal.String() != after.Decimal.String() {
		kept[name] = was
	}
}

// fromOf gives the origins of what a write has moved.
func fromOf(before *stored, after domain.Product) (from fromImage) {
	price, stock := catalogue.Moved(before.Product, after)
	if price {
		from.Price = (*originImage)(&before.origins.Price)
	}
	if stock {
		from.Stock = (*originImage)(&before.origins.Stock)
	}
	return from
}

// productOf reads the product that a before-image keeps, over what the write has left, and where its values came from:
// nil when those are the same, or were not kept.
func productOf(text string, now stored) (domain.Product, *domain.Origins, error) {
	image := productImage{productValues: productValues(now.Product)}
	err := json.Unmarshal([]byte(text), &image)
	for _, n := range []*decimal.NullDecimal{&image.Price, &image.Stock, &image.VATRate} {
		if !n.Valid {
			*n = decimal.NullDecimal{}
		}
	}
	p, of := domain.Product(image.productValues), now.origins
	switch {
	case image.Origins != nil:
		of = domain.Origins{Price: domain.Origin(image.Origins.Price), Stock: domain.Origin(image.Origins.Stock)}
	case image.From == fromImage{}:
		return p, nil, err
	}
	if from := image.From.Price; from != nil {
		of.Price = domain.Origin(*from)
	}
	if from := image.From.Stock; from != nil {
		of.Stock = domain.Origin(*from)
	}
	return p, &of, err
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
