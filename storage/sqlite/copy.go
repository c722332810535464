package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/settings"
)

// NewestVersion is that of the companies' files of this program.
func NewestVersion() (int, error) { return database.CompanySchema().Newest() }

// CompanyVersion tells the version of the company's file at path, which is not brought up to date by it. KindData: there
// is none.
func CompanyVersion(ctx context.Context, path string) (int, error) {
	return database.Version(ctx, path, database.CompanySchema(), database.Driver)
}

// CopyCompany writes a consistent copy of the company's file at path to target, while whoever has it open goes on, and tells
// what it holds. It is of the version that the file has.
func CopyCompany(ctx context.Context, path, target string, p *backup.Progress) (backup.Content, error) {
	p.Enter(backup.PhaseCopying, 0)
	entered := false
	err := database.Copy(ctx, path, target, database.Driver, func(done, of int64) {
		if !entered {
			entered = true
			p.Enter(backup.PhaseCopying, of)
		}
		p.Set(done)
	})
	if err != nil {
		return backup.Content{}, lying(path, err)
	}
	content := backup.Content{}
	if content.Version, err = CompanyVersion(ctx, target); err != nil {
		return content, lying(path, err)
	}
	return content, lying(path, database.Look(ctx, target, database.Driver, "count what is backed up", func(tx *sql.Tx) error {
		for _, c := range []struct {
			into         any
			table, query string
		}{
			{&content.Products, "product", `SELECT count(*) FROM product`},
			{&content.Orders, "sales_order", `SELECT count(*) FROM sales_order`},
			{&content.Invoices, "invoice", `SELECT count(*) FROM invoice WHERE state IN ('issued', 'documented')`},
			{&content.Serial, "invoice", `SELECT max(coalesce((SELECT max(serial) FROM invoice), 0),
				coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'invoice-serial'), 0))`},
		} {
			known, err := database.SelectValue[bool](ctx, tx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?)`, c.table)
			if err == nil && known { // an older file has no such table
				err = tx.QueryRowContext(ctx, c.query).Scan(c.into)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// lying says of what is wrong with a copy where the file lies that it was made of.
func lying(path string, err error) error {
	var e *domain.Error
	if errors.As(err, &e) && e.Kind == domain.KindData {
		e.Field = path
	}
	return err
}

// IdentityOf tells what the company's file at path knows of its company, but for its id. KindData: there is none.
func IdentityOf(ctx context.Context, path string) (c domain.Company, err error) {
	err = database.Look(ctx, path, database.Driver, "read whose file it is", func(tx *sql.Tx) (err error) {
		c, err = settings.IdentityOf(ctx, tx)
		return err
	})
	return c, err
}

// HandedOver tells since when the company of the file at path is another machine's, the zero time while it is not; whoever
// has the file open goes on.
func HandedOver(ctx context.Context, path string) (at time.Time, err error) {
	err = database.Look(ctx, path, database.Driver, "read the hand-over", func(tx *sql.Tx) (err error) {
		at, err = settings.HandedOverIn(ctx, tx)
		return err
	})
	return at, err
}

// FoundCompany makes the file of a new company at path, which knows whose it is.
func FoundCompany(ctx context.Context, path string, c domain.Company) error {
	store, err := CreateCompany(ctx, path)
	if err != nil {
		return err
	}
	return errors.Join(store.SaveIdentity(ctx, c), store.Close()) //nolint:contextcheck // io.Closer knows no context
}

// NameCompany says to the company's file at path whose it is.
func NameCompany(ctx context.Context, path string, c domain.Company) error {
	store, err := OpenCompany(ctx, path)
	if err != nil {
		return err
	}
	return errors.Join(store.SaveIdentity(ctx, c), store.Close()) //nolint:contextcheck // io.Closer knows no context
}

// OpenRestored opens a company's file that comes from a backup, brings it to this program's version, and makes sure that it
// is sound. KindBackupDamaged: it is not, or of another kind.
func OpenRestored(ctx context.Context, path string) (*Company, error) {
	const op = "check the restored file"
	err := database.Look(ctx, path, database.Driver, op, func(tx *sql.Tx) error {
		said, err := database.SelectValue[string](ctx, tx, `PRAGMA quick_check(1)`)
		if err == nil && said != "ok" {
			err = domain.E(domain.KindBackupDamaged, op, errors.New(said))
		}
		return err
	})
	if err != nil {
		return nil, unsound(ctx, op, err)
	}
	c, err := OpenCompany(ctx, path)
	return c, unsound(ctx, op, err)
}

// unsound gives what is wrong with a file that came from a backup the kind of a damaged one.
func unsound(ctx context.Context, op string, err error) error {
	var e *domain.Error
	if ctx.Err() == nil && errors.As(err, &e) && e.Kind == domain.KindData && e.Detail != domain.DataNewer {
		return domain.E(domain.KindBackupDamaged, op, err)
	}
	return err
}

// Settle ends, in a file that comes from a backup, what was under way when the copy was made: it may have come to its end
// since, and must not be done a second time by itself. Letters that waited are unknown, transfers and syncs stopped; a
// person goes on with them or not. handOver: from here on the company is this machine's. The history tells of it, and when the
// copy was made.
func (c *Company) Settle(ctx context.Context, madeAt time.Time, handOver bool) error {
	return c.db.Update(ctx, "settle the restored file", func(tx *sql.Tx) error {
		what := "restored"
		if handOver {
			what = "taken-over"
			if err := settings.SaveHandedOver(ctx, tx, time.Time{}); err != nil {
				return err
			}
		}
		for _, s := range []struct {
			statement string
			args      []any
		}{
			{
				`UPDATE letter SET state = ?, next_at = NULL, cause = ?, changed_at = ? WHERE state IN (?, ?)`,
				[]any{mail.StateUnknown, domain.KindMailUnknown, database.TimeText(c.db.Now()), mail.StateQueued, mail.StateSending},
			},
			{
				`UPDATE transfer SET state = ? WHERE state IN (?, ?, ?, ?, ?)`,
				[]any{transfer.StateStopped, transfer.StatePreparing, transfer.StateQueued, transfer.StateApplying, transfer.StatePaused, transfer.StateStopping},
			},
			{
				`UPDATE sync_run SET state = ? WHERE state IN (?, ?, ?, ?, ?)`,
				[]any{transfer.StateStopped, transfer.StatePreparing, transfer.StateQueued, transfer.StateApplying, transfer.StatePaused, transfer.StateStopping},
			},
		} {
			if _, err := tx.ExecContext(ctx, s.statement, s.args...); err != nil {
				return err
			}
		}
		return c.db.Author().Record(ctx, tx, what, map[string]string{"backup": madeAt.In(domain.Istanbul).Format("2006-01-02 15:04")})
	})
}
