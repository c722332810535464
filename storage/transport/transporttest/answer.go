package transporttest

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

// Reply is a remote's answer to req; headers are names and values in turn.
func Reply(req *http.Request, status int, body string, headers ...string) *http.Response {
	h := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &http.Response{
		StatusCode: status, Header: h, Request: req, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	}
}

// WantKind ends the test where err is of another kind.
func WantKind(t *testing.T, err error, want domain.Kind) {
	t.Helper()
	if got := domain.KindOf(err); got != want {
		t.Fatalf("kind %q, want %q: %v", got, want, err)
	}
}

// Detail is what err says in the remote's or the domain's words.
func Detail(err error) string { return of(err).Detail }

// Field is what err is about.
func Field(err error) string { return of(err).Field }

func of(err error) domain.Error {
	var e *domain.Error
	if errors.As(err, &e) {
		return *e
	}
	return domain.Error{}
}
