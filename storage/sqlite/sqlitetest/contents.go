package sqlitetest

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Count asks the file itself.
func Count(t *testing.T, c *Company, query string, args ...any) int {
	t.Helper()
	var n int
	if err := c.DB.Reader.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// RowsBy gives the rows of a query by column.
func RowsBy(t testing.TB, db *sql.DB, query string, args ...any) (all []map[string]any) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values := make([]any, len(columns))
		targets := make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		row := map[string]any{}
		for i, c := range columns {
			if blob, ok := values[i].([]byte); ok && blob == nil {
				values[i] = []byte{} // an empty one; null is a nil of no type
			}
			row[c] = values[i]
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// Tables reads every table of a file: its rows by column, in the order of their keys. The index of words is
// none: wantSearchRight looks at that.
func Tables(t testing.TB, db *sql.DB) map[string][]map[string]any {
	t.Helper()
	names := RowsBy(t, db, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'product_search%'`)
	all := map[string][]map[string]any{}
	for _, n := range names {
		name := n["name"].(string)
		all[name] = RowsBy(t, db, `SELECT * FROM `+name+` ORDER BY 1, 2`)
	}
	return all
}

// Contents is everything that is in a file, table by table.
func Contents(t *testing.T, d *database.File) (lines []string) {
	t.Helper()
	for table, rows := range Tables(t, d.Reader) {
		for _, row := range rows {
			lines = append(lines, fmt.Sprint(table, row))
		}
	}
	slices.Sort(lines)
	return lines
}

// ContentsOf is everything in a file that nobody has open.
func ContentsOf(t *testing.T, path string) map[string][]map[string]any {
	t.Helper()
	raw, err := sql.Open("sqlite", database.DSN(path, nil))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = raw.Close() }()
	return Tables(t, raw)
}

// Dump is everything that a file says.
func Dump(t *testing.T, d *database.File) string {
	t.Helper()
	return strings.Join(Contents(t, d), "\n")
}

// Apart gives the lines in which two dumps differ.
func Apart(before, after string) string {
	count := map[string]int{}
	for line := range strings.SplitSeq(before, "\n") {
		count[line]--
	}
	for line := range strings.SplitSeq(after, "\n") {
		count[line]++
	}
	var all strings.Builder
	for line, n := range count {
		if n != 0 {
			fmt.Fprintf(&all, "%+d %s\n", n, line)
		}
	}
	return all.String()
}

// MustDelete empties a table.
func MustDelete(t *testing.T, c *Company, table string) {
	t.Helper()
	if _, err := c.DB.Writer.ExecContext(t.Context(), `DELETE FROM `+table); err != nil { //nolint:gosec // a table that the test names
		t.Fatal(err)
	}
}

// Timed is a time as files keep it.
func Timed(at time.Time) string { return at.Format("2006-01-02T15:04:05.000Z") }

// DecText is a number as the history and files keep it.
func DecText(d decimal.NullDecimal) any {
	if !d.Valid {
		return nil
	}
	return d.Decimal.String()
}

// KeyOf is the key that a barcode pairs by.
func KeyOf(b domain.Barcode) string {
	if key, class := b.Key(); class.Pairs() {
		return key
	}
	return ""
}

// Lasting is everything in a file that an undo has to bring back, line by line: not when something was
// written, not what the history and the undo itself keep, and not how often an order of the catalogue was another.
func Lasting(t testing.TB, c *Company, besides ...string) string {
	t.Helper()
	left := append([]string{
		"history", "before_image", "decision", "import", "import_change", "sqlite_sequence", "product.updated_at", "product.revision_last", "binding.created_at",
		"separation.created_at", "ignored.created_at", "product_order.version",
	}, besides...)
	var lines []string
	for table, rows := range Tables(t, c.DB.Reader) {
		if slices.Contains(left, table) {
			continue
		}
		for _, row := range rows {
			for column := range row {
				if slices.Contains(left, table+"."+column) {
					delete(row, column)
				}
			}
			lines = append(lines, fmt.Sprint(table, row))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
