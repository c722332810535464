package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// queueLook is how often a waiting run looks whether its turn has come.
const queueLook = 100 * time.Millisecond

// queue is one company's way into the machine's queue of transfers. The order stands in sopyo.db; who is
// there is told by locks, which end with the process that holds them: a turn lock for each run that waits
// or writes, and the writer lock, which only one has.
type queue struct {
	machine *sqlite.Machine
	dir     string // of the data
	company domain.CompanyID
}

var _ transfer.Queue = queue{}

// Enter gives the run its place.
func (q queue) Enter(ctx context.Context, run int64) error {
	return q.machine.EnterQueue(ctx, q.company, run)
}

// Leave takes the run's place away.
func (q queue) Leave(ctx context.Context, run int64) error {
	return q.machine.LeaveQueue(ctx, q.company, run)
}

// Turn waits for the writer lock, behind those that are here and entered earlier.
func (q queue) Turn(ctx context.Context, run int64, tell func(transfer.Standing)) (func(), error) {
	const op = "wait for the turn to write"
	if err := q.machine.SetWriting(ctx, q.company, run, false); err != nil {
		return nil, err
	}
	turn := flock.New(turnPath(q.dir, q.company))
	if _, err := turn.TryLockContext(ctx, queueLook); err != nil {
		return nil, lockFailure(ctx, op, err)
	}
	writer := flock.New(filepath.Join(q.dir, "apply.lock"))
	look := time.NewTicker(queueLook)
	defer look.Stop()
	for {
		mine, err := q.try(ctx, writer, tell)
		if mine {
			if err = q.machine.SetWriting(ctx, q.company, run, true); err == nil {
				return func() { q.release(ctx, run, writer, turn) }, nil
			}
		}
		if err != nil {
			return nil, errors.Join(lockFailure(ctx, op, err), writer.Unlock(), turn.Unlock())
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), turn.Unlock())
		}
	}
}

// try takes the writer lock if it is this run's turn, and tells how the run stands if it is not.
func (q queue) try(ctx context.Context, writer *flock.Flock, tell func(transfer.Standing)) (bool, error) {
	line, err := queueLine(ctx, q.machine, q.dir)
	if err != nil {
		return false, err
	}
	s := transfer.Stand(line, q.company)
	if s.Number == 1 {
		if ok, err := writer.TryLock(); ok || err != nil {
			return ok, err
		}
	}
	tell(s)
	return false, nil
}

// release ends the turn. The note of who writes goes before the writer lock does; a stop must not keep it.
func (q queue) release(ctx context.Context, run int64, writer, turn *flock.Flock) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_ = q.machine.SetWriting(ctx, q.company, run, false) // without its turn lock the note says nothing
	_ = writer.Unlock()
	_ = turn.Unlock()
}

// queueLine gives the queue with who is here.
func queueLine(ctx context.Context, machine *sqlite.Machine, dir string) ([]transfer.Place, error) {
	line, err := machine.Queue(ctx)
	if err != nil {
		return nil, err
	}
	for i := range line {
		if line[i].Here, err = held(turnPath(dir, line[i].Company)); err != nil {
			return nil, domain.E(domain.KindDisk, "look who waits", err)
		}
	}
	return line, nil
}

func turnPath(dir string, id domain.CompanyID) string {
	return filepath.Join(dir, "companies", string(id)+".turn")
}

// held tells whether somebody holds the lock at path. Looking takes it for a moment, shared with others
// that look.
func held(path string) (bool, error) {
	if _, err := os.Stat(path); os.IsNotExist(err) {
		return false, nil
	}
	lock := flock.New(path)
	free, err := lock.TryRLock()
	if err != nil {
		return false, err
	}
	return !free, lock.Close()
}

func lockFailure(ctx context.Context, op string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var known *domain.Error
	if errors.As(err, &known) {
		return err
	}
	return domain.E(domain.KindDisk, op, err)
}

// Queue gives the machine's queue of transfers, the first place first.
func (a *App) Queue(ctx context.Context) ([]transfer.Place, error) {
	return queueLine(ctx, a.Machine, a.dir)
}
