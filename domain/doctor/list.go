package doctor

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Query asks for a part of the findings. The zero value is all of them, as they were found.
type Query struct {
	Kind     Kind   // "" = every kind
	Search   string // every word has to be in the folded name, code, value or proposal
	Mendable bool   // only those with a proposal
	Sort     Sort
	Desc     bool
}

// Sort is what findings are sorted by; those that are alike stay as they were found.
type Sort string

// The sorts.
const (
	ByKind     Sort = "" // and within a kind as the catalogue has them
	ByCode     Sort = "code"
	ByName     Sort = "name"
	ByValue    Sort = "value"
	ByProposed Sort = "proposed"
)

// Counts tells how many findings there are of each kind.
func (r Report) Counts() map[Kind]int {
	counts := map[Kind]int{}
	for _, f := range r.Findings {
		counts[f.Kind]++
	}
	return counts
}

// List gives the findings that q asks for.
func (r Report) List(q Query) []Finding {
	words := strings.Fields(domain.Fold(q.Search))
	found := make([]Finding, 0, len(r.Findings))
	for _, f := range r.Findings {
		if (q.Kind == "" || f.Kind == q.Kind) && (!q.Mendable || f.Proposed != "") && f.has(words) {
			found = append(found, f)
		}
	}
	if q.Sort != ByKind {
		sortBy(found, q.Sort, q.Desc)
	} else if q.Desc {
		slices.Reverse(found)
	}
	return found
}

func (f Finding) has(words []string) bool {
	if len(words) == 0 {
		return true
	}
	text := domain.Fold(f.Name + "\n" + string(f.Code) + "\n" + f.Value + "\n" + f.Proposed)
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// sortBy sorts by the Turkish collation keys of what is shown; what is empty comes last either way.
func sortBy(findings []Finding, by Sort, desc bool) {
	type keyed struct {
		key []byte
		f   Finding
	}
	all := make([]keyed, len(findings))
	for i, f := range findings {
		all[i].f = f
		if text := f.shown(by); text != "" {
			all[i].key = domain.SortKey(text)
		}
	}
	slices.SortStableFunc(all, func(a, b keyed) int {
		if (a.key == nil) != (b.key == nil) {
			return cmp.Compare(len(b.key), len(a.key))
		}
		if desc {
			a, b = b, a
		}
		return bytes.Compare(a.key, b.key)
	})
	for i := range all {
		findings[i] = all[i].f
	}
}

func (f Finding) shown(by Sort) string {
	switch by {
	case ByCode:
		return string(f.Code)
	case ByName:
		return f.Name
	case ByProposed:
		return f.Proposed
	default:
		return f.Value
	}
}
