package database

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

//go:embed migrations
var migrationFiles embed.FS

// Schema is one kind of file: its migrations, and the application id in the file's header, by which a
// file of the other kind is told apart before anything is written into it.
type Schema struct {
	Files         fs.FS
	ApplicationID int
	// Settle brings up to date what a file keeps of its own content, at the end of every transaction that writes; nil where
	// there is nothing such.
	Settle func(ctx context.Context, tx *sql.Tx) error
}

// migration is one step from version-1 to version.
type migration struct {
	version int
	name    string
	sql     string
}

// CompanySchema is that of a company's file, marked "SOPc".
func CompanySchema() Schema {
	s := embeddedSchema("company", 0x534f5063)
	s.Settle = settleSearch
	return s
}

// MachineSchema is that of sopyo.db, marked "SOPm".
func MachineSchema() Schema { return embeddedSchema("machine", 0x534f506d) }

func embeddedSchema(dir string, applicationID int) Schema {
	files, err := fs.Sub(migrationFiles, path.Join("migrations", dir))
	if err != nil {
		panic(err) // only for a malformed constant
	}
	return Schema{Files: files, ApplicationID: applicationID}
}

// migrations reads the steps; they are numbered 0001, 0002, … without a gap.
func (s Schema) migrations() ([]migration, error) {
	names, err := fs.Glob(s.Files, "*.sql")
	if err != nil {
		return nil, err
	}
	all := make([]migration, 0, len(names))
	for _, name := range names {
		number, _, _ := strings.Cut(name, "_")
		version, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", name, err)
		}
		text, err := fs.ReadFile(s.Files, name)
		if err != nil {
			return nil, err
		}
		all = append(all, migration{version: version, name: name, sql: string(text)})
	}
	slices.SortFunc(all, func(a, b migration) int { return cmp.Compare(a.version, b.version) })
	for i, m := range all {
		if m.version != i+1 {
			return nil, fmt.Errorf("migration %s: expected number %04d", m.name, i+1)
		}
	}
	return all, nil
}

// migrate brings the file to the newest version, in one transaction: a kill leaves the old file, and a
// second program that opens it meanwhile waits and finds the work done. A file that holds something is
// copied first, to <path>.v<version>.bak. A file of a newer program or of another kind is refused
// untouched, and an empty one unless it is to be created.
func (d *File) migrate(ctx context.Context, s Schema, create bool) error {
	steps, err := s.migrations()
	if err != nil {
		return err
	}
	return within(ctx, d.Writer, nil, "migrate", func(tx *sql.Tx) error {
		version, empty, err := d.version(ctx, tx, s.ApplicationID)
		switch {
		case err != nil:
			return err
		case empty && !create:
			return d.unusable(domain.DataMissing, nil)
		case version == len(steps):
			return nil
		case version > len(steps):
			return d.unusable(domain.DataNewer, fmt.Errorf("version %d, this program knows %d", version, len(steps)))
		}
		if !empty {
			if err := d.backup(ctx, fmt.Sprintf("%s.v%d.bak", d.Path, version)); err != nil {
				return domain.Wrap(err, "back up first")
			}
		}
		if err := initialise(ctx, tx, s.ApplicationID); err != nil {
			return err
		}
		for _, m := range steps[version:] {
			if err := d.step(ctx, tx, m); err != nil {
				return domain.Wrap(err, "%s", m.name)
			}
		}
		return nil
	})
}

// unusable says why the file cannot be used.
func (d *File) unusable(why string, err error) error {
	return &domain.Error{Kind: domain.KindData, Field: d.Path, Detail: why, Err: err}
}

// version tells how far the file is and whether nothing at all is in it.
func (d *File) version(ctx context.Context, tx *sql.Tx, applicationID int) (version int, empty bool, err error) {
	var tables, records, id int
	err = tx.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM sqlite_schema),
		(SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'),
		(SELECT application_id FROM pragma_application_id)`).Scan(&tables, &records, &id)
	switch {
	case err != nil:
		return 0, false, err
	case tables == 0:
		return 0, true, nil
	case id != applicationID:
		return 0, false, d.unusable(domain.DataForeign, nil)
	case records == 0:
		return 0, false, nil
	}
	err = tx.QueryRowContext(ctx, `SELECT coalesce(max(version), 0) FROM migration`).Scan(&version)
	return version, false, err
}

// initialise marks the file as one of its kind and makes room for the records.
func initialise(ctx context.Context, tx *sql.Tx, applicationID int) error {
	_, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d;
		CREATE TABLE IF NOT EXISTS migration (
			version    integer PRIMARY KEY,
			name       text NOT NULL,
			applied_at text NOT NULL
		) STRICT;`, applicationID))
	return err
}

// step runs one migration and records it.
func (d *File) step(ctx context.Context, tx *sql.Tx, m migration) error {
	if _, err := tx.ExecContext(ctx, m.sql); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO migration (version, name, applied_at) VALUES (?, ?, ?)`,
		m.version, m.name, TimeText(d.Now()))
	return err
}

// backup copies the file as it is to target, through a connection of its own, while the caller's
// transaction keeps every writer out. The copy is made under another name first, so that one that was
// cut off is never taken for a whole one.
func (d *File) backup(ctx context.Context, target string) (err error) {
	part := target + ".part"
	if err := disk.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	source, err := d.open(ReaderDSN(d.Path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	if _, err := source.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		return err
	}
	if err := settled(part); err != nil {
		return err
	}
	return disk.Rename(part, target)
}

// settled brings a file to the disk, which VACUUM INTO leaves to the system, and keeps it from other users.
func settled(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Sync(), f.Close())
}
