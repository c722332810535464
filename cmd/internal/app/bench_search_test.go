//go:build bench && linux

package app_test

import (
	"context"
	"fmt"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
)

// typed are how often each keystroke is tried: the fastest is what it takes.
const typed = 3

// searches measures typing into the search of the list of products.
func (b *bench) searches() {
	worst := b.do(errandOf{Do: "search", Dir: b.shop()}).answer
	most, aim := 10.0, 1.0
	if b.n > 100_000 {
		most, aim = 60, 5
	}
	b.add("search, the worst keystroke", float64(worst)/1e6, "ms", most, aim)
}

// typeSearches types names, codes, barcodes and what is not there, letter by letter, and says how long the worst letter takes.
func typeSearches(ctx context.Context, e errandOf) error {
	return opened(ctx, e, func(c *app.Company) error {
		all, total, err := c.ListProducts(ctx, domain.ProductQuery{Group: domain.ProductsCurrent, Limit: 1, Offset: 4711})
		if err != nil || len(all) != 1 {
			return fmt.Errorf("%d products, %w", total, err)
		}
		var worst time.Duration
		for _, line := range []string{all[0].Name, string(all[0].Code), string(all[0].Barcode), "ş g k", "olmayan bir ürün", "00000000"} {
			letters := []rune(line)
			for i := range letters {
				best := time.Hour
				for range typed {
					begun := time.Now()
					_, _, err := c.ListProducts(ctx, domain.ProductQuery{
						Group: domain.ProductsCurrent, Search: string(letters[:i+1]), Most: domain.CountedHits, Limit: 100,
					})
					if err != nil {
						return err
					}
					best = min(best, time.Since(begun))
				}
				worst = max(worst, best)
			}
		}
		fmt.Printf("answer: %d\n", worst)
		return nil
	})
}
