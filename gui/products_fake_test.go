package gui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// larder is a catalogue in memory.
type larder struct {
	mu       sync.Mutex
	products []domain.Product
	pairs    map[domain.ProductID]transfer.Row
	rules    pricing.Rules
	guards   map[domain.ProductID]pricing.Guards
	asked    []domain.ProductQuery
	exported []domain.ProductQuery
	failing  error // of saving
}

// newLarder makes a catalogue of n products.
func newLarder(n int) *larder {
	l := &larder{pairs: map[domain.ProductID]transfer.Row{}}
	for i := range n {
		l.products = append(l.products, domain.Product{
			ID: domain.ProductID(i + 1), Code: domain.Code(fmt.Sprintf("KOD-%04d", i+1)), Barcode: "8690504012341", Name: fmt.Sprintf("ÇİKOLATA %d", i+1),
			Price: decimal.NewNullDecimal(decimal.New(24990, -2)), Currency: domain.TRY, State: domain.ProductActive, Revision: 1,
		})
	}
	return l
}

func (l *larder) ListProducts(_ context.Context, q domain.ProductQuery) ([]domain.ListedProduct, int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked = append(l.asked, q)
	var found []domain.ListedProduct
	for _, p := range l.products {
		archived := p.State == domain.ProductArchived
		switch {
		case q.ID != 0 && p.ID != q.ID, !strings.Contains(domain.Fold(p.Name), domain.Fold(q.Search)),
			q.Group == domain.ProductsCurrent && archived, q.Group == domain.ProductsArchived && !archived,
			q.Group == domain.ProductsDrafts && p.State != domain.ProductDraft:
			continue
		}
		found = append(found, domain.ListedProduct{Product: p, Bound: l.pairs[p.ID].Remote.ID})
	}
	if q.Sort == domain.ProductsByCode {
		slices.SortFunc(found, func(a, b domain.ListedProduct) int { return cmp.Compare(a.Code, b.Code) })
	}
	total := len(found)
	found = found[min(q.Offset, total):]
	if q.Limit > 0 {
		found = found[:min(q.Limit, len(found))]
	}
	return found, total, nil
}

func (l *larder) SaveProducts(_ context.Context, products ...domain.Product) ([]domain.Product, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failing != nil {
		return nil, l.failing
	}
	var saved []domain.Product
	for _, p := range products {
		if p.ID == 0 {
			p.ID, p.State, p.Currency = domain.ProductID(len(l.products)+1), domain.ProductActive, domain.TRY
			l.products = append(l.products, domain.Product{})
		} else if l.products[p.ID-1].Revision != p.Revision {
			return nil, domain.Invalid("revision", "changed")
		}
		p.Revision++
		l.products[p.ID-1] = p
		saved = append(saved, p)
	}
	return saved, nil
}

func (l *larder) Pair(_ context.Context, id domain.ProductID) (transfer.Row, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r, ok := l.pairs[id]
	return r, ok, nil
}

func (l *larder) Offers(_ context.Context, p domain.Product, g pricing.Guards) ([]pricing.MarketOffer, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	pricer := pricing.Pricer{Rules: l.rules, Currency: domain.TRY}
	var offers []pricing.MarketOffer
	for _, m := range []pricing.Marketplace{{ID: "trendyol", Name: "Trendyol"}, {ID: "n11", Name: "N11"}} {
		offers = append(offers, pricing.MarketOffer{Marketplace: m, Offer: pricer.Offer(p, g, m.ID, decimal.NullDecimal{})})
	}
	return offers, nil
}

func (l *larder) ProductGuards(_ context.Context, id domain.ProductID) (pricing.Guards, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.guards[id], nil
}

func (l *larder) SaveGuards(_ context.Context, id domain.ProductID, g pricing.Guards) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.guards == nil {
		l.guards = map[domain.ProductID]pricing.Guards{}
	}
	l.guards[id] = g
	return g.Validate()
}

func (l *larder) ExportProducts(_ context.Context, q domain.ProductQuery) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.exported = append(l.exported, q)
	return "/home/someone/Documents/Sopyo/urunler.xlsx", nil
}

// product gives what is kept of a product.
func (l *larder) product(id domain.ProductID) domain.Product {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.products[id-1]
}

// bind pairs a product with an İşbaşı product.
func (l *larder) bind(id domain.ProductID) {
	l.pairs[id] = transfer.Row{Tier: matching.TierBarcode, Remote: domain.RemoteProduct{ID: "4711", Code: "ISB-1", Name: "Çikolata İşbaşı"}}
}

// shelfStage is the window at Ürünler.
type shelfStage struct {
	*stage
	larder *larder
}

func inLarder(t *testing.T, l *larder, f func(s *shelfStage)) {
	t.Helper()
	onStageWith(t, newOffice(), func(_ *stage, cfg *Config) { cfg.First.Catalogue = l }, func(s *stage) {
		s.w.open(viewProducts)
		s.settle()
		f(&shelfStage{s, l})
	})
}

func (s *shelfStage) list() *productsList       { return s.w.goods.list }
func (s *shelfStage) table() *widgets.DataTable { return s.w.goods.list.table }

// key presses keys while the table has the focus.
func (s *shelfStage) key(names ...fyne.KeyName) {
	s.t.Helper()
	s.win.Canvas().Focus(s.table().Focusable())
	for _, n := range names {
		s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
		s.settle()
	}
}

// says fails unless the list's banner has these words.
func (s *shelfStage) says(words string) {
	s.t.Helper()
	if got := s.list().said.Words(); !strings.Contains(got, words) {
		s.t.Errorf("it says %q, not %q", got, words)
	}
}
