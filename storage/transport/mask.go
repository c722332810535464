package transport

import (
	"errors"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Mask takes secrets out of an error's text: a remote may quote what it was sent. An error that holds
// none is given back as it is.
func Mask(err error, secrets ...domain.Secret) error {
	if err == nil || Hide(err.Error(), secrets) == err.Error() {
		return err
	}
	clean := &domain.Error{Kind: domain.KindOf(err)}
	var e *domain.Error
	if errors.As(err, &e) {
		clean.Op, clean.Field, clean.Detail = Hide(e.Op, secrets), e.Field, Hide(e.Detail, secrets)
	}
	return clean
}

// Hide takes secrets out of s, and what is left of one where a message was cut off. Longer ones go first:
// one may begin with another.
func Hide(s string, secrets []domain.Secret) string {
	const least = 4 // characters that are taken for the beginning of a secret
	secrets = slices.SortedFunc(slices.Values(secrets), func(a, b domain.Secret) int { return len(b.Reveal()) - len(a.Reveal()) })
	parts := strings.Split(s, cutMark)
	for i, part := range parts[:len(parts)-1] {
		for _, secret := range secrets {
			for n := len(secret.Reveal()) - 1; n >= least; n-- {
				if rest, ok := strings.CutSuffix(part, secret.Reveal()[:n]); ok {
					part = rest + secret.String()
				}
			}
		}
		parts[i] = part
	}
	s = strings.Join(parts, cutMark)
	for _, secret := range secrets {
		if !secret.Empty() {
			s = strings.ReplaceAll(s, secret.Reveal(), secret.String())
		}
	}
	return s
}
