package kittest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/doctor"
	"github.com/sopyo/sopyo-desktop/domain/listing"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/pricing"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Catalogue is a catalogue in memory.
type Catalogue struct {
	Mu       sync.Mutex
	All      []domain.Product
	pairs    map[domain.ProductID]transfer.Row
	Rules    pricing.Rules
	From     map[domain.ProductID]domain.Origins
	Formerly map[domain.ProductID][]listing.Former
	Sold     map[domain.ProductID]decimal.Decimal
	Guards   map[domain.ProductID]pricing.Guards
	Asked    []domain.ProductQuery
	Exported []domain.ProductQuery
	failing  error // of saving
}

// NewCatalogue makes a catalogue of n products.
func NewCatalogue(n int) *Catalogue {
	l := &Catalogue{pairs: map[domain.ProductID]transfer.Row{}}
	for i := range n {
		l.All = append(l.All, domain.Product{
			ID: domain.ProductID(i + 1), Code: domain.Code(fmt.Sprintf("KOD-%04d", i+1)), Barcode: "8690504012341", Name: fmt.Sprintf("ÇİKOLATA %d", i+1),
			Price: decimal.NewNullDecimal(decimal.New(24990, -2)), Currency: domain.TRY, State: domain.ProductActive, Revision: 1,
		})
	}
	return l
}

func (l *Catalogue) ListProducts(_ context.Context, q domain.ProductQuery) ([]domain.ListedProduct, int, error) {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	l.Asked = append(l.Asked, q)
	var found []domain.ListedProduct
	for _, p := range l.All {
		archived := p.State == domain.ProductArchived
		switch {
		case q.ID != 0 && p.ID != q.ID, !strings.Contains(domain.Fold(p.Name+" "+string(p.Code)+" "+string(p.Barcode)), domain.Fold(q.Search)),
			q.Group == domain.ProductsCurrent && archived, q.Group == domain.ProductsArchived && !archived,
			q.Group == domain.ProductsDrafts && p.State != domain.ProductDraft, q.Group == domain.ProductsPassive && p.State != domain.ProductPassive:
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

func (l *Catalogue) SaveProducts(_ context.Context, products ...domain.Product) ([]domain.Product, error) {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	if l.failing != nil {
		return nil, l.failing
	}
	var saved []domain.Product
	for _, p := range products {
		if p.ID == 0 {
			p.ID, p.State, p.Currency = domain.ProductID(len(l.All)+1), domain.ProductActive, domain.TRY
			l.All = append(l.All, domain.Product{})
		} else if l.All[p.ID-1].Revision != p.Revision {
			return nil, domain.Invalid("revision", "changed")
		}
		p.Revision++
		l.All[p.ID-1] = p
		saved = append(saved, p)
	}
	return saved, nil
}

// OpenQuantities gives what is sold in open orders.
func (l *Catalogue) OpenQuantities(context.Context) (map[domain.ProductID]decimal.Decimal, error) {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	return l.Sold, nil
}

func (l *Catalogue) Origins(_ context.Context, id domain.ProductID) (domain.Origins, error) {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	return l.From[id], nil
}

func (l *Catalogue) Formers(_ context.Context, id domain.ProductID) ([]listing.Former, error) {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	return l.Formerly[id], nil
}

func (l *Catalogue) Pair(_ context.Context, id domain.ProductID) (transfer.Row, bool, error) {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	r, ok := l.pairs[id]
	return r, ok, nil
}

func (l *Catalogue) Offers(_ context.Context, p domain.Product, g pricing.Guards) ([]pricing.MarketOffer, error) {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	pricer := pricing.Pricer{Rules: l.Rules, Currency: domain.TRY}
	var offers []pricing.MarketOffer
	for _, m := range []pricing.Marketplace{{ID: "trendyol", Name: "Trendyol"}, {ID: "n11", Name: "N11"}} {
		offers = append(offers, pricing.MarketOffer{Marketplace: m, Offer: pricer.Offer(p, g, m.ID, decimal.NullDecimal{})})
	}
	return offers, nil
}

func (l *Catalogue) ProductGuards(_ context.Context, id domain.ProductID) (pricing.Guards, error) {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	return l.Guards[id], nil
}

// SaveEdits is all or nothing, as the store's.
func (l *Catalogue) SaveEdits(ctx context.Context, edits ...pricing.Edit) ([]domain.Product, error) {
	products := make([]domain.Product, len(edits))
	for i, e := range edits {
		if e.Guards != nil && e.Guards.Validate() != nil {
			return nil, e.Guards.Validate()
		}
		products[i] = e.Product
	}
	saved, err := l.SaveProducts(ctx, products...)
	if err != nil {
		return nil, err
	}
	l.Mu.Lock()
	defer l.Mu.Unlock()
	for i, e := range edits {
		if e.Guards == nil {
			continue
		}
		if l.Guards == nil {
			l.Guards = map[domain.ProductID]pricing.Guards{}
		}
		l.Guards[saved[i].ID] = *e.Guards
	}
	return saved, nil
}

func (l *Catalogue) ExportProducts(_ context.Context, q domain.ProductQuery) (string, error) {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	l.Exported = append(l.Exported, q)
	return "/home/someone/Documents/Sopyo/urunler.xlsx", nil
}

// Product gives what is kept of a product.
func (l *Catalogue) Product(id domain.ProductID) domain.Product {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	return l.All[id-1]
}

// Bind pairs a product with an İşbaşı product.
func (l *Catalogue) Bind(id domain.ProductID) {
	l.pairs[id] = transfer.Row{Tier: matching.TierBarcode, Remote: domain.RemoteProduct{ID: "4711", Code: "ISB-1", Name: "Çikolata İşbaşı"}}
}

// Write carries fixes out.
func (l *Catalogue) Write(fixes []doctor.Fix) (done, left int) {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	for _, f := range fixes {
		p := &l.All[f.Product-1]
		switch {
		case f.Column == doctor.Code && string(p.Code) == f.From:
			p.Code = domain.Code(f.To)
		case f.Column == doctor.Barcode && string(p.Barcode) == f.From:
			p.Barcode = domain.Barcode(f.To)
		default:
			left++
			continue
		}
		p.Revision++
		done++
	}
	return done, left
}
