package settings

import (
	"context"
	"database/sql"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Connection gives what is stored of the company's authorisation, the zero value when nothing is. No
// secret is in this file; KeyTail and SessionOnly are for the keyring's owner to fill in.
func (s Store) Connection(ctx context.Context) (domain.Connection, error) {
	return database.View(ctx, s.db, "read connection", func(tx *sql.Tx) (domain.Connection, error) {
		v, _, err := database.SelectOne(ctx, tx, func(v *domain.Connection) []any {
			return []any{
				&v.Authorised, &v.Environment, &v.UserName, &v.TenantID, &v.FirmName,
				&v.Licence.Code, &v.Licence.Name,
				database.TimeInto(&v.Licence.EndsAt),
				&v.Licence.Expired,
				&v.BaseURL,
				database.TimeInto(&v.TokenEndsAt),
				database.TimeInto(&v.SignedInAt),
			}
		}, `SELECT authorised, environment, user_name, tenant_id, firm_name,
				licence_code, licence_name, licence_ends_at, licence_expired, base_url, token_ends_at, signed_in_at
			FROM connection`)
		return v, err
	})
}

// SaveConnection stores v in place of what was there. The history tells of another account or firm, not
// of every renewal.
func (s Store) SaveConnection(ctx context.Context, v domain.Connection) error {
	return s.db.Update(ctx, "save connection", func(tx *sql.Tx) error { return saveConnection(ctx, tx, s.db.Author(), v) })
}

// SaveOpenConnection is SaveConnection that opens the integration in the same transaction; its errors are
// those of SaveSettings too.
func (s Store) SaveOpenConnection(ctx context.Context, v domain.Connection, able domain.Abilities) error {
	return s.db.Update(ctx, "save connection", func(tx *sql.Tx) error {
		if err := saveConnection(ctx, tx, s.db.Author(), v); err != nil {
			return err
		}
		chosen, err := Of(ctx, tx)
		if err != nil {
			return err
		}
		chosen.IntegrationOn = true
		return saveSettings(ctx, tx, s.db.Author(), chosen, able)
	})
}

func saveConnection(ctx context.Context, tx *sql.Tx, by database.Author, v domain.Connection) error {
	user, firmKnown, err := database.SelectOne(ctx, tx, database.Itself[string], `SELECT user_name FROM connection WHERE authorised = ? AND tenant_id = ?`,
		v.Authorised, v.TenantID)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO connection (id, authorised, environment, user_name,
			tenant_id, firm_name, licence_code, licence_name, licence_ends_at, licence_expired, base_url,
			token_ends_at, signed_in_at)
		VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		v.Authorised, v.Environment, v.UserName, v.TenantID, v.FirmName,
		v.Licence.Code, v.Licence.Name, database.TimeText(v.Licence.EndsAt), v.Licence.Expired,
		v.BaseURL, database.TimeText(v.TokenEndsAt), database.TimeText(v.SignedInAt))
	told := map[string]string{"user": v.UserName, "tenant": v.TenantID}
	switch {
	case err != nil, firmKnown && user == v.UserName:
		return err
	case firmKnown:
		return by.Record(ctx, tx, "connection-user", told)
	}
	return by.Record(ctx, tx, "connection", told)
}

// ForgetConnection removes what is stored of the authorisation and closes the integration.
func (s Store) ForgetConnection(ctx context.Context) error {
	return s.db.Update(ctx, "forget connection", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM connection`); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE setting SET value = 'false' WHERE key = ?`, settingIntegration)
		if err != nil {
			return err
		}
		return s.db.Author().Record(ctx, tx, "connection-forgotten", nil)
	})
}
