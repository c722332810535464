package companies

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
)

// List is the machine's list of companies.
type List interface {
	Companies(ctx context.Context) ([]domain.Company, error)
	SaveCompany(ctx context.Context, c domain.Company) error
	RemoveCompany(ctx context.Context, id domain.CompanyID) error
}

// Archive keeps the files of companies that were removed.
type Archive interface {
	// Archive moves a company's file to them and gives its path there, "" where there was none.
	Archive(ctx context.Context, c domain.Company, now time.Time) (path string, err error)
	// PutBack moves what was archived to the place of the company's file.
	PutBack(path string, id domain.CompanyID) error
	// Removed gives those that are still here, the last removed first.
	Removed(ctx context.Context) ([]backup.Removed, error)
	// EraseRemoved erases what was archived, and counts its files.
	EraseRemoved(path string) (n int, err error)
}

// Files are the companies' files in their places.
type Files interface {
	Present(id domain.CompanyID) bool
	// NeverAuthorised tells whether surely nobody has ever signed in to the company whose file is at path.
	NeverAuthorised(ctx context.Context, path string) bool
}

// Documents are what was written of a company in the data folder.
type Documents interface {
	// Erase erases them, and counts the files.
	Erase(id domain.CompanyID) (n int, err error)
}

// Secrets are the keyring's.
type Secrets interface {
	// Forget forgets those of a company. KindKeyring: there may be some that cannot be reached.
	Forget(ctx context.Context, id domain.CompanyID) error
}

// Locks take companies for this process. KindBusy: another one has it.
type Locks interface {
	Take(id domain.CompanyID) (release func() error, err error)
}

// Backups are those of the companies.
type Backups interface {
	// Exclusively does work while nobody else works on backups.
	Exclusively(ctx context.Context, work func() error) error
	// EraseBackups removes those of a company and of none of the others, and counts them.
	EraseBackups(ctx context.Context, r backup.Removed, others []domain.Company) (n int, err error)
}

// Parts are what companies are removed with.
type Parts struct {
	List      List
	Archive   Archive
	Files     Files
	Documents Documents
	Secrets   Secrets
	Locks     Locks
	Backups   Backups
	Now       func() time.Time
}

// Removal takes companies off the list, back into it, and erases what is left of them.
type Removal struct{ of Parts }

// NewRemoval makes the one of a machine.
func NewRemoval(of Parts) *Removal { return &Removal{of} }

// RemoveCompany forgets a company and its secrets; its file goes to those of the removed, whose path is given.
// KindBusy: a program of ours has the company open, KindDisk (detail "held") another one its file. KindKeyring: there may be
// secrets that cannot be reached. With an error the company stays; what a kill has cut off is gone on with when it is removed again.
func (r *Removal) RemoveCompany(ctx context.Context, info domain.Company) (archive string, err error) {
	release, err := r.of.Locks.Take(info.ID)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, release()) }()
	if archive, err = r.of.Archive.Archive(ctx, info, r.of.Now()); err != nil {
		return "", err
	}
	err = r.of.Secrets.Forget(ctx, info.ID)
	if err == nil || info.TenantID == "" && r.of.Files.NeverAuthorised(ctx, archive) {
		err = r.of.List.RemoveCompany(ctx, info.ID)
	}
	if err != nil && archive != "" {
		err = errors.Join(err, r.of.Archive.PutBack(archive, info.ID))
	}
	if err != nil {
		return "", err
	}
	return archive, nil
}

// RemovedCompanies gives the companies that were removed and whose files are still here, the last removed first.
func (r *Removal) RemovedCompanies(ctx context.Context) ([]backup.Removed, error) {
	return r.of.Archive.Removed(ctx)
}

// FindRemoved gives the removed company of that name, id or file name, the last removed where there are several. KindNotFound:
// there is none.
func (r *Removal) FindRemoved(ctx context.Context, name string) (backup.Removed, error) {
	all, err := r.of.Archive.Removed(ctx)
	if err != nil {
		return backup.Removed{}, err
	}
	for _, c := range all {
		if domain.Fold(c.Name) == domain.Fold(name) || string(c.ID) == name || filepath.Base(c.Path) == name {
			return c, nil
		}
	}
	return backup.Removed{}, &domain.Error{Kind: domain.KindNotFound, Op: "find the removed company", Detail: name}
}

// BringBack takes a removed company back into the list, signed out, and gives it: under another name where a company has
// its own meanwhile. KindState (detail "company-present"): the company itself is here again.
func (r *Removal) BringBack(ctx context.Context, gone backup.Removed) (c domain.Company, err error) {
	release, err := r.of.Locks.Take(gone.ID)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, release()) }()
	here, err := r.of.List.Companies(ctx)
	if err != nil {
		return c, err
	}
	same := func(h domain.Company) bool {
		return h.ID == gone.ID || gone.TenantID != "" && h.TenantID == gone.TenantID
	}
	if r.of.Files.Present(gone.ID) || slices.ContainsFunc(here, same) {
		return c, &domain.Error{Kind: domain.KindState, Op: "bring the company back", Detail: "company-present"}
	}
	c = gone.Company
	c.Name = backup.FreeName(gone.Name, here)
	if err := r.of.Archive.PutBack(gone.Path, gone.ID); err != nil {
		return c, err
	}
	return c, r.of.List.SaveCompany(ctx, c)
}

// Erase removes for good what is left of a removed company: its file with its copies, its documents, its reports, and its
// backups in the folder of backups, once word was typed. What the person has saved elsewhere stays. It may be repeated after
// a kill. KindInvalid (field "word").
func (r *Removal) Erase(ctx context.Context, gone backup.Removed, word string) (e backup.Erased, err error) {
	if err := backup.CheckErasure(word); err != nil {
		return e, err
	}
	here, err := r.of.List.Companies(ctx)
	if err != nil {
		return e, err
	}
	all, err := r.of.Archive.Removed(ctx)
	if err != nil {
		return e, err
	}
	others := slices.ContainsFunc(here, func(h domain.Company) bool { return h.ID == gone.ID }) ||
		slices.ContainsFunc(all, func(o backup.Removed) bool { return o.ID == gone.ID && o.Path != gone.Path })
	return e, r.of.Backups.Exclusively(ctx, func() error {
		if !others { // what belongs to the company, and not to this one of its files
			if err := r.eraseAround(ctx, gone, here, &e); err != nil {
				return err
			}
		}
		n, err := r.of.Archive.EraseRemoved(gone.Path)
		e.Files += n
		return err
	})
}

// eraseAround erases documents, reports, secrets and backups of a company.
func (r *Removal) eraseAround(ctx context.Context, gone backup.Removed, here []domain.Company, e *backup.Erased) error {
	if err := r.of.Secrets.Forget(ctx, gone.ID); err != nil && domain.KindOf(err) != domain.KindKeyring {
		return err
	}
	var err error
	if e.Files, err = r.of.Documents.Erase(gone.ID); err != nil {
		return err
	}
	e.Backups, err = r.of.Backups.EraseBackups(ctx, gone, here)
	return err
}
