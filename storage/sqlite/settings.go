package sqlite

import (
	"context"
	"database/sql"
	"strconv"

	"github.com/sopyo/sopyo-desktop/domain"
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

// SaveSettings stores valid settings; others are refused with KindInvalid.
func (c *Company) SaveSettings(ctx context.Context, s domain.Settings) error {
	if err := s.Validate(); err != nil {
		return err
	}
	values := map[string]string{
		settingIntegration:   strconv.FormatBool(s.IntegrationOn),
		settingCurrency:      string(s.Currency),
		settingPull:          strconv.FormatBool(s.Pull),
		settingAutoFormalise: strconv.FormatBool(s.AutoFormalise),
		settingScenario:      string(s.Scenario),
		settingPush:          string(s.Push),
	}
	return c.db.writing(ctx, "save settings", func(tx *sql.Tx) error {
		for key, value := range values {
			_, err := tx.ExecContext(ctx, `INSERT INTO setting (key, value) VALUES (?, ?)
				ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
			if err != nil {
				return err
			}
		}
		return c.record(ctx, tx, "settings", values)
	})
}

func settings(ctx context.Context, tx *sql.Tx) (domain.Settings, error) {
	s := domain.DefaultSettings()
	rows, err := tx.QueryContext(ctx, `SELECT key, value FROM setting`)
	if err != nil {
		return s, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return s, err
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
