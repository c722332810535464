package orders

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// layouts are how files write a moment. None can be read as another: a day before its month has points or
// dashes, a year comes first elsewhere. Without an offset it is Istanbul's.
var layouts = []string{
	time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02",
	"2.1.2006 15:04:05", "2.1.2006 15:04", "2.1.2006", "2-1-2006 15:04:05", "2-1-2006 15:04", "2-1-2006",
}

// time reads a moment; what is none is told, and leaves it unknown.
func (c *columns) time(row Row, f Field, rec *record) time.Time {
	got := c.cell(row, f)
	if got.text == "" {
		return time.Time{}
	}
	t, ok := moment(got)
	if !ok {
		rec.problem(f, got.text, BadTime, false)
	}
	return t
}

func moment(c cell) (time.Time, bool) {
	if c.numeric {
		return tableMoment(c.text)
	}
	for _, layout := range layouts {
		if t, err := time.ParseInLocation(layout, c.text, domain.Istanbul); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// tableEnd is the number of the day on which a table program's calendar ends, 31 December 9999.
const tableEnd = 2_958_466

// tableMoment reads a number of days since the end of 1899, the way table programs keep moments.
func tableMoment(s string) (time.Time, bool) {
	days, err := domain.ParseNumber(s, "en") // refuses what has more digits than any moment
	if err != nil || !days.IsPositive() || days.GreaterThanOrEqual(decimal.NewFromInt(tableEnd)) {
		return time.Time{}, false
	}
	const day = 24 * 60 * 60
	seconds := days.Mul(decimal.NewFromInt(day)).Round(0).IntPart()
	return time.Date(1899, time.December, 30, 0, 0, int(seconds), 0, domain.Istanbul).UTC(), true
}
