package transfer_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/matching"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestPair_tellsWhatATransferRead(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	r := sqlitetest.Planned(t, c, 2)
	if _, _, err := c.Apply(t.Context(), r, 1, sqlitetest.TakePrice); err != nil {
		t.Fatal(err)
	}
	var local domain.ProductID
	for id := domain.ProductID(1); id <= 2; id++ {
		pair, ok, err := c.Pair(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if ok {
			local = id
			if pair.Remote.Name == "" || pair.Tier != matching.TierCode || pair.Outcome != transfer.OutcomeMatched {
				t.Errorf("pair %+v", pair)
			}
		}
	}
	if local == 0 {
		t.Fatal("nothing is bound")
	}
	if _, err := c.DB.Writer.ExecContext(t.Context(), `DELETE FROM transfer`); err != nil {
		t.Fatal(err)
	}
	if pair, ok, err := c.Pair(t.Context(), local); err != nil || !ok || pair.Remote.ID == "" || pair.Remote.Name != "" {
		t.Errorf("without its transfer: %+v %v %v", pair, ok, err)
	}
}
