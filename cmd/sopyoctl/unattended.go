package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/unattended"
)

// workCommand needs no company: it is that of the machine.
func (c commands) workCommand() *cobra.Command {
	return &cobra.Command{
		Use: "work", Short: "Do what is due in every company that syncs by itself, asking nobody: for the system's scheduler", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := c.OpenApp(cmd.Context()); err != nil {
				return err
			}
			r, err := c.App.WorkUnattended(cmd.Context())
			if err != nil {
				return err
			}
			return c.showWork(r)
		},
	}
}

// showWork says what a run has done; that a keyring is locked the window says at its next start.
func (c commands) showWork(r unattended.Report) error {
	if c.JSON {
		companies := []map[string]any{}
		for _, d := range r.Companies {
			m := map[string]any{"company": d.Company.Name, "syncs": d.Syncs, "drafted": d.Drafted, "issued": d.Issued, "skipped": d.Skipped}
			if d.Err != nil {
				m["error"] = map[string]string{"kind": string(domain.KindOf(d.Err)), "message": c.Sentence(d.Err)}
			}
			companies = append(companies, m)
		}
		if err := c.Print(map[string]any{"companies": companies, "locked": r.Locked != nil}); err != nil {
			return err
		}
	} else {
		if r.Locked != nil {
			fmt.Fprintln(c.Err, c.Sentence(r.Locked))
		}
		for _, d := range r.Companies {
			switch {
			case d.Skipped:
				c.Say("ctl.work.skipped", d.Company.Name)
			case d.Err != nil:
				fmt.Fprintln(c.Err, c.T("ctl.work.hindered", d.Company.Name, c.Sentence(d.Err)))
			default:
				c.Say("ctl.work.done", d.Company.Name, d.Syncs, d.Drafted, d.Issued)
			}
		}
	}
	return workEnd(r)
}

// workEnd gives the exit of the worst that has hindered: what nobody expected, a session that a person has to begin, what was done in
// part, what goes on later.
func workEnd(r unattended.Report) error {
	codes := map[int]bool{}
	for _, err := range r.Errors() {
		codes[console.ExitCode(err)] = true
	}
	for _, code := range []int{console.ExitError, console.ExitUsage, console.ExitAuthorise, console.ExitPartly, console.ExitLater} {
		if codes[code] {
			return console.Ended(code)
		}
	}
	return nil
}

func (c commands) scheduleCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "schedule", Short: "Work while the window is closed, at logon and every hour, by the system's scheduler"}
	for _, sub := range []struct {
		name, short string
		do          func(cmd *cobra.Command, s unattended.Scheduler) error
	}{
		{"on", "Have the system begin work by itself (for this person, without an administrator)", func(cmd *cobra.Command, s unattended.Scheduler) error {
			return s.Schedule(cmd.Context())
		}},
		{"off", "Have the system begin nothing any more", func(cmd *cobra.Command, s unattended.Scheduler) error {
			return s.Unschedule(cmd.Context())
		}},
		{"status", "Whether the system begins work by itself", func(*cobra.Command, unattended.Scheduler) error { return nil }},
	} {
		cmd.AddCommand(&cobra.Command{Use: sub.name, Short: sub.short, Args: console.None, RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := app.Scheduler(c.DataDir)
			if err != nil {
				return err
			}
			if err := sub.do(cmd, s); err != nil {
				return err
			}
			is, err := s.Standing(cmd.Context())
			if err != nil {
				return err
			}
			if c.JSON {
				return c.Print(map[string]any{"schedule": is})
			}
			c.Say("schedule." + string(is))
			return nil
		}})
	}
	return cmd
}
