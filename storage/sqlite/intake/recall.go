package intake

import (
	"context"
	"database/sql"
)

// A person has let the doctor mend values of the catalogue, and the next file has them as they were: it
// means the mended ones. mended are those that still stand.
const mended = `WITH mended AS MATERIALIZED (
	SELECT code, code_k0, barcode, barcode_key, name_fold, field, before
	FROM repair_change JOIN repair ON repair.id = repair_id AND undone_at IS NULL JOIN product ON product.id = product_id
	WHERE after = CASE field WHEN 'code' THEN code ELSE barcode END) `

// recall gives the items the values that were mended: a code that no product has any more, and the barcode
// of the product that has the item's code or, without one, its name.
func recall(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, mended+`UPDATE OR IGNORE item SET code = now.code, code_k0 = now.code_k0
		FROM (SELECT before, min(code) AS code, min(code_k0) AS code_k0 FROM mended WHERE field = 'code'
			GROUP BY before HAVING count(DISTINCT code) = 1) AS now
		WHERE item.code = now.before
			AND NOT EXISTS (SELECT 1 FROM product WHERE product.code_k0 = item.code_k0 AND product.code_k0 <> '')`); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, mended+`UPDATE OR IGNORE item SET barcode = mended.barcode, barcode_key = mended.barcode_key,
			mark = CASE mended.barcode_key WHEN '' THEN mended.barcode ELSE mended.barcode_key END
		FROM mended WHERE field = 'barcode' AND item.barcode = mended.before AND item.code_k0 = mended.code_k0
			AND (item.code_k0 <> '' OR item.name_fold = mended.name_fold)`)
	return err
}
