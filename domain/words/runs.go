package words

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// Run is a transfer in one sentence: when, how it stands, its counters.
func (w Words) Run(r transfer.Run) string {
	c := r.Counters
	return w.T("runs.line", w.Moment(r.CreatedAt), w.RunState(r), w.T("transfer.last.counts", c.Transferred, c.Matched, c.Unmatched))
}

// RunState says in a word how a transfer stands: undone, or undone in part, says more than done.
func (w Words) RunState(r transfer.Run) string {
	switch {
	case !r.UndoneAt.IsZero():
		return w.T("runs.undone")
	case r.Undoing():
		return w.T("runs.half-undone")
	default:
		return w.T("state." + string(r.State))
	}
}

// RunEnd says how a transfer ended, or how it rests.
func (w Words) RunEnd(r transfer.Run) string {
	switch r.State {
	case transfer.StateDone:
		return w.T("transfer.done")
	case transfer.StatePartlyDone:
		return w.T("transfer.partly-done")
	case transfer.StateFailed:
		return w.T("transfer.failed") + " " + w.Error(Cause(r))
	case transfer.StatePaused:
		return w.T("transfer.paused")
	case transfer.StateStopped:
		return w.T("transfer.stopped")
	default:
		return w.T("transfer.interrupted")
	}
}

// RunFigures says when a transfer was made, how long it worked and what it cost.
func (w Words) RunFigures(r transfer.Run) string {
	at := r.FinishedAt
	if at.IsZero() {
		at = r.CreatedAt
	}
	parts := []string{w.Moment(at)}
	if r.Worked > 0 {
		parts = append(parts, w.T("counters.took", w.Duration(r.Worked)))
	}
	if r.APIReads > 0 {
		parts = append(parts, w.T("counters.reads", r.APIReads))
	}
	return strings.Join(parts, " · ")
}

// Cause makes an error again of what a transfer keeps of it, nil when it keeps none.
func Cause(r transfer.Run) error {
	if r.Cause == "" {
		return nil
	}
	return domain.Kept(r.Cause, r.Detail)
}
