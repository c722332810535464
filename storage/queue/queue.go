// Package queue lets one transfer of this machine write at a time, whatever program works on it. The order is
// what Places keeps; who is there is told by locks, which end with the process that holds them: a turn lock for
// each run that waits or writes, and the writer lock, which only one has.
package queue

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
)

// look is how often a waiting run looks whether its turn has come.
const look = 100 * time.Millisecond

// Places keeps the order of the queue; every method is one transaction.
type Places interface {
	// EnterQueue gives the company's run the last place. A run that has a place keeps it; an older run of
	// the company gives its own away.
	EnterQueue(ctx context.Context, id domain.CompanyID, run int64) error
	// LeaveQueue takes the company's run out; one that is not there is no error.
	LeaveQueue(ctx context.Context, id domain.CompanyID, run int64) error
	// SetWriting notes whether the company's run has the turn to write.
	SetWriting(ctx context.Context, id domain.CompanyID, run int64, writing bool) error
	// Queue gives the places, the first one first; who is Here it does not know.
	Queue(ctx context.Context) ([]transfer.Place, error)
}

// Machine is the queue of all companies of a data folder.
type Machine struct {
	places Places
	dir    string // of the data
}

// New makes the queue of the data folder dir. Its locks are apply.lock and companies/ID.turn there.
func New(places Places, dir string) Machine { return Machine{places: places, dir: dir} }

// Places gives the queue with who is here, the first place first.
func (m Machine) Places(ctx context.Context) ([]transfer.Place, error) {
	line, err := m.places.Queue(ctx)
	if err != nil {
		return nil, err
	}
	for i := range line {
		if line[i].Here, err = held(m.turnPath(line[i].Company)); err != nil {
			return nil, domain.E(domain.KindDisk, "look who waits", err)
		}
	}
	return line, nil
}

func (m Machine) turnPath(id domain.CompanyID) string {
	return filepath.Join(m.dir, "companies", string(id)+".turn")
}

// Of gives one company's way into the queue.
func (m Machine) Of(id domain.CompanyID) Company { return Company{machine: m, id: id} }

// Company is one company's way into the queue of its machine.
type Company struct {
	machine Machine
	id      domain.CompanyID
}

var _ transfer.Queue = Company{}

// Enter gives the run its place.
func (c Company) Enter(ctx context.Context, run int64) error {
	return c.machine.places.EnterQueue(ctx, c.id, run)
}

// Leave takes the run's place away.
func (c Company) Leave(ctx context.Context, run int64) error {
	return c.machine.places.LeaveQueue(ctx, c.id, run)
}

// Turn waits for the writer lock, behind those that are here and entered earlier.
func (c Company) Turn(ctx context.Context, run int64, tell func(transfer.Standing)) (func(), error) {
	const op = "wait for the turn to write"
	if err := c.machine.places.SetWriting(ctx, c.id, run, false); err != nil {
		return nil, err
	}
	turn := flock.New(c.machine.turnPath(c.id))
	if _, err := turn.TryLockContext(ctx, look); err != nil {
		return nil, failure(ctx, op, err)
	}
	writer := flock.New(filepath.Join(c.machine.dir, "apply.lock"))
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		mine, err := c.try(ctx, writer, tell)
		if mine {
			if err = c.machine.places.SetWriting(ctx, c.id, run, true); err == nil {
				return func() { c.release(ctx, run, writer, turn) }, nil
			}
		}
		if err != nil {
			return nil, errors.Join(failure(ctx, op, err), writer.Unlock(), turn.Unlock())
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), turn.Unlock())
		}
	}
}

// try takes the writer lock if it is this run's turn, and tells how the run stands if it is not.
func (c Company) try(ctx context.Context, writer *flock.Flock, tell func(transfer.Standing)) (bool, error) {
	line, err := c.machine.Places(ctx)
	if err != nil {
		return false, err
	}
	s := transfer.Stand(line, c.id)
	if s.Number == 1 {
		if ok, err := writer.TryLock(); ok || err != nil {
			return ok, err
		}
	}
	tell(s)
	return false, nil
}

// release ends the turn. The note of who writes goes before the writer lock does; a stop must not keep it.
func (c Company) release(ctx context.Context, run int64, writer, turn *flock.Flock) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_ = c.machine.places.SetWriting(ctx, c.id, run, false) // without its turn lock the note says nothing
	_ = writer.Unlock()
	_ = turn.Unlock()
}

// failure words what went wrong with a lock; what another room said, and a stop, is handed on as it is.
func failure(ctx context.Context, op string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var known *domain.Error
	if errors.As(err, &known) {
		return err
	}
	return domain.E(domain.KindDisk, op, err)
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
