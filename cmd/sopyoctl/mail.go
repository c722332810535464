package main

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

func (c *ctl) mailCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "mail", Short: "The sender of this machine, and a company's letters"}
	cmd.AddCommand(c.mailSettingsCommand(), c.mailTestCommand(), c.mailListCommand(), c.mailSendCommand(), c.mailDismissCommand())
	return cmd
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
			to, answer, err := c.app.TestMail(ctx, s, nil, c.words.TestLetter())
			if err != nil {
				return err
			}
			return c.answer(map[string]string{"to": to, "answer": answer}, "ctl.mail.tested", to, answer)
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "another address than the one in the settings")
	return cmd
}

func (c *ctl) mailListCommand() *cobra.Command {
	var q mail.Query
	cmd := &cobra.Command{
		Use: "list", Short: "The company's letters, the newest first", Args: none,
		RunE: c.reading(func(ctx context.Context, company *app.Company, _ []string) error {
			letters, total, err := company.Letters(ctx, q)
			if err != nil {
				return err
			}
			if c.json {
				return c.print(map[string]any{"total": total, "letters": lettersJSON(letters)})
			}
			for _, l := range letters {
				c.sayLetter(l)
			}
			c.listed(len(letters), total)
			return nil
		}),
	}
	cmd.Flags().BoolVar(&q.Open, "open", false, "leave out what was sent or dismissed")
	cmd.Flags().StringVar(&q.Search, "search", "", "words in address or subject")
	pageFlags(cmd, &q.Limit, &q.Offset, 50)
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
			return misused("ctl.usage.number", a)
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
