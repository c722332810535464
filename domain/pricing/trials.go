package pricing

import (
	"cmp"
	"slices"
	"sync"

	"github.com/sopyo/sopyo-desktop/domain"
)

// TrialQuery asks for one page of the tried prices. The zero value is all of them in the order in which
// the products came.
type TrialQuery struct {
	Found  Finding // any of these; 0 = every price
	Column int     // counted from 1; 0 = every column
	Search string  // every word has to be in the name, code or barcode of the product
	Sort   TrialSort
	Desc   bool
	Limit  int // 0 = all
	Offset int
}

// TrialSort is what a list of tried prices is sorted by.
type TrialSort string

// The sort orders; what has no price before or after comes last in those of prices and changes.
const (
	TrialsByProduct TrialSort = ""
	TrialsByName    TrialSort = "name"
	TrialsByCode    TrialSort = "code"
	TrialsByColumn  TrialSort = "column"
	TrialsByOld     TrialSort = "old"
	TrialsByNew     TrialSort = "new"
	TrialsByChange  TrialSort = "change" // the size of the change in percent of the old price, up or down
)

// Ranked are the products that a search finds, each with its place in the order asked for.
type Ranked map[domain.ProductID]int

// NeedsRanks tells whether the query asks for something that a laboratory does not keep: names and codes.
func (q TrialQuery) NeedsRanks() bool {
	return q.Search != "" || q.Sort == TrialsByName || q.Sort == TrialsByCode
}

// trialList finds the tried prices. It keeps the last list: its pages are asked for one after the other.
type trialList struct {
	trials []Trial

	mu     sync.Mutex
	of     TrialQuery // what found is
	filled bool
	found  []int32
}

// Find gives one page of q and how many prices it finds in all. ranks is asked when q.NeedsRanks and the
// list is not the one of the call before.
func (l *trialList) Find(q TrialQuery, ranks func() (Ranked, error)) ([]Trial, int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	of := q
	of.Limit, of.Offset = 0, 0
	if !l.filled || l.of != of {
		var by Ranked
		if q.NeedsRanks() {
			var err error
			if by, err = ranks(); err != nil {
				return nil, 0, err
			}
		}
		l.found, l.of, l.filled = l.list(of, by), of, true
	}
	list := l.found
	total := len(list)
	list = list[min(q.Offset, total):]
	if q.Limit > 0 {
		list = list[:min(q.Limit, len(list))]
	}
	page := make([]Trial, len(list))
	for i, at := range list {
		page[i] = l.trials[at]
	}
	return page, total, nil
}

// list gives the places of the trials that q finds, in its order.
func (l *trialList) list(q TrialQuery, ranks Ranked) []int32 {
	var list []int32
	for i := range l.trials {
		t := &l.trials[i]
		if q.Found != 0 && t.Found&q.Found == 0 || q.Column != 0 && int(t.Column) != q.Column-1 {
			continue
		}
		if ranks != nil {
			if _, ok := ranks[t.Product]; !ok {
				continue
			}
		}
		list = append(list, int32(i))
	}
	key := l.sortKey(q.Sort, ranks)
	if key == nil {
		if q.Desc {
			slices.Reverse(list)
		}
		return list
	}
	// Keys are made once: a list can have millions.
	keys := make([]int64, len(l.trials))
	for _, at := range list {
		keys[at] = key(&l.trials[at])
	}
	slices.SortFunc(list, func(a, b int32) int {
		x, y := keys[a], keys[b]
		switch {
		case x == y:
			return cmp.Compare(a, b)
		case x == NoKurus:
			return 1
		case y == NoKurus:
			return -1
		case q.Desc:
			return cmp.Compare(y, x)
		default:
			return cmp.Compare(x, y)
		}
	})
	return list
}

// sortKey gives what trials are sorted by, nil for the order in which they came.
func (l *trialList) sortKey(s TrialSort, ranks Ranked) func(*Trial) int64 {
	switch s {
	case TrialsByName, TrialsByCode:
		return func(t *Trial) int64 { return int64(ranks[t.Product]) }
	case TrialsByColumn:
		return func(t *Trial) int64 { return int64(t.Column) }
	case TrialsByOld:
		return func(t *Trial) int64 { return t.Old }
	case TrialsByNew:
		return func(t *Trial) int64 { return t.New }
	case TrialsByChange:
		return (*Trial).changeSize
	default:
		return nil
	}
}
