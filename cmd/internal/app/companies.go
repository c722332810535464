package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

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

func (a *App) companyPath(id domain.CompanyID) string { return companyPath(a.dir, id) }

func companyPath(dir string, id domain.CompanyID) string {
	return filepath.Join(dir, "companies", string(id)+".db")
}

// openMachine opens the machine's file, and makes it where there is no company's either: a folder with companies has lost
// its own.
func openMachine(ctx context.Context, dir string) (*sqlite.Machine, error) {
	path := filepath.Join(dir, "sopyo.db")
	m, err := sqlite.OpenMachine(ctx, path)
	if isMissing(err) {
		if files, _ := os.ReadDir(filepath.Join(dir, "companies")); slices.ContainsFunc(files, isCompany) {
			if m, err = sqlite.OpenMachine(ctx, path); err != nil { // another program may have been making both
				return nil, err
			}
		} else {
			m, err = sqlite.CreateMachine(ctx, path)
		}
	}
	if err != nil {
		return nil, err
	}
	if err := makeFiles(ctx, m, dir); err != nil {
		return nil, errors.Join(err, m.Close()) //nolint:contextcheck // io.Closer knows no context
	}
	return m, nil
}

func isMissing(err error) bool {
	var e *domain.Error
	return errors.As(err, &e) && e.Kind == domain.KindData && e.Detail == domain.DataMissing
}

func isCompany(f os.DirEntry) bool { return filepath.Ext(f.Name()) == ".db" && !f.IsDir() }

// makeFiles gives the companies of an older program, which made files when they were opened first, theirs: what is missing
// from now on was lost.
func makeFiles(ctx context.Context, m *sqlite.Machine, dir string) error {
	without, err := m.WithoutFile(ctx)
	if err != nil {
		return err
	}
	for _, id := range without {
		if err := makeFile(ctx, companyPath(dir, id)); err != nil {
			return err
		}
		if err := m.NoteFile(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// makeFile makes a company's file, if there is none.
func makeFile(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	c, err := sqlite.CreateCompany(ctx, path)
	if err != nil {
		return err
	}
	return c.Close() //nolint:contextcheck // io.Closer knows no context
}

// withFiles keeps companies, each of which has its file before it is in the list.
type withFiles struct {
	*sqlite.Machine
	dir string
}

// SaveCompany adds a company with an empty file, or replaces what is known of one.
func (w withFiles) SaveCompany(ctx context.Context, c domain.Company) error {
	path := companyPath(w.dir, c.ID)
	_, err := os.Lstat(path)
	if added := errors.Is(err, fs.ErrNotExist); added {
		if err := makeFile(ctx, path); err != nil {
			return errors.Join(err, forget(path))
		}
		if err := w.Machine.SaveCompany(ctx, c); err != nil {
			return errors.Join(err, forget(path))
		}
		return nil
	}
	return w.Machine.SaveCompany(ctx, c)
}

// forget removes a file that was made for nothing.
func forget(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return domain.E(domain.KindDisk, "remove the file of a company that was not added", err)
	}
	return nil
}
