package schedule

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/unattended"
)

// timers are those of the person's systemd: a service that is begun, and the timer that begins it (systemd.service(5), systemd.timer(5)).
type timers struct {
	Task
	person
	run Run
}

func (s timers) name() string { return "sopyo" + s.suffix() }

func (s timers) folder() string { return filepath.Join(s.config, "systemd", "user") }

// files are the units by their paths. A program that was removed is not missed: the condition keeps the service from failing each hour.
// Codes 3 to 5 of sopyoctl are no failure of the service: a person has to sign in, it goes on later, or in part.
func (s timers) files() map[string]string {
	unit := "[Unit]\nDescription=" + description + "\n"
	service := unit + "ConditionFileIsExecutable=" + specifiers(s.Program) + "\n\n[Service]\nType=oneshot\nExecStart=" + s.command() + "\n"
	if s.data != "" { // systemd does not know what a person's shell has set
		service += "Environment=" + quoted("XDG_DATA_HOME="+s.data) + "\n"
	}
	return map[string]string{
		filepath.Join(s.folder(), s.name()+".service"): service + "SuccessExitStatus=3 4 5\nNice=10\nTimeoutStartSec=1h\n",
		filepath.Join(s.folder(), s.name()+".timer"): unit +
			"\n[Timer]\nOnStartupSec=2min\nOnCalendar=hourly\nRandomizedDelaySec=10min\n\n[Install]\nWantedBy=timers.target\n",
	}
}

// command is the line that is begun. systemd takes no program whose path has quotes or backslashes, but as a word for another one. The colon
// keeps it from putting in variables; older ones do not know it, and it is there only where it is needed.
func (s timers) command() string {
	words := []string{quoted(s.Program)}
	if strings.ContainsAny(s.Program, "\"'\\") {
		words = append([]string{quoted("/usr/bin/env")}, words...)
	}
	for _, a := range s.Args {
		words = append(words, quoted(a))
	}
	all := strings.Join(words, " ")
	if strings.Contains(all, "$") {
		return ":" + all
	}
	return all
}

// quoted is a word of a unit's line.
func quoted(s string) string {
	return `"` + specifiers(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)) + `"`
}

// specifiers takes their meaning from percent signs.
func specifiers(s string) string { return strings.ReplaceAll(s, "%", "%%") }

func (s timers) standing(ctx context.Context) (unattended.Standing, error) {
	is, err := compare(s.files())
	switch {
	case err != nil || is == unattended.Other:
		return is, err
	case is == unattended.Off:
		if _, err := s.systemctl(ctx, "show", "--property=Version"); err != nil {
			return unattended.None, nil // this person has no systemd that answers
		}
		return unattended.Off, nil
	}
	if _, err := s.systemctl(ctx, "is-enabled", "--quiet", s.name()+".timer"); err != nil {
		return unattended.Other, nil // it was switched off by hand, or cannot be asked
	}
	return unattended.On, nil
}

func (s timers) schedule(ctx context.Context) error {
	const op = "make the timer"
	if _, err := s.systemctl(ctx, "show", "--property=Version"); err != nil {
		return unavailable(op, err)
	}
	if err := put(s.files()); err != nil {
		return err
	}
	for _, args := range [][]string{{"daemon-reload"}, {"enable", "--quiet", s.name() + ".timer"}, {"restart", s.name() + ".timer"}} {
		if _, err := s.systemctl(ctx, args...); err != nil {
			return failed(op, err)
		}
	}
	return nil
}

func (s timers) unschedule(ctx context.Context) error {
	const op = "remove the timer"
	var there bool
	for path := range s.files() {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			there = true
		}
	}
	if !there {
		return nil
	}
	_, off := s.systemctl(ctx, "disable", "--now", "--quiet", s.name()+".timer")
	if err := drop(s.files()); err != nil {
		return err
	}
	if off != nil { // no systemd, which then begins nothing
		return nil // the files are gone
	}
	if _, err := s.systemctl(ctx, "daemon-reload"); err != nil {
		return failed(op, err)
	}
	return nil
}

func (s timers) systemctl(ctx context.Context, args ...string) ([]byte, error) {
	return s.run(ctx, "systemctl", append([]string{"--user"}, args...)...)
}
