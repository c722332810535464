package sync

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// num reads a number; "" is none.
func num(s string) decimal.NullDecimal {
	if s == "" {
		return decimal.NullDecimal{}
	}
	return decimal.NewNullDecimal(decimal.RequireFromString(s))
}

// text is num the other way round.
func text(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}

// at is a minute of a day.
func at(minute int) time.Time { return time.Date(2026, time.May, 4, 9, minute, 0, 0, time.UTC) }

// Values are written base/ours/theirs, an empty one is absent.
func values(field domain.Shared, s string) Case {
	v := strings.Split(s, "/")
	return Case{Field: field, Base: num(v[0]), Ours: num(v[1]), Theirs: num(v[2]), Jump: num("50")}
}

// A setting is a change to a case.
type setting func(*Case)

func pull(c *Case)      { c.Pull = true }
func push(c *Case)      { c.Push = ChoiceOn }
func pushOff(c *Case)   { c.Push = ChoiceOff }
func writable(c *Case)  { c.StockWritable = domain.AbilityAllowed }
func denied(c *Case)    { c.StockWritable = domain.AbilityDenied }
func anyJump(c *Case)   { c.Jump = num("") }
func unbound(c *Case)   { c.Unbound = true }
func gone(c *Case)      { c.Gone = true }
func untracked(c *Case) { c.Untracked = true }
func books(c *Case)     { c.Owner = domain.OwnerBooks }
func catalogue(c *Case) { c.Owner = domain.OwnerCatalogue }

func later(ours, theirs time.Time) setting {
	return func(c *Case) { c.Owner, c.OursAt, c.TheirsAt = domain.OwnerLater, ours, theirs }
}

func read(readAt, writtenAt time.Time) setting {
	return func(c *Case) { c.ReadAt, c.WrittenAt = readAt, writtenAt }
}

func pending(value string, state PendingState) setting {
	return func(c *Case) { c.Pending = &Pending{num(value).Decimal, state} }
}

func currency(row, company domain.Currency) setting {
	return func(c *Case) { c.Currency, c.CompanyCurrency = row, company }
}

func jump(percent string) setting { return func(c *Case) { c.Jump = num(percent) } }

// told is an answer as text: action value base why, and of a conflict winner apply loser. - is absent.
func told(a Answer) string {
	words := []string{string(a.Action), text(a.Value), text(a.Base), string(a.Why)}
	if a.Action == ActionConflict {
		words = append(words, string(a.Winner), string(a.Apply), text(a.Loser))
	} else if a.Winner != "" || a.Apply != "" || a.Loser.Valid {
		words = append(words, "no conflict has", string(a.Winner), string(a.Apply), text(a.Loser))
	}
	for i, w := range words {
		if w == "" {
			words[i] = "-"
		}
	}
	return strings.Join(words, " ")
}

const (
	price = domain.SharedPrice
	stock = domain.SharedStock
)

