package domain

// Ability is something İşbaşı may or may not let an API key do, which nobody documents. It is off until
// it answered rightly once (isbasi-api.md §11).
type Ability string

// The abilities that are asked for.
const (
	AbilityStockWrite      Ability = "stock-write"
	AbilityFormalise       Ability = "formalise"
	AbilityInternetArchive Ability = "internet-e-archive"
	AbilityModifiedFilter  Ability = "modified-filter"
	AbilityKeysetFilter    Ability = "keyset-filter"
)

// AbilityAnswer is what is remembered of an ability.
type AbilityAnswer string

// The answers. What was never asked for is not allowed.
const (
	AbilityUnasked AbilityAnswer = ""
	AbilityAllowed AbilityAnswer = "allowed"
	AbilityDenied  AbilityAnswer = "denied"
)
