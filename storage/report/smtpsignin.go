package report

import (
	"context"
	"errors"
	"io"
	"net"
	"net/textproto"
	"slices"
	"strings"

	"github.com/wneessen/go-mail/smtp"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/domain/mail"
)

// ways are those of signing in that we have, the strongest first.
func ways() []string { return []string{"SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5"} }

// wayRefused is a way that the server offers and does not take, while there is another one. After it the library has left.
type wayRefused struct{ way string }

func (w wayRefused) Error() string { return "the server does not take " + w.way }

// signIn takes the strongest way the server knows, without those that it has not taken before. On an unprotected line,
// which a person has chosen, the password goes as it is where there is no better way. KindMailMethod: the server knows no
// way that we have.
func (l *Line) signIn(ctx context.Context, s Server, host string, without []string) error {
	const op = "sign in to the mail server"
	offered := l.offered()
	offers := strings.Fields(strings.ToUpper(offered)) //nolint:forbidigo // names of RFC 4954 are ASCII
	left := slices.DeleteFunc(ways(), func(way string) bool {
		return !slices.Contains(offers, way) || slices.Contains(without, way)
	})
	if len(left) == 0 {
		return &domain.Error{Kind: domain.KindMailMethod, Op: op, Detail: mail.OneLine("AUTH " + offered)}
	}
	err := l.client.Auth(auth(left[0], s, host))
	var answer *textproto.Error
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &answer) && !brokenOff(err):
		return said(ctx, op, err, domain.KindMailTLS) // SCRAM: the server has not proved who it is
	case !errors.As(err, &answer) || answer.Code/100 != 5:
		return said(ctx, op, err, domain.KindMailNetwork)
	case notTaken(answer.Code) && len(left) > 1:
		return wayRefused{left[0]}
	case notTaken(answer.Code) && answer.Code != tooWeak:
		return &domain.Error{Kind: domain.KindMailMethod, Op: op, Detail: sentence(answer), Err: err}
	default:
		return &domain.Error{Kind: domain.KindMailSignIn, Op: op, Detail: sentence(answer), Err: err}
	}
}

// tooWeak is what a server says of a way that it does not take of this user, and Gmail of a password that is not made for
// programs.
const tooWeak = 534

// notTaken tells whether the server refused the way, and neither user nor password: 502 and 504 are not implemented
// (RFC 5321, 4954).
func notTaken(code int) bool { return code == 502 || code == 504 || code == tooWeak }

// brokenOff tells whether a sign-in ended with the line, and not because the library refused what the server had said.
func brokenOff(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// offered are the ways that the server names, also as servers did before there was a standard: AUTH=LOGIN.
func (l *Line) offered() string {
	_, offered := l.client.Extension("AUTH")
	for _, way := range ways() {
		if old, more := l.client.Extension("AUTH=" + way); old {
			offered = strings.TrimSpace(offered + " " + way + " " + more)
		}
	}
	return offered
}

func auth(way string, s Server, host string) smtp.Auth {
	user, password, open := s.Settings.User, s.Password.Reveal(), s.Settings.Security == mail.SecurityNone
	switch way {
	case "SCRAM-SHA-256":
		return smtp.ScramSHA256Auth(user, password)
	case "SCRAM-SHA-1":
		return smtp.ScramSHA1Auth(user, password)
	case "PLAIN":
		return smtp.PlainAuth("", user, password, host, open)
	case "LOGIN":
		return smtp.LoginAuth(user, password, host, open)
	default:
		return smtp.CRAMMD5Auth(user, password)
	}
}
