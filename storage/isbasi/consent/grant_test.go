package consent

import (
	"errors"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
	"github.com/sopyo/sopyo-desktop/storage/transport/transporttest"
)

func TestGrant_judgesEveryAnswer(t *testing.T) {
	const ours = "state-0123456789"
	exchanged := ""
	fails := errors.New("x")
	for name, tc := range map[string]struct {
		state  string // of the flow
		query  string
		err    error // of the exchange
		want   domain.Kind
		detail string
		key    string // that is exchanged
		ends   bool
	}{
		"good":                     {ours, "state=" + ours + "&appUserKey=k", nil, "", "", "k", true},
		"without a state":          {ours, "appUserKey=k", nil, "", "", "k", true},
		"with a blank state":       {ours, "state=+&appUserKey=k", nil, "", "", "k", true},
		"by the other name":        {ours, "STATE=" + ours + "&Key=+k+", nil, "", "", "k", true},
		"by both names":            {ours, "key=other&APPUSERKEY=k", nil, "", "", "k", true},
		"blank by one name":        {ours, "appUserKey=&key=k", nil, "", "", "k", true},
		"another state":            {ours, "state=x&appUserKey=k", nil, domain.KindInvalid, strayState, "", false},
		"part of the state":        {ours, "state=" + ours[:5] + "&appUserKey=k", nil, domain.KindInvalid, strayState, "", false},
		"before the page is known": {"", "appUserKey=k", nil, domain.KindInvalid, strayState, "", false},
		"before, with a state":     {"", "state=x&appUserKey=k", nil, domain.KindInvalid, strayState, "", false},
		"no key":                   {ours, "state=" + ours, nil, domain.KindInvalid, strayKey, "", false},
		"a blank key":              {ours, "state=" + ours + "&appUserKey=%20%0a", nil, domain.KindInvalid, strayKey, "", false},
		"refused":                  {ours, "state=" + ours + "&error=access_DENIED&appUserKey=k", nil, domain.KindConsentRefused, "", "", true},
		"refused for a reason":     {ours, "state=" + ours + "&error=server_error", nil, domain.KindConsentRefused, "server_error", "", true},
		"refused by anybody":       {ours, "error=access_denied", nil, domain.KindInvalid, strayRefusal, "", false},
		"a blank refusal":          {ours, "error=+&appUserKey=k", nil, "", "", "k", true},
		"the key is not known":     {ours, "appUserKey=k", domain.E(domain.KindRejected, "x", fails), domain.KindRejected, "", "k", false},
		"nobody answers":           {ours, "appUserKey=k", domain.E(domain.KindNetwork, "x", fails), domain.KindNetwork, "", "k", false},
		"the API key is not known": {ours, "appUserKey=k", domain.E(domain.KindWrongKey, "x", fails), domain.KindWrongKey, "", "k", true},
	} {
		var noted []error
		g := newGrant(func(err error) { noted = append(noted, err) })
		exchanged = ""
		g.ready(tc.state, func(first domain.Secret) (domain.Secret, error) {
			exchanged = first.Reveal()
			if tc.err != nil {
				return domain.Secret{}, tc.err
			}
			return domain.NewSecret("second"), nil
		})
		q, err := url.ParseQuery(tc.query)
		if err != nil {
			t.Fatal(err)
		}
		err = g.take(q)
		if domain.KindOf(err) != tc.want || detailOf(err) != tc.detail || exchanged != tc.key || (tc.want == domain.KindInvalid) != (transporttest.Field(err) == callbackField) {
			t.Errorf("%s: %v, exchanged %q", name, err, exchanged)
		}
		ended := false
		select {
		case <-g.ended:
			ended = true
		default:
		}
		key, result := g.result()
		if ended != tc.ends || (key.Reveal() == "second") != (tc.want == "") || (ended && !errors.Is(result, err)) || (!ended && result != nil) {
			t.Errorf("%s: ended %v with %v", name, ended, result)
		}
		if (len(noted) == 1) == ended || (len(noted) == 1 && !errors.Is(noted[0], err)) {
			t.Errorf("%s: noted %v", name, noted)
		}
		if !ended {
			continue
		}
		exchanged = ""
		if again := g.take(url.Values{"appUserKey": {"late"}}); !errors.Is(again, err) || exchanged != "" || len(noted) != 0 {
			t.Errorf("%s: an answer after the end: %v, exchanged %q", name, again, exchanged)
		}
	}
}

func TestParam_findsWhatIsThere(t *testing.T) {
	for name, tc := range map[string]struct {
		q    url.Values
		want string
	}{
		"none": {nil, ""}, "without a value": {url.Values{"key": {}}, ""}, "the first value": {url.Values{"KEY": {"a", "b"}}, "a"}, "another": {url.Values{"keys": {"a"}}, ""},
	} {
		if got := param(tc.q, "key"); got != tc.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

var detailOf = transporttest.Detail

// Three hundred bogus keys are not three hundred calls with the person's API key: each waits longer, and the fifth ends it.
func TestGrant_slowsDownAndEndsAfterRefusedKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls, begun := 0, time.Now()
		g := newGrant(func(error) {})
		g.pause = time.Second
		g.ready("state-0123456789", func(domain.Secret) (domain.Secret, error) {
			calls++
			return domain.Secret{}, domain.E(domain.KindRejected, "x", nil)
		})
		for range 300 {
			_ = g.take(url.Values{"key": {"bogus"}})
		}
		if _, err := g.result(); calls != maxRefused || domain.KindOf(err) != domain.KindRejected || detailOf(err) != DetailRefusedKeys {
			t.Errorf("%d calls, ended with %v", calls, err)
		}
		if took := time.Since(begun); took != 15*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// Once İşbaşı has given our state back, an answer without it is nobody's.
func TestGrant_demandsTheStateThatCameBackOnce(t *testing.T) {
	g, calls := newGrant(func(error) {}), 0
	g.ready("state-0123456789", func(domain.Secret) (domain.Secret, error) {
		calls++
		return domain.Secret{}, domain.E(domain.KindRejected, "x", nil)
	})
	_ = g.take(url.Values{"key": {"a"}, "state": {"state-0123456789"}})
	if err := g.take(url.Values{"key": {"b"}}); detailOf(err) != strayNoState || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

// What İşbaşı calls the parameter nobody knows: a single value is tried.
func TestGrant_takesASingleValueByAnyName(t *testing.T) {
	for query, want := range map[string]string{
		"userKey=k": "k", "SSOKEY=k&state=state-0123456789": "k", "code=k&lang=tr&tenantId=7": "k", "a=k&b=l": "", "lang=tr": "", "x=": "", "key=k&other=l": "k",
	} {
		g, got := newGrant(func(error) {}), ""
		g.ready("state-0123456789", func(first domain.Secret) (domain.Secret, error) {
			got = first.Reveal()
			return domain.NewSecret("second"), nil
		})
		q, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if err := g.take(q); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: tried %q, %v", query, got, err)
		}
	}
}
