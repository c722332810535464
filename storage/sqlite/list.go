package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/disk"
)

// List is the machine's list of companies together with their files, which know whose they are. It makes the file of a company
// where the company is made, and nowhere else: a file that is not there later was lost.
type List struct {
	*Machine
	files Files
}

// NewList makes that of a machine.
func NewList(m *Machine, files Files) List { return List{m, files} }

// AddCompany adds a company, whose file is made before it is in the list.
func (l List) AddCompany(ctx context.Context, c domain.Company) error {
	path := l.files.Path(c.ID)
	added := !disk.Holds(path)
	err := FoundCompany(ctx, path, c)
	if err == nil {
		err = l.SaveCompany(ctx, c)
	}
	if err != nil && added {
		err = errors.Join(err, forget(path))
	}
	return err
}

// forget removes a file that was made for nothing.
func forget(path string) error {
	if err := disk.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return domain.E(domain.KindDisk, "remove the file of a company that was not added", err)
	}
	return nil
}

// SaveName renames a company, in its file too.
func (l List) SaveName(ctx context.Context, id domain.CompanyID, name string) (domain.Company, error) {
	return l.toldInFile(ctx)(l.Machine.SaveName(ctx, id, name))
}

// SaveFirm gives a company its firm, in its file too.
func (l List) SaveFirm(ctx context.Context, id domain.CompanyID, tenantID string) (domain.Company, error) {
	return l.toldInFile(ctx)(l.Machine.SaveFirm(ctx, id, tenantID))
}

// toldInFile passes on what the list has become, once the company's file knows it too.
func (l List) toldInFile(ctx context.Context) func(domain.Company, error) (domain.Company, error) {
	return func(c domain.Company, err error) (domain.Company, error) {
		path := l.files.Path(c.ID)
		if err != nil || !disk.Holds(path) {
			return c, err
		}
		return c, l.Tell(ctx, c, func(ctx context.Context, c domain.Company) error { return NameCompany(ctx, path, c) })
	}
}

// Tell saves in the file of c what the list knows of it. It looks behind itself: what another program has changed in the list
// meanwhile may be in the file already.
func (l List) Tell(ctx context.Context, c domain.Company, save func(context.Context, domain.Company) error) error {
	for told := (domain.Company{}); told != c; {
		if err := save(ctx, c); err != nil {
			return err
		}
		told = c
		all, err := l.Companies(ctx)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(all, func(known domain.Company) bool { return known.ID == c.ID }); i >= 0 {
			c = all[i]
		}
	}
	return nil
}
