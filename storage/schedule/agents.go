package schedule

import (
	"context"
	"path/filepath"
	"strings"

	"howett.net/plist"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/unattended"
)

// agents are those of launchd for a person: a property list in their folder (launchd.plist(5)). macOS lists them among the login items,
// where they can be switched off.
type agents struct {
	Task
	person
	run Run
}

// agent is the property list.
type agent struct {
	Label            string   `plist:"Label"`
	ProgramArguments []string `plist:"ProgramArguments"`
	RunAtLoad        bool     `plist:"RunAtLoad"`
	StartInterval    int      `plist:"StartInterval"` // seconds
	ProcessType      string   `plist:"ProcessType"`
	LowPriorityIO    bool     `plist:"LowPriorityIO"`
}

func (s agents) label() string { return "com.sopyo.desktop.work" + s.suffix() }

func (s agents) path() string {
	return filepath.Join(s.home, "Library", "LaunchAgents", s.label()+".plist")
}

// session is where launchd keeps what is begun in this person's session: there the keychain is open.
func (s agents) session() string { return "gui/" + s.id }

func (s agents) files() (map[string]string, error) {
	text, err := plist.MarshalIndent(agent{
		Label: s.label(), ProgramArguments: append([]string{s.Program}, s.Args...), RunAtLoad: true, StartInterval: 3600,
		ProcessType: "Background", LowPriorityIO: true,
	}, plist.XMLFormat, "\t")
	if err != nil {
		return nil, failed("make the agent", err)
	}
	return map[string]string{s.path(): string(text)}, nil
}

func (s agents) standing(ctx context.Context) (unattended.Standing, error) {
	files, err := s.files()
	if err != nil {
		return "", err
	}
	is, err := compare(files)
	if err != nil || is != unattended.On {
		return is, err
	}
	if _, err := s.run(ctx, "launchctl", "print", s.session()+"/"+s.label()); err != nil {
		return unattended.Other, nil // it was switched off by hand
	}
	return unattended.On, nil
}

func (s agents) schedule(ctx context.Context) error {
	// An app that is opened where it was downloaded, or in its disk image, runs from a place that is gone tomorrow.
	if strings.Contains(s.Program, "/AppTranslocation/") || strings.HasPrefix(s.Program, "/Volumes/Sopyo") {
		return domain.Invalid("data", "path-passing")
	}
	files, err := s.files()
	if err != nil {
		return err
	}
	if err := put(files); err != nil {
		return err
	}
	_, _ = s.run(ctx, "launchctl", "bootout", s.session()+"/"+s.label()) // the one before, if there is one
	_, _ = s.run(ctx, "launchctl", "enable", s.session()+"/"+s.label())  // who switches it on here wants it on
	if _, err := s.run(ctx, "launchctl", "bootstrap", s.session(), s.path()); err != nil {
		return failed("load the agent", err)
	}
	return nil
}

func (s agents) unschedule(ctx context.Context) error {
	_, _ = s.run(ctx, "launchctl", "bootout", s.session()+"/"+s.label()) // it may not be loaded
	return drop(map[string]string{s.path(): ""})
}
