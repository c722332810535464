package signin

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sopyo/sopyo-desktop/domain"
)

func TestSignedIn_renewsWhatHasEnded(t *testing.T) {
	for name, tt := range map[string]struct {
		ends   time.Time
		token  string
		renews bool
	}{
		"a good one":                     {noon.Add(time.Second), "eski", false},
		"one that ends now":              {noon, "eski", true},
		"one that has ended":             {noon.Add(-time.Second), "eski", true},
		"one that nobody knows the end":  {time.Time{}, "eski", false},
		"none at all":                    {noon.Add(time.Hour), "", true},
		"none, and nobody knows the end": {time.Time{}, "", true},
	} {
		w := known(tt.ends)
		s := w.held["biz"]
		s.Token = domain.NewSecret(tt.token)
		w.held["biz"] = s
		a := w.begin(t, ofOurs)
		if err := a.SignedIn(t.Context()); err != nil {
			t.Fatal(err)
		}
		got, _ := a.Client().Session()
		if (len(w.asked) > 0) != tt.renews || (got.Token == domain.NewSecret("yeni")) != tt.renews || w.held["biz"].Token != got.Token {
			t.Errorf("%s: asked %v", name, w.asked)
		}
		if tt.renews && !slices.Equal(w.asked, []string{"password anahtar-uzun-1 ayşe in " + ours}) {
			t.Errorf("%s: asked %v", name, w.asked)
		}
	}
	w := known(noon)
	w.lands.TenantID = free
	a := w.begin(t, ofOurs)
	wantKind(t, "renewed elsewhere", a.SignedIn(t.Context()), domain.KindOtherFirm, "")
	if s, _ := a.Client().Session(); s.TenantID != ours || w.held["biz"].TenantID != ours {
		t.Errorf("in use: %+v", s)
	}
	w = known(noon)
	w.refuses = domain.E(domain.KindWrongPassword, "sign in", nil)
	wantKind(t, "another password now", w.begin(t, ofOurs).SignedIn(t.Context()), domain.KindWrongPassword, "")
	wantKind(t, "nobody has signed in", newWorld().begin(t).SignedIn(t.Context()), domain.KindNeedsSignIn, "never")
}

func TestSession_isTheKeyringsWithWhatTheFileKnows(t *testing.T) {
	host := func(o *Options[*client]) { o.Host = "http://127.0.0.1:1" }
	for name, tt := range map[string]struct {
		tenant, base string // in the keyring
		change       func(*Options[*client])
		wantTenant   string
		wantBase     string
	}{
		"whole":             {free, "https://b.isbasi.com", ofOurs, free, "https://b.isbasi.com"},
		"without its token": {"", "", ofOurs, ours, "https://a.isbasi.com"},
		"of a stand-in":     {free, "https://b.isbasi.com", host, free, "http://127.0.0.1:1"},
		"bare, a stand-in":  {"", "", host, ours, "http://127.0.0.1:1"},
	} {
		w := known(noon.Add(time.Hour))
		s := w.held["biz"]
		s.TenantID, s.BaseURL, s.Environment = tt.tenant, tt.base, domain.EnvironmentTest
		w.held["biz"] = s
		a := w.begin(t, tt.change)
		if err := a.SignedIn(t.Context()); err != nil {
			t.Fatal(err)
		}
		got, _ := a.Client().Session()
		want := s
		want.TenantID, want.BaseURL, want.Environment, want.UserEmail = tt.wantTenant, tt.wantBase, domain.EnvironmentLive, "ayşe"
		if got != want || !slices.Equal(w.keys, []string{"anahtar-uzun-1"}) {
			t.Errorf("%s: %+v, keys %v", name, got, w.keys)
		}
	}
}