// The table of orders-invoices.md §8, by its numbers, with what lies on, below and above each boundary.
func TestDecide_theTableOfTheRules(t *testing.T) {
	var never time.Time
	for _, tt := range []struct {
		row    string
		field  domain.Shared
		values string
		with   []setting
		want   string
	}{
		{"1", price, "100/100/100", nil, "none - 100 equal"},
		{"1 in stock", stock, "10/10/10", nil, "none - 10 equal"},
		{"2", price, "100/120/100", []setting{push}, "push 120 100 ours_changed"},
		{"2 unset", price, "100/120/100", nil, "held - 100 push_unset"},
		{"2 off", price, "100/120/100", []setting{pushOff, pull}, "held - 100 push_off"},
		{"3", price, "100/100/120", []setting{pull}, "pull 120 120 theirs_changed"},
		{"3 off", price, "100/100/120", []setting{push}, "held - 100 pull_off"},
		{"4", price, "100/120/130", []setting{books, pull}, "conflict 130 130 both_changed theirs pull 120"},
		{"4 pull off", price, "100/120/130", []setting{books, push}, "conflict - 100 pull_off theirs none 120"},
		{"5", price, "100/120/130", []setting{catalogue, pull}, "conflict - 100 push_unset ours none 130"},
		{"5 push on", price, "100/120/130", []setting{catalogue, push}, "conflict 120 100 both_changed ours push 130"},
		{"5 push off", price, "100/120/130", []setting{catalogue, pushOff}, "conflict - 100 push_off ours none 130"},
		{"6 equal times", price, "100/120/130", []setting{later(at(1), at(1)), push, pull}, "conflict - 100 no_winner - none -"},
		{"6 ours unknown", price, "100/120/130", []setting{later(never, at(1)), push, pull}, "conflict - 100 no_winner - none -"},
		{"6 theirs unknown", price, "100/120/130", []setting{later(at(1), never), push, pull}, "conflict - 100 no_winner - none -"},
		{"6 both unknown", price, "100/120/130", []setting{later(never, never), push, pull}, "conflict - 100 no_winner - none -"},
		{"6 ours later", price, "100/120/130", []setting{later(at(2), at(1)), push, pull}, "conflict 120 100 both_changed ours push 130"},
		{"6 theirs later", price, "100/120/130", []setting{later(at(1), at(2)), push, pull}, "conflict 130 130 both_changed theirs pull 120"},
		{"6 nobody's", price, "100/120/130", []setting{push, pull}, "conflict - 100 no_winner - none -"},
		{"7", price, "100/120/120", nil, "none - 120 converged"},
		{"7 to the kuruş, as ours is written", price, "100/120.001/120.004", nil, "none - 120.001 converged"},
		{"7 not to the kuruş", price, "100/100/120.00000004", []setting{pull}, "pull 120.00000004 120.00000004 theirs_changed"},
		{"7 equal, as ours is written", price, "100.004/100/100.003", nil, "none - 100 equal"},
		{"7 half a kuruş is one", price, "100/100.005/100.01", nil, "none - 100.005 converged"},
		{"7 less than half is none", price, "100/100.0049/100.01", []setting{pull}, "pull 100.01 100.01 theirs_changed"},
		{"7 stock by number", stock, "10/2.50/2.5", nil, "none - 2.5 converged"},
		{"7 stock not to the hundredth", stock, "10/10/10.001", []setting{pull}, "pull 10.001 10.001 theirs_changed"},
		{"8", price, "249.90/294.89/294.89000004", []setting{pending("294.89", PendingUnknown)}, "none - 294.89 echo"},
		{"8 sent", price, "249.90/294.89/294.89000004", []setting{pending("294.89", PendingSent)}, "none - 294.89 echo"},
		{"8 base as ours is written", price, "249.90/294.8901/294.89", []setting{pending("294.89", PendingSent)}, "none - 294.8901 echo"},
		{"8 never agreed before", price, "/120/120", []setting{pending("120", PendingSent)}, "none - 120 echo"},
		{"9", price, "249.90/294.89/249.90", []setting{push, pending("294.89", PendingUnknown)}, "push 294.89 249.9 ours_changed"},
		{"9 in flight", price, "249.90/294.89/249.90", []setting{push, pending("294.89", PendingSent)}, "none - 249.9 in_flight"},
		{"9 in flight and taken back", price, "249.90/249.90/249.90", []setting{push, pending("294.89", PendingSent)}, "none - 249.9 in_flight"},
		{"9 unknown and taken back", price, "249.90/249.90/249.90", []setting{push, pending("294.89", PendingUnknown)}, "none - 249.9 equal"},
		{"10", price, "249.90/310/294.89", []setting{push, pending("294.89", PendingUnknown)}, "push 310 294.89 ours_changed"},
		{"10 held", price, "249.90/310/294.89", []setting{pending("294.89", PendingUnknown)}, "held - 294.89 push_unset"},
		{"10 jump from what was written", price, "100/221/147", []setting{push, pending("147", PendingSent)}, "held - 147 jump"},
		{"10 jumps from the former base only", price, "100/220/147", []setting{push, pending("147", PendingSent)}, "push 220 147 ours_changed"},
		{"10 ours emptied", price, "100//120", []setting{pull, pending("120", PendingSent)}, "pull 120 120 theirs_changed"},
		{"10 theirs changed instead", price, "100/120/130", []setting{catalogue, push, pending("120", PendingSent)}, "conflict 120 100 both_changed ours push 130"},
		{"10 theirs changed behind it", price, "100/120/130", []setting{catalogue, pull, push, pending("120", PendingAnswered)}, "pull 130 130 theirs_changed"},
		{"10 both changed behind it", price, "100/125/130", []setting{catalogue, pull, push, pending("120", PendingAnswered)}, "conflict 125 120 both_changed ours push 130"},
		{"10 answered and not kept", price, "100/120/100", []setting{catalogue, pull, push, pending("120", PendingAnswered)}, "push 120 100 ours_changed"},
		{"10 answered, without a base", price, "/140/130", []setting{pull, push, pending("120", PendingAnswered)}, "conflict - - never_agreed - none -"},
		{"10 theirs changed, ours taken back", price, "100/100/130", []setting{pull, pending("120", PendingSent)}, "pull 130 130 theirs_changed"},
		{"10 without a base", price, "/120/130", []setting{pull, push, pending("125", PendingSent)}, "conflict - - never_agreed - none -"},
		{"10 without a base, written", price, "/140/130", []setting{push, pending("130", PendingSent)}, "push 140 130 ours_changed"},
		{"11", price, "294.89/294.89/249.90", []setting{pull, read(at(1), at(2))}, "none - 294.89 stale_read"},
		{"11 at the same time", price, "294.89/294.89/249.90", []setting{pull, read(at(2), at(2))}, "pull 249.9 249.9 theirs_changed"},
		{"11 read later", price, "294.89/294.89/249.90", []setting{pull, read(at(3), at(2))}, "pull 249.9 249.9 theirs_changed"},
		{"11 never written", price, "294.89/294.89/249.90", []setting{pull, read(at(1), never)}, "pull 249.9 249.9 theirs_changed"},
		{"11 read at an unknown time", price, "294.89/294.89/249.90", []setting{pull, read(never, at(2))}, "pull 249.9 249.9 theirs_changed"},
		{"12", price, "/120/130", []setting{books, pull, push}, "conflict - - never_agreed - none -"},
		{"12 ours empty", price, "//130", []setting{pull}, "pull 130 130 theirs_changed"},
		{"12 ours empty, pull off", price, "//130", nil, "held - - pull_off"},
		{"12 ours empty, as agreed", price, "130//130", []setting{pull}, "pull 130 130 theirs_changed"},
		{"12 ours empty, far from agreed", price, "100//160", []setting{pull}, "held - 100 jump"},
		{"12 ours empty is not 0", stock, "5//0", []setting{pull}, "pull 0 0 theirs_changed"},
		{"12 equal all the same", stock, "/7/7", nil, "none - 7 converged"},
		{"12 no base is not 0", stock, "/0/0", nil, "none - 0 converged"},
		{"12 no base is not 0, in flight", stock, "/5/0", []setting{pending("8", PendingSent)}, "conflict - - never_agreed - none -"},
		{"13 price 0", price, "100/100/0", []setting{pull}, "none - 100 price_zero"},
		{"13 price below 0", price, "100/100/-1", []setting{pull}, "none - 100 price_zero"},
		{"13 a kuruş", price, "0/0/0.01", []setting{pull}, "pull 0.01 0.01 theirs_changed"},
		{"13 stock 0", stock, "10/10/0", []setting{pull}, "pull 0 0 theirs_changed"},
		{"13 absent", price, "100/100/", []setting{pull}, "none - 100 absent"},
		{"13 absent on both sides", stock, "100//", []setting{pull}, "none - 100 absent"},
		{"13 dollars", price, "100/100/120", []setting{pull, currency("USD", "TRY")}, "none - 100 currency"},
		{"13 not dollars", price, "100/100/120", []setting{pull, currency("", "USD")}, "none - 100 currency"},
		{"13 dollars on both sides", price, "100/100/120", []setting{pull, currency("USD", "USD")}, "pull 120 120 theirs_changed"},
		{"13 liras unnamed", price, "100/100/120", []setting{pull, currency("", "TRY")}, "pull 120 120 theirs_changed"},
		{"13 liras named", price, "100/100/120", []setting{pull, currency("TRY", "")}, "pull 120 120 theirs_changed"},
		{"13 stock has no currency", stock, "10/10/8", []setting{pull, currency("USD", "TRY")}, "pull 8 8 theirs_changed"},
		{"14", price, "100/100/10", []setting{pull}, "held - 100 jump"},
		{"14 a lost comma", price, "249.90/24990/249.90", []setting{push}, "held - 249.9 jump"},
		{"14 half more", price, "100/100/150", []setting{pull}, "pull 150 150 theirs_changed"},
		{"14 above it", price, "100/100/150.01", []setting{pull}, "held - 100 jump"},
		{"14 half less", price, "100/50/100", []setting{push}, "push 50 100 ours_changed"},
		{"14 below it", price, "100/49.99/100", []setting{push}, "held - 100 jump"},
		{"14 not watched", price, "249.90/24990/249.90", []setting{push, anyJump}, "push 24990 249.9 ours_changed"},
		{"14 another percentage", price, "100/100/112.6", []setting{pull, jump("12.5")}, "held - 100 jump"},
		{"14 within it", price, "100/100/112.5", []setting{pull, jump("12.5")}, "pull 112.5 112.5 theirs_changed"},
		{"14 from a base of 0", price, "0/120/0.001", []setting{push, catalogue}, "push 120 0 ours_changed"},
		{"14 from a base below 0", price, "-5/120/10", []setting{push, catalogue}, "conflict 120 -5 both_changed ours push 10"},
		{"14 stock may jump", stock, "10/10/1", []setting{pull}, "pull 1 1 theirs_changed"},
		{"14 in a conflict", price, "100/120/10", []setting{books, pull}, "conflict - 100 jump theirs none 120"},
		{"14 the loser may", price, "100/120/10", []setting{catalogue, push}, "conflict 120 100 both_changed ours push 10"},
		{"15", stock, "10/8/10", []setting{push}, "held - 10 stock_not_writable"},
		{"15 denied", stock, "10/8/10", []setting{push, denied}, "held - 10 stock_not_writable"},
		{"15 before anything else", stock, "10/-8/10", nil, "held - 10 stock_not_writable"},
		{"15 writable", stock, "10/8/10", []setting{push, writable}, "push 8 10 ours_changed"},
		{"15 writable, push unset", stock, "10/-8/10", []setting{writable}, "held - 10 push_unset"},
		{"15 writable, push off", stock, "10/-8/10", []setting{writable, pushOff}, "held - 10 push_off"},
		{"15 a price needs no such right", price, "100/120/100", []setting{push, denied}, "push 120 100 ours_changed"},
		{"15 in a conflict", stock, "0/7/10", []setting{catalogue, push}, "conflict - 0 stock_not_writable ours none 10"},
		{"16", stock, "10/10/-2", []setting{pull}, "pull -2 -2 theirs_changed"},
		{"16 ours", stock, "10/-2/10", []setting{push, writable}, "held - 10 ours_negative"},
		{"16 ours 0", stock, "10/0/10", []setting{push, writable}, "push 0 10 ours_changed"},
		{"16 ours in a conflict", stock, "10/-2/7", []setting{push, writable, catalogue}, "conflict - 10 ours_negative ours none 7"},
		{"16 a price of 0", price, "100/0/100", []setting{push}, "held - 100 ours_empty"},
		{"16 a price below 0", price, "100/-1/100", []setting{push}, "held - 100 ours_empty"},
		{"16 a price of 0, before the jump", price, "100/0/120", []setting{push, catalogue}, "conflict - 100 ours_empty ours none 120"},
		{"16 a price of less than a kuruş", price, "100/0.001/100", []setting{push, anyJump}, "push 0.001 100 ours_changed"},
		{"17", stock, "10/8/", []setting{push, writable, gone}, "held - 10 gone"},
		{"17 not bound before", stock, "10/8/", []setting{gone, unbound}, "none - 10 not_bound"},
		{"not bound, written", price, "100/120/120", []setting{unbound, pending("120", PendingSent)}, "none - 100 not_bound"},
		{"untracked", stock, "10/8/10", []setting{push, writable, untracked}, "none - 10 untracked"},
		{"untracked before absent", stock, "10/8/", []setting{untracked}, "none - 10 untracked"},
		{"untracked after gone", stock, "10/8/10", []setting{untracked, gone}, "held - 10 gone"},
		{"untracked stock has a price", price, "100/100/120", []setting{pull, untracked}, "pull 120 120 theirs_changed"},
		{"absent before currency", price, "100/120/", []setting{currency("USD", "TRY")}, "none - 100 absent"},
		{"currency before stale", price, "100/120/0", []setting{currency("USD", "TRY"), read(at(1), at(2))}, "none - 100 currency"},
		{"stale before price 0", price, "100/120/0", []setting{read(at(1), at(2))}, "none - 100 stale_read"},
		{"price 0 before our write", price, "100/120/0", []setting{pending("0", PendingSent)}, "none - 100 price_zero"},
		{"stale before our write", price, "100/120/120", []setting{read(at(1), at(2)), pending("120", PendingSent)}, "none - 100 stale_read"},
	} {
		c := values(tt.field, tt.values)
		for _, set := range tt.with {
			set(&c)
		}
		if got := told(Decide(c)); got != tt.want {
			t.Errorf("%s: %s %s gives %s, want %s", tt.row, tt.field, tt.values, got, tt.want)
		}
	}
}

