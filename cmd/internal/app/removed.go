package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"

	backups "github.com/sopyo/sopyo-desktop/storage/backup"
)

func (a *App) removedFolder() string { return filepath.Join(a.dir, "companies", "removed") }

// archived is the name that sqlite.Archive gives a file: the company's id, and when it was removed (UTC).
var archived = regexp.MustCompile(`^(.+)-(\d{8}-\d{6})\.db$`)

// RemovedCompanies gives the companies that were removed and whose files are still here, the last removed first.
func (a *App) RemovedCompanies(ctx context.Context) ([]backup.Removed, error) {
	files, err := filesOf(a.removedFolder(), "")
	if err != nil {
		return nil, err
	}
	var all []backup.Removed
	for _, path := range files {
		found := archived.FindStringSubmatch(filepath.Base(path))
		info, err := os.Stat(path)
		if found == nil || err != nil {
			continue
		}
		at, err := time.Parse("20060102-150405", found[2])
		if err != nil {
			continue
		}
		c, err := sqlite.IdentityOf(ctx, path)
		if err != nil {
			a.Log.WarnContext(ctx, "a removed company's file does not tell whose it is", "file", filepath.Base(path), "error", err)
		}
		if c.ID = domain.CompanyID(found[1]); c.Name == "" {
			c.Name = found[1]
		}
		all = append(all, backup.Removed{Company: c, RemovedAt: at, Path: path, Size: info.Size()})
	}
	slices.SortFunc(all, func(x, y backup.Removed) int { return y.RemovedAt.Compare(x.RemovedAt) })
	return all, nil
}

// FindRemoved gives the removed company of that name, id or file name, the last removed where there are several. KindNotFound:
// there is none.
func (a *App) FindRemoved(ctx context.Context, name string) (backup.Removed, error) {
	all, err := a.RemovedCompanies(ctx)
	if err != nil {
		return backup.Removed{}, err
	}
	for _, r := range all {
		if domain.Fold(r.Name) == domain.Fold(name) || string(r.ID) == name || filepath.Base(r.Path) == name {
			return r, nil
		}
	}
	return backup.Removed{}, &domain.Error{Kind: domain.KindNotFound, Op: "find the removed company", Detail: name}
}

// BringBack takes a removed company back into the list, signed out, and gives it: under another name where a company has
// its own meanwhile. KindState (detail "company-present"): the company itself is here again.
func (a *App) BringBack(ctx context.Context, r backup.Removed) (c domain.Company, err error) {
	lock, err := lockCompany(a.dir, r.ID)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	here, err := a.Machine.Companies(ctx)
	if err != nil {
		return c, err
	}
	path := a.companyPath(r.ID)
	if there(path) || slices.ContainsFunc(here, func(h domain.Company) bool { return h.ID == r.ID || r.TenantID != "" && h.TenantID == r.TenantID }) {
		return c, &domain.Error{Kind: domain.KindState, Op: "bring the company back", Detail: "company-present"}
	}
	c = r.Company
	c.Name = backup.FreeName(r.Name, here)
	if err := putBack(r.Path, path); err != nil {
		return c, err
	}
	return c, a.Machine.SaveCompany(ctx, c)
}

// putBack moves what was archived, with what belongs to it, to path.
func putBack(archive, path string) error {
	files, err := filesOf(filepath.Dir(archive), filepath.Base(archive))
	if err != nil {
		return err
	}
	for _, from := range slices.Backward(files) { // the database, which has the shortest name, last: with it the move is done
		if err := disk.Rename(from, path+strings.TrimPrefix(from, archive)); err != nil {
			return disk.Failed("bring the company's file back", err)
		}
	}
	return nil
}

// Erase removes for good what is left of a removed company: its file with its copies, its documents, its reports, and its
// backups in the folder of backups, once word was typed. What the person has saved elsewhere stays. It may be repeated after
// a kill. KindInvalid (field "word"); KindState (detail "company-present"): the company itself is here again.
func (a *App) Erase(ctx context.Context, r backup.Removed, word string) (e backup.Erased, err error) {
	if err := backup.CheckErasure(word); err != nil {
		return e, err
	}
	here, err := a.Machine.Companies(ctx)
	if err != nil {
		return e, err
	}
	all, err := a.RemovedCompanies(ctx)
	if err != nil {
		return e, err
	}
	others := slices.ContainsFunc(here, func(h domain.Company) bool { return h.ID == r.ID }) ||
		slices.ContainsFunc(all, func(o backup.Removed) bool { return o.ID == r.ID && o.Path != r.Path })
	return e, a.exclusively(ctx, func() error {
		if !others { // what belongs to the company, and not to this one of its files
			if err := a.eraseAround(ctx, r, here, &e); err != nil {
				return err
			}
		}
		files, err := filesOf(filepath.Dir(r.Path), filepath.Base(r.Path))
		if err != nil {
			return err
		}
		for _, path := range slices.Backward(files) { // by its database the company is listed: it goes last
			if err := disk.Remove(path); err != nil {
				return disk.Failed("erase the company", err)
			}
			e.Files++
		}
		return nil
	})
}

// eraseAround erases documents, reports, secrets and backups of a company.
func (a *App) eraseAround(ctx context.Context, r backup.Removed, here []domain.Company, e *backup.Erased) error {
	if err := a.keys.Forget(ctx, r.ID); err != nil && domain.KindOf(err) != domain.KindKeyring {
		return err
	}
	for _, folder := range []string{a.documentFolder(r.ID), filepath.Join(a.dir, "reports", string(r.ID))} {
		err := filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				e.Files++
			}
			return nil //nolint:nilerr // a folder that is not there holds nothing; RemoveAll says the rest
		})
		if err := errors.Join(err, disk.RemoveAll(folder)); err != nil {
			return domain.E(domain.KindDisk, "erase the company", err)
		}
	}
	note, err := a.BackupNote(ctx, r.ID)
	if err != nil {
		return err
	}
	stem := disk.Name(r.Name)
	var others []string // they may be another company's
	for _, c := range here {
		theirs, err := a.BackupNote(ctx, c.ID)
		if err != nil {
			return err
		}
		others = append(append(others, disk.Name(c.Name)), theirs.Stems...)
	}
	folder, err := a.backupFolder()
	if err != nil {
		return err
	}
	files, err := backups.List(folder)
	if err != nil {
		return err
	}
	for _, f := range backup.Alone(files, append(note.Stems, stem, stem+" "+string(r.ID)), others) {
		if err := disk.Remove(f.Path); err != nil {
			return disk.Failed("erase the backups of the company", err)
		}
		e.Backups++
	}
	return a.SaveBackupNote(ctx, r.ID, backup.Note{})
}
