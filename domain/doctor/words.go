package doctor

import (
	"cmp"
	"strings"
)

// Words word keys in one language.
type Words interface {
	T(key string, args ...any) string
}

// Sentence says what is wrong with a finding and what its proposal stands on, and names the products that
// stand in its way, so that the window, exported lists and the command line say the same.
func Sentence(w Words, f Finding) string {
	said := w.T("doctor.reason." + string(f.Reason))
	if len(f.Others) == 0 {
		return said
	}
	names := make([]string, len(f.Others))
	for i, o := range f.Others {
		names[i] = cmp.Or(o.Code.K0(), o.Name, w.T("doctor.nameless"))
	}
	list := strings.Join(names, ", ")
	if more := f.OtherCount - len(f.Others); more > 0 {
		return said + " " + w.T("doctor.others.more", list, more)
	}
	return said + " " + w.T("doctor.others", list)
}
