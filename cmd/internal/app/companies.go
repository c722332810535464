package app

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// RemoveCompany forgets a company and its secrets; its file goes to companies/removed, whose path is
// given. KindBusy: a program has the company open. KindKeyring: there may be secrets that cannot be
// reached, and nothing is removed.
func (a *App) RemoveCompany(ctx context.Context, info domain.Company) (archive string, err error) {
	lock, err := lockCompany(a.dir, info.ID)
	if err != nil {
		return "", err
	}
	// The empty lock files stay: whoever waits for one would hold it without its name, beside the next.
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	path := a.companyPath(info.ID)
	if there(path) { // by which the removed are listed and taken back
		if err := sqlite.NameCompany(ctx, path, info); err != nil {
			a.Log.WarnContext(ctx, "the company's file does not know whose it is", "company", info.ID, "error", err)
		}
	}
	if err := a.keys.Forget(ctx, info.ID); err != nil && (info.TenantID != "" || !sqlite.NeverAuthorised(ctx, path)) {
		return "", err
	}
	if err := a.Machine.RemoveCompany(ctx, info.ID); err != nil {
		return "", err
	}
	if err := sqlite.MergeJournal(ctx, path); err != nil {
		a.Log.WarnContext(ctx, "the company's file is archived with its journal", "company", info.ID, "error", err)
	}
	return sqlite.Archive(path, filepath.Join(a.dir, "companies", "removed"), a.options.Now())
}
