package sqlitetest

import (
	"context"
	"database/sql"
	"testing"
)

// wantSearchRight compares the index of words with one that is made anew, term by term. Nothing is left of it.
func wantSearchRight(t *testing.T, c *Company) {
	t.Helper()
	ctx := context.Background() // that of a test which ends is over
	if err := c.DB.Update(ctx, "settle", func(*sql.Tx) error { return nil }); err != nil {
		return // closed, or made to fail
	}
	tx, err := c.DB.Writer.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	const differing = `SELECT count(*) FROM (
		SELECT * FROM (SELECT term, doc, offset FROM temp.kept_term EXCEPT SELECT term, doc, offset FROM temp.made_term)
		UNION ALL SELECT * FROM (SELECT term, doc, offset FROM temp.made_term EXCEPT SELECT term, doc, offset FROM temp.kept_term))`
	if _, err := tx.ExecContext(ctx, `
		CREATE VIRTUAL TABLE temp.made USING fts5 (text, content = '', tokenize = 'trigram case_sensitive 1 remove_diacritics 0');
		INSERT INTO temp.made (rowid, text) SELECT id, text FROM product_search_text;
		CREATE VIRTUAL TABLE temp.made_term USING fts5vocab ('temp', 'made', 'instance');
		CREATE VIRTUAL TABLE temp.kept_term USING fts5vocab ('main', 'product_search', 'instance')`); err != nil {
		t.Fatal(err)
	}
	var wrong int
	if err := tx.QueryRowContext(ctx, differing).Scan(&wrong); err != nil || wrong > 0 {
		t.Errorf("the index of words is wrong in %d places, %v", wrong, err)
	}
}
