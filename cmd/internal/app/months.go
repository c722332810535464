package app

import (
	"context"
	"iter"
	"path/filepath"
	"time"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/monthend"
	"github.com/sopyo/sopyo-desktop/storage/report"
)

func (c *Company) newMonths() *monthend.Maker {
	return monthend.NewMaker(c.Info.Name, c.Store, c.Invoices, invoiceBooks{c}, c.Ledger, report.PackUBL, time.Now)
}

// WriteMonth writes the month-end package of the company to path, a zip or the folder that it stands in; "": among the
// company's documents. It gives the paths that are there.
func (c *Company) WriteMonth(ctx context.Context, m monthend.Month, a monthend.Ask, path string, p *monthend.Progress) ([]string, error) {
	if path == "" {
		var err error
		if path, err = c.documents(); err != nil {
			return nil, err
		}
	}
	return c.app.writeMonths(ctx, path, func(yield func(monthend.Package, error) bool) {
		yield(c.makeMonth(ctx, m, a, p))
	})
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
	all, err := r.app.Machine.Companies(ctx)
	if err != nil {
		return nil, err
	}
	if path == "" {
		if path, err = documentsOfAll(); err != nil {
			return nil, err
		}
	}
	return r.app.writeMonths(ctx, path, func(yield func(monthend.Package, error) bool) {
		for _, info := range all {
			if info.Demo && len(all) > 1 {
				continue
			}
			c, err := r.Open(ctx, info)
			if err != nil {
				yield(monthend.Package{}, domain.Wrap(err, "%s", info.Name))
				return
			}
			pack, err := c.makeMonth(ctx, m, a, p)
			if !yield(pack, domain.Wrap(err, "%s", info.Name)) || err != nil {
				return
			}
		}
	})
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
