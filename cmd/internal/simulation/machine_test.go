package simulation

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/isbasi/sandbox"
)

// machine is a computer of the company's with its data folder, and the program that runs there, if one does.
type machine struct {
	world *world
	name  string
	dir   string
	room  int // pages that the disk still takes for each file; below zero: any number

	*process
	ctx context.Context
	app *app.App
	c   *app.Company

	calls map[string]int // that have reached İşbaşı, by its month and what they cost
	kills int
	fuse  fuse // of the next program

	settings domain.Settings
	wish     *domain.Settings // that may have been saved, or not
	began    int              // the tick before the last import that was begun
	swept    int              // and the last sync
	rests    [][2]int         // the ticks from which to which what was read of İşbaşı may have waited to be written
	files    []orderFile      // that are still to be taken
	taken    map[string]*sale // by package
	copy     *copied          // of its company's file; nil: there is none
	whole    map[string]seen  // the files that were found whole
}

// company is what it is called everywhere.
const company = "Ğış & Oğlu"

func (w *world) newMachine(name string) *machine {
	return &machine{world: w, name: name, dir: filepath.Join(w.dir, name), room: -1, calls: map[string]int{}, taken: map[string]*sale{}, whole: map[string]seen{}, settings: domain.DefaultSettings()}
}

// start starts the program and opens the company, both made where they are not there yet.
func (m *machine) start() (err error) {
	if m.c != nil {
		return nil
	}
	m.process = &process{dir: m.dir, room: m.room, told: m.world.real.dies}
	m.ctx, m.end = context.WithCancel(m.world.t.Context())
	m.runs(true)
	m.killIn(m.fuse)
	m.fuse = fuse{}
	m.app, err = app.Open(m.ctx, m.options())
	if err == nil {
		err = m.open()
	}
	if err != nil {
		return errors.Join(err, m.stop())
	}
	return nil
}

func (m *machine) options() app.Options {
	return app.Options{
		DataDir: m.dir, Lang: "tr", Network: &network{process: m.process, machine: m}, Logger: slog.New(slog.DiscardHandler),
	}
}

func (m *machine) open() error {
	info, err := m.app.FindCompany(m.ctx, "")
	if domain.KindOf(err) == domain.KindNotFound {
		info, err = m.app.NewCompany(m.ctx, company, false)
	}
	if err != nil {
		return err
	}
	if m.c, err = m.app.OpenCompany(m.ctx, info); err != nil {
		return err
	}
	if err := m.chose(); err != nil {
		return err
	}
	known, err := m.c.Connection(m.ctx)
	if err != nil || known.Authorised {
		return err
	}
	in, err := m.c.Authorise(m.ctx, domain.Credentials{
		Environment: domain.EnvironmentLive, APIKey: domain.NewSecret(sandbox.DemoKey),
		UserName: sandbox.DemoUser, Password: domain.NewSecret(sandbox.DemoPassword),
	}, domain.Browser{})
	if err != nil {
		return err
	}
	return m.c.Confirm(m.ctx, in, true)
}

// chose reads what was chosen, which is as it was or as somebody wanted it.
func (m *machine) chose() error {
	now, err := m.c.Settings(m.ctx)
	if err != nil {
		return err
	}
	if now != m.settings && (m.wish == nil || now != *m.wish) {
		m.world.violates("the settings are %+v, chosen were %+v", now, m.settings)
	}
	m.settings, m.wish = now, nil
	return nil
}

// stop ends the program in order; of a killed one it only takes away what this process holds of it.
func (m *machine) stop() error {
	if m.process == nil || m.gone {
		return nil
	}
	var errs []error
	if m.c != nil {
		errs = append(errs, m.c.Close())
	}
	if m.app != nil {
		errs = append(errs, m.app.Close())
	}
	m.gone = true
	m.end()
	m.runs(false)
	m.c, m.app = nil, nil
	if m.killed() {
		m.kills++
		m.world.tell("%s was killed", m.name)
		if err := m.world.real.takes(m); err != nil {
			m.world.violates("what a real kill has left: %v", err)
		}
		if m.cut != nil {
			m.world.tell("%s loses %d files and %d names with its power", m.name, len(m.lost.changes)+len(m.lost.files), len(m.lost.names))
			if err := m.blackout(m.cut); err != nil {
				m.world.violates("the power cannot be cut: %v", err)
			}
		}
		if err := os.RemoveAll(m.dir + ".aside"); err != nil {
			m.world.violates("%v", err)
		}
		return errDead
	}
	return errors.Join(errs...)
}

// does does something with the program, which is started for it, and tells whether it could be done: the world notes what
// went wrong that may not.
func (m *machine) does(what string, do func(ctx context.Context, c *app.Company) error) bool {
	err := m.start()
	if err == nil {
		err = do(m.ctx, m.c)
		if m.c.Reporter.Wait(); m.killed() {
			_ = m.stop()
		}
	}
	m.world.tell("%s %s: %s", m.name, what, domain.KindOf(err))
	switch {
	case err == nil:
		return !m.died()
	case m.died():
	case m.room >= 0 && domain.KindOf(err) == domain.KindDisk:
	case !m.world.bearable(err):
		m.world.violates("%s: %s is stopped by %s: %v", m.name, what, domain.KindOf(err), err)
	}
	return false
}

// died tells whether the program was killed.
func (m *machine) died() bool { return m.process != nil && m.killed() }

// bearable tells whether what has stopped somebody is what may happen while lines break and people press in any order.
func (w *world) bearable(err error) bool {
	switch domain.KindOf(err) {
	case domain.KindUnavailable, domain.KindNetwork, domain.KindQuota, domain.KindSlowDown, domain.KindNeedsSignIn, domain.KindBadAnswer,
		domain.KindUnknown, domain.KindCount, domain.KindBrake, domain.KindStalePlan, domain.KindBusy:
		return true
	default:
		return false
	}
}

// passes lets time go by, which costs none: everybody is at rest meanwhile.
func passes(d time.Duration) {
	if d > 0 {
		<-time.After(d)
	}
}
