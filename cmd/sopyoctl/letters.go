package main

import (
	"context"
	"fmt"

	"github.com/sopyo/sopyo-desktop/cmd/internal/app"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

// sayLetter tells how a letter stands and, where it does not simply wait or is sent, why.
func (c *ctl) sayLetter(l mail.Letter) {
	c.say("ctl.mail.letter", l.ID, l.To, c.t("mail.state."+string(l.State)))
	if l.Cause != "" {
		fmt.Fprintln(c.err, "  "+c.sentence(&domain.Error{Kind: l.Cause, Detail: l.Detail}))
	}
}

func lettersJSON(letters []mail.Letter) []map[string]any {
	list := []map[string]any{}
	for _, l := range letters {
		list = append(list, letterJSON(l))
	}
	return list
}

func letterJSON(l mail.Letter) map[string]any {
	m := map[string]any{
		"id": l.ID, "transfer": l.RunID, "to": l.To, "subject": l.Content.Subject, "message_id": l.MessageID, "state": l.State,
		"attempts": l.Attempts, "created_at": stamp(l.CreatedAt), "changed_at": stamp(l.ChangedAt),
	}
	if l.Cause != "" {
		m["cause"], m["detail"] = l.Cause, l.Detail
	}
	if !l.NextAt.IsZero() {
		m["next_at"] = stamp(l.NextAt)
	}
	return m
}

// deliver sends what is due and says what became of each letter. An interrupt ends it in order.
func (c *ctl) deliver(ctx context.Context, company *app.Company) ([]mail.Letter, error) {
	ctx, stop := interruptible(ctx)
	defer stop()
	letters, err := company.DeliverMail(ctx)
	if !c.json {
		for _, l := range letters {
			c.sayLetter(l)
		}
	}
	return letters, err
}
