package account

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/sopyo/sopyo-desktop/cmd/sopyoctl/internal/console"
	"github.com/sopyo/sopyo-desktop/domain"
)

func TestAuthorize_anotherHostOfThePageIsThePersonsToSay(t *testing.T) {
	page := func(host string) error { return &domain.Error{Kind: domain.KindConsentHost, Detail: host} }
	for name, tc := range map[string]struct {
		flags   authorizeFlags
		answers string
		agreed  []string // in each round
		want    domain.Kind
		rest    string // of the answers, for the question behind
	}{
		"no answer":           {authorizeFlags{}, "", []string{""}, domain.KindConsentHost, ""},
		"no":                  {authorizeFlags{}, "h\nE\n", []string{""}, domain.KindConsentHost, "E\n"},
		"yes":                 {authorizeFlags{}, "E\nevet\n", []string{"", "a.example"}, "", "evet\n"},
		"--yes is another":    {authorizeFlags{yes: true}, "E\n", []string{""}, domain.KindConsentHost, "E\n"},
		"beforehand":          {authorizeFlags{yes: true, consentHost: "a.example"}, "", []string{"a.example"}, "", ""},
		"beforehand, another": {authorizeFlags{consentHost: "b.example"}, "y\n", []string{"b.example", "a.example"}, "", ""},
	} {
		var errs bytes.Buffer
		in := strings.NewReader(tc.answers)
		c := commands{&console.Console{Streams: console.Streams{In: in, Out: &errs, Err: &errs}, Lang: "tr"}}
		if err := c.Speak(); err != nil {
			t.Fatal(err)
		}
		var agreed []string
		got, err := c.signIn(tc.flags, func(b domain.Browser) (domain.SignIn, error) {
			agreed = append(agreed, b.ConsentHost)
			if b.ConsentHost != "a.example" {
				return domain.SignIn{}, page("a.example")
			}
			return domain.SignIn{Connection: domain.Connection{FirmName: "Örnek"}}, nil
		})
		rest := tc.answers[len(tc.answers)-in.Len():]
		if domain.KindOf(err) != tc.want || !slices.Equal(agreed, tc.agreed) || rest != tc.rest || (got.Connection.FirmName == "Örnek") != (tc.want == "") {
			t.Errorf("%s: %v, agreed to %q, left %q", name, err, agreed, rest)
		}
		if asks := strings.Contains(errs.String(), "a.example"); asks == tc.flags.yes {
			t.Errorf("%s: said %q", name, errs.String())
		}
	}
}
