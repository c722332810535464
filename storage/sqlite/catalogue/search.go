package catalogue

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// searchGroups are the groups as the search text of a product begins with them: c is current, and further which state it has.
var searchGroups = map[domain.ProductGroup]string{
	domain.ProductsAll: "", domain.ProductsCurrent: "c", domain.ProductsPassive: "cp", domain.ProductsDrafts: "cd", domain.ProductsArchived: "x",
}

// phrases are what the search text of every product that q finds has.
func phrases(q domain.ProductQuery) []string {
	words := database.SearchPhrases(q.Search)
	if len(words) > 0 && q.Group == domain.ProductsAll {
		return words
	}
	return append(words, database.GroupPhrase(searchGroups[q.Group]))
}

// found is the query for the ids of what q finds, by the search index alone.
func found(q domain.ProductQuery) (query string, args []any) {
	query, args = `SELECT rowid FROM product_search WHERE product_search MATCH ?`, []any{database.Matching(phrases(q))}
	if q.ID != 0 {
		query, args = query+` AND rowid = ?`, append(args, q.ID)
	}
	return query, args
}

// Searched asks that the product of that id has every word of search, as in a domain.ProductQuery.
func Searched(id, search string) (clause string, args []any) {
	words := database.SearchPhrases(search)
	if len(words) == 0 {
		return "", nil
	}
	return ` AND ` + id + ` IN (SELECT rowid FROM product_search WHERE product_search MATCH ?)`, []any{database.Matching(words)}
}

// filter is the WHERE clause of q over the table itself.
func filter(q domain.ProductQuery) (where string, args []any) {
	if blank(q) {
		where = `WHERE ` + groupStates[q.Group]
		if q.ID != 0 {
			where, args = where+` AND product.id = ?`, append(args, q.ID)
		}
		return where, args
	}
	ids, args := found(q)
	return `WHERE product.id IN (` + ids + `)`, args
}

func blank(q domain.ProductQuery) bool { return strings.TrimSpace(q.Search) == "" }

// groupStates are the groups by the state of their products.
var groupStates = map[domain.ProductGroup]string{
	domain.ProductsAll: `true`, domain.ProductsCurrent: `product.state <> 'archived'`, domain.ProductsPassive: `product.state = 'passive'`,
	domain.ProductsDrafts: `product.state = 'draft'`, domain.ProductsArchived: `product.state = 'archived'`,
}

// count tells how many products q finds, up to q.Most where there are words to be found. Nothing found is not asked for twice.
func (s Store) count(ctx context.Context, tx *sql.Tx, q domain.ProductQuery) (int, error) {
	query, args := found(q)
	if q.ID != 0 || blank(q) {
		return database.SelectValue[int](ctx, tx, `SELECT count(*) FROM (`+query+`)`, args...)
	}
	index, err := database.SelectValue[[]byte](ctx, tx, `SELECT block FROM product_search_data WHERE id = 10`) // FTS5's structure record
	if err != nil || s.missed.covers(index, phrases(q)) {
		return 0, err
	}
	most := q.Most
	if most > 0 {
		most++
	}
	n, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM (`+query+` LIMIT ?)`, append(args, database.Limit(most))...)
	if err == nil && n == 0 {
		s.missed.keep(index, phrases(q))
	}
	return n, err
}

// page gives the ids of q's page, in q's order; total is what count said.
func page(ctx context.Context, tx *sql.Tx, q domain.ProductQuery, total int) ([]domain.ProductID, error) {
	all := q.Most == 0 || total <= q.Most || blank(q)
	if q.Limit <= 0 || all && q.Limit > total-q.Offset {
		q.Limit = total - q.Offset
	}
	switch {
	case q.Sort == domain.ProductsByAge:
		query, args := found(q)
		return stretch(ctx, tx, q, total, all, query, args, `rowid`)
	case q.Sort == domain.ProductsByName && q.ID == 0 && blank(q):
		return stretch(ctx, tx, q, total, all, `SELECT id FROM product WHERE `+groupStates[q.Group], nil, `name_sort`, `id`)
	case q.Sort == domain.ProductsByName && !all:
		if ids, err := walk(ctx, tx, q, total); err != nil || len(ids) == q.Limit {
			return ids, err
		}
	}
	o, err := order(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	return selectIDs(ctx, tx, o.with+`SELECT product.id`+o.from+` ORDER BY `+o.by+` LIMIT ? OFFSET ?`, append(o.args, q.Limit, q.Offset)...)
}

// stretch gives the ids of q's page out of a query over an index that is in this order already: from its end where
// that is nearer, and known, because every row in front of a page is stepped over.
func stretch(ctx context.Context, tx *sql.Tx, q domain.ProductQuery, total int, all bool, query string, args []any, order ...string) ([]domain.ProductID, error) {
	behind := total - q.Offset - q.Limit
	turned := all && behind < q.Offset
	if turned {
		q.Offset, q.Desc = behind, !q.Desc
	}
	ids, err := selectIDs(ctx, tx, query+` ORDER BY `+database.Ordered(q.Desc, order...)+` LIMIT ? OFFSET ?`, append(args, q.Limit, q.Offset)...)
	if turned {
		slices.Reverse(ids)
	}
	return ids, err
}

// walk looks for q's page among the first products by name, where at least total are found: twice as far as it would reach if they
// were spread evenly. Where that does not fill it, all of them have to be sorted.
func walk(ctx context.Context, tx *sql.Tx, q domain.ProductQuery, total int) ([]domain.ProductID, error) {
	products, err := database.SelectValue[int](ctx, tx, `SELECT coalesce(max(id), 0) FROM product`)
	if err != nil {
		return nil, err
	}
	names, within := database.Ordered(q.Desc, `name_sort`, `id`), `<=`
	if q.Desc {
		within = `>=`
	}
	last, _, err := database.SelectOne(ctx, tx, database.Itself[[]byte], `SELECT name_sort FROM product ORDER BY `+names+` LIMIT 1 OFFSET ?`,
		2*(q.Offset+q.Limit)*products/total)
	if err != nil {
		return nil, err
	}
	words, needles := database.SearchedIn(`search_fold`, database.SearchPhrases(q.Search))
	return selectIDs(ctx, tx, `SELECT id FROM product INDEXED BY product_name WHERE name_sort `+within+` ? AND `+groupStates[q.Group]+words+`
		ORDER BY `+names+` LIMIT ? OFFSET ?`, append(append([]any{last}, needles...), q.Limit, q.Offset)...)
}

func selectIDs(ctx context.Context, tx *sql.Tx, query string, args ...any) ([]domain.ProductID, error) {
	return database.SelectAll(ctx, tx, database.Itself[domain.ProductID], query, args...)
}
