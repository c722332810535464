package transfer

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Retry makes the failed rows of a run that has ended pending again; Run then matches them anew, from what
// was read, and applies them. Everything else of the run stays as it is, also its plan. KindState: nothing
// has failed, or the run is at work.
func (j *Job) Retry(ctx context.Context) error {
	j.busy.Lock()
	defer j.busy.Unlock()
	r := j.Snapshot().Run
	if r.Counters.Failed == 0 || r.State.Active() || r.State == StateFailed {
		return domain.E(domain.KindState, "try the failed rows again", nil)
	}
	r.State, r.Phase = StateStopped, PhaseMatch
	r.FinishedAt, r.Options.Limit = time.Time{}, 0
	r, err := j.deps.Steps.Reopen(ctx, r)
	if err != nil {
		return domain.Wrap(err, "try the failed rows again")
	}
	j.written(r, "")
	return nil
}
