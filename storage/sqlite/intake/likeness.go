package intake

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// likeness is one way in which an item of a file and a product of the catalogue are the same.
type likeness struct {
	item, product string   // which of them can be alike so
	key           []string // what is the same in both; the first of it has an index in the catalogue, where there is one
	plain         bool     // the item goes by its name without the options
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
		// What is told from its sisters by the name alone is found by no less than that.
		optioned = `plain_fold IS NOT NULL AND `
		single   = `plain_fold IS NULL AND `
	)
	return []likeness{
		{coded, coded, []string{`code_k0`, markOf, `name_fold`}, false},
		{bare, barcoded, []string{`barcode_key`, `name_fold`}, false},
		{named, named, []string{`name_fold`, markOf}, false},
		// One that had no sisters the first time is no other now that it has.
		{optioned + coded, coded, []string{`code_k0`, markOf, `name_fold`}, true},
		{optioned + bare, barcoded, []string{`barcode_key`, `name_fold`}, true},
		{optioned + named, named, []string{`name_fold`, markOf}, true},
		{single + coded, coded, []string{`code_k0`, markOf}, false},
		{single + coded, coded, []string{`code_k0`}, false},
		// A product that came without a code the first time is no other now that it has one.
		{coded + ` AND ` + barcoded, bare, []string{`barcode_key`, `name_fold`}, false},
		{single + coded + ` AND ` + barcoded, bare, []string{`barcode_key`}, false},
		{single + bare, barcoded, []string{`barcode_key`}, false},
		{single + named + ` AND name_fold <> ''`, named, []string{`name_fold`}, false},
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
	same := ""
	for i := range l.key {
		same += fmt.Sprintf(` AND want.k%d = offer.k%[1]d`, i)
	}
	own := slices.Clone(l.key)
	for i, k := range own {
		if l.plain && k == `name_fold` {
			own[i] = `plain_fold`
		}
	}
	return `WITH want AS MATERIALIZED (` + ranked(own) + `FROM item
			WHERE product_id IS NULL AND ` + l.item + ` AND ` + own[0] + ` IN (SELECT ` + l.key[0] + ` FROM product WHERE ` + l.product + `)),
		offer AS MATERIALIZED (` + ranked(l.key) + `FROM product
			WHERE ` + l.product + ` AND ` + l.key[0] + ` IN (SELECT k0 FROM want)
				AND id NOT IN (SELECT product_id FROM item WHERE product_id IS NOT NULL))
		UPDATE item SET product_id = offer.id FROM want JOIN offer ON want.place = offer.place` + same + ` WHERE item.id = want.id`
}

// ranked selects rows with their key and their place among those of the same.
func ranked(key []string) string {
	columns := ""
	for i, k := range key {
		columns += fmt.Sprintf(`%s AS k%d, `, k, i)
	}
	return `SELECT id, ` + columns + `row_number() OVER (PARTITION BY ` + strings.Join(key, `, `) + ` ORDER BY id) AS place `
}
