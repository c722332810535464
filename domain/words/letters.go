package words

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

// LetterState says how a letter stands, why, and when it is tried again.
func (w Words) LetterState(l mail.Letter, now time.Time) string {
	said := w.T("mail.state." + string(l.State))
	if l.Cause != "" && l.State != mail.StateDismissed {
		said += ": " + w.letterCause(l)
	}
	if l.State == mail.StateQueued && !l.NextAt.IsZero() {
		said += " " + w.T("mail.next", w.Clock(l.NextAt, now))
	}
	return said
}

// LetterSent says what became of a letter that somebody has just wanted to be sent.
func (w Words) LetterSent(l mail.Letter) string {
	said := ""
	switch l.State {
	case mail.StateSent:
		return w.T("mail.was-sent", l.To)
	case mail.StateDismissed:
		return w.T("mail.was-dismissed")
	case mail.StateQueued, mail.StateSending:
		said = w.T("mail.was-queued", l.To)
	default:
		said = w.T("mail.was-refused", l.To)
	}
	if l.Cause != "" {
		said += " " + w.letterCause(l)
	}
	return said
}

// TestLetter is what a letter says that a person sends to see whether the settings work.
func (w Words) TestLetter() mail.Content {
	return mail.Content{Subject: w.T("mail.test.subject"), Text: w.T("mail.test.text")}
}

func (w Words) letterCause(l mail.Letter) string {
	return w.Error(&domain.Error{Kind: l.Cause, Detail: l.Detail})
}
