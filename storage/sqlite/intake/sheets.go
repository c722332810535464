package intake

import (
	"context"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// acrossSheets makes one item of those that stand in several sheets of a workbook under the same code, or under the same barcode
// or name where a sheet has no codes: one of them has the prices, another the stocks. What two items of one sheet are called tells
// nothing, nor does what contradicts itself in barcodes, codes or options.
func (g *gathering) acrossSheets(ctx context.Context) error {
	ways := []sheetKey{
		{"code_k0", `code_k0 <> ''`, "", []string{"mark", "options"}},
		{"barcode_key", `code_k0 = '' AND barcode_key <> ''`, "", []string{"code_k0", "options"}},
		{"name_fold", `code_k0 = '' AND mark = '' AND name_fold <> ''`, "", []string{"code_k0", "mark", "options"}},
	}
	if g.optioned { // what two sheets say of all sizes of a third one
		ways = slices.Insert(ways, 0, sheetKey{"code_k0", `code_k0 <> ''`, ` AND options = ''`, []string{"mark"}})
	}
	for _, w := range ways {
		there, err := database.SelectValue[bool](ctx, g.tx, `SELECT EXISTS (SELECT 1 FROM item WHERE `+w.bare+`)`)
		if err != nil {
			return err
		}
		if there {
			if err := g.joinSheets(ctx, w); err != nil {
				return err
			}
		}
	}
	return g.spread(ctx)
}

// sheetKey is a way in which items of several sheets can be the same.
type sheetKey struct {
	key  string
	bare string // which of them are joined to others
	only string
	// others have to be the same too, where they are there.
	others []string
}

// joinSheets joins the items of the same key that have no different values of the others.
func (g *gathering) joinSheets(ctx context.Context, w sheetKey) error {
	if _, err := g.tx.ExecContext(ctx, `CREATE INDEX IF NOT EXISTS temp.item_`+w.key+` ON item (`+w.key+`) WHERE `+w.key+` <> ''`); err != nil {
		return err
	}
	const group = `coalesce(first_id, id)`
	same := ""
	for _, o := range w.others {
		same += ` AND count(DISTINCT nullif(` + o + `, '')) < 2`
	}
	return g.joined(ctx, strings.NewReplacer("KEY", w.key, "ONLY", w.only).Replace(`WITH
		bare AS MATERIALIZED (SELECT DISTINCT KEY AS value FROM item WHERE first_id IS NULL AND `+w.bare+`ONLY),
		several AS MATERIALIZED (SELECT KEY AS value FROM item WHERE first_id IS NULL AND KEY <> '' AND KEY IN (SELECT value FROM bare)ONLY GROUP BY KEY HAVING count(*) > 1),
		joint_key AS MATERIALIZED (SELECT KEY AS value, min(`+group+`) AS first FROM item WHERE KEY <> '' AND KEY IN (SELECT value FROM several)ONLY GROUP BY KEY
			HAVING count(DISTINCT `+group+` || ' ' || sheet) = count(DISTINCT sheet)`+same+`)
		UPDATE item SET copy = id, first_id = joint_key.first FROM joint_key
		WHERE item.KEY <> '' AND item.KEY = joint_key.value AND item.id <> joint_key.first`+strings.ReplaceAll(w.only, "options", "item.options")))
}

// joined lets a statement make rows repeated ones of others.
func (g *gathering) joined(ctx context.Context, statement string) error {
	done, err := g.tx.ExecContext(ctx, statement)
	if err != nil {
		return err
	}
	n, err := done.RowsAffected()
	g.repeated, g.across = g.repeated || n > 0, g.across || n > 0
	return err
}

// spread gives the sizes and colours that one sheet has of a code what another says of all of them. That row is a repeated one of
// the first of them.
func (g *gathering) spread(ctx context.Context) error {
	if !g.optioned {
		return nil
	}
	for _, statement := range []string{
		`CREATE TEMP TABLE size AS
			WITH base AS MATERIALIZED (SELECT min(id) AS id, code_k0 AS code FROM item WHERE code_k0 <> '' AND first_id IS NULL AND options = '' GROUP BY code_k0 HAVING count(*) = 1)
			SELECT item.id AS id, of.id AS base FROM base JOIN item AS of ON of.id = base.id JOIN item ON item.code_k0 = base.code
			WHERE item.first_id IS NULL AND item.options <> '' AND item.sheet <> of.sheet AND (item.name_fold = '' OR of.name_fold IN ('', item.name_fold)) AND (item.mark = '' OR of.mark IN ('', item.mark))`,
		`UPDATE OR IGNORE item SET
				name = iif(item.name = '', of.name, item.name),
				full_fold = iif(item.name_fold = '', of.name_fold || ' ' || item.full_fold, item.full_fold),
				name_fold = iif(item.name_fold = '', of.name_fold, item.name_fold),
				brand = iif(item.brand = '', of.brand, item.brand),
				description = iif(item.description = '', of.description, item.description),
				currency = iif(item.price IS NULL, of.currency, item.currency),
				price = coalesce(item.price, of.price),
				vat_rate = coalesce(item.vat_rate, of.vat_rate),
				state = iif(item.state = '', of.state, item.state)
			FROM size JOIN item AS of ON of.id = size.base WHERE item.id = size.id`,
	} {
		if _, err := g.tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if err := g.joined(ctx, `WITH first AS MATERIALIZED (SELECT base, min(id) AS id FROM size GROUP BY base)
		UPDATE item SET copy = item.id, first_id = first.id, name = '' FROM first WHERE coalesce(item.first_id, item.id) = first.base`); err != nil {
		return err
	}
	_, err := g.tx.ExecContext(ctx, `DROP TABLE temp.size`)
	return err
}
