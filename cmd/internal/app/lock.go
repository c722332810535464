package app

import (
	"context"
	"path/filepath"
	"sync"
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

const (
	// giveWay is how long is waited for a company that is worked on unattended: what is at work there is interrupted.
	giveWay = 10 * time.Second
	// askEvery is how often the one looks whether the company is free, and the other whether it is wanted.
	askEvery = 100 * time.Millisecond
)

// sign is a lock that says something of a company to other programs: "guest": it is worked on unattended; "want": somebody waits for it.
func sign(dir string, id domain.CompanyID, what string) *flock.Flock {
	return flock.New(filepath.Join(dir, "companies", string(id)+"."+what))
}

// shown tells whether another program shows that sign.
func shown(s *flock.Flock) bool {
	mine, err := s.TryLock()
	if mine {
		_ = s.Unlock()
	}
	return err == nil && !mine
}

// awaitCompany is lockCompany that waits for a guest to give way.
func awaitCompany(ctx context.Context, dir string, id domain.CompanyID) (*flock.Flock, error) {
	lock, busy := lockCompany(dir, id)
	if domain.KindOf(busy) != domain.KindBusy || !shown(sign(dir, id, "guest")) {
		return lock, busy
	}
	want := sign(dir, id, "want")
	defer func() { _ = want.Unlock() }()
	patience, end := context.WithTimeout(ctx, giveWay)
	defer end()
	again := time.NewTicker(askEvery)
	defer again.Stop()
	for {
		_, _ = want.TryLock() // the guest looks by taking it for a moment
		select {
		case <-again.C:
		case <-patience.Done():
			return nil, busy
		}
		if lock, err := lockCompany(dir, id); domain.KindOf(err) != domain.KindBusy {
			return lock, err
		}
	}
}

// guest is a company that is worked on unattended.
type guest struct {
	*Company
	here   *flock.Flock
	wanted chan struct{}
	end    context.CancelFunc
	watch  sync.WaitGroup
}

// openGuest opens a company as a guest. KindBusy: another program has it.
func (a *App) openGuest(ctx context.Context, info domain.Company) (*guest, error) {
	here := sign(a.dir, info.ID, "guest")
	if mine, err := here.TryLock(); err != nil || !mine {
		return nil, domain.E(domain.KindBusy, "work on the company", err)
	}
	lock, err := lockCompany(a.dir, info.ID)
	if err != nil {
		_ = here.Unlock()
		return nil, err
	}
	c, err := a.openLocked(ctx, info, lock)
	if err != nil {
		_ = here.Unlock()
		return nil, err
	}
	watching, end := context.WithCancel(context.WithoutCancel(ctx))
	g := &guest{Company: c, here: here, wanted: make(chan struct{}), end: end}
	g.watch.Go(func() {
		look := time.NewTicker(askEvery)
		defer look.Stop()
		want := sign(a.dir, info.ID, "want")
		for !shown(want) {
			select {
			case <-look.C:
			case <-watching.Done():
				return
			}
		}
		close(g.wanted)
	})
	return g, nil
}

// Wanted is closed when another program waits for the company.
func (g *guest) Wanted() <-chan struct{} { return g.wanted }

// Close interrupts what is at work and gives the company back.
func (g *guest) Close() error {
	g.end()
	g.watch.Wait()
	err := g.Company.Close()
	_ = g.here.Unlock()
	return err
}
