package prices

import (
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// explain words a price: a sentence for each step of rules.md §3, then one for each warning, then what
// comes out.
func (c commands) explain(o pricing.Offer) []string {
	var lines []string
	for _, s := range o.Steps {
		lines = append(lines, pricing.StepSentence(c.Words, c.Words.Lang, s, o))
	}
	for _, w := range o.Warnings {
		lines = append(lines, c.T("pricing.warning."+string(w)))
	}
	switch {
	case o.Blocked:
		return append(lines, c.T("pricing.blocked"))
	case o.Approval:
		return append(lines, c.T("pricing.approval", c.Words.Money(o.Price.Decimal, pricing.Target)))
	default:
		return append(lines, c.T("pricing.result", c.Words.Money(o.Price.Decimal, pricing.Target)))
	}
}

// marketplaceNames words a list of marketplaces: all of them are one word, and of many the first are
// named.
func (c commands) marketplaceNames(known pricing.Marketplaces, ids []pricing.MarketplaceID) string {
	const named = 3
	var names []string
	for _, m := range known {
		if slices.Contains(ids, m.ID) {
			names = append(names, m.Name)
		}
	}
	switch n := len(names); {
	case n == len(known):
		return c.T("pricing.everywhere", n)
	case n > named+1:
		return c.T("pricing.and-more", strings.Join(names[:named], ", "), n-named)
	default:
		return strings.Join(names, ", ")
	}
}
