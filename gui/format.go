package gui

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
)

// money words an amount the language's way: 1.234,50 ₺ or ₺1,234.50.
func (e *env) money(d decimal.Decimal, c domain.Currency) string {
	return domain.FormatMoney(d, c, e.text.Lang)
}

// count groups a whole number the language's way: 38.760 or 38,760.
func (e *env) count(n int) string { return domain.FormatInt(n, e.text.Lang) }

// date words a day: 01.01.2027.
func (e *env) date(t time.Time) string {
	if t.IsZero() {
		return e.t("none")
	}
	t = t.In(domain.Istanbul)
	if e.text.Lang == "en" {
		return t.Format("2 Jan 2006")
	}
	return t.Format("02.01.2006")
}

// moment words a day and time: 23.11.2026 14:05.
func (e *env) moment(t time.Time) string {
	if t.IsZero() {
		return e.t("none")
	}
	return domain.FormatTime(t, e.text.Lang)
}

// clock words a time of today: 12:41; of another day, with the day.
func (e *env) clock(t time.Time) string {
	a, b := t.In(domain.Istanbul), e.now().In(domain.Istanbul)
	if a.YearDay() == b.YearDay() && a.Year() == b.Year() {
		return a.Format("15:04")
	}
	return e.moment(t)
}

// countdown words what is left of a wait: 04:32.
func countdown(left time.Duration) string {
	left = max(left, 0).Round(time.Second)
	return fmt.Sprintf("%02d:%02d", int(left.Minutes()), int(left.Seconds())%60)
}
