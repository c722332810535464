package mail

import (
	"errors"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// State is where a letter stands.
type State string

// The states. Sending is stored, with the letter's fixed Message-ID, before the first word of it goes
// out: a letter that is found in it at the next start may have arrived or not, is unknown then, and is
// never sent again unless a person says so (rules.md §6).
const (
	StateQueued    State = "queued"
	StateSending   State = "sending"
	StateSent      State = "sent"
	StateUnknown   State = "unknown"
	StateRefused   State = "refused"
	StateDismissed State = "dismissed"
)

// Waits tells whether the program works on a letter in this state by itself.
func (s State) Waits() bool { return s == StateQueued || s == StateSending }

// AsksPerson tells whether a letter in this state can be sent again or dismissed, which a person decides.
func (s State) AsksPerson() bool { return s == StateQueued || s == StateUnknown || s == StateRefused }

// File is something that is attached to a letter.
type File struct {
	Name string
	Type string // MIME type
	Data []byte
}

// Content is what a letter says: the same as text and as HTML, and at most one file.
type Content struct {
	Subject string
	Text    string
	HTML    string
	File    File // Name "": none
}

// Letter is one message to one address.
type Letter struct {
	ID        int64
	RunID     int64 // the transfer it tells of
	To        string
	MessageID string // fixed when the letter is queued, without < >
	Content   Content

	State    State
	Attempts int
	NextAt   time.Time   // of a queued letter: not before
	Cause    domain.Kind // why it waits or was refused
	Detail   string      // the server's own sentence

	CreatedAt time.Time
	ChangedAt time.Time
}

// LongestPause is the longest pause between attempts: what is to wait longer was queued by a clock that was wrong.
const LongestPause = 6 * time.Hour

// pauses grow between attempts; the last one holds for all that follow.
var pauses = [...]time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, LongestPause,
}

// Pause is how long a letter rests after that many attempts have failed.
func Pause(attempts int) time.Duration {
	return pauses[min(max(attempts-1, 0), len(pauses)-1)]
}

// After gives the letter as an attempt has left it: err is nil when the server took it. What may help
// later (no connection, a busy server, a line that is not safe) makes it wait, a refusal ends it, and an
// attempt of which nobody knows how it ended leaves it unknown.
func (l Letter) After(err error, now time.Time) Letter {
	l.ChangedAt, l.NextAt, l.Cause, l.Detail = now, time.Time{}, "", ""
	l.Attempts++
	if err == nil {
		l.State = StateSent
		return l
	}
	l.Cause = domain.KindOf(err)
	var e *domain.Error
	if errors.As(err, &e) {
		l.Detail = e.Detail
	}
	switch l.Cause {
	case domain.KindMailUnknown:
		l.State = StateUnknown
	case domain.KindMailNetwork, domain.KindMailLater, domain.KindMailTLS, domain.KindKeyring, domain.KindCancelled:
		l.State, l.NextAt = StateQueued, now.Add(Pause(l.Attempts))
	default:
		l.State = StateRefused
	}
	return l
}