func TestSession_isLoadedOnceAndCutOffItIsLoadedLater(t *testing.T) {
	for n := 1; ; n++ {
		w := known(noon.Add(time.Hour))
		a := w.begin(t, ofOurs)
		w.n, w.calls = n, 0
		err := a.SignedIn(t.Context())
		_, ok := a.Client().Session()
		reached := w.calls >= n
		if (err == nil) != ok || reached != errors.Is(err, errBroken) {
			t.Errorf("call %d: %v, session %v", n, err, ok)
		}
		w.n = 0
		if err := a.SignedIn(t.Context()); err != nil {
			t.Errorf("call %d: it is never loaded: %v", n, err)
		}
		calls := w.calls
		if err := a.SignedIn(t.Context()); err != nil || w.calls != calls {
			t.Errorf("call %d: asked again, %v", n, err)
		}
		if !reached {
			if n < 4 {
				t.Errorf("%d calls only", n-1)
			}
			break
		}
	}
	w := newWorld() // an empty keyring has answered too
	a := w.begin(t)
	_ = a.SignedIn(t.Context())
	calls := w.calls
	wantKind(t, "empty", a.SignedIn(t.Context()), domain.KindNeedsSignIn, "never")
	if w.calls != calls || len(w.keys) != 0 {
		t.Errorf("asked again; keys %v", w.keys)
	}
}

