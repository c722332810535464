package transfer

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain/decisions"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// DecisionStanding tells what has become of the rows of a run that did not match, and what waits. A run that is not there
// has nothing.
func (s Store) DecisionStanding(ctx context.Context, run int64) (decisions.Standing, error) {
	return database.View(ctx, s.db, "count decisions", func(tx *sql.Tx) (decisions.Standing, error) {
		type kind struct {
			transfer.Row
			n int
		}
		var st decisions.Standing
		kinds, err := database.SelectAll(ctx, tx, func(k *kind) []any {
			return []any{&k.Outcome, &k.Decided, &k.ProductID, &k.Reason, &k.Flag, &k.n}
		}, `SELECT outcome, decided, product_id <> 0, reason, flag, count(*) FROM transfer_row
			WHERE transfer_id = ? AND outcome IN ('matched', 'unmatched') GROUP BY 1, 2, 3, 4, 5`, run)
		for _, k := range kinds {
			st.Count(k.Row, k.n)
		}
		return st, err
	})
}

// groupFilter narrows rows that wait down to one of decisions.Parts, as decisions.PartOf does.
func groupFilter(p transfer.Part) string {
	const (
		flagged = ` r.flag IN ('vetoed', 'restricted', 'separated', 'repeated') `
		byFlag  = ` AND r.reason <> 'conflict' AND r.flag = `
		plain   = ` AND NOT` + flagged + `AND r.reason `
	)
	switch p {
	case decisions.PartNew:
		return plain + `IN ('no-candidate', 'invalid-barcode', 'no-code-no-barcode')`
	case decisions.PartOtherBarcode:
		return byFlag + `'vetoed'`
	case decisions.PartInStore:
		return byFlag + `'restricted'`
	case decisions.PartSeparated:
		return byFlag + `'separated'`
	case decisions.PartRepeated:
		return ` AND r.reason <> 'conflict' AND (r.flag = 'repeated' OR NOT` + flagged + `AND r.reason = 'repeated-remote')`
	case decisions.PartSeveral:
		return plain + `= 'ambiguous'`
	case decisions.PartDoubled:
		return plain + `= 'repeated-local'`
	case decisions.PartElsewhere:
		return plain + `= 'bound-elsewhere'`
	case decisions.PartOther:
		return plain + `NOT IN ('conflict', 'no-candidate', 'invalid-barcode', 'no-code-no-barcode', 'repeated-remote', 'ambiguous', 'repeated-local', 'bound-elsewhere')`
	default:
		return ``
	}
}
