package prices

import (
	"context"
	"maps"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
)

func (c commands) rulesCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "rules", Short: "The price rules: one for every marketplace, or one each"}
	var f ruleFlags
	set := &cobra.Command{
		Use:   "set",
		Short: "Change the global rule, or with --marketplace a marketplace's own; what is not named stays",
		Args:  console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			company, err := c.Open(cmd.Context(), true)
			if err != nil {
				return err
			}
			if err := c.setRules(cmd, company, f); err != nil {
				return err
			}
			return c.showRules(cmd.Context(), company)
		},
	}
	f.register(set)
	cmd.AddCommand(set, &cobra.Command{
		Use: "show", Short: "Show the price rules", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			return c.showRules(ctx, company)
		}),
	})
	return cmd
}

// ruleFlags are the parts of a rule as they are typed.
type ruleFlags struct {
	marketplace, direction, kind, amount, extra, ending, mode string
	perMarketplace, maxChange                                 string
	remove                                                    bool
}

func (f *ruleFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.marketplace, "marketplace", "", "the marketplace whose own rule it is, by id or name")
	flags.StringVar(&f.direction, "direction", "", "increase or discount")
	flags.StringVar(&f.kind, "kind", "", "percent or amount")
	flags.StringVar(&f.amount, "amount", "", "how much: percent, or money")
	flags.StringVar(&f.extra, "extra", "", "extra price, added also to a discounted one")
	flags.StringVar(&f.ending, "ending", "", "none, .00, .50, .90, .95 or .99")
	flags.StringVar(&f.mode, "ending-mode", "", "up or nearest")
	flags.StringVar(&f.perMarketplace, "per-marketplace", "", "on: each marketplace has its own rule; off: the global one holds everywhere")
	flags.StringVar(&f.maxChange, "max-change", "", "percent of the last approved price above which a change waits for approval, or none")
	flags.BoolVar(&f.remove, "remove", false, "take the rule away: the base price holds")
}

// changesRule tells whether a part of a rule is named.
func (f ruleFlags) changesRule(cmd *cobra.Command) bool {
	for _, name := range []string{"direction", "kind", "amount", "extra", "ending", "ending-mode"} {
		if cmd.Flags().Changed(name) {
			return true
		}
	}
	return false
}

func (c commands) setRules(cmd *cobra.Command, company *app.Company, f ruleFlags) error {
	ctx := cmd.Context()
	rule, per, limit := f.changesRule(cmd), cmd.Flags().Changed("per-marketplace"), cmd.Flags().Changed("max-change")
	switch {
	case rule && f.remove:
		return console.Misused("ctl.usage.remove")
	case !rule && !f.remove && !per && !limit:
		return console.Misused("ctl.usage.nothing")
	}
	rules, err := company.Store.PriceRules(ctx)
	if err != nil {
		return err
	}
	if per {
		if rules.PerMarketplace, err = console.Yes("--per-marketplace", f.perMarketplace, "on", "off"); err != nil {
			return err
		}
	}
	if rule || f.remove {
		if err := c.changeRule(cmd, company, &rules, f); err != nil {
			return err
		}
	}
	var percent decimal.NullDecimal
	if limit {
		if percent, err = c.TypedOrNone("max-change", f.maxChange); err != nil {
			return err
		}
	}
	if rule || f.remove || per {
		if err := company.Store.SavePriceRules(ctx, rules); err != nil {
			return err
		}
	}
	if limit {
		return company.Store.SaveMaxPriceChange(ctx, percent)
	}
	return nil
}

// changeRule puts the changed rule into rules, or takes it out.
func (c commands) changeRule(cmd *cobra.Command, company *app.Company, rules *pricing.Rules, f ruleFlags) error {
	each := maps.Clone(rules.Each)
	if each == nil {
		each = map[pricing.MarketplaceID]pricing.Rule{}
	}
	var m pricing.MarketplaceID
	var rule pricing.Rule
	if f.marketplace != "" {
		_, ids, err := c.chosenMarketplaces(cmd.Context(), company, f.marketplace)
		if err != nil {
			return err
		}
		m = ids[0]
		rule = each[m]
	} else if rules.Global != nil {
		rule = *rules.Global
	}
	if f.remove {
		if m == "" {
			rules.Global = nil
		} else {
			delete(each, m)
			rules.Each = each
		}
		return nil
	}
	if err := c.typedRule(cmd, &rule, f); err != nil {
		return err
	}
	if m == "" {
		rules.Global = &rule
	} else {
		each[m] = rule
		rules.Each = each
	}
	return nil
}

func (c commands) typedRule(cmd *cobra.Command, r *pricing.Rule, f ruleFlags) error {
	changed := cmd.Flags().Changed
	if changed("direction") {
		r.Direction = pricing.Direction(f.direction)
	}
	if changed("kind") {
		r.Kind = pricing.Kind(f.kind)
	}
	for _, n := range []struct {
		name, text string
		into       *decimal.Decimal
	}{{"amount", f.amount, &r.Amount}, {"extra", f.extra, &r.Extra}} {
		if !changed(n.name) {
			continue
		}
		d, err := c.TypedOrNone(n.name, n.text)
		if err != nil {
			return err
		}
		*n.into = d.Decimal
	}
	if changed("ending") {
		r.Ending = strings.TrimPrefix(strings.TrimPrefix(endingOf(f.ending), ".none"), ".yok")
	}
	if changed("ending-mode") {
		r.EndingMode = pricing.EndingMode(f.mode)
	}
	switch {
	case r.Ending == "":
		r.EndingMode = ""
	case r.EndingMode == "":
		r.EndingMode = pricing.EndingUp
	}
	if !changed("direction") && !changed("kind") && !changed("amount") && r.Direction == "" && r.Kind == "" {
		r.Direction, r.Kind = pricing.Increase, pricing.Amount // an extra price or an ending alone
	}
	return r.Validate()
}

func (c commands) showRules(ctx context.Context, company *app.Company) error {
	rules, err := company.Store.PriceRules(ctx)
	if err != nil {
		return err
	}
	limit, err := company.Store.MaxPriceChange(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		each := map[pricing.MarketplaceID]any{}
		for m, r := range rules.Each {
			each[m] = ruleJSON(&r)
		}
		return c.Print(map[string]any{
			"version": rules.Version, "per_marketplace": rules.PerMarketplace, "global": ruleJSON(rules.Global), "each": each,
			"max_change": console.Number(limit),
		})
	}
	c.Say("rules.version", rules.Version)
	c.Say("rules.global", rules.Global.Sentence(c.Words, c.Words.Lang))
	if rules.PerMarketplace {
		c.Say("rules.per.on")
	} else {
		c.Say("rules.per.off")
	}
	known, err := company.Marketplaces(ctx)
	if err != nil {
		return err
	}
	for _, m := range known {
		if r, ok := rules.Each[m.ID]; ok {
			c.Say("rules.of", m.Name, r.Sentence(c.Words, c.Words.Lang))
		}
	}
	if limit.Valid {
		c.Say("rules.max-change", c.Words.Amount(limit.Decimal))
	}
	return nil
}

// ruleJSON is a rule as the prices try command takes it; null when there is none.
func ruleJSON(r *pricing.Rule) any {
	if r == nil {
		return nil
	}
	m := map[string]any{
		"direction": r.Direction, "kind": r.Kind, "amount": r.Amount.String(), "extra": r.Extra.String(),
	}
	if r.Ending != "" {
		m["ending"], m["ending_mode"] = r.Ending, r.EndingMode
	}
	return m
}
