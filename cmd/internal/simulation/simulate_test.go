package simulation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/cryptotest"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
	"github.com/sopyo/sopyo-desktop/storage/keyring"
)

// lived is what came of a life.
type lived struct {
	violations []string
	trace      string // of everything that happened, as a sum
	real       bool   // it went on from what a real kill has left
	told       []string
	kills      int
	day        int // the last one
}

// live lets a life happen.
func live(t *testing.T, l life) lived {
	t.Helper()
	dir, err := os.MkdirTemp("", "simulation")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	}()
	return liveIn(t, l, dir, sigkill{})
}

// liveIn lets a life happen in a folder, in a bubble of its own.
func liveIn(t *testing.T, l life, dir string, kill sigkill) (out lived) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cryptotest.SetGlobalRandom(t, l.Seed)
		keyring.InMemory(nil)
		passes(time.Until(l.begins()))
		w := newWorld(t, l, dir)
		w.real = kill
		w.lives()
		for _, m := range []*machine{w.shop, w.other} {
			if m == nil {
				continue
			}
			if err := m.stop(); err != nil && !errors.Is(err, errDead) {
				w.violates("the end of the program: %v", err)
			}
			out.kills += m.kills
		}
		_ = w.server.Close()
		out.real = w.real.taken
		out.day, out.violations, out.trace, out.told = w.day, w.violations, hex.EncodeToString(w.trace.Sum(nil)), w.told
	})
	return out
}

// newWorld makes one in which everything is still good.
func newWorld(t *testing.T, l life, dir string) *world {
	w := &world{t: t, life: l, dir: dir, trace: sha256.New(), goods: map[string]*good{}}
	r := rand.New(rand.NewPCG(l.Seed, 4))
	o := sandbox.Options{
		Firms: []sandbox.Firm{}, Invoices: []sandbox.Invoice{}, Orders: []sandbox.Order{}, Registered: registered, AllowStock: true, Now: w.remoteNow,
		KeyIgnored: r.IntN(2) == 0, ChangeFilter: r.IntN(2) == 0, GIBReads: r.IntN(3), RefusedIsDraft: true, NetFirst: r.IntN(2) == 0,
	}
	o.StockChangesDate = o.ChangeFilter
	n := 20 + r.IntN(30)
	if r.IntN(3) == 0 { // of several pages
		n = 101 + r.IntN(1+r.IntN(240))
	}
	for range n {
		o.Products = append(o.Products, w.product(r))
	}
	w.server = sandbox.Offline(o)
	w.shop = w.newMachine("shop")
	if r.IntN(3) == 0 {
		w.other = w.newMachine("other")
	}
	return w
}

// lives lets the days pass until something is wrong, or everything has come to rest.
func (w *world) lives() {
	for _, m := range []*machine{w.shop, w.other} {
		if m != nil && !m.does("begin", m.begins) {
			w.violates("%s cannot begin", m.name)
		}
	}
	begin, next := w.life.begins(), 0
	for w.day = range w.life.Days {
		for ; next < len(w.life.Events) && w.life.Events[next].Day == w.day; next++ {
			e := w.life.Events[next]
			passes(time.Until(begin.Add(time.Duration(e.Day*24*60+e.Minute) * time.Minute)))
			if w.happens(e); len(w.violations) > 0 {
				return
			}
		}
		passes(time.Until(begin.Add(time.Duration(w.day*24*60+23*60+30) * time.Minute)))
		if w.evening(); len(w.violations) > 0 {
			return
		}
	}
	w.rests()
}

// begins fills the catalogue and imports what is at İşbaşı.
func (m *machine) begins(ctx context.Context, c *app.Company) error {
	s := m.settings
	s.IntegrationOn = true
	m.wish = &s
	if err := c.SaveSettings(ctx, s); err != nil {
		return err
	}
	m.settings, m.wish = s, nil
	var products []domain.Product
	for n, p := range m.world.server.Products() {
		g := m.world.goods[p.Code]
		if n >= articles && n%2 == 0 {
			continue // İşbaşı has more than the catalogue
		}
		products = append(products, domain.Product{
			Code: domain.Code(g.own), Name: p.Name, Barcode: domain.Barcode(g.barcode), VATRate: p.VATRate, Price: p.Price, Stock: p.Stock,
			Currency: domain.TRY, State: domain.ProductActive,
		})
	}
	_, err := c.SaveProducts(ctx, products...)
	if err != nil {
		return err
	}
	return m.imports(ctx, c, rand.New(rand.NewPCG(m.world.life.Seed, 5)))
}

func sprint(v any) string { return fmt.Sprint(v) }

// given is a number that is asked for by name, else another.
func given(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// tell writes all that has happened into the file TELL, for whoever wants to know.
func (out *lived) tell(t *testing.T) {
	t.Helper()
	path := os.Getenv("TELL")
	if path == "" {
		return
	}
	if err := os.WriteFile(path, []byte(strings.Join(out.told, "\n")), 0o600); err != nil {
		t.Error(err)
	}
}

// shrinking is how many lives may be lived to make one that fails smaller.
const shrinking = 200

// perRealKill is how many lives there are for one in which a process is really killed.
const perRealKill = 50

func TestSimulate(t *testing.T) {
	seeds, days, first := given(t, "SEEDS", usual), given(t, "DAYS", 7), given(t, "SEED", 1)
	failed := 0
	for seed := first; seed < first+seeds; seed++ {
		began, l := time.Now(), newLife(uint64(seed), days)
		var out lived
		if seed%perRealKill == 0 {
			out = liveOn(t, l)
		} else {
			out = live(t, l)
		}
		t.Logf("seed %d: %d kills, %.2f s", seed, out.kills, time.Since(began).Seconds())
		if len(out.violations) == 0 {
			continue
		}
		failed++
		t.Errorf("SEED=%d DAYS=%d: %s", seed, days, strings.Join(out.violations, "\n  "))
		out.tell(t)
		l = shrunk(l.until(out.day), shrinking, func(l life) bool { return len(live(t, l).violations) > 0 })
		out = live(t, l)
		t.Logf("shrunk to %s\n%s", l, strings.Join(out.violations, "\n  "))
		out.tell(t)
	}
	summary = fmt.Sprintf("%d seeds × %d days: %d violations", seeds, days, failed)
}

// A life is lived again as it was, to the last byte that was sent.
func TestLive_replaysExactly(t *testing.T) {
	for seed := range uint64(usual) / 2 {
		l := newLife(seed+1, 4)
		one, two := live(t, l), live(t, l)
		if one.trace != two.trace {
			for i := range min(len(one.told), len(two.told)) {
				if one.told[i] != two.told[i] {
					t.Fatalf("seed %d: %s\nthe other time: %s", seed+1, one.told[i], two.told[i])
				}
			}
			t.Errorf("seed %d: %d lines are told, %d the other time", seed+1, len(one.told), len(two.told))
		}
	}
}
