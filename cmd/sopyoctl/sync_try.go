package main

import (
	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

func (c *ctl) syncTryCommand() *cobra.Command {
	var stdin bool
	cmd := &cobra.Command{
		Use:   "try --stdin",
		Short: "Decide what becomes of a stock or a price, from JSON lines, without a company: one answer a line",
		Args:  none,
		RunE: func(*cobra.Command, []string) error {
			if !stdin {
				return misused("ctl.usage.required", "--stdin")
			}
			return c.answerLines(syncAnswer, func(err error) any { return map[string]string{"error": c.sentence(err)} })
		},
	}
	cmd.Flags().BoolVar(&stdin, "stdin", false, "read the lines from standard input")
	return cmd
}

// syncResult is the answer to a line that was understood.
type syncResult struct {
	Action sync.Action `json:"action"`
	Value  *string     `json:"value"`
	Base   *string     `json:"base"`
	Why    sync.Why    `json:"why"`
	*conflictResult
}

// conflictResult is what only a conflict has.
type conflictResult struct {
	Winner *sync.Side  `json:"winner"`
	Apply  sync.Action `json:"apply"`
	Loser  *string     `json:"loser"`
}

func syncAnswer(line []byte) (any, error) {
	in, err := syncCase(line)
	if err != nil {
		return nil, err
	}
	a := sync.Decide(in)
	r := syncResult{Action: a.Action, Value: shortest(a.Value), Base: shortest(a.Base), Why: a.Why}
	if a.Action == sync.ActionConflict {
		r.conflictResult = &conflictResult{Apply: a.Apply, Loser: shortest(a.Loser)}
		if a.Winner != "" {
			r.Winner = &a.Winner
		}
	}
	return r, nil
}

// shortest writes a number without needless zeros.
func shortest(d decimal.NullDecimal) *string {
	if !d.Valid {
		return nil
	}
	s := d.Decimal.String()
	return &s
}

// syncCase understands a line.
func syncCase(line []byte) (sync.Case, error) {
	o, err := newTryObject(line)
	if err != nil {
		return sync.Case{}, err
	}
	in := sync.Case{
		Field: domain.Shared(o.word("field", string(domain.SharedPrice), string(domain.SharedStock))),
		Base:  o.number("base"), Ours: o.number("ours"), Theirs: o.number("theirs"),
		Owner: domain.Owner(o.word("owner", string(domain.OwnerBooks), string(domain.OwnerCatalogue), string(domain.OwnerLater), string(domain.OwnerNobody))),

		OursAt: o.instant("ours_at"), TheirsAt: o.instant("theirs_at"),
		ReadAt: o.instant("read_at"), WrittenAt: o.instant("written_at"),

		Pull: o.isTrue("pull", false), Push: choice(o.truth("push")), StockWritable: ability(o.truth("stock_writable")),
		Currency: currency(o.text("currency")), CompanyCurrency: currency(o.text("company_currency")),
		Untracked: !o.isTrue("tracked", true), Unbound: !o.isTrue("bound", true), Gone: o.isTrue("gone", false),
		Pending: pendingWrite(o), Jump: jump(o),
	}
	return in, o.err()
}

func choice(b *bool) sync.Choice {
	switch {
	case b == nil:
		return sync.ChoiceUnset
	case *b:
		return sync.ChoiceOn
	default:
		return sync.ChoiceOff
	}
}

func ability(b *bool) domain.AbilityAnswer {
	switch {
	case b == nil:
		return domain.AbilityUnasked
	case *b:
		return domain.AbilityAllowed
	default:
		return domain.AbilityDenied
	}
}

// currency reads a currency whatever its case; TL, TRY and none are one.
func currency(text string) domain.Currency {
	switch code := domain.Fold(text); code {
	case "", "tl", "try":
		return domain.TRY
	default:
		return domain.Currency(code)
	}
}

func pendingWrite(o *tryObject) *sync.Pending {
	p := o.object("pending")
	if p == nil {
		return nil
	}
	value := p.number("value")
	if !value.Valid {
		p.refuse("value", "required")
	}
	return &sync.Pending{Value: value.Decimal, State: sync.PendingState(p.word("state", string(sync.PendingSent), string(sync.PendingUnknown), string(sync.PendingAnswered)))}
}

// jump tells a watch that is switched off from one that nobody speaks of.
func jump(o *tryObject) decimal.NullDecimal {
	if _, said := o.values["jump"]; !said {
		return decimal.NewNullDecimal(decimal.NewFromInt(sync.DefaultJump))
	}
	return o.jsonPercent("jump")
}
