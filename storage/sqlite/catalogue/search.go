package catalogue

import (
	"context"
	"database/sql"
	"errors"
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

// asked are the phrases that all have which q finds, and one that none of them has. Nearly all products are current: those that
// are not are left out, which are few to read.
func asked(q domain.ProductQuery) (phrases []string, without string) {
	words := database.SearchPhrases(q.Search)
	switch {
	case len(words) > 0 && q.Group == domain.ProductsAll:
		return words, ""
	case len(words) > 0 && q.Group == domain.ProductsCurrent:
		return words, database.GroupPhrase(searchGroups[domain.ProductsArchived])
	default:
		return append(words, database.GroupPhrase(searchGroups[q.Group])), ""
	}
}

// matching asks FTS5 for what q finds.
func matching(q domain.ProductQuery) string {
	phrases, without := asked(q)
	if without == "" {
		return database.Matching(phrases)
	}
	return database.Matching(phrases) + " NOT " + database.Matching([]string{without})
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
	x, err := openIndex(ctx, tx)
	if q.ID != 0 || errors.Is(err, errForm) {
		return plainPage(ctx, tx, q)
	}
	if err != nil {
		return nil, 0, err
	}
	if !blank(q) {
		ids, total, err = s.searched(ctx, tx, q, x)
		if errors.Is(err, errForm) {
			return plainPage(ctx, tx, q)
		}
		return ids, total, err
	}
	total, err = count(ctx, tx, q)
	if err != nil || total <= q.Offset {
		return nil, total, err
	}
	q.Limit = reach(q, total)
	switch q.Sort {
	case domain.ProductsByAge:
		query, args := found(q)
		ids, err = stretch(ctx, tx, q, total, query, args, `rowid`)
	case domain.ProductsByName:
		ids, err = stretch(ctx, tx, q, total, `SELECT id FROM product WHERE `+groupStates[q.Group], nil, `name_sort`, `id`)
	default:
		var hits set
		if hits, err = x.group(ctx, tx, q.Group); err == nil {
			ids, err = s.inOrder(ctx, tx, q, x, hits, hits.Count())
		}
	}
	return ids, total, err
}

// plainPage is page by FTS5 and SQL alone.
func plainPage(ctx context.Context, tx *sql.Tx, q domain.ProductQuery) (ids []domain.ProductID, total int, err error) {
	where, args := filter(q)
	most := 0
	if !blank(q) && q.Most > 0 {
		most = q.Most + 1
	}
	total, err = database.SelectValue[int](ctx, tx, `SELECT count(*) FROM (SELECT 1 FROM product `+where+` LIMIT ?)`, append(slices.Clone(args), database.Limit(most))...)
	if err != nil || total <= q.Offset {
		return nil, total, err
	}
	if q.Limit <= 0 {
		q.Limit = total - q.Offset
	}
	ids, err = sorted(ctx, tx, q, where, args)
	return ids, total, err
}

// reach is how many products q's page has at most where so many are found.
func reach(q domain.ProductQuery, total int) int {
	if q.Limit <= 0 || q.Limit > total-q.Offset {
		return total - q.Offset
	}
	return q.Limit
}

// group gives the products of a group, and more that are none.
func (x index) group(ctx context.Context, tx *sql.Tx, group domain.ProductGroup) (set, error) {
	if group != domain.ProductsAll && group != domain.ProductsCurrent {
		return x.find(ctx, tx, []string{database.GroupPhrase(searchGroups[group])}, "")
	}
	all := database.NewSet(0, x.last)
	all.Fill()
	if group == domain.ProductsCurrent {
		archived, err := x.group(ctx, tx, domain.ProductsArchived)
		if err != nil {
			return set{}, err
		}
		all.Remove(archived)
	}
	return all, nil
}

// searched is page of a search.
func (s Store) searched(ctx context.Context, tx *sql.Tx, q domain.ProductQuery, x index) (ids []domain.ProductID, total int, err error) {
	phrases, without := asked(q)
	hits, err := x.find(ctx, tx, phrases, without)
	if err != nil {
		return nil, 0, err
	}
	all := hits.Count()
	total = all
	if q.Most > 0 {
		total = min(all, q.Most+1)
	}
	switch {
	case total <= q.Offset:
		return nil, total, nil
	case q.Limit <= 0:
		q.Limit = total - q.Offset
	}
	q.Limit = reach(q, all)
	if q.Sort == domain.ProductsByAge {
		return hits.IDs(q.Desc, q.Offset, q.Limit), total, nil
	}
	ids, err = s.inOrder(ctx, tx, q, x, hits, all)
	return ids, total, err
}

// inOrder gives the ids of q's page out of so many hits.
func (s Store) inOrder(ctx context.Context, tx *sql.Tx, q domain.ProductQuery, x index, hits set, found int) ([]domain.ProductID, error) {
	o, known, err := s.rankings.known(ctx, tx, q.Sort, x)
	switch {
	case err != nil:
		return nil, err
	case known:
	case found <= s.rankings.few:
		where, args, err := those(hits.IDs(false, 0, 0))
		if err != nil {
			return nil, err
		}
		if err := o.fill(ctx, tx, where, args...); err != nil {
			return nil, err
		}
	default:
		if err := o.fill(ctx, tx, ""); err != nil {
			return nil, err
		}
		s.rankings.keep(o)
	}
	return o.page(hits, q.Desc, q.Offset, q.Limit), nil
}

// those is the WHERE clause of products by their ids.
func those(ids []domain.ProductID) (where string, args []any, err error) {
	list, err := database.JSONText(ids)
	return `WHERE product.id IN (SELECT value FROM json_each(?))`, []any{list}, err
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

func selectIDs(ctx context.Context, tx *sql.Tx, query string, args ...any) ([]domain.ProductID, error) {
	return database.SelectAll(ctx, tx, database.Itself[domain.ProductID], query, args...)
}
