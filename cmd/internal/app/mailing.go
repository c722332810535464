package app

import (
	"context"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	reports "github.com/sopyo/sopyo-desktop/storage/report"
)

// mailEvery is how often the queue is looked at while the window is open.
const mailEvery = time.Minute

// KeepMailing sends what is due now and then, and at once when something new is queued, until the company
// is closed. The window calls it, whenever it opens the company; the command line sends when it is told to.
func (c *Company) KeepMailing() { c.mailing.Do(func() { c.work.Go(c.keepMailing) }) }

func (c *Company) keepMailing() {
	tick := time.NewTicker(mailEvery)
	defer tick.Stop()
	for {
		if _, err := c.DeliverMail(c.alive); err != nil && c.alive.Err() == nil {
			c.app.Log.WarnContext(c.alive, "the mail queue rests", "error", err)
		}
		select {
		case <-c.alive.Done():
			return
		case <-tick.C:
		case <-c.posted:
		}
	}
}

// post wakes KeepMailing.
func (c *Company) post() {
	select {
	case c.posted <- struct{}{}:
	default: // it is awake already
	}
}

// DeliverMail sends the queued letters whose time has come and gives them as they stand then, without
// what they say. Each is stored as being sent before a word of it goes out, so that a kill leaves it
// unknown and never sent twice. An error is one of our own: what the mail server says stands in the
// letters.
func (c *Company) DeliverMail(ctx context.Context) ([]mail.Letter, error) {
	c.sending.Lock()
	defer c.sending.Unlock()
	due, err := c.Store.DueLetters(ctx, time.Now())
	if err != nil || len(due) == 0 {
		return nil, err
	}
	settings, err := c.app.MailSettings(ctx)
	if err != nil || !settings.Ready() {
		return nil, err
	}
	server, err := c.app.mailServer(ctx, settings, nil)
	if err != nil {
		return c.postpone(ctx, due, err)
	}
	line, err := server.Dial(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil, domain.E(domain.KindCancelled, "send letters", err)
		}
		return c.postpone(ctx, due, err)
	}
	var done []mail.Letter
	for _, l := range due {
		if line == nil { // the last letter broke it
			if line, err = server.Dial(ctx); err != nil {
				rest, err := c.postpone(ctx, due[len(done):], err)
				return append(done, rest...), err
			}
		}
		sent, ok, err := c.deliver(ctx, line, l.ID)
		if err != nil {
			line.Close()
			return done, err
		}
		if !ok {
			line.Close()
			line = nil
		}
		done = append(done, sent)
	}
	if line != nil {
		line.Close()
	}
	return done, nil
}

// postpone notes on every letter that the server cannot be reached, or will not have us.
func (c *Company) postpone(ctx context.Context, due []mail.Letter, why error) ([]mail.Letter, error) {
	var done []mail.Letter
	for _, l := range due {
		l = l.After(why, time.Now())
		if err := c.Store.SaveLetter(context.WithoutCancel(ctx), l, mail.StateQueued); err != nil {
			return done, err
		}
		done = append(done, l)
	}
	return done, nil
}

// deliver sends one letter on line; ok tells whether the line can be used for another.
func (c *Company) deliver(ctx context.Context, line *reports.Line, id int64) (_ mail.Letter, ok bool, err error) {
	l, err := c.Store.Letter(ctx, id)
	if err != nil {
		return l, false, err
	}
	l.State = mail.StateSending
	if err := c.Store.SaveLetter(ctx, l, mail.StateQueued); err != nil {
		return l, false, err
	}
	hurried, done := hurry(ctx)
	defer done()
	_, sending := line.Send(hurried, l)
	l = l.After(sending, time.Now())
	// How it ended is stored even while the program ends.
	return l, sending == nil, c.Store.SaveLetter(context.WithoutCancel(ctx), l, mail.StateSending)
}

// lastWait is how long a letter that is being handed over may still take when the program ends.
const lastWait = 10 * time.Second

// hurry gives a context that outlives ctx by lastWait: a letter that is cut off at its end is one of which
// nobody knows whether it has arrived.
func hurry(ctx context.Context) (context.Context, context.CancelFunc) {
	hurried, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		limit := time.NewTimer(lastWait)
		defer limit.Stop()
		select {
		case <-limit.C:
			cancel()
		case <-hurried.Done():
		}
	})
	return hurried, func() { stop(); cancel() }
}

// SendAgain queues a letter once more that a person wants to be sent: one that was refused, one that is
// unknown and may arrive twice, or one that waits for its time.
func (c *Company) SendAgain(ctx context.Context, id int64) error {
	l, err := c.Store.Letter(ctx, id)
	if err != nil {
		return err
	}
	if !l.State.AsksPerson() {
		return domain.E(domain.KindState, "send the letter again", nil)
	}
	from := l.State
	l.State, l.NextAt, l.Cause, l.Detail = mail.StateQueued, time.Time{}, "", ""
	if err := c.Store.SaveLetter(ctx, l, from); err != nil {
		return err
	}
	c.post()
	return nil
}

// DismissLetter lets a letter be: it is not sent any more, and what it said is dropped.
func (c *Company) DismissLetter(ctx context.Context, id int64) error {
	l, err := c.Store.Letter(ctx, id)
	if err != nil {
		return err
	}
	if !l.State.AsksPerson() {
		return domain.E(domain.KindState, "dismiss the letter", nil)
	}
	from := l.State
	l.State, l.NextAt = mail.StateDismissed, time.Time{}
	return c.Store.SaveLetter(ctx, l, from)
}
