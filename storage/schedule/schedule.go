// Package schedule has the operating system begin sopyoctl at logon and every hour, for this person alone and without an administrator: by
// the Task Scheduler of Windows, launchd of macOS, or a timer of the person's systemd. Whether it does is read from the system each time.
package schedule

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
	"unicode"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/unattended"
)

// Task is what is begun.
type Task struct {
	// Program is its path, Args follow it. The system begins it without a shell.
	Program string
	Args    []string
	// Folder is the data folder it works on, "" for the person's own: each has a task of its own.
	Folder string
}

// Beside is what the system goos begins of the programs in folder, on the data folder data, "" for the person's own. On Windows it is the
// window's program, which opens none with --background and begins sopyoctl: of that, a program of the console, Windows would show the
// console.
func Beside(goos, folder, data string) Task {
	t := Task{Folder: data}
	if data != "" {
		t.Args = []string{"--data", data}
	}
	program := func(name string) string {
		if goos == "windows" {
			name += ".exe"
		}
		return filepath.Join(folder, name)
	}
	there := func(name string) bool {
		_, err := os.Stat(program(name))
		return err == nil
	}
	if goos == "windows" && there("sopyo") && there("sopyoctl") {
		t.Program, t.Args = program("sopyo"), append(t.Args, "--background")
		return t
	}
	t.Program, t.Args = program("sopyoctl"), append(t.Args, "work")
	return t
}

// description is shown where the system lists tasks. It is the same in every language of the program: by another one a task would be taken
// for that of another copy.
const description = "Sopyo: İşbaşı ile eşitleme ve fatura kuyruğu (sync and invoices)"

// Run begins a program of the system and gives what it prints; an error is an *exec.ExitError where it ends with another code than 0.
type Run func(ctx context.Context, name string, args ...string) ([]byte, error)

// answerWithin is how long the system may take: one that hangs must hold up neither the page that asks nor an installer.
const answerWithin = 30 * time.Second

// leftBehind is how long what an ended program has begun may hold its output open.
const leftBehind = time.Second

// limited ends a program that does not answer. Its error is no *exec.ExitError then: nothing was said.
func limited(run Run) Run {
	return func(ctx context.Context, name string, args ...string) ([]byte, error) {
		ctx, cancel := context.WithTimeout(ctx, answerWithin)
		defer cancel()
		out, err := run(ctx, name, args...)
		if err != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return out, err
	}
}

// system is one way of having a task begun.
type system interface {
	standing(ctx context.Context) (unattended.Standing, error)
	schedule(ctx context.Context) error
	unschedule(ctx context.Context) error
}

// Scheduler is the system's, for one task.
type Scheduler struct {
	system
	Task
}

// New gives the scheduler of this system. Errors of it are KindUnavailable ("scheduler") where the system has none, KindDisk for its files, KindInternal
// for what it refuses.
func New(t Task) (*Scheduler, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil, domain.E(domain.KindDisk, "find the scheduler", err)
	}
	p := person{home: home, config: os.Getenv("XDG_CONFIG_HOME"), data: os.Getenv("XDG_DATA_HOME"), temp: os.TempDir(), id: identity()}
	if !filepath.IsAbs(p.config) {
		p.config = filepath.Join(home, ".config")
	}
	return of(runtime.GOOS, t, p, limited(start)), nil
}

// person is for whom it is begun.
type person struct {
	home, config, temp string
	data               string // XDG_DATA_HOME
	id                 string // the number of a user, or the SID
}

func of(goos string, t Task, p person, run Run) *Scheduler {
	switch goos {
	case "windows":
		return &Scheduler{tasks{t, p, run}, t}
	case "darwin":
		return &Scheduler{agents{t, p, run}, t}
	default:
		return &Scheduler{timers{t, p, run}, t}
	}
}

// Standing tells how the system's task stands.
func (s *Scheduler) Standing(ctx context.Context) (unattended.Standing, error) {
	return s.standing(ctx)
}

// Schedule makes the task, or makes it anew.
func (s *Scheduler) Schedule(ctx context.Context) error {
	if err := s.fit(); err != nil {
		return err
	}
	return s.schedule(ctx)
}

// Unschedule takes the task away; that there is none is no error.
func (s *Scheduler) Unschedule(ctx context.Context) error { return s.unschedule(ctx) }

// suffix tells the tasks of data folders apart: "" for the person's own.
func (t Task) suffix() string {
	if t.Folder == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(t.Folder))
	return "-" + hex.EncodeToString(sum[:4])
}

// fit refuses a program that is not there (KindNotFound, "no-sopyoctl"), and paths that no file of a scheduler can name: nothing that
// comes from outside begins a line.
func (t Task) fit() error {
	if info, err := os.Stat(t.Program); err != nil || !info.Mode().IsRegular() {
		return &domain.Error{Kind: domain.KindNotFound, Op: "find what is to be begun", Detail: "no-sopyoctl", Err: err}
	}
	for _, s := range append([]string{t.Program}, t.Args...) {
		if strings.ContainsFunc(s, unicode.IsControl) {
			return domain.Invalid("data", "path-control")
		}
	}
	return nil
}

// unavailable says that the system has no scheduler that this program knows.
func unavailable(op string, err error) error {
	return &domain.Error{Kind: domain.KindUnavailable, Op: op, Detail: "scheduler", Err: err}
}

func failed(op string, err error) error { return domain.E(domain.KindInternal, op, err) }
