package database

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"
)

// Author is who does something, and when.
type Author struct {
	Name string
	At   time.Time
}

// Record notes in the history what was done, in the transaction that does it. No secret may be in detail.
func (a Author) Record(ctx context.Context, tx *sql.Tx, what string, detail any) error {
	text, err := JSONText(detail)
	if err != nil {
		return fmt.Errorf("history of %s: %w", what, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO history (at, actor, what, detail) VALUES (?, ?, ?, ?)`, TimeText(a.At), a.Name, what, text)
	return err
}

// Author is who does something to the file now.
func (d *File) Author() Author { return Author{Name: d.Actor, At: d.Now()} }

// RecordChanges notes what a save replaces: each value that is another now, by the name it has as JSON, with what it was and what it
// is. A value that was none stands beside what they are of (a product, a day). A save that changes nothing is not noted.
func (a Author) RecordChanges(ctx context.Context, tx *sql.Tx, what string, of map[string]any, was, is any) error {
	before, errBefore := members(was)
	after, errAfter := members(is)
	if err := errors.Join(errBefore, errAfter); err != nil {
		return fmt.Errorf("history of %s: %w", what, err)
	}
	changes, detail := map[string][2]any{}, map[string]any{}
	for name, now := range after {
		switch before[name] {
		case now:
		case nil:
			detail[name] = now
		default:
			changes[name] = [2]any{before[name], now}
		}
	}
	if len(changes) > 0 {
		detail["changes"] = changes
	}
	if len(detail) == 0 {
		return nil
	}
	maps.Copy(detail, of)
	return a.Record(ctx, tx, what, detail)
}

// members are the values of an object as JSON writes them, each a single one.
func members(of any) (map[string]any, error) {
	text, err := json.Marshal(of)
	if err != nil {
		return nil, err
	}
	var named map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return named, d.Decode(&named)
}
