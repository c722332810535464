package gui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	"github.com/shopspring/decimal"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/transfer"
	"github.com/sopyo/sopyo-desktop/gui/widgets"
)

// duration words how long something takes: 43 sn, 2 dk 5 sn, 1 sa 20 dk.
func duration(e *env, d time.Duration) string {
	s := max(1, int((d + time.Second/2).Seconds()))
	switch {
	case s < 60:
		return e.t("duration.seconds", s)
	case s < 3600 && s%60 == 0:
		return e.t("duration.minutes", s/60)
	case s < 3600:
		return e.t("duration.minutes-seconds", s/60, s%60)
	default:
		return e.t("duration.hours-minutes", s/3600, s%3600/60)
	}
}

// amount words a quantity the language's way, with the decimals it has: 1.250 or 1.250,5.
func (e *env) amount(d decimal.Decimal) string { return domain.FormatNumber(d, e.text.Lang) }

// newProgress makes a bar that writes its percentage the language's way.
func newProgress(e *env) *widgets.Progress {
	return widgets.NewProgress(func(percent int) string { return e.t("status.percent", percent) })
}

// listReads is what reading a list of products costs.
func listReads(products int) int {
	return max(1, (products+transfer.PageSize-1)/transfer.PageSize)
}

func sameDay(a, b time.Time) bool {
	a, b = a.In(domain.Istanbul), b.In(domain.Istanbul)
	return a.YearDay() == b.YearDay() && a.Year() == b.Year()
}

func setOrHide(t *widgets.Text, words string) {
	t.SetText(words)
	showIf(t, words != "")
}

func showIf(o fyne.CanvasObject, show bool) {
	if show {
		o.Show()
	} else {
		o.Hide()
	}
}

// setPrimary makes b the one button that stands out, or an ordinary one.
func setPrimary(b *widgets.Button, primary bool) {
	b.Importance = widget.MediumImportance
	if primary {
		b.Importance = widget.HighImportance
	}
	b.Refresh()
}
