package mail

import (
	"context"
	"sync"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Letters keeps a company's letters.
type Letters interface {
	// DueLetters gives the queued letters whose time has come, the oldest first, without what they say.
	DueLetters(ctx context.Context, now time.Time) ([]Letter, error)
	Letter(ctx context.Context, id int64) (Letter, error)
	// SaveLetter stores how a letter stands that stood in state from; KindState: it stands in another.
	SaveLetter(ctx context.Context, l Letter, from State) error
}

// Outbox sends the letters of one company, each at most once unattended. Its methods may be called from
// anywhere at any time.
type Outbox struct {
	letters Letters
	account *Account
	now     func() time.Time

	posted  chan struct{}
	sending sync.Mutex // held while letters go out
}

// NewOutbox makes the outbox of a company.
func NewOutbox(letters Letters, account *Account, now func() time.Time) *Outbox {
	return &Outbox{letters: letters, account: account, now: now, posted: make(chan struct{}, 1)}
}

// Wake lets Keep look at once: there is a new letter.
func (o *Outbox) Wake() {
	select {
	case o.posted <- struct{}{}:
	default: // it is awake already
	}
}

// SendAgain queues a letter once more that a person wants to be sent: one that was refused, one that is
// unknown and may arrive twice, or one that waits for its time.
func (o *Outbox) SendAgain(ctx context.Context, id int64) error {
	l, err := o.letters.Letter(ctx, id)
	if err != nil {
		return err
	}
	if !l.State.AsksPerson() {
		return domain.E(domain.KindState, "send the letter again", nil)
	}
	from := l.State
	l.State, l.NextAt, l.Cause, l.Detail = StateQueued, time.Time{}, "", ""
	if err := o.letters.SaveLetter(ctx, l, from); err != nil {
		return err
	}
	o.Wake()
	return nil
}

// DismissLetter lets a letter be: it is not sent any more, and what it said is dropped.
func (o *Outbox) DismissLetter(ctx context.Context, id int64) error {
	l, err := o.letters.Letter(ctx, id)
	if err != nil {
		return err
	}
	if !l.State.AsksPerson() {
		return domain.E(domain.KindState, "dismiss the letter", nil)
	}
	from := l.State
	l.State, l.NextAt = StateDismissed, time.Time{}
	return o.letters.SaveLetter(ctx, l, from)
}
