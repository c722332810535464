package sync

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// SavedReads tells how many reads were saved this month of Istanbul where only what had changed was read, and not the whole
// list, as large as it was when it was last read.
func (s *Syncs) SavedReads(ctx context.Context) (int, error) {
	changed, err := s.co.Store.ChangedTotals(ctx, firstOf(s.co.Now()))
	if err != nil {
		return 0, err
	}
	products, err := s.co.Store.SeenProducts(ctx)
	whole, saved := transfer.CostOf(products).Reads, 0
	for _, n := range changed {
		saved += max(0, whole-transfer.CostOf(n).Reads)
	}
	return saved, err
}
