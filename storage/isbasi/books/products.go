// Package books is a company's İşbaşı as its rooms ask it: whoever asks first signs in. What resumes in its last phase, and what asks
// nothing, needs no session at all.
package books

import (
	"context"
	"iter"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/signin"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/isbasi"
)

// Account is who signs in: the company's authorisation.
type Account = *signin.Authorisation[*isbasi.Client]

// Products are the products at İşbaşı, as transfers and syncs read and write them.
type Products struct{ Account }

// Calls tells how many calls were made, see isbasi.Client.
func (p Products) Calls() (reads, writes int) { return p.Client().Calls() }

// Abreast is how many calls may be on their way at once.
func (p Products) Abreast() int { return p.Client().Abreast() }

// Products yields the pages of a range.
func (p Products) Products(ctx context.Context, in transfer.Range) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		if err := p.SignedIn(ctx); err != nil {
			yield(transfer.Page{}, err)
			return
		}
		p.Client().Products(ctx, in)(yield)
	}
}

// Changed yields what changed at İşbaşı.
func (p Products) Changed(ctx context.Context, since time.Time, in transfer.Range) iter.Seq2[transfer.Page, error] {
	return func(yield func(transfer.Page, error) bool) {
		if err := p.SignedIn(ctx); err != nil {
			yield(transfer.Page{}, err)
			return
		}
		p.Client().Changed(ctx, since, in)(yield)
	}
}

// Product reads one product.
func (p Products) Product(ctx context.Context, ref domain.ProductRef) (domain.ProductDetail, error) {
	if err := p.SignedIn(ctx); err != nil {
		return domain.ProductDetail{}, err
	}
	return p.Client().Product(ctx, ref)
}

// SaveProduct changes one product.
func (p Products) SaveProduct(ctx context.Context, ref domain.ProductRef, change domain.ProductChange) (domain.ProductDetail, error) {
	if err := p.SignedIn(ctx); err != nil {
		return domain.ProductDetail{}, err
	}
	return p.Client().SaveProduct(ctx, ref, change)
}

// SaveStock stores a stock receipt.
func (p Products) SaveStock(ctx context.Context, m domain.StockMovement) error {
	if err := p.SignedIn(ctx); err != nil {
		return err
	}
	return p.Client().SaveStock(ctx, m)
}

// StockSaved looks for a stock receipt.
func (p Products) StockSaved(ctx context.Context, ref domain.ProductRef, number string) (bool, error) {
	if err := p.SignedIn(ctx); err != nil {
		return false, err
	}
	return p.Client().StockSaved(ctx, ref, number)
}

// ProbeStock asks whether stock may be written.
func (p Products) ProbeStock(ctx context.Context) (domain.AbilityAnswer, error) {
	return p.Client().ProbeStock(ctx)
}

// Remember keeps what the key may.
func (p Products) Remember(ctx context.Context, a domain.Ability, answer domain.AbilityAnswer) error {
	return p.Client().Remember(ctx, a, answer)
}
