package isbasi

import (
	"context"
	"log/slog"
	"slices"
	"strings"

	"github.com/sopyo/sopyo-desktop/domain"
)

// noteRefusal writes to the log what İşbaşı has said where no rule of ours knows the answer: it is the
// only part of an answer that is logged, and only masked.
func (c *Client) noteRefusal(ctx context.Context, r request, a answer, err error) {
	switch domain.KindOf(err) {
	case domain.KindRejected, domain.KindState, domain.KindBadAnswer, domain.KindUnavailable:
		detail := hide(detailOf(err), c.secrets(r))
		c.log.LogAttrs(ctx, slog.LevelWarn, "isbasi refused a call", slog.String("op", r.op),
			slog.Int("status", a.status), slog.String("message", impersonal(detail)))
	default:
	}
}

// secrets are those of the call and of the session in use, which may be a newer one.
func (c *Client) secrets(r request) []domain.Secret {
	s, _ := c.Session()
	return slices.Concat(r.secrets, secretsOf(s))
}

// impersonal takes out of a message what may name a person, a firm or a credential: words with an @,
// numbers as long as a tax number, and what a header puts before a token.
func impersonal(message string) string {
	words := strings.Split(strings.ReplaceAll(message, "Bearer", "•••"), " ")
	for i, w := range words {
		if strings.Contains(w, "@") {
			words[i] = "•••"
		}
	}
	return maskDigits(strings.Join(words, " "))
}

func maskDigits(s string) string {
	const shortest = 9
	var b strings.Builder
	s = strings.ToValidUTF8(s, " ")
	run := 0 // where the run of digits before i began
	flush := func(end int) {
		if end-run >= shortest {
			b.WriteString("•••")
		} else {
			b.WriteString(s[run:end])
		}
	}
	for i, r := range s {
		if r >= '0' && r <= '9' {
			continue
		}
		flush(i)
		b.WriteRune(r)
		run = i + len(string(r))
	}
	flush(len(s))
	return b.String()
}
