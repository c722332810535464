package sync

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
)

// settingSync is the row of the table of settings.
const settingSync = "sync"

// keptSettings are sync.Settings under names that outlive a renaming in the domain.
type keptSettings struct {
	Schedule   sync.Schedule                  `json:"schedule"`
	Owner      map[domain.Shared]domain.Owner `json:"owner"`
	Jump       decimal.NullDecimal            `json:"jump"`
	PriceShare decimal.Decimal                `json:"price_share"`
	PriceLeast int                            `json:"price_least"`
	Zeroed     int                            `json:"zeroed"`
}

// SyncSettings gives when and how the company is synced, the defaults where nothing was saved.
func (s Store) SyncSettings(ctx context.Context) (sync.Settings, error) {
	return database.View(ctx, s.db, "read the settings of the sync", func(tx *sql.Tx) (sync.Settings, error) { return settingsOf(ctx, tx) })
}

func settingsOf(ctx context.Context, tx *sql.Tx) (sync.Settings, error) {
	of := sync.DefaultSettings()
	text, ok, err := database.SelectOne(ctx, tx, database.Itself[string], `SELECT value FROM setting WHERE key = ?`, settingSync)
	if !ok {
		return of, err
	}
	var kept keptSettings
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return sync.Settings{}, err
	}
	of.Schedule, of.Jump, of.PriceShare, of.PriceLeast, of.Zeroed = kept.Schedule, kept.Jump, kept.PriceShare, kept.PriceLeast, kept.Zeroed
	for f, o := range kept.Owner {
		of.Owner[f] = o
	}
	return of, nil
}

// SaveSyncSettings keeps them, and notes in the history that they were changed. KindInvalid: Validate refuses them.
func (s Store) SaveSyncSettings(ctx context.Context, of sync.Settings) error {
	if err := of.Validate(); err != nil {
		return err
	}
	text, err := database.JSONText(keptSettings{
		Schedule: of.Schedule, Owner: of.Owner, Jump: of.Jump, PriceShare: of.PriceShare, PriceLeast: of.PriceLeast, Zeroed: of.Zeroed,
	})
	if err != nil {
		return err
	}
	return s.db.Update(ctx, "save the settings of the sync", func(tx *sql.Tx) error {
		was, err := settingsOf(ctx, tx)
		if err != nil {
			return err
		}
		if err := settings.Save(ctx, tx, settingSync, text); err != nil {
			return err
		}
		return s.db.Author().RecordChanges(ctx, tx, "sync-settings", nil, told(was), told(of))
	})
}

// told are settings as the history tells them: one name each.
func told(of sync.Settings) map[string]any {
	detail := map[string]any{
		"schedule": of.Schedule, "jump": of.Jump, "price_share": of.PriceShare, "price_least": of.PriceLeast, "zeroed": of.Zeroed,
	}
	for f, o := range of.Owner {
		detail["owner_"+string(f)] = o
	}
	return detail
}
