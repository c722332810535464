package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/backup"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// Files are those of a data folder: each company's, also of companies that were removed, and sopyo.db, which lists them.
type Files struct {
	dir string
	log *slog.Logger
}

// NewFiles makes those of the data folder dir.
func NewFiles(dir string, log *slog.Logger) Files { return Files{dir, log} }

// Path is where a company's file lies.
func (f Files) Path(id domain.CompanyID) string {
	return filepath.Join(f.dir, "companies", string(id)+".db")
}

// Present tells whether a company's file is in its place.
func (f Files) Present(id domain.CompanyID) bool { return disk.Holds(f.Path(id)) }

func (f Files) removed() string { return filepath.Join(f.dir, "companies", "removed") }

// Archive moves a company's file to those of the removed, and gives its path there, "" when there was none.
func (f Files) Archive(ctx context.Context, c domain.Company, now time.Time) (string, error) {
	path := f.Path(c.ID)
	if disk.Holds(path) { // by which the removed are listed and taken back
		if err := NameCompany(ctx, path, c); err != nil {
			f.log.WarnContext(ctx, "the company's file does not know whose it is", "company", c.ID, "error", err)
		}
	}
	if err := MergeJournal(ctx, path); err != nil {
		f.log.WarnContext(ctx, "the company's file is archived with its journal", "company", c.ID, "error", err)
	}
	return f.SetAside(c.ID, now)
}

// SetAside moves a company's file as it is to those of the removed, and gives its path there, "" when there was none.
func (f Files) SetAside(id domain.CompanyID, now time.Time) (string, error) {
	return Archive(f.Path(id), f.removed(), now)
}

// PutBack moves what was archived, with what belongs to it, to the place of the company's file.
func (f Files) PutBack(archive string, id domain.CompanyID) error {
	files, err := disk.Files(filepath.Dir(archive), filepath.Base(archive))
	if err != nil {
		return err
	}
	for _, from := range slices.Backward(files) { // the database, which has the shortest name, last: with it the move is done
		if err := disk.Rename(from, f.Path(id)+strings.TrimPrefix(from, archive)); err != nil {
			return disk.Failed("bring the company's file back", err)
		}
	}
	return nil
}

// EraseRemoved erases what was archived, with what belongs to it, and counts the files.
func (f Files) EraseRemoved(archive string) (n int, err error) {
	files, err := disk.Files(filepath.Dir(archive), filepath.Base(archive))
	if err != nil {
		return 0, err
	}
	for _, path := range slices.Backward(files) { // by its database the company is listed: it goes last
		if err := disk.Remove(path); err != nil {
			return n, disk.Failed("erase the company", err)
		}
		n++
	}
	return n, nil
}

// archived is the name that Archive gives a file: the company's id, and when it was removed (UTC).
var archived = regexp.MustCompile(`^(.+)-(\d{8}-\d{6})\.db$`)

// Removed gives the companies that were removed and whose files are still here, the last removed first.
func (f Files) Removed(ctx context.Context) ([]backup.Removed, error) {
	files, err := disk.Files(f.removed(), "")
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
		c, err := IdentityOf(ctx, path)
		if err != nil {
			f.log.WarnContext(ctx, "a removed company's file does not tell whose it is", "file", filepath.Base(path), "error", err)
		}
		if c.ID = domain.CompanyID(found[1]); c.Name == "" {
			c.Name = found[1]
		}
		all = append(all, backup.Removed{Company: c, RemovedAt: at, Path: path, Size: info.Size()})
	}
	slices.SortFunc(all, func(x, y backup.Removed) int { return y.RemovedAt.Compare(x.RemovedAt) })
	return all, nil
}

// NeverAuthorised is that of the file at path.
func (f Files) NeverAuthorised(ctx context.Context, path string) bool {
	return NeverAuthorised(ctx, path)
}

// Copy is CopyCompany of a company's file.
func (f Files) Copy(ctx context.Context, id domain.CompanyID, target string, p *backup.Progress) (backup.Content, error) {
	return CopyCompany(ctx, f.Path(id), target, p)
}

// HandedOver is that of a company's file.
func (f Files) HandedOver(ctx context.Context, id domain.CompanyID) (time.Time, error) {
	return HandedOver(ctx, f.Path(id))
}

// NewestVersion is that of the companies' files of this program.
func (f Files) NewestVersion() (int, error) { return NewestVersion() }

