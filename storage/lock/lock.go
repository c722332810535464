// Package lock says to other programs of ours who works on a company: one program at a time, and one that works unattended gives
// way to whoever waits.
package lock

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Companies are the locks of the companies of a data folder. The empty files stay: whoever waits for one would hold it without
// its name, beside the next.
type Companies struct{ dir string }

// Of makes those of a data folder.
func Of(data string) Companies { return Companies{filepath.Join(data, "companies")} }

// Take takes the company for this process until release is called. KindBusy: another one has it.
func (c Companies) Take(id domain.CompanyID) (release func() error, err error) {
	lock := c.sign(id, "lock")
	ok, err := lock.TryLock()
	switch {
	case err != nil:
		return nil, domain.E(domain.KindDisk, "lock the company", err)
	case !ok:
		return nil, domain.E(domain.KindBusy, "lock the company", nil)
	}
	return lock.Unlock, nil
}

const (
	// giveWay is how long is waited for a company that is worked on unattended: what is at work there is interrupted.
	giveWay = 10 * time.Second
	// askEvery is how often the one looks whether the company is free, and the other whether it is wanted.
	askEvery = 100 * time.Millisecond
)

// sign is a lock that says something of a company to other programs: "lock": it is taken; "guest": it is worked on unattended;
// "want": somebody waits for it.
func (c Companies) sign(id domain.CompanyID, what string) *flock.Flock {
	return flock.New(filepath.Join(c.dir, string(id)+"."+what))
}

// shown tells whether another program shows that sign.
func shown(s *flock.Flock) bool {
	mine, err := s.TryLock()
	if mine {
		_ = s.Unlock()
	}
	return err == nil && !mine
}

// Await is Take that waits for a guest to give way.
func (c Companies) Await(ctx context.Context, id domain.CompanyID) (release func() error, err error) {
	release, busy := c.Take(id)
	if domain.KindOf(busy) != domain.KindBusy || !shown(c.sign(id, "guest")) {
		return release, busy
	}
	want := c.sign(id, "want")
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
		if release, err := c.Take(id); domain.KindOf(err) != domain.KindBusy {
			return release, err
		}
	}
}

// Guest shows that a company is worked on unattended.
type Guest struct {
	companies Companies
	id        domain.CompanyID
	here      *flock.Flock
	wanted    chan struct{}
	end       context.CancelFunc
	watch     sync.WaitGroup
}

// Visit takes the company for this process as a guest, which is to leave behind the release. KindBusy: another program has it.
func (c Companies) Visit(id domain.CompanyID) (g *Guest, release func() error, err error) {
	here := c.sign(id, "guest")
	if mine, err := here.TryLock(); err != nil || !mine {
		return nil, nil, domain.E(domain.KindBusy, "work on the company", err)
	}
	g = &Guest{companies: c, id: id, here: here, wanted: make(chan struct{}), end: func() {}}
	if release, err = c.Take(id); err != nil {
		g.Leave()
		return nil, nil, err
	}
	return g, release, nil
}

// Watch looks from now on whether another program waits for the company.
func (g *Guest) Watch(ctx context.Context) {
	watching, end := context.WithCancel(context.WithoutCancel(ctx))
	g.end = end
	g.watch.Go(func() {
		look := time.NewTicker(askEvery)
		defer look.Stop()
		want := g.companies.sign(g.id, "want")
		for !shown(want) {
			select {
			case <-look.C:
			case <-watching.Done():
				return
			}
		}
		close(g.wanted)
	})
}

// Wanted is closed when another program waits for the company.
func (g *Guest) Wanted() <-chan struct{} { return g.wanted }

// Rest ends the watch.
func (g *Guest) Rest() {
	g.end()
	g.watch.Wait()
}

// Leave takes the sign away.
func (g *Guest) Leave() { _ = g.here.Unlock() }
