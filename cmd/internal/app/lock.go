package app

import (
	"context"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/domain"
)

// lockCompany takes the company for this process, or says that another one holds it.
func lockCompany(dir string, id domain.CompanyID) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(dir, "companies", string(id)+".lock"))
	ok, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, domain.E(domain.KindDisk, "lock the company", err)
	case !ok:
		return nil, domain.E(domain.KindBusy, "lock the company", nil)
	}
	return lock, nil
}

// turn waits until no other transfer of this machine writes (rules.md §4).
func turn(dir string) func(ctx context.Context) (func(), error) {
	return func(ctx context.Context) (func(), error) {
		lock := flock.New(filepath.Join(dir, "apply.lock"))
		ok, err := lock.TryLockContext(ctx, 200*time.Millisecond)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			return nil, domain.E(domain.KindDisk, "take the turn to write", err)
		case !ok:
			return nil, domain.E(domain.KindBusy, "take the turn to write", nil)
		}
		return func() { _ = lock.Unlock() }, nil
	}
}
