package app

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/unattended"
	"github.com/sopyo/sopyo-desktop/storage/lock"
	"github.com/sopyo/sopyo-desktop/storage/schedule"
	"github.com/sopyo/sopyo-desktop/storage/sqlite"
)

// WorkUnattended is one run of what is due in the companies that sync by themselves, see unattended.Run.
func (a *App) WorkUnattended(ctx context.Context) (unattended.Report, error) {
	return unattended.Run(ctx, unattendedMachine{a.Machine, a}, a.Log, a.options.Now())
}

// LockedSince tells once that the last unattended run found the keyring locked, see unattended.LockedSince.
func (a *App) LockedSince(ctx context.Context) (time.Time, error) {
	return unattended.LockedSince(ctx, a.Machine)
}

// unattendedMachine is the machine as an unattended run works with it.
type unattendedMachine struct {
	*sqlite.Machine
	app *App
}

func (m unattendedMachine) Automatic(ctx context.Context, info domain.Company) (is bool, err error) {
	c, err := m.app.ReadCompany(ctx, info)
	if err != nil {
		return false, err
	}
	is, err = c.Automatic(ctx)
	if closed := c.Close(); err == nil {
		err = closed
	}
	return is, err
}

func (m unattendedMachine) Unlocked(ctx context.Context) error { return m.app.keys.Unlocked(ctx) }

func (m unattendedMachine) Take(ctx context.Context, info domain.Company) (unattended.Company, error) {
	g, err := m.app.openGuest(ctx, info)
	if err != nil {
		return nil, err
	}
	return g, nil
}

// guest is a company that is worked on unattended.
type guest struct {
	*Company
	*lock.Guest
}

// openGuest opens a company as a guest. KindBusy: another program has it.
func (a *App) openGuest(ctx context.Context, info domain.Company) (*guest, error) {
	here, release, err := a.locks.Visit(info.ID)
	if err != nil {
		return nil, err
	}
	c, err := a.openLocked(ctx, info, release)
	if err != nil {
		here.Leave()
		return nil, err
	}
	here.Watch(ctx)
	return &guest{c, here}, nil
}

// Close interrupts what is at work and gives the company back.
func (g *guest) Close() error {
	g.Rest()
	err := g.Company.Close()
	g.Leave()
	return err
}

// Scheduler is the system's for unattended runs on the data folder that was named, "" for this user's.
func Scheduler(named string) (*schedule.Scheduler, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, domain.E(domain.KindDisk, "find this program", err)
	}
	usual, err := dataFolder("")
	if err != nil {
		return nil, err
	}
	folder, err := dataFolder(named)
	if err != nil {
		return nil, err
	}
	if folder == usual {
		folder = ""
	}
	return schedule.New(schedule.Beside(runtime.GOOS, filepath.Dir(self), folder))
}
