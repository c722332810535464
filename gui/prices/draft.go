package prices

import (
	"maps"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

// ruleDraft is a price rule as it is typed: numbers are still text.
type ruleDraft struct {
	direction     pricing.Direction
	kind          pricing.Kind
	amount, extra string
	ending        string
	mode          pricing.EndingMode
}

// priceDraft is what section 4 edits.
type priceDraft struct {
	per     bool
	global  ruleDraft
	each    map[pricing.MarketplaceID]ruleDraft
	version int64
	markets pricing.Marketplaces // where there can be a rule
}

func newRuleDraft() ruleDraft {
	return ruleDraft{direction: pricing.Increase, kind: pricing.Percent, mode: pricing.EndingUp}
}

// empty tells whether the draft says nothing: then there is no rule, and the base price holds.
func (d ruleDraft) empty() bool {
	return strings.TrimSpace(d.amount) == "" && strings.TrimSpace(d.extra) == "" && d.ending == ""
}

// draftOf words a rule the language's way; nil gives an empty draft.
func draftOf(r *pricing.Rule, lang string) ruleDraft {
	d := newRuleDraft()
	if r == nil {
		return d
	}
	d.direction, d.kind, d.ending = r.Direction, r.Kind, r.Ending
	if r.EndingMode != "" {
		d.mode = r.EndingMode
	}
	d.amount, d.extra = plainNumber(r.Amount, lang), plainNumber(r.Extra, lang)
	return d
}

// plainNumber writes a number as a person would type it; zero is an empty field.
func plainNumber(d decimal.Decimal, lang string) string {
	if d.IsZero() {
		return ""
	}
	if lang == "en" {
		return d.String()
	}
	return strings.Replace(d.String(), ".", ",", 1)
}

// rule understands the draft. The error's Field is one of pricing's, or "amount" or "extra" for what is
// no number. An empty draft is nil.
func (d ruleDraft) rule(lang string) (*pricing.Rule, error) {
	if d.empty() {
		return nil, nil
	}
	r := pricing.Rule{Direction: d.direction, Kind: d.kind, Ending: d.ending}
	if d.ending != "" {
		r.EndingMode = d.mode
	}
	var err error
	if r.Amount, err = typedNumber("amount", d.amount, lang); err != nil {
		return nil, err
	}
	if r.Extra, err = typedNumber("extra", d.extra, lang); err != nil {
		return nil, err
	}
	if err := r.Validate(); err != nil {
		return nil, err
	}
	return &r, nil
}

// typedNumber reads a number in either spelling; an empty field is zero.
func typedNumber(field, text, lang string) (decimal.Decimal, error) {
	if strings.TrimSpace(text) == "" {
		return decimal.Zero, nil
	}
	d, err := domain.ParseNumber(text, lang)
	if err != nil {
		return decimal.Zero, domain.Invalid(field, "number")
	}
	return d, nil
}

func draftOfRules(r pricing.Rules, markets pricing.Marketplaces, lang string) priceDraft {
	d := priceDraft{markets: markets, per: r.PerMarketplace, global: draftOf(r.Global, lang), each: map[pricing.MarketplaceID]ruleDraft{}, version: r.Version}
	for id, rule := range r.Each {
		d.each[id] = draftOf(&rule, lang)
	}
	return d
}

// rules understands the whole; where says which marketplace's rule is refused, "" for the global one.
func (d priceDraft) rules(lang string) (r pricing.Rules, where pricing.MarketplaceID, err error) {
	r = pricing.Rules{PerMarketplace: d.per, Each: map[pricing.MarketplaceID]pricing.Rule{}, Version: d.version}
	if r.Global, err = d.global.rule(lang); err != nil {
		return r, "", err
	}
	for id, draft := range d.each {
		rule, err := draft.rule(lang)
		if err != nil {
			return r, id, err
		}
		if rule != nil {
			r.Each[id] = *rule
		}
	}
	return r, "", nil
}

func (d priceDraft) same(o priceDraft) bool {
	return d.per == o.per && d.global == o.global && maps.Equal(said(d.each), said(o.each))
}

// said leaves out the drafts that say nothing.
func said(each map[pricing.MarketplaceID]ruleDraft) map[pricing.MarketplaceID]ruleDraft {
	m := maps.Clone(each)
	maps.DeleteFunc(m, func(_ pricing.MarketplaceID, d ruleDraft) bool { return d.empty() })
	return m
}

// spread gives every marketplace the rule of all while none has one of its own, and tells whether it did: who wants another rule
// at one of them keeps the prices of the others.
func (d priceDraft) spread() bool {
	if d.global.empty() || len(said(d.each)) > 0 {
		return false
	}
	for _, m := range d.markets {
		d.each[m.ID] = d.global
	}
	return true
}

// isSpread tells whether every marketplace has the rule of all.
func (d priceDraft) isSpread() bool {
	for _, m := range d.markets {
		if d.each[m.ID] != d.global {
			return false
		}
	}
	return true
}

func (d priceDraft) clone() priceDraft {
	d.each = maps.Clone(d.each)
	return d
}
