package sync

import (
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Settings say when a company is synced, who owns what, and where a run stops and asks. What flows which way at
// all stands in domain.Settings.
type Settings struct {
	Schedule Schedule // "" = daily where anything flows
	// Owner of each field; absent: as domain.Settings.Direction says.
	Owner map[domain.Shared]domain.Owner
	Jump  decimal.NullDecimal // percent; absent: any price may
	Limits
}

// DefaultSettings are those of a company that has saved none.
func DefaultSettings() Settings {
	return Settings{
		Owner: map[domain.Shared]domain.Owner{}, Jump: decimal.NewNullDecimal(decimal.NewFromInt(domain.DefaultJump)), Limits: DefaultLimits(),
	}
}

// Validate refuses what cannot be meant; the error's Field is the setting's name.
func (s Settings) Validate() error {
	switch {
	case s.Schedule != "" && !s.Schedule.Valid():
		return domain.Invalid("schedule", "choose")
	case s.Jump.Valid && !s.Jump.Decimal.IsPositive():
		return domain.Invalid("jump", "number")
	case s.PriceShare.IsNegative() || s.PriceShare.GreaterThan(hundred):
		return domain.Invalid("price_share", "percent")
	case s.PriceLeast < 0:
		return domain.Invalid("price_least", "negative")
	case s.Zeroed < 0:
		return domain.Invalid("zeroed", "negative")
	}
	for _, o := range s.Owner {
		if o != domain.OwnerBooks && o != domain.OwnerCatalogue && o != domain.OwnerLater {
			return domain.Invalid("owner", "choose")
		}
	}
	return nil
}

// ScheduleOf gives the schedule that holds with the company's choices: nothing is planned where nothing flows.
func (s Settings) ScheduleOf(c domain.Settings) Schedule {
	switch {
	case !c.IntegrationOn || !c.Pull && c.Push == domain.PushUnset:
		return ScheduleOff
	case s.Schedule == "":
		return ScheduleDaily
	default:
		return s.Schedule
	}
}

// OwnerOf gives whose value holds where both sides have changed.
func (s Settings) OwnerOf(c domain.Settings, f domain.Shared) domain.Owner {
	if o := s.Owner[f]; o != domain.OwnerNobody {
		return o
	}
	return c.Direction(f).Owner
}
