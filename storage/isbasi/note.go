package isbasi

import (
	"context"
	"log/slog"
	"slices"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/transport"
)

// noteRefusal writes to the log what İşbaşı has said where no rule of ours knows the answer: it is the
// only part of an answer that is logged, and only masked.
func (c *Client) noteRefusal(ctx context.Context, r request, a answer, err error) {
	switch domain.KindOf(err) {
	case domain.KindRejected, domain.KindState, domain.KindBadAnswer, domain.KindUnavailable:
		detail := transport.Hide(detailOf(err), c.secrets(r))
		c.log.LogAttrs(ctx, slog.LevelWarn, "isbasi refused a call", slog.String("op", r.op),
			slog.Int("status", a.status), slog.String("message", transport.Impersonal(detail)))
	default:
	}
}

// secrets are those of the call and of the session in use, which may be a newer one.
func (c *Client) secrets(r request) []domain.Secret {
	s, _ := c.Session()
	return slices.Concat(r.secrets, secretsOf(s))
}
