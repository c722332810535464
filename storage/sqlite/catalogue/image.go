package catalogue

import (
	"database/sql"
	"encoding/json"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Stored is a product, and where its values come from.
type Stored struct {
	domain.Product
	Origins domain.Origins
}

// StoredColumns are what a Stored is read from, in the order of StoredTargets.
const StoredColumns = Columns + `, ` + OriginColumns

// StoredTargets are where the StoredColumns of a row go.
func StoredTargets(s *Stored) []any {
	return append(Targets(&s.Product), OriginTargets(&s.Origins)...)
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

// BeforeImage is what a before-image keeps of a product that has become another, null for none.
func BeforeImage(before *Stored, after *domain.Product) (sql.NullString, error) {
	if before == nil {
		return sql.NullString{}, nil
	}
	kept := map[string]any{}
	if after != nil && after.Revision != before.Revision {
		kept = changed(before.Product, *after)
		if from := fromOf(before, *after); from != (fromImage{}) {
			kept["from"] = from
		}
	}
	kept["revision"] = before.Revision
	text, err := database.JSONText(kept)
	return sql.NullString{String: text, Valid: true}, err
}

// Images are what a write has replaced of a product, with the origins, and what stands there since; OfImage reads both. A price
// comes with its currency.
func Images(before Stored, after domain.Product) (was, is string, err error) {
	old, written := changed(before.Product, after), changed(after, before.Product)
	if price, _ := Moved(before.Product, after); price {
		old["currency"], written["currency"] = before.Currency, after.Currency
	}
	if from := fromOf(&before, after); from != (fromImage{}) {
		old["from"] = from
	}
	old["revision"], written["revision"] = before.Revision, after.Revision
	if was, err = database.JSONText(old); err != nil {
		return "", "", err
	}
	is, err = database.JSONText(written)
	return was, is, err
}

// changed are the values of a product that differ from what it has become.
func changed(was, after domain.Product) map[string]any {
	kept := map[string]any{}
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
	return kept
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
func fromOf(before *Stored, after domain.Product) (from fromImage) {
	price, stock := Moved(before.Product, after)
	if price {
		from.Price = (*originImage)(&before.Origins.Price)
	}
	if stock {
		from.Stock = (*originImage)(&before.Origins.Stock)
	}
	return from
}

// OfImage reads the product that a before-image keeps, over what the write has left, and where its values came from:
// nil when those are the same, or were not kept.
func OfImage(text string, now Stored) (domain.Product, *domain.Origins, error) {
	image := productImage{productValues: productValues(now.Product)}
	err := json.Unmarshal([]byte(text), &image)
	for _, n := range []*decimal.NullDecimal{&image.Price, &image.Stock, &image.VATRate} {
		if !n.Valid {
			*n = decimal.NullDecimal{}
		}
	}
	p, of := domain.Product(image.productValues), now.Origins
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
