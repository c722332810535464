package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
)

func (c *ctl) settingsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "settings", Short: "Show or change the company's choices"}
	cmd.AddCommand(c.settingsShowCommand(), c.settingsSetCommand())
	return cmd
}

func (c *ctl) settingsShowCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show", Short: "Show every setting", Args: none,
		RunE: c.reading(func(ctx context.Context, company *app.Company, _ []string) error {
			s, err := company.Settings(ctx)
			if err != nil {
				return err
			}
			return c.showSettings(s)
		}),
	}
}

func (c *ctl) settingsSetCommand() *cobra.Command {
	var sure bool
	cmd := &cobra.Command{
		Use:   "set KEY=VALUE…",
		Short: "Change settings: currency integration pull auto_formalise scenario push; auto_formalise=yes asks for a typed word",
		Args:  minimum(1),
		RunE: c.on(true, func(ctx context.Context, company *app.Company, args []string) error {
			before, err := company.Settings(ctx)
			if err != nil {
				return err
			}
			s := before
			for _, a := range args {
				if err := setSetting(&s, a); err != nil {
					return err
				}
			}
			around, err := company.Circumstances(ctx)
			if err != nil {
				return err
			}
			if err := s.ValidateIn(around, before); err != nil {
				return err
			}
			if s.AutoFormalise && !before.AutoFormalise && !sure && !c.typedWord() {
				return domain.E(domain.KindCancelled, "confirm formalising", nil)
			}
			if err := company.SaveSettings(ctx, s); err != nil {
				return err
			}
			return c.showSettings(s)
		}),
	}
	cmd.Flags().BoolVar(&sure, "yes", false, "confirm auto_formalise=yes without being asked")
	return cmd
}

// typedWord asks for the word that lets invoices be formalised by themselves: that cannot be taken back.
func (c *ctl) typedWord() bool {
	word := c.t("formal.word")
	fmt.Fprintln(c.err, c.t("ctl.formal", word))
	line, _ := bufio.NewReader(c.in).ReadString('\n')
	return domain.Fold(strings.TrimSpace(line)) == domain.Fold(word)
}

func setSetting(s *domain.Settings, assignment string) error {
	key, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return misused("ctl.usage.form", "settings set", assignment, placeholders("KEY=VALUE"))
	}
	var err error
	switch key {
	case "currency":
		s.Currency = domain.Currency(value)
	case "integration":
		s.IntegrationOn, err = yes(key, value, "on", "off")
	case "pull":
		s.Pull, err = yes(key, value, "yes", "no")
	case "auto_formalise":
		s.AutoFormalise, err = yes(key, value, "yes", "no")
	case "scenario":
		s.Scenario = domain.Scenario(value)
	case "push":
		s.Push = domain.Push(strings.TrimPrefix(value, "unset"))
	default:
		err = misused("ctl.usage.no-setting", key)
	}
	if err != nil {
		return err
	}
	s.Confirmed = s.Confirmed || key != "integration" // Süreç Seçimleri's own
	return nil
}

func (c *ctl) showSettings(s domain.Settings) error {
	word := func(b bool, on, off string) string {
		if b {
			return on
		}
		return off
	}
	push := string(s.Push)
	if s.Push == domain.PushUnset {
		push = "unset"
	}
	pairs := [][2]string{
		{"currency", string(s.Currency)},
		{"integration", word(s.IntegrationOn, "on", "off")},
		{"pull", word(s.Pull, "yes", "no")},
		{"auto_formalise", word(s.AutoFormalise, "yes", "no")},
		{"scenario", string(s.Scenario)},
		{"push", push},
	}
	return c.showPairs(pairs)
}

// showPairs prints settings, each under its name.
func (c *ctl) showPairs(pairs [][2]string) error {
	if c.json {
		all := map[string]string{}
		for _, p := range pairs {
			all[p[0]] = p[1]
		}
		return c.print(all)
	}
	for _, p := range pairs {
		c.line("%s=%s", p[0], p[1])
	}
	return nil
}
