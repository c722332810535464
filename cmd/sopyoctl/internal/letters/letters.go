package letters

import (
	"context"
	"fmt"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

// sayLetter tells how a letter stands and, where it does not simply wait or is sent, why.
func (c commands) sayLetter(l mail.Letter) {
	c.Say("ctl.mail.letter", l.ID, l.To, c.T("mail.state."+string(l.State)))
	if l.Cause != "" {
		fmt.Fprintln(c.Err, "  "+c.Sentence(&domain.Error{Kind: l.Cause, Detail: l.Detail}))
	}
}

func lettersJSON(letters []mail.Letter) []map[string]any {
	list := []map[string]any{}
	for _, l := range letters {
		list = append(list, LetterJSON(l))
	}
	return list
}

// LetterJSON is a letter, for programs.
func LetterJSON(l mail.Letter) map[string]any {
	m := map[string]any{
		"id": l.ID, "transfer": l.RunID, "to": l.To, "subject": l.Content.Subject, "message_id": l.MessageID, "state": l.State,
		"attempts": l.Attempts, "created_at": console.Stamp(l.CreatedAt), "changed_at": console.Stamp(l.ChangedAt),
	}
	if l.Cause != "" {
		m["cause"], m["detail"] = l.Cause, l.Detail
	}
	if !l.NextAt.IsZero() {
		m["next_at"] = console.Stamp(l.NextAt)
	}
	return m
}

// Deliver sends what is due and says what became of each letter. An interrupt ends it in order.
func Deliver(ctx context.Context, call *console.Console, company *app.Company) ([]mail.Letter, error) {
	c := commands{call}
	ctx, stop := console.Interruptible(ctx)
	defer stop()
	letters, err := company.DeliverMail(ctx)
	if !c.JSON {
		for _, l := range letters {
			c.sayLetter(l)
		}
	}
	return letters, err
}
