package letters

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

func (c commands) settingsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "settings", Short: "Show or change the mail server and the sender of this machine"}
	cmd.RunE = console.NeedSubcommand
	var passwordFile string
	set := &cobra.Command{
		Use:   "set KEY=VALUE…",
		Short: "Change them: host port security=starttls|tls|none user from to",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && passwordFile == "" {
				return console.Misused("ctl.usage.nothing")
			}
			return c.setMail(cmd.Context(), args, passwordFile)
		},
	}
	set.Flags().StringVar(&passwordFile, "password-file", "", "file with the mail server's password; it goes to the keyring")
	cmd.AddCommand(set,
		&cobra.Command{
			Use: "show", Short: "Show them; the password is never shown", Args: console.None,
			RunE: func(cmd *cobra.Command, _ []string) error {
				if err := c.OpenAppBy(cmd.Context(), app.Read); err != nil {
					return err
				}
				return c.showMail(cmd.Context())
			},
		},
		&cobra.Command{
			Use: "forget", Short: "Take the sender and its password away", Args: console.None,
			RunE: func(cmd *cobra.Command, _ []string) error {
				if err := c.OpenApp(cmd.Context()); err != nil {
					return err
				}
				if err := c.App.ForgetMail(cmd.Context()); err != nil {
					return err
				}
				return c.showMail(cmd.Context())
			},
		})
	return cmd
}

func (c commands) setMail(ctx context.Context, args []string, passwordFile string) error {
	if err := c.OpenApp(ctx); err != nil {
		return err
	}
	s, err := c.App.MailSettings(ctx)
	if err != nil {
		return err
	}
	for _, a := range args {
		if err := setMailSetting(&s, a); err != nil {
			return err
		}
	}
	var password *domain.Secret
	if passwordFile != "" {
		secret, err := console.ReadSecret(passwordFile)
		if err != nil {
			return err
		}
		password = &secret
	}
	sessionOnly, err := c.App.SaveMailSettings(ctx, s, password)
	if err != nil {
		return err
	}
	if sessionOnly { // a password that ends with this command is worth nothing here
		fmt.Fprintln(c.Err, c.T("ctl.mail.session"))
		return domain.E(domain.KindKeyring, "keep the mail password", nil)
	}
	return c.showMail(ctx)
}

func setMailSetting(s *mail.Settings, assignment string) error {
	key, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return console.Misused("ctl.usage.form", "mail settings set", assignment, console.Placeholders("KEY=VALUE"))
	}
	switch key {
	case "host":
		s.Host = value
	case "port":
		n, err := strconv.Atoi(value)
		if err != nil {
			return domain.Invalid(key, "number")
		}
		s.Port = n
	case "security":
		if usual := s.Security.Port(); s.Port == usual {
			s.Port = mail.Security(value).Port()
		}
		s.Security = mail.Security(value)
	case "user":
		s.User = value
	case "from":
		s.From = value
	case "to":
		s.To = value
	default:
		return console.Misused("ctl.usage.no-setting", key)
	}
	return nil
}

func (c commands) showMail(ctx context.Context) error {
	s, err := c.App.MailSettings(ctx)
	if err != nil {
		return err
	}
	kept := false
	if s.User != "" {
		password, err := c.App.MailPassword(ctx)
		if err != nil {
			return err
		}
		kept = !password.Empty()
	}
	if s.Ready() && s.Security == mail.SecurityNone {
		fmt.Fprintln(c.Err, c.T("ctl.mail.open"))
	}
	if c.JSON {
		return c.Print(map[string]any{
			"host": s.Host, "port": s.Port, "security": s.Security, "user": s.User, "from": s.From, "to": s.To, "password": kept,
		})
	}
	if !s.Ready() {
		c.Say("ctl.mail.none")
		return nil
	}
	password := c.T("ctl.mail.password.none")
	if kept {
		password = c.T("ctl.mail.password.kept")
	}
	fmt.Fprintf(c.Out, "host=%s\nport=%d\nsecurity=%s\nuser=%s\nfrom=%s\nto=%s\npassword: %s\n", s.Host, s.Port, s.Security, s.User, s.From, s.To, password)
	return nil
}
