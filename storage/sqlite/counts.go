package sqlite

import (
	"context"
	"database/sql"
	"regexp"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/support"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Counts tells the version of the data file at path, sopyo.db or a company's, and how many rows its tables have, while
// whoever has it open goes on. Errors as of database.Look.
func Counts(ctx context.Context, path string) (version int, counts []support.Count, err error) {
	err = database.Look(ctx, path, database.Driver, "count the rows of a data file", func(tx *sql.Tx) error {
		if version, err = database.SelectValue[int](ctx, tx, `SELECT coalesce(max(version), 0) FROM migration`); err != nil {
			return err
		}
		tables, err := database.SelectAll(ctx, tx, database.Itself[string], `SELECT name FROM sqlite_schema
			WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
		if err != nil {
			return err
		}
		for _, table := range tables {
			more, err := countsOf(ctx, tx, table)
			if err != nil {
				return err
			}
			counts = append(counts, more...)
		}
		return nil
	})
	return version, counts, err
}

// stateWord is how a program's own word looks: what else may stand in a column is nobody's business.
var stateWord = regexp.MustCompile(`^[a-z][a-z_-]{0,30}$`)

// countsOf counts the rows of a table, and those in each state where it has states.
func countsOf(ctx context.Context, tx *sql.Tx, table string) ([]support.Count, error) {
	quoted := `"` + strings.ReplaceAll(table, `"`, `""`) + `"`
	rows, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM `+quoted)
	if err != nil {
		return nil, err
	}
	counts := []support.Count{{What: table, Rows: rows}}
	states, err := database.SelectValue[bool](ctx, tx, `SELECT EXISTS (SELECT 1 FROM pragma_table_info(?) WHERE name = 'state')`, table)
	if err != nil || !states {
		return counts, err
	}
	in, err := database.SelectAll(ctx, tx, func(c *support.Count) []any { return []any{&c.What, &c.Rows} },
		`SELECT coalesce(state, ''), count(*) FROM `+quoted+` GROUP BY 1 ORDER BY 1`)
	for _, c := range in {
		if stateWord.MatchString(c.What) {
			counts = append(counts, support.Count{What: table + " " + c.What, Rows: c.Rows})
		}
	}
	return counts, err
}
