package gui

import (
	"errors"
	"strings"

	"github.com/sopyo/sopyo-desktop/assets"
	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// errorText words err: what happened, and what to do. It is the only place that does (sopyoctl's twin
// aside, which uses the same keys: error.KIND.what, error.KIND.do, error.detail, invalid.DETAIL).
func errorText(text *assets.Text, err error) string {
	what, do := errorParts(text, err)
	if do == "" {
		return what
	}
	return what + " " + do
}

// errorParts gives the two halves of errorText; both are empty for nil.
func errorParts(text *assets.Text, err error) (what, do string) {
	kind := domain.KindOf(err)
	if kind == "" {
		return "", ""
	}
	if kind == domain.KindInvalid {
		if said := invalidText(text, err); said != "" {
			return said, ""
		}
	}
	if !text.Has("error." + string(kind) + ".what") {
		kind = domain.KindInternal
	}
	if key := "error." + string(kind) + "." + detailOf(err); text.Has(key + ".what") {
		return text.T(key + ".what"), text.T(key + ".do")
	}
	what, do = text.T("error."+string(kind)+".what"), text.T("error."+string(kind)+".do")
	if at, ok := quota.GoesOnAt(err); ok {
		if errors.Is(err, quota.ErrReserve) {
			what = text.T("quota.reserve.what")
		}
		return what + " " + text.T("quota.goes-on", domain.FormatTime(at, text.Lang)), do
	}
	if key := detailOf(err); strings.HasPrefix(key, "file.") && text.Has(key) {
		if line := fieldOf(err); line != "" {
			return text.T(key) + " " + text.T("file.line", line), ""
		}
		return text.T(key), ""
	}
	if detail := detailOf(err); detail != "" && saysDetail(kind) {
		what += " " + text.T("error.detail", detail)
	}
	return what, do
}

// invalidText words a refused input, "" when err is none or its detail has no words.
func invalidText(text *assets.Text, err error) string {
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind != domain.KindInvalid || !text.Has("invalid."+e.Detail) {
		return ""
	}
	return text.T("invalid." + e.Detail)
}

// invalidField gives the field that err refuses, "" when it refuses none.
func invalidField(err error) string {
	var e *domain.Error
	if errors.As(err, &e) && e.Kind == domain.KindInvalid {
		return e.Field
	}
	return ""
}

func fieldOf(err error) string {
	var e *domain.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

func detailOf(err error) string {
	var e *domain.Error
	if errors.As(err, &e) {
		return e.Detail
	}
	return ""
}

// saysDetail tells for which kinds the detail is a sentence of İşbaşı's own, or names what is meant.
func saysDetail(k domain.Kind) bool {
	switch k {
	case domain.KindMailTLS, domain.KindMailSignIn, domain.KindMailLater, domain.KindMailRefused, // the mail server's own words
		domain.KindRejected, domain.KindState, domain.KindUnknown, domain.KindForbidden, domain.KindFile, domain.KindDisk, domain.KindHost,
		domain.KindOtherFirm: // the company of this machine that has the firm
		return true
	default:
		return false
	}
}
