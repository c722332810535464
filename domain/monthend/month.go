// Package monthend is what an accountant gets of a company's month: its invoices, what was cancelled and
// came back, what is still missing, and whether İşbaşı has the same. It makes a package of files of plain
// data, the same bytes' worth whenever it is made of the same; who writes them is another room.
package monthend

import (
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Month is a calendar month in domain.Istanbul.
type Month struct {
	Year  int
	Month time.Month
}

// MonthOf gives the month that t is in.
func MonthOf(t time.Time) Month {
	t = t.In(domain.Istanbul)
	return Month{t.Year(), t.Month()}
}

// ParseMonth reads "2026-05". What is none is KindInvalid, of the field "month".
func ParseMonth(s string) (Month, error) {
	t, err := time.ParseInLocation(layout, s, domain.Istanbul)
	if err != nil {
		return Month{}, domain.Invalid("month", "month")
	}
	return MonthOf(t), nil
}

const layout = "2006-01"

// String gives "2026-05".
func (m Month) String() string { return m.Begin().Format(layout) }

// In names the month in words: "Mayıs 2026".
func (m Month) In(w interface {
	T(key string, args ...any) string
},
) string {
	return w.T("monthend.month", w.T("month."+m.Begin().Format("01")), m.Begin().Format("2006"))
}

// Begin is the first moment of the month.
func (m Month) Begin() time.Time {
	return time.Date(m.Year, m.Month, 1, 0, 0, 0, 0, domain.Istanbul)
}

// End is the last second of the month. Every file of a package is of this time, so that it does not tell
// when it was made.
func (m Month) End() time.Time { return m.Begin().AddDate(0, 1, 0).Add(-time.Second) }

// Contains tells whether t is in the month.
func (m Month) Contains(t time.Time) bool { return MonthOf(t) == m }

// day is the midnight of the day that t is in.
func day(t time.Time) time.Time {
	y, m, d := t.In(domain.Istanbul).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, domain.Istanbul)
}
