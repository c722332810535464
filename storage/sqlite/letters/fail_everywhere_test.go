package letters_test

import (
	"context"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/sqlitetest"
)

func TestLetters_failWhole(t *testing.T) {
	c := sqlitetest.NewCompany(t)
	var letter mail.Letter
	sqlitetest.FailEverywhere(t, c.DB,
		sqlitetest.Doing("queue", func(ctx context.Context) (err error) {
			l, err := c.QueueLetter(ctx, sqlitetest.TestLetter("1@x"))
			if err == nil {
				letter = l
			}
			return err
		}),
		sqlitetest.Doing("letters", func(ctx context.Context) error {
			_, _, err := c.Letters(ctx, mail.Query{})
			return err
		}),
		sqlitetest.Doing("due letters", func(ctx context.Context) error {
			_, err := c.DueLetters(ctx, time.Now())
			return err
		}),
		sqlitetest.Doing("letter", func(ctx context.Context) error {
			_, err := c.Letter(ctx, letter.ID)
			return err
		}),
		sqlitetest.Doing("send", func(ctx context.Context) error {
			letter.State = mail.StateSending
			return c.SaveLetter(ctx, letter, mail.StateQueued)
		}),
		sqlitetest.Doing("recover", func(ctx context.Context) error {
			_, err := c.RecoverLetters(ctx)
			return err
		}),
		sqlitetest.Doing("dismiss", func(ctx context.Context) error {
			letter.State = mail.StateDismissed
			return c.SaveLetter(ctx, letter, mail.StateUnknown)
		}),
	)
	if n := sqlitetest.Count(t, c, `SELECT count(*) FROM letter WHERE state = 'dismissed' AND text = ''`); n != 1 {
		t.Error("the letter did not come to its end")
	}
}
