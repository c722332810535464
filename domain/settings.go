package domain

import "slices"

// Settings are the choices of a company (product.md "Süreç Seçimleri").
type Settings struct {
	IntegrationOn bool
	Currency      Currency // of the İşbaşı products that are taken over
	Pull          bool     // stock and price changes made at İşbaşı update the catalogue
	AutoFormalise bool     // invoices are formalised at once: cannot be taken back
	Scenario      Scenario
	Push          Push // which catalogue changes update İşbaşı
	// Confirmed tells that the choices were saved, be they the defaults: a new company's never were.
	Confirmed bool
}

// Scenario is the e-invoice profile.
type Scenario string

// The profiles (isbasi-api.md §6.2: 1 and 2).
const (
	ScenarioBasic      Scenario = "basic"
	ScenarioCommercial Scenario = "commercial"
)

// Push says which catalogue changes are written to İşbaşı. Unset = the person has not chosen, and
// nothing is written.
type Push string

// The choices of Push.
const (
	PushUnset Push = ""
	PushStock Push = "stock"
	PushPrice Push = "price"
	PushBoth  Push = "both"
)

// DefaultSettings are those of a new company (rules.md §5).
func DefaultSettings() Settings {
	return Settings{Currency: TRY, Scenario: ScenarioBasic}
}

// Validate refuses a value outside its list; the error's Field is the setting's name.
func (s Settings) Validate() error {
	switch {
	case !slices.Contains(Currencies(), s.Currency):
		return Invalid("currency", "choose")
	case s.Scenario != ScenarioBasic && s.Scenario != ScenarioCommercial:
		return Invalid("scenario", "choose")
	case !slices.Contains([]Push{PushUnset, PushStock, PushPrice, PushBoth}, s.Push):
		return Invalid("push", "choose")
	}
	return nil
}
