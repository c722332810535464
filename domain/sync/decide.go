package sync

import (
	"cmp"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Decide judges a case by the table of orders-invoices.md §8. Values go as they came, never rounded.
func Decide(c Case) Answer {
	if why := c.notJudged(); why != "" {
		return c.leave(why)
	}
	if why := c.settlePending(); why != "" {
		return c.leave(why)
	}
	switch {
	case c.same(c.Ours, c.Theirs):
		return c.agree()
	case !c.Ours.Valid:
		return c.pull()
	case !c.Base.Valid:
		return c.undecided(WhyNeverAgreed)
	case c.same(c.Ours, c.Base):
		return c.pull()
	case c.same(c.Theirs, c.Base):
		return c.push()
	default:
		return c.settle()
	}
}

// notJudged gives the reason to look at the values no further, "" when there is none.
func (c *Case) notJudged() Why {
	price := c.Field == domain.SharedPrice
	switch {
	case c.Unbound:
		return WhyNotBound
	case c.Gone:
		return WhyGone
	case !price && c.Untracked:
		return WhyUntracked
	case !c.Theirs.Valid:
		return WhyAbsent
	case price && cmp.Or(c.Currency, domain.TRY) != cmp.Or(c.CompanyCurrency, domain.TRY):
		return WhyCurrency
	case !c.ReadAt.IsZero() && c.ReadAt.Before(c.WrittenAt): // what is unknown is before nothing
		return WhyStaleRead
	case price && !c.Theirs.Decimal.IsPositive():
		return WhyPriceZero
	default:
		return ""
	}
}

// settlePending makes of a write of ours that has arrived what both agreed on. It gives the reason why
// there is nothing to do yet, or any more, and "" when the values are to be judged.
func (c *Case) settlePending() Why {
	if c.Pending == nil {
		return ""
	}
	written := decimal.NewNullDecimal(c.Pending.Value)
	switch {
	case c.same(c.Theirs, written):
		if c.same(c.Ours, written) {
			c.Base = c.Ours
			return WhyEcho
		}
		c.Base = written
	case c.same(c.Theirs, c.Base):
		if c.Pending.State == PendingSent {
			return WhyInFlight
		}
	case c.Pending.State == PendingAnswered && c.Base.Valid:
		c.Base = written // it was there, and has been changed since
	}
	return ""
}

// same tells whether two values are one: prices to the kuruş, as İşbaşı gives back 294.89000004 for
// 294.89; stocks by number. An absent value is none.
func (c *Case) same(a, b decimal.NullDecimal) bool {
	if !a.Valid || !b.Valid {
		return false
	}
	if c.Field == domain.SharedPrice {
		return kurus(a.Decimal).Equal(kurus(b.Decimal))
	}
	return a.Decimal.Equal(b.Decimal)
}

// kurus rounds half up, negative amounts half away from zero.
func kurus(price decimal.Decimal) decimal.Decimal { return price.Round(2) }

// leave writes nothing and keeps what was agreed on.
func (c *Case) leave(why Why) Answer {
	a := Answer{Action: ActionNone, Base: c.Base, Why: why}
	if why == WhyGone {
		a.Action = ActionHeld
	}
	return a
}

// agree takes note that both sides have the same value.
func (c *Case) agree() Answer {
	a := Answer{Action: ActionNone, Base: c.Ours, Why: WhyConverged}
	if c.same(c.Ours, c.Base) {
		a.Why = WhyEqual
	}
	return a
}

func (c *Case) push() Answer {
	if why := c.againstPush(); why != "" {
		return Answer{Action: ActionHeld, Base: c.Base, Why: why}
	}
	return Answer{Action: ActionPush, Value: c.Ours, Base: c.Base, Why: WhyOursChanged}
}

func (c *Case) pull() Answer {
	if why := c.againstPull(); why != "" {
		return Answer{Action: ActionHeld, Base: c.Base, Why: why}
	}
	return Answer{Action: ActionPull, Value: c.Theirs, Base: c.Theirs, Why: WhyTheirsChanged}
}

// againstPush gives the reason why ours may not be written to İşbaşı, "" when it may.
func (c *Case) againstPush() Why {
	price := c.Field == domain.SharedPrice
	switch {
	case !price && c.StockWritable != domain.AbilityAllowed:
		return WhyStockNotWritable
	case c.Push == ChoiceUnset:
		return WhyPushUnset
	case c.Push != ChoiceOn:
		return WhyPushOff
	case price && !c.Ours.Decimal.IsPositive():
		return WhyOursEmpty
	case c.Ours.Decimal.IsNegative(): // a stock, as no such price comes here
		return WhyOursNegative
	case c.jumps(c.Ours.Decimal):
		return WhyJump
	default:
		return ""
	}
}

// againstPull gives the reason why theirs may not be written to the catalogue, "" when it may.
func (c *Case) againstPull() Why {
	switch {
	case !c.Pull:
		return WhyPullOff
	case c.jumps(c.Theirs.Decimal):
		return WhyJump
	default:
		return ""
	}
}

// jumps tells whether a price moves by more than Jump percent of the agreed one.
func (c *Case) jumps(to decimal.Decimal) bool {
	return c.Field == domain.SharedPrice && c.Jump.Valid && domain.Jumps(c.Base.Decimal, to, c.Jump.Decimal)
}

// settle gives a conflict to the side that owns the field, and writes its value where that is allowed.
func (c *Case) settle() Answer {
	switch c.winner() {
	case SideOurs:
		return won(c.push(), SideOurs, c.Theirs)
	case SideTheirs:
		return won(c.pull(), SideTheirs, c.Ours)
	default:
		return c.undecided(WhyNoWinner)
	}
}

// winner gives the side whose value holds, "" where a person has to say.
func (c *Case) winner() Side {
	switch c.Owner {
	case domain.OwnerBooks:
		return SideTheirs
	case domain.OwnerCatalogue:
		return SideOurs
	case domain.OwnerLater:
		return c.later()
	default:
		return ""
	}
}

// later gives the side that changed last, "" when that is not known.
func (c *Case) later() Side {
	if c.OursAt.IsZero() || c.TheirsAt.IsZero() {
		return ""
	}
	switch c.OursAt.Compare(c.TheirsAt) {
	case +1:
		return SideOurs
	case -1:
		return SideTheirs
	default:
		return ""
	}
}

// won makes a conflict of what is done for its winner; loser is the other side's value.
func won(write Answer, winner Side, loser decimal.NullDecimal) Answer {
	a := Answer{Action: ActionConflict, Value: write.Value, Base: write.Base, Why: WhyBothChanged, Winner: winner, Apply: write.Action, Loser: loser}
	if write.Action == ActionHeld {
		a.Apply, a.Why = ActionNone, write.Why
	}
	return a
}

// undecided is a conflict that a person has to decide.
func (c *Case) undecided(why Why) Answer {
	return Answer{Action: ActionConflict, Base: c.Base, Why: why, Apply: ActionNone}
}

var hundred = decimal.NewFromInt(100)
