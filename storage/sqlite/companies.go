package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// Companies gives all companies in the order in which they were added.
func (m *Machine) Companies(ctx context.Context) ([]domain.Company, error) {
	return database.View(ctx, m.db, "list companies", func(tx *sql.Tx) ([]domain.Company, error) { return companiesOf(ctx, tx) })
}

func companiesOf(ctx context.Context, tx *sql.Tx) ([]domain.Company, error) {
	return database.SelectAll(ctx, tx, func(c *domain.Company) []any { return []any{&c.ID, &c.Name, &c.Demo, &c.TenantID} },
		`SELECT id, name, demo, tenant_id FROM company ORDER BY created_at, id`)
}

// SaveCompany adds the company, whose file was made, or replaces what is known of it. Its name and its firm are its own:
// KindInvalid with field "name" and KindOtherFirm with the name of the company that has it say otherwise, whichever
// program was faster.
func (m *Machine) SaveCompany(ctx context.Context, c domain.Company) error {
	return m.db.Update(ctx, "save company", func(tx *sql.Tx) error {
		all, err := companiesOf(ctx, tx)
		if err != nil {
			return err
		}
		return saveCompany(ctx, tx, m.db.Now(), all, c)
	})
}

// SaveName gives the company another name, whatever else was changed meanwhile. Errors as of SaveCompany, and KindNotFound.
func (m *Machine) SaveName(ctx context.Context, id domain.CompanyID, name string) (domain.Company, error) {
	return m.change(ctx, "save the company's name", id, func(c *domain.Company) { c.Name = name })
}

// SaveFirm gives the company the firm that it has signed in to, as SaveName the name.
func (m *Machine) SaveFirm(ctx context.Context, id domain.CompanyID, tenantID string) (domain.Company, error) {
	return m.change(ctx, "save the company's firm", id, func(c *domain.Company) { c.TenantID = tenantID })
}

// change changes a company as it stands by then.
func (m *Machine) change(ctx context.Context, op string, id domain.CompanyID, change func(c *domain.Company)) (domain.Company, error) {
	return database.Update(ctx, m.db, op, func(tx *sql.Tx) (domain.Company, error) {
		all, err := companiesOf(ctx, tx)
		if err != nil {
			return domain.Company{}, err
		}
		i := slices.IndexFunc(all, func(c domain.Company) bool { return c.ID == id })
		if i < 0 {
			return domain.Company{}, &domain.Error{Kind: domain.KindNotFound, Op: op, Detail: string(id)}
		}
		c := all[i]
		change(&c)
		return c, saveCompany(ctx, tx, m.db.Now(), all, c)
	})
}

// saveCompany is SaveCompany beside all that there are.
func saveCompany(ctx context.Context, tx *sql.Tx, now time.Time, all []domain.Company, c domain.Company) error {
	before := domain.Company{}
	for _, other := range all {
		switch {
		case other.ID == c.ID:
			before = other
		case nameKey(other) == nameKey(c):
			return domain.Invalid("name", "name-taken")
		}
	}
	key := tenantKey(c)
	for _, other := range all {
		if key == "" || other.ID == c.ID || tenantKey(other) != key {
			continue
		}
		if tenantKey(before) != key {
			return &domain.Error{Kind: domain.KindOtherFirm, Op: "take the firm", Detail: other.Name}
		}
		key = "" // of two companies that have one firm since before that was refused
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO company (id, name, demo, tenant_id, created_at, name_key, tenant_key, has_file)
		VALUES (?, ?, ?, ?, ?, ?, ?, 1)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, demo = excluded.demo, tenant_id = excluded.tenant_id,
			name_key = excluded.name_key, tenant_key = excluded.tenant_key`,
		c.ID, c.Name, c.Demo, c.TenantID, database.TimeText(now), nameKey(c), key)
	return err
}

// nameKey is what no two companies have in common; the demo company may be called like a person's own.
func nameKey(c domain.Company) string {
	if c.Demo {
		return "demo/" + domain.Fold(c.Name)
	}
	return "/" + domain.Fold(c.Name)
}

// tenantKey is the firm that no two companies have in common, "" for none. The demo company's is no one else's: it has an
// İşbaşı of its own.
func tenantKey(c domain.Company) string {
	if c.Demo {
		return ""
	}
	return strings.ToLower(c.TenantID) //nolint:forbidigo // a GUID
}

// RemoveCompany forgets the company; its own file is left alone.
func (m *Machine) RemoveCompany(ctx context.Context, id domain.CompanyID) error {
	return m.db.Execute(ctx, "remove company", `DELETE FROM company WHERE id = ?`, id)
}

// NameApart fills in the keys of companies that an older program has added, and gives those that have the name of an
// earlier one a number.
func (m *Machine) NameApart(ctx context.Context) error {
	const op = "tell companies apart"
	unkeyed := func(tx *sql.Tx) (int, error) {
		return database.SelectValue[int](ctx, tx, `SELECT count(*) FROM company WHERE name_key = ''`)
	}
	if n, err := database.View(ctx, m.db, op, unkeyed); err != nil || n == 0 {
		return err
	}
	return m.db.Update(ctx, op, func(tx *sql.Tx) error {
		if n, err := unkeyed(tx); err != nil || n == 0 {
			return err // another program was faster
		}
		all, err := companiesOf(ctx, tx)
		if err != nil {
			return err
		}
		names, tenants := map[string]bool{}, map[string]bool{"": true}
		for _, c := range all {
			name := c.Name
			for n := 2; names[nameKey(c)]; n++ {
				c.Name = fmt.Sprintf("%s (%d)", name, n)
			}
			tenant := tenantKey(c)
			if tenants[tenant] {
				tenant = ""
			}
			names[nameKey(c)], tenants[tenant] = true, true
			if _, err := tx.ExecContext(ctx, `UPDATE company SET name = ?, name_key = ?, tenant_key = ? WHERE id = ?`,
				c.Name, nameKey(c), tenant, c.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// WithoutFile gives the companies that an older program has added and may never have opened: it made files later.
func (m *Machine) WithoutFile(ctx context.Context) ([]domain.CompanyID, error) {
	return database.View(ctx, m.db, "list companies without a file", func(tx *sql.Tx) ([]domain.CompanyID, error) {
		return database.SelectAll(ctx, tx, database.Itself[domain.CompanyID], `SELECT id FROM company WHERE has_file = 0 ORDER BY id`)
	})
}

// NoteFile notes that the company has its file.
func (m *Machine) NoteFile(ctx context.Context, id domain.CompanyID) error {
	return m.db.Execute(ctx, "note the company's file", `UPDATE company SET has_file = 1 WHERE id = ?`, id)
}
