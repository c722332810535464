package domain

import (
	"errors"
	"slices"
	"testing"
)

func TestSettings_validateIn(t *testing.T) {
	t.Parallel()
	denied := func(a Ability) Circumstances {
		return Circumstances{Abilities: Abilities{a: AbilityDenied}}
	}
	lira := Circumstances{BoundPrices: map[Currency]int{TRY: 12}}
	with := func(s Settings, change func(*Settings)) Settings { change(&s); return s }
	start := DefaultSettings()
	usd := func(s *Settings) { s.Currency = USD }
	pushing := func(p Push) func(*Settings) { return func(s *Settings) { s.Push = p } }
	for _, tt := range []struct {
		name          string
		before, after Settings
		c             Circumstances
		field, reason string // "" = it is accepted
	}{
		{"everything chosen", start, Settings{Currency: GBP, Pull: true, AutoFormalise: true, Scenario: ScenarioCommercial, Push: PushBoth}, Circumstances{}, "", ""},
		{"no currency of the list", start, with(start, func(s *Settings) { s.Currency = "XAU" }), Circumstances{}, "currency", "choose"},
		{"no scenario of the list", start, with(start, func(s *Settings) { s.Scenario = "" }), Circumstances{}, "scenario", "choose"},
		{"no push of the list", start, with(start, pushing("all")), Circumstances{}, "push", "choose"},

		{"stock, and the key may not", start, with(start, pushing(PushStock)), denied(AbilityStockWrite), "push", "push-stock-denied"},
		{"both, and the key may not", with(start, pushing(PushPrice)), with(start, pushing(PushBoth)), denied(AbilityStockWrite), "push", "push-stock-denied"},
		{"price, and the key may not write stock", start, with(start, pushing(PushPrice)), denied(AbilityStockWrite), "", ""},
		{"stock, and nobody knows yet", start, with(start, pushing(PushStock)), Circumstances{}, "", ""},
		{"the right was lost after the choice", with(start, pushing(PushBoth)), with(start, func(s *Settings) { s.Push, s.Pull = PushBoth, true }), denied(AbilityStockWrite), "", ""},
		{"back to unset", with(start, pushing(PushStock)), start, denied(AbilityStockWrite), "", ""},

		{"formalise, and the key may not", start, with(start, func(s *Settings) { s.AutoFormalise = true }), denied(AbilityFormalise), "auto_formalise", "formalise-denied"},
		{"formalise, and nobody knows yet", start, with(start, func(s *Settings) { s.AutoFormalise = true }), Circumstances{}, "", ""},
		{"the right to formalise was lost after the choice", with(start, func(s *Settings) { s.AutoFormalise = true }), with(start, func(s *Settings) { s.AutoFormalise, s.Pull = true, true }), denied(AbilityFormalise), "", ""},
		{"formalise, and the key may not write stock", start, with(start, func(s *Settings) { s.AutoFormalise = true }), denied(AbilityStockWrite), "", ""},
		{"another choice without formalising, and the key may not", start, with(start, pushing(PushBoth)), denied(AbilityFormalise), "", ""},
		{"formalise no more", with(start, func(s *Settings) { s.AutoFormalise = true }), start, denied(AbilityFormalise), "", ""},

		{"another currency while a transfer works", start, with(start, usd), Circumstances{Transferring: true}, "currency", "currency-transferring"},
		{"another choice while a transfer works", start, with(start, pushing(PushBoth)), Circumstances{Transferring: true}, "", ""},
		{"another currency while prices are sent", with(start, pushing(PushPrice)), with(start, func(s *Settings) { s.Push, s.Currency = PushPrice, USD }), lira, "currency", "currency-push"},
		{"another currency and prices to be sent at once", start, with(start, func(s *Settings) { s.Push, s.Currency = PushBoth, USD }), lira, "currency", "currency-push"},
		{"another currency, and sending is taken off at once", with(start, pushing(PushPrice)), with(start, usd), lira, "", ""},
		{"another currency while only stock is sent", with(start, pushing(PushStock)), with(start, func(s *Settings) { s.Push, s.Currency = PushStock, USD }), lira, "", ""},
		{"another currency before anything is bound", with(start, pushing(PushPrice)), with(start, func(s *Settings) { s.Push, s.Currency = PushPrice, USD }), Circumstances{}, "", ""},
		{"back to the currency of the prices", with(start, func(s *Settings) { s.Push, s.Currency = PushPrice, USD }), with(start, pushing(PushPrice)), lira, "", ""},
		{"sending prices of which none is in the currency", with(start, usd), with(start, func(s *Settings) { s.Push, s.Currency = PushPrice, USD }), lira, "push", "push-currency"},
		{"sending prices of which the only one is in another currency", with(start, usd), with(start, func(s *Settings) { s.Push, s.Currency = PushPrice, USD }), Circumstances{BoundPrices: map[Currency]int{TRY: 1}}, "push", "push-currency"},
		{"sending prices of which only one is in the currency", with(start, usd), with(start, func(s *Settings) { s.Push, s.Currency = PushPrice, USD }), Circumstances{BoundPrices: map[Currency]int{TRY: 12, USD: 1}}, "", ""},
		{"sending prices of which a few are in another one", start, with(start, pushing(PushPrice)), Circumstances{BoundPrices: map[Currency]int{TRY: 12, USD: 1}}, "", ""},
		{"sending stock while no price is in the currency", with(start, usd), with(start, func(s *Settings) { s.Push, s.Currency = PushStock, USD }), lira, "", ""},
		{"sending prices before anything is bound", start, with(start, pushing(PushPrice)), Circumstances{}, "", ""},
		{"a single price in another currency", with(start, pushing(PushPrice)), with(start, func(s *Settings) { s.Push, s.Currency = PushPrice, USD }), Circumstances{BoundPrices: map[Currency]int{USD: 5, TRY: 1}}, "currency", "currency-push"},
		{"prices of none but the new currency", with(start, pushing(PushPrice)), with(start, func(s *Settings) { s.Push, s.Currency = PushPrice, USD }), Circumstances{BoundPrices: map[Currency]int{USD: 5, TRY: 0}}, "", ""},
		{"a transfer works, and prices would be in another currency", with(start, pushing(PushPrice)), with(start, func(s *Settings) { s.Push, s.Currency = PushPrice, USD }), Circumstances{Transferring: true, BoundPrices: lira.BoundPrices}, "currency", "currency-transferring"},
		{"stock beside prices that are sent already", with(start, func(s *Settings) { s.Push, s.Currency = PushPrice, USD }), with(start, func(s *Settings) { s.Push, s.Currency = PushBoth, USD }), lira, "", ""},
	} {
		err := tt.after.ValidateIn(tt.c, tt.before)
		var said Error
		if e := (*Error)(nil); errors.As(err, &e) {
			said = *e
		}
		if KindOf(err) != map[bool]Kind{true: KindInvalid}[tt.reason != ""] || said.Field != tt.field || said.Detail != tt.reason {
			t.Errorf("%s: %v, want %s %s", tt.name, err, tt.field, tt.reason)
		}
	}
}

