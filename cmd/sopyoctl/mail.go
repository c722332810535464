package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

func (c *ctl) mailCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "mail", Short: "The sender of this machine, and a company's letters"}
	cmd.AddCommand(c.mailSettingsCommand(), c.mailTestCommand(), c.mailListCommand(), c.mailSendCommand(), c.mailDismissCommand())
	return cmd
}

func (c *ctl) mailSettingsCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "settings", Short: "Show or change the mail server and the sender of this machine"}
	cmd.RunE = needSubcommand
	var passwordFile string
	set := &cobra.Command{
		Use:   "set KEY=VALUE…",
		Short: "Change them: host port security=starttls|tls|none user from to",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && passwordFile == "" {
				return usageError{errors.New("what is to be set?")}
			}
			return c.setMail(cmd.Context(), args, passwordFile)
		},
	}
	set.Flags().StringVar(&passwordFile, "password-file", "", "file with the mail server's password; it goes to the keyring")
	cmd.AddCommand(set,
		&cobra.Command{
			Use: "show", Short: "Show them; the password is never shown", Args: none,
			RunE: func(cmd *cobra.Command, _ []string) error {
				if err := c.openApp(cmd.Context()); err != nil {
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
			return usageError{err}
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
		fmt.Fprintln(c.err, c.text.T("ctl.mail.session"))
		return domain.E(domain.KindKeyring, "keep the mail password", nil)
	}
	return c.showMail(ctx)
}

func setMailSetting(s *mail.Settings, assignment string) error {
	key, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return fmt.Errorf("%q is not KEY=VALUE", assignment)
	}
	switch key {
	case "host":
		s.Host = value
	case "port":
		n, err := strconv.Atoi(value)
		if err != nil {
			return fmt.Errorf("port: %q is no number", value)
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
		return fmt.Errorf("%s: there is no such setting", key)
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
		fmt.Fprintln(c.err, c.text.T("ctl.mail.open"))
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
	password := c.text.T("ctl.mail.password.none")
	if kept {
		password = c.text.T("ctl.mail.password.kept")
	}
	fmt.Fprintf(c.out, "host=%s\nport=%d\nsecurity=%s\nuser=%s\nfrom=%s\nto=%s\npassword: %s\n", s.Host, s.Port, s.Security, s.User, s.From, s.To, password)
	return nil
}

func (c *ctl) mailTestCommand() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "test", Short: "Send a short test message and show what the server says", Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := interruptible(cmd.Context())
			defer stop()
			if err := c.openApp(ctx); err != nil {
				return err
			}
			s, err := c.app.MailSettings(ctx)
			if err != nil {
				return err
			}
			if to != "" {
				s.To = to
			}
			to, answer, err := c.app.TestMail(ctx, s, nil, c.text.Lang)
			if err != nil {
				return err
			}
			if c.json {
				return c.print(map[string]string{"to": to, "answer": answer})
			}
			c.say("ctl.mail.tested", to, answer)
			return nil
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "another address than the one in the settings")
	return cmd
}

func (c *ctl) mailListCommand() *cobra.Command {
	var q mail.Query
	cmd := &cobra.Command{
		Use: "list", Short: "The company's letters, the newest first", Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			company, err := c.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			letters, total, err := company.Letters(cmd.Context(), q)
			if err != nil {
				return err
			}
			if c.json {
				return c.print(map[string]any{"total": total, "letters": lettersJSON(letters)})
			}
			for _, l := range letters {
				c.sayLetter(l)
			}
			fmt.Fprintln(c.err, c.text.T("ctl.listed", len(letters), total))
			return nil
		},
	}
	cmd.Flags().BoolVar(&q.Open, "open", false, "leave out what was sent or dismissed")
	cmd.Flags().StringVar(&q.Search, "search", "", "words in address or subject")
	cmd.Flags().IntVar(&q.Limit, "limit", 50, "at most that many; 0 = all")
	cmd.Flags().IntVar(&q.Offset, "offset", 0, "leave out that many first")
	return cmd
}

func (c *ctl) mailSendCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "send [ID…]",
		Short: "Send what waits; with IDs these again, also if they are unknown or were refused",
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.onLetters(cmd, args, "ctl.mail.again", (*app.Company).SendAgain, func(company *app.Company) error {
				letters, err := c.deliver(cmd.Context(), company)
				if err != nil {
					return err
				}
				if len(letters) == 0 {
					c.say("ctl.mail.nothing")
				}
				if c.json {
					if err := c.print(map[string]any{"letters": lettersJSON(letters)}); err != nil {
						return err
					}
				}
				for _, l := range letters {
					if l.State != mail.StateSent {
						return ended{exitLater}
					}
				}
				return nil
			})
		},
	}
}

func (c *ctl) mailDismissCommand() *cobra.Command {
	return &cobra.Command{
		Use: "dismiss ID…", Short: "Let letters be: they are not sent any more", Args: minimum(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.onLetters(cmd, args, "ctl.mail.dismissed", (*app.Company).DismissLetter, func(*app.Company) error {
				if c.json {
					return c.print(map[string]any{"dismissed": args})
				}
				return nil
			})
		},
	}
}

// onLetters does something to each named letter, and then what follows.
func (c *ctl) onLetters(cmd *cobra.Command, args []string, done string, do func(*app.Company, context.Context, int64) error, then func(*app.Company) error) error {
	var ids []int64
	for _, a := range args {
		id, err := strconv.ParseInt(a, 10, 64)
		if err != nil {
			return usageError{fmt.Errorf("%q is no number of a letter", a)}
		}
		ids = append(ids, id)
	}
	company, err := c.open(cmd.Context(), false)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := do(company, cmd.Context(), id); err != nil {
			return err
		}
		c.say(done, id)
	}
	return then(company)
}

// sayLetter tells how a letter stands and, where it does not simply wait or is sent, why.
func (c *ctl) sayLetter(l mail.Letter) {
	c.say("ctl.mail.letter", l.ID, l.To, c.text.T("mail.state."+string(l.State)))
	if l.Cause != "" {
		fmt.Fprintln(c.err, "  "+c.sentence(&domain.Error{Kind: l.Cause, Detail: l.Detail}))
	}
}

func lettersJSON(letters []mail.Letter) []map[string]any {
	list := []map[string]any{}
	for _, l := range letters {
		list = append(list, letterJSON(l))
	}
	return list
}

func letterJSON(l mail.Letter) map[string]any {
	m := map[string]any{
		"id": l.ID, "transfer": l.RunID, "to": l.To, "subject": l.Content.Subject, "message_id": l.MessageID, "state": l.State,
		"attempts": l.Attempts, "created_at": l.CreatedAt.UTC().Format(time.RFC3339), "changed_at": l.ChangedAt.UTC().Format(time.RFC3339),
	}
	if l.Cause != "" {
		m["cause"], m["detail"] = l.Cause, l.Detail
	}
	if !l.NextAt.IsZero() {
		m["next_at"] = l.NextAt.UTC().Format(time.RFC3339)
	}
	return m
}
