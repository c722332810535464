package pricing

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// ParseDay reads a day as people type it: 23.11.2026, 3.1.2026, 23/11/2026, 23 Nov 2026 or 2026-11-23. The error's
// Field is date.
func ParseDay(text string) (Day, error) {
	text = strings.TrimSpace(text)
	for _, layout := range []string{time.DateOnly, "2.1.2006", "2/1/2006", wordsOfDay} {
		if t, err := time.Parse(layout, text); err == nil {
			return Day(t.Format(time.DateOnly)), nil
		}
	}
	return "", domain.Invalid("date", "date")
}

// ParseRate reads an exchange rate as people type it, 41,2537 or 41.2537. A rate has no thousands: its one
// mark is the decimal one, and 1.234 is one and something. The error's Field is rate.
func ParseRate(text string) (decimal.Decimal, error) {
	refused := domain.Invalid("rate", "number")
	digits := strings.ReplaceAll(strings.TrimSpace(text), ",", ".")
	whole, fraction, mark := strings.Cut(digits, ".")
	const most = 24
	if whole == "" || mark && fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" || len(digits) > most {
		return decimal.Decimal{}, refused
	}
	d, err := decimal.NewFromString(digits)
	if err != nil {
		return decimal.Decimal{}, refused
	}
	return d, nil
}
