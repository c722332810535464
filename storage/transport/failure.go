package transport

import (
	"context"
	"crypto/tls"
	"errors"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Failure gives its kind to what kept an answer from arriving: it tells a caller that went away from a
// network that did.
func Failure(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return domain.E(domain.KindCancelled, "wait for the answer", ctx.Err())
	}
	failed := domain.E(domain.KindNetwork, "wait for the answer", err)
	if untrusted(err) {
		failed.Detail = domain.DetailCertificate
	}
	return failed
}

// untrusted tells whether nobody vouches for who answers: a proxy that looks into lines, a clock that is wrong, an attack.
func untrusted(err error) bool {
	var certificate *tls.CertificateVerificationError
	return errors.As(err, &certificate)
}

// Unknown gives the error of a write that has left: where no answer of the remote's own says what became
// of it, KindUnknown: look the record up before another try.
func Unknown(op string, err error) error {
	switch domain.KindOf(err) {
	case domain.KindNetwork, domain.KindUnavailable, domain.KindBadAnswer, domain.KindCancelled, domain.KindInternal:
		unknown := domain.E(domain.KindUnknown, op, err)
		var e *domain.Error
		if errors.As(err, &e) {
			unknown.Detail = e.Detail
		}
		return unknown
	default:
		return err
	}
}
