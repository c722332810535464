package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

// letterColumns are what a letter is listed by, in the order of letterTargets: not what it says.
const letterColumns = `id, transfer_id, recipient, message_id, subject, file_name, state, attempts, next_at, cause, detail,
	created_at, changed_at`

func letterTargets(l *mail.Letter) []any {
	return []any{
		&l.ID, &l.RunID, &l.To, &l.MessageID, &l.Content.Subject, &l.Content.File.Name, &l.State, &l.Attempts,
		timeValue{&l.NextAt},
		&l.Cause, &l.Detail,
		timeValue{&l.CreatedAt},
		timeValue{&l.ChangedAt},
	}
}

// QueueLetter stores a new letter and gives it with its ID.
func (c *Company) QueueLetter(ctx context.Context, l mail.Letter) (mail.Letter, error) {
	err := c.db.writing(ctx, "queue the letter", func(tx *sql.Tx) (err error) {
		l, err = c.insertLetter(ctx, tx, l)
		return err
	})
	return l, err
}

func (c *Company) insertLetter(ctx context.Context, tx *sql.Tx, l mail.Letter) (mail.Letter, error) {
	l.State = mail.StateQueued
	l.CreatedAt = c.db.now().UTC().Truncate(time.Millisecond)
	l.ChangedAt = l.CreatedAt
	f := l.Content.File
	res, err := tx.ExecContext(ctx, `INSERT INTO letter (transfer_id, recipient, message_id, subject, search_fold, text, html,
			file_name, file_type, file, state, attempts, next_at, cause, detail, created_at, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, NULL, '', '', ?, ?)`,
		l.RunID, l.To, l.MessageID, l.Content.Subject, domain.Fold(l.To)+"\n"+domain.Fold(l.Content.Subject), l.Content.Text, l.Content.HTML,
		f.Name, f.Type, f.Data, l.State, timeText(l.CreatedAt), timeText(l.ChangedAt))
	if err != nil {
		return mail.Letter{}, err
	}
	l.ID, err = res.LastInsertId()
	return l, err
}

// Letters gives one page of the letters, without what they say, the newest first, and how many there are.
func (c *Company) Letters(ctx context.Context, q mail.Query) ([]mail.Letter, int, error) {
	where := `WHERE true`
	if q.Open {
		where += ` AND state NOT IN ('sent', 'dismissed')`
	}
	words, needles := wordFilter("search_fold", q.Search)
	where += words
	var total int
	var letters []mail.Letter
	err := c.db.reading(ctx, "list letters", func(tx *sql.Tx) (err error) {
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM letter `+where, needles...).Scan(&total); err != nil { //nolint:gosec // made of constants
			return err
		}
		letters, err = selectLetters(ctx, tx, where+` ORDER BY id DESC LIMIT ? OFFSET ?`, append(needles, limit(q.Limit), q.Offset)...)
		return err
	})
	return letters, total, err
}

// DueLetters gives the queued letters whose time has come, the oldest first, without what they say.
func (c *Company) DueLetters(ctx context.Context, now time.Time) (letters []mail.Letter, err error) {
	err = c.db.reading(ctx, "find letters to send", func(tx *sql.Tx) (err error) {
		letters, err = selectLetters(ctx, tx, `WHERE state = 'queued' AND (next_at IS NULL OR next_at <= ?) ORDER BY id`, timeText(now))
		return err
	})
	return letters, err
}

func selectLetters(ctx context.Context, tx *sql.Tx, tail string, args ...any) ([]mail.Letter, error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+letterColumns+` FROM letter `+tail, args...) //nolint:gosec // made of constants
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var letters []mail.Letter
	for rows.Next() {
		var l mail.Letter
		if err := rows.Scan(letterTargets(&l)...); err != nil {
			return nil, err
		}
		letters = append(letters, l)
	}
	return letters, rows.Err()
}

// Letter gives a letter with what it says, KindNotFound when there is none of that ID.
func (c *Company) Letter(ctx context.Context, id int64) (mail.Letter, error) {
	var l mail.Letter
	f := &l.Content.File
	err := c.db.read.QueryRowContext(ctx, `SELECT `+letterColumns+`, text, html, file_type, file FROM letter WHERE id = ?`, id).
		Scan(append(letterTargets(&l), &l.Content.Text, &l.Content.HTML, &f.Type, &f.Data)...)
	if errors.Is(err, sql.ErrNoRows) {
		return mail.Letter{}, noLetter(id)
	}
	return l, mapped(ctx, "read the letter", err)
}

func noLetter(id int64) error {
	return domain.E(domain.KindNotFound, fmt.Sprintf("find letter %d", id), nil)
}

// SaveLetter stores where a letter stands; one that was sent or dismissed keeps nothing of what it said.
// from is where it stood: if somebody has moved it meanwhile the answer is KindState and nothing changes.
// What a person may want to know stands in the history: that it was sent, refused, is unknown, was
// dismissed.
func (c *Company) SaveLetter(ctx context.Context, l mail.Letter, from mail.State) error {
	return c.db.writing(ctx, "store the letter", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE letter SET state = ?, attempts = ?, next_at = ?, cause = ?, detail = ?, changed_at = ?
			WHERE id = ? AND state = ?`,
			l.State, l.Attempts, timeText(l.NextAt), l.Cause, l.Detail, timeText(c.db.now()), l.ID, from)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n != 1 {
			return errors.Join(err, domain.E(domain.KindState, fmt.Sprintf("move letter %d", l.ID), nil))
		}
		if l.State == mail.StateSent || l.State == mail.StateDismissed {
			if _, err := tx.ExecContext(ctx, `UPDATE letter SET text = '', html = '', file = NULL WHERE id = ?`, l.ID); err != nil {
				return err
			}
		}
		if l.State.Waits() {
			return nil
		}
		return c.record(ctx, tx, "mail-"+string(l.State), map[string]any{"transfer": l.RunID, "to": l.To})
	})
}

// RecoverLetters gives letters that were being sent when the program ended their true state: unknown. It
// is called when nobody else can be sending, and tells how many there were.
func (c *Company) RecoverLetters(ctx context.Context) (n int, err error) {
	err = c.db.writing(ctx, "find letters cut off", func(tx *sql.Tx) error {
		letters, err := selectLetters(ctx, tx, `WHERE state = 'sending'`)
		if err != nil {
			return err
		}
		for _, l := range letters {
			if _, err := tx.ExecContext(ctx, `UPDATE letter SET state = 'unknown', cause = ?, changed_at = ? WHERE id = ?`,
				domain.KindMailUnknown, timeText(c.db.now()), l.ID); err != nil {
				return err
			}
			if err := c.record(ctx, tx, "mail-unknown", map[string]any{"transfer": l.RunID, "to": l.To}); err != nil {
				return err
			}
		}
		n = len(letters)
		return nil
	})
	return n, err
}
