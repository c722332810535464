package app

import (
	"context"
	"iter"
	"os"
	"path/filepath"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/books"
	"github.com/sopyo/sopyo-desktop/storage/report"
)

func (c *Company) newMonths() *monthend.Maker {
	return monthend.NewMaker(c.Info.Name, c.Store, c.Invoices, books.Invoices{Account: c.Authorisation}, c.Ledger, report.PackUBL, c.app.options.Now)
}

// WriteMonth writes the month-end package of the company to path, a zip or the folder that it stands in; "": among the
// company's documents. It gives the paths that are there.
func (c *Company) WriteMonth(ctx context.Context, m monthend.Month, a monthend.Ask, path string, p *monthend.Progress) ([]string, error) {
	if path == "" {
		var err error
		if path, err = c.documents.Folder(); err != nil {
			return nil, err
		}
	}
	return c.app.writeMonths(ctx, path, func(yield func(monthend.Package, error) bool) {
		yield(c.makeMonth(ctx, m, a, p))
	})
}

// SaveMonth writes the package among the company's documents, as a folder or as a zip, and gives its path.
func (c *Company) SaveMonth(ctx context.Context, m monthend.Month, a monthend.Ask, zip bool, p *monthend.Progress) ([]string, error) {
	dir, err := c.documents.Folder()
	if err != nil {
		return nil, err
	}
	path, err := monthPath(dir, m, zip)
	if err != nil {
		return nil, err
	}
	return c.WriteMonth(ctx, m, a, path, p)
}

// monthPath is where packages of a month go in a folder: into it, or into a zip that is named by the month.
func monthPath(dir string, m monthend.Month, zip bool) (string, error) {
	if !zip {
		return dir, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", domain.E(domain.KindDisk, "make a folder", err)
	}
	return filepath.Join(dir, m.String()+".zip"), nil
}

func (c *Company) makeMonth(ctx context.Context, m monthend.Month, a monthend.Ask, p *monthend.Progress) (monthend.Package, error) {
	if a.Documents || a.List {
		if err := c.SignedIn(ctx); err != nil {
			return monthend.Package{}, err
		}
	}
	w, err := c.app.words(ctx, "")
	if err != nil {
		return monthend.Package{}, err
	}
	return c.MakeMonth(ctx, w, m, a, p)
}

// WriteMonths writes the packages of all companies into one zip, or into one folder. One that another program has open,
// or that cannot be read, ends it (KindBusy and the like, the company's name in the error): an accountant is not given
// thirty-nine of forty.
func (r *Runners) WriteMonths(ctx context.Context, m monthend.Month, a monthend.Ask, path string, p *monthend.Progress) ([]string, error) {
	if path == "" {
		var err error
		if path, err = r.app.folders.Ours(); err != nil {
			return nil, err
		}
	}
	return r.app.writeMonths(ctx, path, func(yield func(monthend.Package, error) bool) {
		for c, err := range r.everyCompany(ctx) {
			if err != nil {
				yield(monthend.Package{}, err)
				return
			}
			pack, err := c.makeMonth(ctx, m, a, p)
			if !yield(pack, domain.Wrap(err, "%s", c.Info.Name)) || err != nil {
				return
			}
		}
	})
}

// SaveMonths writes the packages of all companies among the person's documents, as folders or as one zip.
func (r *Runners) SaveMonths(ctx context.Context, m monthend.Month, a monthend.Ask, zip bool, p *monthend.Progress) ([]string, error) {
	dir, err := r.app.folders.Ours()
	if err != nil {
		return nil, err
	}
	path, err := monthPath(dir, m, zip)
	if err != nil {
		return nil, err
	}
	return r.WriteMonths(ctx, m, a, path, p)
}

// PlanMonths tells what the packages of all companies would hold. It asks İşbaşı nothing.
func (r *Runners) PlanMonths(ctx context.Context, m monthend.Month) ([]monthend.Plan, error) {
	var plans []monthend.Plan
	err := r.each(ctx, func(c *Company) error {
		p, err := c.PlanMonth(ctx, m)
		plans = append(plans, p)
		return err
	})
	return plans, err
}

// SendMonths keeps of all companies that the month was sent as it is now.
func (r *Runners) SendMonths(ctx context.Context, m monthend.Month) error {
	return r.each(ctx, func(c *Company) error { return c.SendMonth(ctx, m) })
}

// each does something with every company. An error has the company's name in it, and ends it.
func (r *Runners) each(ctx context.Context, do func(*Company) error) error {
	for c, err := range r.everyCompany(ctx) {
		if err != nil {
			return err
		}
		if err := do(c); err != nil {
			return domain.Wrap(err, "%s", c.Info.Name)
		}
	}
	return nil
}

// everyCompany yields the companies of this machine, the demo company only where it is alone. An error, with the
// company's name in it, comes at most once, last.
func (r *Runners) everyCompany(ctx context.Context) iter.Seq2[*Company, error] {
	return func(yield func(*Company, error) bool) {
		all, err := r.app.Machine.Companies(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, info := range all {
			if info.Demo && len(all) > 1 {
				continue
			}
			c, err := r.Open(ctx, info)
			if !yield(c, domain.Wrap(err, "%s", info.Name)) || err != nil {
				return
			}
		}
	}
}

func (a *App) writeMonths(ctx context.Context, path string, packages iter.Seq2[monthend.Package, error]) ([]string, error) {
	w, err := a.words(ctx, "")
	if err != nil {
		return nil, err
	}
	regular, bold := assets.Fonts()
	path, err = filepath.Abs(path)
	if err != nil {
		return nil, domain.E(domain.KindDisk, "find the folder", err)
	}
	return report.Packages{Regular: regular, Bold: bold}.Save(ctx, w, path, packages)
}
