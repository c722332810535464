package kit

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
)

// Preference gives what was kept under key, "" when nothing was or it cannot be read.
func (e *Env) Preference(ctx context.Context, key string) string {
	v, err := e.Preferences.Preference(ctx, key)
	if err != nil {
		return ""
	}
	return v
}

// SavePreference keeps value off the interface's thread; one that is lost is no harm.
func (e *Env) SavePreference(key, value string) {
	e.Jobs.Go(func() {
		if err := e.Preferences.SavePreference(context.WithoutCancel(e.Ctx), key, value); err != nil {
			fyne.LogError("keeping a preference", fmt.Errorf("%s: %w", key, err))
		}
	})
}
