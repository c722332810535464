package simulation

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/sync"
)

// happens lets an event happen.
func (w *world) happens(e event) {
	w.tell("%s", e)
	r := e.random()
	m := w.shop
	if w.other != nil && r.IntN(3) == 0 {
		m = w.other
	}
	switch e.Do {
	case reprice:
		w.restates(r, 0, 1+r.IntN(5))
	case restock:
		w.restates(r, 1, 1+r.IntN(5))
	case add:
		w.adds(r)
	case remove:
		w.removes(r)
	case edit:
		w.shop.does("edit", func(ctx context.Context, c *app.Company) error { return w.shop.edits(ctx, c, r, 1+r.IntN(5)) })
	case filing:
		w.shop.does("file", func(ctx context.Context, c *app.Company) error { return w.shop.takesFile(ctx, c, r, 1+r.IntN(6)) })
	case choose:
		w.shop.does("choose", func(ctx context.Context, c *app.Company) error { return w.shop.chooses(ctx, c, r) })
	case decide:
		w.shop.does("decide", func(ctx context.Context, c *app.Company) error { return w.shop.decides(ctx, c, r) })
	case importing:
		w.shop.does("import", func(ctx context.Context, c *app.Company) error { return w.shop.imports(ctx, c, r) })
	case syncing:
		w.shop.does("sync", func(ctx context.Context, c *app.Company) error { return w.shop.syncs(ctx, c, r) })
	case trying:
		w.shop.tries(r)
	case selling:
		w.sold(r)
	case making:
		m.does("issue", func(ctx context.Context, c *app.Company) error { return m.issues(ctx, c, r) })
	case sending:
		m.does("formalise", func(ctx context.Context, c *app.Company) error { return m.formalises(ctx, c, r) })
	case looking:
		m.does("look up", m.looks)
	case saving:
		m.does("save", func(ctx context.Context, c *app.Company) error { return m.saves(ctx, c, r) })
	case backing:
		m.does("back up", m.backsUp)
	case storm:
		w.storms(r)
	case calm:
		w.clears()
	case kill:
		m.fuse = fuse{steps: 1 + r.IntN(1+r.IntN(80))}
		if r.IntN(2) == 0 {
			m.fuse.writes = r.IntN(1 + r.IntN(40))
		}
		if r.IntN(3) == 0 {
			m.fuse.cut = r
		}
		if m.c != nil {
			m.killIn(m.fuse)
			m.fuse = fuse{}
		}
	case full:
		_ = m.stop()
		m.room = r.IntN(6)
	case second, edited:
		w.pending = append(w.pending, e)
	case copies:
		if w.other == nil {
			return
		}
		if err := w.other.restores(); err != nil {
			w.violates("%v", err)
		}
	case skew:
		w.sets(time.Duration([]int{-26, -3, -1, 0, 0, 0, 1, 3, 26}[r.IntN(9)]) * time.Hour)
	default:
		panic(e.Do)
	}
}

func (w *world) adds(r *rand.Rand) {
	p := w.server.AddProduct(w.product(r))
	w.listed = w.ticks
	w.tell("at İşbaşı %s is new", p.Code)
}

func (w *world) removes(r *rand.Rand) {
	for _, p := range w.some(r, 1) {
		if p.ID < 1001+articles {
			return
		}
		w.server.DeleteProduct(p.Code)
		w.goods[p.Code].gone = w.tick()
		w.listed = w.ticks
		w.tell("at İşbaşı %s is gone", p.Code)
	}
}

// edits changes prices and stocks of some products of the catalogue.
func (m *machine) edits(ctx context.Context, c *app.Company, r *rand.Rand, n int) error {
	all, _, err := c.Products(ctx, domain.ProductQuery{})
	if err != nil {
		return err
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:min(n, len(all))]
	var notes []func(sure bool)
	for i := range all {
		p, field := &all[i], r.IntN(2)
		v := whole(r.Int64N(400))
		if field == 0 {
			v = kurus(m.world.near(r, p.Price.Decimal))
			p.Price = v
		} else {
			p.Stock = v
		}
		if g := m.world.known(p); g != nil {
			notes = append(notes, func(sure bool) {
				g.ours[field] = append(g.ours[field], said{m.world.tick(), v.Decimal.String(), sure})
			})
		}
	}
	_, err = c.SaveProducts(ctx, all...)
	for _, note := range notes {
		note(err == nil)
	}
	return err
}

// chooses changes what may flow, and who wins.
func (m *machine) chooses(ctx context.Context, c *app.Company, r *rand.Rand) error {
	s := m.settings
	s.IntegrationOn, s.Pull = true, r.IntN(4) > 0
	s.Push = []domain.Push{domain.PushUnset, domain.PushStock, domain.PushPrice, domain.PushBoth, domain.PushBoth, domain.PushBoth}[r.IntN(6)]
	m.wish = &s
	// While it is saved the one or the other holds: nothing is under way.
	err := c.SaveSettings(ctx, s)
	if err == nil {
		m.settings, m.wish = s, nil
	}
	if err != nil || m.settings.Push == domain.PushUnset {
		return err
	}
	preferences := sync.DefaultSettings()
	owners := []domain.Owner{domain.OwnerBooks, domain.OwnerCatalogue, domain.OwnerLater, domain.OwnerNobody}
	for _, f := range fields {
		if o := owners[r.IntN(len(owners))]; o != domain.OwnerNobody {
			preferences.Owner[f] = o
		}
	}
	if r.IntN(2) == 0 {
		preferences.PriceShare = decimal.NewFromInt(100)
	}
	if err := c.SaveSyncSettings(ctx, preferences); err != nil {
		return err
	}
	if r.IntN(2) > 0 || !s.Push.Has(domain.SharedStock) {
		return nil
	}
	_, err = c.ProbeStock(ctx)
	return err
}

// meanwhile lets happen what waits for a call of a program to be under way.
func (w *world) meanwhile(m *machine) {
	if len(w.pending) == 0 || m.c == nil {
		return
	}
	e := w.pending[0]
	w.pending = w.pending[1:]
	r := e.random()
	w.tell("meanwhile %s", e)
	switch {
	case e.Do == second:
		m.comesSecond()
	case m != w.shop || r.IntN(2) == 0:
		w.restates(r, r.IntN(2), 1)
	default:
		if err := m.edits(m.ctx, m.c, r, 1); err != nil && !m.killed() && domain.KindOf(err) != domain.KindDisk {
			w.violates("an edit meanwhile: %v", err)
		}
	}
}

// comesSecond is another program on the same data folder: it finds the company in use, and may read it.
func (m *machine) comesSecond() {
	a, err := app.Open(m.ctx, m.options())
	if err != nil {
		m.unless("a second program", err)
		return
	}
	defer func() { m.unless("the end of a second program", a.Close()) }()
	if c, err := a.OpenCompany(m.ctx, m.c.Info); err == nil {
		m.world.violates("two programs have the company")
		m.unless("the end of a second program", c.Close())
	} else if domain.KindOf(err) != domain.KindBusy {
		m.unless("a second program", err)
	}
	c, err := a.ReadCompany(m.ctx, m.c.Info)
	if err != nil {
		m.unless("a second program that reads", err)
		return
	}
	if _, _, err := c.Runs(m.ctx, 1, 0); err != nil {
		m.unless("a second program that reads", err)
	}
	m.unless("the end of a second program", c.Close())
}

// unless notes an error that has no other reason.
func (m *machine) unless(what string, err error) {
	if err != nil && !m.killed() && (m.room < 0 || domain.KindOf(err) != domain.KindDisk) {
		m.world.violates("%s: %v", what, err)
	}
}
