package app

import (
	"context"
	"errors"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// RemoveCompany forgets a company and its secrets; its file goes to companies/removed, whose path is
// given. KindBusy: a program of ours has the company open, KindDisk (detail "held") another one its file. KindKeyring: there may be
// secrets that cannot be reached. With an error the company stays; what a kill has cut off is gone on with when it is removed again.
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
	if err := sqlite.MergeJournal(ctx, path); err != nil {
		a.Log.WarnContext(ctx, "the company's file is archived with its journal", "company", info.ID, "error", err)
	}
	if archive, err = sqlite.Archive(path, a.removedFolder(), a.options.Now()); err != nil {
		return "", err
	}
	err = a.keys.Forget(ctx, info.ID)
	if err == nil || info.TenantID == "" && sqlite.NeverAuthorised(ctx, archive) {
		err = a.Machine.RemoveCompany(ctx, info.ID)
	}
	if err != nil && archive != "" {
		err = errors.Join(err, putBack(archive, path))
	}
	if err != nil {
		return "", err
	}
	return archive, nil
}
