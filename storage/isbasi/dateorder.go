package isbasi

import (
	"errors"
	"strings"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// dateOrder puts the latest date into a refusal that names one: "Girilen tarihten sonra aynı tipte
// fatura kesilmiş. En son fatura Tarihi :04-05-2026 14:30" (rules.md §7). Other errors stay as they are.
func dateOrder(err error) error {
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindRejected || !strings.Contains(domain.Fold(e.Detail), domain.Fold("en son fatura tarihi")) {
		return err
	}
	latest, ok := dateIn(e.Detail)
	if !ok {
		return err
	}
	return &domain.Error{Kind: domain.KindRejected, Op: e.Op, Field: "date", Detail: e.Detail, Err: &domain.DateOrderError{Latest: latest}}
}

// dateIn finds the last date in a message, with its time of day when there is one, as UTC.
func dateIn(message string) (at time.Time, ok bool) {
	message = strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r == '.' || r == '/' || r == '-':
			return '-'
		case r == ':':
			return ':'
		default:
			return ' '
		}
	}, message)
	words := strings.Fields(message)
	for i := range words {
		words[i] = strings.Trim(words[i], ":-")
	}
	for i := len(words) - 1; i >= 0; i-- {
		day, err := time.ParseInLocation("02-01-2006", words[i], domain.Istanbul)
		if err != nil {
			continue
		}
		if i+1 < len(words) {
			for _, layout := range []string{"15:04:05", "15:04"} {
				if clock, err := time.Parse(layout, words[i+1]); err == nil {
					day = day.Add(time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute +
						time.Duration(clock.Second())*time.Second)
					break
				}
			}
		}
		return day.UTC(), true
	}
	return time.Time{}, false
}
