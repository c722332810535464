package words

import (
	"errors"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/quota"
)

// Error says what happened and what to do; "" for nil.
func (w Words) Error(err error) string {
	what, do := w.ErrorParts(err)
	if do == "" {
		return what
	}
	return what + " " + do
}

// ErrorParts gives the two halves of Error. The keys are error.KIND.what and .do, a more particular
// error.KIND.DETAIL.what or error.KIND.FIELD.what where there is one, and invalid.DETAIL for a refused input.
func (w Words) ErrorParts(err error) (what, do string) {
	kind := domain.KindOf(err)
	if kind == "" {
		return "", ""
	}
	if said := w.refused(err); said != "" {
		return said, ""
	}
	if !w.Has("error." + string(kind) + ".what") {
		kind = domain.KindInternal
	}
	e := outermost(err)
	if kind == domain.KindData {
		return w.data(e)
	}
	if key := "error." + string(kind) + "." + e.Detail; w.Has(key + ".what") {
		return w.T(key + ".what"), w.T(key + ".do")
	}
	what, do = w.T("error."+string(kind)+".what"), w.T("error."+string(kind)+".do")
	if key := "error." + string(kind) + "." + e.Field; w.Has(key + ".what") { // by its place
		what, do = w.T(key+".what"), w.T(key+".do")
		if e.Detail != "" {
			what += " " + w.T("error.detail", e.Detail)
		}
		return what, do
	}
	if at, ok := quota.GoesOnAt(err); ok {
		if errors.Is(err, quota.ErrReserve) {
			what = w.T("quota.reserve.what")
		}
		return what + " " + w.T("quota.goes-on", w.Moment(at)), do
	}
	switch {
	case e.Detail == "file.order-list": // of which marketplace
		return w.T(e.Detail, e.Field), ""
	case (kind == domain.KindFile || kind == domain.KindEmptyFile) && w.Has(e.Detail): // says what to do, too
		if e.Field == "" {
			return w.T(e.Detail), ""
		}
		return w.T(e.Detail) + " " + w.T("file.line", e.Field), ""
	case e.Detail != "" && saysDetail(kind):
		what += " " + w.T("error.detail", e.Detail)
	}
	return what, do
}

// data words what is wrong with a file of our own, and where it lies.
func (w Words) data(e *domain.Error) (what, do string) {
	key := "error." + string(domain.KindData)
	if w.Has(key + "." + e.Detail + ".what") {
		key += "." + e.Detail
	}
	what = w.T(key + ".what")
	if e.Detail == domain.DataLost {
		if file := new(domain.Error); errors.As(e.Err, &file) {
			what += " " + w.T("error.detail", file.Field)
		}
		return what, w.T(key+".do", e.Field)
	}
	if e.Field != "" {
		what += " " + w.T("error.detail", e.Field)
	}
	return what, w.T(key + ".do")
}

// refused words a refused input, "" when err is none or its detail has no words.
func (w Words) refused(err error) string {
	e := outermost(err)
	if e.Kind != domain.KindInvalid || !w.Has("invalid."+e.Detail) {
		return ""
	}
	return w.T("invalid." + e.Detail)
}

// RefusedField gives the field that err refuses, "" when it refuses none.
func RefusedField(err error) string {
	if e := outermost(err); e.Kind == domain.KindInvalid {
		return e.Field
	}
	return ""
}

// outermost gives the outermost domain.Error in err, an empty one when there is none.
func outermost(err error) *domain.Error {
	e := new(domain.Error)
	errors.As(err, &e)
	return e
}

// saysDetail tells for which kinds the detail is a sentence of İşbaşı's or a mail server's own, or names
// what is meant.
func saysDetail(k domain.Kind) bool {
	switch k {
	case domain.KindMailTLS, domain.KindMailSignIn, domain.KindMailMethod, domain.KindMailLater, domain.KindMailRefused,
		domain.KindRejected, domain.KindState, domain.KindUnknown, domain.KindForbidden, domain.KindFile, domain.KindEmptyFile,
		domain.KindDisk, domain.KindHost, domain.KindNotFound, domain.KindNoBrowser, domain.KindConsentHost,
		domain.KindOtherFirm: // the company of this machine that has the firm
		return true
	default:
		return false
	}
}
