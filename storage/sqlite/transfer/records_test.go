package transfer_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/domaintest"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

// Only the newest transfer that was confirmed counts, and only products that are bound and have a price.
func TestCircumstances_ofTransfersAndBoundPrices(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	run := func(state transfer.State, confirmedAt time.Time) {
		t.Helper()
		if _, err := c.CreateRun(t.Context(), transfer.Run{State: state, Phase: transfer.PhaseRead, ConfirmedAt: confirmedAt}); err != nil {
			t.Fatal(err)
		}
	}
	transferring := func() bool { return sqlitetest.Ok1[domain.Circumstances](t)(c.Circumstances(t.Context())).Transferring }
	if transferring() {
		t.Error("no transfer, and it transfers")
	}
	run(transfer.StateApplying, domaintest.Moment)
	if !transferring() {
		t.Error("a transfer that applies")
	}
	run(transfer.StateDone, time.Time{})
	if !transferring() {
		t.Error("one that was never confirmed hides it")
	}
	run(transfer.StateDone, domaintest.Moment)
	run(transfer.StatePreparing, time.Time{})
	if transferring() {
		t.Error("one that is not confirmed, or an older one, counts")
	}
	products := sqlitetest.Save(t, c, domain.Product{Name: "a", Price: sqlitetest.Dec("1"), Currency: domain.USD}, domain.Product{Name: "b", Price: sqlitetest.Dec("1"), Currency: domain.USD},
		domain.Product{Name: "c", Currency: domain.USD}, domain.Product{Name: "d", Price: sqlitetest.Dec("1"), Currency: domain.EUR}, domain.Product{Name: "e", Price: sqlitetest.Dec("1"), Currency: domain.GBP})
	for _, p := range products[:4] {
		if _, err := c.DB.Writer.ExecContext(t.Context(), `INSERT INTO binding (remote_id, type, product_id, created_at) VALUES (?, 1, ?, '')`, fmt.Sprint(p.ID), p.ID); err != nil {
			t.Fatal(err)
		}
	}
	around := sqlitetest.Ok1[domain.Circumstances](t)(c.Circumstances(t.Context()))
	sqlitetest.WantSame(t, "bound", around.BoundPrices, map[domain.Currency]int{domain.USD: 2, domain.EUR: 1})
}
