package catalogue

import (
	"context"
	"database/sql"
	"strings"
)

// likeness is one way in which an item of a file and a product of the catalogue are the same.
type likeness struct {
	item, product string   // which of them can be alike so
	key           []string // what is the same in both; the first of it has an index in the catalogue, where there is one
}

// markOf is the mark of a product, and of an item.
const markOf = `CASE barcode_key WHEN '' THEN barcode ELSE barcode_key END`

// likenesses stand in the order in which they count. Those by everything come first: what is in the file
// as it was finds itself again, and only what is left over goes by less.
func likenesses() []likeness {
	const (
		coded    = `code_k0 <> ''`
		barcoded = `barcode_key <> ''`
		bare     = `code_k0 = '' AND barcode_key <> ''`
		named    = `code_k0 = '' AND barcode_key = ''`
	)
	return []likeness{
		{coded, coded, []string{`code_k0`, markOf, `name_fold`}},
		{bare, barcoded, []string{`barcode_key`, `name_fold`}},
		{named, named, []string{`name_fold`, markOf}},
		{coded, coded, []string{`code_k0`, markOf}},
		{coded, coded, []string{`code_k0`}},
		// A product that came without a code the first time is no other now that it has one.
		{coded + ` AND ` + barcoded, bare, []string{`barcode_key`, `name_fold`}},
		{coded + ` AND ` + barcoded, bare, []string{`barcode_key`}},
		{bare, barcoded, []string{`barcode_key`}},
		{named + ` AND name_fold <> ''`, named, []string{`name_fold`}},
	}
}

// pair finds the products that the items are. Items that share a code, barcode or name are not thrown
// together: each takes a product of its own, so that reading the same file again finds every one of them
// and adds none.
func pair(ctx context.Context, tx *sql.Tx) error {
	for _, l := range likenesses() {
		if _, err := tx.ExecContext(ctx, l.statement()); err != nil {
			return err
		}
	}
	return nil
}

// statement gives every item that has no product yet the next free one of the same key, in the order of the
// file and of the catalogue. It goes through both sides once, however many share a key.
func (l likeness) statement() string {
	columns, same := "", ""
	for i, k := range l.key {
		name := "k" + string(rune('0'+i))
		columns += k + ` AS ` + name + `, `
		same += ` AND want.` + name + ` = offer.` + name
	}
	first, partition := l.key[0], strings.Join(l.key, `, `)
	ranked := `SELECT id, ` + columns + `row_number() OVER (PARTITION BY ` + partition + ` ORDER BY id) AS place `
	return `WITH want AS MATERIALIZED (` + ranked + `FROM item
			WHERE product_id IS NULL AND ` + l.item + ` AND ` + first + ` IN (SELECT ` + first + ` FROM product WHERE ` + l.product + `)),
		offer AS MATERIALIZED (` + ranked + `FROM product
			WHERE ` + l.product + ` AND ` + first + ` IN (SELECT k0 FROM want)
				AND id NOT IN (SELECT product_id FROM item WHERE product_id IS NOT NULL))
		UPDATE item SET product_id = offer.id FROM want JOIN offer ON want.place = offer.place` + same + ` WHERE item.id = want.id`
}
