package transfer

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
)

// Words word keys in one language; assets.Text is one.
type Words interface {
	T(key string, args ...any) string
	Has(key string) bool
}

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
func (f Forecast) Sums(w Words) []Sum {
	all := []Sum{
		{"matched", w.T("plan.matched"), f.Matched, parts(f.Tiers, func(t matching.Tier) string { return w.T("tier." + string(t)) })},
		{"unmatched", w.T("plan.unmatched"), f.Unmatched, parts(f.Reasons, func(r matching.Reason) string { return reasonName(w, r) })},
		{"skipped", w.T("plan.skipped"), f.Skipped, parts(f.Skips, func(r matching.Reason) string { return reasonName(w, r) })},
	}
	if f.Failed > 0 {
		all = append(all, Sum{"failed", w.T("plan.failed"), f.Failed, nil})
	}
	if f.Unmatched > 0 {
		all = append(all, Sum{"becomes", w.T("plan.becomes"), f.Unmatched, parts(f.Becomes, func(u Unmatched) string { return w.T("plan.becomes." + string(u)) })})
	}
	changes := []Piece{{w.T("plan.prices"), f.Prices}, {w.T("plan.stocks"), f.Stocks}, {w.T("plan.created"), f.Created()}}
	if f.Prices+f.Stocks+f.Created() > 0 {
		all = append(all, Sum{"changes", w.T("plan.changes"), 0, changes})
	}
	look := parts(f.Notes, func(n Note) string { return w.T("note." + string(n)) })
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

// reasonName words a reason that many rows share.
func reasonName(w Words, r matching.Reason) string {
	if r == matching.ReasonAmbiguous {
		return w.T("plan.ambiguous") // each has a number of candidates of its own
	}
	return w.T("reason." + string(r))
}

// Why words why a planned row will be where it will be: its tier or reason, what a person should look at,
// what is not taken over, and what becomes of it if it has no partner.
func (r Row) Why(w Words) []string {
	var why []string
	switch {
	case r.Tier != matching.TierNone:
		why = append(why, w.T("tier."+string(r.Tier)))
	case r.Reason != "" && r.Reason == matching.ReasonAmbiguous:
		why = append(why, w.T("reason."+string(r.Reason), r.Candidates))
	case r.Reason != "":
		why = append(why, w.T("reason."+string(r.Reason)))
	}
	if r.Flag != matching.FlagNone {
		why = append(why, w.T("flag."+string(r.Flag)))
	}
	for _, n := range r.Planned.Notes {
		why = append(why, w.T("note."+string(n)))
	}
	return why
}

// PriceWords words a price, "" when there is none.
func (v Values) PriceWords(lang string) string {
	if !v.Price.Valid {
		return ""
	}
	return domain.FormatMoney(v.Price.Decimal, v.Currency, lang)
}

// StockWords words a stock, "" when there is none.
func (v Values) StockWords(lang string) string { return numberWords(v.Stock, lang) }

func numberWords(d decimal.NullDecimal, lang string) string {
	if !d.Valid {
		return ""
	}
	return domain.FormatNumber(d.Decimal, lang)
}