// Settle makes the database at path, which comes from a backup, ready to be the company's, and gives the serial of its last
// attempt to invoice.
func (f Files) Settle(ctx context.Context, path string, m backup.Manifest, c domain.Company) (serial int64, err error) {
	store, err := OpenRestored(ctx, path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, store.Close()) }() //nolint:contextcheck // io.Closer knows no context
	if err := errors.Join(store.Settle(ctx, m.MadeAt, m.HandOver), store.SaveIdentity(ctx, c)); err != nil {
		return 0, err
	}
	return store.LastSerial(ctx)
}

// OpenMachine opens sopyo.db, and makes it where there is no company's file either. Where it is lost, not there or empty beside
// companies' files, it is made anew of what those know: their names and firms. What API keys have cost and the window's
// preferences are lost with it.
func (f Files) OpenMachine(ctx context.Context) (*Machine, error) {
	path := filepath.Join(f.dir, "sopyo.db")
	m, err := OpenMachine(ctx, path)
	if domain.IsMissing(err) && !isFolder(path) {
		m, err = f.makeMachine(ctx, path)
	}
	if err != nil {
		return nil, err
	}
	if err := f.found(ctx, m); err != nil {
		return nil, errors.Join(err, m.Close()) //nolint:contextcheck // io.Closer knows no context
	}
	return m, nil
}

// ReadMachine opens sopyo.db for reading.
func (f Files) ReadMachine(ctx context.Context) (*Machine, error) {
	return ReadMachine(ctx, filepath.Join(f.dir, "sopyo.db"))
}

func (f Files) makeMachine(ctx context.Context, path string) (*Machine, error) {
	files, err := disk.Files(filepath.Join(f.dir, "companies"), "")
	if err != nil {
		return nil, err
	}
	files = slices.DeleteFunc(files, func(path string) bool { return filepath.Ext(path) != ".db" })
	if len(files) == 0 {
		return CreateMachine(ctx, path)
	}
	m, err := OpenMachine(ctx, path) // another program may have been making both
	if domain.IsMissing(err) {
		return f.rebuild(ctx, path, files)
	}
	return m, err
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// rebuild makes a machine's file beside its place, which it takes once all companies are in it.
func (f Files) rebuild(ctx context.Context, path string, files []string) (*Machine, error) {
	beside := path + ".new"
	for _, p := range []string{beside, beside + "-wal", beside + "-shm", path + "-wal", path + "-shm"} {
		if err := disk.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, domain.E(domain.KindDisk, "make the list of companies anew", err)
		}
	}
	machine, err := CreateMachine(ctx, beside)
	if err != nil {
		return nil, err
	}
	all, err := f.enlist(ctx, machine, files)
	if err := errors.Join(err, machine.Close()); err != nil { //nolint:contextcheck // io.Closer knows no context
		return nil, err
	}
	if err := disk.Rename(beside, path); err != nil {
		return nil, disk.Failed("make the list of companies anew", err)
	}
	f.log.WarnContext(ctx, "sopyo.db was lost and is made anew of the companies' files", "companies", all)
	return OpenMachine(ctx, path)
}

// enlist puts the companies of files into the list, and counts them.
func (f Files) enlist(ctx context.Context, m *Machine, files []string) (int, error) {
	var all []domain.Company
	for _, path := range files {
		id := domain.CompanyID(strings.TrimSuffix(filepath.Base(path), ".db"))
		c, err := IdentityOf(ctx, path)
		if err != nil {
			f.log.WarnContext(ctx, "a company's file does not tell whose it is", "company", id, "error", err)
		}
		if domain.IsMissing(err) {
			continue // an empty file is of nobody
		}
		if c.ID = id; c.Name == "" {
			c.Name = string(id)
		}
		c.Name = backup.FreeName(c.Name, all)
		all = append(all, c)
		if err := m.SaveCompany(ctx, c); err != nil {
			return 0, err
		}
	}
	return len(all), nil
}

// found gives the companies of an older program, which made files when they were opened first, theirs: what is missing
// from now on was lost.
func (f Files) found(ctx context.Context, m *Machine) error {
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
		if path := f.Path(c.ID); !disk.Holds(path) {
			if err := FoundCompany(ctx, path, c); err != nil {
				return err
			}
		}
		if err := m.NoteFile(ctx, c.ID); err != nil {
			return err
		}
	}
	return nil
}
