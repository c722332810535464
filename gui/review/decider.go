package review

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/kit"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// decider carries out what a person decides about the rows of transfers, one thing at a time, and
// remembers it: what was decided last can be taken back, then what was decided before it.
type decider struct {
	e     *env
	busy  bool
	taken []taken // the newest last
	// done is told of every run whose counters a decision has changed.
	done func(r transfer.Run)
}

// taken is a decision that can be taken back.
type taken struct {
	id      int64
	remotes []domain.RemoteID
}

// decide carries out decisions about rows of a run. show is called on the interface's thread.
func (d *decider) decide(run int64, decisions []transfer.Decision, show func(transfer.Decided, error)) {
	if d.busy || len(decisions) == 0 {
		return
	}
	d.busy = true
	kit.Act(d.e.Env, "decide", func(ctx context.Context) (transfer.Decided, error) {
		return d.e.co.Decide(ctx, run, decisions)
	}, func(done transfer.Decided, err error) {
		d.busy = false
		if err == nil && done.ID != 0 {
			t := taken{id: done.ID}
			for _, c := range decisions {
				t.remotes = append(t.remotes, c.Remote)
			}
			d.taken = append(d.taken, t)
		}
		if err == nil {
			d.done(done.Run)
		}
		show(done, err)
	})
}

// last tells whether there is something to take back.
func (d *decider) last() bool { return len(d.taken) > 0 }

// takenBack is what a leaf may also be: it shows what became of taking a decision back, and about which rows.
type takenBack interface {
	takenBack(rows []domain.RemoteID, done transfer.Decided, err error)
}

// undo takes the newest decision back, and says so in what is in view.
func (d *decider) undo() {
	if d.e.Modal != nil || d.busy || !d.last() {
		return
	}
	d.busy = true
	newest := d.taken[len(d.taken)-1]
	kit.Act(d.e.Env, "decide", func(ctx context.Context) (transfer.Decided, error) {
		return d.e.co.TakeBack(ctx, newest.id)
	}, func(done transfer.Decided, err error) {
		d.busy = false
		if err == nil {
			// what the present refuses now it refuses later too
			d.taken = d.taken[:len(d.taken)-1]
			d.done(done.Run)
		}
		switch l, ok := d.e.Top().(takenBack); {
		case ok:
			l.takenBack(newest.remotes, done, err)
		case err != nil:
			d.e.Said.Say(widgets.BannerError, d.e.Error(err))
		default:
			d.e.Said.Say(widgets.BannerInfo, backWords(d.e, done))
		}
	})
}
