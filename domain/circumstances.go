package domain

// Circumstances are what a company's choices have to go with.
type Circumstances struct {
	Abilities Abilities // of the API key in use
	// Transferring tells that a transfer reads, waits, writes or is paused: it took its currency along.
	Transferring bool
	// BoundPrices counts the products that are bound to İşbaşı and have a price, by its currency.
	BoundPrices map[Currency]int
}

// Abilities are what İşbaşı lets an API key do, as far as it was asked.
type Abilities map[Ability]AbilityAnswer

// others counts the bound prices that are in another currency than c.
func (c Circumstances) others(than Currency) (n int) {
	for currency, count := range c.BoundPrices {
		if currency != than {
			n += count
		}
	}
	return n
}

// ValidateIn refuses choices that cannot be, or that would cost money, in place of before. Only what is
// changed is judged: a key that has lost a right keeps nobody from choosing something else. The error's
// Field is the setting's name, and its Detail the reason.
func (s Settings) ValidateIn(c Circumstances, before Settings) error {
	if err := s.Validate(); err != nil {
		return err
	}
	recoined, resent := s.Currency != before.Currency, s.Push != before.Push
	switch {
	case recoined && c.Transferring:
		return Invalid("currency", "currency-transferring")
	case recoined && s.Push.Has(SharedPrice) && c.others(s.Currency) > 0:
		return Invalid("currency", "currency-push")
	case resent && s.Push.Has(SharedStock) && c.Abilities[AbilityStockWrite] == AbilityDenied:
		return Invalid("push", "push-stock-denied")
	case s.Push.Has(SharedPrice) && !before.Push.Has(SharedPrice) && c.BoundPrices[s.Currency] == 0 && c.others(s.Currency) > 0:
		return Invalid("push", "push-currency")
	case s.AutoFormalise && !before.AutoFormalise && c.Abilities[AbilityFormalise] == AbilityDenied:
		return Invalid("auto_formalise", "formalise-denied")
	}
	return nil
}