// Whatever is offered may be chosen, alone and with everything else; nothing else may.
func TestSettings_validateTakesWhatIsOffered(t *testing.T) {
	t.Parallel()
	scenarios, pushes := []Scenario{ScenarioBasic, ScenarioCommercial, ""}, []Push{PushUnset, PushStock, PushPrice, PushBoth, "x"}
	for _, currency := range append(Currencies(), "", "CHF") {
		for _, scenario := range scenarios {
			for _, push := range pushes {
				s := Settings{Currency: currency, Scenario: scenario, Push: push}
				wrong := len(currency) < 3 || currency == "CHF" || scenario == "" || push == "x"
				if err := s.Validate(); (err != nil) != wrong {
					t.Errorf("%+v: %v", s, err)
				}
				for _, of := range AllShared() {
					if got := push.Has(of); got != (push == PushBoth || push == Push(of)) {
						t.Errorf("%q sends %q: %v", push, of, got)
					}
				}
			}
		}
	}
	if s := DefaultSettings(); s.Validate() != nil || s != (Settings{Currency: TRY, Scenario: ScenarioBasic}) {
		t.Errorf("a new company's: %+v", s)
	}
	if !slices.Equal(Currencies(), []Currency{TRY, USD, EUR, GBP}) || !slices.Equal(AllShared(), []Shared{SharedStock, SharedPrice}) {
		t.Errorf("offered: %v, %v", Currencies(), AllShared())
	}
}

func TestSettings_direction(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		pull         bool
		push         Push
		stock, price Direction
	}{
		{false, PushUnset, Direction{}, Direction{}},
		{false, PushStock, Direction{Push: true, Owner: OwnerCatalogue}, Direction{}},
		{false, PushPrice, Direction{}, Direction{Push: true, Owner: OwnerCatalogue}},
		{false, PushBoth, Direction{Push: true, Owner: OwnerCatalogue}, Direction{Push: true, Owner: OwnerCatalogue}},
		{true, PushUnset, Direction{Pull: true, Owner: OwnerBooks}, Direction{Pull: true, Owner: OwnerBooks}},
		{true, PushStock, Direction{Pull: true, Push: true, Owner: OwnerBooks}, Direction{Pull: true, Owner: OwnerBooks}},
		{true, PushPrice, Direction{Pull: true, Owner: OwnerBooks}, Direction{Pull: true, Push: true, Owner: OwnerBooks}},
		{true, PushBoth, Direction{Pull: true, Push: true, Owner: OwnerBooks}, Direction{Pull: true, Push: true, Owner: OwnerBooks}},
	} {
		s := Settings{Pull: tt.pull, Push: tt.push}
		if stock, price := s.Direction(SharedStock), s.Direction(SharedPrice); stock != tt.stock || price != tt.price {
			t.Errorf("pull %v, push %q: stock %+v, price %+v", tt.pull, tt.push, stock, price)
		}
	}
}
