package transfer_test

import (
	"testing"

	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestStopRun_isRecoveredAsStopped(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	for state, want := range map[transfer.State]transfer.State{
		transfer.StatePreparing: transfer.StateStopped, transfer.StateQueued: transfer.StateStopped, transfer.StateApplying: transfer.StateStopped,
		transfer.StatePaused: transfer.StatePaused, transfer.StateStopped: transfer.StateStopped, transfer.StateDone: transfer.StateDone,
	} {
		r, err := c.CreateRun(t.Context(), transfer.Run{State: state, ConfirmedAt: sqlitetest.StillNow()})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.StopRun(t.Context(), r.ID); err != nil {
			t.Fatal(err)
		}
		if n, err := c.RecoverStopped(t.Context()); err != nil || (n == 1) != (state != want) {
			t.Errorf("%s: %d recovered, %v", state, n, err)
		}
		if got, err := c.Run(t.Context(), r.ID); err != nil || got.State != want {
			t.Errorf("%s became %s, want %s (%v)", state, got.State, want, err)
		}
	}
}
