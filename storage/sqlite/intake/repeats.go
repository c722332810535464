package intake

import (
	"context"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/catalogue"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// fileRow is a row of an item that the file has several rows of: its first one, then the others, those without a code in front.
type fileRow struct {
	id, item int64
	line     int
	sheet    string
	place    string
	product  domain.Product
}

const (
	fileRows = `SELECT id, coalesce(first_id, id) AS item, line, sheet, place, ` + itemColumns + ` FROM item
		WHERE first_id IS NOT NULL OR id IN (SELECT first_id FROM item WHERE first_id IS NOT NULL)
		ORDER BY item, first_id IS NOT NULL, code_k0 <> '', id`
	// joint is what the rows of an item are together.
	jointTable = `CREATE TEMP TABLE joint (
		id          integer PRIMARY KEY, -- the item's
		differs     integer NOT NULL,
		mark        text NOT NULL,
		barcode_key text NOT NULL,
		name_fold   text NOT NULL,
		code        text NOT NULL,
		barcode     text NOT NULL,
		name        text NOT NULL,
		brand       text NOT NULL,
		description text NOT NULL,
		price       text,
		currency    text NOT NULL,
		stock       text,
		vat_rate    text,
		state       text NOT NULL
	) STRICT`
	// samplesShown is how many rows that differ a person is shown.
	samplesShown = 6
)

// eachRow goes through the rows of all items that have several.
func (g *gathering) eachRow(ctx context.Context, do func(r fileRow) error) error {
	for r, err := range database.SelectSeq(ctx, g.tx, func(r *fileRow) []any {
		p := &r.product
		return []any{&r.id, &r.item, &r.line, &r.sheet, &r.place, &p.Code, &p.Barcode, &p.Name, &p.Brand, &p.Description, &p.Price, &p.Currency, &p.Stock, &p.VATRate, &p.State}
	}, fileRows) {
		if err != nil {
			return err
		}
		if err := do(r); err != nil {
			return err
		}
	}
	return nil
}

// group is an item whose rows are gone through.
type group struct {
	first   fileRow
	found   domain.Product // the first value of each field
	differs bool
	under   domain.Product // what the rows without a code say: it counts where the others say nothing
	over    domain.Product
	stocks  stocks
}

func newGroup(r fileRow) *group {
	g := &group{first: r, found: r.product, over: r.product}
	g.stocks.add(r)
	return g
}

// add takes a further row in, and gives the fields in which it differs from those before.
func (g *group) add(r fileRow) (differing []listing.Field) {
	p := r.product
	differing = differences(g.found, p)
	if g.stocks.add(r) {
		differing = append(differing, listing.Stock)
	}
	g.differs = g.differs || len(differing) > 0
	g.found = merge(p, g.found)
	if p.Code == "" && g.first.product.Code != "" {
		g.under = merge(g.under, p)
	} else {
		g.over = merge(g.over, p)
	}
	return differing
}

// joint is what the rows are together; parts are the stocks that it was made of, if several were added up.
func (g *group) joint(sum bool) (p domain.Product, parts []string) {
	p = merge(g.under, g.over)
	if stock, parts := g.stocks.joint(sum, g.differs); len(parts) > 0 {
		p.Stock = decimal.NewNullDecimal(stock)
		return p, parts
	}
	return p, nil
}

// differences are the fields that cost money, but for the stock, where both have a value of them and not the same; also names, by
// which two sheets may speak of two products.
func differences(a, b domain.Product) (differing []listing.Field) {
	if a.Price.Valid && b.Price.Valid && !catalogue.SamePrice(a, b) {
		differing = append(differing, listing.Price)
	}
	if a.Name != "" && b.Name != "" && a.Name != b.Name && domain.Fold(a.Name) != domain.Fold(b.Name) {
		differing = append(differing, listing.Name)
	}
	if a.VATRate.Valid && b.VATRate.Valid && !catalogue.SameDecimal(a.VATRate, b.VATRate) {
		differing = append(differing, listing.VAT)
	}
	return differing
}

// judge works out what the rows of each item are together, and lets those go that are to be products of their own.
func (g *gathering) judge(ctx context.Context) error {
	if _, err := g.tx.ExecContext(ctx, jointTable); err != nil {
		return err
	}
	var put database.Statement
	if err := database.PrepareAll(ctx, g.tx,
		database.Prepare(&put, `INSERT INTO joint (id, differs, mark, barcode_key, name_fold, `+itemColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
	); err != nil {
		return err
	}
	summed := listing.Note{Kind: listing.NoteSummed}
	var of *group
	done := func() error {
		if of == nil {
			return nil
		}
		p, parts := of.joint(g.differing == listing.ChooseSum)
		if len(parts) > 0 {
			if summed.Count++; summed.Count == 1 {
				summed.Sample = strings.Join(parts, " + ")
			}
		}
		mark, key := markOfBarcode(p.Barcode)
		_, err := put.ExecContext(ctx, of.first.id, of.differs, mark, key, domain.Fold(p.Name),
			p.Code, p.Barcode, p.Name, p.Brand, p.Description, p.Price, p.Currency, p.Stock, p.VATRate, p.State)
		return err
	}
	if err := g.eachRow(ctx, func(r fileRow) error {
		if of != nil && of.first.id == r.item {
			of.add(r)
			return nil
		}
		err := done()
		of = newGroup(r)
		return err
	}); err != nil {
		return err
	}
	if err := done(); err != nil {
		return err
	}
	if summed.Count > 0 {
		g.notes = append(g.notes, summed)
	}
	if g.differing != listing.ChooseSeparate {
		return nil
	}
	if _, err := g.tx.ExecContext(ctx, `UPDATE item SET first_id = NULL WHERE first_id IN (SELECT id FROM joint WHERE differs)`); err != nil {
		return err
	}
	_, err := g.tx.ExecContext(ctx, `DELETE FROM joint WHERE differs`)
	return err
}

// tell notes the rows that are repeated, and gives the first few of those that differ.
func (g *gathering) tell(ctx context.Context, note func(listing.Noted)) (samples []listing.ProductRow, err error) {
	var of *group
	err = g.eachRow(ctx, func(r fileRow) error {
		if of == nil || of.first.id != r.item {
			of = newGroup(r)
			return nil
		}
		differed := of.differs
		differing := of.add(r)
		noted := listing.Noted{Line: r.line, Sheet: r.sheet, Repeated: true, Problem: listing.Problem{Value: knownBy(r.product), Reason: listing.RowRepeated}}
		if len(differing) == 0 {
			note(noted)
			return nil
		}
		for _, f := range differing {
			noted.Problem = listing.Problem{Field: f, Value: valueOf(r.product, f), Reason: listing.RowDiffers}
			note(noted)
		}
		if !differed && len(samples) < samplesShown-1 {
			samples = append(samples, of.first.shown())
		}
		if len(samples) < samplesShown {
			samples = append(samples, r.shown())
		}
		return nil
	})
	return samples, err
}

func knownBy(p domain.Product) string {
	switch {
	case p.Code != "":
		return string(p.Code)
	case p.Barcode != "":
		return string(p.Barcode)
	}
	return p.Name
}

// valueOf is what p has of a field in which rows can differ, "" where it is absent.
func valueOf(p domain.Product, f listing.Field) string {
	value := p.VATRate
	switch f {
	case listing.Name:
		return p.Name
	case listing.Price:
		value = p.Price
	case listing.Stock:
		value = p.Stock
	}
	switch {
	case !value.Valid:
		return ""
	case f == listing.Price && p.Currency != "":
		return value.Decimal.String() + " " + string(p.Currency)
	}
	return value.Decimal.String()
}

// shown is a row as a person is shown it.
func (r fileRow) shown() listing.ProductRow {
	return listing.ProductRow{Line: r.line, Sheet: r.sheet, Product: r.product}
}

// join makes one item of the rows of each. What several sheets say of one goes by all that they know it by.
func (g *gathering) join(ctx context.Context) error {
	known := ""
	if g.across {
		known = `UPDATE OR IGNORE item SET (mark, barcode_key, name_fold) = (SELECT mark, barcode_key, name_fold FROM joint WHERE joint.id = item.id) WHERE id IN (SELECT id FROM joint)`
	}
	for _, statement := range []string{
		`UPDATE item SET (` + itemColumns + `) = (SELECT ` + itemColumns + ` FROM joint WHERE joint.id = item.id) WHERE id IN (SELECT id FROM joint)`,
		`DELETE FROM item WHERE first_id IS NOT NULL`,
		known,
		`DROP TABLE temp.joint`,
	} {
		if statement == "" {
			continue
		}
		if _, err := g.tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
