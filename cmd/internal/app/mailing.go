package app

import (
	"context"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/domain/report"
)

// KeepMailing sends letters by themselves until the company is closed. The window calls it, whenever it
// opens the company; the command line sends when it is told to.
func (c *Company) KeepMailing() {
	c.mailing.Do(func() { c.work.Go(func() { c.Outbox.Keep(c.alive, c.app.Log) }) })
}

// SendReport is MailReport that sends at once: the letter is given as it stands then.
func (c *Company) SendReport(ctx context.Context, runID int64, to string) (l mail.Letter, draft string, err error) {
	mailed, err := c.MailReport(ctx, runID, to)
	if err != nil || mailed.Draft != "" {
		return mail.Letter{}, mailed.Draft, err
	}
	l, err = c.Outbox.Delivered(ctx, mailed.Letter.ID)
	return l, "", err
}

// SavedReport gives what was written of a run's present end, ok = false when nothing was yet.
func (c *Company) SavedReport(ctx context.Context, runID int64) (report.Saved, bool, error) {
	r, err := c.Store.Run(ctx, runID)
	if err != nil {
		return report.Saved{}, false, err
	}
	return c.Store.SavedReport(ctx, r.ID, r.State, r.Counters.Pending+r.Counters.Failed)
}
