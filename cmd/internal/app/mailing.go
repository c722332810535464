package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/mail"
)

// KeepMailing sends letters by themselves until the company is closed. The window calls it, whenever it
// opens the company; the command line sends when it is told to.
func (c *Company) KeepMailing() {
	c.mailing.Do(func() { c.work.Go(func() { c.Outbox.Keep(c.alive, c.app.Log) }) })
}

// sender is this machine's, as the outboxes of its companies need it.
type sender struct{ app *App }

func (s sender) Server(ctx context.Context) (mail.Server, bool, error) {
	settings, err := s.app.MailSettings(ctx)
	return server{s.app, settings}, settings.Ready(), err
}

// server asks for the password when it is dialled.
type server struct {
	app      *App
	settings mail.Settings
}

func (s server) Dial(ctx context.Context) (mail.Line, error) {
	known, err := s.app.mailServer(ctx, s.settings, nil)
	if err != nil {
		return nil, err
	}
	line, err := known.Dial(ctx)
	if err != nil {
		return nil, err
	}
	return line, nil
}
