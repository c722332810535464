package catalogue

import (
	"context"
	"strings"
)

// acrossSheets makes one item of those that stand in several sheets of a workbook under the same code, or under the same barcode
// where a sheet has no codes: one of them has the prices, another the stocks. A code or barcode that two items of one sheet have
// tells nothing, nor does one under which they contradict each other in their barcodes, codes or options.
func (g *gathering) acrossSheets(ctx context.Context) error {
	if _, err := g.tx.ExecContext(ctx, `CREATE INDEX temp.item_code ON item (code_k0)`); err != nil {
		return err
	}
	if err := g.joinSheets(ctx, "code_k0", "mark", "options"); err != nil {
		return err
	}
	if _, err := g.tx.ExecContext(ctx, `CREATE INDEX temp.item_barcode ON item (barcode_key)`); err != nil {
		return err
	}
	return g.joinSheets(ctx, "barcode_key", "code_k0", "options")
}

// joinSheets joins the items of the same key that have no different values of the others.
func (g *gathering) joinSheets(ctx context.Context, key string, others ...string) error {
	const group = `coalesce(first_id, id)`
	same := ""
	for _, o := range others {
		same += ` AND count(DISTINCT nullif(` + o + `, '')) < 2`
	}
	statement := `WITH joint_key AS MATERIALIZED (
			SELECT KEY AS value, min(` + group + `) AS first FROM item WHERE KEY <> '' GROUP BY KEY
			HAVING count(DISTINCT ` + group + `) > 1 AND count(DISTINCT ` + group + ` || ' ' || sheet) = count(DISTINCT sheet)` + same + `)
		UPDATE item SET copy = id, first_id = joint_key.first FROM joint_key WHERE item.KEY = joint_key.value AND item.id <> joint_key.first`
	done, err := g.tx.ExecContext(ctx, strings.ReplaceAll(statement, "KEY", key))
	if err != nil {
		return err
	}
	n, err := done.RowsAffected()
	g.repeated, g.across = g.repeated || n > 0, g.across || n > 0
	return err
}
