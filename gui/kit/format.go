package kit

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain/mail"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// Clock words a time of today: 12:41; of another day, with the day.
func (e *Env) Clock(t time.Time) string { return e.Words.Clock(t, e.Now()) }

// Typed writes a number as a person would, with all its decimals: nothing may be lost by saving it again.
func Typed(d decimal.NullDecimal, atLeast int32, lang string) string {
	if !d.Valid {
		return ""
	}
	plain := d.Decimal.String()
	if d.Decimal.Equal(d.Decimal.Truncate(atLeast)) {
		plain = d.Decimal.StringFixed(atLeast)
	}
	text := []byte(plain)
	for i, c := range text {
		if c == '.' && lang != "en" {
			text[i] = ','
		}
	}
	return string(text)
}

// Filled are those of the texts that say something.
func Filled(all ...string) (some []string) {
	for _, s := range all {
		if s != "" {
			some = append(some, s)
		}
	}
	return some
}

// LetterKind is the colour of what became of a letter.
func LetterKind(s mail.State) widgets.BannerKind {
	switch s {
	case mail.StateSent:
		return widgets.BannerGood
	case mail.StateQueued, mail.StateSending, mail.StateDismissed:
		return widgets.BannerInfo
	default:
		return widgets.BannerError
	}
}
