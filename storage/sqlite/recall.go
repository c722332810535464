package sqlite

import "context"

// A person has let the doctor mend values of the catalogue, and the next file has them as they were: it
// means the mended ones. mended are those that still stand; the history keeps what they were before.
const mended = `WITH mended AS MATERIALIZED (
	SELECT product.id, code, code_k0, barcode, barcode_key, name_fold, change.value ->> 'column' AS changed, change.value ->> 'from' AS spoilt
	FROM history, json_each(history.detail, '$.changes') AS change JOIN product ON product.id = change.value ->> 'product'
	WHERE history.what = 'repair' AND change.value ->> 'to' = CASE change.value ->> 'column' WHEN 'code' THEN code ELSE barcode END) `

// recall gives the items the values that were mended: a code that no product has any more, and the barcode
// of the product that has the item's code or, without one, its name.
func (in *intake) recall(ctx context.Context) error {
	if _, err := in.tx.ExecContext(ctx, mended+`UPDATE OR IGNORE item SET code = now.code, code_k0 = now.code_k0
		FROM (SELECT spoilt, min(code) AS code, min(code_k0) AS code_k0 FROM mended WHERE changed = 'code'
			GROUP BY spoilt HAVING count(DISTINCT code) = 1) AS now
		WHERE item.code = now.spoilt
			AND NOT EXISTS (SELECT 1 FROM product WHERE product.code_k0 = item.code_k0 AND product.code_k0 <> '')`); err != nil {
		return err
	}
	_, err := in.tx.ExecContext(ctx, mended+`UPDATE OR IGNORE item SET barcode = mended.barcode, barcode_key = mended.barcode_key,
			mark = CASE mended.barcode_key WHEN '' THEN mended.barcode ELSE mended.barcode_key END
		FROM mended WHERE changed = 'barcode' AND item.barcode = mended.spoilt AND item.code_k0 = mended.code_k0
			AND (item.code_k0 <> '' OR item.name_fold = mended.name_fold)`)
	return err
}
