package settings

import (
	"context"
	"database/sql"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// The keys of the setting table: those of "sopyoctl settings".
const (
	settingIntegration   = "integration"
	settingCurrency      = "currency"
	settingPull          = "pull"
	settingAutoFormalise = "auto_formalise"
	settingScenario      = "scenario"
	settingPush          = "push"
	settingConfirmed     = "confirmed" // is no choice
)

// Settings is Of on its own.
func (s Store) Settings(ctx context.Context) (domain.Settings, error) {
	return database.View(ctx, s.db, "read settings", func(tx *sql.Tx) (domain.Settings, error) { return Of(ctx, tx) })
}

// SaveSettings stores settings that can be, given what the API key in use may do, in place of those before
// (domain.Settings.ValidateIn); others are refused with KindInvalid. The history keeps what was changed.
func (s Store) SaveSettings(ctx context.Context, chosen domain.Settings, able domain.Abilities) error {
	return s.db.Update(ctx, "save settings", func(tx *sql.Tx) error { return saveSettings(ctx, tx, s.db.Author(), chosen, able) })
}

func saveSettings(ctx context.Context, tx *sql.Tx, by database.Author, s domain.Settings, able domain.Abilities) error {
	before, err := Of(ctx, tx)
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
		if err := Save(ctx, tx, key, value); err != nil {
			return err
		}
		if was[key] != value && key != settingConfirmed {
			changes[key] = [2]string{historyWord(was[key]), historyWord(value)}
		}
	}
	if len(changes) == 0 {
		return nil
	}
	return by.Record(ctx, tx, "settings", map[string]any{"changes": changes})
}

// Save keeps one value of the table of settings, in which other rooms have theirs too.
func Save(ctx context.Context, tx *sql.Tx, key, value string) error {
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
		settingConfirmed:     strconv.FormatBool(s.Confirmed),
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
func (s Store) Circumstances(ctx context.Context) (domain.Circumstances, error) {
	return database.View(ctx, s.db, "read what settings depend on", func(tx *sql.Tx) (domain.Circumstances, error) { return circumstances(ctx, tx) })
}

func circumstances(ctx context.Context, tx *sql.Tx) (c domain.Circumstances, err error) {
	c.Transferring, err = database.SelectValue[bool](ctx, tx, `SELECT coalesce((SELECT state FROM transfer WHERE confirmed_at IS NOT NULL ORDER BY id DESC LIMIT 1), '')
		IN (?, ?, ?, ?, ?)`, transfer.StatePreparing, transfer.StateQueued, transfer.StateApplying, transfer.StateStopping, transfer.StatePaused)
	if err != nil {
		return c, err
	}
	c.BoundPrices, err = database.SelectMap(ctx, tx, database.Keyed[domain.Currency, int], `SELECT currency, count(*) FROM product JOIN binding ON binding.product_id = product.id
		WHERE price IS NOT NULL GROUP BY currency`)
	return c, err
}

// Of gives the company's choices; what was never saved has its default.
func Of(ctx context.Context, tx *sql.Tx) (domain.Settings, error) {
	s := domain.DefaultSettings()
	saved, err := database.SelectMap(ctx, tx, database.Keyed[string, string], `SELECT key, value FROM setting`)
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
		case settingConfirmed:
			s.Confirmed = value == "true"
		}
	}
	return s, err
}
