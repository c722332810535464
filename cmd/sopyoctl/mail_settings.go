package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

func (c *ctl) mailSettingsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "settings", Short: "Show or change the mail server and the sender of this machine"}
	cmd.RunE = needSubcommand
	var passwordFile string
	set := &cobra.Command{
		Use:   "set KEY=VALUE…",
		Short: "Change them: host port security=starttls|tls|none user from to",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && passwordFile == "" {
				return misused("ctl.usage.nothing")
			}
			return c.setMail(cmd.Context(), args, passwordFile)
		},
	}
	set.Flags().StringVar(&passwordFile, "password-file", "", "file with the mail server's password; it goes to the keyring")
	cmd.AddCommand(set,
		&cobra.Command{
			Use: "show", Short: "Show them; the password is never shown", Args: none,
			RunE: func(cmd *cobra.Command, _ []string) error {
				if err := c.openAppBy(cmd.Context(), app.Read); err != nil {
					return err
				}
				return c.showMail(cmd.Context())
			},
		},
		&cobra.Command{
			Use: "forget", Short: "Take the sender and its password away", Args: none,
			RunE: func(cmd *cobra.Command, _ []string) error {
				if err := c.openApp(cmd.Context()); err != nil {
					return err
				}
				if err := c.app.ForgetMail(cmd.Context()); err != nil {
					return err
				}
				return c.showMail(cmd.Context())
			},
		})
	return cmd
}

func (c *ctl) setMail(ctx context.Context, args []string, passwordFile string) error {
	if err := c.openApp(ctx); err != nil {
		return err
	}
	s, err := c.app.MailSettings(ctx)
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
		secret, err := readSecret(passwordFile)
		if err != nil {
			return err
		}
		password = &secret
	}
	sessionOnly, err := c.app.SaveMailSettings(ctx, s, password)
	if err != nil {
		return err
	}
	if sessionOnly { // a password that ends with this command is worth nothing here
		fmt.Fprintln(c.err, c.t("ctl.mail.session"))
		return domain.E(domain.KindKeyring, "keep the mail password", nil)
	}
	return c.showMail(ctx)
}

func setMailSetting(s *mail.Settings, assignment string) error {
	key, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return misused("ctl.usage.form", "mail settings set", assignment, placeholders("KEY=VALUE"))
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
		return misused("ctl.usage.no-setting", key)
	}
	return nil
}

func (c *ctl) showMail(ctx context.Context) error {
	s, err := c.app.MailSettings(ctx)
	if err != nil {
		return err
	}
	kept := false
	if s.User != "" {
		password, err := c.app.MailPassword(ctx)
		if err != nil {
			return err
		}
		kept = !password.Empty()
	}
	if s.Ready() && s.Security == mail.SecurityNone {
		fmt.Fprintln(c.err, c.t("ctl.mail.open"))
	}
	if c.json {
		return c.print(map[string]any{
			"host": s.Host, "port": s.Port, "security": s.Security, "user": s.User, "from": s.From, "to": s.To, "password": kept,
		})
	}
	if !s.Ready() {
		c.say("ctl.mail.none")
		return nil
	}
	password := c.t("ctl.mail.password.none")
	if kept {
		password = c.t("ctl.mail.password.kept")
	}
	fmt.Fprintf(c.out, "host=%s\nport=%d\nsecurity=%s\nuser=%s\nfrom=%s\nto=%s\npassword: %s\n", s.Host, s.Port, s.Security, s.User, s.From, s.To, password)
	return nil
}
