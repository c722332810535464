package sqlite

import (
	"context"
	"database/sql"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// The keys of the setting table: those of "sopyoctl settings".
const (
	settingIntegration   = "integration"
	settingCurrency      = "currency"
	settingPull          = "pull"
	settingAutoFormalise = "auto_formalise"
	settingScenario      = "scenario"
	settingPush          = "push"
)

// Settings gives the company's choices; what was never saved has its default.
func (s settingStore) Settings(ctx context.Context) (domain.Settings, error) {
	return read(ctx, s.db, "read settings", func(tx *sql.Tx) (domain.Settings, error) { return settings(ctx, tx) })
}

// SaveSettings stores settings that can be, given what the API key in use may do, in place of those before
// (domain.Settings.ValidateIn); others are refused with KindInvalid. The history keeps what was changed.
func (s settingStore) SaveSettings(ctx context.Context, chosen domain.Settings, able domain.Abilities) error {
	return s.db.update(ctx, "save settings", func(tx *sql.Tx) error { return saveSettings(ctx, tx, s.db.author(), chosen, able) })
}

func saveSettings(ctx context.Context, tx *sql.Tx, by author, s domain.Settings, able domain.Abilities) error {
	before, err := settings(ctx, tx)
	if err != nil {
		return err
	}
	around, err := circumstances(ctx, tx)
	if err != nil {
		return err
	}
	around.Abilities = able
	if err := s.ValidateIn(around, before); err != nil {
		return err
	}
	values, was := settingValues(s), settingValues(before)
	changes := map[string][2]string{}
	for key, value := range values {
		if err := saveSetting(ctx, tx, key, value); err != nil {
			return err
		}
		if was[key] != value {
			changes[key] = [2]string{historyWord(was[key]), historyWord(value)}
		}
	}
	if len(changes) == 0 {
		return nil
	}
	return by.record(ctx, tx, "settings", map[string]any{"changes": changes})
}

func saveSetting(ctx context.Context, tx *sql.Tx, key, value string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO setting (key, value) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}

func settingValues(s domain.Settings) map[string]string {
	return map[string]string{
		settingIntegration:   strconv.FormatBool(s.IntegrationOn),
		settingCurrency:      string(s.Currency),
		settingPull:          strconv.FormatBool(s.Pull),
		settingAutoFormalise: strconv.FormatBool(s.AutoFormalise),
		settingScenario:      string(s.Scenario),
		settingPush:          string(s.Push),
	}
}

// historyWord is a value in the history, where what was never chosen has a name of its own.
func historyWord(value string) string {
	if value == "" {
		return "unset"
	}
	return value
}

// Circumstances gives what the company's choices have to go with, as far as it lies in this file.
func (s settingStore) Circumstances(ctx context.Context) (domain.Circumstances, error) {
	return read(ctx, s.db, "read what settings depend on", func(tx *sql.Tx) (domain.Circumstances, error) { return circumstances(ctx, tx) })
}

func circumstances(ctx context.Context, tx *sql.Tx) (c domain.Circumstances, err error) {
	c.Transferring, err = selectValue[bool](ctx, tx, `SELECT coalesce((SELECT state FROM transfer WHERE confirmed_at IS NOT NULL ORDER BY id DESC LIMIT 1), '')
		IN (?, ?, ?, ?, ?)`, transfer.StatePreparing, transfer.StateQueued, transfer.StateApplying, transfer.StateStopping, transfer.StatePaused)
	if err != nil {
		return c, err
	}
	c.BoundPrices, err = selectMap(ctx, tx, keyed[domain.Currency, int], `SELECT currency, count(*) FROM product JOIN binding ON binding.product_id = product.id
		WHERE price IS NOT NULL GROUP BY currency`)
	return c, err
}

func settings(ctx context.Context, tx *sql.Tx) (domain.Settings, error) {
	s := domain.DefaultSettings()
	saved, err := selectMap(ctx, tx, keyed[string, string], `SELECT key, value FROM setting`)
	for key, value := range saved {
		switch key {
		case settingIntegration:
			s.IntegrationOn = value == "true"
		case settingCurrency:
			s.Currency = domain.Currency(value)
		case settingPull:
			s.Pull = value == "true"
		case settingAutoFormalise:
			s.AutoFormalise = value == "true"
		case settingScenario:
			s.Scenario = domain.Scenario(value)
		case settingPush:
			s.Push = domain.Push(value)
		}
	}
	return s, err
}
