package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

// A company's window asks the machine's sender through its company.

// MailSettings gives this machine's sender and whether a password is kept for it.
func (c *Company) MailSettings(ctx context.Context) (s mail.Settings, password bool, err error) {
	if s, err = c.app.MailSettings(ctx); err != nil || s.User == "" {
		return s, false, err
	}
	kept, err := c.app.MailPassword(ctx)
	if domain.KindOf(err) == domain.KindKeyring {
		return s, false, nil // the screen shows the settings all the same; sending says what is wrong
	}
	return s, !kept.Empty(), err
}

// SaveMailSettings is App.SaveMailSettings.
func (c *Company) SaveMailSettings(ctx context.Context, s mail.Settings, password *domain.Secret) (sessionOnly bool, err error) {
	if sessionOnly, err = c.app.SaveMailSettings(ctx, s, password); err == nil {
		c.Outbox.Wake()
	}
	return sessionOnly, err
}

// ForgetMail is App.ForgetMail.
func (c *Company) ForgetMail(ctx context.Context) error { return c.app.ForgetMail(ctx) }

// TestMail is App.TestMail.
func (c *Company) TestMail(ctx context.Context, s mail.Settings, password *domain.Secret, lang string) (to, answer string, err error) {
	return c.app.TestMail(ctx, s, password, lang)
}
