package transport

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestMask_takesSecretsOut(t *testing.T) {
	key, token, word := domain.NewSecret("k-123456"), domain.NewSecret("k-123456-token"), domain.NewSecret("şifre 1")
	secrets := []domain.Secret{key, {}, token, word}
	for name, tc := range map[string]struct {
		err    error
		detail string
	}{
		"in the words":               {&domain.Error{Kind: domain.KindRejected, Op: "ask", Field: "x", Detail: "key k-123456 is bad, şifre 1 too: k-123456"}, "key ••• is bad, ••• too: •••"},
		"of the op":                  {&domain.Error{Kind: domain.KindRejected, Op: "ask k-123456", Field: "x", Detail: "a"}, "a"},
		"below":                      {&domain.Error{Kind: domain.KindRejected, Op: "ask", Field: "x", Err: errors.New("k-123456-token")}, ""},
		"around":                     {domain.Wrap(&domain.Error{Kind: domain.KindRejected, Op: "ask", Field: "x", Detail: "b"}, "outer şifre 1"), "b"},
		"one in another":             {&domain.Error{Kind: domain.KindRejected, Op: "ask", Field: "x", Detail: "Bearer k-123456-token"}, "Bearer •••"},
		"cut off":                    {&domain.Error{Kind: domain.KindRejected, Op: "ask", Field: "x", Detail: Message(strings.Repeat("x", messageLimit-9) + "k-123456-token")}, strings.Repeat("x", messageLimit-9) + "•••…"},
		"cut off at the last letter": {&domain.Error{Kind: domain.KindRejected, Op: "ask", Field: "x", Detail: Message(strings.Repeat("x", messageLimit-13) + "k-123456-token")}, strings.Repeat("x", messageLimit-13) + "•••…"},
		"cut off early":              {&domain.Error{Kind: domain.KindRejected, Op: "ask", Field: "x", Detail: Message(strings.Repeat("x", messageLimit-4) + "k-123456-token")}, strings.Repeat("x", messageLimit-4) + "•••…"},
	} {
		for _, order := range [][]domain.Secret{secrets, {word, token, key}} {
			got := Mask(tc.err, order...)
			wantKind(t, got, domain.KindRejected)
			var e *domain.Error
			if !errors.As(got, &e) || fieldOf(got) != "x" || detailOf(got) != tc.detail || !strings.HasPrefix(e.Op, "ask") {
				t.Errorf("%s: %v", name, got)
			}
			for _, s := range []string{"k-12", "token", "şifre 1"} {
				if strings.Contains(fmt.Sprintf("%v %+v %#v", got, got, got), s) {
					t.Errorf("%s: %v", name, got)
				}
			}
		}
	}
	if got := Mask(errors.New("k-123456"), secrets...); domain.KindOf(got) != domain.KindInternal || strings.Contains(got.Error(), "k-1") {
		t.Errorf("an error without a kind: %v", got)
	}
	for _, plain := range []error{domain.E(domain.KindQuota, "ask", errCut), errCut, domain.Wrap(errCut, "k-12345")} {
		if got := Mask(plain, secrets...); !errors.Is(got, plain) {
			t.Errorf("an error without secrets was changed: %v", got)
		}
	}
	whole := &domain.Error{Kind: domain.KindRejected, Detail: strings.Repeat("x", messageLimit-6) + "nothing…"}
	if got := Mask(whole, secrets...); !errors.Is(got, whole) {
		t.Errorf("an end that is no secret's beginning was changed: %v", got)
	}
	if Mask(nil, key) != nil {
		t.Error("no error became one")
	}
}
