package mail

import (
	"context"
	"log/slog"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// DeliverMail sends the queued letters whose time has come and gives them as they stand then, without
// what they say. Each is stored as being sent before a word of it goes out, so that a kill leaves it
// unknown and never sent twice. An error is one of our own: what the mail server says stands in the
// letters.
func (o *Outbox) DeliverMail(ctx context.Context) ([]Letter, error) {
	o.sending.Lock()
	defer o.sending.Unlock()
	due, err := o.letters.DueLetters(ctx, o.now())
	if err != nil || len(due) == 0 {
		return nil, err
	}
	s, err := o.account.MailSettings(ctx)
	if err != nil || !s.Ready() {
		return nil, err
	}
	line, err := o.account.line(ctx, s, nil)
	if err != nil {
		if ctx.Err() != nil {
			return nil, domain.E(domain.KindCancelled, "send letters", err)
		}
		return o.postpone(ctx, due, err)
	}
	var done []Letter
	for _, l := range due {
		if line == nil { // the last letter broke it
			if line, err = o.account.line(ctx, s, nil); err != nil {
				rest, err := o.postpone(ctx, due[len(done):], err)
				return append(done, rest...), err
			}
		}
		sent, ok, err := o.deliver(ctx, line, l.ID)
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
func (o *Outbox) postpone(ctx context.Context, due []Letter, why error) ([]Letter, error) {
	var done []Letter
	for _, l := range due {
		l = l.After(why, o.now())
		if err := o.letters.SaveLetter(context.WithoutCancel(ctx), l, StateQueued); err != nil {
			return done, err
		}
		done = append(done, l)
	}
	return done, nil
}

// deliver sends one letter on line; ok tells whether the line can be used for another.
func (o *Outbox) deliver(ctx context.Context, line Line, id int64) (_ Letter, ok bool, err error) {
	l, err := o.letters.Letter(ctx, id)
	if err != nil {
		return l, false, err
	}
	l.State = StateSending
	if err := o.letters.SaveLetter(ctx, l, StateQueued); err != nil {
		return l, false, err
	}
	hurried, done := hurry(ctx)
	defer done()
	_, sending := line.Send(hurried, l)
	l = l.After(sending, o.now())
	// How it ended is stored even while the program ends.
	return l, sending == nil, o.letters.SaveLetter(context.WithoutCancel(ctx), l, StateSending)
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

// every is how often Keep looks at the letters.
const every = time.Minute

// Keep sends what is due now and then, and at once when it is woken or the sender was set up, until ctx ends.
func (o *Outbox) Keep(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		changed := o.account.mailChanged() // before the letters are looked at: no change is missed
		if _, err := o.DeliverMail(ctx); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "the mail queue rests", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-changed:
		case <-o.posted:
		}
	}
}

// SendNow sends a letter again that a person wants to be sent, at once, and gives it as it stands then.
func (o *Outbox) SendNow(ctx context.Context, id int64) (Letter, error) {
	if err := o.SendAgain(ctx, id); err != nil {
		return Letter{}, err
	}
	return o.Delivered(ctx, id)
}

// Delivered sends what is due, and gives a letter as it stands then.
func (o *Outbox) Delivered(ctx context.Context, id int64) (Letter, error) {
	if _, err := o.DeliverMail(ctx); err != nil {
		return Letter{}, err
	}
	return o.letters.Letter(ctx, id)
}
