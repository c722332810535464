package letters

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

func (c commands) mailCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "mail", Short: "The sender of this machine, and a company's letters"}
	cmd.AddCommand(c.settingsCommand(), c.testCommand(), c.listCommand(), c.sendCommand(), c.dismissCommand())
	return cmd
}

func (c commands) testCommand() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "test", Short: "Send a short test message and show what the server says", Args: console.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := console.Interruptible(cmd.Context())
			defer stop()
			if err := c.OpenApp(ctx); err != nil {
				return err
			}
			s, err := c.App.MailSettings(ctx)
			if err != nil {
				return err
			}
			if to != "" {
				s.To = to
			}
			to, answer, err := c.App.TestMail(ctx, s, nil, c.Words.TestLetter())
			if err != nil {
				return err
			}
			return c.Answer(map[string]string{"to": to, "answer": answer}, "ctl.mail.tested", to, answer)
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "another address than the one in the settings")
	return cmd
}

func (c commands) listCommand() *cobra.Command {
	var q mail.Query
	cmd := &cobra.Command{
		Use: "list", Short: "The company's letters, the newest first", Args: console.None,
		RunE: c.Reading(func(ctx context.Context, company *app.Company, _ []string) error {
			letters, total, err := company.Letters(ctx, q)
			if err != nil {
				return err
			}
			if c.JSON {
				return c.Print(map[string]any{"total": total, "letters": lettersJSON(letters)})
			}
			for _, l := range letters {
				c.sayLetter(l)
			}
			c.Listed(len(letters), total)
			return nil
		}),
	}
	cmd.Flags().BoolVar(&q.Open, "open", false, "leave out what was sent or dismissed")
	cmd.Flags().StringVar(&q.Search, "search", "", "words in address or subject")
	console.PageFlags(cmd, &q.Limit, &q.Offset, 50)
	return cmd
}

func (c commands) sendCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "send [ID…]",
		Short: "Send what waits; with IDs these again, also if they are unknown or were refused",
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.onLetters(cmd, args, "ctl.mail.again", (*app.Company).SendAgain, func(company *app.Company) error {
				letters, err := Deliver(cmd.Context(), c.Console, company)
				if err != nil {
					return err
				}
				if len(letters) == 0 {
					c.Say("ctl.mail.nothing")
				}
				if c.JSON {
					if err := c.Print(map[string]any{"letters": lettersJSON(letters)}); err != nil {
						return err
					}
				}
				for _, l := range letters {
					if l.State != mail.StateSent {
						return console.Ended(console.ExitLater)
					}
				}
				return nil
			})
		},
	}
}

func (c commands) dismissCommand() *cobra.Command {
	return &cobra.Command{
		Use: "dismiss ID…", Short: "Let letters be: they are not sent any more", Args: console.Minimum(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.onLetters(cmd, args, "ctl.mail.dismissed", (*app.Company).DismissLetter, func(*app.Company) error {
				if c.JSON {
					return c.Print(map[string]any{"dismissed": args})
				}
				return nil
			})
		},
	}
}

// onLetters does something to each named letter, and then what follows.
func (c commands) onLetters(cmd *cobra.Command, args []string, done string, do func(*app.Company, context.Context, int64) error, then func(*app.Company) error) error {
	var ids []int64
	for _, a := range args {
		id, err := strconv.ParseInt(a, 10, 64)
		if err != nil {
			return console.Misused("ctl.usage.number", a)
		}
		ids = append(ids, id)
	}
	company, err := c.Open(cmd.Context(), false)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := do(company, cmd.Context(), id); err != nil {
			return err
		}
		c.Say(done, id)
	}
	return then(company)
}
