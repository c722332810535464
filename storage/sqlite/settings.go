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
func (c *Company) Settings(ctx context.Context) (domain.Settings, error) {
	var s domain.Settings
	err := c.db.reading(ctx, "read settings", func(tx *sql.Tx) (err error) {
		s, err = settings(ctx, tx)
		return err
	})
	return s, err
}

// SaveSettings stores settings that can be, given what the API key in use may do, in place of those before
// (domain.Settings.ValidateIn); others are refused with KindInvalid. The history keeps what was changed.
func (c *Company) SaveSettings(ctx context.Context, s domain.Settings, able domain.Abilities) error {
	return c.db.writing(ctx, "save settings", func(tx *sql.Tx) error { return c.saveSettings(ctx, tx, s, able) })
}

func (c *Company) saveSettings(ctx context.Context, tx *sql.Tx, s domain.Settings, able domain.Abilities) error {
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
		_, err := tx.ExecContext(ctx, `INSERT INTO setting (key, value) VALUES (?, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
		if err != nil {
			return err
		}
		if was[key] != value {
			changes[key] = [2]string{historyWord(was[key]), historyWord(value)}
		}
	}
	if len(changes) == 0 {
		return nil
	}
	return c.record(ctx, tx, "settings", map[string]any{"changes": changes})
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
func (c *Company) Circumstances(ctx context.Context) (around domain.Circumstances, err error) {
	err = c.db.reading(ctx, "read what settings depend on", func(tx *sql.Tx) error {
		around, err = circumstances(ctx, tx)
		return err
	})
	return around, err
}

func circumstances(ctx context.Context, tx *sql.Tx) (c domain.Circumstances, err error) {
	err = tx.QueryRowContext(ctx, `SELECT coalesce((SELECT state FROM transfer WHERE confirmed_at IS NOT NULL ORDER BY id DESC LIMIT 1), '')
		IN (?, ?, ?, ?, ?)`, transfer.StatePreparing, transfer.StateQueued, transfer.StateApplying, transfer.StateStopping, transfer.StatePaused).Scan(&c.Transferring)
	if err != nil {
		return domain.Circumstances{}, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT currency, count(*) FROM product JOIN binding ON binding.product_id = product.id
		WHERE price IS NOT NULL GROUP BY currency`)
	if err != nil {
		return domain.Circumstances{}, err
	}
	defer func() { _ = rows.Close() }()
	c.BoundPrices = map[domain.Currency]int{}
	for rows.Next() {
		var currency domain.Currency
		var n int
		if err := rows.Scan(&currency, &n); err != nil {
			return domain.Circumstances{}, err
		}
		c.BoundPrices[currency] = n
	}
	return c, rows.Err()
}

func settings(ctx context.Context, tx *sql.Tx) (domain.Settings, error) {
	s := domain.DefaultSettings()
	rows, err := tx.QueryContext(ctx, `SELECT key, value FROM setting`)
	if err != nil {
		return domain.Settings{}, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return domain.Settings{}, err
		}
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
	return s, rows.Err()
}
