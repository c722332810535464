package syncs

import (
	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/lines"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

func (c commands) tryCommand() *cobra.Command {
	return lines.Command(c.Console, "Decide what becomes of a stock or a price, from JSON lines, without a company: one answer a line", Answer, lines.Sentence(c.Console))
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

// Answer is what becomes of a line.
func Answer(line []byte) (any, error) {
	in, err := syncCase(line)
	if err != nil {
		return nil, err
	}
	a := sync.Decide(in)
	r := syncResult{Action: a.Action, Value: lines.Shortest(a.Value), Base: lines.Shortest(a.Base), Why: a.Why}
	if a.Action == sync.ActionConflict {
		r.conflictResult = &conflictResult{Apply: a.Apply, Loser: lines.Shortest(a.Loser)}
		if a.Winner != "" {
			r.Winner = &a.Winner
		}
	}
	return r, nil
}

// syncCase understands a line.
func syncCase(line []byte) (sync.Case, error) {
	o, err := lines.Read(line)
	if err != nil {
		return sync.Case{}, err
	}
	in := sync.Case{
		Field: domain.Shared(o.Word("field", string(domain.SharedPrice), string(domain.SharedStock))),
		Base:  o.Number("base"), Ours: o.Number("ours"), Theirs: o.Number("theirs"),
		Owner: domain.Owner(o.Word("owner", string(domain.OwnerBooks), string(domain.OwnerCatalogue), string(domain.OwnerLater), string(domain.OwnerNobody))),

		OursAt: o.Instant("ours_at"), TheirsAt: o.Instant("theirs_at"),
		ReadAt: o.Instant("read_at"), WrittenAt: o.Instant("written_at"),

		Pull: o.IsTrue("pull", false), Push: choice(o.Truth("push")), StockWritable: ability(o.Truth("stock_writable")),
		Currency: lines.Currency(o.Text("currency")), CompanyCurrency: lines.Currency(o.Text("company_currency")),
		Untracked: !o.IsTrue("tracked", true), Unbound: !o.IsTrue("bound", true), Gone: o.IsTrue("gone", false),
		Pending: pendingWrite(o), Jump: jump(o),
	}
	return in, o.Err()
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

func pendingWrite(o *lines.Object) *sync.Pending {
	p := o.Object("pending")
	if p == nil {
		return nil
	}
	value := p.Number("value")
	if !value.Valid {
		p.Refuse("value", "required")
	}
	return &sync.Pending{Value: value.Decimal, State: sync.PendingState(p.Word("state", string(sync.PendingSent), string(sync.PendingUnknown), string(sync.PendingAnswered)))}
}

// jump tells a watch that is switched off from one that nobody speaks of.
func jump(o *lines.Object) decimal.NullDecimal {
	if _, said := o.Values["jump"]; !said {
		return decimal.NewNullDecimal(decimal.NewFromInt(domain.DefaultJump))
	}
	return o.JsonPercent("jump")
}
