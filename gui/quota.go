package gui

import (
	"strings"

	"github.com/sopyo/sopyo-desktop/domain/quota"
	"github.com/sopyo/sopyo-desktop/gui/kit"
)

// leftWords says what may still be read this month for anything but invoices: the number that every cost is held against.
func leftWords(e *kit.Env, u quota.Usage) string {
	switch {
	case u.Limit(quota.Read) <= 0:
		return ""
	case u.Exhausted(quota.Read).Is():
		return " · " + e.T("quota.exhausted")
	default:
		return " · " + e.T("quota.left", u.Left(quota.Read, quota.Ordinary))
	}
}

// spentWords says what the number cannot: what the month has cost, the reserve, whose calls they are, and since when İşbaşı gives
// no more.
func spentWords(e *kit.Env, f kit.Facts) string {
	u := f.Usage
	if u.Limit(quota.Read) <= 0 {
		return ""
	}
	said := []string{e.T("quota.spent", u.Spent(quota.Read), u.Limit(quota.Read), u.Spent(quota.Write), u.Limit(quota.Write))}
	if reads, writes := u.Reserve(quota.Read), u.Reserve(quota.Write); reads+writes > 0 {
		said = append(said, e.T("quota.reserve.help", reads, writes))
	}
	if u.Spent(quota.Read) > u.Reads {
		said = append(said, e.T("quota.shared.help", u.Reads))
	}
	if f.Saved > 0 {
		said = append(said, e.T("quota.saved", f.Saved))
	}
	for _, k := range []quota.Kind{quota.Read, quota.Write} {
		if x := u.Exhausted(k); x.Is() {
			said = append(said, e.T("quota.exhausted.help."+string(k), e.Moment(x.Since), e.Moment(x.NextProbe())))
		}
	}
	return strings.Join(said, " ")
}
