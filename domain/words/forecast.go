package words

import (
	"cmp"
	"maps"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Sum is a number of rows with what it is made of, the most first. N is 0 where the parts may overlap.
type Sum struct {
	Key   string // the last part of "plan.…"
	Name  string
	N     int
	Parts []Piece
}

// Piece is a number of rows with what they share.
type Piece struct {
	Name string
	N    int
}

// Sums words a forecast: the outcomes with their reasons, what becomes of the unmatched, what changes in
// the catalogue, and what a person should look at. The three outcomes come always, the rest where there
// is any.
func (w Words) Sums(f transfer.Forecast) []Sum {
	reason := func(r matching.Reason) string { return w.Reason(r, 0) } // each row has a number of candidates of its own
	all := []Sum{
		{"matched", w.T("plan.matched"), f.Matched, parts(f.Tiers, func(t matching.Tier) string { return w.T("tier." + string(t)) })},
		{"unmatched", w.T("plan.unmatched"), f.Unmatched, parts(f.Reasons, reason)},
		{"skipped", w.T("plan.skipped"), f.Skipped, parts(f.Skips, reason)},
	}
	if f.Failed > 0 {
		all = append(all, Sum{"failed", w.T("plan.failed"), f.Failed, nil})
	}
	if f.Unmatched > 0 {
		all = append(all, Sum{"becomes", w.T("plan.becomes"), f.Unmatched, parts(f.Becomes, func(u transfer.Unmatched) string { return w.T("plan.becomes." + string(u)) })})
	}
	changes := []Piece{{w.T("plan.prices"), f.Prices}, {w.T("plan.stocks"), f.Stocks}, {w.T("plan.created"), f.Created()}}
	if f.Prices+f.Stocks+f.Created() > 0 {
		all = append(all, Sum{"changes", w.T("plan.changes"), 0, changes})
	}
	look := parts(f.Notes, func(n transfer.Note) string { return w.T("note." + string(n)) })
	look = append(look, parts(f.Flags, func(v matching.Flag) string { return w.T("flag." + string(v)) })...)
	if len(look) > 0 {
		all = append(all, Sum{"look", w.T("plan.look"), 0, look})
	}
	return all
}

// parts puts the counts in order, the most first.
func parts[K ~string](counts map[K]int, name func(K) string) []Piece {
	var all []Piece
	for _, k := range slices.SortedFunc(maps.Keys(counts), func(a, b K) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	}) {
		all = append(all, Piece{name(k), counts[k]})
	}
	return all
}
