package letters

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/storage/sqlite/database"
)

// letterColumns are what a letter is listed by, in the order of letterTargets: not what it says.
const letterColumns = `id, transfer_id, recipient, message_id, subject, file_name, state, attempts, next_at, cause, detail,
	created_at, changed_at`

func letterTargets(l *mail.Letter) []any {
	return []any{
		&l.ID, &l.RunID, &l.To, &l.MessageID, &l.Content.Subject, &l.Content.File.Name, &l.State, &l.Attempts,
		database.TimeInto(&l.NextAt),
		&l.Cause, &l.Detail,
		database.TimeInto(&l.CreatedAt),
		database.TimeInto(&l.ChangedAt),
	}
}

// QueueLetter stores a new letter and gives it with its ID.
func (s Store) QueueLetter(ctx context.Context, l mail.Letter) (mail.Letter, error) {
	return database.Update(ctx, s.db, "queue the letter", func(tx *sql.Tx) (mail.Letter, error) { return Insert(ctx, tx, s.db.Now(), l) })
}

// Insert stores a new letter in the transaction that is the reason for it, and gives it with its ID.
func Insert(ctx context.Context, tx *sql.Tx, now time.Time, l mail.Letter) (mail.Letter, error) {
	l.State = mail.StateQueued
	l.CreatedAt = now.UTC().Truncate(time.Millisecond)
	l.ChangedAt = l.CreatedAt
	f := l.Content.File
	res, err := tx.ExecContext(ctx, `INSERT INTO letter (transfer_id, recipient, message_id, subject, search_fold, text, html,
			file_name, file_type, file, state, attempts, next_at, cause, detail, created_at, changed_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, NULL, '', '', ?, ?)`,
		l.RunID, l.To, l.MessageID, l.Content.Subject, domain.Fold(l.To)+"\n"+domain.Fold(l.Content.Subject), l.Content.Text, l.Content.HTML,
		f.Name, f.Type, f.Data, l.State, database.TimeText(l.CreatedAt), database.TimeText(l.ChangedAt))
	if err != nil {
		return mail.Letter{}, err
	}
	l.ID, err = res.LastInsertId()
	return l, err
}

// Letters gives one page of the letters, without what they say, the newest first, and how many there are.
func (s Store) Letters(ctx context.Context, q mail.Query) ([]mail.Letter, int, error) {
	return database.ViewBoth(ctx, s.db, "list letters", func(tx *sql.Tx) ([]mail.Letter, int, error) {
		where := `WHERE true`
		if q.Open {
			where += ` AND state NOT IN ('sent', 'dismissed')`
		}
		words, needles := database.WordFilter("search_fold", q.Search)
		where += words
		total, err := database.SelectValue[int](ctx, tx, `SELECT count(*) FROM letter `+where, needles...)
		if err != nil || total <= q.Offset {
			return nil, total, err
		}
		letters, err := selectLetters(ctx, tx, where+` ORDER BY id DESC LIMIT ? OFFSET ?`, append(needles, database.Limit(q.Limit), q.Offset)...)
		return letters, total, err
	})
}

// DueLetters gives the queued letters whose time has come, the oldest first, without what they say. One that is to wait
// longer than any pause is was queued by a clock that was wrong: its time has come, too.
func (s Store) DueLetters(ctx context.Context, now time.Time) ([]mail.Letter, error) {
	return database.View(ctx, s.db, "find letters to send", func(tx *sql.Tx) ([]mail.Letter, error) {
		return selectLetters(ctx, tx, `WHERE state = 'queued' AND (next_at IS NULL OR next_at <= ? OR next_at > ?) ORDER BY id`,
			database.TimeText(now), database.TimeText(now.Add(mail.LongestPause)))
	})
}

func selectLetters(ctx context.Context, tx *sql.Tx, tail string, args ...any) ([]mail.Letter, error) {
	return database.SelectAll(ctx, tx, letterTargets, `SELECT `+letterColumns+` FROM letter `+tail, args...)
}

// Letter gives a letter with what it says, KindNotFound when there is none of that ID.
func (s Store) Letter(ctx context.Context, id int64) (mail.Letter, error) {
	return database.View(ctx, s.db, "read the letter", func(tx *sql.Tx) (mail.Letter, error) {
		l, ok, err := database.SelectOne(ctx, tx, func(l *mail.Letter) []any {
			f := &l.Content.File
			return append(letterTargets(l), &l.Content.Text, &l.Content.HTML, &f.Type, &f.Data)
		}, `SELECT `+letterColumns+`, text, html, file_type, file FROM letter WHERE id = ?`, id)
		if err == nil && !ok {
			err = domain.E(domain.KindNotFound, fmt.Sprintf("find letter %d", id), nil)
		}
		return l, err
	})
}

// SaveLetter stores where a letter stands; one that was sent or dismissed keeps nothing of what it said.
// from is where it stood: if somebody has moved it meanwhile the answer is KindState and nothing changes.
// What a person may want to know stands in the history: that it was sent, refused, is unknown, was
// dismissed.
func (s Store) SaveLetter(ctx context.Context, l mail.Letter, from mail.State) error {
	return s.db.Update(ctx, "store the letter", func(tx *sql.Tx) error {
		ok, err := database.ChangeOne(ctx, tx, `UPDATE letter SET state = ?, attempts = ?, next_at = ?, cause = ?, detail = ?, changed_at = ?
			WHERE id = ? AND state = ?`,
			l.State, l.Attempts, database.TimeText(l.NextAt), l.Cause, l.Detail, database.TimeText(s.db.Now()), l.ID, from)
		if err != nil {
			return err
		}
		if !ok {
			return domain.E(domain.KindState, fmt.Sprintf("move letter %d", l.ID), nil)
		}
		if l.State == mail.StateSent || l.State == mail.StateDismissed {
			if _, err := tx.ExecContext(ctx, `UPDATE letter SET text = '', html = '', file = NULL WHERE id = ?`, l.ID); err != nil {
				return err
			}
		}
		if l.State.Waits() {
			return nil
		}
		return s.db.Author().Record(ctx, tx, "mail-"+string(l.State), map[string]any{"transfer": l.RunID, "to": l.To})
	})
}

// RecoverLetters gives letters that were being sent when the program ended their true state: unknown. It
// is called when nobody else can be sending, and tells how many there were.
func (s Store) RecoverLetters(ctx context.Context) (int, error) {
	return database.Update(ctx, s.db, "find letters cut off", func(tx *sql.Tx) (int, error) {
		letters, err := selectLetters(ctx, tx, `WHERE state = 'sending'`)
		if err != nil {
			return 0, err
		}
		for _, l := range letters {
			if _, err := tx.ExecContext(ctx, `UPDATE letter SET state = 'unknown', cause = ?, changed_at = ? WHERE id = ?`,
				domain.KindMailUnknown, database.TimeText(s.db.Now()), l.ID); err != nil {
				return 0, err
			}
			if err := s.db.Author().Record(ctx, tx, "mail-unknown", map[string]any{"transfer": l.RunID, "to": l.To}); err != nil {
				return 0, err
			}
		}
		return len(letters), nil
	})
}
