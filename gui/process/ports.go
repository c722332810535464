package process

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// Company is what the screen asks of the company. Every method may block.
type Company interface {
	Settings(ctx context.Context) (domain.Settings, error)
	// SaveSettings keeps choices that can be; KindInvalid names the field of one that cannot, as
	// domain.Settings.ValidateIn does.
	SaveSettings(ctx context.Context, s domain.Settings) error
	// Circumstances gives what the choices have to go with; it asks İşbaşı nothing.
	Circumstances(ctx context.Context) (domain.Circumstances, error)
	// SyncStanding tells how the sync stands; it asks İşbaşı nothing.
	SyncStanding(ctx context.Context) (sync.Standing, error)
	// ProbeStock finds out whether İşbaşı lets the API key write stock. It costs one write.
	ProbeStock(ctx context.Context) (domain.AbilityAnswer, error)
}

// env is what everything of the screen is given.
type env struct {
	*kit.Env
	co Company
}
