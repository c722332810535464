package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// founder makes the file of a company where the company is made, and nowhere else: a file that is not there later was lost.
type founder struct {
	*sqlite.Machine
	dir string
}

// SaveCompany makes the file first: a kill in between leaves one that belongs to nobody.
func (f founder) SaveCompany(ctx context.Context, c domain.Company) error {
	if err := sqlite.CreateCompany(ctx, companyPath(f.dir, c.ID), c); err != nil {
		return err
	}
	return f.Machine.SaveCompany(ctx, c)
}

func companyPath(dir string, id domain.CompanyID) string {
	return filepath.Join(dir, "companies", string(id)+".db")
}

func (a *App) companyPath(id domain.CompanyID) string { return companyPath(a.dir, id) }

// whole refuses to go on with a company whose file is not there or empty, where an empty one would be made in its place.
// KindMissing, its detail the folder of backups. A file of an older program is backed up first, if there is a password.
func (a *App) whole(ctx context.Context, info domain.Company) error {
	version, err := sqlite.CompanyVersion(ctx, a.companyPath(info.ID))
	if domain.KindOf(err) == domain.KindMissing {
		folder, _ := a.backupFolder()
		return &domain.Error{Kind: domain.KindMissing, Op: "open the company's file", Detail: folder, Err: err}
	}
	newest, unknown := sqlite.NewestVersion()
	if err != nil || unknown != nil || version == 0 || version >= newest {
		return nil //nolint:nilerr // what is wrong with it is said where it is opened
	}
	if _, err := a.backUpOne(ctx, info, domain.Secret{}, &backup.Progress{}); err != nil {
		a.Log.WarnContext(ctx, "no backup before the upgrade; the old file is kept beside the new one", "company", info.ID, "error", err)
	}
	return nil
}

// filesOf gives the paths of the files in a folder whose names begin so, in the order of their names; none where there is no
// folder. (A pattern would read what stands in the folder's own path.)
func filesOf(dir, prefix string) (paths []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, domain.E(domain.KindDisk, "list "+dir, err)
	}
	for _, e := range entries {
		if !e.IsDir() && strings.HasPrefix(e.Name(), prefix) {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths, nil
}

func there(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}

// openMachine opens sopyo.db. Where it is lost, not there or empty beside companies' files, it is made anew of what those
// know: their names and firms. What API keys have cost and the window's preferences are lost with it.
func openMachine(ctx context.Context, dir string, log *slog.Logger) (*sqlite.Machine, error) {
	path := filepath.Join(dir, "sopyo.db")
	files, err := filesOf(filepath.Join(dir, "companies"), "")
	if err != nil {
		return nil, err
	}
	files = slices.DeleteFunc(files, func(path string) bool { return filepath.Ext(path) != ".db" })
	if there(path) || len(files) == 0 || isFolder(path) {
		return sqlite.OpenMachine(ctx, path)
	}
	return rebuild(ctx, path, files, log)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// rebuild makes a machine's file beside its place, which it takes once all companies are in it.
func rebuild(ctx context.Context, path string, files []string, log *slog.Logger) (*sqlite.Machine, error) {
	beside := path + ".new"
	for _, p := range []string{beside, beside + "-wal", beside + "-shm", path + "-wal", path + "-shm"} {
		if err := os.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, domain.E(domain.KindDisk, "make the list of companies anew", err)
		}
	}
	machine, err := sqlite.OpenMachine(ctx, beside)
	if err != nil {
		return nil, err
	}
	var all []domain.Company
	for _, f := range files {
		id := domain.CompanyID(strings.TrimSuffix(filepath.Base(f), ".db"))
		c, err := sqlite.IdentityOf(ctx, f)
		if err != nil {
			log.WarnContext(ctx, "a company's file does not tell whose it is", "company", id, "error", err)
		}
		if c.ID = id; c.Name == "" {
			c.Name = string(id)
		}
		if c.Name = backup.FreeName(c.Name, all); domain.KindOf(err) == domain.KindMissing {
			continue // an empty file is of nobody
		}
		all = append(all, c)
		if err := machine.SaveCompany(ctx, c); err != nil {
			return nil, errors.Join(err, machine.Close()) //nolint:contextcheck // io.Closer knows no context
		}
	}
	if err := machine.Close(); err != nil { //nolint:contextcheck // io.Closer knows no context
		return nil, err
	}
	if err := os.Rename(beside, path); err != nil {
		return nil, domain.E(domain.KindDisk, "make the list of companies anew", err)
	}
	log.WarnContext(ctx, "sopyo.db was lost and is made anew of the companies' files", "companies", len(all))
	return sqlite.OpenMachine(ctx, path)
}
