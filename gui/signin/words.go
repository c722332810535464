package signin

import (
	"context"
	"errors"

	"github.com/sopyo/sopyo-desktop/domain"
)

// firmName is what İşbaşı calls the firm. Often it names none: its number says nothing to a person, who knows it by the rest.
func firmName(e *env, c domain.Connection) string {
	switch {
	case c.FirmName != "":
		return c.FirmName
	case c.TenantID != "" && c.UserName != "":
		return e.T("api.firm.unnamed")
	case c.TenantID != "":
		return e.T("api.firm.unnamed.licence")
	default:
		return ""
	}
}

func licenceText(e *env, l domain.Licence) string {
	name := l.Name
	if name == "" {
		name = l.Code
	}
	switch {
	case name == "" && l.EndsAt.IsZero():
		return e.T("none")
	case l.EndsAt.IsZero():
		return name
	case l.Expired:
		return e.T("api.licence.ended", name, e.Date(l.EndsAt))
	default:
		return e.T("api.licence.ends", name, e.Date(l.EndsAt))
	}
}

// isCancel tells whether err is the person's own doing, which needs no words.
func isCancel(err error) bool {
	return domain.KindOf(err) == domain.KindCancelled || errors.Is(err, context.Canceled)
}
