package orders

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/orders"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// clues are by what the product of a line may be found, from the surest on.
type clues struct {
	of              *orders.LineProduct
	said            string // a person's product, as text
	pair            string // marketplace and key
	barcode, k0, k1 string
}

// addProducts finds of which products the lines of orders are, all of them with a few queries. A service is of none, nor is
// a line that a person wants without one.
func addProducts(ctx context.Context, tx *sql.Tx, list []orders.Kept) error {
	var open []*clues
	for i := range list {
		open = append(open, cluesOf(&list[i])...)
	}
	var found []*clues
	for _, step := range steps {
		ids, err := step.find(ctx, tx, open)
		if err != nil {
			return err
		}
		open = slices.DeleteFunc(open, func(c *clues) bool {
			if c.of.ID = ids[step.key(c)]; c.of.ID == 0 {
				return false
			}
			c.of.By, found = step.by, append(found, c)
			return true
		})
	}
	known, err := lineProducts(ctx, tx, found)
	for _, c := range found {
		p := known[c.of.ID]
		p.By = c.of.By
		*c.of = p
	}
	return err
}

// cluesOf makes room for the products of an order's lines and gives the clues of those that can have one.
func cluesOf(k *orders.Kept) (all []*clues) {
	standing := k.Standing()
	k.Products = make([]orders.LineProduct, len(standing.Lines))
	for i := range standing.Lines {
		l, said := &standing.Lines[i], orders.SaidLine{}
		if i < len(k.Lines) {
			said = k.Said.Lines[i]
		}
		if l.Kind != orders.LineGoods || said.Without {
			continue
		}
		code := domain.Code(l.Code)
		all = append(all, &clues{
			of: &k.Products[i], barcode: domain.Barcode(l.Barcode).PairingKey(), k0: code.K0(), k1: code.K1(),
			pair: k.Marketplace + "\n" + l.PairKey(),
		})
		if said.Product != 0 {
			all[len(all)-1].said = strconv.FormatInt(int64(said.Product), 10)
		}
	}
	return all
}

// step is one way to find products.
type step struct {
	by    orders.FoundBy
	key   func(c *clues) string // "": there is no such clue
	query string                // of key and product, over the keys as the JSON ?1
}

// steps are all of them, the surest first. A code or barcode counts when exactly one product has it that is not archived.
var steps = []step{
	{orders.FoundByPerson, func(c *clues) string { return c.said }, `SELECT CAST(id AS text), id FROM product
		WHERE id IN (SELECT CAST(value AS integer) FROM json_each(?1))`},
	{orders.FoundByPair, func(c *clues) string { return c.pair }, `SELECT marketplace || char(10) || key, product_id FROM order_pair
		WHERE marketplace || char(10) || key IN (SELECT value FROM json_each(?1))`},
	{orders.FoundByBarcode, func(c *clues) string { return c.barcode }, onlyOne(`barcode_key`)},
	{orders.FoundByCode, func(c *clues) string { return c.k0 }, onlyOne(`code_k0`)},
	{orders.FoundByCode, func(c *clues) string { return c.k1 }, onlyOne(`code_k1`)},
}

func onlyOne(column string) string {
	return `SELECT ` + column + `, max(id) FROM product WHERE ` + column + ` <> '' AND ` + column + ` IN (SELECT value FROM json_each(?1))
		AND state <> 'archived' GROUP BY ` + column + ` HAVING count(*) = 1`
}

// find gives the products of the clues by the step's key.
func (s step) find(ctx context.Context, tx *sql.Tx, open []*clues) (map[string]domain.ProductID, error) {
	keys := map[string]bool{}
	for _, c := range open {
		if k := s.key(c); k != "" {
			keys[k] = true
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	text, err := database.JSONText(slices.Collect(maps.Keys(keys)))
	if err != nil {
		return nil, err
	}
	return database.SelectMap(ctx, tx, database.Keyed[string, domain.ProductID], s.query, text)
}

// lineProducts gives what invoices say of the products that were found. The code and unit of one that is bound are
// İşbaşı's: as its list said them last to a sync, else to a transfer.
func lineProducts(ctx context.Context, tx *sql.Tx, found []*clues) (map[domain.ProductID]orders.LineProduct, error) {
	ids := map[domain.ProductID]bool{}
	for _, c := range found {
		ids[c.of.ID] = true
	}
	if len(ids) == 0 {
		return nil, nil
	}
	text, err := database.JSONText(slices.Collect(maps.Keys(ids)))
	if err != nil {
		return nil, err
	}
	return database.SelectMap(ctx, tx, func(id *domain.ProductID, p *orders.LineProduct) []any {
		return []any{id, &p.ID, &p.Code, &p.Name, &p.Unit, &p.VATRate, &p.Bound}
	}, `SELECT p.id, p.id, coalesce(nullif(s.code, ''), `+transferred(`code`)+`, p.code), p.name, coalesce(nullif(s.unit, ''), `+transferred(`unit`)+`, ''),
			p.vat_rate, b.product_id IS NOT NULL
		FROM json_each(?) w JOIN product p ON p.id = w.value LEFT JOIN binding b ON b.product_id = p.id AND b.gone_at IS NULL
			LEFT JOIN sync_seen s ON s.remote_id = b.remote_id AND s.type = b.type`, text)
}

// transferred is what the newest transfer that tells has read of a bound product.
func transferred(column string) string {
	return `(SELECT r.` + column + ` FROM transfer t CROSS JOIN transfer_product r ON r.transfer_id = t.id AND r.remote_id = b.remote_id AND r.type = b.type
			WHERE r.` + column + ` <> '' ORDER BY t.id DESC LIMIT 1)`
}
