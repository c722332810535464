package backup

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// Place is where the backups of a data folder are made and where they lie.
type Place struct {
	// Data is the data folder.
	Data string
	// Folder is where backups are written by themselves.
	Folder func() (string, error)
	// Documents is the folder of a company's documents.
	Documents func(id domain.CompanyID) string
	// Copy is that of Source, of a company.
	Copy func(ctx context.Context, id domain.CompanyID, path string, p *backup.Progress) (backup.Content, error)
	Log  *slog.Logger
}

// copies is where what is backed up lies in plain letters while it is packed: never among the person's documents, which a
// cloud may take.
func (pl Place) copies() string { return filepath.Join(pl.Data, "backup") }

// Exclusively does work on backups while nobody else on this data folder does. KindBusy (detail "backup"): somebody does.
// What was left by a kill is removed first.
func (pl Place) Exclusively(ctx context.Context, work func() error) (err error) {
	lock := flock.New(filepath.Join(pl.Data, "backup.lock"))
	ok, err := lock.TryLock()
	switch {
	case err != nil:
		return domain.E(domain.KindDisk, "lock the backups", err)
	case !ok:
		return &domain.Error{Kind: domain.KindBusy, Op: "lock the backups", Detail: "backup"}
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	folder, err := pl.Folder()
	if err != nil {
		return err
	}
	if err := Clean(ctx, pl.copies(), folder); err != nil {
		pl.Log.WarnContext(ctx, "what was left of a backup stays", "error", err) // the work itself says whether it can be done
	}
	return work()
}

// Gather copies what a backup of companies is to hold.
func (pl Place) Gather(ctx context.Context, m backup.Manifest, all []domain.Company, p *backup.Progress) (backup.Gathered, error) {
	sources := make([]Source, len(all))
	for i, c := range all {
		sources[i] = Source{
			Company: c, Documents: pl.Documents(c.ID),
			Copy: func(ctx context.Context, path string, p *backup.Progress) (backup.Content, error) {
				return pl.Copy(ctx, c.ID, path, p)
			},
		}
	}
	g, err := Gather(ctx, pl.copies(), m, sources, p)
	if err != nil {
		return nil, err
	}
	return g, nil
}

// Path is where backups are written by themselves.
func (pl Place) Path() (string, error) { return pl.Folder() }

// List gives the backups in that folder, the newest first.
func (pl Place) List() ([]backup.File, error) {
	folder, err := pl.Folder()
	if err != nil {
		return nil, err
	}
	return List(folder)
}

// Next is the first path of that name in the folder, which is made, that is free.
func (pl Place) Next(name string) (string, error) {
	folder, err := pl.Folder()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", domain.E(domain.KindDisk, "make the folder of backups", err)
	}
	return NextPath(folder, name), nil
}

// Remove removes a backup.
func (pl Place) Remove(path string) error {
	return disk.Failed("remove the backup", disk.Remove(path))
}

// Holds tells whether there is a file at path.
func (pl Place) Holds(path string) bool { return disk.Holds(path) }

// Read is that of this package.
func (pl Place) Read(ctx context.Context, path string, password domain.Secret, version int) (backup.Manifest, error) {
	return Read(ctx, path, password, version)
}

// Unpack is that of this package; each company has its folder of documents then.
func (pl Place) Unpack(ctx context.Context, path string, password domain.Secret, version int, dir string, p *backup.Progress) (backup.Manifest, error) {
	m, err := Unpack(ctx, path, password, version, dir, p)
	if err != nil {
		return m, err
	}
	for _, c := range m.Companies {
		if err := os.MkdirAll(filepath.Join(dir, string(c.ID)), 0o700); err != nil {
			return m, domain.E(domain.KindDisk, "unpack the documents", err)
		}
	}
	return m, nil
}
