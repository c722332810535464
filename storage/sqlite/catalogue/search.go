package catalogue

import (
	"context"
	"database/sql"
	"iter"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// searchGroups are the groups as the search text of a product begins with them: c is current, and further which state it has.
var searchGroups = map[domain.ProductGroup]string{
	domain.ProductsAll: "", domain.ProductsCurrent: "c", domain.ProductsPassive: "cp", domain.ProductsDrafts: "cd", domain.ProductsArchived: "x",
}

// found is the query for the ids of what q finds, by the search index alone.
func found(q domain.ProductQuery) (query string, args []any) {
	query, args = `SELECT rowid FROM product_search WHERE product_search MATCH ?`, []any{matching(q)}
	if q.ID != 0 {
		query, args = query+` AND rowid = ?`, append(args, q.ID)
	}
	return query, args
}

// matching asks the index for what q finds. Nearly all products are current: those that are not are left out, which are few to read.
func matching(q domain.ProductQuery) string {
	words := database.SearchPhrases(q.Search)
	switch {
	case len(words) > 0 && q.Group == domain.ProductsAll:
		return database.Matching(words)
	case len(words) > 0 && q.Group == domain.ProductsCurrent:
		return database.Matching(words) + " NOT " + database.Matching([]string{database.GroupPhrase(searchGroups[domain.ProductsArchived])})
	default:
		return database.Matching(append(words, database.GroupPhrase(searchGroups[q.Group])))
	}
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

// count tells how many products there are in q's group.
func count(ctx context.Context, tx *sql.Tx, q domain.ProductQuery) (int, error) {
	query, args := found(q)
	query = `SELECT count(*) FROM (` + query + `)`
	switch {
	case q.ID == 0 && q.Group == domain.ProductsAll:
		query, args = `SELECT count(*) FROM product_search_docsize`, nil
	case q.ID == 0 && q.Group == domain.ProductsCurrent:
		query, args = found(domain.ProductQuery{Group: domain.ProductsArchived})
		query = `SELECT (SELECT count(*) FROM product_search_docsize) - (SELECT count(*) FROM (` + query + `))`
	}
	return database.SelectValue[int](ctx, tx, query, args...)
}

// page gives the ids of q's page, in q's order, and how many products q finds; of a search up to q.Most, and one more.
func (s Store) page(ctx context.Context, tx *sql.Tx, q domain.ProductQuery) (ids []domain.ProductID, total int, err error) {
	if !blank(q) {
		return s.searched(ctx, tx, q)
	}
	total, err = count(ctx, tx, q)
	if err != nil || total <= q.Offset {
		return nil, total, err
	}
	if q.Limit <= 0 || q.Limit > total-q.Offset {
		q.Limit = total - q.Offset
	}
	switch {
	case q.Sort == domain.ProductsByAge:
		query, args := found(q)
		ids, err = stretch(ctx, tx, q, total, query, args, `rowid`)
	case q.Sort == domain.ProductsByName && q.ID == 0:
		ids, err = stretch(ctx, tx, q, total, `SELECT id FROM product WHERE `+groupStates[q.Group], nil, `name_sort`, `id`)
	default:
		where, args := filter(q)
		ids, err = sorted(ctx, tx, q, where, args)
	}
	return ids, total, err
}

// searched is page of a search.
func (s Store) searched(ctx context.Context, tx *sql.Tx, q domain.ProductQuery) (ids []domain.ProductID, total int, err error) {
	hits, err := s.hits(ctx, tx, q)
	total = len(hits)
	if err != nil || total <= q.Offset {
		return nil, total, err
	}
	all := allOf(q, total)
	if q.Limit <= 0 || all && q.Limit > total-q.Offset {
		q.Limit = total - q.Offset
	}
	end := q.Offset + q.Limit
	switch {
	case q.Sort == domain.ProductsByAge && !q.Desc && end <= total:
		return hits[q.Offset:end], total, nil
	case q.Sort == domain.ProductsByAge && all:
		ids = slices.Clone(hits[total-end : total-q.Offset])
		slices.Reverse(ids)
		return ids, total, nil
	case q.Sort == domain.ProductsByName && !all:
		ids, err = byName(ctx, tx, q)
		return ids, total, err
	}
	where, args := filter(q)
	if all {
		where, args, err = those(hits)
	}
	if err == nil {
		ids, err = sorted(ctx, tx, q, where, args)
	}
	return ids, total, err
}

// allOf tells that a search which finds so many, as it counts them, has found all.
func allOf(q domain.ProductQuery, total int) bool { return q.Most <= 0 || total <= q.Most }

// those is the WHERE clause of products by their ids.
func those(ids []domain.ProductID) (where string, args []any, err error) {
	list, err := database.JSONText(ids)
	return `WHERE product.id IN (SELECT value FROM json_each(?))`, []any{list}, err
}

// hits are the ids of what a search finds, in their order, up to q.Most and one more. What somebody typed before is made use of.
func (s Store) hits(ctx context.Context, tx *sql.Tx, q domain.ProductQuery) (hits []domain.ProductID, err error) {
	index, err := database.SelectValue[[]byte](ctx, tx, `SELECT block FROM product_search_data WHERE id = 10`) // FTS5's structure record
	if err != nil {
		return nil, err
	}
	words, most := database.SearchPhrases(q.Search), q.Most
	if most > 0 {
		most++
	}
	if among, ok := s.recent.among(index, q.Group, words); ok && q.ID == 0 {
		hits, err = narrowed(ctx, tx, q.Group, words, among)
		if most > 0 {
			hits = hits[:min(most, len(hits))]
		}
	} else {
		query, args := found(q)
		hits, err = selectIDs(ctx, tx, query+` ORDER BY rowid LIMIT ?`, append(args, database.Limit(most))...)
	}
	if err != nil || q.ID != 0 || !allOf(q, len(hits)) {
		return hits, err
	}
	last, err := database.SelectValue[domain.ProductID](ctx, tx, `SELECT coalesce(max(id), 0) FROM product_search_docsize`)
	if few := max(100, int(last/50)); len(hits) <= few { // reading a product costs as much as passing fifty in the index
		s.recent.keep(index, q.Group, words, hits)
	}
	return hits, err
}

// narrowed gives those of the products that are in the group and have the phrases.
func narrowed(ctx context.Context, tx *sql.Tx, group domain.ProductGroup, phrases []string, among []domain.ProductID) (hits []domain.ProductID, err error) {
	if len(among) == 0 {
		return nil, nil
	}
	where, args, err := those(among)
	if err != nil {
		return nil, err
	}
	for t, err := range texts(ctx, tx, `product `+where+` AND `+groupStates[group]+` ORDER BY id`, args...) {
		if err != nil {
			return nil, err
		}
		if database.Holds(t.folded, phrases) {
			hits = append(hits, t.id)
		}
	}
	return hits, nil
}

// searchedText is what a product is searched in.
type searchedText struct {
	id     domain.ProductID
	folded string
}

// texts yields the texts of products; tail is the query behind FROM.
func texts(ctx context.Context, tx *sql.Tx, tail string, args ...any) iter.Seq2[searchedText, error] {
	return database.SelectSeq(ctx, tx, func(t *searchedText) []any { return []any{&t.id, &t.folded} }, `SELECT id, search_fold FROM `+tail, args...)
}

// sorted gives the ids of q's page out of all products of a WHERE clause.
func sorted(ctx context.Context, tx *sql.Tx, q domain.ProductQuery, where string, args []any) ([]domain.ProductID, error) {
	o, err := order(ctx, tx, q, where, args)
	if err != nil {
		return nil, err
	}
	return selectIDs(ctx, tx, o.with+`SELECT product.id`+o.from+` ORDER BY `+o.by+` LIMIT ? OFFSET ?`, append(o.args, q.Limit, q.Offset)...)
}

// stretch gives the ids of q's page out of a query over an index that is in this order already: from its end where
// that is nearer, because every row in front of a page is stepped over.
func stretch(ctx context.Context, tx *sql.Tx, q domain.ProductQuery, total int, query string, args []any, order ...string) ([]domain.ProductID, error) {
	behind := total - q.Offset - q.Limit
	turned := behind < q.Offset
	if turned {
		q.Offset, q.Desc = behind, !q.Desc
	}
	ids, err := selectIDs(ctx, tx, query+` ORDER BY `+database.Ordered(q.Desc, order...)+` LIMIT ? OFFSET ?`, append(args, q.Limit, q.Offset)...)
	if turned {
		slices.Reverse(ids)
	}
	return ids, err
}

// walked is how many names are read in the hope that a page of a search is among them.
const walked = 1_000

// byName gives the ids of q's page where a search finds many: from the first products by name on, else by passing all names.
// Sorting what is found would read each of those products.
func byName(ctx context.Context, tx *sql.Tx, q domain.ProductQuery) (ids []domain.ProductID, err error) {
	names := database.Ordered(q.Desc, `name_sort`, `id`)
	phrases, before := database.SearchPhrases(q.Search), q.Offset
	for t, err := range texts(ctx, tx, `product INDEXED BY product_name WHERE `+groupStates[q.Group]+` ORDER BY `+names+` LIMIT ?`, walked) {
		if err != nil {
			return nil, err
		}
		if !database.Holds(t.folded, phrases) {
			continue
		}
		if before--; before >= 0 {
			continue
		}
		if ids = append(ids, t.id); len(ids) == q.Limit {
			return ids, nil
		}
	}
	query, args := found(q)
	return selectIDs(ctx, tx, `SELECT id FROM product INDEXED BY product_name WHERE id IN (`+query+`) ORDER BY `+names+` LIMIT ? OFFSET ?`,
		append(args, q.Limit, q.Offset)...)
}

func selectIDs(ctx context.Context, tx *sql.Tx, query string, args ...any) ([]domain.ProductID, error) {
	return database.SelectAll(ctx, tx, database.Itself[domain.ProductID], query, args...)
}
