package catalogue

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"slices"
	"sync"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// rankings are the orders of the catalogue that were asked for last: a page of whatever a search finds is a walk over one of
// them. Sorting what it finds would read each of those products.
type rankings struct {
	few  int // products are sooner sorted by themselves than all of them
	mu   sync.Mutex
	last []*ranking // the newest behind
}

// fewHits is how many: reading the keys of one costs as much as those of a hundred in a row.
const fewHits = 1_000

// keptRankings is how many are kept: eight bytes a product each.
const keptRankings = 3

func newRankings() *rankings { return &rankings{few: fewHits} }

// ranking is the whole catalogue by one column.
type ranking struct {
	sort      domain.ProductSort
	structure []byte // of the search index, which is another when a product comes, goes or changes its state
	version   int64  // of what it is sorted by
	ids       []domain.ProductID
	present   int // of them have a value; those without come last, whatever the direction
}

// page gives those of hits that are on a page; limit is 1 or more.
func (o *ranking) page(hits set, desc bool, offset, limit int) []domain.ProductID {
	page := make([]domain.ProductID, 0, min(limit, len(o.ids)))
	for _, part := range [][]domain.ProductID{o.ids[:o.present], o.ids[o.present:]} {
		for i := range part {
			if desc {
				i = len(part) - 1 - i
			}
			if !hits.Has(part[i]) {
				continue
			}
			if offset--; offset >= 0 {
				continue
			}
			if page = append(page, part[i]); len(page) == limit {
				return page
			}
		}
	}
	return page
}

// known gives the order by a column if it is still as in the snapshot of tx, else one that has nothing but its version.
func (all *rankings) known(ctx context.Context, tx *sql.Tx, sort domain.ProductSort, x index) (o *ranking, ok bool, err error) {
	version, err := database.SelectValue[int64](ctx, tx, `SELECT coalesce(max(version), 0) FROM product_order WHERE sort = ?`, sort)
	if err != nil {
		return nil, false, err
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	i := slices.IndexFunc(all.last, func(o *ranking) bool {
		return o.sort == sort && o.version == version && bytes.Equal(o.structure, x.structure)
	})
	if i < 0 {
		return &ranking{sort: sort, version: version, structure: x.structure}, false, nil
	}
	o = all.last[i]
	all.last = append(slices.Delete(all.last, i, i+1), o)
	return o, true, nil
}

// keep keeps an order, in the place of an older one.
func (all *rankings) keep(o *ranking) {
	all.mu.Lock()
	defer all.mu.Unlock()
	all.last = append(slices.DeleteFunc(all.last, func(old *ranking) bool { return old.sort == o.sort }), o)
	if len(all.last) > keptRankings {
		all.last = slices.Delete(all.last, 0, 1)
	}
}

// fill sorts the products of a WHERE clause, "" for all, as productOrder says.
func (o *ranking) fill(ctx context.Context, tx *sql.Tx, where string, args ...any) (err error) {
	if o.sort == domain.ProductsByName && where == "" { // there is an index in this order
		o.ids, err = selectIDs(ctx, tx, `SELECT id FROM product INDEXED BY product_name ORDER BY name_sort, id`)
		o.present = len(o.ids)
		return err
	}
	keys, err := readKeys(ctx, tx, o.sort, where, args)
	if err != nil {
		return err
	}
	sortByKey(keys.numbers)
	sortByKey(keys.texts)
	o.present = len(keys.numbers) + len(keys.texts)
	o.ids = make([]domain.ProductID, 0, o.present+len(keys.absent))
	for _, k := range keys.numbers {
		o.ids = append(o.ids, k.id)
	}
	for _, k := range keys.texts {
		o.ids = append(o.ids, k.id)
	}
	o.ids = append(o.ids, keys.absent...)
	return nil
}

// keyed is a product with what it is sorted by.
type keyed[K cmp.Ordered] struct {
	key K
	id  domain.ProductID
}

func sortByKey[K cmp.Ordered](all []keyed[K]) {
	slices.SortFunc(all, func(a, b keyed[K]) int {
		switch {
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		default:
			return cmp.Compare(a.id, b.id)
		}
	})
}

// keysOf are products with what they are sorted by: numbers, or texts in their bytes. Those that have none are in the order
// of their ids.
type keysOf struct {
	numbers []keyed[float64]
	texts   []keyed[string]
	absent  []domain.ProductID
}

func readKeys(ctx context.Context, tx *sql.Tx, sort domain.ProductSort, where string, args []any) (all keysOf, err error) {
	type row struct {
		id  domain.ProductID
		key any
	}
	brands := map[string]string{} // by their names: few
	for r, err := range database.SelectSeq(ctx, tx, func(r *row) []any { return []any{&r.id, &r.key} },
		`SELECT product.id, `+rankedBy[sort]+` FROM product LEFT JOIN binding ON binding.product_id = product.id `+where+` ORDER BY product.id`, args...) {
		if err != nil {
			return keysOf{}, err
		}
		switch key := r.key.(type) {
		case nil:
			all.absent = append(all.absent, r.id)
		case float64:
			all.numbers = append(all.numbers, keyed[float64]{key, r.id})
		case int64:
			all.numbers = append(all.numbers, keyed[float64]{float64(key), r.id})
		case []byte:
			all.texts = append(all.texts, keyed[string]{string(key), r.id})
		case string:
			if sort == domain.ProductsByBrand {
				brand, known := brands[key]
				if !known {
					brand = string(domain.SortKey(key))
					brands[key] = brand
				}
				key = brand
			}
			all.texts = append(all.texts, keyed[string]{key, r.id})
		}
	}
	return all, nil
}

// rankedBy are the keys of productOrder, NULL for what is absent.
var rankedBy = map[domain.ProductSort]string{
	domain.ProductsByName:    `name_sort`,
	domain.ProductsByCode:    `iif(code = '', NULL, code_sort)`,
	domain.ProductsByBarcode: `nullif(barcode, '')`,
	domain.ProductsByBrand:   `nullif(brand, '')`,
	domain.ProductsByPrice:   `CAST(price AS REAL)`,
	domain.ProductsByStock:   `CAST(stock AS REAL)`,
	domain.ProductsByState:   `state`,
	domain.ProductsByBinding: `binding.product_id IS NULL`,
}
