package settings

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// The rows of the table of settings that say whose file it is.
const (
	settingCompany    = "company"
	settingHandedOver = "handed-over"
)

// identity is a company as its own file knows it, for the day on which the machine's has gone.
type identity struct {
	Name     string `json:"name"`
	Demo     bool   `json:"demo,omitempty"`
	TenantID string `json:"tenant,omitempty"`
}

// SaveIdentity keeps what the machine knows of the company in the company's own file, written only where it differs.
func (s Store) SaveIdentity(ctx context.Context, c domain.Company) error {
	text, err := json.Marshal(identity{c.Name, c.Demo, c.TenantID})
	if err != nil {
		return domain.E(domain.KindInternal, "keep the company's name", err)
	}
	kept, err := database.View(ctx, s.db, "read the company's name", func(tx *sql.Tx) (string, error) { return saved(ctx, tx, settingCompany) })
	if err != nil || kept == string(text) {
		return err
	}
	return s.db.Update(ctx, "keep the company's name", func(tx *sql.Tx) error { return Save(ctx, tx, settingCompany, string(text)) })
}

// IdentityOf gives what the file knows of its company, but for its id. An older file knows the firm that it was signed in
// to, or nothing.
func IdentityOf(ctx context.Context, tx *sql.Tx) (domain.Company, error) {
	text, err := saved(ctx, tx, settingCompany)
	if err != nil {
		return domain.Company{}, err
	}
	var i identity
	if text != "" {
		if err := json.Unmarshal([]byte(text), &i); err != nil {
			return domain.Company{}, domain.E(domain.KindInternal, "read the company's name", err)
		}
	}
	c := domain.Company{Name: i.Name, Demo: i.Demo, TenantID: i.TenantID}
	if c.Name != "" {
		return c, nil
	}
	c, _, err = database.SelectOne(ctx, tx, func(c *domain.Company) []any { return []any{&c.Name, &c.TenantID} }, `SELECT firm_name, tenant_id FROM connection`)
	return c, err
}

// HandedOver tells when the company was handed over to another machine, which issues its invoices since; the zero time
// while it was not.
func (s Store) HandedOver(ctx context.Context) (time.Time, error) {
	return database.View(ctx, s.db, "read the hand-over", func(tx *sql.Tx) (time.Time, error) { return HandedOverIn(ctx, tx) })
}

// HandedOverIn is HandedOver in a transaction.
func HandedOverIn(ctx context.Context, tx *sql.Tx) (at time.Time, err error) {
	text, err := saved(ctx, tx, settingHandedOver)
	if err != nil || text == "" {
		return at, err
	}
	err = database.TimeInto(&at).Scan(text)
	return at, err
}

// SetHandedOver notes it, in the history too; the zero time takes it back.
func (s Store) SetHandedOver(ctx context.Context, at time.Time) error {
	return s.db.Update(ctx, "note the hand-over", func(tx *sql.Tx) error {
		was, err := HandedOverIn(ctx, tx)
		if err != nil || was.Equal(at) {
			return err
		}
		what := "handed-over"
		if at.IsZero() {
			what = "hand-over-taken-back"
		}
		if err := SaveHandedOver(ctx, tx, at); err != nil {
			return err
		}
		return s.db.Author().Record(ctx, tx, what, nil)
	})
}

// SaveHandedOver is SetHandedOver in a transaction.
func SaveHandedOver(ctx context.Context, tx *sql.Tx, at time.Time) error {
	text, _ := database.TimeText(at).(string) // none of the zero time
	return Save(ctx, tx, settingHandedOver, text)
}

func saved(ctx context.Context, tx *sql.Tx, key string) (string, error) {
	text, _, err := database.SelectOne(ctx, tx, database.Itself[string], `SELECT value FROM setting WHERE key = ?`, key)
	return text, err
}
