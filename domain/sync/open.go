package sync

import (
	"github.com/sopyo/sopyo-desktop/domain"
)

// Verdict is what a person says of fields that wait.
type Verdict string

// The verdicts.
const (
	VerdictTheirs Verdict = "isbasi"    // take İşbaşı's: it is written into the catalogue at once
	VerdictOurs   Verdict = "catalogue" // keep mine: it goes to İşbaşı with the next push
	VerdictLater  Verdict = "later"     // whichever changed last, where that is known
	VerdictNoted  Verdict = "noted"     // it was entered at İşbaşı by hand
)

// OpenKey names a field of a product.
type OpenKey struct {
	Product domain.ProductID
	Field   domain.Shared
}

// Decision is a person's word about fields that wait; it is taken back as one.
type Decision struct {
	Verdict Verdict
	// Remember: so it is from now on, whenever both sides change these fields.
	Remember bool
	Keys     []OpenKey
}

// Left is why a field was left out of a decision.
type Left string

// The reasons.
const (
	LeftChanged   Left = "changed"    // it waits no more, or has another value than was shown
	LeftNoValue   Left = "no-value"   // that side has none, or the product is gone
	LeftPushOff   Left = "push-off"   // the settings do not let it go out
	LeftNoStock   Left = "no-stock"   // İşbaşı does not let the key write stock
	LeftUnknown   Left = "unknown"    // nobody knows which changed last
	LeftForbidden Left = "impossible" // it is a value that never goes out: empty, or below zero
)

// Judged is what a decision makes of one field.
type Judged struct {
	Way  Way // WayPull: İşbaşı's value is taken; WayPush: the catalogue's goes out; WayBoth with Noted: only noted
	Left Left
}

// Judge says what a verdict makes of a field that waits, under the company's choices.
func (v Verdict) Judge(o Open, c domain.Settings, stock domain.AbilityAnswer) Judged {
	switch v {
	case VerdictTheirs:
		if !o.Theirs.Valid || o.Why == WhyGone {
			return Judged{Left: LeftNoValue}
		}
		return Judged{Way: WayPull}
	case VerdictOurs:
		return Judged{Way: WayPush, Left: o.againstPush(c, stock)}.leave()
	case VerdictLater:
		return o.later(c, stock)
	default:
		return Judged{}
	}
}

// leave clears the way of what is left.
func (j Judged) leave() Judged {
	if j.Left != "" {
		j.Way = WayBoth
	}
	return j
}

func (o Open) againstPush(c domain.Settings, stock domain.AbilityAnswer) Left {
	price := o.Field == domain.SharedPrice
	switch {
	case o.Why == WhyGone || !o.Theirs.Valid:
		return LeftNoValue
	case !c.Push.Has(o.Field):
		return LeftPushOff
	case !price && stock != domain.AbilityAllowed:
		return LeftNoStock
	case !o.Ours.Valid, price && !o.Ours.Decimal.IsPositive(), o.Ours.Decimal.IsNegative():
		return LeftForbidden
	default:
		return ""
	}
}

func (o Open) later(c domain.Settings, stock domain.AbilityAnswer) Judged {
	side := (&Case{OursAt: o.OursAt, TheirsAt: o.TheirsAt}).later()
	switch side {
	case SideOurs:
		return VerdictOurs.Judge(o, c, stock)
	case SideTheirs:
		return VerdictTheirs.Judge(o, c, stock)
	default:
		return Judged{Left: LeftUnknown}
	}
}

// Owner is whose value a remembered verdict makes hold.
func (v Verdict) Owner() domain.Owner {
	switch v {
	case VerdictTheirs:
		return domain.OwnerBooks
	case VerdictOurs:
		return domain.OwnerCatalogue
	case VerdictLater:
		return domain.OwnerLater
	default:
		return domain.OwnerNobody
	}
}

// OpenQuery asks for one page of the fields that wait. The zero value is all of them.
type OpenQuery struct {
	Why    Why    // of one group; "" = all
	Search string // every word has to be in the folded name, code or barcode
	Sort   OpenSort
	Desc   bool
	Limit  int // 0 = all
	Offset int
}

// OpenSort is the column the list is sorted by.
type OpenSort string

// The sortable columns.
const (
	OpenBySince OpenSort = ""
	OpenByName  OpenSort = "name"
	OpenByCode  OpenSort = "code"
	OpenByField OpenSort = "field"
)

// OpenGroup is how many fields wait for one reason.
type OpenGroup struct {
	Why    Why
	Action Action
	Fields int
}

// Decided is what a decision did.
type Decided struct {
	Run  Run // of ScopeChoice, to be taken back by
	Done int
	Left map[Left]int
}
