package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// PrintSize is how many bytes of the hash are kept: enough to tell keys apart, too few to be one.
const PrintSize = 8

// KeyPrint gives what tells an API key from others on this machine: a salted SHA-256, shortened. The
// salt never leaves the file; another machine gives the same key another print.
func (m *Machine) KeyPrint(ctx context.Context, key domain.Secret) (string, error) {
	return database.View(ctx, m.db, "read the salt", func(tx *sql.Tx) (string, error) {
		salt, err := database.SelectValue[[]byte](ctx, tx, `SELECT value FROM salt`)
		sum := sha256.Sum256(append(salt, key.Reveal()...))
		return hex.EncodeToString(sum[:PrintSize]), err
	})
}

// CompanyKey gives the print of the company's API key, "" while it is not known.
func (m *Machine) CompanyKey(ctx context.Context, id domain.CompanyID) (keyPrint string, err error) {
	return database.View(ctx, m.db, "read the company's key print", func(tx *sql.Tx) (string, error) {
		keyPrint, _, err := database.SelectOne(ctx, tx, database.Itself[string], `SELECT key_print FROM company WHERE id = ?`, id)
		return keyPrint, err
	})
}

// SaveCompanyKey notes that the company has the API key of that print now. A company whose key was not
// known before brings along what it has booked of the month: those calls were made with this key.
func (m *Machine) SaveCompanyKey(ctx context.Context, id domain.CompanyID, keyPrint, month string, booked map[quota.Kind]int) error {
	return m.db.Update(ctx, "note the company's key", func(tx *sql.Tx) error {
		before, err := database.SelectValue[string](ctx, tx, `SELECT key_print FROM company WHERE id = ?`, id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE company SET key_print = ? WHERE id = ?`, keyPrint, id); err != nil || before != "" {
			return err
		}
		for k, n := range booked {
			_, err := tx.ExecContext(ctx, `INSERT INTO key_quota (key_print, company_id, month, kind, used) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT DO UPDATE SET used = max(used, excluded.used)`, keyPrint, id, month, k, n)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// keyQuota is the ledger of one API key, of which a company is given its part. It lives in sopyo.db,
// which several processes may have open.
type keyQuota struct {
	machine *Machine
	print   string
	company domain.CompanyID
}

// KeyQuota gives the ledger of the API key of that print, to book the company's calls in.
func (m *Machine) KeyQuota(keyPrint string, company domain.CompanyID) quota.KeyStore {
	return &keyQuota{machine: m, print: keyPrint, company: company}
}

// Book adds up to n calls, so many that the sum of all companies with the key stays within ceiling, and
// gives how many; a negative n gives back.
func (q *keyQuota) Book(ctx context.Context, month string, k quota.Kind, n, ceiling int) (int, error) {
	return database.Update(ctx, q.machine.db, "book calls of the key", func(tx *sql.Tx) (int, error) {
		if n > 0 {
			sum, err := database.SelectValue[int](ctx, tx, `SELECT coalesce(sum(used), 0) FROM key_quota
				WHERE key_print = ? AND month = ? AND kind = ?`, q.print, month, k)
			if n = max(0, min(n, ceiling-sum)); err != nil || n == 0 {
				return 0, err
			}
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO key_quota (key_print, company_id, month, kind, used) VALUES (?, ?, ?, ?, max(0, ?))
			ON CONFLICT DO UPDATE SET used = max(0, used + ?)`, q.print, q.company, month, k, n, n)
		return n, err
	})
}

// Booked gives the sum of all companies with the key.
func (q *keyQuota) Booked(ctx context.Context, month string) (map[quota.Kind]int, error) {
	return database.View(ctx, q.machine.db, "read booked calls of the key", func(tx *sql.Tx) (map[quota.Kind]int, error) {
		return database.SelectMap(ctx, tx, database.Keyed[quota.Kind, int], `SELECT kind, sum(used) FROM key_quota WHERE key_print = ? AND month = ? GROUP BY kind`, q.print, month)
	})
}
