//go:build bench && linux

package app_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
)

// typed are how often each line is typed: the fastest is what a keystroke takes.
const typed = 3

// searches measures typing into the search of the list of products.
func (b *bench) searches() {
	worst := func(sort domain.ProductSort) float64 {
		return float64(b.do(errandOf{Do: "search", Dir: b.shop(), Sort: string(sort)}).answer) / 1e6
	}
	most, aim := 10.0, 1.0
	if b.n > 100_000 {
		most, aim = 60, 5
	}
	b.add("search, the worst keystroke", worst(domain.ProductsByAge), "ms", most, aim)
	b.add("the same in a list by name", worst(domain.ProductsByName), "ms", 0, 0)
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
			best := make([]time.Duration, len(letters))
			for try := range typed { // whole lines: what a letter costs depends on those before it
				for i := range letters {
					begun := time.Now()
					_, _, err := c.ListProducts(ctx, domain.ProductQuery{
						Group: domain.ProductsCurrent, Search: string(letters[:i+1]), Most: domain.CountedHits, Sort: domain.ProductSort(e.Sort), Limit: 100,
					})
					if err != nil {
						return err
					}
					if took := time.Since(begun); try == 0 || took < best[i] {
						best[i] = took
					}
				}
			}
			worst = max(worst, slices.Max(best))
		}
		fmt.Printf("answer: %d\n", worst)
		return nil
	})
}
