// Package companies is the list of the companies of a machine: how one is found and added, and which is meant when
// none is named.
package companies

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Store keeps the companies, and what is preferred on this machine.
type Store interface {
	Companies(ctx context.Context) ([]domain.Company, error)
	// AddCompany adds one with its file. It refuses a name that another company has by then, as Directory.NewCompany does.
	AddCompany(ctx context.Context, c domain.Company) error
	// SaveName changes the name alone, and gives the company as it stands then. It refuses a name as AddCompany does.
	SaveName(ctx context.Context, id domain.CompanyID, name string) (domain.Company, error)
	// Preference gives "" for a key that nothing was saved under.
	Preference(ctx context.Context, key string) (string, error)
	SavePreference(ctx context.Context, key, value string) error
}

// Directory finds and adds companies.
type Directory struct{ store Store }

// New makes the directory of a machine.
func New(store Store) *Directory { return &Directory{store: store} }

// maxName is the longest name of a company, in characters: it stands in titles, folders and letters.
const maxName = 100

// preferenceDefault keeps the company that is meant when none is named. The window keeps the one it
// shows under another name: a look at another company must not turn a scheduler's work over to it.
const preferenceDefault = "default-company"

// FindCompany gives the company of that name or id; without a name the default one, or the only one
// there is. A missing one is KindNotFound ("no-company" where there is none at all), an undecided choice KindInvalid.
func (d *Directory) FindCompany(ctx context.Context, name string) (domain.Company, error) {
	all, err := d.store.Companies(ctx)
	if err != nil {
		return domain.Company{}, err
	}
	if name == "" && len(all) > 1 {
		if name, err = d.DefaultCompany(ctx); err != nil {
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
	if name == "" && len(all) == 0 {
		return domain.Company{}, &domain.Error{Kind: domain.KindNotFound, Op: "find the company", Detail: "no-company"}
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
func (d *Directory) DefaultCompany(ctx context.Context) (string, error) {
	id, err := d.store.Preference(ctx, preferenceDefault)
	if err != nil || id == "" {
		return "", err
	}
	all, err := d.store.Companies(ctx)
	for _, c := range all {
		if string(c.ID) == id {
			return id, err
		}
	}
	return "", err
}

// SetDefaultCompany chooses the company that is meant when none is named.
func (d *Directory) SetDefaultCompany(ctx context.Context, id domain.CompanyID) error {
	return d.store.SavePreference(ctx, preferenceDefault, string(id))
}

// NewCompany adds a company. KindInvalid with field "name": it is empty, too long, or another company's.
func (d *Directory) NewCompany(ctx context.Context, name string, demo bool) (domain.Company, error) {
	all, err := d.store.Companies(ctx)
	if err != nil {
		return domain.Company{}, err
	}
	c := domain.Company{ID: domain.CompanyID(strings.ToLower(rand.Text()[:12])), Demo: demo} //nolint:forbidigo // random base32, not a person's text
	if c.Name, err = named(all, c, name); err != nil {
		return domain.Company{}, err
	}
	if err := d.store.AddCompany(ctx, c); err != nil {
		return domain.Company{}, err
	}
	return c, nil
}

// RenameCompany gives a company another name. Errors as of NewCompany, and KindNotFound. Who has the company open writes the old
// one into folders and letters until it is opened again.
func (d *Directory) RenameCompany(ctx context.Context, id domain.CompanyID, name string) (domain.Company, error) {
	all, err := d.store.Companies(ctx)
	if err != nil {
		return domain.Company{}, err
	}
	for _, c := range all {
		if c.ID == id {
			if name, err = named(all, c, name); err != nil {
				return domain.Company{}, err
			}
			return d.store.SaveName(ctx, id, name)
		}
	}
	return domain.Company{}, &domain.Error{Kind: domain.KindNotFound, Op: "rename the company", Detail: string(id)}
}

// named gives the name as it is written down, which none of all the other companies has.
func named(all []domain.Company, c domain.Company, name string) (string, error) {
	name = strings.TrimSpace(domain.Line(name))
	if utf8.RuneCountInString(name) > maxName {
		return "", domain.Invalid("name", "too-long")
	}
	if domain.Fold(name) == "" {
		return "", domain.Invalid("name", "required")
	}
	for _, other := range all {
		if other.ID != c.ID && (!c.Demo && domain.Fold(other.Name) == domain.Fold(name) || string(other.ID) == name) {
			return "", domain.Invalid("name", "name-taken")
		}
	}
	return name, nil
}

// EnsureCompany finds the company of that name, or the only one without, and adds the one called first where there is
// none. Two programs that begin at the same moment on a new machine get one company.
func (d *Directory) EnsureCompany(ctx context.Context, name, first string) (domain.Company, error) {
	c, err := d.FindCompany(ctx, name)
	if domain.KindOf(err) != domain.KindNotFound {
		return c, err
	}
	if c, err = d.NewCompany(ctx, cmp.Or(name, first), false); taken(err) {
		return d.FindCompany(ctx, name)
	}
	return c, err
}

func taken(err error) bool {
	var e *domain.Error
	return errors.As(err, &e) && e.Kind == domain.KindInvalid && e.Detail == "name-taken"
}

// DemoCompany gives the demo company, made at the first call.
func (d *Directory) DemoCompany(ctx context.Context, name string) (domain.Company, error) {
	all, err := d.store.Companies(ctx)
	if err != nil {
		return domain.Company{}, err
	}
	if c, ok := demoOf(all); ok {
		return c, nil
	}
	c, err := d.NewCompany(ctx, name, true)
	if !taken(err) {
		return c, err
	}
	if all, err := d.store.Companies(ctx); err == nil { // another program was faster
		if c, ok := demoOf(all); ok {
			return c, nil
		}
	}
	return domain.Company{}, err
}

func demoOf(all []domain.Company) (domain.Company, bool) {
	for _, c := range all {
		if c.Demo {
			return c, true
		}
	}
	return domain.Company{}, false
}
