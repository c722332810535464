package catalogue

import (
	"context"
	"database/sql"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
)

// SaveProducts writes what a person changed and leaves the guards as they are; see SaveEdits.
func (s Store) SaveProducts(ctx context.Context, products ...domain.Product) ([]domain.Product, error) {
	edits := make([]pricing.Edit, len(products))
	for i, p := range products {
		edits[i].Product = p
	}
	return s.SaveEdits(ctx, edits...)
}

// SaveEdits writes what a person changed, all of it or nothing, and gives the products as they are kept:
// one without an ID is added, the others replace the stored ones. Product.Revision is the one that the
// person saw. KindInvalid: Validate refuses one; another product has its new code (Field "code"); it has
// changed meanwhile (Field "revision", Detail "changed"). KindNotFound: there is none of that ID.
func (s Store) SaveEdits(ctx context.Context, edits ...pricing.Edit) ([]domain.Product, error) {
	return database.Update(ctx, s.db, "save products", func(tx *sql.Tx) ([]domain.Product, error) {
		e, err := newEditor(ctx, tx, s.db.Author())
		if err != nil {
			return nil, err
		}
		var saved []domain.Product
		for _, one := range edits {
			p, err := e.save(ctx, one.Product)
			if err != nil {
				return nil, err
			}
			if one.Guards != nil {
				if err := one.Guards.Validate(); err != nil {
					return nil, err
				}
				if err := saveGuards(ctx, tx, e.Author, p.ID, p.Code, *one.Guards); err != nil {
					return nil, err
				}
			}
			saved = append(saved, p)
		}
		return saved, e.recordMoved(ctx)
	})
}

// editor is one SaveEdits at work.
type editor struct {
	database.Author
	tx     *sql.Tx
	write  *Writer
	chosen domain.Settings
	moved  map[string][]any // the products that changed their state and nothing else
}

func newEditor(ctx context.Context, tx *sql.Tx, by database.Author) (*editor, error) {
	chosen, err := settings.Of(ctx, tx)
	if err != nil {
		return nil, err
	}
	w, err := NewWriter(ctx, tx, domain.SourcePerson, by)
	return &editor{Author: by, tx: tx, write: w, chosen: chosen, moved: map[string][]any{}}, err
}

func (e *editor) save(ctx context.Context, p domain.Product) (domain.Product, error) {
	if p.ID == 0 {
		return e.add(ctx, p)
	}
	before, ok, err := selectProduct(ctx, e.tx, p.ID)
	switch {
	case err != nil:
		return domain.Product{}, err
	case !ok:
		return domain.Product{}, domain.E(domain.KindNotFound, "find the product", nil)
	case before.Revision != p.Revision:
		return domain.Product{}, domain.Invalid("revision", "changed")
	case SameContent(before, p):
		return before, nil // what a file brought need not be what a person may type
	}
	if err := p.Validate(); err != nil {
		return domain.Product{}, err
	}
	if err := e.refuseTaken(ctx, before, p); err != nil {
		return domain.Product{}, err
	}
	after, err := e.write.Update(ctx, before, p)
	if err != nil {
		return domain.Product{}, err
	}
	return after, e.record(ctx, before, after)
}

func (e *editor) add(ctx context.Context, p domain.Product) (domain.Product, error) {
	if err := p.Validate(); err != nil {
		return domain.Product{}, err
	}
	if p.Currency == "" {
		p.Currency = e.chosen.Currency
	}
	if err := e.refuseTaken(ctx, domain.Product{}, p); err != nil {
		return domain.Product{}, err
	}
	p, err := e.write.Insert(ctx, p)
	if err != nil {
		return domain.Product{}, err
	}
	return p, e.Author.Record(ctx, e.tx, "product-added", named(p))
}

// refuseTaken keeps a person from giving a product the code of another one: files and transfers find
// products by it. What is doubled already stays so.
func (e *editor) refuseTaken(ctx context.Context, before, after domain.Product) error {
	code := after.Code.K0()
	if code == "" || code == before.Code.K0() {
		return nil
	}
	taken, err := database.SelectValue[bool](ctx, e.tx, `SELECT EXISTS (SELECT 1 FROM product WHERE code_k0 = ? AND id <> ?)`, code, after.ID)
	if taken {
		return domain.Invalid("code", "code-taken")
	}
	return err
}

// record notes a change in the history; what only changed its state is gathered.
func (e *editor) record(ctx context.Context, before, after domain.Product) error {
	changes := map[string][2]any{}
	text := func(field, old, value string) {
		if old != value {
			changes[field] = [2]any{old, value}
		}
	}
	number := func(field string, old, value decimal.NullDecimal) {
		if !SameDecimal(old, value) {
			changes[field] = [2]any{database.NumberText(old), database.NumberText(value)}
		}
	}
	text("code", string(before.Code), string(after.Code))
	text("barcode", string(before.Barcode), string(after.Barcode))
	text("name", before.Name, after.Name)
	text("brand", before.Brand, after.Brand)
	text("description", before.Description, after.Description)
	text("currency", string(before.Currency), string(after.Currency))
	number("price", before.Price, after.Price)
	number("stock", before.Stock, after.Stock)
	number("vat_rate", before.VATRate, after.VATRate)
	if len(changes) == 0 {
		what := moved(before.State, after.State)
		e.moved[what] = append(e.moved[what], named(after))
		return nil
	}
	text("state", string(before.State), string(after.State))
	detail := named(after)
	detail["changes"] = changes
	return e.Author.Record(ctx, e.tx, "product-changed", detail)
}

// moved is what the history calls a product's change of state.
func moved(before, after domain.ProductState) string {
	switch {
	case after == domain.ProductArchived:
		return "products-archived"
	case before == domain.ProductArchived:
		return "products-restored"
	case after == domain.ProductActive:
		return "products-on-sale"
	default:
		return "products-passive"
	}
}

func (e *editor) recordMoved(ctx context.Context) error {
	for _, what := range []string{"products-archived", "products-restored", "products-passive", "products-on-sale"} {
		if all := e.moved[what]; len(all) > 0 {
			if err := e.Author.Record(ctx, e.tx, what, map[string]any{"products": len(all), "list": all}); err != nil {
				return err
			}
		}
	}
	return nil
}

// named is what the history knows a product by.
func named(p domain.Product) map[string]any {
	return map[string]any{"product": p.ID, "code": p.Code, "name": p.Name}
}
