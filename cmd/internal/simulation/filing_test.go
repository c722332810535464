package simulation

import (
	"context"
	"math/rand/v2"
	"slices"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/listing"
)

// takesFile takes a supplier's file in, and often takes it back: then the catalogue is what it was before.
func (m *machine) takesFile(ctx context.Context, c *app.Company, r *rand.Rand, n int) error {
	all, _, err := c.Products(ctx, domain.ProductQuery{})
	if err != nil {
		return err
	}
	before, err := catalogue(ctx, c)
	if err != nil {
		return err
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	var rows []listing.ProductRow
	var notes, back []func(sure bool)
	for i, p := range all[:min(n, len(all))] {
		row := listing.ProductRow{Line: i + 2, Product: domain.Product{Code: p.Code, Barcode: p.Barcode, Name: p.Name}}
		was, v := p.Price, whole(r.Int64N(400))
		field := r.IntN(2)
		if field == 0 {
			v = kurus(m.world.near(r, p.Price.Decimal))
			row.Product.Price = v
		} else {
			was = p.Stock
			row.Product.Stock = v
		}
		rows = append(rows, row)
		if g := m.world.known(&p); g != nil {
			says := func(value string) func(sure bool) {
				return func(sure bool) { g.ours[field] = append(g.ours[field], said{m.world.tick(), value, sure}) }
			}
			notes, back = append(notes, says(v.Decimal.String())), append(back, says(was.Decimal.String()))
		}
	}
	told := func(notes []func(bool), err error) error {
		for _, note := range notes {
			note(err == nil)
		}
		return err
	}
	t, err := c.ImportProducts(ctx, "liste.csv", listing.Intake{Rows: func(yield func(listing.ProductRow, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}, Note: func(listing.Noted) {}, Jumped: func(listing.Jump) {}, Gathered: func(listing.Gathered) error { return nil }, Watch: func(int, int) {}})
	if told(notes, err) != nil || t.Added+t.Updated == 0 || r.IntN(3) == 0 {
		return err
	}
	last, _, err := c.LastImport(ctx)
	if err != nil {
		return err
	}
	done, err := c.UndoImport(ctx, last.ID, new(listing.Count))
	if told(back, err) != nil {
		return err
	}
	after, err := catalogue(ctx, c)
	if err == nil && (done.Restored != t.Updated || done.Removed != t.Added || done.Left > 0 || !slices.Equal(after, before)) {
		m.world.violates("a file that was taken back has left %v where there was %v: %+v of %+v", after, before, done, t)
	}
	return err
}
