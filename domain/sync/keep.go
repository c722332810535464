package sync

import (
	"context"
	"log/slog"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

const (
	// lookEvery is how often is looked whether something is due.
	lookEvery = 15 * time.Second
	// quiet is how long the catalogue has to rest before its edits go out together.
	quiet = time.Minute
	// oldAtOpening is how long ago İşbaşı may have been read last when the program is opened.
	oldAtOpening = 4 * time.Hour
)

// KeepSyncing begins syncs by themselves until ctx ends: on opening, when their time has come, and when the catalogue
// was edited. What hinders one is said where syncs are shown, and tried again when its time comes.
func (s *Syncs) KeepSyncing(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	k := keeper{Syncs: s}
	for opening := true; ; opening = false {
		if err := k.look(ctx, opening); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "no sync was begun", "kind", string(domain.KindOf(err)))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Automatic tells whether the company syncs by itself: its integration is open, and a time is chosen.
func (s *Syncs) Automatic(ctx context.Context) (bool, error) {
	choices, err := s.co.Store.Settings(ctx)
	if err != nil || !choices.IntegrationOn {
		return false, err
	}
	of, err := s.co.Store.SyncSettings(ctx)
	return err == nil && of.ScheduleOf(choices) != ScheduleOff, err
}

// SyncDue does what KeepSyncing would begin now, one after another, and gives how many syncs came to their end. It comes back when
// nothing is due any more, when something hinders, which is its error, and when ctx ends (KindCancelled): what is at work then is
// interrupted when the company closes.
func (s *Syncs) SyncDue(ctx context.Context) (n int, err error) {
	k := keeper{Syncs: s}
	for {
		before := s.Syncing.Latest()
		if err := k.look(ctx, false); err != nil {
			return n, err
		}
		w := s.Syncing.Latest()
		if w == before {
			return n, nil
		}
		select {
		case <-w.Done():
		case <-ctx.Done():
			return n, domain.E(domain.KindCancelled, "sync what is due", ctx.Err())
		}
		r := w.Job.Snapshot().Run
		switch err := w.Err(); {
		case err != nil:
			return n, err
		case !r.State.Finished(): // it waits for a person, like one at its brakes
			return n, domain.E(r.Cause, "sync what is due", nil)
		}
		n++
	}
}

// keeper remembers what was tried.
type keeper struct {
	*Syncs
	tried time.Time // a sweep, last
	sent  time.Time // the last change of the edits that were sent last
}

// patience is how long what was tried in vain is not tried again.
const patience = 15 * time.Minute

func (k *keeper) look(ctx context.Context, opening bool) error {
	if k.Syncing.Work() != nil || k.co.Importing() || !k.Syncing.GoesOnAt().IsZero() {
		return nil
	}
	r, ok, err := k.co.Store.UnfinishedSync(ctx)
	if err != nil {
		return err
	}
	old := ok && k.planIsOld(r)
	switch {
	case ok && r.Braked() && !old: // a person's answer is waited for
		return nil
	case ok && transfer.GoesOnAtStart(r.Run) && !old:
		return k.Syncing.GoOn(ctx)
	}
	q, due := k.anew(r)
	if !old || !due {
		q, due, err = k.due(ctx, opening)
	}
	if err != nil || !due {
		return err
	}
	j, err := k.NewSync(ctx, q)
	if err != nil {
		return err
	}
	k.Syncing.Run(j.Job)
	return nil
}

// planIsOld tells whether what a run has planned counts no more.
func (k *keeper) planIsOld(r Run) bool {
	return r.Phase != transfer.PhaseRead && transfer.Outdated(r.ReadAt, k.co.Now(), transfer.PlanLifetime)
}

// anew tells what takes the place of a run that would go on by itself, were its plan not too old: it waited for the next
// month, or the program was closed.
func (k *keeper) anew(r Run) (Request, bool) {
	q := Request{Occasion: r.Request.Occasion, Only: r.Request.Only}
	if r.Request.Scope == ScopeEdits {
		q.Scope = ScopeEdits
	}
	now := k.co.Now()
	if !transfer.GoesOnAtStart(r.Run) && r.Cause != domain.KindStalePlan || now.Sub(k.tried) < patience {
		return q, false
	}
	k.tried = now
	return q, true
}

// due tells what is to be begun now.
func (k *keeper) due(ctx context.Context, opening bool) (Request, bool, error) {
	st, err := k.SyncStanding(ctx)
	if err != nil || !st.Choices.IntegrationOn {
		return Request{}, false, err
	}
	now := k.co.Now()
	old := opening && !st.Next.IsZero() && !st.Saving && (st.Looked.IsZero() || transfer.Outdated(st.Looked, now, oldAtOpening))
	if planned := !st.Next.IsZero() && !now.Before(st.Next); (planned || old) && now.Sub(k.tried) >= patience {
		k.tried = now
		if old {
			return Request{Occasion: OccasionOpening}, true, nil
		}
		return Request{Occasion: OccasionSchedule}, true, nil
	}
	return k.edits(st, now)
}

// edits tells whether what was changed in the catalogue is to go out: when it has rested for a minute, once.
func (k *keeper) edits(st Standing, now time.Time) (Request, bool, error) {
	rested, sent := now.Sub(st.EditedAt), k.sent
	if sent.After(now) && !st.EditedAt.Equal(sent) { // by a clock that was wrong
		sent = time.Time{}
	}
	if st.Edited == 0 || !st.EditedAt.After(sent) || rested >= 0 && rested < quiet {
		return Request{}, false, nil
	}
	k.sent = st.EditedAt
	return Request{Scope: ScopeEdits, Occasion: OccasionEdits}, true, nil
}
