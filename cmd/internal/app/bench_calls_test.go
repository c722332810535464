//go:build bench && linux

package app_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/domain/sync"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// calls counts the pages of products that the work of a week asks for, by what İşbaşı's filters can do. There a day in
// which nothing happens costs one, once a change has proved that İşbaşı dates them; the whole list is read every week.
func (b *bench) calls() {
	const products = 38_760
	all := transfer.CostOf(products).Reads
	for _, of := range []struct {
		filters string
		change  func(*sandbox.Options)
		proof   int // what finding out costs, once
		day     int
	}{
		{"no filter works", func(o *sandbox.Options) { o.KeyIgnored = true }, 1, all},
		{"by key", func(*sandbox.Options) {}, 0, all},
		{"by key and time", func(o *sandbox.Options) { o.ChangeFilter, o.StockChangesDate = true, true }, 0, 1},
	} {
		var ahead atomic.Int64
		o := sandbox.Options{Products: sandbox.Products(products, 14), Plain: true, Now: func() time.Time {
			return time.Now().Add(time.Duration(ahead.Load())).Add(time.Minute) // a change is later than the read before it
		}}
		of.change(&o)
		for i := range o.Products {
			o.Products[i].ModifiedAt = time.Now().AddDate(0, -1, 0)
		}
		server, err := sandbox.New(o)
		if err != nil {
			b.t.Fatal(err)
		}
		var m *machine
		told := func(work string, most int, do func(ctx context.Context) error) {
			mark := server.Mark()
			if err := do(b.t.Context()); err != nil {
				b.t.Fatal(of.filters, work, err)
			}
			b.add("38,760 products, "+of.filters+": "+work, float64(server.Since(mark).Count(sandbox.RouteProducts)), "reads", float64(most), 0)
		}
		syncs := func(context.Context) error {
			synced(b.t, m.c, sync.Request{Occasion: sync.OccasionSchedule})
			return nil
		}
		edit := func(n int) {
			server.Edit(func(products []sandbox.Product) []sandbox.Product {
				for i := range n {
					p := &products[i]
					p.Price.Decimal, p.ModifiedAt = p.Price.Decimal.Add(decimal.New(1, -2)), o.Now()
				}
				return products
			})
		}
		told("first import", all+of.proof, func(ctx context.Context) error {
			m = newMachine(b.t, server)
			m.ahead = &ahead
			return m.c.SaveQuotaLimits(ctx, quota.Limits{Reads: 1_000_000, Writes: 7_000})
		})
		told("the same again", all, func(ctx context.Context) error {
			job, err := m.c.New(ctx, transfer.DefaultOptions(domain.TRY))
			if err == nil {
				err = job.Run(ctx)
			}
			return err
		})
		due := func(n int) func(ctx context.Context) error {
			return func(ctx context.Context) error {
				if got, err := m.c.SyncDue(ctx); err != nil || got != n {
					return fmt.Errorf("%d due, not %d: %w", got, n, err)
				}
				return nil
			}
		}
		told("right behind it", 0, due(0))
		m.pass(24 * time.Hour)
		told("first sync", all, due(1))
		edit(1)
		m.pass(24 * time.Hour)
		told("first sync that sees a change", all, syncs)
		m.pass(24 * time.Hour)
		told("quiet day", of.day, syncs)
		edit(350)
		m.pass(24 * time.Hour)
		told("day with 350 changes", min(all, 4*of.day), syncs)
		m.pass(7 * 24 * time.Hour)
		told("weekly sweep", all, syncs)
		saved, err := m.c.SavedReads(b.t.Context())
		if err != nil {
			b.t.Fatal(err)
		}
		b.add("38,760 products, "+of.filters+": saved in that week, as told", float64(saved), "reads", 0, 0)
		_ = server.Close()
	}
}
