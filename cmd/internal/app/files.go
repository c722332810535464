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
	"github.com/sopyo/sopyo-desktop/storage/disk"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// founder makes the file of a company where the company is made, and nowhere else: a file that is not there later was lost.
type founder struct {
	*sqlite.Machine
	dir string
}

// AddCompany adds a company, whose file is made before it is in the list.
func (f founder) AddCompany(ctx context.Context, c domain.Company) error {
	path := companyPath(f.dir, c.ID)
	added := !there(path)
	err := sqlite.FoundCompany(ctx, path, c)
	if err == nil {
		err = f.SaveCompany(ctx, c)
	}
	if err != nil && added {
		err = errors.Join(err, forget(path))
	}
	return err
}

// SaveName renames a company, in its file too.
func (f founder) SaveName(ctx context.Context, id domain.CompanyID, name string) (domain.Company, error) {
	return f.toldInFile(ctx)(f.Machine.SaveName(ctx, id, name))
}

// SaveFirm gives a company its firm, in its file too.
func (f founder) SaveFirm(ctx context.Context, id domain.CompanyID, tenantID string) (domain.Company, error) {
	return f.toldInFile(ctx)(f.Machine.SaveFirm(ctx, id, tenantID))
}

// toldInFile passes on what the list has become, once the company's file knows it too.
func (f founder) toldInFile(ctx context.Context) func(domain.Company, error) (domain.Company, error) {
	return func(c domain.Company, err error) (domain.Company, error) {
		path := companyPath(f.dir, c.ID)
		if err != nil || !there(path) {
			return c, err
		}
		return c, f.tell(ctx, c, func(ctx context.Context, c domain.Company) error { return sqlite.NameCompany(ctx, path, c) })
	}
}

// tell saves in the file of c what the list knows of it. It looks behind itself: what another program has changed in the list
// meanwhile may be in the file already.
func (f founder) tell(ctx context.Context, c domain.Company, save func(context.Context, domain.Company) error) error {
	for told := (domain.Company{}); told != c; {
		if err := save(ctx, c); err != nil {
			return err
		}
		told = c
		all, err := f.Companies(ctx)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(all, func(known domain.Company) bool { return known.ID == c.ID }); i >= 0 {
			c = all[i]
		}
	}
	return nil
}

// forget removes a file that was made for nothing.
func forget(path string) error {
	if err := disk.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return domain.E(domain.KindDisk, "remove the file of a company that was not added", err)
	}
	return nil
}

// makeFiles gives the companies of an older program, which made files when they were opened first, theirs: what is missing
// from now on was lost.
func makeFiles(ctx context.Context, m *sqlite.Machine, dir string) error {
	without, err := m.WithoutFile(ctx)
	if err != nil || len(without) == 0 {
		return err
	}
	all, err := m.Companies(ctx)
	if err != nil {
		return err
	}
	for _, c := range all {
		if !slices.Contains(without, c.ID) {
			continue
		}
		if path := companyPath(dir, c.ID); !there(path) {
			if err := sqlite.FoundCompany(ctx, path, c); err != nil {
				return err
			}
		}
		if err := m.NoteFile(ctx, c.ID); err != nil {
			return err
		}
	}
	return nil
}

func companyPath(dir string, id domain.CompanyID) string {
	return filepath.Join(dir, "companies", string(id)+".db")
}

func (a *App) companyPath(id domain.CompanyID) string { return companyPath(a.dir, id) }

// whole refuses to go on with a company whose file is not there or empty, where an empty one would be made in its place.
// KindData, which names the folder of backups. A file of an older program is backed up first, if there is a password.
func (a *App) whole(ctx context.Context, info domain.Company) error {
	version, err := sqlite.CompanyVersion(ctx, a.companyPath(info.ID))
	if domain.IsMissing(err) {
		return a.lost(err)
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

// lost says of a company's file that is missing where its backups are.
func (a *App) lost(err error) error {
	if !domain.IsMissing(err) {
		return err
	}
	folder, _ := a.backupFolder()
	return &domain.Error{Kind: domain.KindData, Op: "open the company's file", Field: folder, Detail: domain.DataLost, Err: err}
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

// openMachine opens sopyo.db, and makes it where there is no company's file either. Where it is lost, not there or empty beside
// companies' files, it is made anew of what those know: their names and firms. What API keys have cost and the window's
// preferences are lost with it.
func openMachine(ctx context.Context, dir string, log *slog.Logger) (*sqlite.Machine, error) {
	path := filepath.Join(dir, "sopyo.db")
	m, err := sqlite.OpenMachine(ctx, path)
	if domain.IsMissing(err) && !isFolder(path) {
		m, err = makeMachine(ctx, path, log)
	}
	if err != nil {
		return nil, err
	}
	if err := makeFiles(ctx, m, dir); err != nil {
		return nil, errors.Join(err, m.Close()) //nolint:contextcheck // io.Closer knows no context
	}
	return m, nil
}

func makeMachine(ctx context.Context, path string, log *slog.Logger) (*sqlite.Machine, error) {
	files, err := filesOf(filepath.Join(filepath.Dir(path), "companies"), "")
	if err != nil {
		return nil, err
	}
	files = slices.DeleteFunc(files, func(path string) bool { return filepath.Ext(path) != ".db" })
	if len(files) == 0 {
		return sqlite.CreateMachine(ctx, path)
	}
	m, err := sqlite.OpenMachine(ctx, path) // another program may have been making both
	if domain.IsMissing(err) {
		return rebuild(ctx, path, files, log)
	}
	return m, err
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// rebuild makes a machine's file beside its place, which it takes once all companies are in it.
func rebuild(ctx context.Context, path string, files []string, log *slog.Logger) (*sqlite.Machine, error) {
	beside := path + ".new"
	for _, p := range []string{beside, beside + "-wal", beside + "-shm", path + "-wal", path + "-shm"} {
		if err := disk.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, domain.E(domain.KindDisk, "make the list of companies anew", err)
		}
	}
	machine, err := sqlite.CreateMachine(ctx, beside)
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
		if c.Name = backup.FreeName(c.Name, all); domain.IsMissing(err) {
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
	if err := disk.Rename(beside, path); err != nil {
		return nil, disk.Failed("make the list of companies anew", err)
	}
	log.WarnContext(ctx, "sopyo.db was lost and is made anew of the companies' files", "companies", len(all))
	return sqlite.OpenMachine(ctx, path)
}