func TestSession_withoutAKeyringEndsWithTheProgram(t *testing.T) {
	w := known(noon)
	w.held, w.conn = map[domain.CompanyID]domain.Session{}, domain.Connection{}
	w.locked = errLocked
	a := w.begin(t)
	in, err := a.Authorise(t.Context(), account("anahtar-uzun-2"), domain.Browser{})
	if err == nil {
		err = a.Confirm(t.Context(), in, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	if conn, err := a.Connection(t.Context()); err != nil || !conn.Authorised || !conn.SessionOnly || conn.KeyTail != in.Session.APIKey.Tail() {
		t.Errorf("%+v, %v", conn, err)
	}
	if log := w.log.String(); !strings.Contains(log, "no keyring") || strings.Contains(log, "anahtar") {
		t.Errorf("the log: %s", log)
	}
	if err := a.SignedIn(t.Context()); err != nil {
		t.Errorf("it works all the same: %v", err)
	}
	if conn, err := w.begin(t, ofOurs).Connection(t.Context()); domain.KindOf(err) != domain.KindKeyring || conn.Authorised || conn.SessionOnly || conn.UserName != "ayşe" {
		t.Errorf("the next sitting: %+v, %v", conn, err)
	}
	if err := a.Client().keep(t.Context(), in.Session); err != nil { // renewed in the middle of a call
		t.Error(err)
	}
	w.locked = nil
	if err := a.Client().keep(t.Context(), in.Session); err != nil || w.held["biz"] != in.Session {
		t.Error(err)
	}
	if conn, err := a.Connection(t.Context()); err != nil || conn.SessionOnly {
		t.Errorf("with a keyring again: %+v, %v", conn, err)
	}
	w.n, w.calls = 1, 0
	if err := a.Client().keep(t.Context(), in.Session); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}

func TestConnection_saysWhatIsKnownWithoutAsking(t *testing.T) {
	w := known(noon.Add(time.Hour))
	a := w.begin(t, ofOurs)
	want := w.conn
	want.KeyTail, want.TokenEndsAt = w.held["biz"].APIKey.Tail(), noon.Add(time.Hour)
	if got, err := a.Connection(t.Context()); err != nil || got != want || len(w.asked) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	w = known(noon)
	clear(w.held)
	want = w.conn
	want.Authorised = false
	if got, err := w.begin(t, ofOurs).Connection(t.Context()); err != nil || got != want {
		t.Errorf("an empty keyring: %+v, %v", got, err)
	}
	w = newWorld()
	w.locked = errLocked
	a = w.begin(t)
	if got, err := a.Connection(t.Context()); err != nil || got != (domain.Connection{}) {
		t.Errorf("never signed in: %+v, %v", got, err)
	}
	w.n, w.calls = 1, 0
	if _, err := a.Connection(t.Context()); !errors.Is(err, errBroken) {
		t.Error(err)
	}
}

func TestTest_asksOnce(t *testing.T) {
	w := known(noon.Add(time.Hour))
	a := w.begin(t, ofOurs)
	conn, err := a.Test(t.Context())
	if err != nil || !conn.Authorised || conn.KeyTail == "" || !slices.Equal(w.asked, []string{"ping"}) {
		t.Errorf("%+v, %v, asked %v", conn, err, w.asked)
	}
	w.refuses = domain.E(domain.KindNetwork, "ping", nil)
	conn, err = a.Test(t.Context())
	if wantKind(t, "away", err, domain.KindNetwork, ""); conn != (domain.Connection{}) {
		t.Errorf("%+v", conn)
	}
	_, err = newWorld().begin(t).Test(t.Context())
	wantKind(t, "nobody has signed in", err, domain.KindNeedsSignIn, "never")
}

func TestForget_leavesNoSecret(t *testing.T) {
	w := known(noon.Add(time.Hour))
	w.open = true
	a := w.begin(t, ofOurs)
	if err := a.SignedIn(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.locked = errLocked
	wantKind(t, "the secrets cannot be reached", a.Forget(t.Context()), domain.KindKeyring, "")
	if !w.conn.Authorised || !w.open {
		t.Error("forgotten all the same")
	}
	w.locked = nil
	for n := 1; n <= 3; n++ {
		w.n, w.calls = n, 0
		if err := a.Forget(t.Context()); !errors.Is(err, errBroken) {
			t.Errorf("call %d: %v", n, err)
		}
	}
	w.n = 0
	for range 2 { // what is forgotten can be forgotten again
		if err := a.Forget(t.Context()); err != nil || w.conn.Authorised || w.open || len(w.held) != 0 {
			t.Errorf("%+v, %v", w.conn, err)
		}
		if _, ok := a.Client().Session(); ok || a.Client().env != domain.EnvironmentLive {
			t.Error("the session is in use")
		}
		wantKind(t, "forgotten", a.SignedIn(t.Context()), domain.KindNeedsSignIn, "")
	}
	// Where there is no keyring there is nothing to forget in it.
	w.locked = errLocked
	in, err := a.Authorise(t.Context(), account("k"), domain.Browser{})
	if err == nil {
		err = a.Confirm(t.Context(), in, true)
	}
	if err == nil {
		err = a.Forget(t.Context())
	}
	if err != nil || w.conn.Authorised {
		t.Error(err)
	}
}

func TestAbilities_areKnownWithASessionOnly(t *testing.T) {
	w := known(noon)
	a := w.begin(t, ofOurs)
	w.locked = errLocked
	if able, err := a.Abilities(t.Context()); err != nil || able != nil || !strings.Contains(w.log.String(), "nothing is known") {
		t.Errorf("%v, %v", able, err)
	}
	if answer, err := a.Ability(t.Context(), domain.AbilityStockWrite); err != nil || answer != domain.AbilityUnasked {
		t.Errorf("%q, %v", answer, err)
	}
	w.locked = nil
	if answer, err := a.Ability(t.Context(), domain.AbilityStockWrite); err != nil || answer != domain.AbilityDenied {
		t.Errorf("%q, %v", answer, err)
	}
	able, err := a.Abilities(t.Context())
	if err != nil || len(able) != 2 || able[domain.AbilityStockWrite] != domain.AbilityDenied || able[domain.AbilityFormalise] != domain.AbilityAllowed || len(w.asked) != 0 {
		t.Errorf("%v, %v", able, err)
	}
	for n := 1; n <= 2; n++ {
		w.n, w.calls = n, 0
		if able, err := a.Abilities(t.Context()); !errors.Is(err, errBroken) || able != nil {
			t.Errorf("call %d: %v, %v", n, able, err)
		}
	}
}
