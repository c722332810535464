package app

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// preferenceDefault keeps the company that is meant when none is named. The window keeps the one it
// shows under another name: a look at another company must not turn a scheduler's work over to it.
const preferenceDefault = "default-company"

// FindCompany gives the company of that name or id; without a name the default one, or the only one
// there is. A missing one is KindNotFound, an undecided choice KindInvalid.
func (a *App) FindCompany(ctx context.Context, name string) (domain.Company, error) {
	all, err := a.Machine.Companies(ctx)
	if err != nil {
		return domain.Company{}, err
	}
	if name == "" && len(all) > 1 {
		if name, err = a.DefaultCompany(ctx); err != nil {
			return domain.Company{}, err
		}
		if name == "" {
			names := make([]string, len(all))
			for i, c := range all {
				names[i] = c.Name
			}
			return domain.Company{}, &domain.Error{
				Kind: domain.KindInvalid, Field: "company", Detail: "which-company", Err: errors.New(strings.Join(names, ", ")),
			}
		}
	}
	for _, c := range all {
		if string(c.ID) == name || domain.Fold(c.Name) == domain.Fold(name) || name == "" {
			return c, nil
		}
	}
	return domain.Company{}, &domain.Error{Kind: domain.KindNotFound, Op: "find the company", Detail: name}
}

// DefaultCompany gives the id of the company that is meant when none is named, "" when none was chosen
// or the chosen one is gone.
func (a *App) DefaultCompany(ctx context.Context) (string, error) {
	id, err := a.Machine.Preference(ctx, preferenceDefault)
	if err != nil || id == "" {
		return "", err
	}
	all, err := a.Machine.Companies(ctx)
	for _, c := range all {
		if string(c.ID) == id {
			return id, err
		}
	}
	return "", err
}

// SetDefaultCompany chooses the company that is meant when none is named.
func (a *App) SetDefaultCompany(ctx context.Context, id domain.CompanyID) error {
	return a.Machine.SavePreference(ctx, preferenceDefault, string(id))
}

// NewCompany adds a company. KindInvalid with field "name": it is empty, or another company's.
func (a *App) NewCompany(ctx context.Context, name string, demo bool) (domain.Company, error) {
	name = strings.TrimSpace(name)
	if domain.Fold(name) == "" {
		return domain.Company{}, domain.Invalid("name", "required")
	}
	all, err := a.Machine.Companies(ctx)
	if err != nil {
		return domain.Company{}, err
	}
	for _, c := range all {
		if !demo && domain.Fold(c.Name) == domain.Fold(name) || string(c.ID) == name {
			return domain.Company{}, domain.Invalid("name", "name-taken")
		}
	}
	c := domain.Company{ID: domain.CompanyID(strings.ToLower(rand.Text()[:12])), Name: name, Demo: demo} //nolint:forbidigo // random base32, not a person's text
	return c, a.Machine.SaveCompany(ctx, c)
}

// DemoCompany gives the demo company, made at the first call.
func (a *App) DemoCompany(ctx context.Context, name string) (domain.Company, error) {
	all, err := a.Machine.Companies(ctx)
	if err != nil {
		return domain.Company{}, err
	}
	for _, c := range all {
		if c.Demo {
			return c, nil
		}
	}
	return a.NewCompany(ctx, name, true)
}

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
	if err := a.keys.Forget(ctx, info.ID); err != nil && !sqlite.NeverAuthorised(ctx, path) {
		return "", err
	}
	if err := a.Machine.RemoveCompany(ctx, info.ID); err != nil {
		return "", err
	}
	if err := sqlite.MergeJournal(ctx, path); err != nil {
		a.Log.WarnContext(ctx, "the company's file is archived with its journal", "company", info.ID, "error", err)
	}
	return sqlite.Archive(path, filepath.Join(a.dir, "companies", "removed"), time.Now())
}

func (a *App) companyPath(id domain.CompanyID) string {
	return filepath.Join(a.dir, "companies", string(id)+".db")
}
