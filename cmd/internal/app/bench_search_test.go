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

// searches measures typing into the search of the list of products, which has been sorted by a column before.
func (b *bench) searches() {
	b.list()
	most, aim := 10.0, 1.0
	if b.n > 100_000 {
		most, aim = 60, 5
	}
	var whole, tenth time.Duration
	for _, by := range []domain.ProductSort{
		domain.ProductsByAge, domain.ProductsByName, domain.ProductsByCode, domain.ProductsByBarcode, domain.ProductsByBrand,
		domain.ProductsByPrice, domain.ProductsByStock, domain.ProductsByState, domain.ProductsByBinding,
	} {
		name := "search, the worst keystroke"
		if by != domain.ProductsByAge {
			name += ", by " + string(by)
		}
		took := time.Duration(b.do(errandOf{Do: "search", Dir: b.shop(), Sort: string(by)}).answer)
		b.add(name, float64(took)/1e6, "ms", most, aim)
		whole = max(whole, took)
		tenth = max(tenth, time.Duration(b.do(errandOf{Do: "search", Dir: b.at("catalogue tenth.csv"), Sort: string(by)}).answer))
	}
	b.grows("search: growth", whole, tenth, 0, 1.03)
}

// typeSearches types names, codes, barcodes and what is not there, letter by letter, in both directions, and says how long the
// worst letter takes.
func typeSearches(ctx context.Context, e errandOf) error {
	return opened(ctx, e, func(c *app.Company) error {
		q := domain.ProductQuery{Group: domain.ProductsCurrent, Sort: domain.ProductSort(e.Sort), Limit: 100}
		if _, _, err := c.ListProducts(ctx, q); err != nil {
			return err
		}
		all, total, err := c.ListProducts(ctx, domain.ProductQuery{Group: domain.ProductsCurrent, Limit: 1, Offset: 4711})
		if err != nil || len(all) != 1 {
			return fmt.Errorf("%d products, %w", total, err)
		}
		q.Most = domain.CountedHits
		var worst time.Duration
		for _, line := range []string{
			all[0].Name, string(all[0].Code), string(all[0].Barcode), "ş g k", "olmayan bir ürün", "00000000", "ığüşöç", "zeytinyağı", "a e",
		} {
			letters := []rune(line)
			best := make([]time.Duration, 2*len(letters))
			for try := range typed { // whole lines: what a letter costs depends on those before it
				for i := range best {
					q.Search, q.Desc = string(letters[:i%len(letters)+1]), i >= len(letters)
					begun := time.Now()
					if _, _, err := c.ListProducts(ctx, q); err != nil {
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