// What a write takes along of a number is each of its digits.
func TestDecide_roundsNothing(t *testing.T) {
	c := values(price, "249.90/294.89000004/249.90")
	push(&c)
	if got := Decide(c); text(got.Value) != "294.89000004" {
		t.Errorf("pushes %s", text(got.Value))
	}
	c = values(price, "249.90/249.90/294.89000004")
	pull(&c)
	if got := Decide(c); text(got.Value) != "294.89000004" || text(got.Base) != "294.89000004" {
		t.Errorf("pulls %s, base %s", text(got.Value), text(got.Base))
	}
}

func TestAnswer_Write(t *testing.T) {
	for _, tt := range []struct {
		answer Answer
		want   Action
	}{
		{Answer{Action: ActionNone}, ActionNone},
		{Answer{Action: ActionHeld}, ActionNone},
		{Answer{Action: ActionPush}, ActionPush},
		{Answer{Action: ActionPull}, ActionPull},
		{Answer{Action: ActionConflict, Apply: ActionNone}, ActionNone},
		{Answer{Action: ActionConflict, Apply: ActionPush}, ActionPush},
		{Answer{Action: ActionConflict, Apply: ActionPull}, ActionPull},
	} {
		if got := tt.answer.Write(); got != tt.want {
			t.Errorf("%s %s writes %s, want %s", tt.answer.Action, tt.answer.Apply, got, tt.want)
		}
	}
}
