package database

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// timeFormat keeps every time equally long, so that text sorts as time does.
const timeFormat = "2006-01-02T15:04:05.000Z"

// TimeText is how a time is stored: null for the zero time.
func TimeText(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(timeFormat)
}

// TimeInto scans a stored time into t.
func TimeInto(t *time.Time) sql.Scanner { return timeValue{t} }

type timeValue struct{ t *time.Time }

// Scan implements sql.Scanner.
func (v timeValue) Scan(src any) error {
	switch s := src.(type) {
	case nil:
		*v.t = time.Time{}
		return nil
	case string:
		t, err := time.Parse(timeFormat, s)
		*v.t = t.UTC()
		return err
	default:
		return fmt.Errorf("time of type %T", src)
	}
}

// SearchText is what a list is searched in: every part folded, one on each line, so that a needle
// cannot match across two of them.
func SearchText(name string, code domain.Code, barcode domain.Barcode) string {
	return domain.Fold(name) + "\n" + domain.Fold(string(code)) + "\n" + domain.Fold(string(barcode))
}

// JSONText is a value as JSON: kept as such, or a list of any length for a query.
func JSONText(v any) (string, error) {
	text, err := json.Marshal(v)
	return string(text), err
}

// JSONInto scans JSON into what v points at.
func JSONInto(v any) sql.Scanner { return jsonValue{v} }

type jsonValue struct{ v any }

// Scan implements sql.Scanner.
func (j jsonValue) Scan(src any) error {
	text, ok := src.(string)
	if !ok {
		return fmt.Errorf("JSON of type %T", src)
	}
	return json.Unmarshal([]byte(text), j.v)
}

// NumberText is a number in the history; absent ones are null.
func NumberText(d decimal.NullDecimal) any {
	if !d.Valid {
		return nil
	}
	return d.Decimal.String()
}

// MillisecondsInto scans a stored duration into d.
func MillisecondsInto(d *time.Duration) sql.Scanner { return milliseconds{d} }

type milliseconds struct{ d *time.Duration }

// Scan implements sql.Scanner.
func (m milliseconds) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("duration of type %T", src)
	}
	*m.d = time.Duration(n) * time.Millisecond
	return nil
}
