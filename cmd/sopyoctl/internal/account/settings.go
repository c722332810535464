package account

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
)

func (c commands) settingsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "settings", Short: "Show or change the company's choices"}
	cmd.AddCommand(c.showCommand(), c.setCommand())
	return cmd
}

func (c commands) showCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show", Short: "Show every setting", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			s, err := company.Settings(ctx)
			if err != nil {
				return err
			}
			return c.showSettings(s)
		}),
	}
}

func (c commands) setCommand() *cobra.Command {
	var sure bool
	cmd := &cobra.Command{
		Use:   "set KEY=VALUE…",
		Short: "Change settings: currency integration pull auto_formalise scenario push; auto_formalise=yes asks for a typed word",
		Args:  console.Minimum(1),
		RunE: c.On(true, func(ctx context.Context, company *app.Company, args []string) error {
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
func (c commands) typedWord() bool {
	word := c.T("formal.word")
	fmt.Fprintln(c.Err, c.T("ctl.formal", word))
	line, _ := bufio.NewReader(c.In).ReadString('\n')
	return domain.Fold(strings.TrimSpace(line)) == domain.Fold(word)
}

func setSetting(s *domain.Settings, assignment string) error {
	key, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return console.Misused("ctl.usage.form", "settings set", assignment, console.Placeholders("KEY=VALUE"))
	}
	var err error
	switch key {
	case "currency":
		s.Currency = domain.Currency(value)
	case "integration":
		s.IntegrationOn, err = console.Yes(key, value, "on", "off")
	case "pull":
		s.Pull, err = console.Yes(key, value, "yes", "no")
	case "auto_formalise":
		s.AutoFormalise, err = console.Yes(key, value, "yes", "no")
	case "scenario":
		s.Scenario = domain.Scenario(value)
	case "push":
		s.Push = domain.Push(strings.TrimPrefix(value, "unset"))
	default:
		err = console.Misused("ctl.usage.no-setting", key)
	}
	if err != nil {
		return err
	}
	s.Confirmed = s.Confirmed || key != "integration" // Süreç Seçimleri's own
	return nil
}

func (c commands) showSettings(s domain.Settings) error {
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
	return c.ShowPairs(pairs)
}
